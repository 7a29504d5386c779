import type { Missing, Refusal } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { activityOf } from './activity.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { isConfirmed, withoutProxies } from './confirmed.js';
import { hasBarringInterest, type Interest, isBarring } from './conflict.js';
import type { CorrectsOfSomebody } from './corrects.js';
import { isEntry } from './entry.js';
import { happened } from './event.js';
import { heldAgainst } from './involvement.js';
import { whereWanted } from './stages-that-matter.js';
import { offeredAndDeclined } from './who-came.js';
import { isOfThePeople } from './own-word.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { everyIdOf, everyIdToday, worksForAProvider } from './separation.js';
import type { Conditions, Decide, Evolve, States } from './topic.js';
import { peopleIn, peopleOf } from './who-took-part.js';

/** Where a criterion comes from: people chose it, and in which activity, or staff set it. */
export type CriterionOrigin = { readonly is: 'activity'; readonly activity: string } | { readonly is: 'staff' };
type Criterion = { readonly criterion: string; readonly title: string; readonly chosenBy: CriterionOrigin };

/** `people`: of those who use the service, or care for those who do. */
export const evaluatorKinds = ['people', 'professionals'] as const;
export type EvaluatorKind = (typeof evaluatorKinds)[number];
/** Why somebody assesses no more. */
export const standDownReasons = ['interest', 'own-wish', 'not-available'] as const;
export type StandDownReason = (typeof standDownReasons)[number];

/** `evaluator`: a pseudonym or a person id; `criteria`: what they assess. */
type Appointed = { readonly evaluator: string; readonly of: EvaluatorKind; readonly criteria: readonly string[] };
type Trained = { readonly evaluators: readonly string[]; readonly on: CivilDate; readonly source: string };
/** That they did, and of what: how they judged an offer, and whose, stays in the evaluation. */
type Assessed = { readonly evaluator: string; readonly criteria: readonly string[]; readonly on: CivilDate; readonly source: string } & CorrectsOfSomebody;

export interface EvaluationCommands {
  /** The same `criterion` again sets it anew, until it is awarded; what people chose is in other words that of staff from then on, or of another activity in which people chose these. */
  'set-criterion': Criterion;
  /** Again for other criteria, besides those they assessed. */
  'appoint-evaluator': Appointed;
  /** Of somebody who has no sign-in of their own, as they said. */
  'record-evaluator-declaration': { readonly evaluator: string; readonly interest: Interest | 'none' };
  'record-evaluator-training': Trained;
  /** Of the same criteria again for another day corrects it, and says `why`. */
  'record-assessment': Assessed;
  /** They assess nothing more; what they assessed stays as assessed by them. */
  'stand-down-evaluator': { readonly evaluator: string; readonly reason: StandDownReason };
}

export interface EvaluationEvents {
  'concordat.agreement.criterion-set.v1': Criterion;
  /** `registered`: they sign in here, and speak for themselves. */
  'concordat.agreement.evaluator-appointed.v1': Appointed & { readonly registered: boolean };
  'concordat.agreement.evaluator-declaration-recorded.v1': EvaluationCommands['record-evaluator-declaration'];
  'concordat.agreement.evaluator-training-recorded.v1': Trained;
  'concordat.agreement.assessment-recorded.v1': Assessed;
  'concordat.agreement.evaluator-stood-down.v1': EvaluationCommands['stand-down-evaluator'];
}

type Days = Readonly<Record<string, CivilDate>>;

/** `interest`: null until they said; of whoever is registered it stands among the declarations. */
export interface Evaluator extends Appointed {
  readonly registered: boolean;
  /** Since when they are to assess each of the criteria. */
  readonly since: Days;
  readonly interest: Interest | 'none' | null;
  /** When they first said. */
  readonly declaredOn: CivilDate | null;
  readonly trainedOn: CivilDate | null;
  /** When they assessed which of the criteria. */
  readonly assessed: Days;
  /** They assess nothing more: what stands here is what they assessed before. */
  readonly stoodDown: boolean;
}
/** In the order they were set and appointed. `barred`: pseudonyms of those who told of an interest that bars, whatever is entered for them since. */
export interface EvaluationState {
  readonly criteria: readonly Criterion[];
  readonly evaluators: readonly Evaluator[];
  readonly barred: readonly string[];
}
export const initialEvaluation: EvaluationState = { criteria: [], evaluators: [], barred: [] };

/** Whoever assesses is engaged (Say 3): an offer of as much that nobody took up is an answer. */
const engaged = 3;

type Here = Pick<States, 'agreement' | 'persons'>;

const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });
const nobodyNamed = facilitator('who evaluates', 'appoint-evaluator');
const evaluatorOf = ({ evaluation }: Agreement, id: string): Evaluator | undefined => evaluation.evaluators.find(({ evaluator }) => evaluator === id);
/** What they assessed, in the order of what they were appointed for. */
const assessedBy = (one: Evaluator | undefined): readonly string[] => one?.criteria.filter((criterion) => one.assessed[criterion] !== undefined) ?? [];
const notAppointed = (ids: readonly string[]) => refusal('evaluation.not-appointed', 'They assess what was offered here.', ...ids.map((id) => facilitator(id, 'appoint-evaluator')));

const barred = refusal('evaluation.barred', 'Nobody assesses what an interest bars them from, under any of their ids.', facilitator('somebody else', 'appoint-evaluator'));

const refuseEvaluator = ({ agreement, persons }: Here, evaluator: string, of: EvaluatorKind, today: CivilDate): readonly (Refusal | false)[] => [
  persons[evaluator]?.disabled === true && refusal('evaluation.gone', 'Whoever assesses is still here.', facilitator('somebody else', 'appoint-evaluator')),
  worksForAProvider(persons[evaluator]) && refusal('evaluation.of-a-provider', 'No provider assesses what providers offer.', facilitator('somebody else', 'appoint-evaluator')),
  (agreement.evaluation.barred.includes(evaluator) || everyIdOf(persons, evaluator).some((each) => hasBarringInterest(agreement, each))) && barred,
  of === 'people' && persons[evaluator]?.registered === true && !isOfThePeople({ agreement, persons }, evaluator, today) &&
    refusal('evaluation.not-of-the-people', 'Whoever assesses for people is one of them, or speaks for them, and is not of staff.', facilitator('somebody who takes part', 'appoint-evaluator')),
];

/** Could this person, who is registered, be appointed to assess what is offered here as one of these? */
export const canEvaluate = (here: Here, evaluator: string, of: EvaluatorKind, today: CivilDate): boolean => refuseEvaluator(here, evaluator, of, today).every((refused) => refused === false);

export const decide = {
  'set-criterion': ({ agreement }, { criterion, title, chosenBy }) => {
    const set: Criterion = { criterion, title, chosenBy };
    const held = chosenBy.is === 'activity' ? activityOf(agreement, chosenBy.activity) : undefined;
    const known = agreement.evaluation.criteria.find((one) => one.criterion === criterion);
    return unless(
      [
        canonical(known ?? null) === canonical(set) && alreadySo('the criterion is set'),
        known === undefined && isEntry(agreement, criterion) && refusal('criterion.id-taken', 'A criterion has an id of its own, which nothing else has that people confirm as theirs.', facilitator('criterion', 'set-criterion')),
        agreement.award.original !== null && refusal('evaluation.awarded', 'What is assessed is chosen before it is awarded.', { what: 'the award, gone back to', suppliedBy: 'commissioner', by: 'return-to-stage' }),
        known !== undefined && chosenBy.is === 'activity' && (known.chosenBy.is === 'staff' || (known.title !== title && known.chosenBy.activity === chosenBy.activity)) &&
          refusal('evaluation.words-of-people', 'What people chose there stays as they chose it, and what staff set becomes nobody else’s: other words of people are another criterion, or of another activity in which they chose them.', facilitator('another criterion', 'set-criterion')),
        chosenBy.is === 'activity' && (held === undefined || held.voided || peopleOf(held).length === 0) &&
          refusal('evaluation.nobody-chose-it', 'What people chose they chose in an activity that some of them came to.', facilitator('chosenBy.activity', 'record-attendance')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.criterion-set.v1', set)],
    );
  },

  'appoint-evaluator': ({ agreement, persons }, { evaluator, of, criteria: named }, { today }) => {
    const known = agreement.evaluation.criteria.map(({ criterion }) => criterion);
    const strange = [...new Set(named)].filter((criterion) => !known.includes(criterion));
    const before = evaluatorOf(agreement, evaluator);
    // Nobody who judged an offer is appointed out of having done so.
    const criteria = [...new Set([...assessedBy(before), ...named])];
    const registered = persons[evaluator]?.registered === true;
    const tookPart = peopleIn(agreement.involvement.activities.filter(({ voided }) => !voided)).has(evaluator);
    return unless(
      [
        before?.of === of && !before.stoodDown && canonical(before.criteria) === canonical(criteria) && alreadySo('they assess these criteria'),
        named.length === 0 && refusal('evaluation.nothing-to-assess', 'Whoever is appointed assesses something.', facilitator('criteria', 'appoint-evaluator')),
        strange.length > 0 && refusal('evaluation.criterion-unknown', 'What they assess are criteria of this sourcing.', ...strange.map((criterion) => facilitator(criterion, 'set-criterion'))),
        of === 'professionals' && !registered && refusal('person.unknown', 'Everyone named is registered in this organisation.', { what: `person-${evaluator}`, suppliedBy: 'administrator', by: 'register-person' }),
        of === 'people' && !registered && !tookPart && refusal('evaluation.nobody-known', 'Whoever assesses for people took part here, or signs in.', facilitator(evaluator, 'record-attendance')),
        ...refuseEvaluator({ agreement, persons }, evaluator, of, today),
      ],
      () => [happened(agreement.id, 'concordat.agreement.evaluator-appointed.v1', { evaluator, of, criteria, registered })],
    );
  },

  'record-evaluator-declaration': ({ agreement, persons }, { evaluator, interest }) =>
    unless(
      [
        evaluatorOf(agreement, evaluator) === undefined && notAppointed([evaluator]),
        persons[evaluator]?.registered === true && refusal('evaluation.declares-themselves', 'Whoever is registered here declares their own interests.', { what: `person-${evaluator}`, suppliedBy: `person-${evaluator}`, by: 'declare-no-conflict' }),
        evaluatorOf(agreement, evaluator)?.interest === interest && alreadySo('this is what they declared'),
        agreement.evaluation.barred.includes(evaluator) && !isBarring(interest) && barred,
      ],
      () => [happened(agreement.id, 'concordat.agreement.evaluator-declaration-recorded.v1', { evaluator, interest })],
    ),

  'record-evaluator-training': ({ agreement }, { evaluators: named, on, source }, { today }) => {
    const evaluators = [...new Set(named)];
    const strange = evaluators.filter((id) => evaluatorOf(agreement, id) === undefined);
    return unless(
      [
        strange.length > 0 && notAppointed(strange),
        strange.length === 0 && evaluators.every((id) => (evaluatorOf(agreement, id)?.trainedOn ?? '') >= on) && alreadySo('they were trained'),
        on > today && refusal('evaluation.training-ahead', 'What is recorded has happened.', { what: on, suppliedBy: 'time', by: 'record-evaluator-training' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.evaluator-training-recorded.v1', { evaluators, on, source })],
    );
  },

  'record-assessment': ({ agreement }, { evaluator, criteria: named, on, source, why }, { today }) => {
    const one = evaluatorOf(agreement, evaluator);
    if (one === undefined) return { refused: [notAppointed([evaluator])] };
    const criteria = [...new Set(named)];
    const strange = criteria.filter((criterion) => !one.criteria.includes(criterion));
    const known = criteria.filter((criterion) => one.assessed[criterion] !== undefined);
    const moved = known.some((criterion) => one.assessed[criterion] !== on);
    const declared = declaredOn(agreement, one);
    const first = [...criteria.map((criterion) => one.since[criterion] ?? ''), declared ?? '', one.trainedOn ?? ''].reduce((latest, day) => (day > latest ? day : latest));
    return unless(
      [
        strange.length > 0 && refusal('evaluation.not-theirs-to-assess', 'They assess the criteria they were appointed for.', ...strange.map((criterion) => facilitator(criterion, 'appoint-evaluator'))),
        known.length === criteria.length && !moved && alreadySo('they assessed these criteria'),
        mayNotAssess(agreement, one) && barred,
        one.stoodDown && known.length < criteria.length && notAppointed([evaluator]),
        declared === undefined && refusal('evaluation.not-declared', 'Whoever assesses declared their interests before.', declarationMissing(one)),
        one.trainedOn === null && refusal('evaluation.not-trained', 'Whoever assesses was trained for it before.', trainingMissing(one)),
        on > today && refusal('evaluation.assessment-ahead', 'What is recorded has happened.', { what: on, suppliedBy: 'time', by: 'record-assessment' }),
        on < first && refusal('evaluation.assessed-too-early', 'They assess once it is on record that they are appointed and declared their interests, and once they were trained.', facilitator(`on: ${first} or later`, 'record-assessment')),
        moved && why === undefined && refusal('evaluation.correction-unsaid', 'An assessment that is on record is corrected with a word of why.', facilitator('why', 'record-assessment')),
        known.length === 0 && why !== undefined && refusal('evaluation.assessment-unknown', 'What is corrected is on record.', facilitator('an assessment of these criteria', 'record-assessment')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.assessment-recorded.v1', { evaluator, criteria, on, source, ...(why !== undefined && { why }) })],
    );
  },

  'stand-down-evaluator': ({ agreement }, { evaluator, reason }) =>
    unless([evaluatorOf(agreement, evaluator) === undefined && notAppointed([evaluator]), evaluatorOf(agreement, evaluator)?.stoodDown === true && alreadySo('they assess nothing more')], () => [happened(agreement.id, 'concordat.agreement.evaluator-stood-down.v1', { evaluator, reason })]),
} satisfies { [C in keyof EvaluationCommands]: Decide<C> };

/** The day of each of these criteria that has one, and this of the others. */
const daysOf = (criteria: readonly string[], known: Days, otherwise?: CivilDate): Days =>
  Object.fromEntries(criteria.flatMap((criterion) => { const day = known[criterion] ?? otherwise; return day === undefined ? [] : [[criterion, day]]; }));
const withEvaluation = (agreement: Agreement, change: Partial<EvaluationState>): Agreement => agreementWith(agreement, { evaluation: { ...agreement.evaluation, ...change } });
const withEvaluators = (agreement: Agreement, which: readonly string[], change: Partial<Evaluator>): Agreement =>
  withEvaluation(agreement, { evaluators: agreement.evaluation.evaluators.map((one) => (which.includes(one.evaluator) ? { ...one, ...change } : one)) });

export const evolve = {
  'concordat.agreement.criterion-set.v1': (agreement, { data }) => {
    const { criteria, evaluators } = agreement.evaluation;
    const known = criteria.some(({ criterion }) => criterion === data.criterion);
    if (!known) return withEvaluation(agreement, { criteria: [...criteria, data] });
    // Other words, or others' choice, are confirmed and assessed anew.
    const asked = withEvaluation(agreement, {
      criteria: criteria.map((one) => (one.criterion === data.criterion ? data : one)),
      evaluators: evaluators.map((one) => ({ ...one, assessed: daysOf(one.criteria.filter((criterion) => criterion !== data.criterion), one.assessed) })),
    });
    return withoutProxies(asked, data.criterion);
  },
  'concordat.agreement.evaluator-appointed.v1': (agreement, { data, recordedAt }) => {
    const known = evaluatorOf(agreement, data.evaluator);
    const since = daysOf(data.criteria, known?.since ?? {}, dayInUtc(recordedAt));
    return known === undefined
      ? withEvaluation(agreement, { evaluators: [...agreement.evaluation.evaluators, { ...data, since, interest: null, declaredOn: null, trainedOn: null, assessed: {}, stoodDown: false }] })
      : withEvaluators(agreement, [data.evaluator], { ...data, since, assessed: daysOf(data.criteria, known.assessed), stoodDown: false });
  },
  'concordat.agreement.evaluator-declaration-recorded.v1': (agreement, { data: { evaluator, interest }, recordedAt }) => {
    const { barred: before } = agreement.evaluation;
    const declaredOn = evaluatorOf(agreement, evaluator)?.declaredOn ?? dayInUtc(recordedAt);
    return withEvaluation(withEvaluators(agreement, [evaluator], { interest, declaredOn }), { barred: isBarring(interest) && !before.includes(evaluator) ? [...before, evaluator] : before });
  },
  'concordat.agreement.evaluator-training-recorded.v1': (agreement, { data }) => withEvaluators(agreement, data.evaluators, { trainedOn: data.on }),
  'concordat.agreement.assessment-recorded.v1': (agreement, { data: { evaluator, criteria, on } }) =>
    withEvaluators(agreement, [evaluator], { assessed: { ...evaluatorOf(agreement, evaluator)?.assessed, ...Object.fromEntries(criteria.map((criterion) => [criterion, on])) } }),
  'concordat.agreement.evaluator-stood-down.v1': (agreement, { data }) => {
    const one = evaluatorOf(agreement, data.evaluator);
    const criteria = assessedBy(one);
    return criteria.length > 0
      ? withEvaluators(agreement, [data.evaluator], { criteria, since: daysOf(criteria, one?.since ?? {}), stoodDown: true })
      : withEvaluation(agreement, { evaluators: agreement.evaluation.evaluators.filter(({ evaluator }) => evaluator !== data.evaluator) });
  },
} satisfies { [T in keyof EvaluationEvents]: Evolve<T> };

/** Has this evaluator one of the interests that bar from approving, or do they work for a provider, under any id they have today? They assess nothing. */
const mayNotAssess = (agreement: Agreement, { evaluator }: Evaluator): boolean =>
  everyIdToday(agreement, evaluator).some((id) => hasBarringInterest(agreement, id)) || agreement.knownAs[evaluator]?.ofProvider === true || agreement.evaluation.barred.includes(evaluator);

/** When they first declared their interests; undefined for whoever did not. */
const declaredOn = (agreement: Agreement, { evaluator, declaredOn: said }: Evaluator): CivilDate | undefined =>
  said ?? agreement.conflicts.flatMap(({ person, declaredAt }) => (person === evaluator ? [dayInUtc(declaredAt)] : [])).toSorted()[0];

const declarationMissing = ({ evaluator, registered }: Evaluator): Missing =>
  registered ? { what: `declaration of person-${evaluator}, who evaluates`, suppliedBy: `person-${evaluator}`, by: 'declare-conflict' } : facilitator(`declaration of ${evaluator}, who evaluates`, 'record-evaluator-declaration');
const trainingMissing = ({ evaluator }: Evaluator): Missing => facilitator(`training of ${evaluator}, who evaluates`, 'record-evaluator-training');
const somebodyElse = ({ evaluator }: Evaluator): Missing => facilitator(`somebody else for ${evaluator}, whose interest bars them`, 'stand-down-evaluator');

/** Is anybody named who evaluates, or did so before they were stood down, and was not barred? */
const somebodyEvaluates = (agreement: Agreement): boolean => agreement.evaluation.evaluators.some((one) => !one.stoodDown || !mayNotAssess(agreement, one));

/** Does this evaluator assess a criterion for people? Whoever was stood down did, unless an interest bars them, which takes what they said out of account. */
const assessesForPeople = (agreement: Agreement, one: Evaluator, criterion: string): boolean =>
  one.of === 'people' && one.criteria.includes(criterion) && (!one.stoodDown || (one.assessed[criterion] !== undefined && !mayNotAssess(agreement, one)));

/** What those who assess for people have not assessed yet; whoever may not is stood down. */
function unassessed(agreement: Agreement): readonly Missing[] {
  const { criteria, evaluators } = agreement.evaluation;
  return evaluators.flatMap((one): readonly Missing[] => {
    const left = criteria.filter(({ criterion }) => one.criteria.includes(criterion) && one.assessed[criterion] === undefined);
    if (one.of !== 'people' || one.stoodDown || left.length === 0) return [];
    return [mayNotAssess(agreement, one) ? somebodyElse(one) : facilitator(`that ${one.evaluator} assessed ${left.map(({ title }) => `“${title}”`).join(', ')}`, 'record-assessment')];
  });
}

/** Who can have chosen it: whoever took part where it is said that people did. Nobody of what staff chose, and where that was voided. */
export function choosersOf(agreement: Agreement, { chosenBy }: Criterion): readonly string[] {
  const held = chosenBy.is === 'activity' ? activityOf(agreement, chosenBy.activity) : undefined;
  return held === undefined || held.voided ? [] : peopleOf(held);
}

/** Did one of them confirm that people chose it? */
export const isChosenByPeople = (agreement: Agreement, one: Criterion): boolean => choosersOf(agreement, one).some((chooser) => isConfirmed(agreement, one.criterion, chooser));

export const conditions = {
  'evaluation.people-assess': (agreement, asked, { today }) =>
    whereWanted(agreement, asked, () => {
      const { criteria, evaluators } = agreement.evaluation;
      const chosen = criteria.filter(({ chosenBy }) => chosenBy.is === 'activity' && activityOf(agreement, chosenBy.activity)?.voided === false);
      const missing =
        chosen.length === 0
          ? [facilitator('a criterion that people chose', 'set-criterion')]
          : [
              ...chosen.filter((one) => !isChosenByPeople(agreement, one)).map(({ title }) => facilitator(`that people chose “${title}”, as one of them confirms it`, 'record-proxy-entry')),
              ...chosen
                .filter(({ criterion }) => !evaluators.some((one) => assessesForPeople(agreement, one, criterion)))
                .map(({ title }) => facilitator(`somebody of those who use the service to assess “${title}”`, 'appoint-evaluator')),
            ];
      const { stage } = agreement;
      const declined = missing.length > 0 && offeredAndDeclined(agreement, stage, engaged, heldAgainst(agreement, stage)?.people ?? 1, today);
      return [...(declined ? [] : missing), ...unassessed(agreement)];
    }),

  'evaluation.interests-declared': (agreement) => {
    const { evaluators } = agreement.evaluation;
    if (!somebodyEvaluates(agreement)) return [nobodyNamed];
    return evaluators.flatMap((one): readonly Missing[] => {
      if (one.stoodDown) return [];
      if (mayNotAssess(agreement, one)) return [somebodyElse(one)];
      return declaredOn(agreement, one) === undefined ? [declarationMissing(one)] : [];
    });
  },

  'evaluation.evaluators-trained': (agreement) =>
    somebodyEvaluates(agreement) ? agreement.evaluation.evaluators.filter(({ trainedOn }) => trainedOn === null).map(trainingMissing) : [nobodyNamed],
} satisfies Partial<Conditions>;
