import type { ConditionCode, ConditionParameters } from '@concordat/pathway/core';
import type { Missing } from '@concordat/journal/core';
import type { CivilDate, Sealed } from '@concordat/platform/core';
import type { Activity } from './activity.js';
import type { Contribution } from './contribution.js';
import type { FeedbackOutcome } from './feedback.js';
import { type Happening, id, type Scene } from './given.js';
import type { InvolvementPlan } from './involvement.js';
import type { Response } from './answering.js';

// For specs: involvement told in short sentences. Each gives one happening for `given`.

export const [ada, ben, cat, dev, eve, fay] = [id(21), id(22), id(23), id(24), id(25), id(26)] as const;
export const [panel, survey] = [id(31), id(32)] as const;

export const aPlan: InvolvementPlan = {
  stage: 'design',
  mode: 'co-design',
  subTypes: [],
  say: 3,
  do: 0,
  groups: ['residents'],
  method: 'Three evenings in the hall',
  people: 2,
  resources: { is: 'budget', amount: { amount: '400.00', currency: 'GBP' } },
  accessCosts: { is: 'budget', amount: { amount: '60.00', currency: 'GBP' } },
};

export const planned = (changes: Partial<InvolvementPlan> = {}): Happening => ['concordat.agreement.involvement-planned.v1', { ...aPlan, ...changes }];

/** An activity in the stage `design`, open until the last day of June. */
export const held = (activity: string, changes: Partial<Pick<Activity, 'right' | 'ledBy' | 'stage' | 'closesOn' | 'groups'>> = {}): Happening => [
  'concordat.agreement.activity-planned.v1',
  { activity, stage: 'design', title: 'An evening', groups: ['residents'], right: 'advise', ledBy: 'staff', closesOn: '2026-06-30', ...changes },
];
export const voided = (activity: string): Happening => ['concordat.agreement.activity-voided.v1', { activity, reason: 'The hall was shut.' }];
export const came = (activity: string, ...participants: string[]): Happening => [
  'concordat.agreement.attendance-recorded.v1',
  { activity, participants, on: '2026-06-01' },
];
export const worked = (activity: string, participant: string, on: CivilDate): Happening => [
  'concordat.agreement.effort-recorded.v1',
  { activity, participant, hours: 2, on },
];
export const decidedTogether = (activity: string): Happening => [
  'concordat.agreement.joint-decision-recorded.v1',
  { activity, decided: 'The club meets on Thursdays.', on: '2026-06-01' },
];
export const voted = (activity: string): Happening => [
  'concordat.agreement.vote-recorded.v1',
  { activity, vote: `vote at ${activity}`, question: 'Thursdays or Sundays?', options: [{ option: 'Thursdays', votes: 9 }, { option: 'Sundays', votes: 4 }], on: '2026-06-01' },
];
export const couldItChange = (activity: string, participant: string, answer: 'yes' | 'no' | 'not-sure', forThem = false): Happening => [
  'concordat.agreement.could-it-change-answered.v1',
  { activity, participant, answer, forThem },
];

export const invited = (activity: string, participant: string, answerBy: CivilDate = '2026-06-20'): Happening => [
  'concordat.agreement.participant-invited.v1',
  { invitation: `${activity}/${participant}`, activity, participant, askedOn: '2026-06-01', answerBy },
];
export const accepted = (activity: string, participant: string): Happening => [
  'concordat.agreement.invitation-accepted.v1',
  { invitation: `${activity}/${participant}`, participant },
];
export const declined = (activity: string, participant: string, forThem = false): Happening => [
  'concordat.agreement.invitation-declined.v1',
  { invitation: `${activity}/${participant}`, participant, forThem },
];

/** They confirmed what was entered for them. */
export const confirmed = (entry: string, onBehalfOf: string): Happening => ['concordat.agreement.proxy-entry-recorded.v1', { entry, onBehalfOf, confirmed: 'read-back', on: '2026-06-01' }];

export const said = (contribution: string, author: string, activity: string, changes: Partial<Pick<Contribution, 'stage' | 'late' | 'kind' | 'seenBy' | 'givenOn' | 'unreadSince'>> & { readonly forThem?: boolean } = {}): Happening => [
  'concordat.agreement.contribution-recorded.v1',
  { contribution, activity, author, text: { subject: author, sealed: '' }, givenOn: '2026-06-01', kind: 'view', seenBy: 'those-who-answer', stage: 'design', late: false, unreadSince: null, forThem: false, ...changes },
];
export const theme = (name: string, ...contributions: string[]): readonly [Happening, Happening] => [
  ['concordat.agreement.theme-created.v1', { theme: name, title: name }],
  ['concordat.agreement.put-in-theme.v1', { theme: name, contributions, sampled: [] }],
];
export const adopted: Response = { outcome: 'adopted', reasons: 'It is cheap and everyone wants it.', changed: 'Specification, clause 4' };
/** The same answer, as it is given to one person alone. */
export const sealedFor = (author: string, response: Response): Response<Sealed> => {
  const words = { subject: author, sealed: 'x' };
  return 'changed' in response ? { ...response, reasons: words, changed: words } : { ...response, reasons: words };
};

export const answered = (name: string, response: Response = adopted, { sampled = [] }: { readonly sampled?: readonly string[] } = {}): Happening => [
  'concordat.agreement.theme-answered.v1',
  { theme: name, response, on: '2026-06-01', again: false, sampled },
];
export const told = (outcome: FeedbackOutcome, ...contributions: string[]): Happening => [
  'concordat.agreement.feedback-recorded.v1',
  { contributions, outcome, tried: [] },
];

/** What the gate of the stage misses when it asks this one thing; empty when the gate is open. */
export function missingAt<C extends ConditionCode>(scene: Scene, code: C, parameters: ConditionParameters[C]): readonly Missing[] {
  const decision = scene.asking({ code, parameters }).when('request-gate', { stage: scene.agreement.stage });
  return 'refused' in decision ? decision.refused.flatMap((refused) => (refused.code === code ? refused.missing : [])) : [];
}
