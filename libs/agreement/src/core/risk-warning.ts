import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agesOn, controlsInUse } from './control.js';
import { unseenRisks } from './escalation.js';
import { incidentWaits } from './incident.js';
import { openRisks } from './risk.js';
import type { RiskSettings } from './risk-matrix.js';

/** What may be amiss with risks, controls and incidents without that anybody did anything. */
export const riskWarningKinds = ['control-aged', 'control-fails', 'review-due', 'incident-unscored', 'unseen'] as const;
export type RiskWarningKind = (typeof riskWarningKinds)[number];

/** One warning. It blocks nothing; what must be, a gate asks. */
export interface RiskWarning {
  readonly kind: RiskWarningKind;
  /** The id of the risk, control or incident. */
  readonly about: string;
  /** The first day on which it holds, which may lie ahead; `null` where it holds since it is so. */
  readonly from: CivilDate | null;
  /** By when it is to be seen to, where there is such a day. */
  readonly dueOn: CivilDate | null;
  /** Who can see to it: a person by id, or a role. */
  readonly falls: { readonly to: 'person'; readonly person: string } | { readonly to: 'role'; readonly role: string };
  /** The command that ends it. */
  readonly by: string;
}

/** All there is to warn of, and what there will be if nobody does anything. Whether it holds is told by `from` and the day. */
export function riskWarningsAhead(agreement: Agreement, settings: RiskSettings): readonly RiskWarning[] {
  const person = (id: string) => ({ to: 'person', person: id }) as const;
  const controls = controlsInUse(agreement);
  const failing = controls.filter(({ proof }) => proof?.finding === 'does-not-work');
  return [
    ...controls.map((control): RiskWarning => ({ kind: 'control-aged', about: control.id, from: agesOn(agreement, control), dueOn: null, falls: person(control.owner), by: 'record-control-proof' })),
    ...failing.map((control): RiskWarning => ({ kind: 'control-fails', about: control.id, from: control.proof?.on ?? null, dueOn: null, falls: person(control.owner), by: 'record-control-proof' })),
    ...openRisks(agreement).flatMap(({ id, reviewOn, owner }): RiskWarning[] =>
      reviewOn === null ? [] : [{ kind: 'review-due', about: id, from: reviewOn, dueOn: reviewOn, falls: person(owner), by: 'review-risk' }]),
    ...agreement.incidents.flatMap((incident): RiskWarning[] => {
      const dueOn = incidentWaits(agreement, incident, settings);
      if (dueOn === null) return [];
      const owner = agreement.risk.find(({ id }) => id === incident.risk)?.owner;
      return [{ kind: 'incident-unscored', about: incident.id, from: incident.recordedOn, dueOn, falls: owner === undefined ? { to: 'role', role: 'risk-owner' } : person(owner), by: incident.asksFor === 'new-risk' ? 'raise-risk' : 'review-risk' }];
    }),
    ...unseenRisks(agreement, settings).map(({ risk, by }): RiskWarning => ({ kind: 'unseen', about: risk.id, from: null, dueOn: null, falls: { to: 'role', role: by }, by: 'acknowledge-risk' })),
  ];
}

/** What there is to warn of on a day. */
export function riskWarnings(agreement: Agreement, settings: RiskSettings, today: CivilDate): readonly RiskWarning[] {
  return riskWarningsAhead(agreement, settings).filter(({ from }) => from === null || from <= today);
}
