import { addDays, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { refuseHarmBefore } from './delivery-side.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { riskOf, riskOwner, riskUnknown } from './risk.js';
import type { RiskSettings } from './risk-matrix.js';
import { refuseSamePerson } from './separation.js';
import type { Decide, Evolve } from './topic.js';

/** How much harm was done: NHS England, "Learn from patient safety events", degrees of physical harm. */
export const harms = ['no-harm', 'low-harm', 'moderate-harm', 'severe-harm', 'fatal'] as const;
export type Harm = (typeof harms)[number];

export interface IncidentCommands {
  /** `risk`: which risk came true, where one was raised. Nobody is named in `happened` or `done`. */
  'record-incident': {
    readonly incident: string;
    readonly risk?: string;
    readonly happened: string;
    readonly on: CivilDate;
    readonly harm: Harm;
    readonly done: string;
  };
  /** For what was put on record by mistake, such as on another agreement; by somebody else than who recorded it. It asks for nothing more. */
  'withdraw-incident': { readonly incident: string; readonly reason: string };
}

export interface IncidentEvents {
  'concordat.agreement.incident-recorded.v1': Omit<IncidentCommands['record-incident'], 'risk'> & { readonly risk: string | null; readonly recordedOn: CivilDate };
  'concordat.agreement.incident-withdrawn.v1': IncidentCommands['withdraw-incident'] & { readonly on: CivilDate };
}

/** One incident as it was recorded. */
export interface Incident {
  readonly id: string;
  readonly risk: string | null;
  readonly happened: string;
  readonly on: CivilDate;
  readonly harm: Harm;
  readonly done: string;
  readonly recordedOn: CivilDate;
  /** A risk that is open is scored anew; one that was closed, or that nobody had thought of, is raised. */
  readonly asksFor: 'new-score' | 'new-risk';
  /** How often its risk was scored before, or how many risks there were where one is to be raised. */
  readonly before: number;
  /** Who put it on record; null of one that came along before that was kept. */
  readonly recordedBy: string | null;
  readonly withdrawn: { readonly by: string; readonly on: CivilDate; readonly reason: string } | null;
}
/** In the order they were recorded. */
export type IncidentState = readonly Incident[];
export const initialIncidents: IncidentState = [];

/**
 * By when the risk behind an incident is to be scored anew, or one raised for it where it names none or one that was closed; `null` once
 * that was done since, the risk was closed after it, or the incident was withdrawn.
 */
export function incidentWaits(agreement: Agreement, { id, risk: named, asksFor, before, recordedOn, withdrawn }: Incident, { rescoreDays }: Pick<RiskSettings, 'rescoreDays'>): CivilDate | null {
  if (withdrawn !== null) return null;
  const risk = named === null || asksFor === 'new-risk' ? undefined : riskOf(agreement, named);
  const isRaised = () => agreement.risk.slice(before).some(({ incidents }) => incidents?.includes(id) ?? true);
  const done = risk === undefined ? isRaised() : risk.closed || risk.timesScored > before;
  return done ? null : addDays(recordedOn, rescoreDays);
}

const incidentUnknown = refusal('incident.unknown', 'The incident is recorded on this agreement.', riskOwner('incident', 'record-incident'));

export const decide = {
  'record-incident': ({ agreement }, { incident, risk, happened: what, on, harm, done }, { today }) =>
    unless(
      [
        agreement.incidents.some(({ id }) => id === incident) && alreadySo('the incident is recorded'),
        risk !== undefined && riskOf(agreement, risk) === undefined && riskUnknown,
        on > today && refusal('incident.ahead', 'What is recorded has happened.', riskOwner('on', 'record-incident')),
        refuseHarmBefore(agreement, on, 'on', 'record-incident', 'risk-owner'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.incident-recorded.v1', { incident, risk: risk ?? null, happened: what, on, harm, done, recordedOn: today })],
    ),

  'withdraw-incident': ({ agreement, persons }, { incident, reason }, { today, actor }) => {
    const known = agreement.incidents.find(({ id }) => id === incident);
    return unless(
      [
        known === undefined && incidentUnknown,
        known !== undefined && known.withdrawn !== null && alreadySo('the incident is withdrawn'),
        refuseSamePerson(persons, actor, [known?.recordedBy], { code: 'second.same-person', asks: 'That nothing of it happened here is said by two people: who recorded it does not withdraw it.', did: 'recorded it', by: 'withdraw-incident' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.incident-withdrawn.v1', { incident, reason, on: today })],
    );
  },
} satisfies { [C in keyof IncidentCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.incident-recorded.v1': (agreement, { data: { incident: id, ...recorded }, meta }) => {
    const risk = recorded.risk === null ? undefined : riskOf(agreement, recorded.risk);
    const asks = risk === undefined || risk.closed ? { asksFor: 'new-risk' as const, before: agreement.risk.length } : { asksFor: 'new-score' as const, before: risk.timesScored };
    return agreementWith(agreement, { incidents: [...agreement.incidents, { id, ...recorded, ...asks, recordedBy: meta.actor, withdrawn: null }] });
  },
  'concordat.agreement.incident-withdrawn.v1': (agreement, { data: { incident, reason, on }, meta }) => agreementWith(agreement, {
    incidents: agreement.incidents.map((each) => (each.id === incident ? { ...each, withdrawn: { by: meta.actor, on, reason } } : each)),
  }),
} satisfies { [T in keyof IncidentEvents]: Evolve<T> };
