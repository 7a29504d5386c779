import { asks } from './condition.js';
import { stageOf } from './gate.js';
import type { Pathway, Stage } from './pathway.js';
import type { Source } from './source.js';
import { type Tier, tiers } from './tier.js';

/** What one gate asks in the later of two versions and not in the earlier, and the reverse: sentences, with the tiers they are asked in. */
export interface GateDifference {
  readonly stage: string;
  readonly title: string;
  /** `new`: the earlier version has no such stage; `gone`: the later has none. */
  readonly is: 'new' | 'gone' | 'changed';
  readonly asksAnew: readonly AskedIn[];
  readonly asksNoMore: readonly AskedIn[];
}
export interface AskedIn {
  readonly asks: string;
  readonly tiers: readonly Tier[];
  readonly source?: Source;
}

/** Everything a gate asks, which speaks of these stages, sentence by sentence, with the tiers it is asked in and where it comes from. */
export function askedAt(stage: Stage, stages: readonly Stage[]): readonly AskedIn[] {
  const found = new Map<string, { readonly tiers: Tier[]; readonly source?: Source }>();
  for (const { code, tiers: asked, source } of stage.gate.conditions) {
    for (const tier of tiers) {
      if (asked[tier] === undefined) continue;
      // A union of code and parameters cannot be matched with a table by the compiler; a document keeps them together.
      const sentence = asks(code, asked[tier] as never, stages);
      found.set(sentence, { tiers: [...(found.get(sentence)?.tiers ?? []), tier], ...(source && { source }) });
    }
  }
  return [...found].map(([sentence, of]) => ({ asks: sentence, ...of }));
}

function without(one: readonly AskedIn[], other: readonly AskedIn[]): readonly AskedIn[] {
  return one
    .map((asked) => ({ ...asked, tiers: asked.tiers.filter((tier) => !(other.find(({ asks: sentence }) => sentence === asked.asks)?.tiers.includes(tier) ?? false)) }))
    .filter(({ tiers: of }) => of.length > 0);
}

/** What changes between two versions, gate by gate, in the order of the later one; stages that are gone come last. */
export function pathwayDifferences(from: Pathway, to: Pathway): readonly GateDifference[] {
  // A stage that is only called otherwise asks nothing else.
  const both = [...to.stages, ...from.stages.filter(({ id }) => stageOf(to, id) === undefined)];
  const stayed = to.stages.map((stage): GateDifference => {
    const before = stageOf(from, stage.id);
    const [then, now] = [before === undefined ? [] : askedAt(before, both), askedAt(stage, both)];
    return { stage: stage.id, title: stage.title, is: before === undefined ? 'new' : 'changed', asksAnew: without(now, then), asksNoMore: without(then, now) };
  });
  const gone = from.stages.filter(({ id }) => stageOf(to, id) === undefined).map((stage): GateDifference => ({ stage: stage.id, title: stage.title, is: 'gone', asksAnew: [], asksNoMore: askedAt(stage, both) }));
  return [...stayed, ...gone].filter(({ is, asksAnew, asksNoMore }) => is !== 'changed' || asksAnew.length + asksNoMore.length > 0);
}
