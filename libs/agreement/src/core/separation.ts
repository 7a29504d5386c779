import { type Actor, actorName, identitiesOf, type Person } from '@concordat/access/core';
import { type Missing, type Refusal } from '@concordat/journal/core';
import type { Tier } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import type { CommandName } from './command.js';
import { hasBarringInterest, hasInterest } from './conflict.js';
import { material, type Subject } from './content.js';
import { alreadySo, refusal } from './refusal.js';
import type { Voice } from './signature.js';
import type { States } from './topic.js';

/** What someone is about to approve or decide: the subject, and who asked for it where somebody did. */
export interface Work {
  readonly subject: Subject;
  readonly requestedBy: string | null;
}

/** What whoever decides is about to do: nobody asked for it by name. */
export const deciding: Work = { subject: 'decision', requestedBy: null };

type Holds = (agreement: Agreement, person: string, work: Work) => boolean;

const grantedBy = (agreement: Agreement, kind: 'approval' | 'acceptance', person: string, which: (subject: string) => boolean) =>
  agreement.signOffs.some(
    (signOff) => signOff.kind === kind && which(signOff.discipline) && signOff.answer.is === 'granted' && signOff.voices.some(({ everyId, is }) => is === 'granted' && everyId.includes(person)),
  );

/**
 * The absolute bars: no one approves what is their own, in any tier, whatever roles they hold, administrators included.
 * Decided by person from the streams. In the small tier this is what asks for a second pair of eyes: whoever opened it
 * cannot also approve it.
 */
const bars: Readonly<Record<string, Holds>> = {
  'opened the agreement': (agreement, person) => agreement.openedBy === person,
  // Whoever opened the whole opened its parts, and whoever split it wrote how each begins.
  'split it off': ({ tree: { parent } }, person) => parent?.as === 'split-from' && parent.by === person,
  'asked for this sign-off': (_, person, { requestedBy }) => requestedBy === person,
  'wrote what it rests on': (agreement, person, { subject }) =>
    material[subject].facts.some((name) => agreement.facts[name]?.writtenBy.includes(person)),
  'proposed the award it rests on': (agreement, person, { subject }) =>
    material[subject].award && agreement.award.proposed !== null && agreement.hands.award.includes(person),
  'chose the route it rests on': (agreement, person, { subject }) => material[subject].route && agreement.routeChoice !== null && agreement.hands.route.includes(person),
  'recorded the urgency it rests on': ({ urgency }, person, { subject }) => material[subject].route && urgency.urgent !== null && urgency.recordedBy.includes(person),
  'leads the agreement': (agreement, person) => agreement.facts.lead?.value === person,
  // A colleague who takes it over does not make what was done until then somebody else's.
  'led the agreement': ({ facts, hands }, person) => facts.lead?.value !== person && hands.lead.includes(person),
  // Whoever gives the money answers for it as sponsor, and approves nothing else that it is spent on.
  'gives the money': (agreement, person, { subject }) => subject !== 'sponsor' && agreement.facts.sponsor?.value === person,
  'gave the money': ({ facts, hands }, person, { subject }) => subject !== 'sponsor' && facts.sponsor?.value !== person && hands.sponsor.includes(person),
  // Whoever decides leaves the room with any interest: there a lesser one bars too.
  'declared an interest': (agreement, person, { subject }) => (subject === 'decision' ? hasInterest : hasBarringInterest)(agreement, person),
  // Sponsor and owner are one party by definition.
  'accepted it for the party that answers for it': (agreement, person, { subject }) => subject !== 'sponsor' && grantedBy(agreement, 'acceptance', person, (other) => other === subject),
  // What is bought from providers is approved by none of their people, under whichever id.
  'works for a provider': ({ knownAs }, person) => knownAs[person]?.ofProvider === true,
};

type Overlap = { readonly holds: Holds } & Readonly<Record<Tier, 'shown' | 'second-person'>>;

/**
 * Two hats on one head that bar nobody by themselves: they show, and from the tier on where it says so a second person
 * reads what was signed or decided. A small agreement has two people, so one of them may sign for several disciplines, and decide.
 */
const overlaps: Readonly<Record<string, Overlap>> = {
  'declared another interest': {
    holds: (agreement, person) => hasInterest(agreement, person) && !hasBarringInterest(agreement, person),
    small: 'second-person', standard: 'second-person', major: 'second-person',
  },
  'approved for another discipline here': {
    holds: (agreement, person, { subject }) => grantedBy(agreement, 'approval', person, (other) => other !== subject),
    small: 'shown', standard: 'second-person', major: 'second-person',
  },
  'took the decision here': {
    holds: (agreement, person, { subject }) => subject !== 'decision' && (agreement.decision?.recordedBy === person || agreement.tree.parent?.decisionRecordedBy === person),
    small: 'shown', standard: 'second-person', major: 'second-person',
  },
  // A refusal is not passed over by asking somebody else of the same: whoever refused answers, or two do. A panel that refused is asked again as a whole.
  'answers what somebody else refused as it stands': {
    holds: ({ signOffs, content }, person, { subject }) => {
      const same = signOffs.filter(({ kind, discipline }) => kind === 'approval' && discipline === subject);
      const since = same.slice(same.findLastIndex(({ answer }) => answer.is === 'granted') + 1);
      return since.some(
        ({ answer, panel, voices }) => answer.is === 'refused' && panel === null && answer.version === content[subject] && !voices.some(({ is, everyId }) => is === 'refused' && everyId.includes(person)),
      );
    },
    small: 'second-person', standard: 'second-person', major: 'second-person',
  },
  'answers for one of its risks': {
    holds: (agreement, person) => agreement.risk.some(({ owner, closed }) => owner === person && !closed),
    small: 'shown', standard: 'second-person', major: 'second-person',
  },
};

/**
 * Why this work is the own of any of these people, as phrases that finish "someone who …"; empty where it is of none.
 * The people are every id of whoever acts, and of whoever they act for.
 */
export function ownWork(agreement: Agreement, people: readonly string[], work: Work): readonly string[] {
  return Object.entries(bars)
    .filter(([, holds]) => people.some((person) => holds(agreement, person, work)))
    .map(([says]) => says);
}

/** What shows of whoever signs, and whether a second person must read it. */
export function overlapsOf(agreement: Agreement, people: readonly string[], work: Work): { readonly shown: readonly string[]; readonly needSecond: boolean } {
  const holding = Object.entries(overlaps).filter(([, { holds }]) => people.some((person) => holds(agreement, person, work)));
  return { shown: holding.map(([says]) => says), needSecond: holding.some(([, overlap]) => overlap[agreement.tier] === 'second-person') };
}

type Taken = Pick<Voice, 'overlaps' | 'second'>;

/** What was signed or decided where nobody had to read it, to be read by a second person all the same, where `needed`. */
export const readWhere = <T extends Taken>(taken: T, needed: boolean): T => (needed && taken.second.is === 'not-needed' ? { ...taken, second: { is: 'awaited' } } : taken);

/** After a tier was raised: what showed and nobody had to read in the lower one is read in this one. */
export function withReadersOf(before: Agreement, after: Agreement): Agreement {
  const { tier } = after;
  if (tier === before.tier || before.lifecycle === 'none') return after;
  const read = <T extends Taken>(taken: T): T => readWhere(taken, taken.overlaps.some((says) => overlaps[says]?.[tier] === 'second-person'));
  return agreementWith(after, {
    signOffs: after.signOffs.map((signOff) => ({ ...signOff, voices: signOff.voices.map((voice) => (voice.is === 'granted' ? read(voice) : voice)) })),
    decision: after.decision && read(after.decision),
    variations: after.variations.map((variation) => ({ ...variation, decided: variation.decided?.outcome === 'agreed' ? read(variation.decided) : variation.decided })),
  });
}

/** Every id that this person has today, as far as it was read: what is own work under one is own work under all. */
export const everyIdToday = ({ knownAs }: Agreement, person: string): readonly string[] => [person, ...(knownAs[person]?.others ?? [])];

/** Are these two people at least, who are no one person today? */
export const areTwo = (agreement: Agreement, people: readonly string[]): boolean => people.some((one) => !everyIdToday(agreement, people[0] ?? '').includes(one));

/** Every id of these people: what is own work under one is own work under all. */
export function everyIdOf(people: Readonly<Record<string, Person>>, ...ids: readonly string[]): readonly string[] {
  return [...new Set(ids.flatMap((id) => identitiesOf(id, people[id])))];
}

/** Is whoever acts one of these, under whichever id? */
export function isOneOf(persons: Readonly<Record<string, Person>>, actor: Actor, people: readonly (string | null | undefined)[]): boolean {
  const everyId = everyIdOf(persons, actorName(actor));
  return people.some((person) => everyId.includes(person ?? ''));
}

/** The refusal of whoever did it already, under whichever id, where somebody else has to: two people do it, or the other one undoes it. `did`: finishes “the one who …”. */
export const refuseSamePerson = (
  persons: Readonly<Record<string, Person>>,
  actor: Actor,
  before: readonly (string | null | undefined)[],
  { code, asks, did, suppliedBy = 'someone else', by }: { readonly code: string; readonly asks: string; readonly did: string; readonly suppliedBy?: string; readonly by: CommandName },
): Refusal | false => isOneOf(persons, actor, before) && refusal(code, asks, { what: `someone other than the one who ${did}`, suppliedBy, by });

/** The providers whose person this is, under this id or another. */
export const providersOf = ({ memberOf, identities }: Pick<Person, 'memberOf' | 'identities'>): readonly string[] =>
  [memberOf?.kind === 'provider' ? memberOf.provider : null, ...identities.map(({ provider }) => provider)].filter((provider) => provider !== null);

/** Is this one of a provider's people, under this id or another? */
export const worksForAProvider = (person: Pick<Person, 'memberOf' | 'identities'> | undefined): boolean => person !== undefined && providersOf(person).length > 0;

/**
 * The refusal with every bar that holds for any of these people, or false. Of somebody the streams do not know nothing can be
 * told: so they approve nothing either.
 */
export function refuseOwnWork(
  agreement: Agreement,
  acting: readonly string[],
  people: Readonly<Record<string, Person>>,
  work: Work,
  whoElse: Pick<Missing, 'suppliedBy' | 'by'>,
): Refusal | false {
  const reasons = [
    ...ownWork(agreement, everyIdOf(people, ...acting), work),
    ...(acting.some((person) => people[person]?.registered !== true) ? ['nobody here knows'] : []),
  ];
  return (
    reasons.length > 0 &&
    refusal(
      'sign-off.own-work',
      'No one approves what is their own.',
      ...reasons.map((reason) => ({ ...whoElse, what: `someone other than the one who ${reason}` })),
    )
  );
}

/**
 * Why a second person cannot read what was signed or decided: nobody is awaited, it is the one who did it under any of their ids, it is
 * their own work, or they declared an interest, whatever it is. `taken`: undefined where the record holds no such thing.
 */
export function refuseSecondReader(
  { agreement, persons }: Pick<States, 'agreement' | 'persons'>,
  person: string,
  taken: readonly Pick<Voice, 'everyId' | 'second'>[] | undefined,
  work: Work,
  by: CommandName,
): readonly (Refusal | false)[] {
  const whoElse = { suppliedBy: 'someone else', by };
  const everyId = everyIdOf(persons, person);
  const did = work.subject === 'decision' ? 'decided' : 'signed';
  const same = taken?.some((one) => one.everyId.some((id) => everyId.includes(id))) === true;
  // Where an interest does not bar it shows, and is read by somebody who has none.
  const interested = everyId.some((id) => hasInterest(agreement, id)) && !ownWork(agreement, everyId, work).includes('declared an interest');
  return [
    taken !== undefined && !taken.some(({ second }) => second.is === 'awaited') && alreadySo('no second person is awaited'),
    same && refusal('second.same-person', 'A second person is someone else.', { ...whoElse, what: `someone other than the one who ${did}` }),
    refuseOwnWork(agreement, [person], persons, work, whoElse),
    !same && interested && refusal('second.has-interest', 'A second person has no interest here.', { ...whoElse, what: 'someone who declared no interest' }),
  ];
}

/** What a decision waits for whose maker wears another hat here, too. */
export const waitsForSecond = ({ second, overlaps }: { readonly second: Voice['second']; readonly overlaps: readonly string[] }, what: string, by: 'second-decision' | 'second-variation'): readonly Missing[] =>
  second.is === 'awaited' ? [{ what: `${what}: waits for a second person, because it was taken by the one who ${overlaps.join(' and ')}`, suppliedBy: 'someone else', by }] : [];

/** Why what a second person read counts no more, as phrases that finish “the one who …”: it became their own, or they turn out to be no other. */
export function whyNotRead(agreement: Agreement, { everyId, second }: Pick<Voice, 'everyId' | 'second'>, work: Work): readonly string[] {
  if (second.is !== 'given') return [];
  const [readers, did] = [second.everyId, work.subject === 'decision' ? 'decided' : 'signed'];
  return [...new Set([...ownWork(agreement, readers, work), ...(readers.some((id) => hasInterest(agreement, id)) ? ['declared an interest'] : []), ...(readers.some((id) => everyId.includes(id)) ? [`${did} it`] : [])])];
}
