import {
  acceptingProvider, agesOn, type Agreement, type AgreementEventType, asksForAnswer, adviceOpen, type Checklist, controlsInUse, everythingSaid, expiryNoticeDays, mustAccept, openConditions, type RiskSettings, type RiskWarning, riskWarningsAhead, type SignOff, standing, toldOfNoReversal, waits,
} from '@concordat/agreement/core';
import { addDays, type CivilDate } from '@concordat/platform/core';

/** What kind of thing waits for somebody. */
export type WorkKind =
  | 'sign-off' | 'second' | 'reply' | 'condition' | 'statement' | 'objection' | 'theme' | 'unplaced' | 'own-answer' | 'concern' | 'reversal' | 'decision' | 'acceptance' | 'gate' | 'stale-sign-off'
  | RiskWarning['kind'] | 'control-ages' | 'advice' | 'expiry' | 'waiver' | 'waiver-view' | 'waiver-expires' | 'waiver-review';

/** One thing about one agreement that waits for whoever may do it. */
export interface Work {
  readonly kind: WorkKind;
  /** What it is about: the id of a sign-off, a statement, a theme; empty where it is the agreement itself. */
  readonly subject: string;
  /** Who can do it: a right, with the discipline or provider it is limited to after a colon, or `person:` and an id, or `role:` and a role. See `workKeys`. */
  readonly key: string;
  /** The person who asked and now waits, where the record says so. */
  readonly askedBy: string | null;
  /** How much of it there is, such as contributions in no theme, or conditions of a gate that only time still holds up. */
  readonly count: number;
  /** The day from which it waits, which may lie ahead; `null` where it waits since it began. */
  readonly from: CivilDate | null;
}

/**
 * Everything that waits in an agreement, by its facts, and what will without that anything happens. `checklist`: its gate as of
 * `today`, the day it is asked about. `third`: waivers here that are the third of their condition and team, which only the count
 * over all agreements knows.
 */
export function workIn(agreement: Agreement, checklist: Checklist, riskSettings: RiskSettings, today: string, third: ReadonlySet<string> = new Set()): readonly Work[] {
  if (agreement.lifecycle === 'none' || agreement.lifecycle === 'cancelled') return [];
  const owed = owedToPeople(agreement);
  return [...owed, ...toReview(agreement, third), ...(agreement.lifecycle === 'open' ? [...askedOfPeople(agreement, today), ...waiverWork(agreement), ...expiryWork(agreement), ...riskWork(agreement, riskSettings), ...awardWork(agreement), ...gateWork(checklist)] : [])];
}

const work = (kind: WorkKind, key: string, subject = '', askedBy: string | null = null, count = 1): Work => ({ kind, key, subject, askedBy, count, from: null });

/** An answer is owed to people whatever the agreement's life: on hold, and after its close. */
function owedToPeople(agreement: Agreement): readonly Work[] {
  const { contributions: { themes, concerns }, statements } = agreement;
  const said = everythingSaid(agreement).filter(asksForAnswer);
  const unplaced = said.filter((one) => one.themes.length === 0 && one.own === null).length;
  const undone = new Set(toldOfNoReversal(agreement).map(({ theme }) => theme));
  return [
    ...concerns.filter(({ passedOn }) => passedOn === null).map(({ id }) => work('concern', 'involvement.manage', id)),
    ...said.filter(({ own }) => own !== null && waits(own)).map(({ id }) => work('own-answer', 'involvement.manage', id)),
    ...[...undone].map((theme) => work('reversal', 'involvement.manage', theme)),
    ...themes.filter(waits).map(({ id, contributions: held }) => work('theme', 'involvement.manage', id, null, held.length)),
    ...(unplaced > 0 ? [work('unplaced', 'involvement.manage', '', null, unplaced)] : []),
    ...statements.filter(({ view, reply }) => view === 'object' && reply === null).map(({ id }) => work('objection', 'decision.record', id)),
    ...statements.flatMap(({ id, reply, repliedTo }) => (reply === null || repliedTo ? [] : [work('reply', `person:${reply.secondPerson}`, id, reply.by)])),
  ];
}

function askedOfPeople(agreement: Agreement, today: string): readonly Work[] {
  const { signOffs, statements } = agreement;
  const stands = signOffs.map((signOff) => standing(agreement, signOff, today));
  const askAgain = signOffs.filter(
    ({ kind, discipline }, at) =>
      (stands[at] === 'stale' || stands[at] === 'lapsed') && !signOffs.slice(at + 1).some((later) => later.kind === kind && later.discipline === discipline),
  );
  return [
    ...signOffs.filter(({ answer }) => answer.is === 'awaited').map((signOff) => work('sign-off', whoseSignOff(agreement, signOff), signOff.id, signOff.requestedBy)),
    ...signOffs.filter(({ answer }, at) => answer.is === 'granted' && stands[at] === 'awaited').map(({ id, requestedBy }) => work('second', 'second.give', id, requestedBy)),
    ...signOffs.filter((_, at) => stands[at] === 'granted-with-conditions').filter((signOff) => openConditions(signOff).length > 0)
      .map((signOff) => work('condition', 'agreement.move', signOff.id, null, openConditions(signOff).length)),
    ...askAgain.map(({ id }) => work('stale-sign-off', 'agreement.move', id)),
    ...statements.filter(({ view }) => view === null).map(({ id }) => work('statement', 'statement.give', id)),
  ];
}

/** So long before something ends whoever sees to it is told. */
const noticeDays = 14;

/** The third waiver goes to the senior responsible owner whatever becomes of the agreement: it is the team that is looked at. */
function toReview({ waivers }: Agreement, third: ReadonlySet<string>): readonly Work[] {
  return waivers.filter(({ id, answer, review }) => third.has(id) && answer.is === 'waived' && review === null).map(({ id, askedBy }) => work('waiver-review', 'waiver.review', id, askedBy));
}

/** A waiver waits for the representatives' view, then for an answer; one in force at the gate that is next ends on a day. */
function waiverWork({ waivers, stage }: Agreement): readonly Work[] {
  const awaited = waivers.filter(({ answer }) => answer.is === 'awaited');
  const inForce = waivers.filter((waiver) => waiver.answer.is === 'waived' && waiver.stage === stage);
  return [
    ...awaited.map(({ id, view, askedBy }) => (view === null ? work('waiver-view', 'statement.give', id, askedBy) : work('waiver', 'waiver.answer', id, askedBy))),
    ...inForce.map(({ id, expiresOn }) => ({ ...work('waiver-expires', 'agreement.move', id), from: addDays(expiresOn, -noticeDays) })),
  ];
}

/** What a provider holds for a time alone is asked for again before it ends. */
function expiryWork({ expiries }: Agreement): readonly Work[] {
  return expiries.map(({ expiry, endsOn }) => ({ ...work('expiry', 'delivery.manage', expiry), from: addDays(endsOn, -expiryNoticeDays) }));
}

/** What a person answers for waits for them, and what is to be seen from above for a role. */
function riskWork(agreement: Agreement, settings: RiskSettings): readonly Work[] {
  return [
    ...riskWarningsAhead(agreement, settings).map(({ kind, about, from, falls }) => ({
      ...work(kind, falls.to === 'person' ? `person:${falls.person}` : `role:${falls.role}`, about), from,
    })),
    ...controlsInUse(agreement).map((control) => ({ ...work('control-ages', `person:${control.owner}`, control.id), from: addDays(agesOn(control), -noticeDays) })),
    ...adviceOpen(agreement).map(({ id }) => work('advice', 'decision.record', id)),
  ];
}

/** An approval waits for its discipline, an acceptance for the very party. */
function whoseSignOff(agreement: Agreement, { discipline, of }: SignOff): string {
  if (of === null) return `sign-off.give:${discipline}`;
  const named = of === 'provider' ? acceptingProvider(agreement) : agreement.facts[of === 'owner' ? 'sponsor' : 'controller']?.value;
  if (named === undefined) return 'agreement.move';
  return of === 'provider' ? `award.accept:${named}` : `person:${named}`;
}

function awardWork({ award, decision, content }: Agreement): readonly Work[] {
  const { proposed, acceptances } = award;
  if (proposed === null) return [];
  if (decision === null || decision.version !== content.decision) return [work('decision', 'decision.record', '', proposed.proposedBy)];
  return mustAccept(award)
    .filter((provider) => !acceptances.some((one) => one.provider === provider && one.version === content.award))
    .map((provider) => work('acceptance', `award.accept:${provider}`, mustAccept(award).length === 1 ? '' : provider, proposed.proposedBy));
}

/** A gate is somebody's work once nothing but time holds it up. */
function gateWork(checklist: Checklist): readonly Work[] {
  const missing = checklist.filter(({ met }) => !met).flatMap((item) => item.missing);
  return missing.every(({ suppliedBy }) => suppliedBy === 'time') ? [work('gate', 'agreement.move', '', null, missing.length)] : [];
}

/** With which events each kind begins to wait, and which member of their data names the subject. */
export const workBegins: Readonly<Record<WorkKind, { readonly types: readonly AgreementEventType[]; readonly subject?: string }>> = {
  'sign-off': { types: ['concordat.agreement.sign-off-requested.v1'], subject: 'signOff' },
  second: { types: ['concordat.agreement.signed-off.v1'], subject: 'signOff' },
  condition: { types: ['concordat.agreement.signed-off.v1'], subject: 'signOff' },
  'stale-sign-off': { types: ['concordat.agreement.facts-amended.v1', 'concordat.agreement.award-proposed.v1', 'concordat.agreement.lots-proposed.v1'] },
  statement: { types: ['concordat.agreement.statement-sought.v1'], subject: 'statement' },
  objection: { types: ['concordat.agreement.statement-recorded.v1'], subject: 'statement' },
  reply: { types: ['concordat.agreement.objection-replied-to.v1'], subject: 'statement' },
  theme: { types: ['concordat.agreement.theme-created.v1'], subject: 'theme' },
  unplaced: { types: ['concordat.agreement.contribution-recorded.v1'] },
  'own-answer': { types: ['concordat.agreement.own-answer-asked.v1', 'concordat.agreement.answer-checked.v1'], subject: 'contribution' },
  concern: { types: ['concordat.agreement.concern-raised.v1'], subject: 'concern' },
  reversal: { types: ['concordat.agreement.answer-reversed.v1'], subject: 'theme' },
  'control-aged': { types: ['concordat.agreement.control-added.v1', 'concordat.agreement.control-proved.v1'], subject: 'control' },
  'control-ages': { types: ['concordat.agreement.control-added.v1', 'concordat.agreement.control-proved.v1'], subject: 'control' },
  'control-fails': { types: ['concordat.agreement.control-proved.v1'], subject: 'control' },
  'review-due': { types: ['concordat.agreement.risk-raised.v1', 'concordat.agreement.risk-reviewed.v1'], subject: 'risk' },
  'incident-unscored': { types: ['concordat.agreement.incident-recorded.v1'], subject: 'incident' },
  unseen: { types: ['concordat.agreement.risk-escalated.v1'], subject: 'risk' },
  waiver: { types: ['concordat.agreement.waiver-view-given.v1'], subject: 'waiver' },
  'waiver-view': { types: ['concordat.agreement.waiver-asked.v1'], subject: 'waiver' },
  'waiver-expires': { types: ['concordat.agreement.condition-waived.v1'], subject: 'waiver' },
  'waiver-review': { types: ['concordat.agreement.condition-waived.v1'], subject: 'waiver' },
  expiry: { types: ['concordat.agreement.expiry-recorded.v1'], subject: 'expiry' },
  advice: { types: ['concordat.agreement.panel-advice-recorded.v1'], subject: 'advice' },
  decision: { types: ['concordat.agreement.award-proposed.v1', 'concordat.agreement.lots-proposed.v1', 'concordat.agreement.facts-amended.v1'] },
  acceptance: { types: ['concordat.agreement.decision-recorded.v1'] },
  gate: { types: ['concordat.agreement.opened.v1', 'concordat.agreement.split-off.v1', 'concordat.agreement.called-off.v1', 'concordat.agreement.taken-over.v1', 'concordat.agreement.stage-entered.v1', 'concordat.agreement.returned.v1', 'concordat.agreement.resumed.v1'] },
};
