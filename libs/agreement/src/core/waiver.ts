import { actorName, holdsRole, type Person, type Role } from '@concordat/access/core';
import { type Missing, refuse, type Refusal } from '@concordat/journal/core';
import { type ConditionCode, conditionVocabulary } from '@concordat/pathway/core';
import type { CivilDate, Sealed } from '@concordat/platform/core';
import { plainWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { askedHere } from './asked-here.js';
import { commitmentOf } from './commitment.js';
import { withoutProxy } from './confirmed.js';
import { hasInterest } from './conflict.js';
import { happened } from './event.js';
import { isOfStaff, refuseInTheirPlace, refuseUnconfirmed } from './own-word.js';
import { scopeOn } from './partner.js';
import { lastDayToDo, refuseTooFar, yearAhead } from './put-off.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { refuseInstead, refusersSince } from './refused-before.js';
import { everyIdOf, everyIdToday, worksForAProvider } from './separation.js';
import { mayAnswerUntil, type View, views } from './statement.js';
import type { Decide, Evolve, States } from './topic.js';

/** What representatives may say of a waiver; that nobody answered is written down once they were asked twice and had their time. */
export const viewsOnWaiver = [...views, 'asked-no-answer'] as const;
export type ViewOnWaiver = View | 'asked-no-answer';

/** Comply or explain: what was planned, what people were offered, why it did not come to be, and what comes instead, by when. */
type Explained = {
  readonly waiver: string;
  /** The one condition it is about, at the gate of the stage the agreement stands in. */
  readonly condition: ConditionCode;
  readonly planned: string;
  readonly offered: string;
  readonly whyNot: string;
  readonly instead: string;
  readonly insteadBy: CivilDate;
  /** The id of the promise that what comes instead is once the waiver is given: kept, broken or overdue like every other. */
  readonly commitment: string;
  /** The last day the gate may be passed on it. */
  readonly expiresOn: CivilDate;
};

export interface WaiverCommands {
  'ask-waiver': Explained;
  /** Representatives are asked for their view, as often as it takes. `how`: by letter, at a meeting. */
  'seek-view-on-waiver': { readonly waiver: string; readonly how: string };
  /** `spokenBy`: a participant's pseudonym or a person id, then their own word alone. Their key seals the words. */
  'give-view-on-waiver': { readonly waiver: string; readonly view: ViewOnWaiver; readonly spokenBy: string; readonly words: Sealed };
  /** By somebody outside the team. */
  'waive-condition': { readonly waiver: string };
  'refuse-waiver': { readonly waiver: string; readonly reason: string };
  /** By the senior responsible owner, who looks at every third of one condition and team within twelve months. */
  'review-waiver': { readonly waiver: string; readonly says: string };
}

export interface WaiverEvents {
  /** `team`: whose waivers are counted together; the team on record, else the lead, else whoever opened the agreement. */
  'concordat.agreement.waiver-asked.v1': Explained & { readonly stage: string; readonly team: string };
  'concordat.agreement.waiver-view-sought.v1': { readonly waiver: string; readonly how: string; readonly askedOn: CivilDate };
  'concordat.agreement.waiver-view-given.v1': { readonly waiver: string; readonly view: ViewOnWaiver; readonly spokenBy: string; readonly words: Sealed };
  /** `countsWith`: two waivers of one condition that share any of these are of one team, whatever it is called. */
  'concordat.agreement.condition-waived.v1': { readonly waiver: string; readonly condition: ConditionCode; readonly stage: string; readonly team: string; readonly countsWith: readonly string[] };
  'concordat.agreement.waiver-refused.v1': { readonly waiver: string; readonly reason: string };
  'concordat.agreement.waiver-reviewed.v1': { readonly waiver: string; readonly says: string };
}

/** A person id and an ISO 8601 time. */
type Giving = { readonly by: string; readonly at: string };

/** One waiver, kept for ever. Times are ISO 8601 in UTC, people are ids. */
export interface Waiver extends Omit<Explained, 'waiver'> {
  readonly id: string;
  readonly stage: string;
  readonly team: string;
  readonly askedBy: string;
  readonly askedAt: string;
  /** The days on which representatives were asked for their view. */
  readonly viewSoughtOn: readonly CivilDate[];
  /** The representatives' view, beside it. The words stay in the event. */
  readonly view: ViewOnWaiver | null;
  /** Who put it into words, a pseudonym or a person id; null while nobody did. */
  readonly viewOf: string | null;
  /** When it was written down last; null while nothing was. */
  readonly viewAt: string | null;
  /** Everybody who wrote it down, whatever it was before. */
  readonly viewBy: readonly string[];
  readonly answer:
    | { readonly is: 'awaited' }
    | ({ readonly is: 'waived' | 'refused' } & Giving)
    /** The agreement went back behind its gate, or up a tier before it: whoever passes it asks again. `given`: who had given it, where somebody had. */
    | { readonly is: 'undone'; readonly given: Giving | null };
  readonly review: { readonly by: string; readonly at: string; readonly says: string } | null;
}

/** In the order they were asked for. */
export type WaiverState = readonly Waiver[];
export const initialWaivers: WaiverState = [];

/** Whose waivers count together. */
export function teamOf({ facts, openedBy }: Agreement): string {
  return facts.team?.value ?? facts.lead?.value ?? openedBy;
}

/**
 * By what waivers are told to be of one team: each name that it has had on this record, whoever leads it, else whoever opened it, whoever
 * asked, and the agreement itself. A name alone is changed in a moment; who works together is not.
 */
function countedWith({ id, facts, formerTeams, openedBy }: Agreement, { askedBy }: Waiver): readonly string[] {
  // A capital or a blank makes no other team.
  const names = [...formerTeams, ...(facts.team === undefined ? [] : [facts.team.value])].map(plainWords);
  const lead = facts.lead?.value ?? (facts.team === undefined ? [openedBy] : []);
  return [...new Set([...names.map((name) => `team ${name}`), ...[lead, askedBy].flat().map((person) => `person ${person}`), `agreement ${id}`])];
}

/** The waiver on which this condition counts as met at this gate today. */
export function waiverInForce(agreement: Agreement, condition: ConditionCode, stage: string, today: CivilDate): Waiver | undefined {
  return agreement.waivers.find((waiver) => waiver.condition === condition && waiver.stage === stage && today <= waiver.expiresOn && waiver.view !== null && isGivenFromOutside(agreement, waiver));
}

/** Who gave it, while it holds. */
export const giverOf = ({ answer }: Waiver): string | undefined => (answer.is === 'waived' ? answer.by : undefined);

const isGivenFromOutside = (agreement: Agreement, waiver: Waiver): boolean => giverOf(waiver) !== undefined && whyNotFromOutside(agreement, waiver).length === 0;

/** What showed since of whoever gave it, so that it counts no more, as phrases that finish "whoever gave it …": an interest, or that they are one of the team, or of a provider, under another id. */
export function whyNotFromOutside(agreement: Agreement, waiver: Waiver): readonly string[] {
  const giver = giverOf(waiver);
  if (giver === undefined) return [];
  const everyId = everyIdToday(agreement, giver);
  return [
    ...new Set([
      ...(everyId.some((id) => hasInterest(agreement, id)) ? ['declared an interest'] : []),
      ...bondsOf(agreement, everyId.filter((id) => id !== giver), waiver),
      ...(agreement.knownAs[giver]?.ofProvider === true ? ['works for a provider'] : []),
    ]),
  ];
}

/** Everybody by whose word the view beside it stands: who spoke last, and who wrote it down. */
export const viewersOf = ({ viewOf, viewBy }: Waiver): readonly string[] => [viewOf, viewBy.at(-1) ?? null].filter((person) => person !== null);

/** Who reviewed a waiver. */
export const reviewersOf = ({ waivers }: Pick<Agreement, 'waivers'>): readonly string[] => waivers.flatMap(({ review }) => review?.by ?? []);

/**
 * The waivers as they stand once it is known who is no other: the word of whoever asked, or of a provider, is no view of those it concerns, and
 * that of whoever asked or gave it no review.
 */
export function viewedToday(agreement: Agreement): WaiverState {
  return agreement.waivers.map((waiver) => {
    const isNotTheirs = viewersOf(waiver).some((person) => everyIdToday(agreement, person).includes(waiver.askedBy) || agreement.knownAs[person]?.ofProvider === true);
    const isOwnReview = waiver.review !== null && hasPartInWaiver(waiver, everyIdToday(agreement, waiver.review.by));
    return isNotTheirs || isOwnReview ? { ...waiver, ...(isNotTheirs && { view: null, viewOf: null, viewAt: null }), ...(isOwnReview && { review: null }) } : waiver;
  });
}

/** Who gave it, and when, whether it holds yet or fell when the agreement went back; null where nobody did. */
function givingOf({ answer }: Waiver): Giving | null {
  return answer.is === 'undone' ? answer.given : answer.is === 'waived' ? answer : null;
}

/** Was it given? Then it counts, and what became of it at its gate since makes no difference to that. */
export function wasGiven(waiver: Waiver): boolean {
  return givingOf(waiver) !== null;
}

const refuserOf = ({ answer }: Waiver): string | null => (answer.is === 'refused' ? answer.by : null);

/** Everybody who refused a waiver at the gate the agreement stands before. */
export const refusersOf = ({ waivers, stage }: Agreement): readonly string[] => waivers.flatMap((one) => (one.stage === stage ? refuserOf(one) ?? [] : []));

/** What makes somebody one of the team, or no second pair of eyes, as phrases that finish "someone who …". */
const bonds: Readonly<Record<string, (agreement: Agreement, person: string, waiver: Waiver) => boolean>> = {
  'asked for it': (_, person, { askedBy }) => askedBy === person,
  'opened the agreement': ({ openedBy }, person) => openedBy === person,
  'leads the agreement, or led it': ({ facts, hands }, person) => facts.lead?.value === person || hands.lead.includes(person),
  'gives the money, or gave it': ({ facts, hands }, person) => facts.sponsor?.value === person || hands.sponsor.includes(person),
  'planned the involvement': ({ involvement }, person) => involvement.plannedBy.includes(person),
  'carried out the involvement': ({ involvement }, person) => involvement.carriedOutBy.includes(person),
  'proposed the award': ({ hands }, person) => hands.award.includes(person),
  'wrote down the view beside it': (_, person, { viewBy }) => viewBy.includes(person),
  'spoke for those it concerns': (_, person, { viewOf }) => viewOf === person,
  'wrote what is on record here': ({ facts }, person) => Object.values(facts).some(({ writtenBy }) => writtenBy.includes(person)),
  'declared an interest': (agreement, person) => hasInterest(agreement, person),
};

const bondsOf = (agreement: Agreement, everyId: readonly string[], waiver: Waiver): readonly string[] =>
  Object.entries(bonds).filter(([, holds]) => everyId.some((id) => holds(agreement, id, waiver))).map(([says]) => says);

/** Under whichever id: what binds somebody to the team under one binds them under all. */
function ofTheTeam(agreement: Agreement, waiver: Waiver, person: string, persons: Readonly<Record<string, Person>>): Refusal | false {
  const reasons = [
    ...bondsOf(agreement, everyIdOf(persons, person), waiver),
    ...(worksForAProvider(persons[person]) ? ['works for a provider'] : []),
  ];
  return (
    reasons.length > 0 &&
    refusal(
      'waiver.own-team',
      'A waiver is answered by somebody outside the team.',
      ...reasons.map((reason) => ({ what: `someone other than the one who ${reason}`, suppliedBy: 'senior-responsible-owner', by: 'waive-condition' })),
    )
  );
}

/** Did whoever has these ids ask for the waiver, or give it? Then it is another’s to review. */
export function hasPartInWaiver(waiver: Waiver, everyId: readonly string[]): boolean {
  const giving = givingOf(waiver);
  return everyId.includes(waiver.askedBy) || (giving !== null && everyId.includes(giving.by));
}

/** The roles in which somebody of this organisation speaks for those it concerns. What a pseudonym is, no stream tells. */
const speaking = ['representative', 'participant', 'advocate'] as const satisfies readonly Role[];
/** Does this account speak for those whom a waiver concerns? Staff do not, whichever role they hold besides. */
export const speaksOnWaivers = (here: Pick<States, 'agreement' | 'persons'>, person: string, today: CivilDate): boolean =>
  !isOfStaff(here, person, today) && speaking.some((role) => holdsRole(here.persons[person]?.grants ?? [], role, scopeOn(here.agreement, today), today));

const find = (agreement: Agreement, id: string): Waiver | undefined => agreement.waivers.find((waiver) => waiver.id === id);
const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const unknown = refusal('waiver.unknown', 'The waiver was asked for in this agreement.', commissioner('waiver', 'ask-waiver'));
/** Can it still be given? Once a day of it passed while it was awaited nobody can, and another is asked for. */
export const canStillBeGiven = ({ answer, expiresOn, insteadBy }: Waiver, today: CivilDate): boolean => answer.is === 'awaited' && today <= expiresOn && today <= insteadBy;
const answeredAlready = ({ answer }: Waiver) => answer.is !== 'awaited' && alreadySo(`the waiver is ${answer.is}`);

export const decide = {
  'ask-waiver': ({ agreement }, { name: _, agreement: __, ...explained }, context) => {
    const { today } = context;
    const { waiver: id, condition, insteadBy, expiresOn, commitment } = explained;
    const { stage } = agreement;
    const asked = askedHere(agreement, context).map(({ code }) => code);
    const missing = (what: string) => commissioner(what, 'ask-waiver');
    const open = agreement.waivers.some((other) => other.condition === condition && other.stage === stage && (canStillBeGiven(other, today) || waiverInForce(agreement, condition, stage, today) === other));
    return unless(
      [
        find(agreement, id) !== undefined && alreadySo('this waiver was asked for'),
        find(agreement, id) === undefined && open && alreadySo(`a waiver of ${condition} is asked for, or in force, at this gate`),
        !asked.includes(condition) && refusal('waiver.not-asked', `This gate asks for: ${asked.join(', ')}.`, missing('condition')),
        conditionVocabulary[condition].class !== 'involvement' &&
          refusal('waiver.other-class', 'What the law asks is never waived, and what assures a service may open on a condition: only involvement is comply or explain.', missing('condition')),
        insteadBy <= today && refusal('waiver.instead-past', 'What comes instead comes after today.', missing('insteadBy')),
        expiresOn < today && refusal('waiver.expired', 'A waiver holds today or longer.', missing('expiresOn')),
        refuseTooFar('insteadBy', insteadBy, lastDayToDo(agreement, today), { suppliedBy: 'commissioner', by: 'ask-waiver' }),
        refuseTooFar('expiresOn', expiresOn, yearAhead(today), { suppliedBy: 'commissioner', by: 'ask-waiver' }),
        (commitmentOf(agreement, commitment) !== undefined || agreement.waivers.some((other) => other.id !== id && other.commitment === commitment)) &&
          refusal('waiver.promised-before', 'What comes instead is a promise of its own.', missing('commitment')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.waiver-asked.v1', { ...explained, stage, team: teamOf(agreement) })],
    );
  },

  'seek-view-on-waiver': ({ agreement }, { waiver: id, how }, { today }) => {
    const waiver = find(agreement, id);
    if (waiver === undefined) return refuse(unknown);
    return unless(
      [
        answeredAlready(waiver),
        waiver.view !== null && alreadySo(`their view is: ${waiver.view}`),
        waiver.viewSoughtOn.includes(today) && alreadySo('they were asked today'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.waiver-view-sought.v1', { waiver: id, how, askedOn: today })],
    );
  },

  'give-view-on-waiver': (states, { waiver: id, view, spokenBy, words }, context) => {
    const { agreement, persons } = states;
    const { actor, today, holidays } = context;
    const waiver = find(agreement, id);
    if (waiver === undefined) return refuse(unknown);
    const person = actorName(actor);
    const speaker = persons[spokenBy];
    const given = view !== 'asked-no-answer';
    const isNotTheirVoice = given && speaker?.registered === true && !speaksOnWaivers(states, spokenBy, today);
    const isNotTheirView = [person, ...(given ? [spokenBy] : [])].some((one) => everyIdOf(persons, one).includes(waiver.askedBy) || worksForAProvider(persons[one]));
    const until = mayAnswerUntil(waiver.viewSoughtOn, holidays);
    const theirs: Missing = { what: 'the view of those it concerns', suppliedBy: 'representative', by: 'give-view-on-waiver' };
    return unless(
      [
        answeredAlready(waiver),
        waiver.view !== null && (waiver.view === view || !given) && alreadySo(`their view is: ${waiver.view}`),
        view === 'asked-no-answer' && (until === undefined || today <= until) &&
          refusal(
            'waiver.not-silent',
            'Nobody is silent before they were asked twice and 15 working days have passed since.',
            until === undefined ? commissioner(`the ${waiver.viewSoughtOn.length === 0 ? 'first and the second' : 'second'} ask for their view`, 'seek-view-on-waiver') : { what: `their answer until ${until}`, suppliedBy: 'time' },
          ),
        isNotTheirView &&
          refusal('waiver.not-their-view', 'The view is that of those it concerns, written down by somebody who did not ask for the waiver.', theirs),
        isNotTheirVoice &&
          refusal('waiver.not-their-voice', 'Those it concerns speak for themselves, or through who speaks for them.', { ...theirs, what: 'someone who is representative, participant or advocate' }),
        given && waiver.view === 'object' && view !== 'object' && spokenBy !== waiver.viewOf &&
          refusal('waiver.objection-stands', 'Whoever objects to a waiver alone takes that back: it may be given all the same, with the objection beside it.', { ...theirs, what: 'another word of whoever objects' }),
        given && view !== 'object' && !isNotTheirView && refuseUnconfirmed(states, context, spokenBy, id, 'waiver.not-confirmed', 'give-view-on-waiver'),
        given && !isNotTheirVoice && refuseInTheirPlace(states, context, spokenBy, 'waiver.not-your-own', 'give-view-on-waiver'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.waiver-view-given.v1', { waiver: id, view, spokenBy, words })],
    );
  },

  'waive-condition': ({ agreement, persons }, { waiver: id }, { actor, today }) => {
    const waiver = find(agreement, id);
    if (waiver === undefined) return refuse(unknown);
    const person = actorName(actor);
    const same = agreement.waivers.filter(({ condition, stage }) => condition === waiver.condition && stage === waiver.stage);
    const isBarred = (refuser: string) => ofTheTeam(agreement, waiver, refuser, persons) !== false;
    return unless(
      [
        answeredAlready(waiver),
        waiver.stage !== agreement.stage && refusal('waiver.gate-passed', `A waiver is of the gate the agreement stands before: that of ${agreement.stage}.`, commissioner('a waiver of what this gate asks', 'ask-waiver')),
        today > waiver.expiresOn && refusal('waiver.expired', 'A waiver holds today or longer.', commissioner('a waiver with a later day', 'ask-waiver')),
        today > waiver.insteadBy && refusal('waiver.instead-past', 'What comes instead can still come in time.', commissioner('a waiver with a later day for what comes instead', 'ask-waiver')),
        waiver.view === null &&
          refusal('waiver.no-view', 'The representatives’ view stands beside a waiver, or that they were asked and did not answer.', {
            what: `their view on the waiver ${id}`, suppliedBy: 'representative', by: 'give-view-on-waiver',
          }),
        ofTheTeam(agreement, waiver, person, persons),
        refuseInstead({ agreement, persons }, refusersSince(same, wasGiven, refuserOf), { person, today, right: 'waiver.answer', isBarred, code: 'waiver.refused-before', by: 'waive-condition' }),
      ],
      () => {
        const { condition, stage, team, instead, insteadBy, commitment } = waiver;
        return [
          happened(agreement.id, 'concordat.agreement.condition-waived.v1', { waiver: id, condition, stage, team, countsWith: countedWith(agreement, waiver) }),
          happened(agreement.id, 'concordat.agreement.commitment-made.v1', { commitment, what: instead, by: insteadBy, theme: null }),
        ];
      },
    );
  },

  'refuse-waiver': ({ agreement, persons }, { waiver: id, reason }, { actor }) => {
    const waiver = find(agreement, id);
    if (waiver === undefined) return refuse(unknown);
    const person = actorName(actor);
    return unless([answeredAlready(waiver), ofTheTeam(agreement, waiver, person, persons)], () => [
      happened(agreement.id, 'concordat.agreement.waiver-refused.v1', { waiver: id, reason }),
    ]);
  },

  'review-waiver': ({ agreement, persons }, { waiver: id, says }, { actor }) => {
    const waiver = find(agreement, id);
    if (waiver === undefined) return refuse(unknown);
    return unless(
      [
        waiver.review !== null && alreadySo('the waiver was reviewed'),
        hasPartInWaiver(waiver, everyIdOf(persons, actorName(actor))) &&
          refusal('waiver.own-review', 'A waiver is reviewed by somebody who neither asked for it nor gave it.', { what: 'someone other than the ones who asked for it and waived it', suppliedBy: 'senior-responsible-owner', by: 'review-waiver' }),
        !wasGiven(waiver) && refusal('waiver.not-given', 'A waiver is reviewed once it was given.', { what: `waiver ${id}`, suppliedBy: 'senior-responsible-owner', by: 'waive-condition' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.waiver-reviewed.v1', { waiver: id, says })],
    );
  },
} satisfies { [C in keyof WaiverCommands]: Decide<C> };

function withWaiver(agreement: Agreement, id: string, change: Partial<Waiver>): Agreement {
  return agreementWith(agreement, { waivers: agreement.waivers.map((waiver) => (waiver.id === id ? { ...waiver, ...change } : waiver)) });
}

/** What was asked at this gate and not answered, once the gate was refused. */
export function refusedWith(waivers: WaiverState, stage: string, by: string, at: string): WaiverState {
  return waivers.map((waiver) => (waiver.stage === stage && waiver.answer.is === 'awaited' ? { ...waiver, answer: { is: 'refused', by, at } } : waiver));
}

/** What was given at this gate is asked for anew; it is shown for ever all the same. */
export function givenAnew(waivers: WaiverState, stage: string): WaiverState {
  return waivers.map((waiver) => (waiver.stage === stage && waiver.answer.is === 'waived' ? { ...waiver, answer: { is: 'undone', given: givingOf(waiver) } } : waiver));
}

/** Waivers of gates the agreement went back behind hold no more; they are shown for ever all the same. */
export function undone(waivers: WaiverState, stages: readonly string[]): WaiverState {
  return waivers.map((waiver) => (stages.includes(waiver.stage) && waiver.answer.is !== 'refused' ? { ...waiver, answer: { is: 'undone', given: givingOf(waiver) } } : waiver));
}

export const evolve = {
  'concordat.agreement.waiver-asked.v1': (agreement, { data: { waiver: id, ...asked }, meta, recordedAt }) => agreementWith(agreement, {
    waivers: [...agreement.waivers, { id, ...asked, askedBy: meta.actor, askedAt: recordedAt, viewSoughtOn: [], view: null, viewOf: null, viewAt: null, viewBy: [], answer: { is: 'awaited' }, review: null }],
  }),
  'concordat.agreement.waiver-view-sought.v1': (agreement, { data: { waiver, askedOn } }) =>
    withWaiver(agreement, waiver, { viewSoughtOn: [...(find(agreement, waiver)?.viewSoughtOn ?? []), askedOn] }),
  // Whoever objects takes back what they confirmed before: what they think then is confirmed anew.
  'concordat.agreement.waiver-view-given.v1': (agreement, { data: { waiver, view, spokenBy }, meta, recordedAt }) => {
    const viewed = withWaiver(agreement, waiver, { view, viewOf: view === 'asked-no-answer' ? null : spokenBy, viewAt: recordedAt, viewBy: [...(find(agreement, waiver)?.viewBy ?? []), meta.actor] });
    return view === 'object' ? withoutProxy(viewed, waiver, spokenBy) : viewed;
  },
  'concordat.agreement.condition-waived.v1': (agreement, { data: { waiver }, meta, recordedAt }) =>
    withWaiver(agreement, waiver, { answer: { is: 'waived', by: meta.actor, at: recordedAt } }),
  'concordat.agreement.waiver-refused.v1': (agreement, { data: { waiver }, meta, recordedAt }) =>
    withWaiver(agreement, waiver, { answer: { is: 'refused', by: meta.actor, at: recordedAt } }),
  'concordat.agreement.waiver-reviewed.v1': (agreement, { data: { waiver, says }, meta, recordedAt }) =>
    withWaiver(agreement, waiver, { review: { by: meta.actor, at: recordedAt, says } }),
} satisfies { [T in keyof WaiverEvents]: Evolve<T> };
