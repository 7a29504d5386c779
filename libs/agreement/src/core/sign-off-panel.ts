import { actorName, may, personStream } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import type { Discipline } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { scopeOn } from './partner.js';
import { alreadySo, refusal } from './refusal.js';
import { everyIdOf, ownWork } from './separation.js';
import type { SignOff } from './sign-off.js';
import { ofOneHead, type Voice } from './signature.js';
import type { Context, States } from './topic.js';

/* Several people asked for one sign-off: who may be asked together, whose turn it is, and what their answers come to. */

/** How many of those asked must grant: a number, a share in percent (rounded up), or all of them, one after the other. */
export type Quorum = { readonly is: 'at-least'; readonly least: number } | { readonly is: 'percent'; readonly percent: number } | { readonly is: 'in-order' };

/** Several people asked for one sign-off. */
export type Panel = {
  /** Person ids; for `in-order` in their order. */
  readonly of: readonly string[];
  readonly quorum: Quorum;
  /** Those whose refusal alone refuses; nothing is granted before each of them has spoken. */
  readonly veto: readonly string[];
};

/** By discipline, the panel that was asked for an approval last, once one of them had answered. */
export type PanelsHeard = Readonly<Partial<Record<Discipline, Panel>>>;
export const initialPanelsHeard: PanelsHeard = {};

/** The panels that were asked for these and of which somebody answered, the last of each discipline. */
export const panelsOf = (signOffs: readonly Pick<SignOff, 'kind' | 'discipline' | 'panel' | 'voices'>[]): PanelsHeard =>
  Object.fromEntries(signOffs.flatMap(({ kind, discipline, panel, voices }) => (kind === 'approval' && panel !== null && voices.length > 0 ? [[discipline, panel]] : [])));

/** One answer, and whose place it was given in. */
export type Vote = Pick<Voice, 'member' | 'is'>;

/** How many grants it takes. */
export function needed({ of, quorum }: Panel): number {
  switch (quorum.is) {
    case 'at-least':
      return quorum.least;
    case 'percent':
      return Math.ceil((of.length * quorum.percent) / 100);
    case 'in-order':
      return of.length;
  }
}

/** How many may refuse without it being refused. */
const spare = (panel: Panel): number => panel.of.length - needed(panel);

/**
 * What the answers so far come to: refused by a veto, or as soon as the quorum is out of reach; granted by a quorum once everyone who has
 * a veto has spoken, so that nothing hangs on who is quickest. One vote decides where one was asked.
 */
export function tally(panel: Panel | null, votes: readonly Vote[]): 'awaited' | 'granted' | 'refused' {
  if (panel === null) return votes.at(-1)?.is ?? 'awaited';
  const refused = votes.filter(({ is }) => is === 'refused');
  const granted = votes.length - refused.length;
  if (refused.some(({ member }) => panel.veto.includes(member))) return 'refused';
  if (granted >= needed(panel)) return panel.veto.every((member) => votes.some((vote) => vote.member === member)) ? 'granted' : 'awaited';
  return refused.length > spare(panel) ? 'refused' : 'awaited';
}

/** Whether one of these sits among several who were asked together and still answer, or are asked again whatever came of it. */
export const sitsInPanel = ({ panelsHeard, signOffs }: Pick<Agreement, 'panelsHeard' | 'signOffs'>, people: readonly string[]): boolean =>
  [...Object.values(panelsHeard), ...signOffs.flatMap(({ panel, answer }) => (panel !== null && answer.is === 'awaited' ? [panel] : []))].some(({ of }) => of.some((person) => people.includes(person)));

type PanelAsked = Pick<SignOff, 'kind' | 'discipline'> & { readonly panel: Panel | undefined };
const ask = (what: string): Missing => ({ what, suppliedBy: 'commissioner', by: 'request-sign-off' });

type Here = Pick<States, 'agreement' | 'persons'>;
type Asking = Pick<Context, 'actor' | 'today'>;

/** Why each of these cannot grant what is asked of them, were they asked today; nothing of whoever can. */
function whoMayNotSign({ agreement, persons }: Here, of: readonly string[], discipline: Discipline, requestedBy: string, today: CivilDate): readonly Missing[] {
  const scope = { ...scopeOn(agreement, today), discipline };
  return of.flatMap((person): readonly Missing[] => {
    const { grants = [] } = persons[person] ?? {};
    const reasons = ownWork(agreement, everyIdOf(persons, person), { subject: discipline, requestedBy });
    return [
      ...(may({ kind: 'person', person, grants, scopes: 'all' }, 'sign-off.give', scope, today) ? [] : [{ what: `${personStream(person)} as approver of ${discipline}`, suppliedBy: 'administrator', by: 'grant-role' }]),
      ...(reasons.length > 0 ? [ask(`someone other than ${personStream(person)}, who ${reasons.join(' and ')}`)] : []),
    ];
  });
}

/** Can this person be asked, with others, to approve for this discipline today, by whoever acts? */
export const canBeAsked = (here: Here, person: string, discipline: Discipline, { actor, today }: Asking): boolean => canApprove(here, person, discipline, actorName(actor), today);

const canApprove = (here: Here, person: string, discipline: Discipline, requestedBy: string, today: CivilDate): boolean =>
  here.persons[person]?.registered === true && !here.persons[person].disabled && whoMayNotSign(here, [person], discipline, requestedBy, today).length === 0;

/**
 * Can those who were asked together and still may answer grant it no more, whatever they say? So it is where too many of them left, may sign no more, have it as
 * their own or are no other than one who spoke. Then nobody is waited for.
 */
export function comesToNothing(here: Here, { panel, voices, discipline, requestedBy, answer }: SignOff, today: CivilDate): boolean {
  if (panel === null || answer.is !== 'awaited') return false;
  const spoken = voices.filter(({ version }) => version === here.agreement.content[discipline]);
  const heard = spoken.flatMap(({ everyId }) => everyId);
  const still = panel.of.filter((person) => !heard.includes(person) && canApprove(here, person, discipline, requestedBy, today));
  const each = still.filter((person, at) => !everyIdOf(here.persons, person).some((id) => still.slice(0, at).includes(id)));
  return tally(panel, [...spoken, ...each.map((member) => ({ member, is: 'granted' as const }))]) !== 'granted';
}

/**
 * Asking fewer, or with less say, than were asked before, once one of them had answered: all of them are asked again, with their vetoes,
 * and as few of them can refuse it, whatever came of it. Who left, may sign no more or has it as their own is not asked; of one who is
 * left alone there is no panel.
 */
function refuseLesser(states: States, { discipline, panel }: PanelAsked, context: Context): Refusal | false {
  const { agreement, persons } = states;
  const heard = agreement.panelsHeard[discipline];
  if (heard === undefined) return false;
  const gone = (person: string) => persons[person] !== undefined && !canBeAsked(states, person, discipline, context);
  const still = heard.of.filter((person) => !gone(person));
  const missing = still.length < 2 ? [] : [
    ...still.filter((person) => panel?.of.includes(person) !== true).map((person) => ask(`${personStream(person)}, who was asked before`)),
    ...still.filter((person) => heard.veto.includes(person) && panel?.veto.includes(person) !== true).map((person) => ask(`the veto of ${personStream(person)}`)),
    ...(panel !== undefined && spare(panel) > spare(heard) ? [ask(`at least ${panel.of.length - spare(heard)} of the ${panel.of.length} asked`)] : []),
  ];
  return missing.length > 0 && refusal('sign-off.panel-pinned', 'What several people were asked of, and one of them answered, is asked again of no fewer and with no less say.', ...missing);
}

function refuseUnfit(states: States, { kind, discipline }: PanelAsked, { of, quorum, veto }: Panel, context: Context): readonly (Refusal | false)[] {
  const { persons } = states;
  const strangers = of.filter((person) => persons[person]?.registered !== true || persons[person].disabled);
  const barred = whoMayNotSign(states, [...new Set(of)].filter((person) => !strangers.includes(person)), discipline, actorName(context.actor), context.today);
  return [
    kind === 'acceptance' && refusal('sign-off.acceptance-by-one', 'One party accepts, by whoever acts for it.', ask('panel')),
    (of.length < 2 || of.some((person, at) => everyIdOf(persons, person).some((each) => of.slice(0, at).includes(each)))) && refusal('sign-off.panel-too-small', 'Several different people are asked together.', ask('panel.of')),
    quorum.is === 'at-least' && quorum.least > of.length && refusal('sign-off.quorum-out-of-reach', 'The quorum is no more than the people asked.', ask('panel.quorum.least')),
    veto.some((person) => !of.includes(person)) && refusal('sign-off.veto-of-others', 'Whoever has a veto is one of those asked.', ask('panel.veto')),
    strangers.length > 0 &&
      refusal(
        'person.unknown',
        'Everyone asked is registered in this organisation, and not disabled.',
        ...strangers.map((person) => ({ what: `person-${person}`, suppliedBy: 'administrator', by: 'register-person' })),
      ),
    kind === 'approval' && barred.length > 0 && refusal('sign-off.panel-may-not-sign', 'Everyone asked may sign for the discipline today, and what is asked is not their own.', ...barred),
  ];
}

/** Why these people cannot be asked together, or are too few or have too little say for what several were asked of before; nobody but one is asked where there is no panel. */
export const refusePanel = (states: States, asked: PanelAsked, context: Context): readonly (Refusal | false)[] => [
  ...(asked.panel === undefined ? [] : refuseUnfit(states, asked, asked.panel, context)),
  asked.kind === 'approval' && refuseLesser(states, asked, context),
];

/** Why a panel does not hear this voice now: they were not asked, they or one of their ids spoke already, or somebody speaks before them. */
export function refuseVoice({ panel, voices, answer }: SignOff, { member, everyId, version }: Pick<Voice, 'member' | 'everyId' | 'version'>, approver: Omit<Missing, 'what'>): readonly (Refusal | false)[] {
  if (panel === null) return [];
  // Words on an earlier version count no more, so whoever spoke on it speaks again.
  const spoken = voices.filter((voice) => voice.version === version);
  const name = (person: string): Missing => ({ ...approver, what: `person-${person}` });
  const others = panel.of.filter((asked) => !spoken.some((voice) => voice.everyId.includes(asked)) && !everyId.includes(asked));
  const next = panel.quorum.is === 'in-order' ? panel.of.find((asked) => !spoken.some((voice) => voice.member === asked)) : undefined;
  const waits = answer.is === 'awaited';
  return [
    !panel.of.includes(member) && refusal('sign-off.not-asked', 'Those who were asked answer.', ...panel.of.map(name)),
    waits && spoken.some((voice) => voice.member === member) && alreadySo('you have answered'),
    waits && spoken.some((voice) => voice.member !== member && ofOneHead(voice, { everyId })) &&
      refusal('sign-off.one-voice-each', 'Each person is one voice, also in another’s place and under another id.', ...(others.length > 0 ? others.map(name) : [ask('a panel with somebody else in it')])),
    next !== undefined && next !== member && panel.of.includes(member) && refusal('sign-off.out-of-turn', 'They answer one after the other.', name(next)),
  ];
}
