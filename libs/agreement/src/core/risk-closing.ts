import { refuse } from '@concordat/journal/core';
import { happened } from './event.js';
import { wordAwaitedOn } from './had-their-say.js';
import { incidentWaits } from './incident.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { awaitsSeer, refuseUnasked, riskOf, riskOwner, riskUnknown, withRisk } from './risk.js';
import type { Decide, Evolve } from './topic.js';

export interface RiskClosingCommands {
  /** Nobody's word is cut off: neither that of whoever must see it, nor that of those who carry it and were asked, nor what an incident says of how large it is. Where a gate asks for the word of those who carry it, one that none of them was asked about is closed by a second person. */
  'close-risk': { readonly risk: string; readonly reason: string };
}

export interface RiskClosingEvents {
  'concordat.agreement.risk-closed.v1': RiskClosingCommands['close-risk'];
}

export const decide = {
  'close-risk': (states, { risk: id, reason }, context) => {
    const { agreement } = states;
    const risk = riskOf(agreement, id);
    if (risk === undefined) return refuse(riskUnknown);
    const due = awaitsSeer(risk, context.riskSettings);
    const waiting = agreement.incidents.filter((incident) => incident.risk === id && incidentWaits(agreement, incident, context.riskSettings) !== null);
    const awaited = risk.closed ? [] : wordAwaitedOn(agreement, id, context);
    return unless(
      [
        risk.closed && alreadySo('the risk is closed'),
        due !== null &&
          refusal('risk.unseen', `A risk this large is closed once the ${due.by} has seen it.`, { what: `the word of the ${due.by} on ${id}`, suppliedBy: due.by, by: 'acknowledge-risk' }),
        waiting.length > 0 &&
          refusal('risk.incident-waits', 'A risk that came true is closed once it was looked at how large it is since.', ...waiting.map((incident) => riskOwner(`how large it is since the incident of ${incident.on}: ${incident.id}`, 'review-risk'))),
        awaited.length > 0 && refusal('risk.word-awaited', 'A risk is closed once those who carry it and were asked have had their say, and their answer.', ...awaited),
        !risk.closed && refuseUnasked(states, risk, risk.bearers, context, 'close-risk'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.risk-closed.v1', { risk: id, reason })],
    );
  },
} satisfies { [C in keyof RiskClosingCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.risk-closed.v1': (agreement, { data: { risk } }) => withRisk(agreement, risk, () => ({ closed: true })),
} satisfies { [T in keyof RiskClosingEvents]: Evolve<T> };
