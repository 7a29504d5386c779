import type { Fold, NewEvent } from '@concordat/journal/core';
import type { Mode } from '@concordat/pathway/core';
import { addDays, type CivilDate, type Sealed } from '@concordat/platform/core';

/** An ask that weighs on someone's budget for a year, whether they answer or not. A declined one is released. */
export type Ask = {
  readonly invitation: string;
  readonly agreement: string;
  readonly askedOn: CivilDate;
  readonly answerBy: CivilDate;
  /** In which stage, and for which agreements as one: those who were split from one another do not each ask. */
  readonly stage: string;
  readonly asksAs: string;
};

/** Someone who takes part, by pseudonym: state of a `participant-<uuid>` stream, across all agreements of a tenant. */
export interface Participant {
  /** Something of this person is on record: they were asked, or took part, at least once. A stream that says nothing is nobody's. */
  readonly known: boolean;
  /** How many asks in twelve months this person wants at most; their own choice. */
  readonly asksPerYear: number;
  readonly asks: readonly Ask[];
  readonly interests: Interests;
  /** The last day on which benefits advice was offered to this person; `null` where it never was. */
  readonly benefitsAdviceOn: CivilDate | null;
  /** At their wish: nothing more is asked of them, and nothing kept that was near them. */
  readonly erased: boolean;
}

/** What somebody wants to be asked about: themes of agreements, and parts of the four Co's. An empty list says: anything. */
export type Interests = { readonly themes: readonly string[]; readonly modes: readonly Mode[] };
/** Advice on what a payment does to somebody's benefits: offered on a day, by whom, which may tell what they live with, and whether they took it. */
export type BenefitsAdvice = { readonly on: CivilDate; readonly source: Sealed; readonly taken: boolean };

export type ParticipantEvents = {
  /** They took part for the first time, in whichever agreement that was: from now on they are known in all of them. */
  'concordat.participant.came-in.v1': Readonly<Record<string, never>>;
  'concordat.participant.asked.v1': Ask;
  'concordat.participant.accepted.v1': { readonly invitation: string };
  'concordat.participant.declined.v1': { readonly invitation: string };
  'concordat.participant.ask-budget-chosen.v1': { readonly asksPerYear: number };
  'concordat.participant.interests-chosen.v1': Interests;
  'concordat.participant.benefits-advice-offered.v1': BenefitsAdvice;
  'concordat.participant.erased.v1': { readonly wishedOn: CivilDate };
  /** They came along with an agreement of another organisation: what was asked of them on it, and what they chose there; `null`: nothing. */
  'concordat.participant.brought-over.v1': {
    readonly asks: readonly Ask[];
    readonly asksPerYear: number | null;
    readonly interests: Interests;
    readonly benefitsAdviceOn: CivilDate | null;
    readonly erased: boolean;
  };
};
export type ParticipantEvent = { [T in keyof ParticipantEvents]: NewEvent<T, ParticipantEvents[T]> }[keyof ParticipantEvents];

/** Six a year, one every second month, until the person says otherwise. */
export const initialParticipant: Participant = { known: false, asksPerYear: 6, asks: [], interests: { themes: [], modes: [] }, benefitsAdviceOn: null, erased: false };

const erasedParticipant: Participant = { ...initialParticipant, erased: true, asksPerYear: 0 };

const aYear = 365;

/** The stream of a participant. */
export const participantStream = (participant: string): string => `participant-${participant}`;

/** A fact about this participant (a pseudonym), ready to be appended. */
export function happenedTo<T extends keyof ParticipantEvents>(
  participant: string,
  type: T,
  data: ParticipantEvents[T],
): NewEvent<T, ParticipantEvents[T]> {
  return { stream: participantStream(participant), type, data };
}

/** The asks that weigh on the budget today: of the last twelve months, also those that nobody answered, for they were asked all the same. */
export function asksThatWeigh({ asks }: Participant, today: CivilDate): readonly Ask[] {
  return asks.filter(({ askedOn }) => askedOn > addDays(today, -aYear));
}

/** May this person be asked once more today, across all agreements? */
export function mayBeAsked(participant: Participant, today: CivilDate): boolean {
  return asksThatWeigh(participant, today).length < participant.asksPerYear;
}

/** How often this person may be asked in twelve months, how much of that is used today, and the first day on which one more ask fits. */
export const askBudgetOf = (participant: Participant, today: CivilDate) => ({ used: asksThatWeigh(participant, today).length, allowed: participant.asksPerYear, nextFits: nextAskFits(participant, today), erased: participant.erased });

/** The first day on which one more ask fits if nothing is declined; `null` for someone who wants no asks at all. */
export function nextAskFits(participant: Participant, today: CivilDate): CivilDate | null {
  const { asksPerYear } = participant;
  if (asksPerYear === 0) return null;
  const freed = asksThatWeigh(participant, today).map(({ askedOn }) => addDays(askedOn, aYear)).sort();
  return freed[freed.length - asksPerYear] ?? today;
}

type EvolveParticipant<T extends keyof ParticipantEvents> = (participant: Participant, data: ParticipantEvents[T]) => Participant;

const evolve: { readonly [T in keyof ParticipantEvents]: EvolveParticipant<T> } = {
  'concordat.participant.came-in.v1': (participant) => participant,
  // What is older than a year weighs nothing, so the state stays small however long someone takes part.
  'concordat.participant.asked.v1': (participant, ask) => ({
    ...participant,
    asks: [...asksThatWeigh(participant, ask.askedOn), ask],
  }),
  'concordat.participant.accepted.v1': (participant) => participant,
  'concordat.participant.declined.v1': (participant, { invitation }) => ({
    ...participant,
    asks: participant.asks.filter((ask) => ask.invitation !== invitation),
  }),
  'concordat.participant.ask-budget-chosen.v1': (participant, { asksPerYear }) => ({ ...participant, asksPerYear }),
  'concordat.participant.interests-chosen.v1': (participant, interests) => ({ ...participant, interests }),
  'concordat.participant.benefits-advice-offered.v1': (participant, { on }) => ({
    ...participant,
    benefitsAdviceOn: participant.benefitsAdviceOn !== null && participant.benefitsAdviceOn > on ? participant.benefitsAdviceOn : on,
  }),
  'concordat.participant.erased.v1': () => erasedParticipant,
  // What somebody chose here holds here; whoever was erased there or here is erased.
  'concordat.participant.brought-over.v1': (participant, { asks, asksPerYear, interests, benefitsAdviceOn, erased }) =>
    erased || participant.erased
      ? erasedParticipant
      : {
          ...participant,
          asks: [...participant.asks, ...asks.filter(({ invitation }) => !participant.asks.some((ask) => ask.invitation === invitation))],
          benefitsAdviceOn: [participant.benefitsAdviceOn, benefitsAdviceOn].filter((on) => on !== null).sort().at(-1) ?? null,
          ...(participant.known ? {} : { asksPerYear: asksPerYear ?? participant.asksPerYear, interests }),
        },
};

/** Every type a `participant-` stream may hold. */
export const participantEventTypes = Object.keys(evolve) as readonly (keyof ParticipantEvents)[];

/** How a `participant-` stream becomes a participant. */
export const participantFold: Fold<Participant, ParticipantEvent> = {
  kind: 'participant',
  number: 8,
  initial: initialParticipant,
  types: participantEventTypes,
  upcasts: {},
  evolve: (participant, event) => {
    const fold = evolve[event.type] as EvolveParticipant<typeof event.type> | undefined;
    return fold === undefined ? participant : { ...fold(participant, event.data as never), known: true };
  },
};
