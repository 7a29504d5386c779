import type { Missing } from '@concordat/journal/core';
import { isEarlier, type SubType, subTypesOf } from '@concordat/pathway/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import * as activity from './activity.js';
import type { Activity, ActivityCommands, ActivityEvents, DecisionRight } from './activity.js';
import { activitiesIn, activityOf, activityUnknown, gives, refuseUnlessAhead } from './activity.js';
import { affectedGroups, missingOfGroups, sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { carriedOverCounts, carriedOverTo } from './carried-over.js';
import { dayInUtc } from './began.js';
import { happened } from './event.js';
import type { Money } from './facts.js';
import * as invitation from './invitation.js';
import { type Invitation, type InvitationCommands, type InvitationEvents, invitationStands, invitationsTo, type NobodyWishedAsSaid, saidByTwo } from './invitation.js';
import { isAbove } from './money.js';
import type { PeopleCounted } from './reach.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { atMostHalfOfThoseConcerned, type Do, missingForDo, missingForSay, type Say } from './say-do.js';
import { areTwo, refuseSamePerson } from './separation.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { peopleIn, peopleUpTo, someoneTookPart } from './who-took-part.js';

/** The four Co's. */
export const modes = ['co-commissioning', 'co-design', 'co-delivery', 'co-assessment'] as const;
export type Mode = (typeof modes)[number];

/** What the involvement lives on: co-production is not resource-free. `nothing-needed` is a group's own word. */
export type Resources =
  | { readonly is: 'budget'; readonly amount: Money }
  | { readonly is: 'nothing-needed'; readonly group: string; readonly because: string }
  | { readonly is: 'not-yet' };

/** How much voice and action, and how many people, a plan is of. */
type Scale = { readonly say: Say; readonly do: Do; readonly people: number };

type LoweredBy = { readonly by: string; readonly why: string; readonly on: CivilDate };
/** `second`: somebody else who planned as little since. */
type Lowered = Scale & LoweredBy & { readonly second: LoweredBy | null };

/** What is planned for one stage. `people`: how many are wanted to take part. */
export type InvolvementPlan = {
  readonly stage: string;
  readonly mode: Mode;
  /** Which parts of the mode; empty where it is not said closer. */
  readonly subTypes: readonly SubType[];
  readonly say: Say;
  readonly do: Do;
  readonly groups: readonly string[];
  readonly method: string;
  readonly people: number;
  readonly resources: Resources;
  /** What it costs people to take part: travel, someone to stand in at home, interpreters. Asked at every level. */
  readonly accessCosts: Resources;
};
/**
 * Which stages matter to a group, as it said; an empty list is an answer too. `source`: how it is known, the meeting, the letter, the
 * representative. `activity`: where some of them took part and were asked; `carried`: or what they gave before, carried over here. Without
 * either it asks for what it names, and lets no gate rest.
 */
export type StagesThatMatter = { readonly group: string; readonly stages: readonly string[]; readonly source: string; readonly activity?: string; readonly carried?: string };
/**
 * `saidBy`: whoever says so; `takenBack`: what the group wanted before and is said to want no more. `inTheWhole`: they were asked in the
 * agreement that this one was split from, where what they took part in stands.
 */
export type StagesSaid = StagesThatMatter & { readonly saidBy?: readonly string[]; readonly takenBack?: readonly string[]; readonly inTheWhole?: true };

export interface InvolvementCommands extends ActivityCommands, InvitationCommands {
  'record-stages-that-matter': StagesThatMatter;
  /** Takes the place of an earlier plan for the same stage. `why`: of one that is lower than what people were asked to take part in; from somebody else of the same one, that they say so too. */
  'plan-involvement': InvolvementPlan & { readonly why?: string | undefined };
}

export interface InvolvementEvents extends ActivityEvents, InvitationEvents {
  'concordat.agreement.stages-that-matter-recorded.v1': StagesThatMatter;
  /** `why` it is lower than what people were asked to take part in, or, of one that asks for as much as the one before, why a second person says so too; of no other plan, and older events do not tell it. */
  'concordat.agreement.involvement-planned.v1': InvolvementPlan & { readonly why?: string | undefined };
}

export interface InvolvementState {
  readonly stagesThatMatter: readonly StagesSaid[];
  /** By stage. */
  readonly plans: Readonly<Record<string, InvolvementPlan>>;
  /** By stage: the most that people were asked to take part in, where the plan was lowered since, and why it was last. */
  readonly lowered: Readonly<Record<string, Lowered>>;
  /** Everybody who planned, whatever was planned anew since. */
  readonly plannedBy: readonly string[];
  /** Everybody who planned an activity, invited to one, or themed or answered what people said. */
  readonly carriedOutBy: readonly string[];
  readonly activities: readonly Activity[];
  readonly invitations: readonly Invitation[];
  /** By stage: who had taken part on the day it was left, for those who look from outside. */
  readonly counted: Readonly<Record<string, PeopleCounted>>;
  readonly nobodyWished: readonly NobodyWishedAsSaid[];
  /** The largest number of people concerned that was ever on record before the one that is. */
  readonly concernedBefore: number;
}
export const initialInvolvement: InvolvementState = { stagesThatMatter: [], plans: {}, lowered: {}, plannedBy: [], carriedOutBy: [], activities: [], invitations: [], counted: {}, nobodyWished: [], concernedBefore: 0 };

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
/** Is nobody to say or to do anything? */
export const asksForNothing = ({ say, do: action }: Scale) => say === 0 && action === 0;
/** Is it a budget, or a word of the group? Whom a plan engages, or shares decisions with, a penny does not bring together. */
const isMet = (resources: Resources, pounds = 1) =>
  resources.is === 'budget' ? resources.amount.currency === 'GBP' && !isAbove(`${pounds}.00`, resources.amount.amount) : resources.is === 'nothing-needed' && resources.because.trim() !== '';
const isResourced = ({ say, people, resources }: InvolvementPlan) => isMet(resources, say >= 3 ? people : 1);
const isOfNobody = (resources: Resources, groups: readonly string[]) => resources.is === 'nothing-needed' && !groups.includes(resources.group);

/** Did some of the group take part there? What was voided was no meeting, and fewer people than groups are not all of them. */
const tookPartIn = (group: string, held: Activity): boolean =>
  !held.voided && held.groups.some((other) => sameWords(other, group)) && peopleUpTo([held], held.groups.length) >= held.groups.length;

/** Did the group itself say so: where some of it took part, or in what it gave before and somebody who speaks for it confirmed? What somebody writes down alone is not asked yet. */
export function wereAsked(agreement: Agreement, { group, activity: at, carried, inTheWhole }: StagesSaid): boolean {
  const held = at === undefined ? undefined : activityOf(agreement, at);
  return inTheWhole === true || (held !== undefined && tookPartIn(group, held)) || agreement.carriedOver.some((one) => one.id === carried && carriedOverCounts(agreement, one));
}

/** Does one person alone say that less matters to a group than it said before, or nothing at all? Gates open on it, and so two say it. */
export function isSaidAlone(agreement: Agreement, { stages, saidBy = [], takenBack = [], inTheWhole }: StagesSaid): boolean {
  return inTheWhole !== true && (stages.length === 0 || takenBack.length > 0) && !areTwo(agreement, saidBy);
}

/** The stages that matter to it: what one person alone takes back does still. */
export const stagesWanted = (agreement: Agreement, said: StagesSaid): readonly string[] => [...said.stages, ...(isSaidAlone(agreement, said) ? (said.takenBack ?? []) : [])];

/** Did the group answer: was it asked, and is it no one person alone who says that nothing matters to it? */
const answered = (agreement: Agreement, said: StagesSaid): boolean => wereAsked(agreement, said) && !(said.stages.length === 0 && isSaidAlone(agreement, said));

/** Whoever says which stages matter to whom. */
export const stagesSaidBy = ({ involvement }: Pick<Agreement, 'involvement'>): readonly string[] => involvement.stagesThatMatter.flatMap(({ saidBy = [] }) => saidBy);

const sameStages = (one: readonly string[], other: readonly string[]): boolean => canonical(one.toSorted()) === canonical(other.toSorted());

/** Was it met here, or in the whole this was split from? Of a group that nobody met nobody knows what it wished. */
const wasMet = (agreement: Agreement, group: string): boolean =>
  agreement.involvement.activities.some((held) => tookPartIn(group, held)) ||
  agreement.involvement.stagesThatMatter.some((said) => sameWords(said.group, group) && wereAsked(agreement, said));

/** Does nobody know yet that the group itself needs nothing: was none of it met? Of a small agreement the word of whoever plans it is enough. */
export const isUnheard = (agreement: Agreement, resources: Resources): boolean => resources.is === 'nothing-needed' && agreement.tier !== 'small' && !wasMet(agreement, resources.group);

/** Were people asked to take part in this stage: invited, or did somebody come, also where it was voided since? */
const wereInvited = (agreement: Agreement, stage: string): boolean => {
  const held = agreement.involvement.activities.filter((one) => one.stage === stage);
  return held.some(someoneTookPart) || invitationsTo(agreement, held).length > 0;
};
const mostOf = (one: Scale, other: Scale = one): Scale => ({ say: Math.max(one.say, other.say) as Say, do: Math.max(one.do, other.do) as Do, people: Math.max(one.people, other.people) });
const isLower = (one: Scale, other: Scale): boolean => one.say < other.say || one.do < other.do || one.people < other.people;

/** Whoever lowered a plan, and whoever said so too. */
export const loweredBy = ({ involvement }: Pick<Agreement, 'involvement'>): readonly string[] => Object.values(involvement.lowered).flatMap(({ by, second }) => (second === null ? [by] : [by, second.by]));

/** What people were asked to take part in, where one person alone lowered the plan since. */
function loweredAlone(agreement: Agreement, stage: string): Lowered | undefined {
  const lowered = agreement.involvement.lowered[stage];
  return lowered !== undefined && lowered.second !== null && areTwo(agreement, [lowered.by, lowered.second.by]) ? undefined : lowered;
}

/** What came of a stage is held against the most that people were asked to take part in there, unless two people said that it is less. */
export function heldAgainst(agreement: Agreement, stage: string): Scale | undefined {
  const plan = agreement.involvement.plans[stage];
  return plan && mostOf(plan, loweredAlone(agreement, stage));
}

/** What groups said as it goes along with each contract of a split: whoever was asked is asked once. */
export function stagesSaidAlong(agreement: Agreement): readonly StagesSaid[] {
  return agreement.involvement.stagesThatMatter.map((said) => {
    const { group, source } = said;
    return { group, stages: stagesWanted(agreement, said), source, ...(answered(agreement, said) && { inTheWhole: true }) };
  });
}

export const decide = {
  ...activity.decide,
  ...invitation.decide,

  'record-stages-that-matter': ({ agreement, persons }, { group, stages, source, activity: named, carried: from }, { pathway, actor }) => {
    const unknown = stages.filter((stage) => !pathway.stages.some(({ id }) => id === stage));
    const before = agreement.involvement.stagesThatMatter.find((said) => said.group === group);
    const same = before !== undefined && sameStages(before.stages, stages) ? before : undefined;
    const [at, carried] = [named ?? same?.activity, from ?? same?.carried];
    const said: StagesThatMatter = { group, stages, source, ...(at !== undefined && { activity: at }), ...(carried !== undefined && { carried }) };
    const held = at === undefined ? undefined : activityOf(agreement, at);
    const known = same !== undefined && at === same.activity && carried === same.carried;
    const alone = same !== undefined && isSaidAlone(agreement, same);
    // Whoever wanted to be asked there is asked: that they wish so no more is an answer to what they are offered.
    const withdrawn = (before === undefined ? [] : stagesWanted(agreement, before)).filter((stage) => !stages.includes(stage) && !isEarlier(pathway, agreement.stage, stage));
    return unless(
      [
        unknown.length > 0 &&
          refusal(
            'stage.unknown',
            'The stages are stages of the pathway.',
            ...unknown.map((stage) => commissioner(stage, 'record-stages-that-matter')),
          ),
        source.trim() === '' && refusal('stages-that-matter.no-source', 'It is said how it is known which stages matter to the group.', { what: 'source', suppliedBy: 'facilitator', by: 'record-stages-that-matter' }),
        withdrawn.length > 0 &&
          refusal(
            'stages-that-matter.under-way',
            'A stage that matters to a group is not taken back once the agreement stands in it: they are offered to take part.',
            ...withdrawn.map((stage) => ({ what: `that nobody of ${group} wished to in ${stage}, once it was offered`, suppliedBy: 'facilitator', by: 'record-nobody-wished' })),
          ),
        at !== undefined && held === undefined && activityUnknown,
        held !== undefined && !tookPartIn(group, held) &&
          refusal('stages-that-matter.not-asked-there', 'Some of the group took part where they were asked.', { what: `who of ${group} took part`, suppliedBy: 'facilitator', by: 'record-attendance' }),
        carried !== undefined && !agreement.carriedOver.some((one) => one.id === carried && carriedOverCounts(agreement, one)) &&
          refusal('stages-that-matter.not-carried-over', 'What they said before is carried over to here, and somebody who speaks for them confirmed it.', { what: 'what is carried over, confirmed', suppliedBy: 'representative', by: 'answer-carry-over' }),
        known && !alone && alreadySo('this is what matters to the group'),
        known && alone &&
          refuseSamePerson(persons, actor, same.saidBy ?? [], { code: 'second.same-person', asks: 'That less matters to a group than it said before, or nothing at all, is said by two people, for gates open on it.', did: 'said so', by: 'record-stages-that-matter' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.stages-that-matter-recorded.v1', said)],
    );
  },

  'plan-involvement': ({ agreement, persons }, { stage, mode, subTypes, say, do: action, groups, method, people, resources, accessCosts, why }, context) => {
    const before = agreement.involvement.plans[stage];
    const plan: InvolvementPlan = { stage, mode, subTypes, say, do: action, groups, method, people, resources, accessCosts };
    const ofMode: readonly SubType[] = subTypesOf[mode];
    const elsewhere = subTypes.filter((part) => !ofMode.includes(part));
    const missing = (what: string) => commissioner(what, 'plan-involvement');
    const lowers = before !== undefined && isLower(plan, before) && wereInvited(agreement, stage);
    // Whoever plans as little once more and says why says that it is no slip of one person's.
    const alone = loweredAlone(agreement, stage);
    const seconds = alone !== undefined && before !== undefined && (why ?? '').trim() !== '' && canonical(mostOf(before)) === canonical(mostOf(plan));
    // What a stage that was left lived on is still put right: later gates ask it.
    const onlyCosts = before !== undefined && canonical({ ...before, resources, accessCosts }) === canonical(plan);
    return unless(
      [
        canonical(before ?? null) === canonical(plan) && !seconds && alreadySo('this is the plan'),
        seconds &&
          refuseSamePerson(persons, context.actor, [alone.by], { code: 'second.same-person', asks: 'A plan that asks for less than people were invited to is made by two people: until another makes the same plan, what came is held against the first.', did: 'lowered it', by: 'plan-involvement' }),
        ...(onlyCosts && !seconds ? [] : refuseUnlessAhead(agreement, stage, context, 'plan-involvement')),
        lowers && (why ?? '').trim() === '' &&
          refusal('involvement.lowered', 'Once people were asked to take part, a plan is lowered with its reason, and what they were asked to stays beside it.', missing('why')),
        elsewhere.length > 0 &&
          refusal('involvement.part-of-another-mode', `What is planned is part of ${mode}.`, ...elsewhere.map(missing)),
        !asksForNothing(plan) && groups.length === 0 &&
          refusal('involvement.for-nobody', 'Involvement is planned with somebody.', missing('groups')),
        !asksForNothing(plan) && people < 1 && refusal('involvement.nobody-wanted', 'Somebody is wanted to take part.', missing('people')),
        say >= 3 &&
          !isResourced(plan) &&
          refusal(
            'involvement.not-resourced',
            'Who plans to engage people or to share decisions names a budget, in pounds and of one for each of them at least, or the group says itself that it needs nothing and why.',
            missing('a budget'),
            { what: 'the group’s own "we need nothing because…"', suppliedBy: 'facilitator', by: 'plan-involvement' },
          ),
        (isOfNobody(resources, groups) || isOfNobody(accessCosts, groups)) &&
          refusal(
            'involvement.not-their-word',
            'That nothing is needed is said by a group that is to take part.',
            missing('the word of one of the groups'),
          ),
      ],
      () => [happened(agreement.id, 'concordat.agreement.involvement-planned.v1', { ...plan, ...((lowers || seconds) && { why }) })],
    );
  },
} satisfies { [C in keyof InvolvementCommands]: Decide<C> };

export const evolve = {
  ...activity.evolve,
  ...invitation.evolve,
  'concordat.agreement.stages-that-matter-recorded.v1': (agreement, { data, meta }) => {
    const { involvement } = agreement;
    const before = involvement.stagesThatMatter.find(({ group }) => group === data.group);
    const again = before !== undefined && sameStages(before.stages, data.stages);
    const saidBy = [...new Set([...(again ? (before.saidBy ?? []) : []), meta.actor])];
    const takenBack = again ? (before.takenBack ?? []) : before === undefined ? [] : stagesWanted(agreement, before).filter((stage) => !data.stages.includes(stage));
    return agreementWith(agreement, {
      involvement: { ...involvement, stagesThatMatter: [...involvement.stagesThatMatter.filter(({ group }) => group !== data.group), { ...data, saidBy, takenBack }] },
    });
  },
  'concordat.agreement.involvement-planned.v1': (agreement, { data: { why, ...plan }, meta, recordedAt }) => {
    const { involvement } = agreement;
    const plannedBy = [...new Set([...involvement.plannedBy, meta.actor])];
    const [before, alone, most] = [involvement.plans[plan.stage], involvement.lowered[plan.stage], heldAgainst(agreement, plan.stage)];
    const said = (reason: string): LoweredBy => ({ by: meta.actor, why: reason, on: dayInUtc(recordedAt) });
    const isAsLittle = before !== undefined && !isLower(plan, before);
    const changed = (reason: string): Lowered | undefined => (isAsLittle ? alone && { ...alone, second: said(reason) } : most && { ...most, ...said(reason), second: null });
    const now = why === undefined ? undefined : changed(why);
    const lowered = now === undefined ? involvement.lowered : { ...involvement.lowered, [plan.stage]: now };
    return agreementWith(agreement, { involvement: { ...involvement, plans: { ...involvement.plans, [plan.stage]: plan }, lowered, plannedBy } });
  },
} satisfies { [T in keyof InvolvementEvents]: Evolve<T> };

const whichStagesMatter = (group: string, what: string): Missing => ({ what: `which stages matter to ${group}${what}`, suppliedBy: 'facilitator', by: 'record-stages-that-matter' });
const notAskedYet = ': not asked yet where some of them took part';

/** What is missing of what a group said. */
const stillToSay = (agreement: Agreement, said: StagesSaid): Missing =>
  wereAsked(agreement, said) ? { what: `that no stage matters to ${said.group}, as a second person says it`, suppliedBy: 'someone else', by: 'record-stages-that-matter' } : whichStagesMatter(said.group, notAskedYet);

/** The groups affected that were not asked where some of them took part. What is written of others, a slip of the pen among them, asks nothing. */
function notAskedWhich(agreement: Agreement): readonly Missing[] {
  const { stagesThatMatter } = agreement.involvement;
  return missingOfGroups(
    agreement,
    stagesThatMatter.filter((said) => answered(agreement, said)).map(({ group }) => group),
    (group) => {
      const said = stagesThatMatter.find((one) => sameWords(one.group, group));
      return said === undefined ? whichStagesMatter(group, '') : stillToSay(agreement, { ...said, group });
    },
  );
}

/**
 * What is missing where it is asked always, or where people said that the stage matters to them. Until somebody was asked, nobody knows;
 * and that it matters to nobody is theirs to say, group by group, also of whoever came to be affected since.
 */
export function whereWanted(agreement: Agreement, asked: { readonly whenWanted?: boolean }, missing: () => readonly Missing[]): readonly Missing[] {
  if (asked.whenWanted !== true) return missing();
  const { stagesThatMatter } = agreement.involvement;
  if (stagesThatMatter.length === 0) return [commissioner('which stages matter to the people affected', 'record-stages-that-matter')];
  if (stagesThatMatter.some((said) => stagesWanted(agreement, said).includes(agreement.stage))) return missing();
  // Of what was taken over nobody may have written down yet who is affected.
  const unknown = affectedGroups(agreement).length === 0;
  return unknown ? stagesThatMatter.filter((said) => !answered(agreement, said)).map((said) => stillToSay(agreement, said)) : notAskedWhich(agreement);
}

/** The right that an offer of this much voice gives. */
const rightFor = (say: number): DecisionRight => activity.decisionRights[Math.max(0, Math.min(say, 4) - 1)] ?? 'inform';

/**
 * Enough people were offered this much say in this stage and declined, or wished not to group by group. Either way every group affected and
 * every one of the plan was offered it: a plan with few of them, or with none, and an offer to one of them, speak for no other.
 * An offer that nobody took up is evidence as good as any, and the gate opens at what was reached. That nobody of a group wished to is known
 * of one that was met, and two people say it.
 */
export function offeredAndDeclined(agreement: Agreement, stage: string, say: number, people: number, today: CivilDate): boolean {
  const { nobodyWished, plans } = agreement.involvement;
  const right = rightFor(say);
  const declinedGroups = nobodyWished.filter((told) => told.stage === stage && gives(told.offered, right) && saidByTwo(agreement, told) && wasMet(agreement, told.group)).map(({ group }) => group);
  const affected = affectedGroups(agreement);
  const groups = [...affected, ...(plans[stage]?.groups ?? [])];
  const eachIsOf = (told: readonly string[]) => groups.every((group) => told.some((other) => sameWords(other, group)));
  if (affected.length > 0 && eachIsOf(declinedGroups)) return true;

  const offered = activitiesIn(agreement, stage).filter((held) => gives(held.right, right));
  const asked = (held: readonly Activity[]) => invitationsTo(agreement, held).map((invited) => ({ ...invited, stands: invitationStands(agreement, invited, today) }));
  const sent = asked(offered);
  const declined = sent.filter(({ stands }) => stands === 'declined').map(({ participant }) => participant);
  // A group whose people came was offered it, too. Of an activity for several nobody knows whose people came or declined: it speaks for none of them.
  const reached = offered
    .filter((held) => held.groups.every((group) => sameWords(group, held.groups[0] ?? '')) && (someoneTookPart(held) || asked([held]).some(({ stands }) => stands === 'declined')))
    .flatMap((held) => held.groups);
  return (
    declined.length > 0 &&
    eachIsOf([...declinedGroups, ...reached]) &&
    !sent.some(({ stands, answerBy }) => stands === 'awaited' || (stands === 'declined-unconfirmed' && answerBy >= today)) &&
    new Set([...declined, ...peopleIn(offered)]).size >= people
  );
}

/** What staff typed of people who declined, and nobody confirmed, or of a group that nobody met or of whom one person alone says it: it opens no gate. */
function declinesToConfirm(agreement: Agreement, today: CivilDate): readonly Missing[] {
  const told = agreement.involvement.nobodyWished.filter(({ stage }) => stage === agreement.stage);
  const groups = (which: (one: NobodyWishedAsSaid) => boolean) => [...new Set(told.filter(which).map(({ group }) => group))];
  return [
    ...invitationsTo(agreement, activitiesIn(agreement, agreement.stage))
      .filter((sent) => invitationStands(agreement, sent, today) === 'declined-unconfirmed')
      .map(({ participant }): Missing => ({ what: `that ${participant} declined, as they confirm it`, suppliedBy: 'facilitator', by: 'record-proxy-entry' })),
    ...groups(({ group }) => !wasMet(agreement, group)).map((group): Missing => ({ what: `that some of ${group} were met, of whom nobody wished to`, suppliedBy: 'facilitator', by: 'record-attendance' })),
    ...groups((one) => !saidByTwo(agreement, one)).map((group): Missing => ({ what: `that nobody of ${group} wished to, as a second person says it`, suppliedBy: 'someone else', by: 'record-nobody-wished' })),
  ];
}

/** What plans still live on nothing, or on the word of a group of which nobody was met. */
function openCosts(agreement: Agreement, plans: readonly InvolvementPlan[], isNamed: (plan: InvolvementPlan) => boolean, costsOf: (plan: InvolvementPlan) => Resources, what: (plan: InvolvementPlan) => string): readonly Missing[] {
  return plans
    .filter((plan) => !asksForNothing(plan))
    .flatMap((plan): readonly Missing[] => {
      const costs = costsOf(plan);
      if (!isNamed(plan)) return [commissioner(what(plan), 'plan-involvement')];
      return costs.is === 'nothing-needed' && isUnheard(agreement, costs) ? [{ what: `that some of ${costs.group} were met, who say so of ${plan.stage}: “${costs.because}”`, suppliedBy: 'facilitator', by: 'record-attendance' }] : [];
    });
}

/** Every plan, or that of the stage it stands in alone. */
const plansOf = ({ stage, involvement }: Agreement, ofThisStage: true | undefined): readonly InvolvementPlan[] =>
  Object.values(involvement.plans).filter((plan) => ofThisStage !== true || plan.stage === stage);

/**
 * The number of those concerned that stands is the one that the sponsor approved, or else the largest that was written: nobody asks fewer people by
 * writing down fewer. Where a service ends no gate before asked the sponsor, and the first number is approved, too.
 */
function numberApproved({ facts, signOffs, content, raises, involvement: { concernedBefore } }: Agreement): boolean {
  const written = facts['people-concerned'];
  const approval = signOffs.findLast(({ kind, discipline, answer }) => kind === 'approval' && discipline === 'sponsor' && answer.is === 'granted')?.answer;
  if (written === undefined) return true;
  return approval?.is === 'granted' ? approval.version === content.sponsor || approval.at > written.amendedAt : !raises.includes('ends-a-service') && written.value >= concernedBefore;
}

export const conditions = {
  'involvement.planned': (agreement, asked) =>
    whereWanted(agreement, asked, () => {
      const plan = agreement.involvement.plans[agreement.stage];
      // Who is carried over from an agreement of the same place and theme is not asked again.
      const carried = carriedOverTo(agreement, agreement.stage);
      const action = asked.do ?? 0;
      return [
        ...(Math.max(plan?.say ?? 0, carried.say) < asked.say ? [commissioner(`a plan at Say ${asked.say} or more`, 'plan-involvement')] : []),
        ...(Math.max(plan?.do ?? 0, carried.do) < action ? [commissioner(`a plan at Do ${action} or more`, 'plan-involvement')] : []),
      ];
    }),

  'involvement.resourced': (agreement, { ofThisStage }) =>
    openCosts(agreement, plansOf(agreement, ofThisStage), isResourced, ({ resources }) => resources, ({ stage }) => `a budget for involvement in ${stage}, or the group’s own "we need nothing because…"`),

  'involvement.access-costs-met': (agreement, { ofThisStage }) =>
    openCosts(agreement, plansOf(agreement, ofThisStage), ({ accessCosts }) => isMet(accessCosts), ({ accessCosts }) => accessCosts, ({ stage }) => `what it costs people to take part in ${stage}, or the group’s own "it costs us nothing because…"`),

  'involvement.planned-as': (agreement, asked) =>
    whereWanted(agreement, asked, () => {
      const plan = agreement.involvement.plans[agreement.stage];
      const lacking = 'mode' in asked ? [asked.mode].filter((mode) => plan?.mode !== mode) : asked.subTypes.filter((part) => !plan?.subTypes.includes(part));
      return lacking.map((what) => commissioner(`a plan that is ${what}`, 'plan-involvement'));
    }),

  'involvement.stages-that-matter-asked': notAskedWhich,

  'involvement.achieved': (agreement, asked, { today }) =>
    whereWanted(agreement, asked, () => {
      const { stage } = agreement;
      const people = heldAgainst(agreement, stage)?.people ?? 1;
      const carried = carriedOverTo(agreement, stage);
      const missing = [
        ...(carried.say >= asked.say ? [] : missingForSay(agreement, stage, asked.say)),
        ...(carried.do >= (asked.do ?? 0) ? [] : missingForDo(agreement, stage, asked.do ?? 0)),
      ];
      if (missing.length === 0 || offeredAndDeclined(agreement, stage, asked.say, people, today)) return [];
      return [...missing, ...declinesToConfirm(agreement, today)];
    }),

  'involvement.people': (agreement, asked, { today }) => {
    const { stage } = agreement;
    const held = activitiesIn(agreement, stage);
    const plan = heldAgainst(agreement, stage);
    const [planned, alone] = [agreement.involvement.plans[stage], loweredAlone(agreement, stage)];
    const seconded = planned !== undefined && alone !== undefined && isLower(planned, alone) ? [{ what: `the plan of ${planned.people}, as a second person makes it`, suppliedBy: 'someone else', by: 'plan-involvement' }] : [];
    const toCome = (needed: number, anew: readonly Missing[]): readonly Missing[] => {
      // Not a sum: those carried over may be the very people who took part.
      const tookPart = peopleUpTo(held, needed);
      if (Math.max(tookPart, carriedOverTo(agreement, stage).people) >= needed || offeredAndDeclined(agreement, stage, plan?.say ?? 0, needed, today)) return [];
      return [{ what: `${needed - tookPart} more of the ${needed} people needed`, suppliedBy: 'facilitator', by: 'record-attendance' }, ...declinesToConfirm(agreement, today), ...seconded, ...anew];
    };
    if ('asPlanned' in asked) return toCome(plan?.people ?? 0, []);

    return whereWanted(agreement, asked, () => {
      const { floor, everyoneAsked } = asked;
      const anew = numberApproved(agreement) ? [] : [commissioner('approval of sponsor: of how many people are concerned', 'request-sign-off')];

      if (everyoneAsked === true) {
        const concerned = agreement.facts['people-concerned']?.value;
        if (concerned === undefined) return [commissioner('people-concerned', 'amend-facts')];
        const reached = new Set([...peopleIn(held), ...invitationsTo(agreement, held).map(({ participant }) => participant)]).size;
        if (reached >= concerned) return anew;
        return [{ what: `${concerned - reached} of the ${concerned} people concerned to be asked`, suppliedBy: 'facilitator', by: 'invite-participant' }, ...anew];
      }

      const lowered = atMostHalfOfThoseConcerned(agreement, floor);
      const needed = Math.max(plan?.people ?? 0, anew.length > 0 ? floor : lowered);
      return toCome(needed, lowered < needed ? anew : []);
    });
  },
} satisfies Partial<Conditions>;
