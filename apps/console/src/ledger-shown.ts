import {
  adopts, type Agreement, type Answering, answerStands, asksForAnswer, causes, type Cause, type Change, changedSince, commitmentStands, type Contribution, type Due, duesOf, type EffortWithoutResult, effortWithoutResult, everythingSaid, isAnswered, isDeferred, isOwedWord, isVoice,
  mayBeReadBy, ratingsOf, type SeenBy, type Theme, toldOfNoReversal, waits, whoSees,
} from '@concordat/agreement/core';
import type { AnswerAlone } from '@concordat/agreement';
import type { HolidayCalendar } from '@concordat/pathway/core';
import type { Named } from './names.js';
import type { Form, Offers } from './sight.js';
import { answerStandings, causeWords, commitmentStandings, dueWords } from './words/ledger.js';
import { codeOf, counted, dayOf, upper } from './words/say.js';

/** What someone said, with its words where the reader may see them; `undefined` where nobody may, or the author was erased. */
export type Heard = ReadonlyMap<string, string | undefined>;

/** What a page of the ledger needs to know besides the agreement. */
export interface LedgerReader {
  readonly named: Named;
  readonly today: string;
  readonly holidays: HolidayCalendar;
  /** What was answered to one person alone, by what they had said; read by whoever reads that. */
  readonly alone: ReadonlyMap<string, AnswerAlone>;
  /** Every word of what was said; a reader sees of it what its authors let their circle see. */
  readonly heard: Heard | undefined;
  readonly circle: SeenBy;
  /** Those that carry on what was promised in it. */
  readonly carryingOn: Readonly<Record<string, Agreement>>;
  /** Who of its authors was erased. */
  readonly erased: ReadonlySet<string>;
  readonly offers: Offers;
  readonly form: Form;
}

/** What people gave and what became of it: answers, promises, what was undone, what is due, and what led nowhere. */
export function ledgerShown(agreement: Agreement, reader: LedgerReader) {
  const { contributions: { themes, concerns }, commitments } = agreement;
  const { named, today, holidays, form } = reader;
  const said = everythingSaid(agreement);
  const dues = duesOf(agreement, { today, holidays });
  return {
    themes: themes.map((theme) => themeShown(agreement, theme, reader)),
    carried: agreement.carried.map(({ id: theme, title, changed, authors, reversed }) => ({
      title, changed, voices: counted(authors.length, 'person', 'people'), undone: reversed && undoneShown(agreement, theme, reversed, reader), reverse: form('reverse-answer', theme),
    })),
    said: said.map((contribution) => saidShown(agreement, contribution, reader)),
    open: themes.filter(waits).length,
    unplaced: said.filter((one) => asksForAnswer(one) && one.themes.length === 0 && one.own === null).length,
    late: said.filter(({ late, noted }) => late && !noted).length,
    drawn: said.filter(({ checked }) => checked === 'due').length,
    mayHear: reader.circle === 'those-who-answer',
    effort: effortShown(effortWithoutResult(agreement, { today, holidays }, reader.carryingOn)),
    due: {
      headline: dueHeadline(dues),
      rows: dues.map(({ kind, about, dueOn, overdue }) => ({ what: `${dueWords[kind].says}: ${upper(named.of(about))}`, by: dayOf(dueOn), overdue, href: form(dueWords[kind].command, about) })),
    },
    commitments: commitments.map((made) => {
      const stands = commitmentStands(made, today);
      const { became } = made;
      return {
        what: made.what,
        by: dayOf(made.by),
        stands: commitmentStandings[stands],
        open: became.is === 'open',
        from: made.from === null ? undefined : `/agreements/${made.from}`,
        says: became.is === 'kept' ? `${became.how} (${dayOf(became.on)})` : became.is === 'broken' ? `${became.reasons} (${dayOf(became.on)})` : undefined,
        broken: became.is === 'broken' && made.theme !== null ? undoneShown(agreement, made.theme, became, reader) : undefined,
        keep: form('keep-commitment', made.id),
        break: form('break-commitment', made.id),
      };
    }),
    concerns: concerns.map(({ id: concern, kind, raisedOn, passedOn }) => ({
      kind: codeOf(kind), raised: dayOf(raisedOn), passed: passedOn === null ? undefined : dayOf(passedOn), href: form('pass-on-concern', concern), triage: form('triage-contribution', concern),
    })),
  };
}

function themeShown(agreement: Agreement, theme: Theme, reader: LedgerReader) {
  const { id, title, contributions, response, reversed } = theme;
  const { named, form } = reader;
  const adopted = response !== null && 'changed' in response;
  return {
    title,
    voices: counted(contributions.length, 'contribution'),
    stands: answerStandings[answerStands(theme)],
    answer: response === null ? undefined : {
      outcome: `${codeOf(response.outcome)}${untilSaid(response)}`,
      reasons: response.reasons,
      changed: adopted ? response.changed : undefined,
      links: (adopted ? (response.links ?? []) : []).map((link) => ({ ...changeShown(agreement, link, named), since: isOther(changedSince(agreement, theme), link) })),
    },
    rated: ratedShown(ratingsOf(agreement, theme)),
    undone: reversed && undoneShown(agreement, id, reversed, reader),
    href: waits(theme) || isDeferred(theme) ? form('answer-theme', id) : undefined,
    rate: response === null ? undefined : form('rate-answer', id),
    reverse: adopted && reversed === null ? form('reverse-answer', id) : undefined,
  };
}

/** Until when it was deferred. */
const untilSaid = ({ until }: NonNullable<Answering['response']>): string => (until === undefined ? '' : ` until ${dayOf(until)}`);

function ratedShown({ theirs, unconfirmed }: ReturnType<typeof ratingsOf>): string {
  const mean = theirs.reduce((all, rating) => all + rating, 0) / theirs.length;
  return [
    ...(theirs.length === 0 ? [] : [`Rated ${mean.toFixed(1)} of 5 by ${counted(theirs.length, 'person', 'people')}.`]),
    ...(unconfirmed === 0 ? [] : [`${counted(unconfirmed, 'rating')} entered by staff, not confirmed yet by whoever rated.`]),
  ].join(' ');
}

function changeShown({ id }: Agreement, { to, which }: { readonly to: string; readonly which: string }, named: Named) {
  if (to === 'fact') return { text: `${upper(named.said(which.replaceAll('-', ' ')))} on record`, href: `/agreements/${id}` };
  return to === 'risk' ? { text: `The risk ${named.of(which)}`, href: `/agreements/${id}/risk` } : { text: which };
}

const isOther = (since: readonly Change[], { to, which }: Change): boolean => since.some((one) => one.to === to && one.which === which);

function undoneShown(agreement: Agreement, theme: string, { on, reasons }: { readonly on: string; readonly reasons: string }, { named, form, erased }: LedgerReader) {
  const untold = toldOfNoReversal(agreement).filter((one) => one.theme === theme);
  return { on: dayOf(on), reasons, untold: untold.map(({ author }) => `${named.of(author)}${erased.has(author) ? ' (can no longer be told: erased at their wish)' : ''}`).join(', '), href: form('tell-of-reversal', theme) };
}

const notYet = { declined: 'it was entered that they wish to hear nothing, and they have not confirmed it', undeliverable: 'one person says that there was no way to reach them, and a second one has not said so' };

function toldSaid(agreement: Agreement, contribution: Contribution, { erased }: LedgerReader): string {
  const { author, feedback } = contribution;
  if (feedback !== null && !isOwedWord(agreement, contribution)) return `Told: ${codeOf(feedback).toLowerCase()}.`;
  if (erased.has(author)) return 'They can no longer be told: erased at their wish.';
  return feedback === null ? 'Not told yet.' : `Not told yet: ${notYet[feedback === 'declined' ? 'declined' : 'undeliverable']}.`;
}

function saidShown(agreement: Agreement, contribution: Contribution, reader: LedgerReader) {
  const { named, heard, alone, circle, form } = reader;
  const { id, author, activity, givenOn, late, kind, seenBy, own, themes } = contribution;
  const circleNow = whoSees(agreement, contribution);
  const readable = heard !== undefined && mayBeReadBy(agreement, contribution, circle);
  const titles = agreement.contributions.themes.filter((theme) => themes.includes(theme.id)).map(({ title }) => title);
  return {
    who: upper(named.of(author)),
    where: named.of(activity),
    on: dayOf(givenOn),
    late,
    before: !late && !isVoice(agreement, contribution),
    kind: kind === 'view' ? undefined : codeOf(kind),
    seenBy: codeOf(circleNow).toLowerCase(),
    unconfirmed: circleNow === seenBy ? undefined : { seenBy: codeOf(seenBy).toLowerCase(), href: form('record-proxy-entry', id) },
    words: readable ? (heard.get(id) ?? 'The words were erased.') : undefined,
    themes: titles.join(', '),
    answered: isAnswered(agreement, contribution),
    asks: asksForAnswer(contribution),
    praise: kind === 'compliment' && asksForAnswer(contribution) ? { second: form('triage-contribution', id) } : undefined,
    own: own === null ? undefined : own.response === null ? 'An answer of their own is asked for.' : [`Answered themselves: ${codeOf(own.response.outcome).toLowerCase()}${untilSaid(own.response)}.`, ...(readable ? aloneSaid(alone.get(id)) : []), ...(changedSince(agreement, own).length > 0 ? ['What it points to changed since: if it holds no more, undo the answer.'] : [])].join(' '),
    title: named.of(id),
    undone: own === null || own.reversed === null ? undefined : undoneShown(agreement, id, own.reversed, reader),
    reverse: own !== null && own.response !== null && adopts(own.response) && own.reversed === null ? form('reverse-answer', id) : undefined,
    told: toldSaid(agreement, contribution, reader),
    put: titles.length === 0 && own === null ? form('put-in-theme', id) : undefined,
  };
}

function aloneSaid(answer: AnswerAlone | undefined): readonly string[] {
  if (answer === undefined || answer.reasons === null) return ['What they were told was erased.'];
  return [answer.reasons, ...(answer.changed === null ? [] : [`Changed: ${answer.changed}`])];
}

/** What people's effort led to, in words. */
export function effortShown({ inTheirView, given, without, byCause }: EffortWithoutResult) {
  const { asked, heard, partly, notHeard, askedBefore, unconfirmed } = inTheirView;
  const people = (count: number) => counted(count, 'person', 'people');
  const entered = unconfirmed.heard + unconfirmed.partly + unconfirmed.notHeard;
  return {
    unconfirmed: entered === 0 ? undefined : `Entered by staff for ${people(entered)}, who did not confirm it yet: ${unconfirmed.heard} heard, ${unconfirmed.partly} partly, ${unconfirmed.notHeard} not.`,
    headline:
      asked === 0
        ? `Nobody who took part ${entered === 0 ? 'was asked yet' : 'said themselves yet'} whether they were heard.`
        : `In their own view: ${heard} of ${people(asked)} who said so ${heard === 1 ? 'was' : 'were'} heard, ${partly} partly, ${notHeard} not${askedBefore === 0 ? '' : `; ${askedBefore} had been asked the same before`}.`,
    says:
      given.people === 0
        ? undefined
        : `${counted(given.people, 'share', 'shares')} of effort (one person at one activity), ${counted(given.hours, 'hour')} in all. Led nowhere: ${without.people}, ${counted(without.hours, 'hour')}.`,
    rows: causes.filter((cause: Cause) => byCause[cause].people > 0).map((cause) => ({ cause: causeWords[cause], people: byCause[cause].people, hours: byCause[cause].hours })),
  };
}

function dueHeadline(dues: readonly Due[]): string {
  const [first] = dues;
  if (first === undefined) return 'Nothing is owed to people.';
  const overdue = dues.filter((due) => due.overdue).length;
  const owed = `${counted(dues.length, 'thing is', 'things are')} owed to people`;
  return overdue === 0 ? `${owed}; the next by ${dayOf(first.dueOn)}.` : `${owed}; ${overdue} overdue, since ${dayOf(first.dueOn)} the longest.`;
}
