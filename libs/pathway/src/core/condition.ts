import type { Role } from '@concordat/access/core';
import type { FactName } from './fact.js';
import { factTitles } from './fact.js';
import type { Mode, SubType } from './mode.js';

/** What gates may ask. A code is a wire name: it never changes and is never used again for something else. */
export interface ConditionParameters {
  'facts.present': { readonly facts: readonly FactName[] };
  /** Someone in each of these roles declared a conflict, or that there is none, and so did each person who acts here: who leads it, gives the money, approves, evaluates, proposes or decides. */
  'conflicts.declared': { readonly roles: readonly Role[] };
  /** Say 0–4 and Do 0–3, never summed. `whenWanted`: only where people said that this stage matters to them. */
  'involvement.planned': { readonly say: number; readonly do?: number; readonly whenWanted?: boolean };
  /** The plan of this stage is of this mode, or names each of these parts of one, such as `co-planning`. */
  'involvement.planned-as': ({ readonly mode: Exclude<Mode, 'none'> } | { readonly subTypes: readonly SubType[] }) & { readonly whenWanted?: boolean };
  /** `ofThisStage`: of its plan alone, and from Say 3 on; no document asks it so. */
  'involvement.resourced': { readonly ofThisStage?: true };
  /** `ofThisStage`: of its plan alone; no document asks it so. */
  'involvement.access-costs-met': { readonly ofThisStage?: true };
  /** Of every group affected. That it does nothing, or wants nothing of it on record, is an answer. */
  'involvement.what-people-do-asked': Record<string, never>;
  /** Of every group affected. That none matters to it is an answer. */
  'involvement.stages-that-matter-asked': Record<string, never>;
  /** Everyone who took part in this stage has the information it rests on, in its latest version. */
  'involvement.informed': Record<string, never>;
  /** Everyone who took part in this stage was offered payment, benefits advice first. */
  'involvement.payment-offered': Record<string, never>;
  'involvement.achieved': { readonly say: number; readonly do?: number; readonly whenWanted?: boolean };
  /**
   * `floor` people at least, or half of those concerned where that is fewer, or as many as were planned where that is
   * more. `everyoneAsked`: the floor is that everyone concerned was asked, not a number. `asPlanned`: as many as were
   * planned alone, where Say 2 or more was; no document asks it so.
   */
  'involvement.people': { readonly floor: number; readonly everyoneAsked?: boolean; readonly whenWanted?: boolean } | { readonly asPlanned: true };
  'involvement.themes-answered': { readonly stages: readonly string[] };
  'involvement.feedback-delivered': { readonly stages: readonly string[] };
  /**
   * All who took part in these stages, with or without words, in the stage whose gate this is. `since`: those of these stages in any stage after
   * theirs, or of all they said there; no document asks it so.
   */
  'involvement.everyone-told': { readonly stages: readonly string[]; readonly since?: readonly string[] };
  'involvement.late-entries-shown': Record<string, never>;
  /** Without `stages` in any stage; no document asks it so. */
  'involvement.answers-checked': { readonly stages?: readonly string[] };
  /** `ahead`: what becomes of commitments whose day is still to come when the agreement leaves this stage. */
  'involvement.commitments-answered-for': { readonly ahead: 'may-stand' | 'not-left-behind' };
  /** `ofWhatEnds`: what was adopted in the agreements that this one ends is undone and told too, or goes on in another one. */
  'involvement.reversals-told': { readonly ofWhatEnds?: boolean };
  /** In this stage someone dissents on record, or it was asked and nobody does. */
  'dissent.asked': Record<string, never>;
  'risk.three-way': { readonly top: number };
  /** `inAnyStage`: what was said in earlier stages counts, for as long as no risk is new or larger; no document asks it so. */
  'risk.statements-sought': { readonly top: number; readonly inAnyStage?: true };
  /** Where people design or deliver it together with professionals: what that may bring with it is named, or it is said why not. */
  'risk.prompts-answered': Record<string, never>;
  /** By the organisation's matrix, appetites and who must see what. */
  'risk.escalated': Record<string, never>;
  /** Of a shared-risk panel, where one advised. What it advises opens and shuts nothing. */
  'risk.advice-answered': Record<string, never>;
  /** In any stage: the decision-maker replied in writing, and a second person read it. */
  'risk.objections-answered': Record<string, never>;
  'sign-offs.granted': { readonly signOffs: readonly SignOffAsked[] };
  /** Of every sign-off in force, or of this discipline's alone, whatever was still to be done is done. */
  'sign-offs.conditions-met': { readonly discipline?: Discipline };
  /** Of every sign-off that was granted until some day, or of this discipline's alone, in any stage: the last one of its kind holds today. */
  'sign-offs.renewed': { readonly discipline?: Discipline };
  /** Each criterion that people chose is assessed by some of those who use the service, and whoever was named for that did it. `whenWanted`: only where people said that this stage matters to them. */
  'evaluation.people-assess': { readonly whenWanted?: boolean };
  /** Of everybody who evaluates; whoever has an interest that bars them evaluates no more. */
  'evaluation.interests-declared': Record<string, never>;
  'evaluation.evaluators-trained': Record<string, never>;
  'decision.in-force': Record<string, never>;
  'standstill.over': Record<string, never>;
  'challenges.closed': Record<string, never>;
  /** A notice of the route, by its code, was published; with `clock`, a clock of the route, its days have passed since. */
  'notices.published': { readonly notice: string; readonly clock?: string };
  /** So many options at least, each talked about with these, each with what became of it and why, and one of them preferred. */
  'options.considered': { readonly atLeast: number; readonly with: readonly ('people' | 'provider')[] };
  /** `whereServiceChanges`: only where a service may change or end. `atLeastDays`: a shorter one does not count, nor one that told people of no alternative. */
  'consultation.considered': { readonly whereServiceChanges: boolean; readonly atLeastDays: number };
  'provider.accepted': Record<string, never>;
  /** Everybody the agreement was awarded to said that they are ready to start. */
  'provider.ready': Record<string, never>;
  /** Asked by itself of every gate after one that opened with a condition. */
  'gate.conditions-kept': Record<string, never>;
  /** Asked by itself of each gate of what was taken over by a record that does not say what raises its tier, until somebody does. */
  'tier.impact-said': Record<string, never>;
  /** Asked by itself of the last gate of whatever has started. */
  'service.over': Record<string, never>;
  /** Asked by itself of the last gate of whatever another agreement ends. */
  'ending.adopted-goes-on': Record<string, never>;
  'urgent.grounded': Record<string, never>;
  /** Whether the service is regulated is a fact of its own; where it is, so is the registration. */
  'registration.where-regulated': Record<string, never>;
  /** Asked by routes that are not those of health alone; these ask for the assessment and the approval themselves. */
  'quality.where-health': Record<string, never>;
  /** Asked by routes that are chosen on a ground, where the pathway does not keep the route of what it changes. */
  'route.grounded': Record<string, never>;
  /** Of an agreement by which a service ends: which one it ends. */
  'ending.agreement-named': Record<string, never>;
  /** Of an agreement that extends or varies another: which one. */
  'varying.agreement-named': Record<string, never>;
  /** And of whatever was adopted there: some of those who gave it. Asked by itself of each gate after the one that names it. */
  'varying.people-asked-again': Record<string, never>;
  /** The regime's test of a modification allows what this agreement makes of the one that it extends or varies, on a ground that the route names. */
  'modification.permitted': Record<string, never>;
  /** The fact that counts people without an arrangement says 0. */
  'people.all-arranged': Record<string, never>;
  /** Of every group affected it is on record what it goes to, and that nobody of it is without an arrangement; together they are as many as the plan for the end counts. */
  'transition.every-group': Record<string, never>;
  /** That asking them is not useful here, with the reason, is an answer. */
  'providers.engaged': Record<string, never>;
  'kpi.written-by-people': Record<string, never>;
  /** So many KPIs at least, of what is worth more than so many pounds; or it is on record why none can tell how well it is done. */
  'kpi.set': { readonly atLeast: number; readonly above: number };
  /** The provider's figure and people's feedback on the same KPI, where they differ. */
  'delivery.differences-discussed': Record<string, never>;
  'delivery.people-asked-each-cycle': Record<string, never>;
  /** So many months have passed since the day of this fact, to the same day of the month. */
  'time.passed-since': { readonly fact: 'notice-given' | 'service-ended'; readonly months: number };
}

/** Who may have to accept: whoever answers for the agreement, the provider, or the controller of the personal data in it. */
export const acceptingParties = ['owner', 'provider', 'controller'] as const;
export type AcceptingParty = (typeof acceptingParties)[number];

/** `approval` asks separation of duties in full; `acceptance` is by the very party: the owner, the provider or the controller. */
export interface SignOffAsked {
  readonly kind: 'approval' | 'acceptance';
  readonly discipline: Discipline;
  /** Of whom an acceptance is asked; the controller for information governance and the owner else, where it is not said. */
  readonly of?: AcceptingParty;
  /** How many different people must have granted it; one, where it is not said. */
  readonly people?: number;
}

/** The code of a condition. */
export type ConditionCode = keyof ConditionParameters;

type HoldsFigure<T> = T extends number
  ? true
  : T extends readonly (infer Item)[]
    ? HoldsFigure<Item>
    : T extends object
      ? true extends { [M in keyof T]-?: HoldsFigure<NonNullable<T[M]>> }[keyof T]
        ? true
        : never
      : never;
/** A condition that asks for so many of something: no document asks it without saying where its figure comes from. */
export type FigureCode = { [C in ConditionCode]: true extends HoldsFigure<ConditionParameters[C]> ? C : never }[ConditionCode];

const figureCodes: { readonly [C in FigureCode]: true } = {
  'involvement.planned': true,
  'involvement.achieved': true,
  'involvement.people': true,
  'risk.three-way': true,
  'risk.statements-sought': true,
  'sign-offs.granted': true,
  'consultation.considered': true,
  'options.considered': true,
  'time.passed-since': true,
  'kpi.set': true,
};

/** Whether this condition asks for a figure. */
export const asksFigure = (code: ConditionCode): code is FigureCode => code in figureCodes;

/** What each class of condition allows when it is not met. */
export const conditionClasses = {
  lawful: 'Never waived. Where it does not apply, the route says so.',
  assurance: 'The gate may open with a condition, agreed by the decision-maker and the head of the discipline, with a due date.',
  involvement: 'Comply or explain.',
} as const;
/** `lawful`, `assurance` or `involvement`. */
export type ConditionClass = keyof typeof conditionClasses;

/** Who is asked for a sign-off, and the words a page says. */
export const disciplineTitles = {
  sponsor: 'sponsor',
  safeguarding: 'safeguarding',
  finance: 'finance',
  'legal-procurement': 'legal and procurement',
  'clinical-quality': 'clinical quality',
  'information-governance': 'information governance',
  equality: 'equality',
} as const;
/** A profession that signs off. */
export type Discipline = keyof typeof disciplineTitles;
/** Every discipline, in the order pages show. */
export const disciplines = Object.keys(disciplineTitles) as readonly Discipline[];

/** Say 0–4 in words: how much voice counts; the level is the index. */
export const sayLevels = ['none', 'informed', 'consulted', 'engaged', 'shared decisions'] as const;
/** Do 0–3 in words: how much people do themselves; the level is the index. */
export const doLevels = ['none', 'some', 'substantial', 'people-led'] as const;

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

function levels({ say, do: action }: { readonly say: number; readonly do?: number }): string {
  const voice = `Say ${say} (${sayLevels[say] ?? 'unknown'})`;
  return action === undefined ? voice : `${voice} and Do ${action} (${doLevels[action] ?? 'unknown'})`;
}

/** Titles of stages by their ids, as a pathway has them. */
type Titled = readonly { readonly id: string; readonly title: string }[];

function stagesNamed(stages: readonly string[], titled: Titled): string {
  const titles = stages.flatMap((stage) => titled.filter(({ id }) => id === stage).map(({ title }) => `“${title}”`));
  return titles.length === stages.length ? listed(titles) : `${stages.length === 1 ? 'stage' : 'stages'} ${listed(stages)}`;
}

const roleNamed = (role: string): string => (role === 'decision-maker' ? role : role.replaceAll('-', ' '));

const whereWanted = (asked: { readonly whenWanted?: boolean }) =>
  asked.whenWanted === true ? ', if people said that this stage matters to them' : '';

/** One line of the vocabulary: what a code asks, and what class it is of. */
export interface ConditionWords<C extends ConditionCode> {
  readonly class: ConditionClass;
  readonly asks: (parameters: ConditionParameters[C], titled: Titled) => string;
}

/** Every condition a gate can ask: the sentence a page, the API and a refusal show, and its class. One table for all. */
export const conditionVocabulary: { readonly [C in ConditionCode]: ConditionWords<C> } = {
  'facts.present': {
    class: 'assurance',
    asks: ({ facts }) => `On record: ${listed(facts.map((fact) => factTitles[fact]))}.`,
  },
  'conflicts.declared': {
    class: 'lawful',
    asks: ({ roles }) => `Conflicts of interest, or that there are none, are declared by: ${listed(roles.map(roleNamed))}; and in person by those who act here.`,
  },
  'involvement.planned': {
    class: 'involvement',
    asks: (asked) => `Involvement in this stage is planned at ${levels(asked)} or more${whereWanted(asked)}.`,
  },
  'involvement.resourced': {
    class: 'involvement',
    asks: ({ ofThisStage }) =>
      `The planned involvement${ofThisStage === true ? ' of this stage, where people are engaged or decide with others,' : ''} has a budget, or the group itself said that it needs none and why.`,
  },
  'involvement.planned-as': {
    class: 'involvement',
    asks: (asked) => `Involvement in this stage is planned as ${'mode' in asked ? asked.mode : listed(asked.subTypes)}${whereWanted(asked)}.`,
  },
  'involvement.access-costs-met': {
    class: 'involvement',
    asks: ({ ofThisStage }) =>
      `What it costs people to take part${ofThisStage === true ? ' in this stage' : ''} (travel, someone to stand in at home, interpreters) is met at every level of involvement, or the group itself said that it costs nothing and why.`,
  },
  'involvement.what-people-do-asked': {
    class: 'involvement',
    asks: () => 'Every group affected was asked what people already do, and it is on record as they wish.',
  },
  'involvement.stages-that-matter-asked': {
    class: 'involvement',
    asks: () => 'Every group affected was asked which stages matter to it.',
  },
  'involvement.informed': {
    class: 'involvement',
    asks: () => 'Everyone who took part in this stage was given the information it rests on, in its latest version.',
  },
  'involvement.payment-offered': {
    class: 'involvement',
    asks: () => 'Everyone who took part in this stage was offered payment, with benefits advice first; nobody can offer it to whoever was erased at their wish since.',
  },
  'involvement.achieved': {
    class: 'involvement',
    asks: (asked) => `Involvement in this stage reached ${levels(asked)} or more${whereWanted(asked)}.`,
  },
  'involvement.people': {
    class: 'involvement',
    asks: (asked) => {
      if ('asPlanned' in asked) return 'As many people took part in this stage as were planned, where they are to be consulted or more.';
      return asked.everyoneAsked === true
        ? `Everyone concerned was asked to take part in this stage${whereWanted(asked)}.`
        : `At least ${asked.floor} people took part in this stage, or half of those concerned if that is fewer; more if more were planned${whereWanted(asked)}.`;
    },
  },
  'involvement.themes-answered': {
    class: 'involvement',
    asks: ({ stages }, titled) => `Everyone who contributed to ${stagesNamed(stages, titled)} has an answer, through the themes their contributions stand in.`,
  },
  'involvement.feedback-delivered': {
    class: 'involvement',
    asks: ({ stages }, titled) => `Those who contributed to ${stagesNamed(stages, titled)} were told what was done with it.`,
  },
  'involvement.everyone-told': {
    class: 'involvement',
    asks: ({ stages, since = [] }, titled) => {
      const here = `Everyone who took part in ${stagesNamed(stages, titled)} was told in this stage what came of it, or does not wish to hear.`;
      const others = `Everyone who took part${stages.length === 0 ? '' : ' in any other stage'} was told since what came of it, or what was done with all they said, or does not wish to hear.`;
      return [...(stages.length === 0 ? [] : [here]), ...(since.length === 0 ? [] : [others])].join(' ');
    },
  },
  'involvement.late-entries-shown': {
    class: 'involvement',
    asks: () => 'What people said after the closing day was read by the decision-maker.',
  },
  'involvement.answers-checked': {
    class: 'involvement',
    asks: ({ stages }, titled) => `One in ten answers to those who contributed${stages === undefined ? '' : ` to ${stagesNamed(stages, titled)}`} was checked by a second person.`,
  },
  'involvement.commitments-answered-for': {
    class: 'involvement',
    asks: ({ ahead }) =>
      ahead === 'may-stand'
        ? 'Every commitment to people whose day has passed is kept, or it is said that it was broken and why.'
        : 'Every commitment to people is kept, said to be broken and why, or carried on by a later agreement.',
  },
  'involvement.reversals-told': {
    class: 'involvement',
    asks: ({ ofWhatEnds }) =>
      ofWhatEnds === true
        ? 'What was adopted in the service that ends goes on in another agreement, or whoever gave it was told that it does not.'
        : 'Whoever gave what was adopted and undone later was told so.',
  },
  'dissent.asked': {
    class: 'involvement',
    asks: () => 'Whoever dissents has it on record in this stage, or it was asked and nobody does.',
  },
  'risk.three-way': {
    class: 'assurance',
    asks: ({ top }) => `The top ${top} risks are scored three ways: co-produced, professional only, not acting.`,
  },
  'risk.prompts-answered': {
    class: 'assurance',
    asks: () => 'Where people design or deliver it, each risk of doing it together is named, or it is said why it does not arise here.',
  },
  'risk.escalated': {
    class: 'assurance',
    asks: () => 'Every risk above the appetite was seen by whoever must see one that large.',
  },
  'risk.advice-answered': {
    class: 'assurance',
    asks: () => 'Of whatever a shared-risk panel advised, the decision-maker says what they did with it.',
  },
  'risk.statements-sought': {
    class: 'involvement',
    asks: ({ top, inAnyStage }) => `Those who carry the top ${top} risks were asked for a statement, and answered or were asked twice${inAnyStage === true ? '; in an earlier stage, where none is new or larger since' : ''}.`,
  },
  'risk.objections-answered': {
    class: 'assurance',
    asks: () => 'Every objection of those who carry a risk has the written reply of the decision-maker, read by a second person.',
  },
  'sign-offs.granted': {
    class: 'assurance',
    asks: ({ signOffs }) =>
      `In force: ${listed(signOffs.map(({ kind, discipline, of, people }) => `${kind} by ${disciplineTitles[discipline]}${of === undefined ? '' : ` for the ${of}`}${people === undefined ? '' : ` (${people} people)`}`))}.`,
  },
  'sign-offs.conditions-met': {
    class: 'assurance',
    asks: ({ discipline }) => `Whatever a sign-off${discipline === undefined ? '' : ` of ${disciplineTitles[discipline]}`} was granted on condition of is done.`,
  },
  'sign-offs.renewed': {
    class: 'assurance',
    asks: ({ discipline }) => `Every sign-off${discipline === undefined ? '' : ` of ${disciplineTitles[discipline]}`} that was granted until some day holds today: it was renewed when it expired, or given anew.`,
  },
  'evaluation.people-assess': {
    class: 'involvement',
    asks: (asked) => `People chose criteria, as one of them confirmed, and people who use the service assessed them, each of those who were named for it${whereWanted(asked)}.`,
  },
  'evaluation.interests-declared': {
    class: 'lawful',
    asks: () => 'Everybody who evaluates declared their interests, people who use the service among them, and nobody evaluates with an interest that bars them.',
  },
  'evaluation.evaluators-trained': {
    class: 'involvement',
    asks: () => 'Everybody who evaluates was trained for it, people who use the service among them.',
  },
  'decision.in-force': {
    class: 'lawful',
    asks: () => 'The decision of the body or officer entitled to take it is recorded and in force.',
  },
  'standstill.over': {
    class: 'lawful',
    asks: () => 'The standstill that the route asks for is over.',
  },
  'challenges.closed': {
    class: 'lawful',
    asks: () => 'Every challenge by a provider is concluded, with reasons; where the award was changed or given up after it, another award and another decision stand in their place.',
  },
  'notices.published': {
    class: 'lawful',
    asks: ({ notice, clock }) => `The notice ${notice} is published${clock === undefined ? '' : `, and the days of the clock ${clock} have passed since`}.`,
  },
  'options.considered': {
    class: 'involvement',
    asks: ({ atLeast, with: parties }) => `At least ${atLeast} options were talked about with ${listed(parties.map((party) => (party === 'people' ? 'people' : 'the provider')))}; one is preferred, and it is said why the others are not.`,
  },
  'consultation.considered': {
    class: 'lawful',
    asks: ({ whereServiceChanges, atLeastDays }) =>
      `${whereServiceChanges ? 'Where a service may change or end, people' : 'People'} were consulted for at least ${atLeastDays} days, with alternatives, and what they said was considered before the decision.${whereServiceChanges ? ' Whoever was asked where none may is heard to the end.' : ''}`,
  },
  'provider.accepted': {
    class: 'lawful',
    asks: () => 'The provider accepted the award.',
  },
  'provider.ready': {
    class: 'assurance',
    asks: () => 'The provider said that it is ready to start, and on which day.',
  },
  'gate.conditions-kept': {
    class: 'lawful',
    asks: () => 'What earlier gates opened on, and what sign-offs were granted on condition of, is done by its day, what is owed to safeguarding before the service starts, and all of it before the agreement closes. A decision they opened on that was called in stands, or is taken anew. A challenge that came by the day of the award is concluded, and an award that one changed or gave up does not go on as it was.',
  },
  'tier.impact-said': {
    class: 'lawful',
    asks: () => 'Somebody said whether it ends a service, is for a closed setting or tries an untried model: each asks more of it.',
  },
  'service.over': {
    class: 'lawful',
    asks: () => 'The last day of the service is over, by its contract and by the plan for its end; what ends sooner has another period first.',
  },
  'ending.adopted-goes-on': {
    class: 'lawful',
    asks: () => 'What was adopted in a service that another agreement ends does not pass with it in silence: it is undone, or another agreement carries it on.',
  },
  'urgent.grounded': {
    class: 'lawful',
    asks: () => 'The urgency is on record before the start, with its legal ground. It is not the organisation’s own lateness.',
  },
  'registration.where-regulated': {
    class: 'lawful',
    asks: () => 'It is on record whether the service is regulated and, where it is, under which number its provider is registered.',
  },
  'quality.where-health': {
    class: 'assurance',
    asks: () => 'It is on record whether it is health care, or some of it is; where it is, its quality impact assessment is there, and clinical quality approved it.',
  },
  'route.grounded': {
    class: 'lawful',
    asks: () => 'The ground on which the route was chosen is on record, and what the agreement is worth stays under its figure, where it has one.',
  },
  'kpi.written-by-people': {
    class: 'involvement',
    asks: () => 'One of the KPIs was written by people, as one of them confirmed, and it is on record where.',
  },
  'kpi.set': {
    class: 'lawful',
    asks: ({ atLeast, above }) => `At least ${atLeast} KPIs are set where the contract is worth more than £${above.toLocaleString('en-GB')}, or it is on record why none can tell how well it is carried out.`,
  },
  'delivery.differences-discussed': {
    class: 'assurance',
    asks: () => 'Every difference between what the provider counts and what people say of the same KPI was discussed.',
  },
  'delivery.people-asked-each-cycle': {
    class: 'involvement',
    asks: () => 'In every cycle of delivery people were asked, every cycle ended on what they said, and no year of the service passed without one.',
  },
  'ending.agreement-named': {
    class: 'assurance',
    asks: () => 'The agreement whose service ends is named, and what was adopted and promised there comes with it.',
  },
  'varying.agreement-named': {
    class: 'lawful',
    asks: () => 'The agreement that is extended or varied is named: it was awarded by the same route, and is under way.',
  },
  'varying.people-asked-again': {
    class: 'involvement',
    asks: () => 'Of everything that was adopted in the agreement that is extended or varied, some of those who gave it came here or were invited since it was named, or it is undone.',
  },
  'modification.permitted': {
    class: 'lawful',
    asks: () => 'The regime allows the change, on a ground that the route names: its limits are held against what was awarded, and whoever provides that goes on.',
  },
  'people.all-arranged': {
    class: 'assurance',
    asks: () => 'Nobody who uses the service is without an arrangement.',
  },
  'transition.every-group': {
    class: 'assurance',
    asks: () => 'Of every group affected it is on record what it goes to, nobody of it is without an arrangement, and together they are as many as the plan for the end counts.',
  },
  'providers.engaged': {
    class: 'involvement',
    asks: () => 'Providers were asked before anything is bought, or it is said why that is not useful here.',
  },
  'time.passed-since': {
    class: 'lawful',
    asks: ({ fact, months }) => `At least ${months} months have passed since the ${factTitles[fact]}.`,
  },
};

/** Every condition code, in the order of the vocabulary. */
export const conditionCodes = Object.keys(conditionVocabulary) as readonly ConditionCode[];

/** The sentence a condition asks; it calls stages by their titles where it is given the stages of its pathway. */
export function asks<C extends ConditionCode>(code: C, parameters: ConditionParameters[C], stages: Titled = []): string {
  return conditionVocabulary[code].asks(parameters, stages);
}
