import { actorName } from '@concordat/access/core';
import { type Missing, type Refusal, refuse } from '@concordat/journal/core';
import type { AcceptingParty, Discipline, SignOffAsked } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { notTheParty, partyNow, partyOf } from './acceptance.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import type { DocumentReference } from './facts.js';
import { lastDayToDo, refuseTooFar } from './put-off.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { everyIdOf, refuseOwnWork, refuseSecondReader } from './separation.js';
import { comesToNothing, type Panel, panelsOf, refusePanel, refuseVoice, tally } from './sign-off-panel.js';
import { approvedByAny, type Signature, signatureOf, type Voice, voiceOf } from './signature.js';
import { pastTheStart } from './service-start.js';
import type { Decide, Evolve, States } from './topic.js';

export type SignOffKind = SignOffAsked['kind'];
/** Something still to be done, and by when. It holds no gate before that day, and every gate after it. */
export type SignOffCondition = { readonly what: string; readonly dueOn: CivilDate };
/** `expiresOn`: the last day it holds; for good where there is none. */
export type SignOffOutcome =
  | { readonly is: 'granted'; readonly conditions: readonly SignOffCondition[]; readonly expiresOn?: CivilDate }
  | { readonly is: 'refused'; readonly reason: string };

export interface SignOffCommands {
  /** An `approval` with separation of duties in full, or an `acceptance` by the very party (`of`) that must accept. `panel`: several people, for an approval. */
  'request-sign-off': { readonly signOff: string; readonly kind: SignOffKind; readonly discipline: Discipline; readonly of?: AcceptingParty; readonly panel?: Panel };
  /** `versionRead`: the content hash of what was read; it must be the one that stands. `onBehalfOf`: who delegated it. */
  'sign-off': { readonly signOff: string; readonly versionRead: string; readonly outcome: SignOffOutcome; readonly onBehalfOf?: string };
  /** By a second person, where whoever signed wears another hat here too. */
  'second-sign-off': { readonly signOff: string };
  /** It holds on until a later day, because it was reviewed and what it rests on still stands. */
  'renew-sign-off': { readonly signOff: string; readonly versionRead: string; readonly expiresOn: CivilDate; readonly review: DocumentReference; readonly onBehalfOf?: string };
  /** By who asked, before it is given, or by anybody where those who were asked together can give it no more; by who gave it, or in whose place it was given, after. */
  'withdraw-sign-off': { readonly signOff: string; readonly reason: string };
}

export interface SignOffEvents {
  'concordat.agreement.sign-off-requested.v1': {
    readonly signOff: string;
    readonly kind: SignOffKind;
    readonly discipline: Discipline;
    readonly of: AcceptingParty | null;
    readonly panel: Panel | null;
    readonly stage: string;
  };
  'concordat.agreement.signed-off.v1': { readonly signOff: string; readonly version: string; readonly outcome: SignOffOutcome } & Signature;
  'concordat.agreement.sign-off-seconded.v1': { readonly signOff: string; readonly identities: readonly string[] };
  'concordat.agreement.sign-off-renewed.v1': { readonly signOff: string; readonly version: string; readonly expiresOn: CivilDate; readonly review: DocumentReference } & Signature;
  'concordat.agreement.sign-off-withdrawn.v1': { readonly signOff: string; readonly reason: string };
}

/** One sign-off that was asked for, and its answer. Times are ISO 8601 in UTC, people are ids. */
export type SignOff = {
  readonly id: string;
  readonly kind: SignOffKind;
  readonly discipline: Discipline;
  readonly of: AcceptingParty | null;
  readonly panel: Panel | null;
  readonly stage: string;
  /** The agreement it was given in, where this one was split from it; null where it was asked for here. */
  readonly fromAgreement: string | null;
  readonly requestedBy: string;
  /** Of an acceptance, who the party was that gave it: a provider's id, or the person who acted for the owner or controller; null before that. */
  readonly acceptedFor: string | null;
  /** In the order they were given, all on the version of the last. */
  readonly voices: readonly Voice[];
  /** What the voices come to; `by`: whoever spoke last. */
  readonly answer:
    | { readonly is: 'awaited' }
    /** `version`: the content hash it is bound to. */
    | {
        readonly is: 'granted';
        readonly by: string;
        readonly at: string;
        readonly version: string;
        readonly conditions: readonly (SignOffCondition & { readonly met: string | null; readonly renewed: boolean })[];
        readonly expiresOn: CivilDate | null;
      }
    | { readonly is: 'refused'; readonly by: string; readonly at: string; readonly version: string; readonly reason: string }
    | { readonly is: 'withdrawn'; readonly by: string; readonly at: string };
};

/** In the order they were asked for. */
export type SignOffState = readonly SignOff[];
export const initialSignOffs: SignOffState = [];

export type Standing = SignOff['answer']['is'] | 'granted-with-conditions' | 'lapsed' | 'stale';

/** Is what was granted of something else than stands now: its matter changed since, or who answers for it, so that another party would have to accept? */
export function isStale(agreement: Agreement, { answer, discipline, of, acceptedFor }: Pick<SignOff, 'answer' | 'discipline' | 'of' | 'acceptedFor'>): boolean {
  return answer.is === 'granted' && (answer.version !== agreement.content[discipline] || (of !== null && acceptedFor !== partyNow(agreement, of)));
}

/** How a sign-off stands on a day: `stale` where its matter, or the party that accepted it, is another since, `lapsed` after its last day, `awaited` while a second person is. */
export function standing(agreement: Agreement, signOff: SignOff, today: CivilDate): Standing {
  const { answer, voices } = signOff;
  if (answer.is !== 'granted') return answer.is;
  if (isStale(agreement, signOff)) return 'stale';
  if (answer.expiresOn !== null && answer.expiresOn < today) return 'lapsed';
  if (voices.some(({ second }) => second.is === 'awaited')) return 'awaited';
  return answer.conditions.length > 0 ? 'granted-with-conditions' : 'granted';
}

/** What a sign-off was granted on condition of, and is not done. */
export function openConditions({ answer }: SignOff): readonly SignOffCondition[] {
  return answer.is === 'granted' ? answer.conditions.filter(({ met }) => met === null) : [];
}

export const findSignOff = (agreement: Agreement, id: string): SignOff | undefined => agreement.signOffs.find((signOff) => signOff.id === id);
const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
export const signOffUnknown = refusal('sign-off.unknown', 'The sign-off was asked for in this agreement.', commissioner('signOff', 'request-sign-off'));

/** Whoever may give it; where nobody knows which sign-off is meant, some approver. */
export const approverOf = (signOff: SignOff | undefined): string => (signOff === undefined ? 'approver' : `approver:${signOff.discipline}`);

/** Why this person cannot give it: it is their own, they are not the party that answers for it or approved it too, or it is beyond their delegation. */
function refuseSigner({ agreement, persons }: States, { kind, discipline, of }: SignOff, is: SignOffOutcome['is'], { person, acting, everyId, work, beyond }: ReturnType<typeof signatureOf>, approver: Omit<Missing, 'what'>): readonly (Refusal | false)[] {
  const party = of === null ? [] : notTheParty(agreement, of, person, persons[person]);
  return [
    // Refusing one's own proposal harms nobody; only a grant needs other eyes.
    kind === 'approval' && is === 'granted' && refuseOwnWork(agreement, acting, persons, work, approver),
    party.length > 0 && refusal('sign-off.not-the-party', 'An acceptance is given by the very party that answers for it.', ...party),
    // Whoever gives the money is its sponsor and its owner: one party by definition, and nobody else may accept for it.
    kind === 'acceptance' && discipline !== 'sponsor' && is === 'granted' && approvedByAny(agreement, discipline, everyId) &&
      refusal('sign-off.approved-it', 'Whoever approved it does not accept it too.', { ...approver, what: 'someone other than the one who approved it' }),
    beyond,
  ];
}

export const decide = {
  'request-sign-off': (states, { signOff, kind, discipline, of, panel }, context) => {
    const { agreement } = states;
    const party = partyOf({ kind, discipline, ...(of !== undefined && { of }) });
    return unless(
      [
        findSignOff(agreement, signOff) !== undefined && alreadySo('this sign-off was asked for'),
        agreement.signOffs.some((other) => other.kind === kind && other.discipline === discipline && other.of === party && other.answer.is === 'awaited') &&
          alreadySo(`the ${kind} of ${discipline} is awaited`),
        kind === 'approval' && of !== undefined && refusal('sign-off.approval-of-no-party', 'A party accepts; whoever approves is none.', commissioner('of', 'request-sign-off')),
        ...refusePanel(states, { kind, discipline, panel }, context),
      ],
      () => [happened(agreement.id, 'concordat.agreement.sign-off-requested.v1', { signOff, kind, discipline, of: party, panel: panel ?? null, stage: agreement.stage })],
    );
  },

  'sign-off': (states, { signOff: id, versionRead, outcome, onBehalfOf }, context) => {
    const { agreement } = states;
    const signOff = findSignOff(agreement, id);
    const approver = { suppliedBy: approverOf(signOff), by: 'sign-off' };
    const lastDays = [
      outcome.is === 'granted' && outcome.conditions.some(({ dueOn }) => dueOn < context.today) && refusal('sign-off.due-date-past', 'A condition is due today or later.', { ...approver, what: 'dueOn' }),
      outcome.is === 'granted' && outcome.expiresOn !== undefined && outcome.expiresOn < context.today && refusal('sign-off.expired-already', 'A sign-off holds today at least.', { ...approver, what: 'expiresOn' }),
    ];
    if (signOff === undefined) return refuseUnknown(signOffUnknown, lastDays);
    const { kind, discipline } = signOff;
    const signing = signatureOf(states, { subject: discipline, requestedBy: signOff.requestedBy }, kind, onBehalfOf, context);
    const lastDue = outcome.is === 'granted' ? outcome.conditions.map(({ dueOn }) => dueOn).sort().at(-1) : undefined;

    return unless(
      [
        signOff.answer.is !== 'awaited' && alreadySo(`the sign-off is ${signOff.answer.is}`),
        versionRead !== agreement.content[discipline] &&
          refusal('sign-off.other-version', 'Whoever signs has read what stands now.', { ...approver, what: `version ${agreement.content[discipline]}` }),
        ...refuseSigner(states, signOff, outcome.is, signing, approver),
        ...refuseVoice(signOff, { member: onBehalfOf ?? signing.person, everyId: signing.everyId, version: versionRead }, approver),
        ...lastDays,
        lastDue !== undefined && refuseTooFar('dueOn', lastDue, lastDayToDo(agreement, context.today), approver),
        lastDue !== undefined && pastTheStart(agreement, discipline, lastDue, context, approver),
      ],
      () => [happened(agreement.id, 'concordat.agreement.signed-off.v1', { signOff: id, version: versionRead, outcome, ...signing.signature })],
    );
  },

  'second-sign-off': (states, { signOff: id }, context) => {
    const { agreement, persons } = states;
    const signOff = findSignOff(agreement, id);
    if (signOff === undefined) return refuse(signOffUnknown);
    const { discipline, requestedBy, voices } = signOff;
    const person = actorName(context.actor);
    return unless(refuseSecondReader(states, person, voices, { subject: discipline, requestedBy }, 'second-sign-off'), () => [
      happened(agreement.id, 'concordat.agreement.sign-off-seconded.v1', { signOff: id, identities: everyIdOf(persons, person).filter((each) => each !== person) }),
    ]);
  },

  'renew-sign-off': (states, { signOff: id, versionRead, expiresOn, review, onBehalfOf }, context) => {
    const { agreement } = states;
    const signOff = findSignOff(agreement, id);
    const approver = { suppliedBy: approverOf(signOff), by: 'renew-sign-off' };
    const until = signOff?.answer.is === 'granted' ? signOff.answer.expiresOn : null;
    const tooShort = (expiresOn < context.today || (until !== null && expiresOn <= until)) &&
      refusal('sign-off.expired-already', 'A renewal holds longer than what it renews, and today at least.', { ...approver, what: 'expiresOn' });
    if (signOff === undefined) return refuseUnknown(signOffUnknown, [tooShort]);
    const { kind, discipline, panel, answer } = signOff;
    const signing = signatureOf(states, { subject: discipline, requestedBy: signOff.requestedBy }, kind, onBehalfOf, context);
    return unless(
      [
        until === null && refusal('sign-off.nothing-to-renew', 'A sign-off that was granted until some day is renewed.', commissioner('signOff', 'request-sign-off')),
        panel !== null && refusal('sign-off.panel-asked-anew', 'What several people granted together is asked of them again.', commissioner('signOff', 'request-sign-off')),
        (versionRead !== agreement.content[discipline] || (answer.is === 'granted' && answer.version !== versionRead)) &&
          refusal('sign-off.other-version', 'What is renewed still stands as it was read; what changed is asked anew.', { ...commissioner(`version ${agreement.content[discipline]}`, 'request-sign-off') }),
        ...refuseSigner(states, signOff, 'granted', signing, approver),
        tooShort,
      ],
      () => [happened(agreement.id, 'concordat.agreement.sign-off-renewed.v1', { signOff: id, version: versionRead, expiresOn, review, ...signing.signature })],
    );
  },

  'withdraw-sign-off': (states, { signOff: id, reason }, context) => {
    const { agreement } = states;
    const signOff = findSignOff(agreement, id);
    if (signOff === undefined) return refuse(signOffUnknown);
    const person = actorName(context.actor);
    const whose = signOff.answer.is === 'granted' ? [...new Set(signOff.voices.filter(({ is }) => is === 'granted').flatMap(({ by, member }) => [by, member]))] : [signOff.requestedBy];
    return unless(
      [
        (signOff.answer.is === 'withdrawn' || signOff.answer.is === 'refused') && alreadySo(`the sign-off is ${signOff.answer.is}`),
        !whose.includes(person) && !comesToNothing(states, signOff, context.today) &&
          refusal(
            'sign-off.not-yours',
            'A request is withdrawn by who asked, or by anybody where those who were asked together can give it no more; a sign-off by who gave it, or in whose place it was given.',
            ...whose.map((each) => ({ what: `person-${each}`, suppliedBy: `approver:${signOff.discipline}`, by: 'withdraw-sign-off' })),
          ),
      ],
      () => [happened(agreement.id, 'concordat.agreement.sign-off-withdrawn.v1', { signOff: id, reason })],
    );
  },
} satisfies { [C in keyof SignOffCommands]: Decide<C> };

export function withSignOff(agreement: Agreement, id: string, change: (signOff: SignOff) => Partial<SignOff>): Agreement {
  return agreementWith(agreement, { signOffs: agreement.signOffs.map((signOff) => (signOff.id === id ? { ...signOff, ...change(signOff) } : signOff)) });
}

/** Where nobody waits by the record alone, a second person read it because of ids that were found since, and read all of it. */
const isToRead = ({ is, second }: Voice, voices: readonly Voice[]): boolean =>
  second.is === 'awaited' || (is === 'granted' && second.is === 'not-needed' && !voices.some((one) => one.second.is === 'awaited'));

const partyThatAnswered = (agreement: Agreement, { of }: SignOff): string | null => (of === null ? null : (partyNow(agreement, of) ?? null));

/** What the voices come to: conditions add up, and the earliest last day holds. */
function answerOf({ panel }: SignOff, voices: readonly Voice[], outcome: SignOffOutcome): SignOff['answer'] {
  const { by, at, version } = voices.at(-1)!;
  switch (tally(panel, voices)) {
    case 'awaited':
      return { is: 'awaited' };
    case 'refused':
      return { is: 'refused', by, at, version, reason: outcome.is === 'refused' ? outcome.reason : '' };
    case 'granted': {
      const conditions = voices.flatMap((voice) => voice.conditions.map((condition) => ({ ...condition, met: null, renewed: false })));
      const lastDays = voices.flatMap(({ expiresOn }) => expiresOn ?? []).sort();
      return { is: 'granted', by, at, version, conditions, expiresOn: lastDays[0] ?? null };
    }
  }
}

export const evolve = {
  'concordat.agreement.sign-off-requested.v1': (agreement, { data, meta }) => agreementWith(agreement, {
    signOffs: [
      ...agreement.signOffs,
      { id: data.signOff, kind: data.kind, discipline: data.discipline, of: data.of, panel: data.panel, stage: data.stage, fromAgreement: null, requestedBy: meta.actor, acceptedFor: null, voices: [], answer: { is: 'awaited' } },
    ],
  }),
  'concordat.agreement.signed-off.v1': (agreement, { data, meta, recordedAt }) => {
    const signed = withSignOff(agreement, data.signOff, (signOff) => {
      const voice = voiceOf(data, meta.actor, recordedAt, data.outcome);
      const voices = [...signOff.voices.filter(({ version }) => version === data.version), voice];
      return { voices, acceptedFor: partyThatAnswered(agreement, signOff), answer: answerOf(signOff, voices, data.outcome) };
    });
    return agreementWith(signed, { panelsHeard: { ...signed.panelsHeard, ...panelsOf(signed.signOffs.filter(({ id }) => id === data.signOff)) } });
  },
  'concordat.agreement.sign-off-seconded.v1': (agreement, { data, meta }) =>
    withSignOff(agreement, data.signOff, ({ voices }) => ({
      voices: voices.map((voice) => (isToRead(voice, voices) ? { ...voice, second: { is: 'given', by: meta.actor, everyId: [meta.actor, ...data.identities] } } : voice)),
    })),
  'concordat.agreement.sign-off-renewed.v1': (agreement, { data, meta, recordedAt }) =>
    withSignOff(agreement, data.signOff, (signOff) => {
      const { answer } = signOff;
      return answer.is === 'granted'
        ? { acceptedFor: partyThatAnswered(agreement, signOff), voices: [voiceOf(data, meta.actor, recordedAt, { is: 'granted', conditions: [], expiresOn: data.expiresOn })], answer: { ...answer, by: meta.actor, at: recordedAt, version: data.version, expiresOn: data.expiresOn } }
        : {};
    }),
  'concordat.agreement.sign-off-withdrawn.v1': (agreement, { data, meta, recordedAt }) =>
    withSignOff(agreement, data.signOff, () => ({ answer: { is: 'withdrawn', by: meta.actor, at: recordedAt } })),
} satisfies { [T in keyof SignOffEvents]: Evolve<T> };
