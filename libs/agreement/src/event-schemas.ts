import { roles } from '@concordat/access/core';
import { acceptingParties, agreementKinds, type ConditionCode, conditionCodes, disciplines, type TierRaise, tierRaises, tiers } from '@concordat/pathway/core';
import { z } from 'zod';
import { interests } from './core/conflict.js';
import { capacities } from './core/gate-condition.js';
import { bands, seers } from './core/risk-matrix.js';
import { subjects } from './core/content.js';
import { contributionKinds, isConcern, seenByChoices } from './core/contribution.js';
import type { Events, EventType } from './core/event.js';
import { unrecordedAnswers } from './core/existing-activity.js';
import { feedbackOutcomes, triedWays } from './core/feedback.js';
import { opportunityOutcomes } from './core/opportunity.js';
import { optionOutcomes } from './core/option.js';
import { agendaKinds } from './core/review-meeting.js';
import { bearerGroups } from './core/risk.js';
import { riskPromptNames } from './core/risk-prompt.js';
import { views } from './core/statement.js';
import { linkKinds } from './core/tree.js';
import { civilDate, contentHash, documentReference, facts, label, money, period, sealed, sealedOrNone, sentence, slug, stage, text, textOrNone, uuid, whole } from './fields.js';
import { riskSettingsShape } from './risk-settings-shape.js';
import { commandInputs } from './schemas.js';
import { action, answerAlone, awardedLot, callIn, decidedBy, identifier, key, levels, notice, organisation, panel, responseGiven, say, score, share, told, variationTo } from './shapes.js';

const version = z.strictObject({ id: z.string(), version: whole(1, 1_000_000) });
const content = z.strictObject(Object.fromEntries(subjects.map((subject) => [subject, contentHash])) as Record<(typeof subjects)[number], typeof contentHash>);
const tier = z.enum(tiers);
const nothing = z.strictObject({});
const sampled = z.array(uuid);
const concernKind = z.enum(contributionKinds.filter(isConcern));
const spokenKind = z.enum(contributionKinds).exclude(contributionKinds.filter(isConcern));
const code = z.enum(conditionCodes as ConditionCode[]);
const position = whole(1, Number.MAX_SAFE_INTEGER);
const renames = z.array(z.strictObject({ from: text(64), to: text(64) }));
/** Who put their name to it: in whose place, under which other ids, and with which other hats on. */
const signature = {
  onBehalfOf: uuid.nullable(),
  delegation: uuid.nullable(),
  identities: z.array(uuid),
  overlaps: z.array(sentence),
  needsSecond: z.boolean(),
};

const begun = {
  kind: z.enum(agreementKinds),
  pathway: version,
  route: version,
  tier,
  raises: z.array(z.enum(Object.keys(tierRaises) as TierRaise[])),
  stage,
  facts,
  content,
};

const lifted = z.strictObject({ by: uuid, interest: z.enum(interests) });
const interestAbove = { person: uuid, role: z.enum(roles), interest: z.enum(['none', ...interests]), lifted: lifted.optional() };
const interestsAbove = z.array(z.strictObject(interestAbove));
const meetingHeld = commandInputs['hold-review-meeting'].extend({ agenda: z.array(z.strictObject({ kind: z.enum(agendaKinds), about: uuid })) });
const signOffCondition = z.strictObject({ what: sentence, dueOn: civilDate });
const voice = z.strictObject({
  member: uuid,
  by: uuid,
  everyId: z.array(uuid),
  at: z.string(),
  version: contentHash,
  is: z.enum(['granted', 'refused']),
  conditions: z.array(signOffCondition),
  expiresOn: civilDate.nullable(),
  overlaps: z.array(sentence),
  second: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('not-needed') }),
    z.strictObject({ is: z.literal('awaited') }),
    z.strictObject({ is: z.literal('given'), by: uuid, everyId: z.array(uuid) }),
  ]),
});
const answered = { by: text(200), at: z.string(), version: contentHash };
const carriedSignOff = z.strictObject({
  id: uuid,
  kind: z.enum(['approval', 'acceptance']),
  discipline: z.enum(disciplines),
  of: z.enum(acceptingParties).nullable(),
  panel: panel.nullable(),
  stage,
  requestedBy: text(200),
  acceptedFor: uuid.nullable(),
  voices: z.array(voice),
  answer: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('granted'), ...answered, conditions: z.array(signOffCondition.extend({ met: sentence.nullable(), renewed: z.boolean() })), expiresOn: civilDate.nullable() }),
    z.strictObject({ is: z.literal('refused'), ...answered, reason: textOrNone(2_000) }),
  ]),
});
const carriedThemes = z.array(z.strictObject({ theme: uuid, title: label, changed: sentence.nullable(), authors: z.array(uuid) }));
const seen = z.strictObject({ by: text(200), as: z.enum(seers), band: z.enum(bands), at: z.string(), least: score });
const plannedExit = commandInputs['plan-exit'].extend({ counted: z.array(z.strictObject({ agreement: uuid, people: whole(0, 10_000_000) })).optional() });
const { improvements: asked } = commandInputs['record-quality-visit'].shape;
/** See `GoesAlong`. */
const along = z.strictObject({
  stagesThatMatter: z.array(commandInputs['record-stages-that-matter'].omit({ activity: true, carried: true }).extend({ inTheWhole: z.literal(true).optional() })),
  nobodyWished: z.array(commandInputs['record-nobody-wished'].extend({ saidBy: z.array(text(200)) })),
  risk: z.array(commandInputs['raise-risk'].omit({ risk: true }).extend({ id: uuid, domain: slug, levels, raisedOn: civilDate, hands: z.array(text(200)), reviewOn: civilDate.nullable(), timesScored: whole(1, 1_000_000), escalated: z.strictObject({ band: z.enum(bands), by: z.enum(seers) }).nullable(), seen: seen.nullable(), closed: z.boolean() })),
  groupsAsked: z.array(z.strictObject({ group: commandInputs['record-asked-what-people-do'].shape.group, answer: z.enum([...unrecordedAnswers, 'told-in-the-whole']) })),
  statements: z.array(
    z.strictObject({
      id: uuid, group: z.enum(bearerGroups), stage, risks: z.array(uuid), sizes: z.record(uuid, whole(0, 25)), askedOn: z.array(civilDate), asks: z.array(commandInputs['seek-statement'].pick({ of: true, form: true }).extend({ because: sentence.nullable(), by: text(200) })),
      view: z.enum(views).nullable(), spoken: z.strictObject({ by: uuid, writtenBy: text(200) }).nullable(), answeredAt: z.string().nullable(),
      reply: z.strictObject({ says: sentence, by: text(200), at: z.string(), secondPerson: uuid, readAt: z.string().nullable() }).nullable(), repliedTo: z.boolean(), from: uuid,
    }),
  ),
  controls: z.array(
    commandInputs['add-control'].omit({ control: true }).extend({ id: uuid, addedOn: civilDate, proof: commandInputs['record-control-proof'].omit({ control: true, owner: true }).nullable(), ended: z.boolean() }),
  ),
  opportunities: z.array(commandInputs['raise-opportunity'].omit({ opportunity: true }).extend({ id: uuid, domain: slug, became: z.enum(['open', ...opportunityOutcomes]) })),
  incidents: z.array(
    commandInputs['record-incident'].omit({ incident: true }).extend({ id: uuid, risk: uuid.nullable(), recordedOn: civilDate, asksFor: z.enum(['new-score', 'new-risk']), before: whole(0, 1_000_000), recordedBy: text(200).nullable(), withdrawn: z.null() }),
  ),
  riskPrompts: z.partialRecord(z.enum(riskPromptNames), commandInputs['answer-risk-prompt'].omit({ prompt: true }).extend({ by: text(200), on: civilDate })),
  kpis: z.array(commandInputs['set-kpi']),
  obligations: z.array(commandInputs['agree-obligation'].extend({ provider: uuid.nullable(), met: z.array(commandInputs['meet-obligation'].omit({ obligation: true })) })),
  agreedBy: z.record(z.string(), text(200)),
  expiries: z.array(commandInputs['record-expiry']),
  meetings: z.array(meetingHeld),
  actions: z.array(commandInputs['agree-action'].extend({ provider: uuid.nullable(), done: commandInputs['complete-action'].omit({ action: true }).nullable() })),
  qualityVisits: z.array(
    commandInputs['record-quality-visit'].extend({
      nextBy: civilDate.nullable(),
      improvements: z.array(asked.unwrap().element.extend({ shown: commandInputs['show-improvement'].omit({ improvement: true }).nullable() })),
    }),
  ),
  rates: z.array(commandInputs['set-rate']),
  outcomes: z.array(commandInputs['name-outcome'].extend({ links: z.array(commandInputs['link-outcome']) })),
  exit: plannedExit.nullable(),
  transitions: z.array(commandInputs['record-transition']),
  staffTransfer: commandInputs['plan-staff-transfer'].extend({ given: commandInputs['record-staff-information'].nullable() }).nullable(),
});
const tried = { tried: z.array(z.enum(triedWays)) };
const awardNotice = { publishedOn: civilDate, reference: label, stage, voluntaryStandstill: whole(1, 60).nullable(), warnings: z.array(z.string()) };
const noticeThere = z.strictObject({ ...awardNotice, recordedOn: civilDate, version: contentHash }).nullable();
const evidence = z.array(z.strictObject({ stage, say, do: action, people: whole(0, 10_000_000), heldOn: civilDate }));
const carriedCommitments = z.array(z.strictObject({ commitment: uuid, what: sentence, by: civilDate, theme: uuid.nullable() }));

/** What each type of event holds in `data`, as stored, served at `/api/schemas/events/{type}` and sent to providers who see all of it. */
export const eventSchemas = {
  'concordat.agreement.opened.v1': z.strictObject(begun),
  'concordat.agreement.taken-over.v1': z.strictObject({
    ...begun,
    from: z.strictObject({ source: label, reference: label }),
    notEvidenced: z.array(stage),
    raisesSaid: z.boolean(),
    provider: uuid.nullable(),
  }),
  'concordat.agreement.gate-opened.v1': z.strictObject({
    stage,
    tier,
    decision: z.enum(['opened', 'opened-with-conditions']),
    conditions: z.array(code),
    waivers: z.array(uuid),
    onCondition: z.array(uuid),
    kept: z.array(uuid).optional(),
  }),
  'concordat.agreement.gate-refused.v1': z.strictObject({ stage, reason: sentence, unmet: z.array(code) }),
  'concordat.agreement.stage-entered.v1': z.strictObject({ stage, from: stage }),
  'concordat.agreement.closed.v1': z.strictObject({ from: stage }),
  'concordat.agreement.returned.v1': z.strictObject({ from: stage, stage, reason: sentence, undone: z.array(stage), content }),
  'concordat.agreement.held.v1': z.strictObject({ reason: sentence, until: civilDate.nullable() }),
  'concordat.agreement.resumed.v1': nothing,
  'concordat.agreement.cancelled.v1': z.strictObject({ reason: sentence }),

  'concordat.agreement.lots-proposed.v1': z.strictObject({ lots: z.array(awardedLot), value: money, stage, content }),
  'concordat.agreement.lots-awarded.v1': z.strictObject({ lots: z.array(awardedLot), stage, providers: z.array(uuid) }),
  'concordat.agreement.split.v1': z.strictObject({
    agreements: z.array(awardedLot.pick({ agreement: true, lot: true, title: true, lead: true, value: true }).extend({ commitments: z.array(uuid) })),
  }),
  'concordat.agreement.split-off.v1': z.strictObject({
    ...begun,
    from: uuid,
    root: uuid,
    award: awardedLot,
    awardedIn: stage,
    proposedBy: text(200),
    providers: z.array(uuid),
    partners: z.array(commandInputs['record-partner']),
    passed: z.array(stage),
    authors: z.record(z.string(), z.array(text(200))),
    openedBy: text(200),
    plannedBy: z.array(text(200)),
    decisionRecordedBy: text(200).nullable(),
    conflicts: z.array(z.strictObject({ person: uuid, role: z.enum(roles), interest: z.enum(['none', ...interests]), declaredAt: z.string(), instead: z.enum(['none', ...interests]).nullable(), lifted: lifted.optional() })),
    interests: interestsAbove,
    routeChoice: z.strictObject({ route: version, ground: z.string().nullable(), why: sentence, chosenBy: text(200), chosenAt: z.string() }).nullable(),
    hands: z.strictObject({ award: z.array(text(200)), route: z.array(text(200)), lead: z.array(uuid), sponsor: z.array(uuid) }),
    signOffs: z.array(carriedSignOff),
    evidence,
    plans: z.array(commandInputs['plan-involvement']),
    themes: carriedThemes,
    commitments: carriedCommitments,
    along,
    since: z.strictObject({
      openedAt: z.string(),
      proposedAt: z.string(),
      awardedOn: civilDate,
      notice: noticeThere,
      told: noticeThere,
      firstToldOn: civilDate.nullable(),
      published: z.array(commandInputs['record-published-notice'].extend({ stage, recordedOn: civilDate })),
    }).nullable(),
  }),
  'concordat.agreement.call-off-freed.v1': z.strictObject({ agreement: uuid, freed: money, ended: z.boolean() }),
  'concordat.agreement.call-off-made.v1': z.strictObject({ agreement: uuid, kind: z.enum(agreementKinds), title: label, supplier: uuid, value: money, people: whole(1, 100_000).nullable() }),
  'concordat.agreement.called-off.v1': z.strictObject({
    ...begun,
    from: uuid,
    fromKind: z.enum(agreementKinds).nullable(),
    root: uuid.nullable(),
    provider: uuid,
    placement: commandInputs['place-people'].pick({ people: true, rate: true, per: true }).nullable(),
    interests: interestsAbove,
    themes: carriedThemes,
    evidence,
  }),
  'concordat.agreement.interest-came-along.v1': z.strictObject({ from: uuid, ...interestAbove }),
  'concordat.agreement.linked.v1': commandInputs['link-agreement'],
  'concordat.agreement.linked-from.v1': z.strictObject({ from: uuid, as: z.enum(linkKinds) }),
  'concordat.agreement.decision-above-changed.v1': z.strictObject({
    from: uuid,
    decision: uuid,
    now: z.discriminatedUnion('is', [z.strictObject({ is: z.literal('called-in'), on: civilDate }), z.strictObject({ is: z.literal('to-be-taken-anew') }), z.strictObject({ is: z.literal('to-be-seconded') }), z.strictObject({ is: z.literal('stands'), inForceFrom: civilDate })]),
  }),
  'concordat.agreement.unlinked.v1': commandInputs['unlink-agreement'].extend({ tier: z.enum(tiers), content }),
  'concordat.agreement.unlinked-from.v1': z.strictObject({ from: uuid, as: z.enum(linkKinds), reason: sentence }),
  'concordat.agreement.incumbent-taken-back.v1': z.strictObject({ provider: uuid, becomes: z.literal('invited').nullable() }),

  'concordat.agreement.tier-kept.v1': z.strictObject({ reason: sentence }),
  'concordat.agreement.tier-raised.v1': z.strictObject({ raises: z.array(z.enum(Object.keys(tierRaises) as TierRaise[])), reason: sentence, tier: z.enum(tiers) }),
  'concordat.agreement.facts-amended.v1': z.strictObject({ facts, tier, content, material: z.array(z.enum(subjects)) }),

  'concordat.agreement.what-people-do-recorded.v1': commandInputs['record-what-people-do'],
  'concordat.agreement.what-people-do-taken-off-record.v1': commandInputs['take-off-record'],

  'concordat.agreement.stages-that-matter-recorded.v1': commandInputs['record-stages-that-matter'],
  'concordat.agreement.involvement-planned.v1': commandInputs['plan-involvement'],
  'concordat.agreement.activity-planned.v1': commandInputs['plan-activity'],
  'concordat.agreement.activity-voided.v1': commandInputs['void-activity'],
  'concordat.agreement.attendance-recorded.v1': commandInputs['record-attendance'],
  'concordat.agreement.effort-recorded.v1': commandInputs['record-effort'].extend({ why: sealed.optional() }),
  'concordat.agreement.joint-decision-recorded.v1': commandInputs['record-joint-decision'],
  'concordat.agreement.could-it-change-answered.v1': commandInputs['record-could-it-change'].extend({ forThem: z.boolean() }),
  'concordat.agreement.participant-invited.v1': commandInputs['invite-participant'].extend({ askedOn: civilDate }),
  'concordat.agreement.invitation-accepted.v1': commandInputs['accept-invitation'],
  'concordat.agreement.invitation-declined.v1': commandInputs['decline-invitation'].extend({ forThem: z.boolean() }),
  'concordat.agreement.nobody-wished.v1': commandInputs['record-nobody-wished'],

  'concordat.agreement.contribution-recorded.v1': commandInputs['record-contribution'].omit({ unread: true }).extend({ text: sealed, kind: spokenKind, seenBy: z.enum(seenByChoices), stage, late: z.boolean(), unreadSince: civilDate.nullable(), forThem: z.boolean() }),
  'concordat.agreement.contribution-triaged.v1': commandInputs['triage-contribution'].extend({ on: civilDate }),
  'concordat.agreement.concern-raised.v1': z.strictObject({ concern: uuid, kind: concernKind, text: sealed, raisedOn: civilDate }),
  'concordat.agreement.concern-passed-on.v1': commandInputs['pass-on-concern'].extend({ on: civilDate }),
  'concordat.agreement.who-sees-chosen.v1': commandInputs['choose-who-sees'].omit({ author: true }).extend({ forThem: z.boolean() }),
  'concordat.agreement.late-entries-noted.v1': commandInputs['note-late-entries'],
  'concordat.agreement.asked-what-people-do.v1': commandInputs['record-asked-what-people-do'],
  'concordat.agreement.vote-recorded.v1': commandInputs['record-vote'],
  'concordat.agreement.carried-over.v1': commandInputs['carry-over'].extend({ say, do: action, people: whole(0, 10_000_000), heldOn: civilDate }),
  'concordat.agreement.carry-over-answered.v1': commandInputs['answer-carry-over'],
  'concordat.agreement.information-issued.v1': commandInputs['issue-information'].extend({ version: whole(1, 10_000), issuedOn: civilDate }),
  'concordat.agreement.information-given.v1': commandInputs['record-information-given'],
  'concordat.agreement.payment-offered.v1': commandInputs['offer-payment'],
  'concordat.agreement.payment-offer-answered.v1': commandInputs['answer-payment-offer'].extend({
    answer: z.discriminatedUnion('is', [
      z.strictObject({ is: z.enum(['accepted', 'to-a-charity', 'declined']) }),
      z.strictObject({ is: z.literal('reduced'), amount: money }),
    ]),
    charity: sealedOrNone,
    forThem: z.boolean(),
  }),
  'concordat.agreement.dissent-recorded.v1': commandInputs['record-dissent'].extend({ words: sealed, stage }),
  'concordat.agreement.no-dissent-recorded.v1': commandInputs['record-no-dissent'].extend({ stage }),
  'concordat.agreement.proxy-entry-recorded.v1': commandInputs['record-proxy-entry'],
  'concordat.agreement.theme-created.v1': commandInputs['create-theme'],
  'concordat.agreement.put-in-theme.v1': commandInputs['put-in-theme'].extend({ sampled }),
  'concordat.agreement.theme-answered.v1': commandInputs['answer-theme'].extend({ response: responseGiven, on: civilDate, again: z.boolean(), sampled }),
  'concordat.agreement.own-answer-asked.v1': z.strictObject({ contribution: uuid, on: civilDate }),
  'concordat.agreement.contribution-answered.v1': z.strictObject({
    contribution: uuid,
    response: answerAlone,
    reasons: sealedOrNone,
    changed: sealedOrNone,
    on: civilDate,
    again: z.boolean(),
    sampled,
  }),
  'concordat.agreement.answer-rated.v1': commandInputs['rate-answer'].extend({ reopens: z.boolean(), on: civilDate, forThem: z.boolean() }),
  'concordat.agreement.answer-checked.v1': commandInputs['check-answer'].extend({ on: civilDate }),
  'concordat.agreement.feedback-recorded.v1': z.strictObject({ contributions: z.array(uuid), outcome: z.enum(feedbackOutcomes), ...tried }),
  'concordat.agreement.what-came-of-it-told.v1': told.extend({ ...tried, stage }),
  'concordat.agreement.whether-heard-recorded.v1': commandInputs['record-whether-heard'].extend({ forThem: z.boolean() }),

  'concordat.agreement.commitment-made.v1': commandInputs['make-commitment'].extend({ theme: uuid.nullable() }),
  'concordat.agreement.commitment-kept.v1': commandInputs['keep-commitment'].extend({ on: civilDate }),
  'concordat.agreement.commitment-broken.v1': commandInputs['break-commitment'].extend({ theme: uuid.nullable(), on: civilDate, toldIn: uuid.nullable() }),
  'concordat.agreement.answer-reversed.v1': commandInputs['reverse-answer'].extend({ on: civilDate, toldIn: uuid.nullable() }),
  'concordat.agreement.reversal-told.v1': commandInputs['tell-of-reversal'].extend(tried),
  'concordat.agreement.carried-on.v1': z.strictObject({
    from: uuid,
    themes: carriedThemes,
    commitments: carriedCommitments,
  }),
  'concordat.agreement.carried-to.v1': z.strictObject({ to: uuid, themes: z.array(uuid), commitments: z.array(uuid) }),

  'concordat.agreement.risk-raised.v1': commandInputs['raise-risk'].extend({ domain: slug, levels, reviewOn: civilDate.nullable(), on: civilDate }),
  'concordat.agreement.risk-rescored.v1': commandInputs['rescore-risk'],
  'concordat.agreement.risk-reviewed.v1': commandInputs['review-risk'],
  'concordat.agreement.risk-closed.v1': commandInputs['close-risk'],
  'concordat.agreement.risk-escalated.v1': z.strictObject({ risk: uuid, band: z.enum(bands), to: z.enum(seers) }),
  'concordat.agreement.risk-acknowledged.v1': commandInputs['acknowledge-risk'].extend({ as: z.enum(seers), band: z.enum(bands) }),
  'concordat.agreement.opportunity-raised.v1': commandInputs['raise-opportunity'].extend({ domain: slug, on: civilDate }),
  'concordat.agreement.opportunity-rescored.v1': commandInputs['rescore-opportunity'],
  'concordat.agreement.opportunity-closed.v1': commandInputs['close-opportunity'],
  'concordat.agreement.control-added.v1': commandInputs['add-control'].extend({ on: civilDate }),
  'concordat.agreement.control-proved.v1': commandInputs['record-control-proof'],
  'concordat.agreement.control-ended.v1': commandInputs['end-control'],
  'concordat.agreement.incident-recorded.v1': commandInputs['record-incident'].extend({ risk: uuid.nullable(), recordedOn: civilDate }),
  'concordat.agreement.incident-withdrawn.v1': commandInputs['withdraw-incident'].extend({ on: civilDate }),
  'concordat.agreement.risk-prompt-answered.v1': commandInputs['answer-risk-prompt'].extend({ on: civilDate }),
  'concordat.agreement.risk-panel-convened.v1': commandInputs['convene-risk-panel'].extend({ on: civilDate }),
  'concordat.agreement.panel-advice-recorded.v1': commandInputs['record-panel-advice'].extend({ dissent: textOrNone(10_000) }),
  'concordat.agreement.panel-advice-answered.v1': commandInputs['answer-panel-advice'],

  'concordat.agreement.statement-sought.v1': commandInputs['seek-statement'].extend({ stage, risks: z.array(uuid), askedOn: civilDate }),
  'concordat.agreement.statement-recorded.v1': commandInputs['record-statement'].extend({ words: sealed }),
  'concordat.agreement.objection-replied-to.v1': commandInputs['reply-to-objection'],
  'concordat.agreement.reply-seconded.v1': commandInputs['second-reply'],

  'concordat.agreement.conflict-declared.v1': z.strictObject({ person: uuid, role: z.enum(roles), interest: z.enum(interests), about: sealed }),
  'concordat.agreement.no-conflict-declared.v1': z.strictObject({ person: uuid, role: z.enum(roles) }),
  'concordat.agreement.conflict-lifted.v1': z.strictObject({ person: uuid, role: z.enum(roles), reasons: sealed, interest: z.enum(interests), instead: z.enum(['none', ...interests]) }),

  'concordat.agreement.sign-off-requested.v1': z.strictObject({
    signOff: uuid,
    kind: z.enum(['approval', 'acceptance']),
    discipline: z.enum(disciplines),
    of: z.enum(acceptingParties).nullable(),
    panel: panel.nullable(),
    stage,
  }),
  'concordat.agreement.signed-off.v1': z.strictObject({
    signOff: uuid,
    version: contentHash,
    outcome: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('granted'), conditions: z.array(signOffCondition), expiresOn: civilDate.optional() }),
      z.strictObject({ is: z.literal('refused'), reason: sentence }),
    ]),
    ...signature,
  }),
  'concordat.agreement.sign-off-seconded.v1': z.strictObject({ signOff: uuid, identities: z.array(uuid) }),
  'concordat.agreement.sign-off-condition-met.v1': commandInputs['meet-sign-off-condition'],
  'concordat.agreement.sign-off-condition-renewed.v1': commandInputs['renew-sign-off-condition'],
  'concordat.agreement.sign-off-renewed.v1': z.strictObject({ signOff: uuid, version: contentHash, expiresOn: civilDate, review: documentReference, ...signature }),
  'concordat.agreement.sign-off-withdrawn.v1': z.strictObject({ signOff: uuid, reason: sentence }),

  'concordat.agreement.consultation-opened.v1': commandInputs['open-consultation'].extend({ stage }),
  'concordat.agreement.consultation-extended.v1': commandInputs['extend-consultation'],
  'concordat.agreement.consultation-withdrawn.v1': commandInputs['withdraw-consultation'],
  'concordat.agreement.consultation-answered-for.v1': commandInputs['answer-for-consultation'],
  'concordat.agreement.consultation-considered.v1': commandInputs['consider-consultation'],

  'concordat.agreement.decision-recorded.v1': z.strictObject({
    decision: uuid,
    decidedBy,
    scheme: label,
    key,
    callIn,
    decidedOn: civilDate,
    inForceFrom: civilDate,
    weighed: text(10_000),
    version: contentHash,
    stage,
    identities: z.array(uuid),
    overlaps: z.array(sentence),
    needsSecond: z.boolean(),
  }),
  'concordat.agreement.decision-seconded.v1': z.strictObject({ decision: uuid, identities: z.array(uuid) }),

  'concordat.agreement.decision-called-in.v1': commandInputs['call-in-decision'],
  'concordat.agreement.call-in-concluded.v1': commandInputs['conclude-call-in'],
  'concordat.agreement.challenge-recorded.v1': commandInputs['record-challenge'].extend({ stage }),
  'concordat.agreement.challenge-concluded.v1': commandInputs['conclude-challenge'],

  'concordat.agreement.criterion-set.v1': commandInputs['set-criterion'],
  'concordat.agreement.evaluator-appointed.v1': commandInputs['appoint-evaluator'].extend({ registered: z.boolean() }),
  'concordat.agreement.evaluator-declaration-recorded.v1': commandInputs['record-evaluator-declaration'],
  'concordat.agreement.evaluator-training-recorded.v1': commandInputs['record-evaluator-training'],
  'concordat.agreement.assessment-recorded.v1': commandInputs['record-assessment'].extend({ why: sealed.optional() }),
  'concordat.agreement.evaluator-stood-down.v1': commandInputs['stand-down-evaluator'],
  'concordat.agreement.option-considered.v1': z.strictObject({ option: uuid, title: label, outcome: z.enum(optionOutcomes), reasons: textOrNone(10_000) }),
  'concordat.agreement.option-discussed.v1': commandInputs['discuss-option'],
  'concordat.agreement.readiness-confirmed.v1': commandInputs['confirm-readiness'].extend({ provider: uuid, stage }),
  'concordat.agreement.partner-recorded.v1': commandInputs['record-partner'].extend({ identifier: identifier.nullable(), shares: z.array(share) }),
  'concordat.agreement.partner-ended.v1': commandInputs['end-partner'].extend({ on: civilDate }),
  'concordat.agreement.publication-planned.v1': commandInputs['plan-publication'],
  'concordat.agreement.publication-withheld.v1': commandInputs['withhold-publication'].extend({ on: civilDate }),
  'concordat.agreement.withholding-lifted.v1': commandInputs['lift-withholding'].extend({ on: civilDate, election: label.optional() }),
  'concordat.agreement.published.v1': z.strictObject({ publication: uuid, on: civilDate, number: label.nullable(), duty: sentence.nullable(), election: label.nullable() }),

  'concordat.agreement.kpi-set.v1': commandInputs['set-kpi'],
  'concordat.agreement.observation-recorded.v1': commandInputs['record-observation'].extend({ provider: uuid.nullable() }),
  'concordat.agreement.finding-recorded.v1': commandInputs['record-finding'],
  'concordat.agreement.difference-discussed.v1': commandInputs['discuss-difference'].extend({ provider: uuid.nullable() }),
  'concordat.agreement.obligation-agreed.v1': commandInputs['agree-obligation'].extend({ provider: uuid.nullable() }),
  'concordat.agreement.obligation-withdrawn.v1': commandInputs['withdraw-obligation'].extend({ provider: uuid.nullable() }),
  'concordat.agreement.obligation-met.v1': commandInputs['meet-obligation'].extend({ provider: uuid.nullable() }),
  'concordat.agreement.cycle-begun.v1': commandInputs['begin-cycle'],
  'concordat.agreement.cycle-ended.v1': commandInputs['end-cycle'],
  'concordat.agreement.review-meeting-held.v1': meetingHeld,
  'concordat.agreement.action-agreed.v1': commandInputs['agree-action'].extend({ provider: uuid.nullable() }),
  'concordat.agreement.action-completed.v1': commandInputs['complete-action'].extend({ provider: uuid.nullable() }),
  'concordat.agreement.provider-concern-raised.v1': commandInputs['raise-provider-concern'],
  'concordat.agreement.expiry-recorded.v1': commandInputs['record-expiry'],
  'concordat.agreement.quality-visit-recorded.v1': commandInputs['record-quality-visit'].extend({ nextBy: civilDate.nullable() }),
  'concordat.agreement.improvement-shown.v1': commandInputs['show-improvement'].extend({ visit: uuid, provider: uuid }),
  'concordat.agreement.rate-set.v1': commandInputs['set-rate'],
  'concordat.agreement.funding-committed.v1': commandInputs['commit-funding'],
  'concordat.agreement.spend-recorded.v1': commandInputs['record-spend'],
  'concordat.agreement.provider-concern-answered.v1': commandInputs['answer-provider-concern'].extend({ provider: uuid }),
  'concordat.agreement.variation-proposed.v1': commandInputs['propose-variation'],
  'concordat.agreement.asked-again.v1': commandInputs['record-asked-again'],
  'concordat.agreement.not-asked-again.v1': commandInputs['record-not-asked-again'],
  'concordat.agreement.modification-tested.v1': commandInputs['test-modification'].extend({ variation: uuid, lacks: z.array(sentence) }),
  'concordat.agreement.extension-tested.v1': commandInputs['test-modification'].omit({ variation: true }).extend({
    from: z.strictObject({
      agreement: uuid, providers: z.array(uuid),
      awarded: z.strictObject({ value: money.nullable(), days: z.int().nonnegative().nullable() }),
      stands: z.strictObject({ value: money.nullable(), period: period.nullable() }),
    }),
    lacks: z.array(sentence), content, material: z.array(z.enum(subjects)),
  }),
  'concordat.agreement.variation-decided.v1': commandInputs['decide-variation'].omit({ versionRead: true }).extend({ scheme: textOrNone(200), weighed: text(10_000).nullable(), version: contentHash.nullable(), identities: z.array(uuid), overlaps: z.array(sentence), needsSecond: z.boolean() }),
  'concordat.agreement.variation-seconded.v1': z.strictObject({ variation: uuid, identities: z.array(uuid) }),
  'concordat.agreement.variation-offered.v1': z.strictObject({ variation: uuid, provider: uuid, to: variationTo, version: contentHash }),
  'concordat.agreement.variation-accepted.v1': z.strictObject({ variation: uuid, provider: uuid, version: contentHash }),
  'concordat.agreement.variation-carried-out.v1': z.strictObject({ variation: uuid, to: variationTo }),
  'concordat.agreement.exit-planned.v1': plannedExit,
  'concordat.agreement.transition-recorded.v1': commandInputs['record-transition'],
  'concordat.agreement.staff-transfer-planned.v1': commandInputs['plan-staff-transfer'],
  'concordat.agreement.staff-information-given.v1': commandInputs['record-staff-information'],
  'concordat.agreement.provider-engagement-recorded.v1': commandInputs['record-provider-engagement'].extend({ stage }),
  'concordat.agreement.outcome-named.v1': commandInputs['name-outcome'],
  'concordat.agreement.outcome-linked.v1': commandInputs['link-outcome'],
  'concordat.agreement.measurement-recorded.v1': commandInputs['record-measurement'],
  'concordat.agreement.plain-questions-answered.v1': commandInputs['answer-plain-questions'].extend({ provider: uuid.nullable().optional(), theirOwn: z.boolean().optional() }),
  'concordat.agreement.benefit-named.v1': commandInputs['name-benefit'],
  'concordat.agreement.benefit-observed.v1': commandInputs['observe-benefit'],
  'concordat.agreement.cost-recorded.v1': commandInputs['record-cost'],
  'concordat.agreement.hours-wanted-recorded.v1': commandInputs['record-hours-wanted'].extend({ activity: uuid.optional() }),

  'concordat.agreement.provider-invited.v1': z.strictObject({ provider: uuid }),
  'concordat.agreement.uninviting-asked.v1': commandInputs['uninvite-provider'].extend({ identities: z.array(uuid) }),
  'concordat.agreement.provider-uninvited.v1': commandInputs['uninvite-provider'].extend({ becomes: z.literal('incumbent').nullable() }),
  'concordat.agreement.incumbent-recorded.v1': z.strictObject({ provider: uuid }),
  'concordat.agreement.award-proposed.v1': z.strictObject({ provider: uuid, value: money, stage, content }),
  'concordat.agreement.award-notice-published.v1': z.strictObject({ ...awardNotice, ends: civilDate.nullable() }),
  'concordat.agreement.award-accepted.v1': z.strictObject({ provider: uuid, version: contentHash, stage }),
  'concordat.agreement.awarded.v1': z.strictObject({ provider: uuid, value: money }),

  'concordat.agreement.notice-recorded.v1': z.strictObject({ notice, stage, ahead: z.boolean() }),
  'concordat.agreement.notice-published.v1': commandInputs['record-published-notice'].extend({ stage }),

  'concordat.agreement.waiver-asked.v1': commandInputs['ask-waiver'].extend({ stage, team: text(4_000) }),
  'concordat.agreement.waiver-view-sought.v1': commandInputs['seek-view-on-waiver'].extend({ askedOn: civilDate }),
  'concordat.agreement.waiver-view-given.v1': commandInputs['give-view-on-waiver'].extend({ words: sealed }),
  'concordat.agreement.condition-waived.v1': z.strictObject({ waiver: uuid, condition: code, stage, team: text(4_000), countsWith: z.array(text(4_100)) }),
  'concordat.agreement.waiver-refused.v1': commandInputs['refuse-waiver'],
  'concordat.agreement.waiver-reviewed.v1': commandInputs['review-waiver'],

  'concordat.agreement.condition-proposed.v1': commandInputs['propose-condition'].extend({ parameters: z.record(z.string(), z.json()), stage }),
  'concordat.agreement.condition-agreed.v1': z.strictObject({ condition: uuid, as: z.enum(capacities) }),
  'concordat.agreement.condition-refused.v1': commandInputs['refuse-condition'],
  'concordat.agreement.condition-renewal-asked.v1': commandInputs['renew-condition'],

  'concordat.agreement.route-chosen.v1': z.strictObject({ from: version, route: version, ground: z.string().nullable(), why: sentence, content, material: z.array(z.enum(subjects)) }),
  'concordat.agreement.urgency-recorded.v1': commandInputs['record-urgency'].extend({ content: content.nullable(), material: z.array(z.enum(subjects)) }),
  'concordat.agreement.late-by-us-recorded.v1': commandInputs['record-late-by-us'],

  'concordat.agreement.pathway-migrated.v1': z.strictObject({ from: version, pathway: version, stood: stage, stage, tier, notAsked: z.array(stage), asksNoMore: z.array(z.strictObject({ stage, code, asks: sentence })), reason: sentence.nullable() }),

  'concordat.agreement.transfer-offered.v1': z.strictObject({ to: organisation, basis: sentence, on: civilDate }),
  'concordat.agreement.transfer-agreed.v1': z.strictObject({ to: organisation }),
  'concordat.agreement.transfer-withdrawn.v1': commandInputs['withdraw-transfer'],
  'concordat.agreement.transferred.v1': z.strictObject({ to: organisation, on: civilDate, position, hash: contentHash }),
  'concordat.agreement.transferred-in.v1': z.strictObject({ from: organisation, basis: sentence, on: civilDate, acceptedBy: uuid, version: position, position, hash: contentHash, digest: contentHash }),
  'concordat.agreement.brought-over.v1': z.strictObject({
    id: uuid, type: text(200), data: z.record(z.string(), z.json()), meta: z.record(z.string(), z.json()), recordedAt: z.string(), version: position, position, hash: contentHash,
  }),
  'concordat.agreement.gone-on.v1': z.strictObject({ from: organisation, stage, renames, owners: renames, parties: z.array(z.strictObject({ provider: uuid, role: z.enum(['incumbent', 'invited', 'provider']) })) }),

  'concordat.settings.risk-changed.v1': riskSettingsShape,

  'concordat.arrival.transfer-accepted.v1': commandInputs['accept-transfer'].extend({ from: organisation, basis: sentence, on: civilDate, version: position, position, hash: contentHash }),
  'concordat.arrival.transfer-lapsed.v1': z.strictObject({ accepted: uuid }),

  'concordat.participant.came-in.v1': nothing,
  'concordat.participant.asked.v1': z.strictObject({ invitation: uuid, agreement: uuid, askedOn: civilDate, answerBy: civilDate, stage, asksAs: uuid }),
  'concordat.participant.accepted.v1': z.strictObject({ invitation: uuid }),
  'concordat.participant.declined.v1': z.strictObject({ invitation: uuid }),
  'concordat.participant.ask-budget-chosen.v1': z.strictObject({ asksPerYear: commandInputs['choose-ask-budget'].shape.asksPerYear }),
  'concordat.participant.interests-chosen.v1': commandInputs['choose-interests'].omit({ participant: true }),
  'concordat.participant.erased.v1': commandInputs['erase-participant'].omit({ participant: true }),
  'concordat.participant.benefits-advice-offered.v1': commandInputs['record-benefits-advice'].omit({ participant: true }).extend({ source: sealed }),
  'concordat.participant.brought-over.v1': z.strictObject({
    asks: z.array(z.strictObject({ invitation: uuid, agreement: uuid, askedOn: civilDate, answerBy: civilDate, stage, asksAs: uuid })),
    asksPerYear: commandInputs['choose-ask-budget'].shape.asksPerYear.nullable(),
    interests: commandInputs['choose-interests'].omit({ participant: true }),
    benefitsAdviceOn: civilDate.nullable(),
    erased: z.boolean(),
  }),
} satisfies { readonly [T in EventType]: z.ZodType<Events[T]> };
