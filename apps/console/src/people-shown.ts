import { type Agreement, type Contribution, involvementFromOutside, isAnswered, type SeenBy } from '@concordat/agreement/core';
import type { Heard } from './ledger-shown.js';
import { type Named, stageTitle } from './names.js';
import { dayOf, upper } from './words/say.js';
import { peopleSaid } from './you-said-shown.js';

const readers: { readonly [R in SeenBy]?: string } = { provider: 'the provider', public: 'everybody' };

/** What is seen of involvement outside the house: what people do, how many took part, and what they said and let this reader see, which names nobody. */
export function peopleShown(agreement: Agreement, named: Named, { circle, said, heard }: { readonly circle: SeenBy | undefined; readonly said: readonly Contribution[]; readonly heard: Heard }) {
  const { whatPeopleDo, stages } = involvementFromOutside(agreement);
  return {
    does: whatPeopleDo.map(({ group, does, people, dependsOnIt, needs }) => ({ group: upper(group), does, people, dependsOnIt, needs })),
    stages: stages.filter(({ people }) => people.total !== 0).map(({ stage, people }) => ({ stage: stageTitle(agreement, stage), people: peopleSaid(people) })),
    reads: circle && readers[circle],
    said: said.map((one) => ({ words: heard.has(one.id) ? (heard.get(one.id) ?? 'The words were erased.') : undefined, at: named.of(one.activity), on: dayOf(one.givenOn), answered: isAnswered(agreement, one) })),
  };
}
