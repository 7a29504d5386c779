import { type Principal, Vault } from '@concordat/access';
import { may, type Right } from '@concordat/access/core';
import { Injectable } from '@nestjs/common';
import { Agreements } from './agreements.js';
import { type Agreement, asItHappened, type EventOf, scopeOn } from './core/index.js';

type Spoken = 'concordat.agreement.statement-recorded.v1' | 'concordat.agreement.dissent-recorded.v1' | 'concordat.agreement.waiver-view-given.v1';

/** Where words stand that were said for those who decide: of whom it is asked what they belong to, and who reads them. */
const spoken: { readonly [T in Spoken]: { readonly about: (data: EventOf<T>['data']) => string; readonly readBy: readonly Right[] } } = {
  'concordat.agreement.statement-recorded.v1': { about: ({ statement }) => statement, readBy: ['risk.manage', 'decision.record'] },
  'concordat.agreement.dissent-recorded.v1': { about: ({ dissent }) => dissent, readBy: ['decision.record', 'decision.call-in', 'involvement.manage'] },
  'concordat.agreement.waiver-view-given.v1': { about: ({ waiver }) => waiver, readBy: ['waiver.answer', 'waiver.review', 'decision.record'] },
};
const aPage = 500;

/** What somebody said of a risk they carry, of what is to be waived, or against what is done, in their words, for whoever it is said to. */
@Injectable()
export class SpokenWords {
  constructor(
    private readonly agreements: Agreements,
    private readonly vault: Vault,
  ) {}

  /** By the id of the statement, dissent or waiver; left out where they were erased, and where the reader may not read them. */
  async of({ tenant, actor }: Pick<Principal, 'tenant' | 'actor'>, agreement: Agreement, today: string, about: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { id } = agreement;
    const read = (Object.keys(spoken) as Spoken[]).filter((type) => spoken[type].readBy.some((right) => may(actor, right, scopeOn(agreement, today), today)));
    const words = new Map<string, string>();
    if (read.length === 0 || about.length === 0) return words;
    for (let after = 0; ; ) {
      const events = await this.agreements.history(tenant, id, after, aPage);
      for (const event of events.map(asItHappened)) {
        if (!(read as readonly string[]).includes(event.type)) continue;
        const { type, data } = event as unknown as EventOf<Spoken>;
        const which = (spoken[type].about as (data: EventOf<Spoken>['data']) => string)(data);
        const said = about.includes(which) ? await this.vault.unseal(tenant, data.words) : undefined;
        if (said !== undefined) words.set(which, said);
      }
      if (events.length < aPage) return words;
      after = events.at(-1)?.version ?? after;
    }
  }
}
