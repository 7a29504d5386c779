import { actorName, holdsRole } from '@concordat/access/core';
import { refuse } from '@concordat/journal/core';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { scopeOn } from './partner.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { awaitsSeer, closedAlready, openRisks, type Risk, type RiskState, riskOf, riskUnknown, scoreNow, withRisk } from './risk.js';
import { type Band, type RiskSettings, type Seer, seers } from './risk-matrix.js';
import { everyIdOf, everyIdToday } from './separation.js';
import type { Conditions, Decide, Evolve } from './topic.js';

export interface EscalationCommands {
  /** "I know of this risk, how large it is, and who carries it." It approves nothing. */
  'acknowledge-risk': { readonly risk: string; readonly says: string };
}

export interface EscalationEvents {
  'concordat.agreement.risk-acknowledged.v1': { readonly risk: string; readonly says: string; readonly as: Seer; readonly band: Band };
}

/** Who saw a risk that lies above the appetite, and by whom it counts as seen. */
export const seersOf = ({ risk }: Pick<Agreement, 'risk'>): readonly string[] => risk.flatMap(({ seen, closed }) => (seen === null || closed ? [] : [seen.by]));

/** The risks as they stand once it is known who is no other: nobody saw one from above who turns out to answer for it. */
export function seenToday(agreement: Agreement): RiskState {
  return agreement.risk.map((risk) => (risk.seen !== null && everyIdToday(agreement, risk.seen.by).includes(risk.owner) ? { ...risk, escalated: risk.escalated ?? { band: risk.seen.band, by: risk.seen.as }, seen: null } : risk));
}

export const decide = {
  'acknowledge-risk': ({ agreement, persons }, { risk: id, says }, { actor, today, riskSettings }) => {
    const risk = riskOf(agreement, id);
    if (risk === undefined) return refuse(riskUnknown);
    const person = actorName(actor);
    const due = awaitsSeer(risk, riskSettings);
    const grants = persons[person]?.grants ?? [];
    // Whoever stands further up may see for whoever stands nearer.
    const as = due === null ? undefined : seers.slice(seers.indexOf(due.by)).find((seer) => holdsRole(grants, seer, scopeOn(agreement, today), today));
    return unless(
      [
        closedAlready(risk),
        due === null && alreadySo('nobody has to see this risk, or it was seen since it became this large'),
        due !== null && as === undefined &&
          refusal('risk.not-for-you', `A risk this large is seen by the ${due.by}.`, { what: due.by, suppliedBy: due.by, by: 'acknowledge-risk' }),
        everyIdOf(persons, person).includes(risk.owner) &&
          refusal('risk.own', 'Whoever answers for a risk is not who sees it from above.', { what: 'someone else', suppliedBy: due?.by ?? 'decision-maker', by: 'acknowledge-risk' }),
      ],
      // Where there is neither, a rule above has refused.
      () => [happened(agreement.id, 'concordat.agreement.risk-acknowledged.v1', { risk: id, says, as: as!, band: due!.band })],
    );
  },
} satisfies { [C in keyof EscalationCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.risk-acknowledged.v1': (agreement, { data: { risk, as, band }, meta, recordedAt }) =>
    withRisk(agreement, risk, (raised) => {
      const least = scoreNow(raised);
      return { escalated: null, seen: least && { by: meta.actor, as, band, at: recordedAt, least } };
    }),
} satisfies { [T in keyof EscalationEvents]: Evolve<T> };

/** Every open risk that somebody is still to see, with who. */
export function unseenRisks(agreement: Agreement, settings: RiskSettings): readonly { readonly risk: Risk; readonly band: Band; readonly by: Seer }[] {
  return openRisks(agreement).flatMap((risk) => {
    const due = awaitsSeer(risk, settings);
    return due === null ? [] : [{ risk, ...due }];
  });
}

export const conditions = {
  'risk.escalated': (agreement, _, { riskSettings }) =>
    unseenRisks(agreement, riskSettings).map(({ risk, by }) => ({ what: `the word of the ${by} on ${risk.id}`, suppliedBy: by, by: 'acknowledge-risk' })),
} satisfies Partial<Conditions>;
