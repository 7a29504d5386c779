import { actorName, type Delegation, delegationsTo, type Person } from '@concordat/access/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { refusal } from './refusal.js';
import { everyIdOf, overlapsOf, type Work } from './separation.js';
import type { SignOffCondition, SignOffKind, SignOffOutcome } from './sign-off.js';
import type { Context, States } from './topic.js';

/** Who put their name to it: in whose place and by which delegation, under which other ids, and which other hats they wear here. */
export type Signature = {
  readonly onBehalfOf: string | null;
  readonly delegation: string | null;
  readonly identities: readonly string[];
  readonly overlaps: readonly string[];
  readonly needsSecond: boolean;
};

/** One person's word on one sign-off. `everyId`: all ids whose own work counts as theirs, the delegator's among them. */
export type Voice = {
  readonly member: string;
  readonly by: string;
  readonly everyId: readonly string[];
  readonly at: string;
  readonly version: string;
  readonly is: 'granted' | 'refused';
  readonly conditions: readonly SignOffCondition[];
  readonly expiresOn: CivilDate | null;
  readonly overlaps: readonly string[];
  readonly second: { readonly is: 'not-needed' } | { readonly is: 'awaited' } | { readonly is: 'given'; readonly by: string; readonly everyId: readonly string[] };
};

/** What somebody signs for, in pounds: the estimate, or the award that is proposed where that is more. Without limit where one of them is not known in pounds. */
function worthOf({ facts, award }: Agreement): number {
  const inPounds = [facts.value?.value, ...(award.proposed === null ? [] : [award.proposed.value])].map((value) => (value?.currency === 'GBP' ? Number(value.amount) : Infinity));
  return Math.max(...inPounds);
}

/** By which delegation `person` signs here for a discipline in this delegator's place; undefined where none reaches as far. */
export function delegationReaching(agreement: Agreement, delegator: Person, person: string, discipline: string, day: CivilDate): Delegation | undefined {
  const worth = worthOf(agreement);
  return delegationsTo(delegator, person, day)
    .filter((given) => given.discipline === discipline && (given.agreements?.includes(agreement.id) ?? true))
    .find(({ upTo }) => upTo === null || worth <= upTo);
}

/** Who signs here, in whose place, and what that shows; with the refusal where the delegation does not reach as far. */
export function signatureOf({ agreement, persons }: States, work: Work, kind: SignOffKind, onBehalfOf: string | undefined, { actor, today }: Context) {
  const { subject: discipline } = work;
  const person = actorName(actor);
  const acting = onBehalfOf === undefined ? [person] : [person, onBehalfOf];
  const everyId = everyIdOf(persons, ...acting);
  const worth = worthOf(agreement);
  const delegator = onBehalfOf === undefined ? undefined : persons[onBehalfOf];
  const delegation = delegator && delegationReaching(agreement, delegator, person, discipline, today);
  const { shown, needSecond } = kind === 'approval' ? overlapsOf(agreement, everyId, work) : { shown: [], needSecond: false };
  const signature: Signature = {
    onBehalfOf: onBehalfOf ?? null,
    delegation: delegation?.delegation ?? null,
    identities: everyId.filter((id) => id !== person),
    overlaps: shown,
    needsSecond: needSecond,
  };
  const beyond =
    onBehalfOf !== undefined &&
    delegation === undefined &&
    refusal('sign-off.beyond-delegation', 'A delegation reaches as far as its amount.', { what: `someone who may sign for this value: ${Number.isFinite(worth) ? worth.toFixed(2) : 'not known'}`, suppliedBy: `approver:${discipline}`, by: 'sign-off' });
  return { person, acting, everyId, work, signature, beyond };
}

/** Does one person stand behind both, be it in another's place or under another id? Together they are one voice. */
export const ofOneHead = (one: Pick<Voice, 'everyId'>, other: Pick<Voice, 'everyId'>): boolean => one.everyId.some((id) => other.everyId.includes(id));

/** Has any of these ids approved this discipline? Whoever did does not accept it too. */
export const approvedByAny = (agreement: Agreement, discipline: string, people: readonly string[]): boolean =>
  agreement.signOffs.some(
    (other) => other.kind === 'approval' && other.discipline === discipline && other.answer.is === 'granted' && other.voices.some(({ everyId, is }) => is === 'granted' && everyId.some((id) => people.includes(id))),
  );

/** A signature as one voice among those asked. */
export function voiceOf(data: Signature & { readonly version: string }, by: string, at: string, outcome: SignOffOutcome): Voice {
  const { onBehalfOf, identities, overlaps, needsSecond, version } = data;
  const granted = outcome.is === 'granted';
  return {
    member: onBehalfOf ?? by,
    by,
    everyId: [by, ...identities],
    at,
    version,
    is: outcome.is,
    conditions: granted ? outcome.conditions : [],
    expiresOn: (granted ? outcome.expiresOn : undefined) ?? null,
    overlaps,
    second: { is: granted && needsSecond ? 'awaited' : 'not-needed' },
  };
}
