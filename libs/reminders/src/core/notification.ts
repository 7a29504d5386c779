import { holdsRole, identitiesOf, may, type Person, type Right, type Scope } from '@concordat/access/core';
import { type Agreement, type Events, type EventType, hasPartInWaiver, isConcern, mustAccept, offeredTo, partiesStill, type PartyRole, readsAnyOf, scopeOn } from '@concordat/agreement/core';
import type { CivilDate } from '@concordat/platform/core';
import { dayWordsOf } from './day-come.js';
import type { Part } from './part.js';
import type { NotificationKind } from './preference.js';

/**
 * Whom one type of event is told to by e-mail: whoever holds a right about what it happened to, the people of the provider
 * it is about, of all who provide or are invited, of those an award is offered to, or the person or role it names. `says` goes into a mail and holds no personal data: no name, no title, no free text.
 */
export type Notification<T extends EventType> =
  | { readonly to: 'nobody' }
  | {
      readonly to: Right | 'the-provider' | 'the-providers' | 'the-invited' | 'the-offered' | 'the-owner' | 'the-role';
      readonly says: string;
      readonly part: Part;
      /** What people choose by how they hear of it. */
      readonly kind: NotificationKind;
      /** What the right is asked about, besides the agreement. */
      readonly about: (data: Events[T]) => Scope;
      readonly when: (data: Events[T]) => boolean;
    };

const nobody = { to: 'nobody' } as const;
const always = () => true;
const itself = () => ({});
/** What waits for whoever holds the right, unless it is of another kind. */
const those = (to: Right, says: string, part: Part, kind: NotificationKind = 'asked') => ({ to, says, part, kind, about: itself, when: always }) as const;
const team = (says: string, part: Part = '') => ({ to: 'agreement.move', says, part, kind: 'progress', about: itself, when: always }) as const;
// Whoever bids, all at once: what one reads before the others is a head start.
const theInvited = (says: string, kind: NotificationKind) => ({ to: 'the-invited', says, part: '', kind, about: itself, when: always }) as const;
// Whether it came in as one or was seen for one later.
const aConcern = those('involvement.manage', 'A safeguarding concern or an allegation was raised. It is to be passed on the same working day.', '/involvement', 'concern');
const theProviders = (says: string, part: Part, kind: NotificationKind = 'progress') => ({ to: 'the-providers', says, part, kind, about: itself, when: always }) as const;
// What waits for a second person, or for the notice by which rivals hear of it, is nothing to accept yet.
const toAccept = { to: 'the-offered', says: 'An award waits for you to accept it.', part: '', kind: 'asked', about: itself, when: always } as const;

/**
 * The one table of what is told by e-mail. A type that is forgotten does not compile. What only adds to the record is told
 * to nobody: the work lists show it, and whoever is told of everything reads nothing.
 */
export const notifications: { readonly [T in EventType]: Notification<T> } = {
  'concordat.agreement.opened.v1': nobody,
  'concordat.agreement.taken-over.v1': theProviders('An agreement of yours that ran before is on record here from now on.', ''),
  'concordat.agreement.gate-opened.v1': team('A gate opened, and an agreement moved on.'),
  'concordat.agreement.stage-entered.v1': nobody,
  'concordat.agreement.gate-refused.v1': team('A gate was refused by the decision-maker.'),
  'concordat.agreement.waiver-asked.v1': those('waiver.answer', 'A waiver is asked and waits for an answer.', ''),
  'concordat.agreement.waiver-view-sought.v1': those('statement.give', 'You are asked for your view on what is to be waived.', ''),
  'concordat.agreement.waiver-view-given.v1': nobody,
  'concordat.agreement.condition-waived.v1': team('A waiver was agreed to.'),
  'concordat.agreement.waiver-refused.v1': team('A waiver was refused.'),
  'concordat.agreement.waiver-reviewed.v1': nobody,
  'concordat.agreement.condition-proposed.v1': those('decision.record', 'A gate is to open with a condition, which waits for you to agree.', ''),
  'concordat.agreement.condition-agreed.v1': nobody,
  'concordat.agreement.condition-refused.v1': team('A condition under which a gate was to open was refused.'),
  'concordat.agreement.condition-renewal-asked.v1': those('decision.record', 'More time is asked for a condition under which a gate opened.', ''),
  'concordat.agreement.route-chosen.v1': team('Another route, or another ground for it, was chosen for an award.'),
  'concordat.agreement.urgency-recorded.v1': those('decision.record', 'An agreement is declared urgent.', '', 'progress'),
  'concordat.agreement.late-by-us-recorded.v1': nobody,
  'concordat.agreement.pathway-migrated.v1': nobody,
  'concordat.agreement.closed.v1': team('An agreement was closed.'),
  'concordat.agreement.returned.v1': team('An agreement went back to an earlier stage. What was signed after that stage fell.'),
  'concordat.agreement.held.v1': team('An agreement was put on hold.'),
  'concordat.agreement.resumed.v1': team('An agreement was resumed.'),
  'concordat.agreement.cancelled.v1': team('An agreement was cancelled.'),
  'concordat.agreement.facts-amended.v1': { ...theInvited('What you are invited to bid for is changed. Read it again.', 'asked'), when: ({ facts }) => readsAnyOf(facts, 'invited') },
  'concordat.agreement.tier-raised.v1': team('An agreement was raised a tier: its gates ask more.'),
  'concordat.agreement.tier-kept.v1': nobody,
  'concordat.agreement.notice-recorded.v1': nobody,
  'concordat.agreement.notice-published.v1': nobody,
  'concordat.agreement.consultation-opened.v1': those('involvement.confirm', 'People are consulted on an agreement. Its page says what is put to them, and until when: pass it on to those you speak for.', '', 'people'),
  'concordat.agreement.consultation-extended.v1': nobody,
  'concordat.agreement.consultation-withdrawn.v1': those('decision.record', 'A consultation was withdrawn.', '/award', 'progress'),
  'concordat.agreement.consultation-answered-for.v1': nobody,
  'concordat.agreement.consultation-considered.v1': those('decision.record', 'What people said in a consultation was considered.', '/award', 'progress'),
  'concordat.agreement.decision-called-in.v1': those('decision.record', 'A decision was called in and waits to be looked at again.', ''),
  'concordat.agreement.call-in-concluded.v1': team('A call-in was concluded.'),
  'concordat.agreement.challenge-recorded.v1': those('award.make', 'A provider challenged an award or a sourcing.', '/award'),
  'concordat.agreement.challenge-concluded.v1': team('A challenge was concluded.', '/award'),
  'concordat.agreement.partner-recorded.v1': team('A partner body joined.'),
  'concordat.agreement.partner-ended.v1': team('A partner body’s part ended.'),
  'concordat.agreement.publication-planned.v1': those('publication.manage', 'Something of an agreement is to be published.', '/award', 'progress'),
  'concordat.agreement.publication-withheld.v1': team('Something of an agreement is withheld from publication.', '/award'),
  'concordat.agreement.withholding-lifted.v1': nobody,
  'concordat.agreement.published.v1': team('Something of an agreement was published.', '/award'),

  'concordat.agreement.involvement-planned.v1': nobody,
  'concordat.agreement.activity-planned.v1': nobody,
  'concordat.agreement.activity-voided.v1': nobody,
  'concordat.agreement.what-people-do-recorded.v1': nobody,
  'concordat.agreement.what-people-do-taken-off-record.v1': nobody,
  'concordat.agreement.nobody-wished.v1': nobody,
  'concordat.agreement.stages-that-matter-recorded.v1': nobody,
  'concordat.agreement.participant-invited.v1': nobody,
  'concordat.agreement.invitation-accepted.v1': nobody,
  'concordat.agreement.invitation-declined.v1': nobody,
  'concordat.agreement.attendance-recorded.v1': nobody,
  'concordat.agreement.effort-recorded.v1': nobody,
  'concordat.agreement.joint-decision-recorded.v1': nobody,
  'concordat.agreement.could-it-change-answered.v1': nobody,
  'concordat.agreement.asked-what-people-do.v1': nobody,
  'concordat.agreement.vote-recorded.v1': nobody,
  'concordat.agreement.carried-over.v1': those('involvement.confirm', 'It is proposed to carry over what people gave to another agreement.', '/involvement'),
  'concordat.agreement.carry-over-answered.v1': nobody,
  'concordat.agreement.information-issued.v1': nobody,
  'concordat.agreement.information-given.v1': nobody,
  'concordat.agreement.payment-offered.v1': nobody,
  'concordat.agreement.payment-offer-answered.v1': nobody,
  'concordat.agreement.dissent-recorded.v1': those('decision.record', 'Somebody dissents on record.', '/involvement', 'people'),
  'concordat.agreement.no-dissent-recorded.v1': nobody,
  'concordat.agreement.proxy-entry-recorded.v1': nobody,
  'concordat.agreement.contribution-recorded.v1': nobody,
  'concordat.agreement.theme-created.v1': those('involvement.manage', 'A theme of what people said waits for an answer.', '/involvement', 'people'),
  'concordat.agreement.put-in-theme.v1': nobody,
  'concordat.agreement.theme-answered.v1': nobody,
  'concordat.agreement.feedback-recorded.v1': nobody,
  'concordat.agreement.contribution-triaged.v1': { ...aConcern, when: ({ kind }) => isConcern(kind) },
  'concordat.agreement.concern-raised.v1': aConcern,
  'concordat.agreement.concern-passed-on.v1': nobody,
  'concordat.agreement.who-sees-chosen.v1': nobody,
  'concordat.agreement.late-entries-noted.v1': nobody,
  'concordat.agreement.contribution-answered.v1': nobody,
  'concordat.agreement.own-answer-asked.v1': those('involvement.manage', 'Somebody asks for an answer of their own to what they said.', '/involvement', 'people'),
  'concordat.agreement.answer-rated.v1': nobody,
  'concordat.agreement.answer-checked.v1': nobody,
  'concordat.agreement.answer-reversed.v1': those('involvement.manage', 'What people were told would be done is undone. They are owed word of it.', '/involvement', 'people'),
  'concordat.agreement.reversal-told.v1': nobody,
  'concordat.agreement.carried-on.v1': nobody,
  'concordat.agreement.carried-to.v1': nobody,
  'concordat.agreement.commitment-made.v1': nobody,
  'concordat.agreement.commitment-kept.v1': nobody,
  'concordat.agreement.commitment-broken.v1': team('A promise made to people was broken.', '/involvement'),
  'concordat.agreement.whether-heard-recorded.v1': nobody,
  'concordat.agreement.what-came-of-it-told.v1': nobody,

  'concordat.agreement.risk-raised.v1': { to: 'the-owner', says: 'A risk was raised that you answer for.', part: '/risk', kind: 'asked', about: itself, when: always },
  'concordat.agreement.risk-rescored.v1': nobody,
  'concordat.agreement.risk-closed.v1': nobody,
  'concordat.agreement.risk-reviewed.v1': nobody,
  'concordat.agreement.risk-escalated.v1': { to: 'the-role', says: 'A risk lies above the appetite and waits to be seen by you.', part: '/risk', kind: 'asked', about: itself, when: always },
  'concordat.agreement.risk-acknowledged.v1': nobody,
  'concordat.agreement.opportunity-raised.v1': { to: 'the-owner', says: 'An opportunity was raised that you answer for.', part: '/risk', kind: 'asked', about: itself, when: always },
  'concordat.agreement.opportunity-rescored.v1': nobody,
  'concordat.agreement.opportunity-closed.v1': nobody,
  'concordat.agreement.control-added.v1': { to: 'the-owner', says: 'A control of a risk was added that you see to.', part: '/risk', kind: 'asked', about: itself, when: always },
  'concordat.agreement.control-proved.v1': nobody,
  'concordat.agreement.control-ended.v1': nobody,
  'concordat.agreement.incident-recorded.v1': those('risk.manage', 'An incident was recorded. Its risk is to be scored anew.', '/risk'),
  'concordat.agreement.incident-withdrawn.v1': those('risk.manage', 'An incident was withdrawn.', '/risk', 'progress'),
  'concordat.agreement.risk-prompt-answered.v1': nobody,
  'concordat.agreement.risk-panel-convened.v1': nobody,
  'concordat.agreement.panel-advice-recorded.v1': those('decision.record', 'A shared-risk panel gave its advice.', '/risk'),
  'concordat.agreement.panel-advice-answered.v1': nobody,
  'concordat.agreement.statement-sought.v1': those('statement.give', 'Those who carry a risk are asked for their view.', '/risk'),
  'concordat.agreement.statement-recorded.v1': {
    to: 'decision.record', says: 'Those who carry a risk object. Their objection waits for a written reply.', part: '/risk', kind: 'asked', about: itself, when: ({ view }) => view === 'object',
  },
  'concordat.agreement.objection-replied-to.v1': those('statement.give', 'An objection was replied to.', '/risk', 'progress'),
  'concordat.agreement.reply-seconded.v1': nobody,

  'concordat.agreement.sign-off-requested.v1': { to: 'sign-off.give', says: 'A sign-off is asked of you.', part: '/sign-offs', kind: 'asked', about: ({ of, discipline }) => (of === null ? { discipline } : {}), when: always },
  'concordat.agreement.signed-off.v1': team('A sign-off was answered.', '/sign-offs'),
  'concordat.agreement.sign-off-seconded.v1': nobody,
  'concordat.agreement.sign-off-condition-met.v1': nobody,
  'concordat.agreement.sign-off-condition-renewed.v1': team('More time was given for what a sign-off was granted on condition of.', '/sign-offs'),
  'concordat.agreement.sign-off-renewed.v1': team('A sign-off was renewed.', '/sign-offs'),
  'concordat.agreement.sign-off-withdrawn.v1': team('A sign-off, or the request for one, was withdrawn.', '/sign-offs'),
  'concordat.agreement.conflict-declared.v1': those('decision.record', 'An interest was declared by somebody who acts in an agreement.', '', 'progress'),
  'concordat.agreement.no-conflict-declared.v1': nobody,
  'concordat.agreement.conflict-lifted.v1': those('decision.record', 'It was agreed that an interest of somebody who acts in an agreement is over.', '', 'progress'),

  'concordat.agreement.criterion-set.v1': nobody,
  'concordat.agreement.evaluator-appointed.v1': nobody,
  'concordat.agreement.evaluator-declaration-recorded.v1': nobody,
  'concordat.agreement.evaluator-training-recorded.v1': nobody,
  'concordat.agreement.assessment-recorded.v1': nobody,
  'concordat.agreement.evaluator-stood-down.v1': nobody,
  'concordat.agreement.option-considered.v1': nobody,
  'concordat.agreement.option-discussed.v1': nobody,
  'concordat.agreement.readiness-confirmed.v1': team('The provider said that it is ready to start.', '/award'),

  'concordat.agreement.kpi-set.v1': theProviders('What an agreement of yours is measured by was set.', '/delivery'),
  'concordat.agreement.observation-recorded.v1': nobody,
  'concordat.agreement.finding-recorded.v1': theProviders('What people say of an agreement of yours was put on record beside your own figures.', '/delivery'),
  'concordat.agreement.difference-discussed.v1': {
    to: 'the-provider', kind: 'progress', says: 'It was put on record that a difference between your figure and what people say was talked about.', part: '/delivery', about: ({ provider }) => (provider === null ? {} : { provider }), when: always,
  },
  'concordat.agreement.obligation-agreed.v1': {
    to: 'the-provider', kind: 'asked', says: 'Something was agreed that your organisation owes. The page says what, and by when.', part: '/delivery', about: ({ provider }) => (provider === null ? {} : { provider }), when: always,
  },
  'concordat.agreement.obligation-withdrawn.v1': {
    to: 'the-provider', kind: 'progress', says: 'Something that was agreed that your organisation owes is withdrawn: it is owed no more. The page says why.', part: '/delivery', about: ({ provider }) => (provider === null ? {} : { provider }), when: always,
  },
  'concordat.agreement.obligation-met.v1': nobody,
  'concordat.agreement.cycle-begun.v1': theProviders('A cycle of an agreement of yours began.', '/delivery'),
  'concordat.agreement.cycle-ended.v1': theProviders('A cycle of an agreement of yours ended.', '/delivery'),
  'concordat.agreement.review-meeting-held.v1': theProviders('A review meeting of an agreement of yours was put on record.', '/delivery'),
  'concordat.agreement.action-agreed.v1': { to: 'the-owner', kind: 'asked', says: 'A review meeting agreed on something for you to do.', part: '/delivery', about: itself, when: always },
  'concordat.agreement.action-completed.v1': nobody,
  'concordat.agreement.provider-concern-raised.v1': those('delivery.manage', 'The provider raised a concern.', '/delivery'),
  'concordat.agreement.expiry-recorded.v1': nobody,
  'concordat.agreement.quality-visit-recorded.v1': { to: 'the-provider', kind: 'asked', says: 'A quality visit to you is on record, with what is to be improved.', part: '/delivery', about: ({ provider }) => ({ provider }), when: always },
  'concordat.agreement.improvement-shown.v1': those('delivery.manage', 'What a quality visit asked to be improved was shown.', '/delivery', 'progress'),
  'concordat.agreement.rate-set.v1': nobody,
  'concordat.agreement.funding-committed.v1': nobody,
  'concordat.agreement.spend-recorded.v1': nobody,
  'concordat.agreement.provider-concern-answered.v1': { to: 'the-provider', kind: 'progress', says: 'A concern of yours was answered.', part: '/delivery', about: ({ provider }) => ({ provider }), when: always },
  'concordat.agreement.variation-proposed.v1': those('decision.record', 'A variation is proposed and waits for a decision.', '/delivery'),
  'concordat.agreement.asked-again.v1': nobody,
  'concordat.agreement.not-asked-again.v1': nobody,
  'concordat.agreement.modification-tested.v1': nobody,
  'concordat.agreement.extension-tested.v1': nobody,
  'concordat.agreement.variation-decided.v1': team('A variation was decided.', '/delivery'),
  'concordat.agreement.variation-seconded.v1': team('A second person read the decision on a variation.', '/delivery'),
  'concordat.agreement.variation-offered.v1': { to: 'award.accept', kind: 'asked', says: 'A variation of an agreement of yours was agreed to, and waits for you to accept it. The page says what changes.', part: '/delivery', about: ({ provider }) => ({ provider }), when: always },
  'concordat.agreement.variation-accepted.v1': those('delivery.manage', 'A provider accepted a variation.', '/delivery', 'progress'),
  'concordat.agreement.variation-carried-out.v1': theProviders('An agreement of yours was varied. Ask whoever leads it if you do not know of it.', ''),
  'concordat.agreement.exit-planned.v1': theProviders('It was planned how a service that you provide ends. The page says on which day.', '/delivery'),
  'concordat.agreement.transition-recorded.v1': nobody,
  'concordat.agreement.staff-transfer-planned.v1': theProviders('It was planned that staff pass to another employer. The page says by when information on them is owed.', '/delivery', 'asked'),
  'concordat.agreement.staff-information-given.v1': those('delivery.manage', 'Information on staff who pass to another employer was given.', '/delivery', 'progress'),
  'concordat.agreement.provider-engagement-recorded.v1': nobody,
  'concordat.agreement.outcome-named.v1': theProviders('An outcome of an agreement of yours was named. You are asked three plain questions of it.', '/delivery', 'asked'),
  'concordat.agreement.outcome-linked.v1': nobody,
  'concordat.agreement.measurement-recorded.v1': nobody,
  'concordat.agreement.plain-questions-answered.v1': nobody,
  'concordat.agreement.benefit-named.v1': nobody,
  'concordat.agreement.benefit-observed.v1': nobody,
  'concordat.agreement.cost-recorded.v1': nobody,
  'concordat.agreement.hours-wanted-recorded.v1': nobody,

  'concordat.agreement.provider-invited.v1': { to: 'the-provider', says: 'You are invited to take part in the sourcing of an agreement.', part: '', kind: 'asked', about: ({ provider }) => ({ provider }), when: always },
  'concordat.agreement.uninviting-asked.v1': those('award.make', 'Somebody asks that a provider be invited no more. It waits for a second person.', '/award'),
  'concordat.agreement.provider-uninvited.v1': { to: 'the-provider', says: 'Your invitation to the sourcing of an agreement was withdrawn: ask whoever invited you for the reason. Unless you provide it so far you hear no more of it, and its page is open to you no more.', part: '', kind: 'progress', about: ({ provider }) => ({ provider }), when: always },
  'concordat.agreement.incumbent-recorded.v1': { to: 'the-provider', says: 'What becomes of what you provide so far is to be decided: whether it ends, goes on or is awarded anew. Ask whoever leads it.', part: '', kind: 'progress', about: ({ provider }) => ({ provider }), when: always },
  'concordat.agreement.incumbent-taken-back.v1': { to: 'the-provider', says: 'What you provide so far is not what an agreement is to decide on: you were put on it by mistake. You hear no more of it, and its page is open to you no more.', part: '', kind: 'progress', about: ({ provider }) => ({ provider }), when: ({ becomes }) => becomes === null },
  'concordat.agreement.award-proposed.v1': those('decision.record', 'An award is proposed and waits for a decision.', '/award'),
  'concordat.agreement.decision-recorded.v1': { ...toAccept, when: ({ needsSecond }) => !needsSecond },
  'concordat.agreement.decision-seconded.v1': toAccept,
  'concordat.agreement.award-notice-published.v1': theInvited('The notice of an award that you were invited to bid for was published. Where a standstill runs its page says until when: ask for the reasons, or challenge the award, before it ends.', 'progress'),
  'concordat.agreement.award-accepted.v1': team('A provider accepted an award.', '/award'),
  'concordat.agreement.lots-proposed.v1': those('decision.record', 'The award of several lots is proposed and waits for a decision.', '/award'),
  'concordat.agreement.lots-awarded.v1': nobody,
  'concordat.agreement.split.v1': team('An agreement was split into its contracts.', ''),
  'concordat.agreement.split-off.v1': theProviders('What was awarded to you is a contract of its own from now on.', ''),
  'concordat.agreement.call-off-made.v1': nobody,
  'concordat.agreement.call-off-freed.v1': nobody,
  'concordat.agreement.interest-came-along.v1': nobody,
  'concordat.agreement.called-off.v1': { to: 'the-provider', says: 'Something is to be called off from an agreement of yours.', part: '', kind: 'progress', about: ({ provider }) => ({ provider }), when: always },
  'concordat.agreement.decision-above-changed.v1': team('How the decision stands that an agreement was split off on changed: what was called in waits, and its gates with it.', ''),
  'concordat.agreement.linked.v1': nobody,
  'concordat.agreement.linked-from.v1': nobody,
  'concordat.agreement.unlinked.v1': nobody,
  'concordat.agreement.unlinked-from.v1': nobody,
  'concordat.agreement.awarded.v1': { to: 'the-provider', says: 'An award was made to you.', part: '', kind: 'progress', about: ({ provider }) => ({ provider }), when: always },

  'concordat.settings.risk-changed.v1': nobody,

  'concordat.participant.came-in.v1': nobody,
  'concordat.participant.asked.v1': nobody,
  'concordat.participant.accepted.v1': nobody,
  'concordat.participant.declined.v1': nobody,
  'concordat.participant.ask-budget-chosen.v1': nobody,
  'concordat.participant.interests-chosen.v1': nobody,
  'concordat.participant.benefits-advice-offered.v1': nobody,
  'concordat.participant.erased.v1': nobody,
  'concordat.participant.brought-over.v1': nobody,
  'concordat.agreement.transfer-offered.v1': those('agreement.cancel', 'An agreement is to go to a successor, which waits for a second person to agree.', ''),
  'concordat.agreement.transfer-agreed.v1': team('A second person agreed that an agreement goes to a successor.'),
  'concordat.agreement.transfer-withdrawn.v1': team('An agreement is no longer offered to a successor.'),
  'concordat.agreement.transferred.v1': team('An agreement went to a successor. Its record stays here to read.'),
  'concordat.agreement.transferred-in.v1': nobody,
  'concordat.agreement.brought-over.v1': nobody,
  'concordat.agreement.gone-on.v1': team('An agreement came over from another organisation and goes on here.'),
  'concordat.arrival.transfer-accepted.v1': nobody,
  'concordat.arrival.transfer-lapsed.v1': nobody,
};

/** As what a party is told: by its role, or as one whose award falls, or waits for it to accept. */
type Told = PartyRole | 'fell' | 'offered';

/**
 * What the people of its parties are told besides, each party by the role it had when it happened: what it means to them. Whoever is
 * awarded something is its provider; to whom it was not awarded hears that by what it was until then.
 */
const partyWords: { readonly [T in EventType]?: { readonly [R in Told]?: string } } = {
  'concordat.agreement.returned.v1': {
    invited: 'A sourcing that you are invited to went back to an earlier stage. Nothing is awarded until it comes to its award again, and what you sent in may be asked for anew: ask whoever invited you.',
    incumbent: 'What is to follow the service that you provide so far went back to an earlier stage. Your own agreement goes on as it is.',
    provider: 'An agreement of yours went back to an earlier stage. The award to you stands: ask whoever leads it what is to be done anew.',
    fell: 'An agreement went back behind its award, which fell: it is awarded to nobody until it comes to its award again. You are invited to its sourcing anew: ask whoever invited you what that means for you.',
  },
  'concordat.agreement.held.v1': {
    invited: 'A sourcing that you are invited to is on hold. Nothing is awarded meanwhile; days that run for you, such as a standstill, run on.',
    incumbent: 'What is to follow the service that you provide so far is on hold. Your own agreement goes on as it is.',
    provider: 'An agreement of yours is on hold. Ask whoever leads it what that means for the people who use the service.',
  },
  'concordat.agreement.resumed.v1': {
    invited: 'A sourcing that you are invited to goes on after a hold.',
    incumbent: 'What is to follow the service that you provide so far goes on after a hold.',
    provider: 'An agreement of yours goes on after a hold.',
  },
  'concordat.agreement.cancelled.v1': {
    invited: 'A sourcing that you were invited to was cancelled. Nothing is awarded in it, and nothing more is asked of you: ask whoever invited you for the reasons.',
    incumbent: 'What was to follow the service that you provide so far was cancelled. Your own agreement goes on as it is: ask whoever leads it what comes after.',
    provider: 'An agreement of yours was cancelled. Ask whoever leads it for the reasons, and what becomes of the people who use the service.',
  },
  'concordat.agreement.notice-published.v1': {
    invited: 'An official notice of a sourcing that you are invited to was published.',
    incumbent: 'An official notice of what is to follow the service that you provide so far was published.',
    provider: 'An official notice of an agreement of yours was published.',
  },
  'concordat.agreement.consultation-opened.v1': {
    invited: 'People are consulted on what you are invited to bid for. Ask whoever invited you what is put to them, and until when.',
    incumbent: 'People are consulted on what is to follow the service that you provide so far. Ask whoever leads it what is put to them, and until when.',
    provider: 'People are consulted on an agreement of yours. Ask whoever leads it what is put to them, and until when.',
  },
  'concordat.agreement.consultation-extended.v1': {
    invited: 'People have longer to say what they think of what you are invited to bid for. Ask whoever invited you until when.',
    incumbent: 'People have longer to say what they think of what is to follow the service that you provide so far. Ask whoever leads it until when.',
    provider: 'People have longer to say what they think of an agreement of yours. Ask whoever leads it until when.',
  },
  'concordat.agreement.consultation-withdrawn.v1': {
    invited: 'A consultation on what you are invited to bid for was withdrawn.',
    incumbent: 'A consultation on what is to follow the service that you provide so far was withdrawn.',
    provider: 'A consultation on an agreement of yours was withdrawn.',
  },
  'concordat.agreement.facts-amended.v1': {
    incumbent: 'Notice was given that what you provide so far ends. Ask whoever leads it from which day, and how the people who use it pass over.',
  },
  'concordat.agreement.closed.v1': {
    invited: 'A sourcing that you were invited to was closed. Nothing more is asked of you in it.',
    incumbent: 'What was to follow the service that you provide so far was closed. Ask whoever leads it what comes after.',
    provider: 'An agreement of yours was closed.',
  },
  'concordat.agreement.award-notice-published.v1': {
    offered: 'The notice of an award to you was published, and it waits for you to accept it. Where a standstill runs its page says until when.',
    incumbent: 'The notice of an award of what you provide so far was published. Where a standstill runs its page says until when.',
  },
  'concordat.agreement.awarded.v1': {
    invited: 'What you were invited to bid for was awarded to another. Where there was a standstill it is over: ask whoever invited you for the reasons if you have not had them.',
    incumbent: 'What you provide so far was awarded to another. Ask whoever leads it when and how the service passes over.',
  },
  'concordat.agreement.lots-awarded.v1': {
    provider: 'An award was made to you, in one lot or several. Each becomes a contract of its own.',
    invited: 'What you were invited to bid for was awarded to others. Where there was a standstill it is over: ask whoever invited you for the reasons if you have not had them.',
    incumbent: 'What you provide so far was awarded to others. Ask whoever leads it when and how the service passes over.',
  },
  'concordat.agreement.transferred.v1': {
    invited: 'A sourcing that you are invited to went to a successor. Its page says to which organisation: that is whom to ask from now on.',
    incumbent: 'What is to follow the service that you provide so far went to a successor. Its page says to which organisation.',
    provider: 'An agreement of yours went to a successor. Its page says to which organisation: that is whom to ask from now on.',
  },
  'concordat.agreement.gone-on.v1': {
    invited: 'A sourcing that you are invited to came over from another organisation and goes on here.',
    incumbent: 'What is to follow the service that you provide so far came over from another organisation and goes on here.',
    provider: 'An agreement of yours came over from another organisation and goes on here.',
  },
};

/** How it is kept that the people of a party in this role were told of an event in the words that are for them. */
export const partyType = (type: EventType, role: Told): string => `${type}#${role}`;

const wordsForParties: ReadonlyMap<string, string> = new Map(
  Object.entries(partyWords).flatMap(([type, words]) => Object.entries(words).map(([role, says]) => [partyType(type as EventType, role as Told), says] as const)),
);

/** How it is kept that somebody was told as one of a party, for every event and role that has words. */
export const partyTypes: readonly string[] = [...wordsForParties.keys()];

/** Are the people of parties told of this event in words of their own? Of facts they are when one of them gives notice. */
export const tellsParties = <T extends EventType>(type: T, data: Events[T]): boolean =>
  partyWords[type] !== undefined && (type !== 'concordat.agreement.facts-amended.v1' || (data as unknown as Events['concordat.agreement.facts-amended.v1']).facts['notice-given'] !== undefined);

/**
 * How it is kept that a waiver is the third of its condition and team within twelve months. It is told besides the event
 * itself, because only the count over all agreements knows it.
 */
export const thirdWaiver = 'concordat.agreement.condition-waived.v1#third';
const ofThirdWaiver = those('waiver.review', 'The third waiver of one condition for one team within twelve months was given. It waits for your review, and blocks nothing.', '');

/** The types anybody is told of. */
export const notifiedTypes = (Object.keys(notifications) as EventType[]).filter((type) => notifications[type].to !== 'nobody' || partyWords[type] !== undefined);

/** What a mail says of this type of event, or of a day that came, which part of the agreement's page it leads to, and of which kind it is; undefined for a type nobody is told of. */
export function wordsOf(type: string): { readonly says: string; readonly part: Part; readonly kind: NotificationKind } | undefined {
  if (type === thirdWaiver) return ofThirdWaiver;
  const toParty = wordsForParties.get(type);
  if (toParty !== undefined) return { says: toParty, part: '', kind: type.endsWith('#offered') ? 'asked' : 'progress' };
  const notification = (notifications as Readonly<Record<string, Notification<EventType> | undefined>>)[type];
  if (notification === undefined) return dayWordsOf(type);
  return notification.to === 'nobody' ? undefined : { says: notification.says, part: notification.part, kind: notification.kind };
}

/** Somebody who may be told. */
export interface Somebody {
  readonly id: string;
  readonly person: Person;
}

/** Are those told of this very event who were invited when it happened? Whoever was invited later read it as it was then. */
export function tellsTheInvited<T extends EventType>(type: T, data: Events[T]): boolean {
  const notification: Notification<T> = notifications[type];
  return notification.to === 'the-invited' && notification.when(data);
}

/** What happened, as far as it decides who is told. `by` is who did it: nobody is told what they did themselves. `agreement`: as it stands, or stood at the event where `tellsTheInvited`. */
export interface Happened<T extends EventType> {
  readonly type: T;
  readonly data: Events[T];
  readonly by: string;
  readonly agreement: Agreement;
}

/** The ids of those who are told, of these people, on this day. */
export function toldOf<T extends EventType>(happened: Happened<T>, people: readonly Somebody[], day: CivilDate): readonly string[] {
  return toldBy(notifications[happened.type], happened, people, day);
}

/** The same, of those who review the third waiver of one condition and team, and had no part in it. */
export function toldOfThirdWaiver(happened: Happened<'concordat.agreement.condition-waived.v1'>, people: readonly Somebody[], day: CivilDate): readonly string[] {
  const waiver = happened.agreement.waivers.find(({ id }) => id === happened.data.waiver);
  return toldBy(ofThirdWaiver, happened, people.filter(({ id, person }) => waiver === undefined || !hasPartInWaiver(waiver, identitiesOf(id, person))), day);
}

/** Does the award that was made fall with this? Its parties are invited anew by then. */
function fellsAward<T extends EventType>({ type, data, agreement: { award: { original } } }: Happened<T>): boolean {
  if (type !== 'concordat.agreement.returned.v1') return false;
  const { stage, undone } = data as Events['concordat.agreement.returned.v1'];
  return original !== null && [stage, ...undone].includes(original.stage);
}

/** Does an award that is decided on wait for this party to accept it? */
const isToAccept = ({ award, content }: Agreement, party: string): boolean =>
  mustAccept(award).includes(party) && !award.acceptances.some((one) => one.provider === party && one.version === content.award);

/** As what is this party told? By the notice whoever is awarded it learns that it waits for them, at the instant in which rivals hear of it. */
function toldAs<T extends EventType>(happened: Happened<T>, party: string, role: PartyRole): Told {
  if (happened.type === 'concordat.agreement.award-notice-published.v1' && isToAccept(happened.agreement, party)) return 'offered';
  return role === 'invited' && fellsAward(happened) ? 'fell' : role;
}

/** The ids of the people of its parties who are told in words of their own, each with how that is kept. `agreement`: as it stood before. */
export function partiesTold<T extends EventType>(happened: Happened<T>, people: readonly Somebody[]): readonly { readonly type: string; readonly person: string }[] {
  const { type, data, by, agreement: { award } } = happened;
  if (!tellsParties(type, data)) return [];
  const { provider, providers = [] } = data as { readonly provider?: string; readonly providers?: readonly string[] };
  const isAward = type === 'concordat.agreement.awarded.v1' || type === 'concordat.agreement.lots-awarded.v1';
  const awarded = isAward ? [...providers, ...(provider === undefined ? [] : [provider])] : [];
  const arriving = type === 'concordat.agreement.gone-on.v1' ? (data as unknown as Events['concordat.agreement.gone-on.v1']).parties.map((party) => [party.provider, party.role] as const) : undefined;
  const parties = arriving ?? [...new Set([...partiesStill(award), ...awarded])].map((party) => [party, awarded.includes(party) ? 'provider' : award.parties[party]!] as const);
  return people.flatMap(({ id, person: { registered, disabled, grants } }) => {
    if (id === by || !registered || disabled) return [];
    const kept = parties.filter(([party]) => grants.some((grant) => grant.provider === party)).map(([party, role]) => partyType(type, toldAs(happened, party, role))).find((one) => wordsForParties.has(one));
    return kept === undefined ? [] : [{ type: kept, person: id }];
  });
}

function toldBy<T extends EventType>(notification: Notification<T>, { type, data, by, agreement }: Happened<T>, people: readonly Somebody[], day: CivilDate): readonly string[] {
  if (notification.to === 'nobody' || !notification.when(data)) return [];
  const { to } = notification;
  const about = notification.about(data);
  const isNotice = type === 'concordat.agreement.award-notice-published.v1';
  const stillInvited = partiesStill(agreement.award).filter((party) => agreement.award.parties[party] === 'invited' && !(isNotice && isToAccept(agreement, party)));
  const isTold = ({ id, person: { registered, disabled, grants } }: Somebody) => {
    if (id === by || !registered || disabled) return false;
    if (to === 'the-owner') return id === (data as { readonly owner?: string }).owner;
    if (to === 'the-role') return holdsRole(grants, (data as { readonly to?: string }).to, scopeOn(agreement, day), day);
    if (to === 'the-invited') return grants.some(({ provider }) => provider !== undefined && stillInvited.includes(provider));
    if (to === 'the-offered') return offeredTo(agreement).some((provider) => may({ kind: 'person', person: id, grants, scopes: 'all' }, 'award.accept', { ...scopeOn(agreement, day), provider }, day));
    if (to === 'the-providers') return grants.some(({ provider }) => provider !== undefined && agreement.award.parties[provider] === 'provider');
    if (to === 'the-provider') return grants.some(({ provider }) => provider !== undefined && provider === about.provider);
    return may({ kind: 'person', person: id, grants, scopes: 'all' }, to, { ...scopeOn(agreement, day), ...about }, day);
  };
  return people.filter(isTold).map(({ id }) => id);
}
