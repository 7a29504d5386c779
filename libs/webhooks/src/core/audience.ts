import { type Events, type EventType, type PartyRole, readsAnyOf } from '@concordat/agreement/core';
import type { JsonObject } from '@concordat/platform/core';

/**
 * Who hears of one type of event, and in which form. `full` carries the named members of the event's data and nothing else,
 * so that a member added later stays inside until someone decides otherwise; `thin` says that it happened and where to ask.
 * `only: 'named'`: of these parties the one the event itself names (`provider`), so that rivals do not learn of each other.
 * `touching`: a role that hears of it only where something that it reads changed.
 */
export type Audience<T extends EventType> =
  | { readonly to: 'internal' }
  | { readonly to: readonly PartyRole[]; readonly only: 'all'; readonly form: 'thin'; readonly touching: { readonly role: PartyRole; readonly holds: (data: Events[T]) => boolean } }
  | { readonly to: readonly PartyRole[]; readonly only: 'all' | 'named'; readonly form: 'thin' }
  | {
      readonly to: readonly PartyRole[];
      readonly only: 'all' | 'named';
      readonly form: 'full';
      readonly members: readonly (keyof Events[T] & string)[];
    };

const internal = { to: 'internal' } as const;
const everyParty = ['incumbent', 'invited', 'provider'] as const;
const inDelivery = ['provider'] as const;

/**
 * The one table of what leaves the house. A type that is forgotten does not compile; when in doubt it is internal. What is
 * near a person (participants, contributions, conflicts) and what is weighed before a decision (risk, statements, sign-offs,
 * proposals) never leaves. Reasons are free text and never leave either.
 */
export const audience = {
  'concordat.agreement.opened.v1': internal,
  'concordat.agreement.taken-over.v1': { to: inDelivery, only: 'all', form: 'full', members: ['kind', 'stage'] },
  'concordat.agreement.gate-opened.v1': { to: inDelivery, only: 'all', form: 'full', members: ['stage'] },
  'concordat.agreement.stage-entered.v1': { to: everyParty, only: 'all', form: 'full', members: ['stage', 'from'] },
  'concordat.agreement.closed.v1': { to: everyParty, only: 'all', form: 'full', members: ['from'] },
  'concordat.agreement.returned.v1': { to: everyParty, only: 'all', form: 'full', members: ['from', 'stage'] },
  'concordat.agreement.held.v1': { to: everyParty, only: 'all', form: 'full', members: ['until'] },
  'concordat.agreement.resumed.v1': { to: everyParty, only: 'all', form: 'full', members: [] },
  'concordat.agreement.cancelled.v1': { to: everyParty, only: 'all', form: 'thin' },
  'concordat.agreement.tier-raised.v1': internal,
  'concordat.agreement.tier-kept.v1': internal,
  // All who bid learn at one instant that what they bid for is another (Procurement Act 2023, s.12), and of the house's own facts nothing.
  'concordat.agreement.facts-amended.v1': { to: ['invited', 'provider'], only: 'all', form: 'thin', touching: { role: 'invited', holds: ({ facts }) => readsAnyOf(facts, 'invited') } },

  'concordat.agreement.provider-invited.v1': { to: ['invited'], only: 'named', form: 'full', members: ['provider'] },
  'concordat.agreement.uninviting-asked.v1': internal,
  // Whoever is out hears it alone, and whether they go on as whoever provides it so far: rivals do not learn that they were in.
  'concordat.agreement.provider-uninvited.v1': { to: ['invited'], only: 'named', form: 'full', members: ['provider', 'becomes'] },
  'concordat.agreement.incumbent-recorded.v1': { to: ['incumbent'], only: 'named', form: 'full', members: ['provider'] },
  'concordat.agreement.incumbent-taken-back.v1': { to: ['incumbent'], only: 'named', form: 'full', members: ['provider'] },
  'concordat.agreement.award-proposed.v1': internal,
  'concordat.agreement.award-notice-published.v1': {
    to: everyParty,
    only: 'all',
    form: 'full',
    members: ['publishedOn', 'reference', 'ends'],
  },
  'concordat.agreement.award-accepted.v1': { to: ['invited', 'provider'], only: 'named', form: 'full', members: ['provider'] },
  'concordat.agreement.awarded.v1': { to: everyParty, only: 'all', form: 'full', members: ['provider'] },
  // Who was awarded what besides is for each to read in its own contract.
  'concordat.agreement.lots-proposed.v1': internal,
  'concordat.agreement.lots-awarded.v1': { to: everyParty, only: 'all', form: 'thin' },
  'concordat.agreement.split.v1': internal,
  'concordat.agreement.split-off.v1': { to: inDelivery, only: 'all', form: 'full', members: ['kind', 'stage'] },
  'concordat.agreement.call-off-made.v1': internal,
  'concordat.agreement.call-off-freed.v1': internal,
  'concordat.agreement.called-off.v1': { to: ['invited'], only: 'named', form: 'full', members: ['kind', 'provider'] },
  'concordat.agreement.interest-came-along.v1': internal,
  'concordat.agreement.linked.v1': internal,
  'concordat.agreement.linked-from.v1': internal,
  'concordat.agreement.unlinked.v1': internal,
  'concordat.agreement.unlinked-from.v1': internal,
  'concordat.agreement.notice-recorded.v1': internal,

  // What is delivered, and what people say of it, both sides see; what is said in words is read where it stands, and so is what people say,
  // which a provider sees of five people and more.
  'concordat.agreement.criterion-set.v1': internal,
  'concordat.agreement.evaluator-appointed.v1': internal,
  'concordat.agreement.evaluator-declaration-recorded.v1': internal,
  'concordat.agreement.evaluator-training-recorded.v1': internal,
  'concordat.agreement.assessment-recorded.v1': internal,
  'concordat.agreement.evaluator-stood-down.v1': internal,
  'concordat.agreement.option-considered.v1': internal,
  'concordat.agreement.option-discussed.v1': internal,
  'concordat.agreement.readiness-confirmed.v1': { to: ['provider'], only: 'named', form: 'full', members: ['provider', 'startsOn'] },
  'concordat.agreement.kpi-set.v1': { to: ['provider'], only: 'all', form: 'full', members: ['kpi', 'unit', 'target'] },
  'concordat.agreement.observation-recorded.v1': { to: ['provider'], only: 'named', form: 'full', members: ['observation', 'kpi', 'period', 'value', 'provider'] },
  'concordat.agreement.finding-recorded.v1': { to: ['provider'], only: 'all', form: 'full', members: ['finding', 'kpi', 'period'] },
  'concordat.agreement.difference-discussed.v1': { to: ['provider'], only: 'named', form: 'full', members: ['finding', 'on', 'provider'] },
  'concordat.agreement.obligation-agreed.v1': { to: ['provider'], only: 'named', form: 'full', members: ['obligation', 'due', 'provider'] },
  'concordat.agreement.obligation-withdrawn.v1': { to: ['provider'], only: 'named', form: 'full', members: ['obligation', 'provider'] },
  'concordat.agreement.obligation-met.v1': { to: ['provider'], only: 'named', form: 'full', members: ['obligation', 'on', 'provider'] },
  'concordat.agreement.cycle-begun.v1': { to: ['provider'], only: 'all', form: 'full', members: ['cycle', 'period'] },
  'concordat.agreement.cycle-ended.v1': { to: ['provider'], only: 'all', form: 'full', members: ['cycle', 'on'] },
  // What else was on its agenda may be another provider's.
  'concordat.agreement.review-meeting-held.v1': { to: ['provider'], only: 'all', form: 'full', members: ['meeting', 'on'] },
  'concordat.agreement.action-agreed.v1': { to: ['provider'], only: 'named', form: 'full', members: ['action', 'meeting', 'dueOn', 'provider'] },
  'concordat.agreement.action-completed.v1': { to: ['provider'], only: 'named', form: 'full', members: ['action', 'on', 'provider'] },
  'concordat.agreement.provider-concern-raised.v1': { to: ['provider'], only: 'named', form: 'full', members: ['concern', 'provider', 'raisedOn'] },
  'concordat.agreement.quality-visit-recorded.v1': { to: ['provider'], only: 'named', form: 'full', members: ['visit', 'provider', 'on', 'notice', 'nextBy'] },
  'concordat.agreement.improvement-shown.v1': { to: ['provider'], only: 'named', form: 'full', members: ['improvement', 'visit', 'provider', 'on'] },
  'concordat.agreement.rate-set.v1': internal,
  'concordat.agreement.funding-committed.v1': internal,
  'concordat.agreement.spend-recorded.v1': internal,
  'concordat.agreement.expiry-recorded.v1': { to: ['provider'], only: 'named', form: 'full', members: ['expiry', 'provider', 'of', 'endsOn'] },
  'concordat.agreement.provider-concern-answered.v1': { to: ['provider'], only: 'named', form: 'full', members: ['concern', 'provider', 'on'] },
  'concordat.agreement.variation-proposed.v1': internal,
  'concordat.agreement.asked-again.v1': internal,
  'concordat.agreement.not-asked-again.v1': internal,
  'concordat.agreement.modification-tested.v1': internal,
  'concordat.agreement.extension-tested.v1': internal,
  'concordat.agreement.variation-decided.v1': internal,
  'concordat.agreement.variation-seconded.v1': internal,
  'concordat.agreement.variation-offered.v1': { to: ['provider'], only: 'named', form: 'full', members: ['variation', 'provider', 'to', 'version'] },
  'concordat.agreement.variation-accepted.v1': { to: ['provider'], only: 'named', form: 'full', members: ['variation', 'provider'] },
  'concordat.agreement.variation-carried-out.v1': { to: ['provider'], only: 'all', form: 'full', members: ['variation', 'to'] },
  'concordat.agreement.exit-planned.v1': { to: ['provider'], only: 'all', form: 'thin' },
  'concordat.agreement.transition-recorded.v1': internal,
  'concordat.agreement.staff-transfer-planned.v1': { to: ['provider'], only: 'all', form: 'thin' },
  'concordat.agreement.staff-information-given.v1': { to: ['provider'], only: 'all', form: 'thin' },
  // Whoever was asked and is not invited hears of nothing that rivals do not.
  'concordat.agreement.provider-engagement-recorded.v1': internal,
  // They are asked of it, too; what others say of it is not told.
  'concordat.agreement.outcome-named.v1': { to: ['provider'], only: 'all', form: 'thin' },
  'concordat.agreement.outcome-linked.v1': internal,
  'concordat.agreement.measurement-recorded.v1': internal,
  'concordat.agreement.plain-questions-answered.v1': internal,
  'concordat.agreement.benefit-named.v1': internal,
  'concordat.agreement.benefit-observed.v1': internal,
  'concordat.agreement.cost-recorded.v1': internal,
  'concordat.agreement.hours-wanted-recorded.v1': internal,


  'concordat.agreement.decision-recorded.v1': internal,
  'concordat.agreement.decision-seconded.v1': internal,
  'concordat.agreement.decision-called-in.v1': internal,
  'concordat.agreement.call-in-concluded.v1': internal,
  'concordat.agreement.decision-above-changed.v1': internal,
  // That people are consulted, and until when, is public by its nature; what is proposed is free text and is read where it is put.
  'concordat.agreement.consultation-opened.v1': { to: everyParty, only: 'all', form: 'full', members: ['consultation', 'opensOn', 'closesOn'] },
  'concordat.agreement.consultation-extended.v1': { to: everyParty, only: 'all', form: 'full', members: ['consultation', 'closesOn'] },
  'concordat.agreement.consultation-withdrawn.v1': { to: everyParty, only: 'all', form: 'full', members: ['consultation'] },
  'concordat.agreement.consultation-answered-for.v1': internal,
  'concordat.agreement.consultation-considered.v1': internal,
  // Rivals do not learn from us who challenged whom.
  'concordat.agreement.challenge-recorded.v1': internal,
  'concordat.agreement.challenge-concluded.v1': internal,
  'concordat.agreement.partner-recorded.v1': internal,
  'concordat.agreement.partner-ended.v1': internal,
  'concordat.agreement.publication-planned.v1': internal,
  'concordat.agreement.publication-withheld.v1': internal,
  'concordat.agreement.withholding-lifted.v1': internal,
  'concordat.agreement.published.v1': internal,
  'concordat.agreement.notice-published.v1': { to: everyParty, only: 'all', form: 'full', members: ['notice', 'publishedOn', 'reference'] },
  'concordat.agreement.sign-off-requested.v1': internal,
  'concordat.agreement.signed-off.v1': internal,
  'concordat.agreement.sign-off-seconded.v1': internal,
  'concordat.agreement.sign-off-condition-met.v1': internal,
  'concordat.agreement.sign-off-condition-renewed.v1': internal,
  'concordat.agreement.sign-off-renewed.v1': internal,
  'concordat.agreement.sign-off-withdrawn.v1': internal,
  'concordat.agreement.conflict-declared.v1': internal,
  'concordat.agreement.no-conflict-declared.v1': internal,
  'concordat.agreement.conflict-lifted.v1': internal,

  'concordat.agreement.involvement-planned.v1': { to: inDelivery, only: 'all', form: 'thin' },
  'concordat.agreement.activity-planned.v1': { to: inDelivery, only: 'all', form: 'thin' },
  'concordat.agreement.activity-voided.v1': { to: inDelivery, only: 'all', form: 'thin' },
  'concordat.agreement.what-people-do-recorded.v1': internal,
  'concordat.agreement.what-people-do-taken-off-record.v1': internal,
  'concordat.agreement.nobody-wished.v1': internal,
  'concordat.agreement.stages-that-matter-recorded.v1': internal,
  'concordat.agreement.participant-invited.v1': internal,
  'concordat.agreement.invitation-accepted.v1': internal,
  'concordat.agreement.invitation-declined.v1': internal,
  'concordat.agreement.attendance-recorded.v1': internal,
  'concordat.agreement.effort-recorded.v1': internal,
  'concordat.agreement.joint-decision-recorded.v1': internal,
  'concordat.agreement.could-it-change-answered.v1': internal,
  'concordat.agreement.asked-what-people-do.v1': internal,
  'concordat.agreement.vote-recorded.v1': internal,
  'concordat.agreement.carried-over.v1': internal,
  'concordat.agreement.carry-over-answered.v1': internal,
  'concordat.agreement.information-issued.v1': internal,
  'concordat.agreement.information-given.v1': internal,
  'concordat.agreement.payment-offered.v1': internal,
  'concordat.agreement.payment-offer-answered.v1': internal,
  'concordat.agreement.dissent-recorded.v1': internal,
  'concordat.agreement.no-dissent-recorded.v1': internal,
  'concordat.agreement.proxy-entry-recorded.v1': internal,
  'concordat.agreement.contribution-recorded.v1': internal,
  'concordat.agreement.theme-created.v1': internal,
  'concordat.agreement.put-in-theme.v1': internal,
  'concordat.agreement.theme-answered.v1': internal,
  'concordat.agreement.feedback-recorded.v1': internal,
  'concordat.agreement.contribution-triaged.v1': internal,
  'concordat.agreement.concern-raised.v1': internal,
  'concordat.agreement.concern-passed-on.v1': internal,
  'concordat.agreement.who-sees-chosen.v1': internal,
  'concordat.agreement.late-entries-noted.v1': internal,
  'concordat.agreement.own-answer-asked.v1': internal,
  'concordat.agreement.contribution-answered.v1': internal,
  'concordat.agreement.answer-rated.v1': internal,
  'concordat.agreement.answer-checked.v1': internal,
  'concordat.agreement.what-came-of-it-told.v1': internal,
  'concordat.agreement.whether-heard-recorded.v1': internal,
  'concordat.agreement.commitment-made.v1': internal,
  'concordat.agreement.commitment-kept.v1': internal,
  'concordat.agreement.commitment-broken.v1': internal,
  'concordat.agreement.answer-reversed.v1': internal,
  'concordat.agreement.reversal-told.v1': internal,
  'concordat.agreement.carried-on.v1': internal,
  'concordat.agreement.carried-to.v1': internal,
  'concordat.agreement.risk-raised.v1': internal,
  'concordat.agreement.risk-rescored.v1': internal,
  'concordat.agreement.risk-closed.v1': internal,
  'concordat.agreement.risk-reviewed.v1': internal,
  'concordat.agreement.risk-escalated.v1': internal,
  'concordat.agreement.risk-acknowledged.v1': internal,
  'concordat.agreement.opportunity-raised.v1': internal,
  'concordat.agreement.opportunity-rescored.v1': internal,
  'concordat.agreement.opportunity-closed.v1': internal,
  'concordat.agreement.control-added.v1': internal,
  'concordat.agreement.control-proved.v1': internal,
  'concordat.agreement.control-ended.v1': internal,
  'concordat.agreement.incident-recorded.v1': internal,
  'concordat.agreement.incident-withdrawn.v1': internal,
  'concordat.agreement.risk-prompt-answered.v1': internal,
  'concordat.agreement.risk-panel-convened.v1': internal,
  'concordat.agreement.panel-advice-recorded.v1': internal,
  'concordat.agreement.panel-advice-answered.v1': internal,
  'concordat.agreement.statement-sought.v1': internal,
  'concordat.agreement.statement-recorded.v1': internal,
  'concordat.agreement.objection-replied-to.v1': internal,
  'concordat.agreement.gate-refused.v1': internal,
  'concordat.agreement.waiver-asked.v1': internal,
  'concordat.agreement.waiver-view-sought.v1': internal,
  'concordat.agreement.waiver-view-given.v1': internal,
  'concordat.agreement.condition-waived.v1': internal,
  'concordat.agreement.waiver-refused.v1': internal,
  'concordat.agreement.waiver-reviewed.v1': internal,
  'concordat.agreement.condition-proposed.v1': internal,
  'concordat.agreement.condition-agreed.v1': internal,
  'concordat.agreement.condition-refused.v1': internal,
  'concordat.agreement.condition-renewal-asked.v1': internal,
  'concordat.agreement.route-chosen.v1': internal,
  'concordat.agreement.urgency-recorded.v1': internal,
  'concordat.agreement.late-by-us-recorded.v1': internal,
  'concordat.agreement.pathway-migrated.v1': internal,
  'concordat.agreement.reply-seconded.v1': internal,
  // Whom it goes to is its parties' business once it went, and that it goes on, where it goes on; what came along was told before.
  'concordat.agreement.transfer-offered.v1': internal,
  'concordat.agreement.transfer-agreed.v1': internal,
  'concordat.agreement.transfer-withdrawn.v1': internal,
  'concordat.agreement.transferred.v1': { to: everyParty, only: 'all', form: 'full', members: ['to', 'on'] },
  'concordat.agreement.transferred-in.v1': internal,
  'concordat.agreement.brought-over.v1': internal,
  'concordat.agreement.gone-on.v1': { to: everyParty, only: 'all', form: 'full', members: ['from', 'stage'] },
  'concordat.settings.risk-changed.v1': internal,
  'concordat.arrival.transfer-accepted.v1': internal,
  'concordat.arrival.transfer-lapsed.v1': internal,

  'concordat.participant.came-in.v1': internal,
  'concordat.participant.asked.v1': internal,
  'concordat.participant.accepted.v1': internal,
  'concordat.participant.declined.v1': internal,
  'concordat.participant.ask-budget-chosen.v1': internal,
  'concordat.participant.interests-chosen.v1': internal,
  'concordat.participant.benefits-advice-offered.v1': internal,
  'concordat.participant.erased.v1': internal,
  'concordat.participant.brought-over.v1': internal,
} satisfies { [T in EventType]: Audience<T> };

/** The same as `Audience`, for a type that is not known before it is met. */
export type Hearing =
  | { readonly to: 'internal' }
  | { readonly to: readonly PartyRole[]; readonly only: 'all'; readonly form: 'thin'; readonly touching: { readonly role: PartyRole; readonly holds: (data: never) => boolean } }
  | { readonly to: readonly PartyRole[]; readonly only: 'all' | 'named'; readonly form: 'thin' }
  | { readonly to: readonly PartyRole[]; readonly only: 'all' | 'named'; readonly form: 'full'; readonly members: readonly string[] };

const audiences: Readonly<Record<string, Hearing | undefined>> = audience;

/** Who hears of this type of event; a type this release does not know is told to nobody. */
export function audienceOf(type: string): Hearing {
  return audiences[type] ?? internal;
}

/** The roles that hear of this very event; those whom it names, where only they hear, are for the reader to tell. */
export function rolesThatHear(type: string, data: unknown): readonly PartyRole[] {
  const heard = audienceOf(type);
  if (heard.to === 'internal') return [];
  return heard.to.filter((role) => !('touching' in heard) || heard.touching.role !== role || heard.touching.holds(data as never));
}

/** The types that leave the house, in any form. */
export const publishedTypes = Object.keys(audience).filter((type) => audienceOf(type).to !== 'internal');

/** The events that make the provider, or the providers, they name parties, and which. */
export const joining = {
  'concordat.agreement.provider-invited.v1': 'invited',
  'concordat.agreement.taken-over.v1': 'provider',
  'concordat.agreement.incumbent-recorded.v1': 'incumbent',
  'concordat.agreement.awarded.v1': 'provider',
  'concordat.agreement.lots-awarded.v1': 'provider',
  'concordat.agreement.split-off.v1': 'provider',
  'concordat.agreement.called-off.v1': 'invited',
} as const satisfies Partial<Record<EventType, PartyRole>>;

/** The events that take this role from the party they name, which hears of that; of what follows it hears as what it becomes (`becomes`), or nothing. */
export const leaving = {
  'concordat.agreement.provider-uninvited.v1': 'invited',
  'concordat.agreement.incumbent-taken-back.v1': 'incumbent',
} as const satisfies Partial<Record<EventType, PartyRole>>;

/** With these a sourcing is over: whoever was only invited, or provided it so far, hears of this and of nothing after it. What ends is told in the agreement that ends. */
export const endsSourcing = ['concordat.agreement.awarded.v1', 'concordat.agreement.lots-awarded.v1'] as const satisfies EventType[];

/** What a party sees of an event's data: the members that leave the house, or `null` for a thin event. */
export function visible(type: string, data: JsonObject): JsonObject | null {
  const seen = audienceOf(type);
  if (seen.to === 'internal' || seen.form === 'thin') return null;
  return Object.fromEntries(seen.members.flatMap((member) => (data[member] === undefined ? [] : [[member, data[member]]])));
}
