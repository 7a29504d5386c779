import type { Missing } from '@concordat/journal/core';
import { type SubType, subTypesOf } from '@concordat/pathway/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import * as activity from './activity.js';
import { type Activity, type ActivityCommands, type ActivityEvents, refuseUnlessAhead } from './activity.js';
import type { NamedNoMore } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { carriedOverTo } from './carried-over.js';
import { dayInUtc } from './began.js';
import { happened } from './event.js';
import type { Money } from './facts.js';
import * as invitation from './invitation.js';
import { type Invitation, type InvitationCommands, type InvitationEvents, invitationsTo, type NobodyWishedAsSaid } from './invitation.js';
import { isAbove } from './money.js';
import type { PeopleCounted } from './reach.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Do, Say } from './say-do.js';
import { areTwo, refuseSamePerson } from './separation.js';
import * as stagesThatMatter from './stages-that-matter.js';
import { type StagesCommands, type StagesEvents, type StagesSaid, wasMet, whereWanted } from './stages-that-matter.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { someoneTookPart } from './who-took-part.js';

/*
 * What is planned: with whom, how, how much voice and action, and what it lives on. Which stages matter to people stands in stages-that-matter.ts,
 * and who came of it in who-came.ts.
 */

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
export interface InvolvementCommands extends ActivityCommands, InvitationCommands, StagesCommands {
  /** Takes the place of an earlier plan for the same stage. `why`: of one that is lower than what people were asked to take part in; from somebody else of the same one, that they say so too. */
  'plan-involvement': InvolvementPlan & { readonly why?: string | undefined };
}

export interface InvolvementEvents extends ActivityEvents, InvitationEvents, StagesEvents {
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
  /** The groups that were affected and are named no more. */
  readonly namedNoMore: readonly NamedNoMore[];
}
export const initialInvolvement: InvolvementState = { stagesThatMatter: [], plans: {}, lowered: {}, plannedBy: [], carriedOutBy: [], activities: [], invitations: [], counted: {}, nobodyWished: [], concernedBefore: 0, namedNoMore: [] };

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
/** Is nobody to say or to do anything? */
export const asksForNothing = ({ say, do: action }: Scale) => say === 0 && action === 0;
/** Is it a budget, or a word of the group? Whom a plan engages, or shares decisions with, a penny does not bring together. */
const isMet = (resources: Resources, pounds = 1) =>
  resources.is === 'budget' ? resources.amount.currency === 'GBP' && !isAbove(`${pounds}.00`, resources.amount.amount) : resources.is === 'nothing-needed' && resources.because.trim() !== '';
const isResourced = ({ say, people, resources }: InvolvementPlan) => isMet(resources, say >= 3 ? people : 1);
const isOfNobody = (resources: Resources, groups: readonly string[]) => resources.is === 'nothing-needed' && !groups.includes(resources.group);

/** Does nobody know yet that the group itself needs nothing: was none of it met? Of a small agreement the word of whoever plans it is enough. */
export const isUnheard = (agreement: Agreement, resources: Resources): boolean => resources.is === 'nothing-needed' && agreement.tier !== 'small' && !wasMet(agreement, resources.group);

/** Were people asked to take part in this stage: invited, or did somebody come, also where it was voided since? */
const wereInvited = (agreement: Agreement, stage: string): boolean => {
  const held = agreement.involvement.activities.filter((one) => one.stage === stage);
  return held.some(someoneTookPart) || invitationsTo(agreement, held).length > 0;
};
const mostOf = (one: Scale, other: Scale = one): Scale => ({ say: Math.max(one.say, other.say) as Say, do: Math.max(one.do, other.do) as Do, people: Math.max(one.people, other.people) });
export const isLower = (one: Scale, other: Scale): boolean => one.say < other.say || one.do < other.do || one.people < other.people;

/** Whoever lowered a plan, and whoever said so too. */
export const loweredBy = ({ involvement }: Pick<Agreement, 'involvement'>): readonly string[] => Object.values(involvement.lowered).flatMap(({ by, second }) => (second === null ? [by] : [by, second.by]));

/** What people were asked to take part in, where one person alone lowered the plan since. */
export function loweredAlone(agreement: Agreement, stage: string): Lowered | undefined {
  const lowered = agreement.involvement.lowered[stage];
  return lowered !== undefined && lowered.second !== null && areTwo(agreement, [lowered.by, lowered.second.by]) ? undefined : lowered;
}

/** What came of a stage is held against the most that people were asked to take part in there, unless two people said that it is less. */
export function heldAgainst(agreement: Agreement, stage: string): Scale | undefined {
  const plan = agreement.involvement.plans[stage];
  return plan && mostOf(plan, loweredAlone(agreement, stage));
}

export const decide = {
  ...activity.decide,
  ...invitation.decide,
  ...stagesThatMatter.decide,

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
  ...stagesThatMatter.evolve,
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

export const conditions = {
  ...stagesThatMatter.conditions,

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
} satisfies Partial<Conditions>;
