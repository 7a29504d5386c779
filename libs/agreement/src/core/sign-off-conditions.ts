import type { Missing } from '@concordat/journal/core';
import type { AcceptingParty, ConditionAsked, SignOffAsked } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { partyOf } from './acceptance.js';
import type { Agreement } from './agreement.js';
import { ownWork, whyNotRead } from './separation.js';
import { isStale, openConditions, type SignOff, type SignOffCondition, standing } from './sign-off.js';
import { tally } from './sign-off-panel.js';
import { ofOneHead } from './signature.js';
import type { Conditions } from './topic.js';

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

/** Why this sign-off does not stand yet; undefined where it does. The last word of the discipline counts. */
function whatIsMissing(agreement: Agreement, asked: SignOffAsked, today: CivilDate): Missing | undefined {
  const { kind, discipline, people = 1 } = asked;
  const all = agreement.signOffs.filter((signOff) => signOff.kind === kind && signOff.discipline === discipline && signOff.of === partyOf(asked));
  // Whoever takes back what was granted has spoken last, too: what was granted before it stands no more.
  const last = all.findLast(({ answer, panel, voices }) => answer.is === 'granted' || answer.is === 'refused' || (answer.is === 'withdrawn' && tally(panel, voices) === 'granted'));
  const grant = `${kind} of ${discipline}`;
  const stands = last === undefined ? 'awaited' : standing(agreement, last, today);
  const again = (why: string) => commissioner(`${grant}: ${why}`, 'request-sign-off');

  if (last !== undefined && (stands === 'granted' || stands === 'granted-with-conditions')) {
    const grants = last.voices.filter(({ is }) => is === 'granted');
    const heads = grants.filter((voice, at) => !grants.slice(0, at).some((before) => ofOneHead(before, voice))).length;
    // Someone may have become its lead, or declared an interest, after they granted it.
    const work = { subject: discipline, requestedBy: last.requestedBy };
    const reasons = kind === 'approval' ? [...new Set(grants.flatMap(({ everyId }) => ownWork(agreement, everyId, work)))] : [];
    const readers = [...new Set(grants.flatMap((voice) => whyNotRead(agreement, voice, work)))];
    const overdue = openConditions(last).filter(({ dueOn }) => dueOn < today);
    if (reasons.length > 0) return again(`granted by the one who ${reasons.join(' and ')}`);
    if (readers.length > 0) return again(`read by the one who ${readers.join(' and ')}`);
    if (heads < people) return again(`granted by ${heads} of the ${people} people it takes`);
    if (overdue.length > 0) return { what: `${grant}: “${overdue[0]?.what}” was due on ${overdue[0]?.dueOn}`, suppliedBy: whoAnswers(asked, partyOf(asked)), by: 'meet-sign-off-condition' };
    return undefined;
  }
  if (all.some(({ answer }) => answer.is === 'awaited')) return { what: `${grant}: awaited`, suppliedBy: whoAnswers(asked, partyOf(asked)), by: 'sign-off' };
  if (last === undefined) return again('not asked for');
  switch (stands) {
    case 'stale':
      return again('stale, because what it rests on changed');
    case 'lapsed':
      return { what: `${grant}: lapsed`, suppliedBy: whoAnswers(asked, partyOf(asked)), by: 'renew-sign-off' };
    case 'awaited':
      return { what: `${grant}: waits for a second person, because it was granted by the one who ${last.voices.flatMap(({ overlaps }) => overlaps).join(' and ')}`, suppliedBy: 'someone else', by: 'second-sign-off' };
    case 'withdrawn':
      return again('taken back by whoever granted it');
    default:
      return again('refused');
  }
}

const whoAnswers = ({ kind, discipline }: Pick<SignOff, 'kind' | 'discipline'>, party: AcceptingParty | null) => (kind === 'approval' ? `approver:${discipline}` : String(party));

const ofQuality: SignOffAsked = { kind: 'approval', discipline: 'clinical-quality' };

/** The sign-offs that a condition asks of this agreement by name. */
export function signOffsAsked({ facts }: Agreement, asked: ConditionAsked): readonly SignOffAsked[] {
  if (asked.code === 'quality.where-health') return facts['health-service']?.value === 'yes' ? [ofQuality] : [];
  return asked.code === 'sign-offs.granted' ? asked.parameters.signOffs : [];
}

const toMeet = (signOff: SignOff, { what, dueOn }: SignOffCondition): Missing => ({ what: `${signOff.kind} of ${signOff.discipline}: “${what}”, due on ${dueOn}`, suppliedBy: whoAnswers(signOff, signOff.of), by: 'meet-sign-off-condition' });

/** What sign-offs that stand were granted on condition of and was due before this day, but for those that a gate asks for by name. Of what was granted again since, the last word counts. */
export function overdueConditions(agreement: Agreement, byName: readonly SignOffAsked[], today: CivilDate): readonly Missing[] {
  const isLast = ({ kind, discipline, of }: SignOff, at: number) => !agreement.signOffs.slice(at + 1).some((later) => later.kind === kind && later.discipline === discipline && later.of === of && later.answer.is === 'granted');
  const isAsked = ({ kind, discipline, of }: SignOff) => byName.some((asked) => asked.kind === kind && asked.discipline === discipline && partyOf(asked) === of);
  return agreement.signOffs.flatMap((signOff, at) => {
    const overdue = openConditions(signOff).filter(({ dueOn }) => dueOn < today);
    return overdue.length > 0 && isLast(signOff, at) && !isAsked(signOff) && standing(agreement, signOff, today) === 'granted-with-conditions' ? overdue.map((condition) => toMeet(signOff, condition)) : [];
  });
}

export const conditions = {
  'sign-offs.granted': (agreement, { signOffs }, { today }) => signOffs.flatMap((asked) => whatIsMissing(agreement, asked, today) ?? []),

  'quality.where-health': (agreement, _, { today }) => {
    const { 'health-service': isHealth, qia } = agreement.facts;
    if (isHealth === undefined) return [commissioner('health-service', 'amend-facts')];
    if (isHealth.value === 'no') return [];
    return [qia === undefined ? commissioner('qia', 'amend-facts') : undefined, whatIsMissing(agreement, ofQuality, today)].filter((one) => one !== undefined);
  },

  'sign-offs.conditions-met': (agreement, { discipline }, { today }) =>
    agreement.signOffs
      .filter((signOff) => (discipline ?? signOff.discipline) === signOff.discipline && standing(agreement, signOff, today) === 'granted-with-conditions')
      .flatMap((signOff) => openConditions(signOff).map((condition) => toMeet(signOff, condition))),

  'sign-offs.renewed': (agreement, asked, { today }) =>
    agreement.signOffs.flatMap((signOff, at, all): readonly Missing[] => {
      const { kind, discipline, of, panel, answer } = signOff;
      const lapsed = (asked.discipline ?? discipline) === discipline && answer.is === 'granted' && answer.expiresOn !== null && answer.expiresOn < today;
      if (!lapsed || all.slice(at + 1).some((later) => later.kind === kind && later.discipline === discipline && later.of === of && later.answer.is === 'granted')) return [];
      const what = `${kind} of ${discipline}: lapsed after ${answer.expiresOn}`;
      // What several people granted, or what changed since, is asked anew.
      const anew = panel !== null || isStale(agreement, signOff);
      return [anew ? commissioner(what, 'request-sign-off') : { what, suppliedBy: whoAnswers(signOff, of), by: 'renew-sign-off' }];
    }),
} satisfies Partial<Conditions>;
