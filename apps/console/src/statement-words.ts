import { Vault } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { asItHappened, type EventOf, scopeOn } from '@concordat/agreement/core';
import { Injectable } from '@nestjs/common';
import type { OpenAgreement } from './agreement-open.js';

const type = 'concordat.agreement.statement-recorded.v1';
const aPage = 500;

/** What those who carry a risk said, in their words, for whoever manages risks or decides. */
@Injectable()
export class StatementWords {
  constructor(
    private readonly agreements: Agreements,
    private readonly vault: Vault,
  ) {}

  /** By the id of the statement; left out where they were erased, and empty for whoever may not read them. */
  async of({ agreement, reader, today }: OpenAgreement, statements: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { tenant, actor } = reader.principal;
    const { id } = agreement;
    const reads = (['risk.manage', 'decision.record'] as const).some((right) => may(actor, right, scopeOn(agreement, today), today));
    const words = new Map<string, string>();
    if (!reads || statements.length === 0) return words;
    for (let after = 0; ; ) {
      const events = await this.agreements.history(tenant, id, after, aPage);
      for (const event of events.map(asItHappened).filter((one) => one.type === type)) {
        const { statement, words: sealed } = (event as unknown as EventOf<typeof type>).data;
        const said = statements.includes(statement) ? await this.vault.unseal(tenant, sealed) : undefined;
        if (said !== undefined) words.set(statement, said);
      }
      if (events.length < aPage) return words;
      after = events.at(-1)?.version ?? after;
    }
  }
}
