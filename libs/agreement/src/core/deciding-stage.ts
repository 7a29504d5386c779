import { type AskedAtGate, conditionsFor, isEarlier, type Pathway } from '@concordat/pathway/core';
import { canonical } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import type { Context } from './topic.js';
import { routeOf } from './urgency.js';

const firstToAsk = ({ stages }: Pathway, code: 'provider.accepted' | 'decision.in-force'): string | undefined => stages.find(({ gate }) => gate.conditions.some((asked) => asked.code === code))?.id;

/** The stage whose gate awards what this pathway is for; undefined where nothing is awarded. */
export const awardingStage = (pathway: Pathway): string | undefined => firstToAsk(pathway, 'provider.accepted');

/** The stage in which it is settled: whose gate awards it or, where nothing is awarded, asks for the decision. */
export const decidingStage = (pathway: Pathway): string | undefined => awardingStage(pathway) ?? firstToAsk(pathway, 'decision.in-force');

/** The stage whose gate opened on the decision, or on an earlier one whose place it took; also where the one that took it fell since. */
export function openedOn({ decision, decisionFell }: Agreement): string | null {
  const last = decision ?? decisionFell;
  return last?.opened ?? last?.behind ?? null;
}

/**
 * What law asks at gates that were passed before Concordat took it over is asked where it is settled: no gate before that is evidenced, and none
 * behind it asks. It is there, where those gates asked it.
 */
export function askedOfTakenOver(agreement: Agreement, context: Pick<Context, 'pathway' | 'route'>): readonly AskedAtGate[] {
  const { pathway } = context;
  const { stage, stages, takenOver, tier } = agreement;
  if (takenOver === null || stage !== decidingStage(pathway)) return [];
  const asked = (at: string) => conditionsFor(pathway, routeOf(agreement, context), at, tier);
  const nameOf = ({ code, parameters }: AskedAtGate) => canonical({ code, parameters });
  const known = new Set(asked(stage).map(nameOf));
  const behind = pathway.stages.filter(({ id }) => isEarlier(pathway, id, stage) && stages[id]?.gate === 'not-evidenced').flatMap(({ id }) => asked(id));
  return behind.filter((one) => one.class === 'lawful' && !known.has(nameOf(one)) && known.add(nameOf(one)));
}
