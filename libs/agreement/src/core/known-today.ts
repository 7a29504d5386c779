import { personStream, type Person, type RoleGrant } from '@concordat/access/core';
import { leavingOut } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { checkedToday, checkersOf } from './answer-check.js';
import { confirmedToday, confirmersOf } from './carried-over.js';
import { seenToday, seersOf } from './escalation.js';
import { consultersOf } from './consultation.js';
import { agreersOf } from './gate-condition.js';
import { unreachedBy } from './owed-word.js';
import { nobodyWishedBy } from './invitation.js';
import { loweredBy } from './involvement.js';
import { stagesSaidBy } from './stages-that-matter.js';
import { liftedToday } from './interest-lifted.js';
import { panellistsOf } from './risk-panel.js';
import { deciding, everyIdOf, overlapsOf, readWhere, type Work, worksForAProvider } from './separation.js';
import type { Voice } from './signature.js';
import { readToday } from './objection.js';
import { offeredToday, offerersOf } from './transfer.js';
import { giverOf, reviewersOf, viewedToday, viewersOf } from './waiver.js';
import { actingIn } from './who-acts.js';

// Two ids may be found to be one person after one of them signed. What an agreement rests on is therefore read under the ids that
// its signers have today, never under those alone that were known when they signed.

/** By person id: the other ids of whoever it is today, whether one of them all is a provider's, the roles they hold under this one, none once they are disabled, and when they are away. Of whose stream was not read there is none. */
export type KnownAs = Readonly<Record<string, { readonly others: readonly string[]; readonly ofProvider: boolean; readonly grants: readonly RoleGrant[]; readonly absences: Person['absences'] }>>;

type Read = Pick<Voice, 'everyId' | 'overlaps' | 'second'>;
const people = (one: Read): readonly string[] => [...one.everyId, ...(one.second.is === 'given' ? one.second.everyId : [])];

/** Whoever agreed, here or above it, that an interest is over. */
export const liftersOf = ({ conflicts, tree: { parent } }: Pick<Agreement, 'conflicts' | 'tree'>): readonly string[] =>
  [...conflicts, ...(parent?.interests ?? [])].flatMap(({ lifted }) => (lifted === undefined ? [] : [lifted.by]));

/** Those by whose word whoever carries a risk, or is concerned by a waiver, has had their say, and objections their reply. */
export const speakersOf = ({ statements, waivers, stage }: Agreement): readonly string[] => [
  ...statements.flatMap(({ spoken }) => (spoken === null ? [] : [spoken.by, spoken.writtenBy])),
  ...statements.flatMap(({ reply, repliedTo }) => (reply !== null && repliedTo ? [reply.secondPerson] : [])),
  ...waivers.flatMap((one) => (one.stage === stage ? viewersOf(one) : [])),
];

const grantersOf = ({ signOffs }: Agreement): readonly string[] => signOffs.flatMap(({ answer, voices }) => (answer.is === 'granted' ? voices.flatMap(people) : []));

const decidersOf = ({ decision, variations }: Agreement): readonly string[] =>
  [decision, ...variations.map(({ decided, carriedOut }) => (carriedOut ? null : decided))].flatMap((one) => (one === null ? [] : people(one)));

const excusersOf = ({ waivers, gateConditions, stage }: Agreement): readonly string[] => [
  ...waivers.flatMap((one) => (one.stage === stage ? giverOf(one) ?? [] : [])),
  ...gateConditions.flatMap((one) => (one.stage === stage && !one.opened ? agreersOf(one) : [])),
];

const evaluatorsOf = ({ evaluation }: Agreement): readonly string[] => evaluation.evaluators.flatMap(({ evaluator, registered }) => (registered ? [evaluator] : []));

/** On whose word an agreement rests: one line for each way in which it matters that somebody is no other. */
const restsOn = [actingIn, grantersOf, decidersOf, excusersOf, evaluatorsOf, seersOf, confirmersOf, reviewersOf, checkersOf, offerersOf, panellistsOf, speakersOf, liftersOf, nobodyWishedBy, stagesSaidBy, loweredBy, leavingOut, unreachedBy, consultersOf];

/** The streams of these people: they say under which ids each is known today. What the system did, nobody did. */
export const streamsOfPeople = (ids: readonly string[]): readonly string[] => [...new Set(ids)].filter((person) => !person.startsWith('system:')).map(personStream);

/** The streams of everybody on whose word the agreement rests today. */
export const signersOf = (agreement: Agreement): readonly string[] => streamsOfPeople(restsOn.flatMap((who) => who(agreement)));

/** The agreement with everybody who acted here under every id they have today, as far as these streams tell. */
export function knownToday(agreement: Agreement, persons: Readonly<Record<string, Person>>): Agreement {
  const read = Object.entries(persons);
  if (read.length === 0) return agreement;
  const knownAs = Object.fromEntries(
    read.map(([id, person]) => [id, { others: person.identities.map((identity) => identity.person), ofProvider: worksForAProvider(person), grants: person.disabled ? [] : person.grants, absences: person.absences }]),
  );
  // What two hats on one head would have asked for when they signed, they are asked for once it is known that it is one head.
  const under = <R extends Read>(one: R, work: Work, approves: boolean): R => {
    const everyId = everyIdOf(persons, ...one.everyId);
    const foundSince = everyId.filter((id) => !one.everyId.includes(id));
    const second = one.second.is === 'given' ? { ...one.second, everyId: everyIdOf(persons, ...one.second.everyId) } : one.second;
    const { shown, needSecond } = approves ? overlapsOf(agreement, foundSince, work) : { shown: [], needSecond: false };
    return readWhere({ ...one, everyId, second, overlaps: [...new Set([...one.overlaps, ...shown])] }, needSecond);
  };
  const found = agreementWith(agreement, { knownAs });
  if (!read.some(([, person]) => person.identities.length > 0 || worksForAProvider(person))) return found;
  return agreementWith(found, {
    ...liftedToday(found),
    carriedOver: confirmedToday(found),
    risk: seenToday(found),
    statements: readToday(found),
    waivers: viewedToday(found),
    contributions: checkedToday(found).contributions,
    transfer: offeredToday(found),
    signOffs: agreement.signOffs.map((signOff) => ({
      ...signOff,
      voices: signOff.voices.map((voice) => under(voice, { subject: signOff.discipline, requestedBy: signOff.requestedBy }, signOff.kind === 'approval' && voice.is === 'granted')),
    })),
    decision: agreement.decision && under(agreement.decision, deciding, true),
    variations: agreement.variations.map((variation) => ({ ...variation, decided: variation.decided && under(variation.decided, deciding, variation.decided.outcome === 'agreed') })),
  });
}
