import { type Actor, actorName, type Person, personStream } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import { factForms, type FactForm, type FactName, factTitles, higherTier, type Tier, tierFor } from '@concordat/pathway/core';
import { canonical, type CivilDate, monthsAfter } from '@concordat/platform/core';
import { leftOutByOne, namedNoMoreOnce } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { noticeOfAward } from './award-notice.js';
import { dayInUtc } from './began.js';
import { refuseTakenBack } from './consultation.js';
import { type Content, contentAfter, materialForPeople, type Subject, subjects } from './content.js';
import { inForceFrom } from './decision.js';
import { noticeCountsFrom, refuseImpossibleDays, refuseSuddenEnd } from './ending.js';
import { happened } from './event.js';
import { isAbove } from './money.js';
import { peoplesViewIsOut } from './publication.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { everyIdOf, isOneOf, worksForAProvider } from './separation.js';
import { sitsInPanel } from './sign-off-panel.js';
import { isRunning, isSettled } from './service-start.js';
import { refuseGatesAskedLess, tierBesideEnded } from './tier-raise.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';
import { undeclared } from './who-acts.js';

/** An amount as people write it, `"1234.50"`, and its ISO 4217 currency. Never a binary fraction. */
export type Money = { readonly amount: string; readonly currency: string };
/** From the first day to the last, both included. */
export type Period = { readonly startsOn: CivilDate; readonly endsOn: CivilDate };
/** A document kept elsewhere: where it is found, and what it is called. */
export type DocumentReference = { readonly reference: string; readonly title: string };

type ValueOfForm = {
  text: string;
  money: Money;
  person: string;
  count: number;
  list: readonly string[];
  document: DocumentReference;
  date: CivilDate;
  answer: 'yes' | 'no';
  period: Period;
} & Record<FactForm, unknown>;

/** The facts an agreement may hold, each in its form. */
export type FactValues = { readonly [N in FactName]?: ValueOfForm[(typeof factForms)[N]] };

/**
 * Facts as they stand, each with who wrote it last (a person id or `system:<name>`) and when, and with everybody who ever
 * wrote it: a colleague's small correction does not make it somebody else's work.
 */
export type FactState = {
  readonly [N in FactName]?: {
    readonly value: ValueOfForm[(typeof factForms)[N]];
    readonly amendedBy: string;
    readonly amendedAt: string;
    readonly writtenBy: readonly string[];
  };
};

export interface FactCommands {
  /** Only the facts that change. */
  'amend-facts': { readonly facts: FactValues };
}

export interface FactEvents {
  /** `material`: what rests on a fact that changed, so that a sign-off, decision or acceptance of it is now stale. */
  'concordat.agreement.facts-amended.v1': {
    readonly facts: FactValues;
    readonly tier: Tier;
    readonly content: Content;
    readonly material: readonly Subject[];
  };
}

export const initialFacts: FactState = {};

/** Facts that another command records, because a clock runs on them, and where they stand instead. */
const elsewhere: { readonly [N in FactName]?: { readonly by: string; readonly isPresent: (agreement: Agreement) => boolean } } = {
  'award-notice-published': { by: 'publish-award-notice', isPresent: (agreement) => noticeOfAward(agreement) !== null },
};

/** Facts for which something that is done here stands as well as a document that is kept elsewhere. */
const besides: { readonly [N in FactName]?: (agreement: Agreement) => boolean } = { 'people-view-published': peoplesViewIsOut };

const supplied = (name: FactName) => ({ what: name, suppliedBy: 'commissioner', by: elsewhere[name]?.by ?? 'amend-facts' });
const names = (facts: FactValues): FactName[] => Object.keys(facts) as FactName[];

/** The people a set of facts names, by id. */
export function peopleNamed(facts: FactValues): readonly string[] {
  return names(facts).flatMap((name) => (factForms[name] === 'person' ? [facts[name] as string] : []));
}

/** The facts with these values in them, written by this actor at this time. */
export function withFacts(state: FactState, facts: FactValues, amendedBy: string, amendedAt: string): FactState {
  const written = names(facts).map((name) => {
    const writtenBy = [...new Set([...(state[name]?.writtenBy ?? []), amendedBy])];
    return [name, { value: facts[name], amendedBy, amendedAt, writtenBy }];
  });
  return { ...state, ...(Object.fromEntries(written) as FactState) };
}

/** What an agreement that came from another may not come to hold, and what one that others came from may not lose. */
export function refuseBesideTree({ tree }: Agreement, amended: FactValues, by: string): readonly (Refusal | false)[] {
  const { parent, calledOff } = tree;
  const { value } = amended;
  const beneath = parent?.as === 'called-off-from' ? parent.value : undefined;
  return [
    value !== undefined &&
      beneath !== undefined &&
      (value.currency !== beneath.currency || isAbove(value.amount, beneath.amount)) &&
      refusal('tree.over-value', `It was called off for ${beneath.amount} ${beneath.currency}; what is beyond that is called off anew.`, { ...supplied('value'), by: 'call-off' }),
    // Its lot was decided on as part of a whole; beyond that it is varied, which the regime tests.
    value !== undefined &&
      parent?.as === 'split-from' &&
      by !== 'propose-variation' &&
      (value.currency !== parent.value.currency || isAbove(value.amount, parent.value.amount)) &&
      refusal('tree.over-lot', `Its lot was awarded at ${parent.value.amount} ${parent.value.currency}; what is beyond that is a variation of the award.`, { ...supplied('value'), by: 'propose-variation' }),
    value !== undefined &&
      calledOff.count > 0 &&
      isAbove(calledOff.amount, value.amount) &&
      refusal('tree.value-committed', 'It is worth at least what was called off from it.', { ...supplied('value'), by, what: `at least ${calledOff.amount} ${value.currency}` }),
  ];
}

/** The data of the event that these facts changed. */
export function amendment(agreement: Agreement, amended: FactValues, context: Context): FactEvents['concordat.agreement.facts-amended.v1'] {
  const { pathway, sha256 } = context;
  const content = contentAfter(agreement, agreementWith(agreement, { facts: withFacts(agreement.facts, amended, '', '') }), sha256);
  // A value mended after opening cannot keep an agreement in a tier that asks less, and what is large stays so in its parts, and once its service runs.
  const byValue = agreement.tree.parent?.as === 'split-from' ? agreement.tier : tierFor(pathway, amended.value ?? agreement.facts.value?.value, agreement.raises);
  const tier = agreement.facts.value !== undefined && isRunning(agreement, context) ? higherTier(agreement.tier, byValue) : byValue;
  return { facts: amended, tier, content, material: subjects.filter((subject) => content[subject] !== agreement.content[subject]) };
}

/** These facts, as they stand. */
export const factsBefore = ({ facts }: Agreement, of: readonly string[]): FactValues => Object.fromEntries(Object.entries(facts).flatMap(([name, fact]) => (of.includes(name) ? [[name, fact.value]] : [])));

type Here = Pick<States, 'agreement' | 'persons'>;
const isOfTheHouse = (person: Person | undefined): boolean => person?.disabled !== true && !worksForAProvider(person);

// Whoever leads it or gives its money approves nothing here: they give up a seat in a panel themselves, and nobody else takes it from them.
const answering = ['lead', 'sponsor'] as const;
function isSeated({ agreement, persons }: Here, person: string, { actor }: Pick<Context, 'actor'>): boolean {
  const everyId = everyIdOf(persons, person);
  return !everyId.includes(actorName(actor)) && sitsInPanel(agreement, everyId);
}

/** Could whoever acts name this person in this fact? */
export const canBeNamed = (here: Here, fact: 'lead' | 'sponsor' | 'controller', person: string, context: Pick<Context, 'actor'>): boolean =>
  here.persons[person]?.registered === true && isOfTheHouse(here.persons[person]) && (fact === 'controller' || !isSeated(here, person, context));

/** What is said again in as many words: a count of those who use a service, of the next stage; whether it may change for people, of what is proposed since; by somebody else, who is affected no more. */
function isSaidAnew({ agreement, persons }: Here, name: FactName, actor: Actor): boolean {
  const { facts, stages, stage, variations } = agreement;
  if (name === 'affected-groups') return leftOutByOne(agreement).some(({ saidBy }) => !isOneOf(persons, actor, saidBy));
  const saidAt = facts[name]?.amendedAt;
  if (saidAt === undefined) return false;
  if (name === 'service-may-change') return variations.some(({ carriedOut, proposedOn }) => !carriedOut && dayInUtc(saidAt) < proposedOn);
  return name === 'people-without-arrangement' && saidAt < (stages[stage]?.enteredAt ?? '');
}

export const decide = {
  'amend-facts': (states, { facts }, context) => {
    const { agreement, persons, others } = states;
    const changed = names(facts).filter((name) => canonical(agreement.facts[name]?.value ?? null) !== canonical(facts[name]) || isSaidAnew(states, name, context.actor));
    const amended: FactValues = Object.fromEntries(changed.map((name) => [name, facts[name]]));
    const notHere = changed.filter((name) => elsewhere[name] !== undefined);
    const named = peopleNamed(amended);
    const unknown = named.filter((person) => persons[person]?.registered !== true);
    const seated = answering.filter((name) => amended[name] !== undefined && isSeated({ agreement, persons }, amended[name], context));
    const strange = named.filter((person) => !isOfTheHouse(persons[person]));
    // Who completes what nobody knew of a taken-over agreement moves nothing.
    const fixed = !isSettled(agreement, context) ? [] : changed.filter((name) => (materialForPeople as readonly FactName[]).includes(name) && agreement.facts[name] !== undefined);
    const period = amended['contract-period'];
    const byValue = amendment(agreement, amended, context);
    const data = { ...byValue, tier: tierBesideEnded(agreement, byValue.tier, others) };

    return unless(
      [
        changed.length === 0 && alreadySo('the agreement holds these facts'),
        notHere.length > 0 &&
          refusal(
            'facts.recorded-elsewhere',
            'A fact on which a clock runs is recorded by the command that starts the clock.',
            ...notHere.map((name) => supplied(name)),
          ),
        fixed.length > 0 &&
          refusal(
            'facts.fixed-by-award',
            'What was awarded, or decided on where nothing is awarded, keeps its value, period and specification, until a variation or an extension that was decided is carried out.',
            ...fixed.map((what) => ({ what, suppliedBy: 'contract-manager', by: 'propose-variation' })),
          ),
        unknown.length > 0 &&
          refusal(
            'person.unknown',
            'Everyone named is registered in this organisation.',
            ...unknown.map((person) => ({ what: personStream(person), suppliedBy: 'administrator', by: 'register-person' })),
          ),
        strange.length > 0 &&
          refusal(
            'facts.not-of-the-house',
            'Whoever leads it, gives its money or answers for its data is still here, and works for no provider.',
            ...strange.map((person) => supplied(names(amended).find((name) => amended[name] === person)!)),
          ),
        seated.length > 0 &&
          refusal('facts.seated-in-a-panel', 'Whoever was asked with others for a sign-off is not made its lead or sponsor by somebody else.', ...seated.map((name) => ({ ...supplied(name), what: `another ${name}` }))),
        period !== undefined &&
          period.endsOn < period.startsOn &&
          refusal('facts.period-reversed', 'A period ends on or after the day it starts.', supplied('contract-period')),
        ...refuseImpossibleDays(agreement, amended, context),
        ...(fixed.includes('contract-period') ? [] : refuseSuddenEnd(states, period, context.today, context, 'amend-facts')),
        refuseTakenBack(states, amended, context),
        ...refuseBesideTree(agreement, amended, 'amend-facts'),
        data.tier !== agreement.tier && refuseGatesAskedLess(agreement, data.tier, context),
      ],
      () => [happened(agreement.id, 'concordat.agreement.facts-amended.v1', data)],
    );
  },
} satisfies { [C in keyof FactCommands]: Decide<C> };

/** The first value and period that are known of an awarded agreement are those that variations are held against. */
function knownSince({ award: { original } }: Agreement, { value, 'contract-period': period }: FactValues): Agreement['award']['original'] {
  return original && { ...original, value: original.value ?? value ?? null, period: original.period ?? period ?? null };
}

export const evolve = {
  'concordat.agreement.facts-amended.v1': (agreement, { data, meta, recordedAt }) => agreementWith(agreement, {
    title: data.facts.title ?? agreement.title,
    tier: data.tier,
    facts: withFacts(agreement.facts, data.facts, meta.actor, recordedAt),
    formerTeams: data.facts.team === undefined || agreement.facts.team === undefined ? agreement.formerTeams : [...new Set([...agreement.formerTeams, agreement.facts.team.value])],
    content: data.content,
    award: { ...agreement.award, original: knownSince(agreement, data.facts) },
    involvement: {
      ...agreement.involvement,
      namedNoMore: data.facts['affected-groups'] === undefined ? agreement.involvement.namedNoMore : namedNoMoreOnce(agreement, data.facts['affected-groups'], meta.actor, recordedAt),
      concernedBefore: Math.max(agreement.involvement.concernedBefore, agreement.facts['people-concerned']?.value ?? 0),
    },
  }),
} satisfies { [T in keyof FactEvents]: Evolve<T> };

export const conditions = {
  'time.passed-since': (agreement, { fact, months }, { today }) => {
    const on = agreement.facts[fact]?.value;
    if (on === undefined) return [supplied(fact)];
    // A decision that was taken anew since is one that no notice was given of.
    const from = fact === 'notice-given' ? inForceFrom(agreement) : agreement.facts['notice-given']?.value;
    if (from !== undefined && on < from) return [{ ...supplied(fact), what: `${fact}: ${from} or later` }];
    const since = (fact === 'notice-given' && noticeCountsFrom(agreement)) || on;
    const until = monthsAfter(since, months);
    return today >= until ? [] : [{ what: `${until}, ${months} months after: ${factTitles[fact]}${since === on ? '' : `, put on record on ${since}`}`, suppliedBy: 'time' }];
  },

  'facts.present': (agreement, { facts }, { today }) => [
    ...facts
      .filter((name) => !(elsewhere[name]?.isPresent(agreement) ?? agreement.facts[name] !== undefined) && besides[name]?.(agreement) !== true)
      .map((name) => supplied(name)),
    // Conflicts are assessed once everybody who acts here until then declared theirs.
    ...(facts.includes('conflicts-assessment') ? undeclared(agreement, [], today) : []),
  ],
} satisfies Partial<Conditions>;
