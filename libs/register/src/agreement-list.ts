import type { Reach } from '@concordat/access/core';
import { Consumers } from '@concordat/journal';
import { Database, Problem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { type AgreementFilter, type ListedAgreement, type PageMark, readNewestOf, readPage, readStageCounts, type StageCount } from './agreement-list.store.js';

/** At most so many agreements stand in one exported file. */
export const mostAgreementsExported = 50_000;

/** A column of a board: a stage, how many agreements stand in it, and the newest of them. */
export interface BoardColumn extends StageCount {
  readonly newest: readonly ListedAgreement[];
}

/** The list of a tenant's agreements. A reader who just wrote says the position it must include, and waits at most 200 ms. */
@Injectable()
export class AgreementList {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
  ) {}

  /**
   * One page, newest first, of the agreements within the reader's reach. `asOf` is the feed position the page is known to include.
   * `upTo`: a position the reader has seen; the view catches up to it first if 200 ms suffice.
   */
  async page(
    tenant: string,
    reach: Reach,
    filter: AgreementFilter,
    paging: { readonly limit: number; readonly after?: PageMark; readonly upTo?: number },
  ): Promise<{ rows: ListedAgreement[]; next?: PageMark; asOf?: number }> {
    const asOf = await this.caughtUp(tenant, paging.upTo);
    const rows = await readPage(this.database, tenant, reach, filter, paging.limit + 1, paging.after);
    const page = rows.slice(0, paging.limit);
    const last = page.at(-1);
    const more = rows.length > paging.limit && last !== undefined;
    return { rows: page, ...(more && { next: { openedAt: last.openedAt, id: last.id } }), ...(asOf !== undefined && { asOf }) };
  }

  /** The agreements within the reader's reach by stage: each stage with all that stand in it counted, and its newest, `each` at most. */
  async board(tenant: string, reach: Reach, filter: AgreementFilter, { each, upTo }: { readonly each: number; readonly upTo?: number }): Promise<readonly BoardColumn[]> {
    await this.caughtUp(tenant, upTo);
    const counts = await readStageCounts(this.database, tenant, reach, filter);
    const newest = await readNewestOf(this.database, tenant, reach, filter, counts.map(({ stage }) => stage), each);
    return counts.map((count) => ({ ...count, newest: newest.filter(({ stage }) => stage === count.stage) }));
  }

  private async caughtUp(tenant: string, upTo: number | undefined): Promise<number | undefined> {
    return upTo === undefined ? undefined : this.consumers.catchUp('register.agreements', tenant, { until: upTo, withinMs: 200 });
  }

  /** All of them, for a file. @throws Problem 422 `export.too-many` past 50,000. */
  async all(tenant: string, reach: Reach, filter: AgreementFilter): Promise<readonly ListedAgreement[]> {
    const { rows, next } = await this.page(tenant, reach, filter, { limit: mostAgreementsExported });
    if (next === undefined) return rows;
    throw new Problem({
      status: 422,
      code: 'export.too-many',
      title: 'These are too many for one file',
      detail: `More than ${mostAgreementsExported} agreements match. Narrow it by stage, state or text.`,
    });
  }
}
