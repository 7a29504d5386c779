import { actingNow, type Actor, initialPerson, may, type Right } from '@concordat/access/core';
import { type Missing, refuse } from '@concordat/journal/core';
import type { CivilDate, Sealed } from '@concordat/platform/core';
import { activityOf, activityUnknown, withSpoken } from './activity.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { isVoice } from './began.js';
import { allById, type ById, noneById, oneById, putById, together } from './by-id.js';
import { isOfChoosing } from './entry.js';
import { happened } from './event.js';
import { kept } from './kept.js';
import { isTypedForThem, refuseNotTheirs } from './own-word.js';
import { isConfirmed } from './confirmed.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { FeedbackOutcome, Heard } from './feedback.js';
import type { OwnAnswer, Theme } from './answering.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** What it is that someone said, as it is taken in. */
export const contributionKinds = ['view', 'complaint', 'compliment', 'safeguarding-concern', 'allegation-about-staff'] as const;
export type ContributionKind = (typeof contributionKinds)[number];
/** These are no matter for a theme: they leave the ledger for those who must look into them. */
export type ConcernKind = Extract<ContributionKind, 'safeguarding-concern' | 'allegation-about-staff'>;
export type SpokenKind = Exclude<ContributionKind, ConcernKind>;

/** Who may read it, as whoever said it chose; each holds the ones before it. */
export const seenByChoices = ['those-who-answer', 'organisation', 'provider', 'public'] as const;
export type SeenBy = (typeof seenByChoices)[number];

type Given = {
  readonly contribution: string;
  readonly activity: string;
  readonly author: string;
  readonly text: Sealed;
  readonly givenOn: CivilDate;
};
type Noted = { readonly contributions: readonly string[] };

export interface ContributionCommands {
  /**
   * What someone said, sealed, under their pseudonym. `givenOn`: the day they said it, which may be before it is typed in.
   * A `view` unless it is said otherwise, read by `those-who-answer` until its author chooses. That more may read it, which staff enter
   * from paper, counts once it is on record how its author confirmed the entry. `unread`: it was taken in from elsewhere, and nobody who
   * enters it has read it.
   */
  'record-contribution': Given & { readonly kind?: ContributionKind | undefined; readonly seenBy?: SeenBy | undefined; readonly unread?: boolean | undefined };
  /** The author's own choice, at any time. Staff enter for them that fewer read it, and never that more do. */
  'choose-who-sees': { readonly contribution: string; readonly author: string; readonly seenBy: SeenBy };
  /** By the decision-maker: what came after the closing day was read. */
  'note-late-entries': Noted;
}

export interface ContributionEvents {
  /**
   * `late`: given after the activity closed. It is answered too, and no gate waits for it. `unreadSince`: the day it came in, where nobody
   * who looks after involvement has read it: it may be a concern, which leaves the ledger the same working day. `forThem`: staff entered it.
   */
  'concordat.agreement.contribution-recorded.v1': Given & {
    readonly kind: SpokenKind;
    readonly seenBy: SeenBy;
    readonly stage: string;
    readonly late: boolean;
    readonly unreadSince: CivilDate | null;
    readonly forThem: boolean;
  };
  'concordat.agreement.who-sees-chosen.v1': { readonly contribution: string; readonly seenBy: SeenBy; readonly forThem: boolean };
  'concordat.agreement.late-entries-noted.v1': Noted;
}

/** One thing said. The words stay in the event; `author` is a pseudonym. */
export interface Contribution {
  readonly id: string;
  readonly activity: string;
  readonly stage: string;
  readonly author: string;
  readonly kind: SpokenKind;
  readonly givenOn: CivilDate;
  /** When it came into the record: an ISO 8601 time that nobody chooses. */
  readonly recordedAt: string;
  readonly late: boolean;
  /** What was chosen. Who reads it by that is `whoSees`. */
  readonly seenBy: SeenBy;
  /** The choice was entered for them by staff, who choose for nobody. */
  readonly seenByForThem: boolean;
  /** The day it came in, until somebody who looks after involvement says what it is, or puts it in a theme. */
  readonly unreadSince: CivilDate | null;
  /** Who takes it for a compliment, each a different person: nothing is owed for it once two do. */
  readonly praiseFor: readonly string[];
  /** The themes it stands in. */
  readonly themes: readonly string[];
  /** How word of the answer that stands came back; `null` while it is owed. */
  readonly feedback: FeedbackOutcome | null;
  /** What a second person finds who checks whether its answer fits it; `due` where it was drawn. */
  readonly checked: 'not-drawn' | 'due' | 'fits' | 'does-not-fit';
  readonly own: OwnAnswer | null;
  /** Late, and the decision-maker read it. */
  readonly noted: boolean;
}

/** What had to leave the ledger: when it came and when it was passed on, and nothing of who said it. */
export interface Concern {
  readonly id: string;
  readonly kind: ConcernKind;
  readonly raisedOn: CivilDate;
  /** Who read it and said last that it is one; `null` where it came in as one and nobody did. */
  readonly seenForOneBy: string | null;
  /** The word as it stood in the ledger, for whoever finds that it is no concern; `null` where it came in as one, and once it was passed on. */
  readonly before: Contribution | null;
  readonly passedOn: CivilDate | null;
}

export interface ContributionState {
  readonly contributions: ById<Contribution>;
  readonly themes: readonly Theme[];
  readonly concerns: readonly Concern[];
  /** By the stage in which they were told: who of those who took part knows what came of it. Pseudonyms. */
  readonly told: Readonly<Record<string, readonly string[]>>;
  /** Of whom it was entered that they wish to hear nothing more. Pseudonyms. */
  readonly notWished: readonly string[];
  /** By pseudonym: who says that they cannot be reached, each by another id. */
  readonly unreached: Readonly<Record<string, readonly string[]>>;
  readonly heard: readonly Heard[];
  /** Who found last that an answer fits or does not, by what was said. */
  readonly checks: readonly { readonly contribution: string; readonly by: string }[];
}
export const initialContributions: ContributionState = { contributions: noneById, themes: [], concerns: [], told: {}, notWished: [], unreached: {}, heard: [], checks: [] };

const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

export function contributionOf({ contributions }: Agreement, id: string): Contribution | undefined {
  return oneById(contributions.contributions, id);
}

/** Everything that was said, in the order it was recorded. */
export function everythingSaid({ contributions }: Agreement): readonly Contribution[] {
  return allById(contributions.contributions);
}

// By the stages asked for: what of a shelf was said for them. Most of what is said at a time is said for one.
const partsOf = kept((shelf: readonly Contribution[]) => ({ saidFor: [...new Set(shelf.map(({ stage }) => stage))], parts: new Map<string, readonly Contribution[]>() }));
function partOf(shelf: readonly Contribution[], stages: readonly string[]): readonly Contribution[] {
  const { saidFor, parts } = partsOf(shelf);
  if (saidFor.every((stage) => stages.includes(stage))) return shelf;
  const asked = saidFor.filter((stage) => stages.includes(stage)).join();
  const part = parts.get(asked) ?? shelf.filter(({ stage }) => stages.includes(stage));
  parts.set(asked, part);
  return part;
}
const stagesOf = kept((shelves: readonly (readonly Contribution[])[]): ReadonlySet<string> => new Set(shelves.flatMap((shelf) => partsOf(shelf).saidFor)));

/**
 * What was said for these stages, or for any, in the order it was recorded, shelf by shelf: each is the same object until something comes to its shelf
 * or changes there. What is asked of a thousand at every gate may be `kept` of each, and is then told anew of 32.
 */
export function saidFor({ contributions: { contributions: { shelves } } }: Agreement, stages?: readonly string[]): readonly (readonly Contribution[])[] {
  if (stages === undefined) return shelves;
  return stages.some((stage) => stagesOf(shelves).has(stage)) ? shelves.map((shelf) => partOf(shelf, stages)).filter(({ length }) => length > 0) : [];
}

/** Does an answer belong to it? Whoever only praises waits for none, and that they do is said by two people: nobody gets rid of a view alone. */
export function asksForAnswer({ kind, praiseFor }: Contribution): boolean {
  return kind !== 'compliment' || praiseFor.length < 2;
}

/**
 * The circle of somebody who sees all of this agreement. People chose among the house, the provider and everybody: whoever sees it
 * for a partner body alone is of neither of the first two.
 */
export function circleOf(actor: Actor, { id }: Agreement, day: CivilDate): SeenBy {
  const has = (right: Right) => may(actor, right, { agreement: id }, day);
  return has('involvement.manage') ? 'those-who-answer' : has('agreement.read') ? 'organisation' : 'public';
}

/** Who may read it: what its author chose, or what staff entered for them, once it is on record how they confirmed it. */
export function whoSees(agreement: Agreement, { id, author, seenBy, seenByForThem }: Contribution): SeenBy {
  return seenByForThem && !isConfirmed(agreement, id, author) ? 'those-who-answer' : seenBy;
}

/** May a reader of this circle read it? */
export function mayBeReadBy(agreement: Agreement, said: Contribution, reader: SeenBy): boolean {
  return seenByChoices.indexOf(whoSees(agreement, said)) >= seenByChoices.indexOf(reader);
}

/** A safeguarding concern or an allegation about staff. */
export function isConcern(kind: ContributionKind): kind is ConcernKind {
  return kind === 'safeguarding-concern' || kind === 'allegation-about-staff';
}

export const concernOf = ({ contributions }: Agreement, id: string): Concern | undefined => contributions.concerns.find((concern) => concern.id === id);

/** Does a gate wait for it to be answered? It was said in time, and asks for an answer. */
export const isForGates = (said: Contribution): boolean => !said.late && asksForAnswer(said);

/** The refusal for something that nobody said on this agreement, or that left it. */
export function contributionUnknown(...ids: readonly string[]) {
  return refusal('contribution.unknown', 'It was said on this agreement.', ...ids.map((what) => facilitator(what, 'record-contribution')));
}

export const decide = {
  'record-contribution': (states, { contribution, activity: id, author, text, givenOn, kind = 'view', seenBy = 'those-who-answer', unread = false }, context) => {
    const { agreement, persons } = states;
    const { actor, today } = context;
    const activity = activityOf(agreement, id);
    const acting = actingNow(actor, (actor.kind === 'person' ? persons[actor.person] : undefined) ?? initialPerson);
    return unless(
      [
        (contributionOf(agreement, contribution) ?? concernOf(agreement, contribution)) !== undefined && alreadySo('the contribution is recorded'),
        (agreement.contributions.themes.some(({ id: theme }) => theme === contribution) || isOfChoosing(agreement, contribution)) &&
          refusal('contribution.id-taken', 'What was said has an id of its own, which no theme, KPI or criterion has.', facilitator('contribution', 'record-contribution')),
        activity === undefined && activityUnknown,
        agreement.lifecycle !== 'open' && agreement.lifecycle !== 'held' && !isConcern(kind) &&
          refusal(
            'contribution.agreement-over',
            'Where an agreement is over, what is taken in is a safeguarding concern or an allegation about staff.',
            facilitator(`kind: ${contributionKinds.filter(isConcern).join(' or ')}`, 'record-contribution'),
          ),
        givenOn > today &&
          refusal(
            'contribution.not-yet',
            'What is recorded has been said.',
            { what: givenOn, suppliedBy: 'time', by: 'record-contribution' },
          ),
      ],
      () => [
        isConcern(kind)
          ? happened(agreement.id, 'concordat.agreement.concern-raised.v1', { concern: contribution, kind, text, raisedOn: today })
          : happened(agreement.id, 'concordat.agreement.contribution-recorded.v1', {
              contribution,
              activity: id,
              author,
              text,
              givenOn,
              kind,
              seenBy,
              stage: activity?.stage ?? agreement.stage,
              late: activity !== undefined && givenOn > activity.closesOn,
              unreadSince: unread || !may(acting, 'involvement.manage', { agreement: agreement.id }, today) ? today : null,
              forThem: isTypedForThem(states, context),
            }),
      ],
    );
  },

  'choose-who-sees': (states, { contribution: id, author, seenBy }, context) => {
    const { agreement } = states;
    const contribution = contributionOf(agreement, id);
    if (contribution?.author !== author) return refuse(contributionUnknown(id));
    const forThem = isTypedForThem(states, context);
    const more = seenByChoices.indexOf(seenBy) > seenByChoices.indexOf(contribution.seenBy);
    return unless(
      [
        contribution.seenBy === seenBy && (forThem || !contribution.seenByForThem) && alreadySo('this is their choice'),
        more && forThem &&
          refuseNotTheirs('who-sees.not-their-word', `They let it be read by: ${contribution.seenBy}; that more read it is their own word, or that of whoever speaks for them.`, 'seenBy', 'choose-who-sees'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.who-sees-chosen.v1', { contribution: id, seenBy, forThem })],
    );
  },

  'note-late-entries': ({ agreement }, { contributions }) => {
    const late = [...new Set(contributions)].map((id) => ({ id, contribution: contributionOf(agreement, id) }));
    const notLate = late.filter(({ contribution }) => contribution !== undefined && !contribution.late).map(({ id }) => id);
    const unknown = late.filter(({ contribution }) => contribution === undefined).map(({ id }) => id);
    const unread = late.filter(({ contribution }) => contribution?.noted === false).map(({ id }) => id);
    return unless(
      [
        unknown.length > 0 && contributionUnknown(...unknown),
        notLate.length > 0 &&
          refusal('contribution.not-late', 'It came after its activity had closed.', ...notLate.map((what) => facilitator(what, 'answer-theme'))),
        unknown.length === 0 && unread.length === 0 && alreadySo('they were read'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.late-entries-noted.v1', { contributions: unread })],
    );
  },
} satisfies { [C in keyof ContributionCommands]: Decide<C> };

/** The agreement with this changed in its ledger. */
export function inLedger(agreement: Agreement, change: Partial<ContributionState>): Agreement {
  return agreementWith(agreement, { contributions: { ...agreement.contributions, ...change } });
}

/** The agreement with these contributions changed; what left the ledger stays out. */
export function withContributions(agreement: Agreement, ids: readonly string[], change: (contribution: Contribution) => Partial<Contribution>): Agreement {
  const contributions = ids.reduce((all, id) => {
    const contribution = oneById(all, id);
    return contribution === undefined ? all : putById(all, { ...contribution, ...change(contribution) });
  }, agreement.contributions.contributions);
  return inLedger(agreement, { contributions });
}

/**
 * The agreement in which these have an answer that is new to them: a first or a second one, of a theme or of their own. Word of it is
 * owed, whatever they were told before; whoever does not wish to hear is left in peace. Whoever was drawn is checked again: what a second
 * person found was of the answer before.
 */
export function withNewAnswer(agreement: Agreement, ids: readonly string[]): Agreement {
  return withContributions(agreement, ids, ({ feedback, checked }) => ({
    feedback: feedback === 'declined' ? feedback : null,
    checked: checked === 'not-drawn' ? checked : 'due',
  }));
}

export const evolve = {
  'concordat.agreement.contribution-recorded.v1': (agreement, { data: { contribution: id, activity, stage, author, kind, seenBy, givenOn, late, unreadSince, forThem }, meta, recordedAt }) => {
    const said: Contribution = { id, activity, stage, author, kind, givenOn, recordedAt, late, seenBy, seenByForThem: forThem, unreadSince, praiseFor: kind === 'compliment' ? [meta.actor] : [], themes: [], feedback: null, checked: 'not-drawn', own: null, noted: false };
    const spoken = isVoice(agreement, said) ? withSpoken(agreement, activity, author) : agreement;
    return inLedger(spoken, { contributions: putById(agreement.contributions.contributions, said) });
  },
  'concordat.agreement.who-sees-chosen.v1': (agreement, { data: { contribution, seenBy, forThem } }) => withContributions(agreement, [contribution], ({ seenByForThem }) => ({ seenBy, seenByForThem: seenByForThem && forThem })),
  'concordat.agreement.late-entries-noted.v1': (agreement, { data }) => withContributions(agreement, data.contributions, () => ({ noted: true })),
} satisfies { [T in keyof ContributionEvents]: Evolve<T> };

const lateEntries = kept((said: readonly Contribution[]): readonly Missing[] =>
  said.filter(({ late, noted }) => late && !noted).map(({ id }) => ({ what: id, suppliedBy: 'decision-maker', by: 'note-late-entries' })),
);

export const conditions = {
  // What came late blocks nothing, and is not passed over either: whoever decides has read it.
  'involvement.late-entries-shown': (agreement) => together(saidFor(agreement).map((said) => lateEntries(said))),
} satisfies Partial<Conditions>;
