import type { Reach } from '@concordat/access/core';
import { Consumers } from '@concordat/journal';
import { Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { type AgreementFilter, type AgreementRow, type PageMark, readPage } from './agreement-list.store.js';

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
  ): Promise<{ rows: AgreementRow[]; next?: PageMark; asOf?: number }> {
    const asOf =
      paging.upTo === undefined
        ? undefined
        : await this.consumers.catchUp('register.agreements', tenant, { until: paging.upTo, withinMs: 200 });
    const rows = await readPage(this.database, tenant, reach, filter, paging.limit + 1, paging.after);
    const page = rows.slice(0, paging.limit);
    const last = page.at(-1);
    const more = rows.length > paging.limit && last !== undefined;
    return { rows: page, ...(more && { next: { openedAt: last.openedAt, id: last.id } }), ...(asOf !== undefined && { asOf }) };
  }
}
