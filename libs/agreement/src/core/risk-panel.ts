import { actorName, may, type Person, personStream } from '@concordat/access/core';
import { type Refusal, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { isKnown } from './known-participant.js';
import { isOfThePeople } from './own-word.js';
import { scopeOn } from './partner.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { refuseOwner, riskOf, riskOwner, riskUnknown } from './risk.js';
import { everyIdOf, everyIdToday, worksForAProvider } from './separation.js';
import type { Conditions, Decide, Evolve, States } from './topic.js';

/** Whom a shared-risk panel may have members of. */
export const panelGroups = ['service-users', 'carers', 'provider', 'commissioner'] as const;
export type PanelGroup = (typeof panelGroups)[number];

/** What the decision-maker did with a piece of advice. */
export const adviceOutcomes = ['followed', 'followed-in-part', 'not-followed'] as const;

/** `member`: a person id, or for those who use the service and those who care for them the pseudonym of somebody who was asked to take part. */
export type PanelMember = {
  readonly of: PanelGroup;
  readonly member: string;
};

export interface RiskPanelCommands {
  /** `chair`: the id of a person. A panel advises; it signs nothing and decides nothing. */
  'convene-risk-panel': { readonly panel: string; readonly chair: string; readonly members: readonly PanelMember[] };
  /** By its chair. `dissent`: what those who would not say so say; empty where all say so. */
  'record-panel-advice': {
    readonly advice: string;
    readonly panel: string;
    readonly risks: readonly string[];
    readonly says: string;
    readonly inFavour: number;
    readonly against: number;
    readonly dissent: string;
    readonly on: CivilDate;
  };
  /** By the decision-maker. */
  'answer-panel-advice': { readonly advice: string; readonly outcome: (typeof adviceOutcomes)[number]; readonly reasons: string };
}

export interface RiskPanelEvents {
  'concordat.agreement.risk-panel-convened.v1': RiskPanelCommands['convene-risk-panel'] & { readonly on: CivilDate };
  'concordat.agreement.panel-advice-recorded.v1': RiskPanelCommands['record-panel-advice'];
  'concordat.agreement.panel-advice-answered.v1': RiskPanelCommands['answer-panel-advice'];
}

/** One panel; who sits in it stays as it was convened. */
export interface RiskPanel {
  readonly id: string;
  readonly chair: string;
  readonly members: readonly PanelMember[];
  readonly on: CivilDate;
}
/** One piece of advice, with its dissent, and what was done with it. */
export interface PanelAdvice extends Omit<RiskPanelCommands['record-panel-advice'], 'advice'> {
  readonly id: string;
  readonly answer: { readonly outcome: (typeof adviceOutcomes)[number]; readonly reasons: string; readonly by: string; readonly at: string } | null;
}
/** In the order they were convened and advised. */
export interface RiskPanelState {
  readonly panels: readonly RiskPanel[];
  readonly advice: readonly PanelAdvice[];
}
export const initialRiskPanels: RiskPanelState = { panels: [], advice: [] };

/** Does this person, under any id they have today, sit in a panel whose advice is still awaited? */
export const isToAdvise = (agreement: Agreement, person: string): boolean =>
  agreement.riskPanels.panels.some(
    ({ id, members }) => members.some(({ member }) => everyIdToday(agreement, person).includes(member)) && !agreement.riskPanels.advice.some(({ panel }) => panel === id),
  );

type Here = Pick<States, 'agreement' | 'persons'>;
type Sits = (person: Person, here: Here, id: string, today: CivilDate) => boolean;
const isOfThem: Sits = (_, here, id, today) => isOfThePeople(here, id, today);

/** Who of those registered here may sit for a group. A pseudonym is nobody's on staff. */
const sitsFor: Readonly<Record<PanelGroup, Sits>> = {
  'service-users': isOfThem,
  carers: isOfThem,
  provider: worksForAProvider,
  commissioner: (person) => !worksForAProvider(person),
};
const speaksByPseudonym = (of: PanelGroup): boolean => sitsFor[of] === isOfThem;

/** Can this person, who is registered, sit in a panel for this group today? */
export function canSitFor(here: Here, { of, member }: PanelMember, today: CivilDate): boolean {
  const person = here.persons[member];
  return person?.registered === true && !person.disabled && sitsFor[of](person, here, member, today);
}

function maySit(states: States, seat: PanelMember, today: CivilDate): boolean {
  if (states.persons[seat.member]?.registered === true) return canSitFor(states, seat, today);
  return speaksByPseudonym(seat.of) && isKnown(states, seat.member);
}

function refuseChair(chair: string, here: Here, today: CivilDate): readonly (Refusal | false)[] {
  const { grants = [], registered } = here.persons[chair] ?? {};
  return [
    ...refuseOwner(chair, here, 'convene-risk-panel'),
    registered === true && !may({ kind: 'person', person: chair, grants, scopes: 'all' }, 'risk.advise', scopeOn(here.agreement, today), today) &&
      refusal('risk-panel.chair-may-not-advise', 'Whoever chairs the panel may say what it advises.', { what: `${personStream(chair)} as panel-chair`, suppliedBy: 'administrator', by: 'grant-role' }),
  ];
}

/** Can this person chair a panel today? */
export const canChair = (here: Here, chair: string, today: CivilDate): boolean => refuseChair(chair, here, today).every((refused) => refused === false);

/** Who sits in a panel, each once: of two who turn out to be one person the first. */
export const sittingIn = (agreement: Agreement, { members }: RiskPanel): readonly PanelMember[] =>
  members.filter(({ member }, at) => !members.slice(0, at).some((before) => everyIdToday(agreement, before.member).includes(member)));

/** Everybody who sits in a panel here, by person id or pseudonym, and who said what was done with its advice. */
export const panellistsOf = ({ riskPanels: { panels, advice } }: Pick<Agreement, 'riskPanels'>): readonly string[] => [
  ...panels.flatMap(({ members }) => members.map(({ member }) => member)),
  ...advice.flatMap(({ answer }) => answer?.by ?? []),
];

/** Did whoever has these ids advise it, in the chair or as a member? Advice is apart from the decision. */
const advised = ({ riskPanels }: Agreement, { panel: id }: PanelAdvice, everyId: readonly string[]): boolean =>
  riskPanels.panels.some(({ id: convened, chair, members }) => convened === id && [chair, ...members.map(({ member }) => member)].some((one) => everyId.includes(one)));

/** Has somebody said what was done with it who turns out not to have advised it? */
const isAnswered = (agreement: Agreement, advice: PanelAdvice): boolean => advice.answer !== null && !advised(agreement, advice, everyIdToday(agreement, advice.answer.by));

const fromDecisionMaker = (what: string) => ({ what, suppliedBy: 'decision-maker', by: 'answer-panel-advice' });
const fromChair = (what: string) => ({ what, suppliedBy: 'panel-chair', by: 'record-panel-advice' });

export const decide = {
  'convene-risk-panel': (states, { panel, chair, members }, { today }) => {
    const { agreement, persons } = states;
    const missing = (what: string) => riskOwner(what, 'convene-risk-panel');
    const groups = new Set(members.map(({ of }) => of));
    const strangers = members.filter((each) => !maySit(states, each, today));
    return unless(
      [
        agreement.riskPanels.panels.some(({ id }) => id === panel) && alreadySo('the panel is convened'),
        ...refuseChair(chair, states, today),
        strangers.length > 0 &&
          refusal(
            'risk-panel.member-unknown',
            'Everyone in the panel is known here: of the staff of its group, or somebody who was asked to take part.',
            ...strangers.map(({ of, member }) => (speaksByPseudonym(of) ? { what: `${member} for ${of}`, suppliedBy: 'facilitator', by: 'invite-participant' } : { what: `${personStream(member)} for ${of}`, suppliedBy: 'administrator', by: 'register-person' })),
          ),
        !groups.has('service-users') && !groups.has('carers') &&
          refusal('risk-panel.nobody-who-carries', 'Those who use the service, or care for those who do, sit in the panel.', missing('a member of service-users or carers')),
        groups.size < 2 && refusal('risk-panel.not-shared', 'A panel shares a risk between two groups at least.', missing('a member of another group')),
        members.some(({ member }, at) => everyIdOf(persons, member).some((id) => members.slice(0, at).some((other) => other.member === id))) && refusal('risk-panel.member-twice', 'Each member sits in it once, under whichever id.', missing('members')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.risk-panel-convened.v1', { panel, chair, members, on: today })],
    );
  },

  'record-panel-advice': ({ agreement }, { advice, panel: id, risks, says, inFavour, against, dissent, on }, { actor, today }) => {
    const panel = agreement.riskPanels.panels.find((convened) => convened.id === id);
    const besides = [
      agreement.riskPanels.advice.some((given) => given.id === advice) && alreadySo('the advice is recorded'),
      (risks.length === 0 || risks.some((risk) => riskOf(agreement, risk) === undefined)) && riskUnknown,
      against > 0 && dissent.trim() === '' && refusal('risk-panel.dissent-unsaid', 'Where members would not say so, it is said what they say.', fromChair('dissent')),
      against === 0 && dissent.trim() !== '' && refusal('risk-panel.dissent-of-nobody', 'Where there is dissent, it is said of how many.', fromChair('against')),
      on > today && refusal('risk-panel.ahead', 'What is recorded has happened.', fromChair('on')),
    ];
    if (panel === undefined) return refuseUnknown(refusal('risk-panel.unknown', 'The panel was convened on this agreement.', riskOwner('panel', 'convene-risk-panel')), besides);
    return unless(
      [
        panel.chair !== actorName(actor) &&
          refusal('risk-panel.not-the-chair', 'Whoever chairs the panel says what it advises.', { what: personStream(panel.chair), suppliedBy: personStream(panel.chair), by: 'record-panel-advice' }),
        (inFavour < 1 || inFavour + against > sittingIn(agreement, panel).length) &&
          refusal('risk-panel.voices', `Some of its ${sittingIn(agreement, panel).length} members advise this, and no more speak than sit in it.`, fromChair('inFavour and against')),
        on < panel.on && refusal('risk-panel.not-convened-yet', 'A panel advises once it was convened.', fromChair(`on: ${panel.on} or later`)),
        ...besides,
      ],
      () => [happened(agreement.id, 'concordat.agreement.panel-advice-recorded.v1', { advice, panel: id, risks: [...new Set(risks)], says, inFavour, against, dissent, on })],
    );
  },

  'answer-panel-advice': ({ agreement, persons }, { advice: id, outcome, reasons }, { actor }) => {
    const advice = agreement.riskPanels.advice.find((given) => given.id === id);
    if (advice === undefined) return refuse(refusal('risk-panel.advice-unknown', 'The panel gave this advice.', fromChair('advice')));
    return unless(
      [
        isAnswered(agreement, advice) && alreadySo('it is said what was done with the advice'),
        advised(agreement, advice, everyIdOf(persons, actorName(actor))) &&
          refusal('risk-panel.advised-it', 'What was done with advice is said by somebody who did not give it.', fromDecisionMaker('someone other than those who advised it')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.panel-advice-answered.v1', { advice: id, outcome, reasons })],
    );
  },
} satisfies { [C in keyof RiskPanelCommands]: Decide<C> };

const withPanels = (agreement: Agreement, change: Partial<RiskPanelState>): Agreement => agreementWith(agreement, { riskPanels: { ...agreement.riskPanels, ...change } });

export const evolve = {
  'concordat.agreement.risk-panel-convened.v1': (agreement, { data: { panel: id, chair, members, on } }) =>
    withPanels(agreement, { panels: [...agreement.riskPanels.panels, { id, chair, members, on }] }),
  'concordat.agreement.panel-advice-recorded.v1': (agreement, { data: { advice: id, ...given } }) =>
    withPanels(agreement, { advice: [...agreement.riskPanels.advice, { id, ...given, answer: null }] }),
  'concordat.agreement.panel-advice-answered.v1': (agreement, { data: { advice: id, outcome, reasons }, meta, recordedAt }) =>
    withPanels(agreement, { advice: agreement.riskPanels.advice.map((given) => (given.id === id ? { ...given, answer: { outcome, reasons, by: meta.actor, at: recordedAt } } : given)) }),
} satisfies { [T in keyof RiskPanelEvents]: Evolve<T> };

/** Advice that nobody has said yet what was done with. */
export const adviceOpen = (agreement: Agreement): readonly PanelAdvice[] => agreement.riskPanels.advice.filter((advice) => !isAnswered(agreement, advice));

export const conditions = {
  // Advice opens and shuts nothing by what it says; only that it was heard is asked.
  'risk.advice-answered': (agreement) => adviceOpen(agreement).map(({ id }) => fromDecisionMaker(`what was done with the advice ${id}`)),
} satisfies Partial<Conditions>;
