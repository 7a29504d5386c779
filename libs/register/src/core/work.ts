import { personStream } from '@concordat/access/core';
import {
  type Agreement, type AgreementEventType, type Answering, asksForAnswer, adviceOpen, calledInOpenly, canStillBeGiven, type Checklist, type Contribution, differencesOpen, effortChange, everythingSaid, isCurrent, isDeferred, mustAccept, noticesAwaited, offeredTo, officeAsked, openConditions, type Owed, type RiskSettings, type SignOff, standing, type Statement, stillToAccept, toldOfNoReversal, uninvitingOpen, waits, waitsForAnother, waitsForCallIn, waitsForWord, wasGiven, withheldNow,
} from '@concordat/agreement/core';
import { dayWork } from './day-work.js';
import { whoseSignOff } from './whose-sign-off.js';
import type { DayKind, KeptKind, Work, WorkKind } from './work-kind.js';

/** What nobody can say of an agreement without its documents and the calendar. */
export interface Ruled extends Owed {
  /** Its gate. */
  readonly checklist: Checklist;
}

/**
 * Everything that waits in an agreement, by its facts, and what will without that anything happens. `ruled`: as of
 * `today`, the day it is asked about. `third`: waivers here that are the third of their condition and team, which only the count
 * over all agreements knows.
 */
export function workIn(agreement: Agreement, ruled: Ruled, riskSettings: RiskSettings, today: string, third: ReadonlySet<string> = new Set()): readonly Work[] {
  if (['none', 'transferred'].includes(agreement.lifecycle)) return [];
  const due = new Map(ruled.dues.map(({ about, dueOn }) => [about, dueOn]));
  const late = new Map(ruled.dues.filter(({ kind }) => kind === 'late-entry').map(({ about, dueOn }) => [about, dueOn]));
  // What came late is answered through its theme, or still stands in none: the first of them says by when.
  const firstOf = (one: Work) => [due.get(one.subject), ...saidIn(agreement, one).map((id) => late.get(id))].sort()[0] ?? null;
  const dated = (all: readonly Work[]) => all.map((one) => ({ ...one, dueOn: firstOf(one) }));
  const owed = [...dated(owedToPeople(agreement)), ...providerConcernWork(agreement), ...toReview(agreement, third), ...dayWork(agreement, ruled, riskSettings, today)];
  return agreement.lifecycle === 'open' ? [...owed, ...askedOfPeople(agreement, ruled, today), ...waiverWork(agreement, today), ...conditionWork(agreement, today), ...challengeWork(agreement), ...uninvitingWork(agreement), ...declarationWork(ruled.checklist), ...riskWork(agreement), ...callInWork(agreement), ...awardWork(agreement, ruled.checklist), ...differenceWork(agreement), ...hoursWork(agreement), ...variationWork(agreement, ruled), ...noticeWork(agreement), ...gateWork(ruled.checklist)] : agreement.lifecycle === 'split' ? [...owed, ...callInWork(agreement), ...decisionWork(agreement)] : owed;
}

const work = (kind: Exclude<KeptKind, DayKind>, key: string, subject = '', askedBy: string | null = null, count = 1): Work => ({ kind, key, subject, askedBy, count, from: null, dueOn: null });

/** A concern leaves the ledger the same working day, also one that nothing else comes of. */
const concernWork = ({ contributions: { concerns } }: Agreement): readonly Work[] => concerns.filter(({ passedOn }) => passedOn === null).map(({ id }) => work('concern', 'involvement.manage', id));

const standsInNone = ({ themes, own }: Contribution): boolean => themes.length === 0 && own === null;

/** What was said that this work is about, beside its subject. */
function saidIn(agreement: Agreement, { kind, subject }: Work): readonly string[] {
  if (kind === 'theme') return agreement.contributions.themes.find(({ id }) => id === subject)?.contributions ?? [];
  return kind === 'unplaced' ? everythingSaid(agreement).filter(standsInNone).map(({ id }) => id) : [];
}

/** It waits since it was said, since it was opened again, or from the day until which it was deferred. */
function answerWork(answering: Answering, owed: Work): readonly Work[] {
  if (waits(answering)) return [{ ...owed, from: answering.reopenedOn }];
  const until = isDeferred(answering) ? answering.response?.until : undefined;
  return until === undefined ? [] : [{ ...owed, from: until }];
}

/** An answer is owed to people whatever the agreement's life: on hold, after its close, and once it is cancelled. */
function owedToPeople(agreement: Agreement): readonly Work[] {
  const { contributions: { themes }, statements } = agreement;
  const said = everythingSaid(agreement).filter(asksForAnswer);
  const unplaced = said.filter(standsInNone).length;
  const unread = new Map<string, number>();
  for (const { activity, unreadSince } of everythingSaid(agreement)) if (unreadSince !== null) unread.set(activity, (unread.get(activity) ?? 0) + 1);
  const undone = new Set(toldOfNoReversal(agreement).map(({ theme }) => theme));
  return [
    ...concernWork(agreement),
    ...said.flatMap(({ id, own }) => (own === null ? [] : answerWork(own, work('own-answer', 'involvement.manage', id)))),
    ...[...undone].map((theme) => work('reversal', 'involvement.manage', theme)),
    ...themes.flatMap((theme) => answerWork(theme, work('theme', 'involvement.manage', theme.id, null, theme.contributions.length))),
    ...[...unread].map(([activity, count]) => work('unread', 'involvement.manage', activity, null, count)),
    ...(unplaced > 0 ? [work('unplaced', 'involvement.manage', '', null, unplaced)] : []),
    ...statements.filter(({ view, reply }) => view === 'object' && reply === null).map(({ id }) => work('objection', 'decision.record', id)),
    ...statements.flatMap(({ id, reply, repliedTo }) => (reply === null || repliedTo ? [] : [work('reply', `person:${reply.secondPerson}`, id, reply.by)])),
  ];
}

/** What is asked of an office is answered by nobody but who holds it. */
function whoseView(statement: Statement): string {
  const office = officeAsked(statement);
  return office === undefined ? 'statement.give' : `role:${office}`;
}

function askedOfPeople(agreement: Agreement, ruled: Ruled, today: string): readonly Work[] {
  const { conflicts, signOffs, statements } = agreement;
  const stands = signOffs.map((signOff) => standing(agreement, signOff, today));
  const isAskedAhead = ({ kind, discipline }: SignOff) => ruled.signOffs.some((one) => one.kind === kind && one.discipline === discipline);
  // What ran out is renewed while the service runs; what went stale is asked again where a gate still rests on it.
  const askAgain = signOffs.filter(
    (signOff, at) =>
      (stands[at] === 'lapsed' || (stands[at] === 'stale' && isAskedAhead(signOff))) && !signOffs.slice(at + 1).some(({ kind, discipline }) => kind === signOff.kind && discipline === signOff.discipline),
  );
  return [
    ...signOffs.filter(({ answer }) => answer.is === 'awaited').map((signOff) => work('sign-off', whoseSignOff(agreement, signOff), signOff.id, signOff.requestedBy)),
    ...signOffs.filter(({ answer }, at) => answer.is === 'granted' && stands[at] === 'awaited').map(({ id, requestedBy }) => work('second', 'second.give', id, requestedBy)),
    ...signOffs.filter((_, at) => stands[at] === 'granted-with-conditions').filter((signOff) => openConditions(signOff).length > 0)
      .map((signOff) => ({ ...work('condition', whoseSignOff(agreement, signOff), signOff.id, signOff.requestedBy, openConditions(signOff).length), dueOn: openConditions(signOff).map(({ dueOn }) => dueOn).sort()[0] ?? null })),
    ...[...new Set(conflicts.filter(waitsForAnother).map(({ person }) => person))].map((person) => work('interest', 'second.give', person, person)),
    ...askAgain.map(({ id }) => work('stale-sign-off', 'agreement.move', id)),
    ...statements.filter(({ view, from }) => view === null && from === null).map((statement) => work('statement', whoseView(statement), statement.id)),
  ];
}

/** The third waiver goes to the senior responsible owner whatever becomes of the agreement: it is the team that is looked at. */
function toReview({ waivers }: Agreement, third: ReadonlySet<string>): readonly Work[] {
  return waivers.filter((waiver) => third.has(waiver.id) && wasGiven(waiver) && waiver.review === null).map(({ id, askedBy }) => work('waiver-review', 'waiver.review', id, askedBy));
}

/** A waiver waits for the representatives' view, then for an answer. */
function waiverWork({ waivers }: Agreement, today: string): readonly Work[] {
  return waivers.filter((waiver) => canStillBeGiven(waiver, today)).map(({ id, view, askedBy }) => (view === null ? work('waiver-view', 'statement.give', id, askedBy) : work('waiver', 'waiver.answer', id, askedBy)));
}

/** What a gate may open on waits for two words, each for itself. */
function conditionWork({ gateConditions, stage }: Agreement, today: string): readonly Work[] {
  return gateConditions.flatMap((condition) => {
    const { id, discipline, terms } = condition;
    const askedBy = terms.at(-1)?.askedBy ?? null;
    return [
      ...(waitsForWord(condition, 'decision-maker', stage, today) ? [work('condition-proposed', 'decision.record', id, askedBy)] : []),
      ...(waitsForWord(condition, 'head-of-discipline', stage, today) ? [work('condition-of-discipline', `sign-off.give:${discipline}`, id, askedBy)] : []),
    ];
  });
}

/** What waited for a word until a day that passed since, without that anything happened: nobody can give it any more. */
export function isOver(agreement: Agreement, { kind, subject }: Pick<Work, 'subject'> & { readonly kind: WorkKind }, today: string): boolean {
  const waitsUntilADay = ['waiver', 'waiver-view', 'condition-proposed', 'condition-of-discipline'].includes(kind);
  return waitsUntilADay && ![...waiverWork(agreement, today), ...conditionWork(agreement, today)].some((one) => one.kind === kind && one.subject === subject);
}

/** Nobody throws out a bidder alone: it waits for another than who asked for it. */
const uninvitingWork = (agreement: Agreement): readonly Work[] => uninvitingOpen(agreement).map(({ provider, askedBy }) => work('uninviting', 'award.make', provider, askedBy));

/** The gate asks some by name to say where their own interest lies; what it asks of a role is whose role it is. */
function declarationWork(checklist: Checklist): readonly Work[] {
  const asked = checklist.filter(({ met }) => !met).flatMap((item) => item.missing).flatMap(({ by, suppliedBy }) => (by === 'declare-conflict' && suppliedBy.startsWith(personStream('')) ? [suppliedBy.slice(personStream('').length)] : []));
  return [...new Set(asked)].map((person) => work('declaration', `person:${person}`, person));
}

/** Nothing is awarded over a challenge that nobody answered. */
const challengeWork = ({ challenges }: Agreement): readonly Work[] => challenges.filter(({ concluded }) => concluded === null).map(({ challenge }) => work('challenge', 'award.make', challenge));

function riskWork(agreement: Agreement): readonly Work[] {
  return adviceOpen(agreement).map(({ id, panel }) => work('advice', 'decision.record', id, agreement.riskPanels.panels.find((convened) => convened.id === panel)?.chair));
}

/** What a provider is concerned about is answered whatever became of the agreement. */
const providerConcernWork = ({ providerConcerns }: Agreement): readonly Work[] => providerConcerns.filter(({ answered }) => answered === null).map(({ concern }) => work('provider-concern', 'delivery.manage', concern));

const differenceWork = (agreement: Agreement): readonly Work[] => differencesOpen(agreement).map(({ finding }) => work('difference', 'delivery.manage', finding));

/** Where the hours that people give rose, they are asked before it counts as anything. */
const hoursWork = (agreement: Agreement): readonly Work[] => agreement.value.costs.filter((cost) => effortChange(agreement, cost) === 'not-asked').map(({ cost }) => work('hours-rose', 'involvement.manage', cost));

/** A variation waits for its decision once all that is asked before is answered, and what was agreed to for whoever provides. */
function variationWork(agreement: Agreement, { readyToDecide }: Owed): readonly Work[] {
  const accepting = [...new Set(agreement.variations.flatMap((one) => stillToAccept(agreement, one)))];
  const offered = accepting.map((provider) => work('variation-acceptance', `award.accept:${provider}`, accepting.length === 1 ? '' : provider));
  return [...offered, ...agreement.variations.flatMap((one) => {
    const { variation, decided, proposedBy } = one;
    if (decided === null) return readyToDecide.includes(variation) ? [work('variation', 'decision.record', variation, proposedBy)] : [];
    return decided.second.is === 'awaited' ? [work('second-variation', 'second.give', variation, decided.by)] : [];
  })];
}

/** Data waits for the official notice it tells of, and so do those who publish it. */
function noticeWork(agreement: Agreement): readonly Work[] {
  const planned = agreement.publications.filter((one) => one.published === null && withheldNow(one) === undefined);
  return [...new Set(planned.flatMap((one) => noticesAwaited(agreement, one)))].map((notice) => work('publication-notice', 'award.make', notice));
}

/** The gate lacks a decision, and no award that it would be about is to be proposed first. */
function asksForDecision(checklist: Checklist): boolean {
  const missing = checklist.filter(({ met }) => !met).flatMap((item) => item.missing);
  return missing.some(({ by }) => by === 'record-decision') && !missing.some(({ by }) => by === 'propose-award');
}

/** Until it is said what became of a call-in, the decision counts for nothing and none takes its place. */
const callInWork = (agreement: Agreement): readonly Work[] => [
  ...(calledInOpenly(agreement) ? [work('call-in', 'decision.record', agreement.decision?.decision, agreement.decision?.calledIn?.by)] : []),
  ...agreement.variations.flatMap(({ variation, decided }) => (waitsForCallIn(decided) ? [work('call-in', 'decision.record', variation, decided?.calledIn?.by)] : [])),
];

/** What was split rests on the decision on the whole: that is taken anew there after a call-in, and read by the second person whom it asks for. */
function decisionWork(agreement: Agreement): readonly Work[] {
  const { decision, award } = agreement;
  if (decision?.calledIn?.outcome?.is === 'taken-anew') return [work('decision', 'decision.record', '', award.proposed?.proposedBy)];
  return secondOnDecision(agreement);
}

/** Whoever reads what was decided by one who has a hand in it. */
const secondOnDecision = (agreement: Agreement): readonly Work[] =>
  agreement.decision?.second.is === 'awaited' && isCurrent(agreement) ? [work('second-decision', 'second.give', agreement.decision.decision, agreement.decision.recordedBy)] : [];

/** A decision that the gate asks for, and all of an award until it is made: what changes after it is varied, and each variation has a decision of its own. */
function awardWork(agreement: Agreement, checklist: Checklist): readonly Work[] {
  const { award, content } = agreement;
  const { proposed, acceptances, original } = award;
  const toDecide = calledInOpenly(agreement) ? [] : [work('decision', 'decision.record', '', proposed?.proposedBy)];
  if (asksForDecision(checklist)) return toDecide;
  // What was taken over with its provider was awarded on no day known here, and may be sourced anew.
  if (typeof original?.on === 'string') return [];
  const second = secondOnDecision(agreement);
  if (second.length > 0) return second;
  if (proposed === null) return [];
  if (!isCurrent(agreement)) return toDecide;
  return offeredTo(agreement)
    .filter((provider) => !acceptances.some((one) => one.provider === provider && one.version === content.award))
    .map((provider) => work('acceptance', `award.accept:${provider}`, mustAccept(award).length === 1 ? '' : provider, proposed.proposedBy));
}

/** A gate is somebody's work once nothing but time holds it up. */
function gateWork(checklist: Checklist): readonly Work[] {
  const missing = checklist.filter(({ met }) => !met).flatMap((item) => item.missing);
  return missing.every(({ suppliedBy }) => suppliedBy === 'time') ? [work('gate', 'agreement.move', '', null, missing.length)] : [];
}

const gateComesNext = ['concordat.agreement.opened.v1', 'concordat.agreement.split-off.v1', 'concordat.agreement.called-off.v1', 'concordat.agreement.taken-over.v1', 'concordat.agreement.stage-entered.v1', 'concordat.agreement.returned.v1', 'concordat.agreement.resumed.v1'] as const;

/** With which events each kind that waits from no day begins to, and which member of their data names the subject. */
export const workBegins: Readonly<Record<Exclude<KeptKind, DayKind>, { readonly types: readonly AgreementEventType[]; readonly subject?: string }>> = {
  'sign-off': { types: ['concordat.agreement.sign-off-requested.v1'], subject: 'signOff' },
  second: { types: ['concordat.agreement.signed-off.v1'], subject: 'signOff' },
  condition: { types: ['concordat.agreement.signed-off.v1'], subject: 'signOff' },
  'stale-sign-off': { types: ['concordat.agreement.facts-amended.v1', 'concordat.agreement.award-proposed.v1', 'concordat.agreement.lots-proposed.v1'] },
  statement: { types: ['concordat.agreement.statement-sought.v1'], subject: 'statement' },
  objection: { types: ['concordat.agreement.statement-recorded.v1'], subject: 'statement' },
  reply: { types: ['concordat.agreement.objection-replied-to.v1'], subject: 'statement' },
  theme: { types: ['concordat.agreement.theme-created.v1'], subject: 'theme' },
  unplaced: { types: ['concordat.agreement.contribution-recorded.v1'] },
  unread: { types: ['concordat.agreement.contribution-recorded.v1'], subject: 'activity' },
  'own-answer': { types: ['concordat.agreement.own-answer-asked.v1', 'concordat.agreement.answer-checked.v1'], subject: 'contribution' },
  concern: { types: ['concordat.agreement.concern-raised.v1'], subject: 'concern' },
  reversal: { types: ['concordat.agreement.answer-reversed.v1', 'concordat.agreement.commitment-broken.v1'], subject: 'theme' },
  'control-fails': { types: ['concordat.agreement.control-proved.v1'], subject: 'control' },
  unseen: { types: ['concordat.agreement.risk-escalated.v1'], subject: 'risk' },
  waiver: { types: ['concordat.agreement.waiver-view-given.v1'], subject: 'waiver' },
  'waiver-view': { types: ['concordat.agreement.waiver-asked.v1'], subject: 'waiver' },
  'waiver-review': { types: ['concordat.agreement.condition-waived.v1'], subject: 'waiver' },
  'provider-concern': { types: ['concordat.agreement.provider-concern-raised.v1'], subject: 'concern' },
  difference: { types: ['concordat.agreement.finding-recorded.v1'], subject: 'finding' },
  'hours-rose': { types: ['concordat.agreement.cost-recorded.v1'], subject: 'cost' },
  variation: { types: ['concordat.agreement.modification-tested.v1', 'concordat.agreement.asked-again.v1', 'concordat.agreement.not-asked-again.v1'], subject: 'variation' },
  advice: { types: ['concordat.agreement.panel-advice-recorded.v1'], subject: 'advice' },
  decision: { types: [...gateComesNext, 'concordat.agreement.award-proposed.v1', 'concordat.agreement.lots-proposed.v1', 'concordat.agreement.facts-amended.v1', 'concordat.agreement.call-in-concluded.v1'] },
  'call-in': { types: ['concordat.agreement.decision-called-in.v1'], subject: 'decision' },
  'condition-proposed': { types: ['concordat.agreement.condition-proposed.v1', 'concordat.agreement.condition-renewal-asked.v1'], subject: 'condition' },
  'condition-of-discipline': { types: ['concordat.agreement.condition-proposed.v1', 'concordat.agreement.condition-renewal-asked.v1'], subject: 'condition' },
  challenge: { types: ['concordat.agreement.challenge-recorded.v1'], subject: 'challenge' },
  uninviting: { types: ['concordat.agreement.uninviting-asked.v1'], subject: 'provider' },
  declaration: { types: gateComesNext },
  interest: { types: ['concordat.agreement.no-conflict-declared.v1', 'concordat.agreement.conflict-declared.v1'], subject: 'person' },
  'second-decision': { types: ['concordat.agreement.decision-recorded.v1'], subject: 'decision' },
  'second-variation': { types: ['concordat.agreement.variation-decided.v1'], subject: 'variation' },
  'publication-notice': { types: ['concordat.agreement.publication-planned.v1'] },
  acceptance: { types: ['concordat.agreement.decision-recorded.v1', 'concordat.agreement.decision-seconded.v1', 'concordat.agreement.award-notice-published.v1'] },
  'variation-acceptance': { types: ['concordat.agreement.variation-offered.v1'] },
  gate: { types: gateComesNext },
};
