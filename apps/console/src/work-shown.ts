import { awardNotice, type CommandName } from '@concordat/agreement/core';
import { londonDay } from '@concordat/platform';
import { type WorkLine, type WorkRow, workSays } from '@concordat/register';
import type { WorkKind } from '@concordat/register/core';
import { goesTo } from './command.page.js';
import { grouped } from './grouped.js';
import { type Named, stageTitleOf } from './names.js';
import { ageOf, counted, dayOf, upper } from './words/say.js';

type Target = Readonly<Record<'one' | 'all', string>>;

/** Where a row leads, within its agreement: for whoever is to do it, and for whoever waits for others; to the one thing it is about, or where it is about several to all of them. */
type Place = Readonly<Record<WorkLine['waitsFor'], Target>>;

const page = (one: string, all = one): Place => ({ you: { one, all }, others: { one, all } });
const formAt = (command: CommandName, one = '', others = goesTo(command)): Place => ({ you: { one: `/do/${command}${one}`, all: `/do/${command}` }, others: page(others).others });
const form = (command: CommandName, { subject }: WorkRow, others?: string): Place => formAt(command, `?about=${subject}`, others);
const signOff = ({ subject }: WorkRow): Place => page(`/sign-offs/${subject}`, '/sign-offs');

/** What a row says and where it leads: `of` names what it is about, which may be a variation. Where nothing is named, the files say the same. */
const shownAs: { readonly [K in WorkKind]: (row: WorkRow, of: () => string, isVariation: boolean) => readonly [what: string, place: Place] } = {
  'sign-off': (row, of) => [`Sign-off: ${of()}`, signOff(row)],
  second: (row, of) => [`A second person is asked to read: ${of()}`, signOff(row)],
  condition: (row, of) => [`${counted(row.count, 'thing is', 'things are')} still to be done for: ${of()}`, signOff(row)],
  'stale-sign-off': (row, of) => [`Ask again, because what it rests on changed or its time is over: ${of()}`, signOff(row)],
  statement: (row, of) => [`A view is asked: ${of()}`, page(`/statements/${row.subject}`, '/risk')],
  objection: (row, of) => [`An objection waits for a reply: ${of()}`, form('reply-to-objection', row)],
  'second-decision': (row) => [workSays['second-decision'], form('second-decision', row)],
  'call-in': (row, _, isVariation) => [workSays['call-in'], form('conclude-call-in', row, isVariation ? '/delivery' : undefined)],
  'second-variation': (row, of) => [`A second person is asked to read the decision on: ${of()}`, form('second-variation', row)],
  interest: (row, of) => [`You are asked whether an interest is over: ${of()}`, form('lift-conflict', row)],
  // Its gate leads to both forms: that an interest lies somewhere, and that none does.
  declaration: () => [workSays.declaration, page('')],
  uninviting: (row, of) => [`A second person is asked whether this provider is invited no more: ${of()}`, form('uninvite-provider', row)],
  reply: (row, of) => [`You are the second person for the reply to an objection: ${of()}`, form('second-reply', row)],
  theme: (row, of) => [`A theme waits for an answer: ${of()} (${counted(row.count, 'contribution')})`, form('answer-theme', row)],
  unplaced: ({ count }) => [`${counted(count, 'contribution stands', 'contributions stand')} in no theme`, page('/involvement#said')],
  unread: ({ count }, of) => [`Read today what came in, for a concern may be among it: ${of()} (${counted(count, 'contribution')})`, page('/involvement#said')],
  'own-answer': (row, of) => [`An answer of their own is asked for: ${of()}`, form('answer-contribution', row)],
  // An allegation about staff is read by one person first, and passed on by another: there each finds what is theirs.
  concern: () => ['A concern is to be passed on today', page('/involvement#concerns')],
  reversal: (row, of) => [`People are to be told that it was undone: ${of()}`, form('tell-of-reversal', row)],
  'control-ages': (row, of) => [`Proof gets too old within two weeks: ${of()}`, form('record-control-proof', row)],
  'control-aged': (row, of) => [`Proof is too old: ${of()}`, form('record-control-proof', row)],
  'control-fails': (_, of) => [`A control was found not to work: ${of()}`, page('/risk')],
  'review-due': (row, of) => [`A risk is to be looked at again: ${of()}`, form('review-risk', row)],
  'incident-unscored': (_, of) => [`A new score is asked for after ${of()}`, page('/risk')],
  unseen: (row, of) => [`A risk above the appetite waits to be seen: ${of()}`, form('acknowledge-risk', row)],
  'provider-concern': (row) => [workSays['provider-concern'], form('answer-provider-concern', row)],
  difference: (row, of) => [`To be discussed, because people say otherwise: ${of()}`, form('discuss-difference', row)],
  'hours-rose': (row, of) => [`${workSays['hours-rose']}: ${of()}`, form('record-hours-wanted', row)],
  variation: (row, of) => [`${workSays.variation}: ${of()}`, form('decide-variation', row)],
  'variation-agreed': (row, of) => [`Agreed, and to be carried out: ${of()}`, form('carry-out-variation', row)],
  advice: (row) => [workSays.advice, form('answer-panel-advice', row)],
  notice: (row, of) => [`To be published: ${of()}`, form('record-published-notice', row)],
  obligation: (row, of) => [`An obligation is due: ${of()}`, form('meet-obligation', row)],
  'own-obligation': (row, of) => [`Your organisation owes: ${of()}`, form('meet-obligation', row)],
  'own-improvement': (row, of) => [`Asked of your organisation by a quality visit: ${of()}`, form('show-improvement', row)],
  improvement: (row, of) => [`Asked for by a quality visit: ${of()}`, form('show-improvement', row)],
  'quality-visit': (_, of) => [`The next quality visit is due, after ${of()}`, formAt('record-quality-visit')],
  cycle: (row, of) => [`The cycle of delivery ends: ${of()}`, form('end-cycle', row)],
  'gate-condition': (_, of) => [`A gate opened on this: ${of()}`, page('')],
  action: (row, of) => [`Agreed in a review meeting: ${of()}`, form('complete-action', row)],
  'staff-information': () => [workSays['staff-information'], formAt('record-staff-information')],
  'own-staff-information': () => [workSays['own-staff-information'], formAt('record-staff-information')],
  commitment: (row, of) => [`Promised to people: ${of()}`, form('keep-commitment', row)],
  lapse: (row, of) => [`${workSays.lapse}: ${of()}`, form('renew-sign-off', row)],
  effect: (row, of) => [`${workSays.effect}: ${of()}`, form('record-measurement', row)],
  consultation: (row, of) => [`What people said is to be considered: ${of()}`, form('consider-consultation', row)],
  publication: (row, of) => [`To be published: ${of()}`, form('publish', row)],
  'publication-held': (row, of) => [`Held back before an election, unless a law asks for it now: ${of()}`, form('publish', row)],
  'publication-notice': (row, of) => [`Its data waits until this notice is on record with its number: ${of()}`, row.subject === awardNotice ? formAt('publish-award-notice') : form('record-published-notice', row)],
  held: () => [workSays.held, formAt('resume')],
  expiry: (row) => [workSays.expiry, form('record-expiry', row)],
  'condition-proposed': (row, of) => [`${workSays['condition-proposed']}: ${of()}`, form('agree-condition', row)],
  'condition-of-discipline': (row, of) => [`${workSays['condition-of-discipline']}: ${of()}`, form('agree-condition-for-discipline', row)],
  challenge: (row) => [workSays.challenge, form('conclude-challenge', row)],
  waiver: (row) => [workSays.waiver, form('waive-condition', row)],
  'waiver-view': (row) => [workSays['waiver-view'], form('give-view-on-waiver', row)],
  'waiver-expires': () => [workSays['waiver-expires'], page('')],
  'waiver-review': (row) => ['The third waiver of one condition and team within twelve months waits for your review; it blocks nothing', form('review-waiver', row)],
  decision: () => [workSays.decision, formAt('record-decision')],
  acceptance: () => [workSays.acceptance, formAt('accept-award')],
  'variation-acceptance': () => [workSays['variation-acceptance'], formAt('accept-variation')],
  gate: () => ['The gate can open: everything it asks is there', formAt('request-gate')],
};

const mostNamed = 3;

/** Rows as a page lists them: what is of one kind in one agreement stands in one, in the place of what waited longest. */
export function workShown(rows: readonly WorkLine[], waitsFor: WorkLine['waitsFor'], named: ReadonlyMap<string, Named>, now: Date) {
  return [...grouped(rows, ({ agreement, kind, inPlaceOf }) => `${agreement}/${kind}/${inPlaceOf ?? ''}`).values()].map((several) => rowShown(several, waitsFor, named, now));
}

function rowShown(rows: readonly WorkLine[], waitsFor: WorkLine['waitsFor'], named: ReadonlyMap<string, Named>, now: Date) {
  const [first] = rows as readonly [WorkLine];
  const several = rows.length > 1;
  const of = () => together(rows.map(({ subject }) => named.get(first.agreement)?.of(subject) ?? ''));
  const [what, place] = shownAs[first.kind]({ ...first, count: rows.reduce((sum, { count }) => sum + count, 0) }, of, named.get(first.agreement)?.isVariation(first.subject) === true);
  const at = `/agreements/${first.agreement}`;
  const late = firstDue(rows.filter((row) => isOverdue(row, now)));
  const due = late ?? firstDue(rows);
  const age = due === undefined ? ageOf(first.since, now) : `${late === undefined ? 'by' : 'overdue since'} ${dayOf(due)}`;
  return {
    what: upper(what),
    place: first.inPlaceOf === null ? undefined : `In the place of ${named.get(first.agreement)?.of(first.inPlaceOf) ?? 'a colleague'}`,
    many: several ? `${rows.length} of these` : undefined,
    href: `${at}${place[waitsFor][several ? 'all' : 'one']}`,
    agreement: { title: first.title, href: at },
    stage: stageTitleOf(first.pathway, first.stage),
    age: several ? `the ${due === undefined ? 'oldest' : 'first'} ${age}` : age,
    late: late !== undefined,
  };
}

function together(names: readonly string[]): string {
  const different = [...new Set(names)];
  const more = different.length - mostNamed;
  return more > 0 ? `${different.slice(0, mostNamed).join('; ')}; and ${more} more` : different.join('; ');
}

/** A last day besides the one on which it began to wait. */
const lastDayOf = ({ since, dueOn }: WorkRow): string | undefined => (dueOn !== null && dueOn > since.slice(0, 10) ? dueOn : undefined);
const isOverdue = (row: WorkRow, now: Date): boolean => (lastDayOf(row) ?? '9999') < londonDay(now);
const firstDue = (rows: readonly WorkRow[]): string | undefined => rows.flatMap((row) => lastDayOf(row) ?? []).sort()[0];

/** How many things wait, and of those that wait longest what their rows say. */
export function workHeadline(rows: readonly WorkRow[], now: Date): string {
  const [oldest] = rows;
  if (oldest === undefined) return 'Nothing waits for you.';
  const waits = `${counted(rows.length, 'thing waits', 'things wait')} for you`;
  const overdue = rows.filter((row) => isOverdue(row, now));
  const since = firstDue(overdue);
  if (since !== undefined) return `${waits}; ${overdue.length === 1 ? `1 is overdue since ${dayOf(since)}` : `${overdue.length} are overdue, the first since ${dayOf(since)}`}.`;
  const age = ageOf(oldest.since, now);
  return `${waits}; the oldest ${age === 'today' ? 'since today' : `for ${age}`}.`;
}
