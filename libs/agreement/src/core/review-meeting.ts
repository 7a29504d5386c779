import type { Missing } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { deliversNothing, providerActing, providerOf, refuseBefore } from './delivery-side.js';
import { happened } from './event.js';
import type { DocumentReference } from './facts.js';
import { expiryStands } from './expiry.js';
import { differencesOpen } from './kpi.js';
import { obligationStands } from './obligation.js';
import { improvementsOpen, improvementStands } from './quality-visit.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { refuseOwner } from './risk.js';
import type { Decide, Evolve } from './topic.js';

/** What a review meeting has to talk about. */
export const agendaKinds = ['difference', 'obligation-overdue', 'provider-concern', 'action-overdue', 'improvement-overdue', 'expiry', 'variation'] as const;
export type AgendaItem = { readonly kind: (typeof agendaKinds)[number]; /** The id of what it is about. */ readonly about: string };

type Held = { readonly meeting: string; readonly on: CivilDate; readonly present: string; readonly minutes: DocumentReference };
type AgreedAction = { readonly action: string; readonly meeting: string; readonly what: string; readonly owner: string; readonly dueOn: CivilDate };
/** Of which provider whoever does it is; null of the organisation's own people. */
type Theirs = { readonly provider: string | null };
type Done = { readonly action: string; readonly how: string; readonly on: CivilDate };

export interface ReviewMeetingCommands {
  'hold-review-meeting': Held;
  'agree-action': AgreedAction;
  /** By its owner or somebody of the same provider, or written down by the organisation. */
  'complete-action': Done;
}

export interface ReviewMeetingEvents {
  /** `agenda`: what there was to talk about as that day began. */
  'concordat.agreement.review-meeting-held.v1': Held & { readonly agenda: readonly AgendaItem[] };
  'concordat.agreement.action-agreed.v1': AgreedAction & Theirs;
  'concordat.agreement.action-completed.v1': Done & Theirs;
}

export interface ReviewMeetingState {
  readonly meetings: readonly (Held & { readonly agenda: readonly AgendaItem[] })[];
  readonly actions: readonly (AgreedAction & Theirs & { readonly done: Omit<Done, 'action'> | null })[];
}
export type MeetingAction = ReviewMeetingState['actions'][number];
export const initialReviews: ReviewMeetingState = { meetings: [], actions: [] };

/** Where an action stands today. */
export const actionStands = ({ done, dueOn }: MeetingAction, today: CivilDate): 'done' | 'due' | 'overdue' => (done !== null ? 'done' : dueOn < today ? 'overdue' : 'due');

/** The agenda that the record itself writes. */
export function agendaOf(agreement: Agreement, today: CivilDate): readonly AgendaItem[] {
  const { delivery, reviews, providerConcerns, expiries, variations } = agreement;
  const items = (kind: AgendaItem['kind'], about: readonly string[]): readonly AgendaItem[] => about.map((each) => ({ kind, about: each }));
  return [
    ...items('difference', differencesOpen(agreement).map(({ finding }) => finding)),
    ...items('obligation-overdue', delivery.obligations.filter((each) => obligationStands(agreement, each, today) === 'overdue').map(({ obligation }) => obligation)),
    ...items('provider-concern', providerConcerns.filter(({ answered }) => answered === null).map(({ concern }) => concern)),
    ...items('action-overdue', reviews.actions.filter((each) => actionStands(each, today) === 'overdue').map(({ action }) => action)),
    ...items('improvement-overdue', improvementsOpen(agreement).filter((each) => improvementStands(each, today) === 'overdue').map(({ improvement }) => improvement)),
    ...items('expiry', expiries.filter((each) => expiryStands(each, today) !== 'in-force').map(({ expiry }) => expiry)),
    ...items('variation', variations.filter(({ decided }) => decided === null).map(({ variation }) => variation)),
  ];
}

/** An agreement as a day began, by the days that its record tells: what was settled on it or since was open, and what came since was not there. What was renewed since is known as it is now. */
function asOf(agreement: Agreement, day: CivilDate): Agreement {
  const { kpis, delivery, providerConcerns, reviews, qualityVisits, variations } = agreement;
  const before = ({ on }: { readonly on: CivilDate }): boolean => on < day;
  const settled = <S extends { readonly on: CivilDate }>(one: S | null): S | null => (one !== null && before(one) ? one : null);
  return agreementWith(agreement, {
    kpis: { ...kpis, findings: kpis.findings.filter(({ period }) => period.endsOn <= day).map((finding) => ({ ...finding, discussed: finding.discussed.filter(before) })) },
    delivery: { ...delivery, withdrawn: delivery.withdrawn.filter(before), obligations: delivery.obligations.map((each) => ({ ...each, met: each.met.filter(before) })) },
    providerConcerns: providerConcerns.filter(({ raisedOn }) => raisedOn <= day).map((each) => ({ ...each, answered: settled(each.answered) })),
    reviews: { ...reviews, actions: reviews.actions.map((each) => ({ ...each, done: settled(each.done) })) },
    qualityVisits: qualityVisits.map((visit) => ({ ...visit, improvements: visit.improvements.map((each) => ({ ...each, shown: settled(each.shown) })) })),
    variations: variations.filter(({ proposedOn }) => proposedOn <= day).map((each) => ({ ...each, decided: each.decided !== null && each.decided.decidedOn < day ? each.decided : null })),
  });
}

const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });

export const decide = {
  'hold-review-meeting': ({ agreement }, { meeting, on, present, minutes }, { today }) =>
    unless(
      [
        agreement.reviews.meetings.some((each) => each.meeting === meeting) && alreadySo('the meeting is on record'),
        on > today && refusal('review-meeting.not-held-yet', 'A meeting is recorded once it was held.', manager('on', 'hold-review-meeting')),
        refuseBefore(agreement, on, 'on', 'hold-review-meeting'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.review-meeting-held.v1', { meeting, on, present, minutes, agenda: agendaOf(asOf(agreement, on), on) })],
    ),

  'agree-action': (states, { action, meeting, what, owner, dueOn }) => {
    const { agreement } = states;
    const held = agreement.reviews.meetings.find((each) => each.meeting === meeting);
    return unless(
      [
        agreement.reviews.actions.some((each) => each.action === action) && alreadySo('the action is agreed'),
        held === undefined && refusal('review-meeting.unknown', 'The meeting was held.', manager('meeting', 'hold-review-meeting')),
        ...refuseOwner(owner, states, 'agree-action', 'contract-manager'),
        held !== undefined && dueOn < held.on && refusal('review-meeting.action-past', 'An action is due after the meeting that agreed it.', manager('dueOn', 'agree-action')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.action-agreed.v1', { action, meeting, what, owner, dueOn, provider: providerOf(states.persons[owner]) })],
    );
  },

  'complete-action': (states, { action, how, on }, context) => {
    const { agreement } = states;
    const known = agreement.reviews.actions.find((each) => each.action === action);
    const held = agreement.reviews.meetings.find(({ meeting }) => meeting === known?.meeting);
    const own = providerActing(states, context);
    return unless(
      [
        known === undefined && refusal('review-meeting.action-unknown', 'The action was agreed.', manager('action', 'agree-action')),
        known !== undefined && known.done !== null && alreadySo('the action is done'),
        deliversNothing(states, context) ||
          (known !== undefined && own !== undefined && known.provider !== own && refusal('review-meeting.another-s', 'A provider says of its own actions that they are done.', manager('action', 'complete-action'))),
        (on > context.today || (held !== undefined && on < held.on)) && refusal('review-meeting.action-not-done-yet', 'An action is done after the meeting that agreed it, and recorded once it is.', manager('on', 'complete-action')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.action-completed.v1', { action, how, on, provider: known?.provider ?? null })],
    );
  },
} satisfies { [C in keyof ReviewMeetingCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.review-meeting-held.v1': (agreement, { data }) => agreementWith(agreement, { reviews: { ...agreement.reviews, meetings: [...agreement.reviews.meetings, data] } }),
  'concordat.agreement.action-agreed.v1': (agreement, { data }) => agreementWith(agreement, { reviews: { ...agreement.reviews, actions: [...agreement.reviews.actions, { ...data, done: null }] } }),
  'concordat.agreement.action-completed.v1': (agreement, { data: { action, how, on } }) => agreementWith(agreement, {
    reviews: { ...agreement.reviews, actions: agreement.reviews.actions.map((each) => (each.action === action ? { ...each, done: { how, on } } : each)) },
  }),
} satisfies { [T in keyof ReviewMeetingEvents]: Evolve<T> };
