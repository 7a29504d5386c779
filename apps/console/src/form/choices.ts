import type { Actor } from '@concordat/access/core';
import {
  adviceOpen, type Agreement, type CommandName, consultationRuleNames, consultationRules, type Contribution, type Declaration, differencesOpen, toDiscuss, dueOn, everythingSaid, improvementsOpen,
  type GateCondition, groundsOf, isOffered, material, mustAccept, openRisks, type Partner, type RiskSettings, type Statement, type Subject, type Theme, toldOfNoReversal, waits, waitsForAnother, type Waiver,
} from '@concordat/agreement/core';
import { pathways, routes } from '@concordat/pathway';
import { type AgreementKind, asks, type ConditionClass, conditionsFor, conditionVocabulary, factTitles, groundsToChoose, isEarlier, isFoundedOn, type Pathway, routeFits } from '@concordat/pathway/core';
import { uuidv5 } from '@concordat/platform';
import type { Named } from '../names.js';
import { dayOf, moneyOf, upper } from '../words/say.js';

/** One thing to choose from. */
export interface Option {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

/** What a form of one command about one agreement needs to know. */
export interface Scene {
  readonly agreement: Agreement;
  readonly riskSettings: RiskSettings;
  readonly actor: Actor;
  readonly named: Named;
  readonly people: readonly Option[];
  readonly providers: readonly Option[];
  /** The latest version of each process that agreements of the organisation may follow. */
  readonly published: readonly Pathway[];
  /** Those in whose place the actor may sign. */
  readonly standsInFor: readonly Option[];
  /** Other agreements, for a command that names one. */
  readonly others: readonly Option[];
  /** The id of this one request; ids of new things follow from it, so that the same form sent again makes the same thing. */
  readonly key: string;
  /** What an earlier choice of the form is, where a later one depends on it. */
  readonly chosen: (name: string) => string | undefined;
}

/** How an id is asked for. */
export type Choices =
  | { readonly is: 'options'; readonly options: readonly Option[]; readonly none: string; readonly firstThis?: CommandName; readonly newcomers?: true }
  /** Not asked: the id of a thing that is new, or the one that is meant in any case. */
  | { readonly is: 'given'; readonly value: string; readonly shown?: string };

const made = ({ key }: Scene): Choices => ({ is: 'given', value: uuidv5(key, 'made') });
/** What is meant by the link that led here, set anew; else a new one. */
const setAnew: Asked = (scene) => (scene.chosen('about') === undefined ? made(scene) : { is: 'given', value: scene.chosen('about')! });
/** The id of the n-th person who is new here. */
export const newcomer = (key: string, at: number): string => uuidv5(key, `newcomer ${at}`);

const options = (all: readonly Option[], none: string, firstThis?: CommandName): Choices => ({ is: 'options', options: all, none, ...(firstThis !== undefined && { firstThis }) });

function stages({ agreement }: Scene, which: (stage: string) => boolean = () => true, none = 'There is no such stage.'): Choices {
  const all = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
  return options(all.filter(({ id }) => which(id)).map(({ id, title }) => ({ value: id, text: title })), none);
}

const isAhead = ({ agreement }: Scene) => (stage: string): boolean => {
  const pathway = pathways.find(agreement.pathway.id, agreement.pathway.version);
  return pathway !== undefined && !isEarlier(pathway, stage, agreement.stage);
};

function activities({ agreement, named }: Scene): Choices {
  const all = agreement.involvement.activities.filter(({ voided }) => !voided);
  return options(
    all.map(({ id, title, stage, closesOn }) => ({ value: id, text: title, hint: `${upper(named.said(stage, 'stage'))}, last day ${dayOf(closesOn)}` })),
    'No activity is planned yet.',
    'plan-activity',
  );
}

/** Everyone who is known here by a pseudonym. */
export function participantsOf(agreement: Agreement): readonly string[] {
  const { activities: held, invitations } = agreement.involvement;
  return [
    ...new Set([
      ...held.flatMap(({ attended, effort }) => [...attended, ...effort].map(({ participant }) => participant)),
      ...invitations.map(({ participant }) => participant),
      ...everythingSaid(agreement).map(({ author }) => author),
    ]),
  ];
}

function participants({ agreement, named, key }: Scene, newcomers: boolean): Choices {
  const known = participantsOf(agreement).map((id) => ({ value: id, text: upper(named.of(id)) }));
  return {
    is: 'options',
    options: newcomers ? [...known, { value: newcomer(key, 1), text: 'Someone who is new here', hint: 'They get a pseudonym of their own' }] : known,
    none: 'Nobody took part yet.',
  };
}

const several = ({ agreement, named }: Scene): Choices => ({
  is: 'options',
  options: participantsOf(agreement).map((id) => ({ value: id, text: upper(named.of(id)) })),
  none: 'Nobody is known here yet.',
  newcomers: true,
});

/** What was said, of which this is true; `none` where nothing is. */
function said({ agreement, named }: Scene, which: (contribution: Contribution) => boolean, none: string): Choices {
  const all = everythingSaid(agreement).filter(which);
  return options(all.map(({ id }) => ({ value: id, text: upper(named.of(id)) })), none, 'record-contribution');
}

const authors = ({ agreement, named }: Scene): Choices => {
  const about = everythingSaid(agreement);
  return options([...new Set(about.map(({ author }) => author))].map((id) => ({ value: id, text: upper(named.of(id)) })), 'Nobody said anything yet.', 'record-contribution');
};

function commitments({ agreement }: Scene): Choices {
  const open = agreement.commitments.filter(({ became }) => became.is === 'open');
  return options(open.map(({ id, what, by }) => ({ value: id, text: what, hint: `By ${dayOf(by)}` })), 'No commitment is open.', 'make-commitment');
}

function themes({ agreement }: Scene, which: (theme: Theme) => boolean): Choices {
  const all = agreement.contributions.themes.filter(which);
  return options(
    all.map(({ id, title, contributions }) => ({ value: id, text: title, hint: `${contributions.length} said something about it` })),
    'There is no theme that waits.',
    'create-theme',
  );
}

const risks = ({ agreement }: Scene): Choices => options(openRisks(agreement).map(({ id, title }) => ({ value: id, text: title })), 'No risk is open.', 'raise-risk');

const domains = ({ riskSettings }: Scene): Choices => options(riskSettings.domains.map(({ id, title }) => ({ value: id, text: title })), 'The organisation knows no domain.');

const controls = ({ agreement, named }: Scene): Choices =>
  options(agreement.controls.filter(({ ended }) => !ended).map(({ id, title, risk }) => ({ value: id, text: title, hint: `Against ${named.of(risk)}` })), 'No control is in use.', 'add-control');

const opportunities = ({ agreement }: Scene): Choices =>
  options(agreement.opportunities.filter(({ became }) => became === 'open').map(({ id, title }) => ({ value: id, text: title })), 'No opportunity is open.', 'raise-opportunity');

function statements({ agreement, named }: Scene, which: 'open' | 'objections' | 'replies'): Choices {
  const waits = { open: ({ view }: Statement) => view === null, objections: ({ view, repliedTo }: Statement) => view === 'object' && !repliedTo, replies: ({ reply, repliedTo }: Statement) => reply !== null && !repliedTo };
  const all = agreement.statements.filter(waits[which]);
  return options(
    all.map(({ id, risks: carried }) => ({ value: id, text: upper(named.of(id)), hint: carried.map((risk) => named.of(risk)).join(', ') })),
    which === 'open' ? 'Nobody is asked for a view at the moment.' : which === 'objections' ? 'No objection waits for a reply or its second reader.' : 'No reply waits for a second person.',
    which === 'open' ? 'seek-statement' : undefined,
  );
}

function signOffs({ agreement, named }: Scene, which: (is: string) => boolean): Choices {
  return options(
    agreement.signOffs.filter(({ answer }) => which(answer.is)).map(({ id, requestedBy }) => ({ value: id, text: upper(named.of(id)), hint: `Asked for by ${named.of(requestedBy)}` })),
    'No sign-off is awaited.',
    'request-sign-off',
  );
}

function invitations({ agreement, named, chosen }: Scene): Choices {
  const about = chosen('about');
  const open = agreement.involvement.invitations.filter(({ id, answer }) => answer === 'awaited' && (about === undefined || id === about));
  return options(open.map(({ id }) => ({ value: id, text: upper(named.of(id)) })), 'No invitation waits for an answer.', 'invite-participant');
}

const documentsOf = ({ agreement: { pathway, route } }: Scene) => ({ pathway: pathways.find(pathway.id, pathway.version), route: routes.find(route.id, route.version) });

/** What this gate asks that may be excused in this way. */
function excusable(scene: Scene, ofClass: ConditionClass): Choices {
  const { pathway, route } = documentsOf(scene);
  const asked = pathway === undefined || route === undefined ? [] : conditionsFor(pathway, route, scene.agreement.stage, scene.agreement.tier);
  return options(
    asked.filter(({ code }) => conditionVocabulary[code].class === ofClass).map(({ code, parameters }) => ({ value: code, text: asks(code, parameters as never) })),
    'This gate asks for nothing of this kind.',
  );
}

const waivers = ({ agreement }: Scene, which: (waiver: Waiver) => boolean): Choices =>
  options(agreement.waivers.filter(which).map(({ id, whyNot, instead }) => ({ value: id, text: whyNot, hint: `Instead: ${instead}` })), 'No waiver waits.', 'ask-waiver');
const isAwaited = ({ answer }: Waiver) => answer.is === 'awaited';

const gateConditions = ({ agreement }: Scene, which: (condition: GateCondition) => boolean): Choices =>
  options(
    agreement.gateConditions.filter(which).map((condition) => ({ value: condition.id, text: condition.what, hint: `Due on ${dayOf(dueOn(condition) ?? condition.terms.at(-1)?.dueOn ?? '')}` })),
    'No condition waits.',
    'propose-condition',
  );
const isOpen = ({ terms }: GateCondition) => terms.at(-1)?.refused === false && Object.keys(terms.at(-1)?.agreedBy ?? {}).length < 2;
const speakers = (scene: Scene): Choices => {
  const me = scene.actor.kind === 'person' ? [{ value: scene.actor.person, text: `${scene.named.of(scene.actor.person)} (you)` }] : [];
  return options([...me, ...participantsOf(scene.agreement).map((id) => ({ value: id, text: upper(scene.named.of(id)) })), { value: newcomer(scene.key, 1), text: 'Someone who is new here' }], '');
};

/** The version that stands now of what is signed, decided or accepted, with what it rests on. */
function version(scene: Scene, subject: Subject): Choices {
  const restsOn = material[subject].facts.filter((name) => scene.agreement.facts[name] !== undefined).map((name) => factTitles[name]);
  const hash = scene.agreement.content[subject];
  const proposed = scene.agreement.award.proposed;
  const award = material[subject].award && proposed !== null ? [`the proposed award to ${scene.named.of(proposed.provider)}`] : [];
  const route = material[subject].route && scene.agreement.routeChoice !== null ? ['the route and the ground it was chosen on'] : [];
  const all = [...restsOn, ...award, ...route];
  return { is: 'given', value: hash, shown: `Version ${hash.slice(0, 8)}, which rests on: ${all.length === 0 ? 'nothing on record yet' : all.join(', ')}.` };
}

function signedVersion(scene: Scene): Choices {
  const signOff = scene.agreement.signOffs.find(({ id }) => id === scene.chosen('signOff')) ?? scene.agreement.signOffs.find(({ answer }) => answer.is === 'awaited');
  return signOff === undefined ? { is: 'given', value: '', shown: 'Nothing is asked.' } : version(scene, signOff.discipline);
}

const interestsSaidOver = ({ agreement, chosen }: Scene, shown: (declaration: Declaration) => { readonly value: string; readonly text: string }): Choices => {
  const over = agreement.conflicts.filter(waitsForAnother);
  const about = over.filter(({ person }) => person === (chosen('person') ?? chosen('about')));
  return options([...new Map((about.length > 0 ? about : over).map(shown).map((one) => [one.value, one])).values()], 'Nobody says that an interest which bars is over.');
};
const standingDecision = ({ agreement: { decision } }: Scene): Choices =>
  decision === null ? options([], 'No decision is on record.', 'record-decision') : { is: 'given', value: decision.decision, shown: `The decision of ${dayOf(decision.decidedOn)}` };
const consultations = ({ agreement }: Scene): Choices =>
  options(agreement.consultations.map(({ consultation, proposal }) => ({ value: consultation, text: proposal })), 'No consultation is on record.', 'open-consultation');
function renewedVersion(scene: Scene): Choices {
  const signOff = scene.agreement.signOffs.find(({ id }) => id === (scene.chosen('signOff') ?? scene.chosen('about'))) ?? scene.agreement.signOffs.findLast(({ answer }) => answer.is === 'granted');
  return signOff === undefined ? { is: 'given', value: '', shown: 'Nothing is granted.' } : version(scene, signOff.discipline);
}

const self = ({ actor, named }: Scene): Choices => {
  const person = actor.kind === 'person' ? actor.person : '';
  return { is: 'given', value: person, shown: named.of(person) };
};
const evaluators = ({ agreement, named }: Scene, which: (evaluator: Agreement['evaluation']['evaluators'][number]) => boolean): Choices =>
  options(agreement.evaluation.evaluators.filter(which).map(({ evaluator }) => ({ value: evaluator, text: upper(named.of(evaluator)) })), 'Nobody is named who evaluates.', 'appoint-evaluator');
const people = (scene: Scene): Choices => options(scene.people, 'Nobody is registered yet.');
const standsInFor = (scene: Scene): Choices => options(scene.standsInFor, 'You stand in for nobody today.');
const providers = (scene: Scene): Choices => options(scene.providers, 'No provider is registered yet.');
const ofParties = ({ agreement: { award }, named }: Scene, which: (role: string) => boolean, none: string): Choices =>
  options(Object.entries(award.parties).flatMap(([provider, role]) => (which(role) ? [{ value: provider, text: named.of(provider) }] : [])), none, 'invite-provider');
const invited = (scene: Scene): Choices => ofParties(scene, () => true, 'No provider is invited yet.');
const providing = (scene: Scene): Choices => ofParties(scene, (role) => role === 'provider', 'No provider was awarded it yet.');

/** `name`: of the very field, its row in it where it stands in one. */
type Asked = (scene: Scene, name: string) => Choices;

const kpis: Asked = ({ agreement }) => options(agreement.kpis.kpis.map(({ kpi, title, definition }) => ({ value: kpi, text: title, hint: definition })), 'No KPI is set.', 'set-kpi');
const differences: Asked = ({ agreement }) =>
  options(differencesOpen(agreement).map((finding) => ({ value: finding.finding, text: toDiscuss(agreement, finding).what })), 'There is no difference to discuss.');
const obligations: Asked = ({ agreement }) => options(agreement.delivery.obligations.map(({ obligation, what }) => ({ value: obligation, text: what })), 'No obligation is agreed.', 'agree-obligation');
const cycles: Asked = ({ agreement }) =>
  options(agreement.delivery.cycles.filter(({ endedOn }) => endedOn === null).map(({ cycle, period }) => ({ value: cycle, text: `${dayOf(period.startsOn)} to ${dayOf(period.endsOn)}` })), 'No cycle is under way.', 'begin-cycle');
const meetings: Asked = ({ agreement }) => options(agreement.reviews.meetings.map(({ meeting, on }) => ({ value: meeting, text: dayOf(on) })), 'No meeting was held.', 'hold-review-meeting');
const actions: Asked = ({ agreement }) =>
  options(agreement.reviews.actions.filter(({ done }) => done === null).map(({ action, what, dueOn: by }) => ({ value: action, text: what, hint: `By ${dayOf(by)}` })), 'No action is open.', 'agree-action');
const improvements: Asked = ({ agreement }) =>
  options(improvementsOpen(agreement).map(({ improvement, what, dueOn: by }) => ({ value: improvement, text: what, hint: `By ${dayOf(by)}` })), 'No quality visit asked for an improvement that is still open.', 'record-quality-visit');
const fundings: Asked = ({ agreement }) =>
  options(agreement.funding.committed.map(({ funding, funder, year, amount }) => ({ value: funding, text: `${funder}, ${year}`, hint: moneyOf(amount) })), 'No funder committed anything yet.', 'commit-funding');
const providerConcerns: Asked = ({ agreement }) =>
  options(agreement.providerConcerns.filter(({ answered }) => answered === null).map(({ concern, about }) => ({ value: concern, text: about })), 'No concern waits for an answer.');
const adopted: Asked = ({ agreement }) => {
  const own = agreement.contributions.themes.filter(({ response, reversed }) => reversed === null && response !== null && 'changed' in response);
  return options([...own, ...agreement.carried.filter(({ reversed }) => reversed === null)].map(({ id, title }) => ({ value: id, text: title })), 'Nothing was adopted yet.', 'answer-theme');
};
const variations: Asked = ({ agreement }) => options(agreement.variations.filter(({ carriedOut }) => !carriedOut).map(({ variation, what }) => ({ value: variation, text: what })), 'No variation is proposed.', 'propose-variation');
const modificationGrounds: Asked = ({ agreement }) =>
  options(
    (routes.find(agreement.route.id, agreement.route.version)?.modification.grounds ?? []).map(({ id, says, confirms, limits, source }) => ({
      value: id, text: says, hint: [...confirms, ...limits.map((limit) => `${limit.says}.`), `${source.cites}${source.mark === 'text' ? '' : ' (to be checked)'}.`].join(' '),
    })),
    'This route is not known here.',
  );
const outcomes: Asked = ({ agreement }) => options(agreement.outcomes.map(({ outcome, title }) => ({ value: outcome, text: title })), 'No outcome is named.', 'name-outcome');
const outcomeLinks: Asked = ({ agreement }) => options(agreement.outcomes.flatMap(({ title, links }) => links.map(({ link, indicator }) => ({ value: link, text: indicator, hint: title }))), 'No link has an indicator.', 'link-outcome');
const benefits: Asked = ({ agreement }) => options(agreement.value.benefits.filter(({ seen }) => seen === null).map(({ benefit, what }) => ({ value: benefit, text: what })), 'No benefit is potential.', 'name-benefit');
const partners = ({ partners: all }: Agreement, which: (partner: Partner) => boolean = () => true): readonly Option[] =>
  [...new Map(all.filter(which).map(({ partner, title, until }) => [partner, { value: partner, text: title, hint: `Until ${dayOf(until)}` }])).values()];
const costs: Asked = ({ agreement }) =>
  options(agreement.value.costs.map(({ cost, period }) => ({ value: cost, text: `${dayOf(period.startsOn)} to ${dayOf(period.endsOn)}` })), 'No cost is recorded.', 'record-cost');

const ofOthers: Readonly<Record<string, Asked>> = {
  activity: activities,
  stage: (scene) => stages(scene, isAhead(scene)),
  stages: (scene) => stages(scene),
  participants: several,
  participant: (scene) => participants(scene, true),
  risk: risks,
  risks,
  domain: domains,
  control: controls,
  opportunity: opportunities,
  provider: providers,
  person: self,
  theme: (scene) => themes(scene, () => true),
  commitment: commitments,
  owner: people,
  'facts.sponsor': people,
  'facts.lead': people,
  'facts.controller': people,
};

const processesFor = (kind: AgreementKind): Asked => ({ published }) =>
  options(published.filter(({ kinds }) => kinds.includes(kind)).map(({ id, title }) => ({ value: id, text: title })), '');
const allRoutes: Asked = () => options(routes.latest().map(({ id, title }) => ({ value: id, text: title })), '');
const routesFitting = (scene: Scene) => {
  const { pathway } = documentsOf(scene);
  return pathway === undefined ? [] : routes.latest().filter((route) => routeFits(pathway, route) && isFoundedOn(pathway, route)).map((route) => ({ route, grounds: groundsToChoose(pathway, route) }));
};
const fittingRoutes: Asked = (scene) => options(routesFitting(scene).map(({ route: { id, title } }) => ({ value: id, text: title })), '');
const routeGrounds: Asked = (scene) =>
  options(
    routesFitting(scene).flatMap(({ route, grounds }) =>
      grounds.map(({ id, says, source }) => ({ value: id, text: says, hint: `${route.title}. ${source.cites}${source.mark === 'text' ? '' : ' (to be checked)'}.` })),
    ),
    'No route that fits this process is chosen on a ground.',
  );
const processes: Asked = ({ published }) => options(published.map(({ id, title }) => ({ value: id, text: title })), '');
const stagesOfAll: Asked = ({ published }) => options([...new Map(published.flatMap((one) => one.stages).map(({ id, title }) => [id, { value: id, text: title }])).values()], '');

/** Where a command asks for its ids in a way of its own. */
const ofCommand: { readonly [C in CommandName]?: Readonly<Record<string, Asked>> } = {
  'open-agreement': {
    'pathway.id': processes,
    'route.id': allRoutes,
  },
  'take-over-agreement': {
    'pathway.id': processes,
    'route.id': allRoutes,
    stage: stagesOfAll,
  },
  'request-gate': { stage: ({ agreement, named }) => ({ is: 'given', value: agreement.stage, shown: named.said(agreement.stage, 'stage') }) },
  'refuse-gate': { stage: ({ agreement, named }) => ({ is: 'given', value: agreement.stage, shown: named.said(agreement.stage, 'stage') }) },
  'ask-waiver': { waiver: made, condition: (scene) => excusable(scene, 'involvement') },
  'give-view-on-waiver': { waiver: (scene) => waivers(scene, isAwaited), spokenBy: speakers },
  'waive-condition': { waiver: (scene) => waivers(scene, isAwaited) },
  'refuse-waiver': { waiver: (scene) => waivers(scene, isAwaited) },
  'review-waiver': { waiver: (scene) => waivers(scene, ({ answer, review }) => answer.is === 'waived' && review === null) },
  'propose-condition': { condition: made, code: (scene) => excusable(scene, 'assurance') },
  'agree-condition': { condition: (scene) => gateConditions(scene, isOpen) },
  'agree-condition-for-discipline': { condition: (scene) => gateConditions(scene, isOpen) },
  'refuse-condition': { condition: (scene) => gateConditions(scene, isOpen) },
  'renew-condition': { condition: (scene) => gateConditions(scene, ({ opened, terms }) => opened && terms.length === 1) },
  'choose-route': { 'route.id': fittingRoutes, ground: routeGrounds },
  'record-urgency': {
    ground: (scene) => {
      const { pathway, route } = documentsOf(scene);
      const grounds = pathway === undefined || route === undefined ? [] : groundsOf({ pathway, route });
      return options(grounds.map(({ id, says, source }) => ({ value: id, text: says, hint: source.cites })), 'This process is not one for urgency.');
    },
  },
  'migrate-pathway': {
    'pathway.id': processes,
    stage: stagesOfAll,
  },
  'return-to-stage': { stage: (scene) => stages(scene, (stage) => !isAhead(scene)(stage), 'It stands in its first stage.') },
  'record-what-people-do': { activity: (scene) => (scene.chosen('about') === undefined ? made(scene) : { is: 'given', value: scene.chosen('about')! }) },
  'record-vote': { vote: made },
  'choose-interests': { participant: (scene) => participants(scene, false) },
  'carry-over': { carried: made, from: (scene) => options(scene.others, 'There is no other agreement.'), fromStage: (scene) => stages(scene) },
  'answer-carry-over': {
    carried: ({ agreement, named }) =>
      options(agreement.carriedOver.map(({ id, from, heldOn }) => ({ value: id, text: `What people gave on ${dayOf(heldOn)}`, hint: named.of(from) })), 'Nothing is to be carried over.', 'carry-over'),
  },
  'issue-information': {
    pack: (scene) => {
      const packs = scene.agreement.information;
      const first = { value: uuidv5(scene.key, 'made'), text: 'Something new' };
      return packs.length === 0 ? made(scene) : options([first, ...packs.map(({ id, title, versions }) => ({ value: id, text: `Version ${versions.length + 1} of “${title}”` }))], '');
    },
  },
  'record-information-given': {
    pack: ({ agreement }) => options(agreement.information.map(({ id, title, versions }) => ({ value: id, text: title, hint: `The latest is version ${versions.length}` })), 'No information was given out yet.', 'issue-information'),
  },
  'offer-payment': { offer: made },
  'answer-payment-offer': {
    offer: ({ agreement, named }) =>
      options(agreement.payments.map(({ id, participant, activity, amount }) => ({ value: id, text: `${moneyOf(amount)} to ${named.of(participant)}`, hint: named.of(activity) })), 'No payment is offered.', 'offer-payment'),
    participant: (scene) => participants(scene, false),
  },
  'record-dissent': { dissent: made, dissenter: speakers },
  'record-proxy-entry': {
    entry: ({ agreement, named }) =>
      options(
        [
          ...everythingSaid(agreement).map(({ id }) => ({ value: id, text: upper(named.of(id)) })),
          ...agreement.involvement.invitations.map(({ id }) => ({ value: id, text: upper(named.of(id)) })),
        ],
        'Nothing was entered yet.',
        'record-contribution',
      ),
    onBehalfOf: (scene) => participants(scene, false),
  },
  'take-off-record': { activity: ({ agreement }) => options(agreement.activitiesOfPeople.map(({ activity, group, does }) => ({ value: activity, text: group, hint: does })), 'Nothing is on record.', 'record-what-people-do') },
  'plan-activity': { activity: made },
  'record-could-it-change': { participant: (scene) => participants(scene, false) },
  'choose-ask-budget': { participant: (scene) => participants(scene, false) },
  'invite-participant': { invitation: made },
  'accept-invitation': { invitation: invitations, participant: (scene) => participants(scene, false) },
  'decline-invitation': { invitation: invitations, participant: (scene) => participants(scene, false) },
  'record-contribution': { contribution: made, author: (scene) => participants(scene, true) },
  'create-theme': { theme: made },
  'put-in-theme': {
    contributions: (scene) => said(scene, () => true, 'Nobody said anything yet.'),
  },
  'triage-contribution': { contribution: (scene) => said(scene, () => true, 'Nobody said anything yet.') },
  'pass-on-concern': {
    concern: ({ agreement, named }) =>
      options(agreement.contributions.concerns.filter(({ passedOn }) => passedOn === null).map(({ id }) => ({ value: id, text: upper(named.of(id)) })), 'No concern waits.', 'record-contribution'),
  },
  'choose-who-sees': { contribution: (scene) => said(scene, () => true, 'Nobody said anything yet.'), author: authors },
  'note-late-entries': { contributions: (scene) => said(scene, ({ late, noted }) => late && !noted, 'Nothing came late.') },
  'answer-theme': { theme: (scene) => themes(scene, (theme) => waits(theme) || theme.response?.outcome === 'deferred') },
  'ask-for-own-answer': { contribution: (scene) => said(scene, ({ own }) => own === null, 'Nobody said anything yet.'), author: authors },
  'answer-contribution': { contribution: (scene) => said(scene, ({ late, own }) => (own === null ? late : waits(own)), 'Nobody waits for an answer of their own.') },
  'rate-answer': {
    answer: (scene) => {
      const own = everythingSaid(scene.agreement).filter(({ own: one }) => one !== null && one.response !== null);
      const answered = scene.agreement.contributions.themes.filter(({ response }) => response !== null);
      return options([...answered, ...own].map(({ id }) => ({ value: id, text: upper(scene.named.of(id)) })), 'Nothing is answered yet.', 'answer-theme');
    },
    participant: authors,
  },
  'check-answer': { contribution: (scene) => said(scene, ({ checked }) => checked === 'due', 'No answer was drawn for a check.') },
  'tell-what-came-of-it': { participants: (scene) => participants(scene, false) },
  'record-whether-heard': { participant: (scene) => participants(scene, false) },
  'make-commitment': { commitment: made },
  'carry-on': { from: (scene) => options(scene.others, 'There is no other agreement.') },
  'reverse-answer': { theme: adopted },
  'tell-of-reversal': {
    theme: ({ agreement, named }) => options([...new Set(toldOfNoReversal(agreement).map(({ theme }) => theme))].map((id) => ({ value: id, text: upper(named.of(id)) })), 'Nobody waits to be told.'),
    participants: ({ agreement, named }) => options([...new Set(toldOfNoReversal(agreement).map(({ author }) => author))].map((id) => ({ value: id, text: upper(named.of(id)) })), 'Nobody waits to be told.'),
  },
  'record-feedback': {
    participants: authors,
  },
  'raise-risk': { risk: made },
  'raise-opportunity': { opportunity: made },
  'add-control': { control: made },
  'record-incident': { incident: made },
  'answer-risk-prompt': { 'answer.risk': risks },
  'convene-risk-panel': {
    panel: made,
    chair: people,
    'members.*.member': (scene) => options([...participantsOf(scene.agreement).map((id) => ({ value: id, text: upper(scene.named.of(id)) })), ...scene.people], 'Nobody is known here yet.'),
  },
  'record-panel-advice': {
    advice: made,
    panel: ({ agreement, named }) => options(agreement.riskPanels.panels.map(({ id }) => ({ value: id, text: upper(named.of(id)) })), 'No panel is convened.', 'convene-risk-panel'),
  },
  'answer-panel-advice': {
    advice: ({ agreement }) => options(adviceOpen(agreement).map(({ id, says, on }) => ({ value: id, text: says, hint: `Given on ${dayOf(on)}` })), 'No advice waits for a word.'),
  },
  'seek-statement': {
    statement: (scene) => {
      const open = scene.agreement.statements.filter(({ view, stage }) => view === null && stage === scene.agreement.stage);
      return open.length === 0 ? made(scene) : options([{ value: uuidv5(scene.key, 'made'), text: 'A first ask' }, ...open.map(({ id }) => ({ value: id, text: `Ask again for ${scene.named.of(id)}` }))], '');
    },
  },
  'record-statement': {
    statement: (scene) => {
      const one = scene.agreement.statements.find(({ id, view }) => id === scene.chosen('statement') && view === null);
      return one === undefined ? statements(scene, 'open') : { is: 'given', value: one.id, shown: upper(scene.named.of(one.id)) };
    },
    spokenBy: speakers,
  },
  'reply-to-objection': { statement: (scene) => statements(scene, 'objections'), secondPerson: people },
  'second-reply': { statement: (scene) => statements(scene, 'replies') },
  'lift-conflict': { person: (scene) => interestsSaidOver(scene, ({ person }) => ({ value: person, text: upper(scene.named.of(person)) })), role: (scene) => interestsSaidOver(scene, ({ role }) => ({ value: role, text: upper(scene.named.said(role, 'role')) })) },
  'request-sign-off': { signOff: made, 'panel.of': people, 'panel.veto': people },
  'sign-off': {
    signOff: (scene) => {
      const { agreement, named, chosen } = scene;
      const one = agreement.signOffs.find(({ id, answer }) => id === chosen('signOff') && answer.is === 'awaited');
      return one === undefined ? signOffs(scene, (is) => is === 'awaited') : { is: 'given', value: one.id, shown: `${upper(named.of(one.id))}, asked for by ${named.of(one.requestedBy)}` };
    },
    versionRead: signedVersion,
    onBehalfOf: standsInFor,
  },
  'second-sign-off': { signOff: (scene) => signOffs(scene, (is) => is === 'granted') },
  'meet-sign-off-condition': { signOff: (scene) => signOffs(scene, (is) => is === 'granted') },
  'renew-sign-off': { signOff: (scene) => signOffs(scene, (is) => is === 'granted'), versionRead: renewedVersion, onBehalfOf: standsInFor },
  'withdraw-sign-off': { signOff: (scene) => signOffs(scene, (is) => is === 'awaited' || is === 'granted') },
  'record-decision': { decision: made, versionRead: (scene) => version(scene, 'decision') },
  'second-decision': { decision: standingDecision },
  'call-in-decision': { decision: standingDecision },
  'conclude-call-in': { decision: standingDecision },
  'open-consultation': { consultation: made },
  'extend-consultation': { consultation: consultations },
  'answer-for-consultation': {
    consultation: consultations,
    rule: () => options(consultationRuleNames.map((rule) => ({ value: rule, text: consultationRules[rule].question, hint: consultationRules[rule].rule })), ''),
  },
  'consider-consultation': { consultation: consultations },
  'record-challenge': { challenge: made },
  'conclude-challenge': {
    challenge: ({ agreement }) =>
      options(
        agreement.challenges.filter(({ concluded }) => concluded === null).map(({ challenge, from, about }) => ({ value: challenge, text: from, hint: about })),
        'No challenge is open.',
        'record-challenge',
      ),
  },
  'record-partner': {
    partner: (scene) => {
      const known = partners(scene.agreement);
      return known.length === 0 ? made(scene) : options([...known, { value: uuidv5(scene.key, 'made'), text: 'A body that is new here' }], '');
    },
  },
  'end-partner': { partner: ({ agreement }) => options(partners(agreement, ({ ended }) => ended === null), 'No partner body is on record.', 'record-partner') },
  'record-published-notice': {
    notice: ({ agreement }) =>
      options((routes.find(agreement.route.id, agreement.route.version)?.notices ?? []).map(({ code, title }) => ({ value: code, text: title })), 'The route knows no notices.'),
  },
  'set-criterion': { criterion: made, 'chosenBy.activity': activities },
  'appoint-evaluator': { evaluator: (scene) => options([...participantsOf(scene.agreement).map((id) => ({ value: id, text: upper(scene.named.of(id)) })), ...scene.people], 'Nobody is known here yet.'), criteria: ({ agreement }) => options(agreement.evaluation.criteria.map(({ criterion, title }) => ({ value: criterion, text: title })), 'No criterion is set.', 'set-criterion') },
  'record-evaluator-declaration': { evaluator: (scene) => evaluators(scene, ({ registered }) => !registered) },
  'record-evaluator-training': { evaluators: (scene) => evaluators(scene, () => true) },
  'stand-down-evaluator': { evaluator: (scene) => evaluators(scene, () => true) },
  'consider-option': {
    option: (scene) => {
      const { options: named } = scene.agreement;
      return named.length === 0 ? made(scene) : options([{ value: uuidv5(scene.key, 'made'), text: 'Another one' }, ...named.map(({ option, title }) => ({ value: option, text: title }))], '');
    },
  },
  'discuss-option': { option: ({ agreement }) => options(agreement.options.map(({ option, title }) => ({ value: option, text: title })), 'No option is named.', 'consider-option'), 'with.activity': activities, 'with.provider': providers },
  'set-kpi': { kpi: made, measures: obligations, 'writtenBy.theme': (scene) => themes(scene, () => true), 'writtenBy.activity': activities, 'writtenBy.contribution': (scene) => said(scene, () => true, 'Nobody said anything yet.') },
  'record-observation': { observation: made, kpi: kpis },
  'record-finding': { finding: made, kpi: kpis },
  'agree-obligation': { obligation: made },
  'begin-cycle': { cycle: made },
  'hold-review-meeting': { meeting: made },
  'agree-action': { action: made, meeting: meetings },
  'raise-provider-concern': { concern: made },
  'propose-variation': { variation: made, touches: adopted },
  'name-outcome': { outcome: made },
  'link-outcome': { link: made, outcome: outcomes },
  'record-measurement': { measurement: made, link: outcomeLinks },
  'name-benefit': { benefit: made, outcome: outcomes },
  'record-cost': { cost: made, outcome: outcomes },
  'discuss-difference': { finding: differences },
  'meet-obligation': { obligation: obligations },
  'end-cycle': { cycle: cycles },
  'complete-action': { action: actions },
  'answer-provider-concern': { concern: providerConcerns },
  'record-expiry': { expiry: setAnew, provider: providing },
  'record-quality-visit': { visit: made, provider: providing, 'improvements.*.improvement': ({ key }, name) => ({ is: 'given', value: uuidv5(key, name) }) },
  'show-improvement': { improvement: improvements },
  'set-rate': { rate: setAnew },
  'commit-funding': { funding: setAnew },
  'record-spend': { spend: made, funding: fundings },
  'record-asked-again': { variation: variations, theme: adopted },
  'record-not-asked-again': { variation: variations, themes: adopted },
  'test-modification': { variation: variations, ground: modificationGrounds },
  'decide-variation': { variation: variations },
  'carry-out-variation': { variation: variations },
  'answer-plain-questions': { outcome: outcomes },
  'observe-benefit': { benefit: benefits },
  'record-hours-wanted': { cost: costs },
  // Whom an award is proposed to is told once it is decided.
  'accept-award': { versionRead: (scene) => ({ ...version(scene, 'award'), ...(mustAccept(scene.agreement.award).some((provider) => isOffered(scene.agreement, provider)) ? {} : { shown: 'The award, once it is decided' }) }) },
  'propose-lots': {
    'lots.*.agreement': ({ key }, name) => ({ is: 'given', value: uuidv5(key, name) }),
    'lots.*.lead': (scene) => invited(scene),
    'lots.*.members': (scene) => invited(scene),
    'lots.*.subcontractors': providers,
  },
  split: {
    'agreements.*.agreement': ({ agreement }, name) => {
      const lot = agreement.award.awarded?.lots[Number(name.split('.')[1])];
      return { is: 'given', value: lot?.agreement ?? '', shown: lot === undefined ? 'No contract was awarded.' : `${lot.lot}: ${lot.title}` };
    },
    'agreements.*.commitments': commitments,
  },
  'call-off': { child: made, 'pathway.id': processesFor('call-off'), 'route.id': allRoutes, provider: providing },
  'place-people': { child: made, 'pathway.id': processesFor('placement'), 'route.id': allRoutes, provider: providing },
  'link-agreement': { to: (scene) => options(scene.others, 'There is no other agreement.') },
};

/** How this field of this command is asked about this agreement; undefined where its kind says enough. */
export function choicesFor(command: CommandName, name: string, scene: Scene): Choices | undefined {
  return ownChoices(command, name, scene) ?? ofOthers[name]?.(scene, name);
}

/** What the command itself says of a member: even of a text, such as the code of a notice, which nobody knows by heart. */
export function ownChoices(command: CommandName, name: string, scene: Scene): Choices | undefined {
  return ofCommand[command]?.[name.replaceAll(/\.\d+\./g, '.*.')]?.(scene, name);
}

/** The roles somebody holds, for a declaration: nobody declares in a role they do not have. */
export function rolesHeld(actor: Actor): readonly string[] {
  return actor.kind === 'person' ? [...new Set(actor.grants.map(({ role }) => role))] : [];
}

