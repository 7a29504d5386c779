import { actingNow, actorName, initialPerson, may } from '@concordat/access/core';
import { type Missing, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { activitiesIn, type Activity, refuseUnlessAhead } from './activity.js';
import { sameFact, sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { isOfStaff, refuseNotTheirs } from './own-word.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { achieved, type Do, type Say } from './say-do.js';
import { isOneOf } from './separation.js';
import type { Decide, Evolve } from './topic.js';
import { lastDayOf, peopleOf } from './who-took-part.js';

/** What people gave in a stage of another agreement and is to count in a stage of this one, so that nobody is asked twice. */
type Carried = { readonly carried: string; readonly from: string; readonly fromStage: string; readonly stage: string; readonly why: string };

/** What someone who speaks for the people says of it. */
export const carriedOverAnswers = ['confirmed', 'refused'] as const;
export type CarriedOverAnswer = (typeof carriedOverAnswers)[number];

export interface CarriedOverCommands {
  /** From an agreement of the same place and theme, at most 24 months old. It counts once a representative confirms it. */
  'carry-over': Carried;
  'answer-carry-over': { readonly carried: string; readonly answer: CarriedOverAnswer };
}

export interface CarriedOverEvents {
  /** What was reached there, as it stood that day; `heldOn` is the last day on which somebody took part. */
  'concordat.agreement.carried-over.v1': Carried & { readonly say: Say; readonly do: Do; readonly people: number; readonly heldOn: CivilDate };
  'concordat.agreement.carry-over-answered.v1': { readonly carried: string; readonly answer: CarriedOverAnswer };
}

export interface CarriedOver {
  readonly id: string;
  readonly from: string;
  readonly fromStage: string;
  readonly stage: string;
  readonly why: string;
  readonly say: Say;
  readonly do: Do;
  readonly people: number;
  readonly heldOn: CivilDate;
  /** The place and the theme that were the same in both; `null` for what came along from the agreement that this one was split or called off from. */
  readonly sameIn: { readonly place: string; readonly theme: string } | null;
  readonly proposedBy: string;
  readonly answer: CarriedOverAnswer | 'awaited';
  readonly answeredBy: string | null;
}
export type CarriedOverState = readonly CarriedOver[];
export const initialCarriedOver: CarriedOverState = [];

/** What people gave in a stage of the agreement that one came from; `heldOn` is the last day on which somebody took part. */
export type Evidence = { readonly stage: string; readonly say: Say; readonly do: Do; readonly people: number; readonly heldOn: CivilDate };

const mostMonths = 24;

/** Is this agreement still of the place and the theme that it was of? */
function isOfHere({ facts: { place, theme } }: Agreement, { sameIn }: CarriedOver): boolean {
  return sameIn === null || (sameWords(place?.value ?? '', sameIn.place) && sameWords(theme?.value ?? '', sameIn.theme));
}

/** Is it confirmed, and of here? */
export const carriedOverCounts = (agreement: Agreement, carried: CarriedOver): boolean => carried.answer === 'confirmed' && isOfHere(agreement, carried);

/** What is carried over to this stage and counts: the most of each scale, and of people. */
export function carriedOverTo(agreement: Agreement, stage: string): { readonly say: number; readonly do: number; readonly people: number } {
  const confirmed = agreement.carriedOver.filter((carried) => carried.stage === stage && carriedOverCounts(agreement, carried));
  return {
    say: Math.max(0, ...confirmed.map(({ say }) => say)),
    do: Math.max(0, ...confirmed.map((carried) => carried.do)),
    people: Math.max(0, ...confirmed.map(({ people }) => people)),
  };
}

// The same day of the month, so many months before.
function monthsBefore(day: CivilDate, months: number): CivilDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = year * 12 + (month - 1) - months;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/** Is that at most so long ago that it still counts elsewhere? */
const isYoung = (heldOn: CivilDate | undefined, today: CivilDate): boolean => (heldOn ?? '') >= monthsBefore(today, mostMonths);

/** An agreement with those of these activities alone that are young. Each by its own last day: what is old does not become young by what came after it. */
const withYoung = (source: Agreement, activities: readonly Activity[], today: CivilDate): Agreement =>
  agreementWith(source, { involvement: { ...source.involvement, activities: activities.filter((held) => isYoung(lastDayOf(source, [held]), today)) } });

/** What people gave, in this agreement and in those from which it was carried over here before. */
export function evidenceOf(agreement: Agreement, stages: readonly string[]): readonly Evidence[] {
  return stages.flatMap((stage) => {
    const reached = achieved(agreement, stage);
    const held = activitiesIn(agreement, stage);
    const carried = agreement.carriedOver.filter((one) => one.stage === stage && carriedOverCounts(agreement, one));
    const [heldOn] = [lastDayOf(agreement, held), ...carried.map((one) => one.heldOn)].flatMap((day) => day ?? []).sort().slice(-1);
    const before = carriedOverTo(agreement, stage);
    const [say, action] = [Math.max(reached.say, before.say) as Say, Math.max(reached.do, before.do) as Do];
    // Not a sum: those carried over may be the very people who took part.
    const people = Math.max(new Set(held.flatMap((activity) => peopleOf(activity))).size, before.people);
    return heldOn === undefined || (say === 0 && action === 0) ? [] : [{ stage, say, do: action, people, heldOn }];
  });
}

/** The same of what is young enough to be carried over. */
export function youngEvidenceOf(agreement: Agreement, stages: readonly string[], today: CivilDate): readonly Evidence[] {
  const held = stages.flatMap((stage) => activitiesIn(agreement, stage));
  return evidenceOf(agreementWith(withYoung(agreement, held, today), { carriedOver: agreement.carriedOver.filter(({ heldOn }) => isYoung(heldOn, today)) }), stages);
}

/** What came along from the agreement that one was split or called off from, in the stages of the same name: nobody confirms that it holds there. */
export const alongFrom = (from: string, evidence: readonly Evidence[], by: string): CarriedOverState =>
  evidence.map(({ stage, ...reached }) => ({ id: `${from}/${stage}`, from, fromStage: stage, stage, why: '', ...reached, sameIn: null, proposedBy: by, answer: 'confirmed', answeredBy: by }));

const facilitator = (what: string): Missing => ({ what, suppliedBy: 'facilitator', by: 'carry-over' });
const find = (agreement: Agreement, id: string): CarriedOver | undefined => agreement.carriedOver.find((carried) => carried.id === id);

/** Who confirmed it, where it was proposed here: what comes along with a split or a call-off is confirmed by nobody. */
export const confirmersOf = ({ carriedOver }: Pick<Agreement, 'carriedOver'>): readonly string[] =>
  carriedOver.flatMap(({ answer, answeredBy, proposedBy }) => (answer === 'confirmed' && answeredBy !== null && answeredBy !== proposedBy ? [answeredBy] : []));

/** What is carried over as it stands once it is known who is no other: what its proposer confirmed waits for somebody who speaks for the people. */
export function confirmedToday({ carriedOver, knownAs }: Agreement): CarriedOverState {
  return carriedOver.map((carried) => {
    const isNoOther = carried.answer === 'confirmed' && carried.answeredBy !== null && knownAs[carried.answeredBy]?.others.includes(carried.proposedBy) === true;
    return isNoOther ? { ...carried, answer: 'awaited', answeredBy: null } : carried;
  });
}

export const decide = {
  'carry-over': ({ agreement, others, persons }, { carried, from, fromStage, stage, why }, context) => {
    const { actor, today } = context;
    const source = others[from];
    const now = actingNow(actor, (actor.kind === 'person' ? persons[actor.person] : undefined) ?? initialPerson);
    const besides = [find(agreement, carried) !== undefined && alreadySo('it is carried over'), ...refuseUnlessAhead(agreement, stage, context, 'carry-over')];
    // What one may not see is not there.
    if (source === undefined || source.lifecycle === 'none' || from === agreement.id || !may(now, 'agreement.read', { agreement: from }, today)) {
      return refuseUnknown(refusal('carry-over.unknown', 'What is carried over comes from another agreement of this organisation.', facilitator('from')), besides);
    }
    const all = activitiesIn(source, fromStage);
    const heldOn = lastDayOf(source, all);
    const recent = withYoung(source, all, today);
    const young = activitiesIn(recent, fromStage);
    const reached = achieved(recent, fromStage);
    const tooOld = heldOn !== undefined && young.length === 0;
    return unless(
      [
        ...besides,
        agreement.carriedOver.some((one) => one.from === from && one.fromStage === fromStage && one.stage === stage && one.answer !== 'refused' && isOfHere(agreement, one)) &&
          alreadySo('it is carried over to this stage'),
        !(sameFact(agreement, source, 'place') && sameFact(agreement, source, 'theme')) &&
          refusal(
            'carry-over.elsewhere',
            'It comes from an agreement of the same place and the same theme.',
            ...(['place', 'theme'] as const).filter((name) => !sameFact(agreement, source, name)).map((name) => facilitator(`the same ${name}`)),
          ),
        (heldOn === undefined || (!tooOld && reached.say === 0 && reached.do === 0)) &&
          refusal('carry-over.nothing-there', 'Somebody took part in that stage.', facilitator('a stage in which somebody took part')),
        tooOld &&
          refusal('carry-over.too-old', `What is carried over is at most ${mostMonths} months old; people last took part on ${heldOn}.`, facilitator('people asked anew')),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.carried-over.v1', {
          carried, from, fromStage, stage, why, say: reached.say, do: reached.do,
          people: new Set(young.flatMap((held) => peopleOf(held))).size,
          heldOn: heldOn ?? today,
        }),
      ],
    );
  },

  'answer-carry-over': (states, { carried: id, answer }, { actor, today }) => {
    const { agreement, persons } = states;
    const carried = find(agreement, id);
    if (carried === undefined) {
      return refuse(refusal('carry-over.not-proposed', 'It was proposed to carry this over.', facilitator('carried')));
    }
    return unless(
      [
        carried.answer === answer && alreadySo(`the answer is ${answer}`),
        isOneOf(persons, actor, [carried.proposedBy]) &&
          refusal('carry-over.own-proposal', 'Whoever proposes to carry it over does not confirm it.', {
            what: 'someone else who speaks for the people',
            suppliedBy: 'representative',
            by: 'answer-carry-over',
          }),
        isOfStaff(states, actorName(actor), today) && refuseNotTheirs('carry-over.not-their-word', 'Whether it still holds is said by somebody who speaks for the people, and is not of staff besides.', 'whether it still holds', 'answer-carry-over'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.carry-over-answered.v1', { carried: id, answer })],
    );
  },
} satisfies { [C in keyof CarriedOverCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.carried-over.v1': (agreement, { data: { carried: id, ...carried }, meta }) => agreementWith(agreement, {
    carriedOver: [...agreement.carriedOver, { id, ...carried, sameIn: { place: agreement.facts.place?.value ?? '', theme: agreement.facts.theme?.value ?? '' }, proposedBy: meta.actor, answer: 'awaited', answeredBy: null }],
  }),
  'concordat.agreement.carry-over-answered.v1': (agreement, { data: { carried: id, answer }, meta }) => agreementWith(agreement, {
    carriedOver: agreement.carriedOver.map((carried) => (carried.id === id ? { ...carried, answer, answeredBy: meta.actor } : carried)),
  }),
} satisfies { [T in keyof CarriedOverEvents]: Evolve<T> };
