import { type Principal, Vault } from '@concordat/access';
import { may, type Right } from '@concordat/access/core';
import type { Sealed } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { Agreements } from './agreements.js';
import { type Agreement, asItHappened, type EventOf, scopeOn } from './core/index.js';

type Spoken = 'concordat.agreement.statement-recorded.v1' | 'concordat.agreement.dissent-recorded.v1' | 'concordat.agreement.waiver-view-given.v1' | 'concordat.agreement.payment-offer-answered.v1';

/** Where words stand that were said for those who decide, or look after involvement: what they belong to, the words, and who reads them. */
interface Words<Data> {
  readonly about: (data: Data) => string;
  readonly words: (data: Data) => Sealed | null;
  readonly readBy: readonly Right[];
}
const spoken: { readonly [T in Spoken]: Words<EventOf<T>['data']> } = {
  'concordat.agreement.statement-recorded.v1': { about: ({ statement }) => statement, words: ({ words }) => words, readBy: ['risk.manage', 'decision.record'] },
  'concordat.agreement.dissent-recorded.v1': { about: ({ dissent }) => dissent, words: ({ words }) => words, readBy: ['decision.record', 'decision.call-in', 'involvement.manage'] },
  'concordat.agreement.waiver-view-given.v1': { about: ({ waiver }) => waiver, words: ({ words }) => words, readBy: ['waiver.answer', 'waiver.review', 'decision.record'] },
  'concordat.agreement.payment-offer-answered.v1': { about: ({ offer }) => offer, words: ({ charity }) => charity, readBy: ['involvement.manage'] },
};
const aPage = 500;

/** What somebody said of a risk they carry, of what is to be waived, against what is done, or of whom a payment goes to, in their words, for whoever it is said to. */
@Injectable()
export class SpokenWords {
  constructor(
    private readonly agreements: Agreements,
    private readonly vault: Vault,
  ) {}

  /** By the id of the statement, dissent, waiver or offer of payment; left out where they were erased, and where the reader may not read them. */
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
        const its = spoken[type] as Words<EventOf<Spoken>['data']>;
        const which = its.about(data);
        const sealed = about.includes(which) ? its.words(data) : null;
        const said = sealed === null ? undefined : await this.vault.unseal(tenant, sealed);
        if (said !== undefined) words.set(which, said);
      }
      if (events.length < aPage) return words;
      after = events.at(-1)?.version ?? after;
    }
  }
}
