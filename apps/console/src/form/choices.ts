import type { InPlaceOf } from '@concordat/access';
import { type Actor, initialPerson, may, type Person } from '@concordat/access/core';
import { versionOfDecision, versionOfVariation, waitsForDecision } from '@concordat/agreement';
import {
  adoptedIn, type Agreement, askedHere, awardNotice, canAnswerFor, canBeAsked, canBeNamed, canBeSecond, canBeTheirView, canChair, canEvaluate, canSitFor, type CarriedOver, type CommandName, type Contribution, contributionOf, type Declaration, delegationReaching, differencesOpen, dueOn, evaluatorKinds, everythingSaid, type GateCondition, improvementsOpen, incidentWaits, isOneWord, linkKinds, material, namedFor, objections, type Obligation, openConditions, openRisks, owes, panelGroups, type Partner, peopleOf, type Publication, riskPromptNames, type RiskSettings, scopeOn, type SignOff, speaksOnWaivers,
  type Statement, stillToAccept, type Subject, type Theme, toAskAgain, toDiscuss, viewers, waitsForAnother, waitsForCallIn, waitsToBeConsidered, type Waiver, whoSees,
} from '@concordat/agreement/core';
import { pathways, routes } from '@concordat/pathway';
import { type AgreementKind, type ConditionClass, type Discipline, disciplines, factTitles, groundsToChoose, isEarlier, isFoundedOn, kindsOn, type Pathway, routeFits } from '@concordat/pathway/core';
import { uuidv5 } from '@concordat/platform';
import { waiverShown } from '../excused-shown.js';
import type { Named } from '../names.js';
import { changedAt, invitedStill, shortOf } from '../sign-off-shown.js';
import { becomes } from '../variation-shown.js';
import { codeOf, counted, dayOf, moneyOf, upper } from '../words/say.js';

/** One thing to choose from. */
export interface Option {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

/** Somebody who is registered, with what the rules ask of them. */
export interface Somebody extends Option {
  readonly person: Person;
}

/** What a form of one command about one agreement needs to know. */
export interface Scene {
  readonly agreement: Agreement;
  readonly riskSettings: RiskSettings;
  readonly actor: Actor;
  readonly today: string;
  readonly named: Named;
  /** The id of this one request; ids of new things follow from it, so that the same form sent again makes the same thing. */
  readonly key: string;
  /** Is it left to another to say who of those who take part is meant? Whoever takes part and speaks for nobody is shown none of them. */
  readonly leavesPeople: boolean;
  /** What an earlier choice of the form is, where a later one depends on it. */
  readonly chosen: (name: string) => string | undefined;
}

/** What has to be looked up before it can be chosen from. A row that chooses from one says so, and no form looks up another. */
export interface Lists {
  readonly people: readonly Somebody[];
  /** The people of whoever provides the service. */
  readonly deliverers: readonly Somebody[];
  readonly providers: readonly Option[];
  /** The version in use of each process that agreements of the organisation may follow. */
  readonly published: readonly Pathway[];
  /** Those in whose place the actor may sign. */
  readonly standsInFor: readonly InPlaceOf[];
  /** Other agreements, for a command that names one. */
  readonly others: readonly Option[];
  /** Those that this one renews, replaces or ends. */
  readonly linked: readonly Option[];
}

/** How an id is asked for. */
export type Choices =
  | { readonly is: 'options'; readonly options: readonly Option[]; readonly none: string; readonly firstThis?: CommandName; readonly newcomers?: true }
  /** Not asked: the id of a thing that is new, or the one that is meant in any case. */
  | { readonly is: 'given'; readonly value: string; readonly shown?: string };

/** How a member is asked. `name`: of the very field, its row in it where it stands in one. Nothing but `from` is given lists. */
export type Asked = ((scene: Scene, name: string) => Choices) | Listed;
interface Listed {
  readonly lists: readonly (keyof Lists)[];
  readonly choices: (scene: Scene & Lists, name: string) => Choices;
}
const from = <L extends keyof Lists>(lists: readonly L[], choices: (scene: Scene & Pick<Lists, L>, name: string) => Choices): Asked => ({ lists, choices });

/** Not asked: it follows from what is chosen beside it. */
export const notAsked = (): Choices => ({ is: 'given', value: '' });
export const made = ({ key }: Scene): Choices => ({ is: 'given', value: uuidv5(key, 'made') });
/** The id of a second thing that a form makes. */
export const madeBeside = ({ key }: Scene): Choices => ({ is: 'given', value: uuidv5(key, 'made beside') });
/** What is meant by the link that led here, set anew; else a new one. */
export const setAnew = (scene: Scene): Choices => (scene.chosen('about') === undefined ? made(scene) : { is: 'given', value: scene.chosen('about')! });
/** The cost, payment or feedback that the link led here to is corrected; else one is recorded. */
export function recorded(scene: Scene): Choices {
  const about = scene.chosen('about');
  const { value: { costs }, funding: { spent }, kpis: { findings } } = scene.agreement;
  const known = about !== undefined && [...costs.map(({ cost }) => cost), ...spent.map(({ spend }) => spend), ...findings.map(({ finding }) => finding)].includes(about);
  return known ? { is: 'given', value: about, shown: upper(scene.named.of(about)) } : made(scene);
}
/** The id of the n-th person who is new here. */
export const newcomer = (key: string, at: number): string => uuidv5(key, `newcomer ${at}`);

export const options = (all: readonly Option[], none: string, firstThis?: CommandName): Choices => ({ is: 'options', options: all, none, ...(firstThis !== undefined && { firstThis }) });

export function stages({ agreement }: Scene, which: (stage: string) => boolean = () => true, none = 'There is no such stage.'): Choices {
  const all = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
  return options(all.filter(({ id }) => which(id)).map(({ id, title }) => ({ value: id, text: title })), none);
}

export const isAhead = ({ agreement }: Scene) => (stage: string): boolean => {
  const pathway = pathways.find(agreement.pathway.id, agreement.pathway.version);
  return pathway !== undefined && !isEarlier(pathway, stage, agreement.stage);
};

type Activity = Agreement['involvement']['activities'][number];
function activitiesThat({ agreement, named }: Scene, which: (activity: Activity) => boolean, none: string, firstThis: CommandName): Choices {
  const all = agreement.involvement.activities.filter((activity) => !activity.voided && which(activity));
  return options(
    all.map(({ id, title, stage, closesOn }) => ({ value: id, text: title, hint: `${upper(named.said(stage, 'stage'))}, last day ${dayOf(closesOn)}` })),
    none,
    firstThis,
  );
}
export const activities = (scene: Scene): Choices => activitiesThat(scene, () => true, 'No activity is planned yet.', 'plan-activity');
/** Where somebody took part. */
export const metAt = (scene: Scene): Choices => activitiesThat(scene, (activity) => peopleOf(activity).length > 0, 'Nobody took part in anything yet.', 'record-attendance');

export const carriedOver = ({ agreement: { carriedOver: all }, named }: Scene, which: (carried: CarriedOver) => boolean): Choices =>
  options(all.filter(which).map(({ id, from, heldOn }) => ({ value: id, text: `What people gave on ${dayOf(heldOn)}`, hint: named.of(from) })), 'Nothing is to be carried over.', 'carry-over');

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

export function participants({ agreement, named, key }: Scene, newcomers: boolean): Choices {
  const known = participantsOf(agreement).map((id) => ({ value: id, text: upper(named.of(id)) }));
  return {
    is: 'options',
    options: newcomers ? [...known, { value: newcomer(key, 1), text: 'Someone who is new here', hint: 'They get a pseudonym of their own' }] : known,
    none: 'Nobody took part yet.',
  };
}

/** Those who may wish to be erased, each with what is here of them: it cannot be taken back, so nobody picks the wrong one by four letters. */
export const erasable = ({ agreement, named }: Scene): Choices =>
  options(
    participantsOf(agreement).map((id) => {
      const at = agreement.involvement.activities.filter((activity) => peopleOf(activity).includes(id)).map(({ title }) => `“${title}”`);
      const said = everythingSaid(agreement).filter(({ author }) => author === id);
      const hint = [...(at.length === 0 ? ['Took part in nothing here'] : [`Took part in ${at.join(', ')}`]), ...(said.length === 0 ? [] : [`said something on ${[...new Set(said.map(({ givenOn }) => dayOf(givenOn)))].join(', ')}`])];
      return { value: id, text: upper(named.of(id)), hint: hint.join('; ') };
    }),
    'Nobody took part yet.',
  );

export const several = ({ agreement, named }: Scene): Choices => ({
  is: 'options',
  options: participantsOf(agreement).map((id) => ({ value: id, text: upper(named.of(id)) })),
  none: 'Nobody is known here yet.',
  newcomers: true,
});

const nobodySpoke = 'Nobody said anything yet.';

const wordsOf = ({ agreement, named }: Scene, which: (contribution: Contribution) => boolean): readonly Option[] =>
  everythingSaid(agreement).filter(which).map((one) => ({ value: one.id, text: upper(named.of(one.id)), hint: `At ${named.of(one.activity)}; read by: ${codeOf(whoSees(agreement, one)).toLowerCase()}` }));

/** What was said, of which this is true; `none` where nothing is. */
export const said = (scene: Scene, which: (contribution: Contribution) => boolean, none: string): Choices => options(wordsOf(scene, which), none, 'record-contribution');

export const allSaid = (scene: Scene): Choices => said(scene, () => true, nobodySpoke);

/** Concerns that were not passed on yet. */
export const concernsWaiting = ({ agreement, named }: Scene): readonly Option[] => agreement.contributions.concerns.filter(({ passedOn }) => passedOn === null).map(({ id }) => ({ value: id, text: upper(named.of(id)) }));

/** What was said, and what left the ledger as a concern and can be put back. */
export const saidOrConcern = (scene: Scene): Choices => options([...wordsOf(scene, () => true), ...concernsWaiting(scene)], nobodySpoke, 'record-contribution');

export const authors = ({ agreement, named }: Scene): Choices => {
  const about = everythingSaid(agreement);
  return options([...new Set(about.map(({ author }) => author))].map((id) => ({ value: id, text: upper(named.of(id)) })), 'Nobody said anything yet.', 'record-contribution');
};

export function commitments({ agreement }: Scene): Choices {
  const open = agreement.commitments.filter(({ became }) => became.is === 'open');
  return options(open.map(({ id, what, by }) => ({ value: id, text: what, hint: `By ${dayOf(by)}` })), 'No commitment is open.', 'make-commitment');
}

export function themes({ agreement, named }: Scene, which: (theme: Theme) => boolean): Choices {
  const all = agreement.contributions.themes.filter(which);
  return options(
    all.map(({ id, title, contributions }) => ({ value: id, text: `${title}${named.of(id).slice(`“${title}”`.length)}`, hint: `${counted(new Set(contributions.map((said) => contributionOf(agreement, said)?.author)).size, 'person', 'people')} said something about it` })),
    'There is no theme that waits.',
    'create-theme',
  );
}

export const risks = ({ agreement }: Scene): Choices => options(openRisks(agreement).map(({ id, title }) => ({ value: id, text: title })), 'No risk is open.', 'raise-risk');

/** Each prompt has a risk of its own. */
export const risksToName = ({ agreement, chosen }: Scene): Choices => {
  const taken = riskPromptNames.flatMap((prompt) => (prompt === chosen('prompt') ? [] : (namedFor(agreement, prompt)?.id ?? [])));
  return options(openRisks(agreement).filter(({ id }) => !taken.includes(id)).map(({ id, title }) => ({ value: id, text: title })), 'No risk is open that is named for no other prompt.', 'raise-risk');
};

export function incidentsToRaiseFor({ agreement, riskSettings, named }: Scene): Choices {
  const waiting = agreement.incidents.filter((incident) => incident.asksFor === 'new-risk' && incidentWaits(agreement, incident, riskSettings) !== null);
  return waiting.length === 0 ? notAsked() : options(waiting.map(({ id, happened }) => ({ value: id, text: `${upper(named.of(id))}: ${happened}` })), '');
}

export const incidentsThatStand = ({ agreement, named }: Scene): Choices =>
  options(agreement.incidents.filter(({ withdrawn }) => withdrawn === null).map(({ id, happened }) => ({ value: id, text: `${upper(named.of(id))}: ${happened}` })), 'No incident stands.');

export const domains = ({ riskSettings }: Scene): Choices => options(riskSettings.domains.map(({ id, title }) => ({ value: id, text: title })), 'The organisation knows no domain.');

export const controls = ({ agreement, named }: Scene): Choices =>
  options(agreement.controls.filter(({ ended }) => !ended).map(({ id, title, risk }) => ({ value: id, text: title, hint: `Against ${named.of(risk)}` })), 'No control is in use.', 'add-control');

export const opportunities = ({ agreement }: Scene): Choices =>
  options(agreement.opportunities.filter(({ became }) => became === 'open').map(({ id, title }) => ({ value: id, text: title })), 'No opportunity is open.', 'raise-opportunity');

export function statements(scene: Scene, which: 'open' | 'objections' | 'replies'): Choices {
  const { agreement, named } = scene;
  const given = which === 'open' ? toBeGiven(scene) : [];
  const waits = { open: (statement: Statement) => given.includes(statement), objections: ({ view, repliedTo }: Statement) => view === 'object' && !repliedTo, replies: ({ reply, repliedTo }: Statement) => reply !== null && !repliedTo };
  const all = agreement.statements.filter(waits[which]);
  return options(
    all.map(({ id, risks: carried }) => ({ value: id, text: upper(named.of(id)), hint: carried.map((risk) => named.of(risk)).join(', ') })),
    which === 'open' ? 'No view that you could give or write down is asked for at the moment.' : which === 'objections' ? 'No objection waits for a reply or its second reader.' : 'No reply waits for a second person.',
    which === 'open' ? 'seek-statement' : undefined,
  );
}

export function signOffs({ agreement, named }: Scene, which: (is: string) => boolean, whose: (signOff: SignOff) => boolean = () => true): Choices {
  return options(
    agreement.signOffs.filter((one) => which(one.answer.is) && whose(one)).map(({ id, requestedBy }) => ({ value: id, text: upper(named.of(id)), hint: `Asked for by ${named.of(requestedBy)}` })),
    'No sign-off is awaited.',
    'request-sign-off',
  );
}

/** What sign-offs were granted on and is still to be done: of the one that is meant, else of all; the same number of several stands once. */
export const signOffConditions: Asked = ({ agreement, named, chosen }) => {
  const about = chosen('signOff') ?? chosen('about');
  const granted = agreement.signOffs.filter((one) => openConditions(one).length > 0);
  const meant = granted.filter(({ id }) => id === about);
  const of = meant.length > 0 ? meant : granted;
  const open = of.flatMap((one) => (one.answer.is === 'granted' ? one.answer.conditions : []).flatMap(({ what, met }, at) => (met === null ? [{ number: at + 1, says: of.length === 1 ? what : `${what} (${named.of(one.id)})` }] : [])));
  return options(
    [...new Set(open.map(({ number }) => number))].sort((a, b) => a - b).map((number) => ({ value: String(number), text: open.filter((one) => one.number === number).map(({ says }) => says).join('; ') })),
    'No sign-off stands on a condition that is still open.',
  );
};

export function invitations({ agreement, named, chosen }: Scene): Choices {
  const about = chosen('about');
  const open = agreement.involvement.invitations.filter(({ id, answer, declinedForThem }) => (answer === 'awaited' || declinedForThem) && (about === undefined || id === about));
  return options(open.map(({ id }) => ({ value: id, text: upper(named.of(id)) })), 'No invitation waits for an answer.', 'invite-participant');
}

export const documentsOf = ({ agreement: { pathway, route } }: Scene) => ({ pathway: pathways.find(pathway.id, pathway.version), route: routes.find(route.id, route.version) });

/** What this gate asks that may be excused in this way. */
export function excusable(scene: Scene, ofClass: ConditionClass): Choices {
  const { pathway, route } = documentsOf(scene);
  const asked = pathway === undefined || route === undefined ? [] : askedHere(scene.agreement, { pathway, route });
  return options(
    asked.filter((one) => one.class === ofClass).map(({ code, asks }) => ({ value: code, text: scene.named.fixed(asks) })),
    'This gate asks for nothing of this kind.',
  );
}

/** What is to be waived as the gate asks it, with all that whoever answers for it weighs beside it. */
export const waivers = ({ agreement, named }: Scene, which: (waiver: Waiver) => boolean): Choices =>
  options(
    agreement.waivers.filter(which).map((waiver) => {
      const { asked, whyNot, instead, view } = waiverShown(agreement, waiver, named);
      return { value: waiver.id, text: asked, hint: `Why not: ${whyNot.replace(/\.$/, '')}. Instead: ${instead}. ${upper(view)}.` };
    }),
    'No waiver waits.',
    'ask-waiver',
  );
export const isAwaited = ({ answer }: Waiver) => answer.is === 'awaited';

export const gateConditions = ({ agreement }: Scene, which: (condition: GateCondition) => boolean): Choices =>
  options(
    agreement.gateConditions.filter(which).map((condition) => ({ value: condition.id, text: condition.what, hint: `Due on ${dayOf(dueOn(condition) ?? condition.terms.at(-1)?.dueOn ?? '')}` })),
    'No condition waits.',
    'propose-condition',
  );
/** Of a discipline that whoever looks signs for. */
export const isTheirs = ({ agreement, actor, today }: Scene, discipline: Discipline): boolean => may(actor, 'sign-off.give', { ...scopeOn(agreement, today), discipline }, today);
export const isOpen = ({ terms }: GateCondition) => terms.at(-1)?.refusedBy === null && Object.keys(terms.at(-1)?.agreedBy ?? {}).length < 2;
/** The account of whoever looks, as the rules read one. */
function mine({ actor }: Scene): Readonly<Record<string, Person>> {
  if (actor.kind !== 'person') return {};
  const provider = actor.grants.find((grant) => grant.provider !== undefined)?.provider;
  const grants = actor.grants.map((grant, at) => ({ ...grant, grant: String(at) }));
  return { [actor.person]: { ...initialPerson, registered: true, memberOf: provider === undefined ? { kind: 'organisation' } : { kind: 'provider', provider }, grants } };
}
/** Whoever looks, and everyone who is known here by a pseudonym, of whom this is true. */
function speakers(scene: Scene, could: (here: HereWith, speaker: string) => boolean): readonly Option[] {
  const here = { agreement: scene.agreement, persons: mine(scene) };
  const all = [...Object.keys(here.persons).map((id) => ({ value: id, text: `${scene.named.of(id)} (you)` })), ...participantsOf(scene.agreement).map((id) => ({ value: id, text: upper(scene.named.of(id)) }))];
  return all.filter(({ value }) => could(here, value));
}
export const dissenters = (scene: Scene): Choices => options(speakers(scene, () => true), 'Nobody is known here yet.', 'record-attendance');
const noSpeaker = 'You do not speak for them, and nobody who does is known here yet by a pseudonym.';
const couldBeViews = (scene: Scene, statement: Statement): readonly Option[] => speakers(scene, (here, speaker) => canBeTheirView(here, statement, speaker, scene));
/** Statements that are asked for and that whoever looks could give, or write down for somebody. */
const toBeGiven = (scene: Scene) => scene.agreement.statements.filter((statement) => statement.view === null && couldBeViews(scene, statement).length > 0);
/** Who puts into words the view that is meant; while none is chosen, any that could be given. */
export const speakersForViews = (scene: Scene): Choices => {
  const meant = scene.agreement.statements.find(({ id, view }) => view === null && id === (scene.chosen('statement') ?? scene.chosen('about')));
  const could = (meant === undefined ? toBeGiven(scene) : [meant]).flatMap((statement) => couldBeViews(scene, statement));
  return options([...new Map(could.map((one) => [one.value, one])).values()], noSpeaker, 'record-attendance');
};
export const speakersOnWaivers = (scene: Scene): Choices =>
  options(speakers(scene, (here, speaker) => here.persons[speaker] === undefined || speaksOnWaivers(here, speaker, scene.today)), noSpeaker, 'record-attendance');

/** The version that stands now of what is signed, decided or accepted, with what it rests on. */
export function version(scene: Scene, subject: Subject): Choices {
  const restsOn = material[subject].facts.filter((name) => scene.agreement.facts[name] !== undefined).map((name) => factTitles[name]);
  const hash = subject === 'decision' ? versionOfDecision(scene.agreement) : scene.agreement.content[subject];
  const proposed = scene.agreement.award.proposed;
  const award = material[subject].award && proposed !== null ? [`the proposed award to ${scene.named.of(proposed.provider)}`] : [];
  const route = material[subject].route && scene.agreement.routeChoice !== null ? ['the route and the ground it was chosen on'] : [];
  const paper = subject === 'decision' ? ['the risks and what those who carry them say', 'what people were consulted on, gave and were answered', 'advice and dissent'] : [];
  const all = [...restsOn, ...award, ...route, ...paper];
  const since = subject === 'decision' ? undefined : changedAt(scene.agreement, subject);
  return { is: 'given', value: hash, shown: `${since === undefined ? 'What stands now' : `The version of ${since}`}, which rests on: ${all.length === 0 ? 'nothing on record yet' : all.join(', ')}. (For auditors: version ${shortOf(hash)})` };
}

export function signedVersion(scene: Scene): Choices {
  const signOff = scene.agreement.signOffs.find(({ id }) => id === scene.chosen('signOff')) ?? scene.agreement.signOffs.find(({ answer }) => answer.is === 'awaited');
  return signOff === undefined ? { is: 'given', value: '', shown: 'Nothing is asked.' } : version(scene, signOff.discipline);
}

export const interestsSaidOver = ({ agreement, chosen }: Scene, shown: (declaration: Declaration) => { readonly value: string; readonly text: string }): Choices => {
  const over = agreement.conflicts.filter(waitsForAnother);
  const about = over.filter(({ person }) => person === (chosen('person') ?? chosen('about')));
  return options([...new Map((about.length > 0 ? about : over).map(shown).map((one) => [one.value, one])).values()], 'Nobody says that an interest which bars is over.');
};
export const standingDecision = ({ agreement: { decision } }: Scene): Choices =>
  decision === null ? options([], 'No decision is on record.', 'record-decision') : { is: 'given', value: decision.decision, shown: `The decision of ${dayOf(decision.decidedOn)}` };
type CanBeCalledIn = Pick<NonNullable<Agreement['decision']>, 'callIn' | 'calledIn'>;
/** The decision that stands, and those on variations, of which this is true. */
const decisionsThat = ({ agreement: { decision, variations: all } }: Scene, which: (decided: CanBeCalledIn) => boolean, none: string): Choices => {
  const standing = decision === null ? [] : [{ decided: decision, value: decision.decision, text: `The decision of ${dayOf(decision.decidedOn)}` }];
  const toVary = all.flatMap(({ variation, what, decided }) => (decided === null ? [] : [{ decided, value: variation, text: `To vary: ${what}` }]));
  return options([...standing, ...toVary].filter(({ decided }) => which(decided)).map(({ decided: { callIn, calledIn }, value, text }) => {
    const until = callIn.is === 'open' ? `May be called in until ${dayOf(callIn.until)}` : undefined;
    return { value, text, hint: calledIn === null ? until : `Called in on ${dayOf(calledIn.on)}` };
  }), none);
};
/** Also past the last day for it, until when it may have been asked for. */
export const decisionsToCallIn = (scene: Scene): Choices => decisionsThat(scene, ({ callIn, calledIn }) => callIn.is === 'open' && calledIn === null, 'No decision is on record that may be called in.');
export const callInsToConclude = (scene: Scene): Choices => decisionsThat(scene, waitsForCallIn, 'No decision that was called in waits.');
type Consultation = Agreement['consultations'][number];
const consultationsThat = ({ agreement }: Scene, which: (one: Consultation) => boolean, none: string): Choices =>
  options(agreement.consultations.filter(which).map(({ consultation, proposal }) => ({ value: consultation, text: proposal })), none, 'open-consultation');
export const openConsultations = (scene: Scene): Choices => consultationsThat(scene, ({ withdrawn, closesOn }) => withdrawn === null && closesOn >= scene.today, 'No consultation is open or ahead.');
export const consultationsToAnswerFor = (scene: Scene): Choices => consultationsThat(scene, ({ withdrawn }) => withdrawn === null, 'No consultation is on record that stands.');
export const consultationsToConsider = (scene: Scene): Choices => consultationsThat(scene, (one) => one.closesOn < scene.today && (waitsToBeConsidered(one) || isOneWord(scene.agreement, one)), 'No consultation has closed that waits to be considered.');
export function renewedVersion(scene: Scene): Choices {
  const signOff = scene.agreement.signOffs.find(({ id }) => id === (scene.chosen('signOff') ?? scene.chosen('about'))) ?? scene.agreement.signOffs.findLast(({ answer }) => answer.is === 'granted');
  return signOff === undefined ? { is: 'given', value: '', shown: 'Nothing is granted.' } : version(scene, signOff.discipline);
}

export const self = ({ actor, named }: Scene): Choices => {
  const person = actor.kind === 'person' ? actor.person : '';
  return { is: 'given', value: person, shown: named.of(person) };
};
export const evaluators = ({ agreement, named }: Scene, which: (evaluator: Agreement['evaluation']['evaluators'][number]) => boolean): Choices =>
  options(agreement.evaluation.evaluators.filter(which).map(({ evaluator }) => ({ value: evaluator, text: upper(named.of(evaluator)) })), 'Nobody is named who evaluates.', 'appoint-evaluator');

const hereWith = ({ agreement }: Scene, all: readonly Somebody[]) => ({ agreement, persons: Object.fromEntries(all.map(({ value, person }) => [value, person])) });
type HereWith = ReturnType<typeof hereWith>;
/** Those whom the rule that judges whoever is named would take. */
const whoever = (could: (here: HereWith, person: string, scene: Scene, name: string) => boolean): Asked =>
  from(['people'], (scene, name) => {
    const here = hereWith(scene, scene.people);
    return options(scene.people.filter(({ value }) => could(here, value, scene, name)), 'Nobody who is registered could be named.');
  });
export const owners = whoever(canAnswerFor);
export const chairs = whoever((here, person, { today }) => canChair(here, person, today));
export const nameable = (fact: Parameters<typeof canBeNamed>[1]): Asked => whoever((here, person, scene) => canBeNamed(here, fact, person, scene));
/** Whoever works here or for a provider of the agreement: a review meeting agrees with both what they do. */
export const bothSides = from(['people', 'deliverers'], (scene) => {
  const all = [...scene.people, ...scene.deliverers];
  const here = hereWith(scene, all);
  return options(all.filter(({ value }) => canAnswerFor(here, value)), 'Nobody is registered yet.');
});
/** Whoever may sign for the discipline that is asked; while none is chosen, for any, each with theirs. */
export const approvers = from(['people'], (scene) => {
  const here = hereWith(scene, scene.people);
  const asked = scene.chosen('discipline');
  const all = scene.people.flatMap((one) => {
    const theirs = disciplines.filter((discipline) => (asked ?? discipline) === discipline && canBeAsked(here, one.value, discipline, scene));
    return theirs.length === 0 ? [] : [{ ...one, text: asked === undefined ? `${one.text} (${theirs.map((discipline) => scene.named.code(discipline, 'discipline').toLowerCase()).join(', ')})` : one.text }];
  });
  return options(all, 'Nobody may sign for it whose own it is not.');
});
/** Whoever may read the objection that is meant, or while none is chosen any of them. */
export const secondReaders = whoever((here, person, scene) => {
  const open = objections(scene.agreement).filter(({ repliedTo }) => !repliedTo);
  const meant = open.filter(({ id }) => id === (scene.chosen('statement') ?? scene.chosen('about')));
  return (meant.length > 0 ? meant : open).some((objection) => canBeSecond(here, objection, person, scene));
});
const inPlacesFor = (scene: Scene & Pick<Lists, 'standsInFor'>, { discipline }: SignOff) =>
  scene.standsInFor.filter(({ actor, delegator }) => isTheirs({ ...scene, actor }, discipline) && scene.actor.kind === 'person' && delegationReaching(scene.agreement, delegator, scene.actor.person, discipline, scene.today) !== undefined);
/** Those in whose place the sign-off that is meant could be signed; the one there is, where whoever looks signs for nothing of it themselves. */
export const standsInFor = from(['standsInFor'], (scene) => {
  const meant = scene.agreement.signOffs.find(({ id }) => id === (scene.chosen('signOff') ?? scene.chosen('about')));
  const places = meant === undefined ? scene.standsInFor : inPlacesFor(scene, meant);
  const [only, ...more] = places;
  if (meant !== undefined && only !== undefined && more.length === 0 && !isTheirs(scene, meant.discipline)) return { is: 'given', value: only.person, shown: only.name };
  return options(places.map(({ person, name }) => ({ value: person, text: name })), 'You stand in for nobody today.');
});
/** Sign-offs that whoever looks may give themselves, as one of a party, or in another's place; the one that is meant, where one is. */
export const signOffsToGive = (which: (is: string) => boolean): Asked =>
  from(['standsInFor'], (scene) => {
    const { agreement, named, chosen } = scene;
    const one = agreement.signOffs.find(({ id, answer }) => id === chosen('signOff') && which(answer.is));
    if (one !== undefined) return { is: 'given', value: one.id, shown: `${upper(named.of(one.id))}, asked for by ${named.of(one.requestedBy)}` };
    return signOffs(scene, which, (given) => given.of !== null || isTheirs(scene, given.discipline) || inPlacesFor(scene, given).length > 0);
  });
export const providers = from(['providers'], (scene) => options(scene.providers, 'No provider is registered yet.'));
export const others = from(['others'], (scene) => options(scene.others, 'There is no other agreement.'));
/** What this agreement renews, replaces or ends. */
export const linkedTo = from(['linked'], (scene) => options(scene.linked, 'It is linked to no earlier agreement that you may see.', 'link-agreement'));
/** As which of these it is linked to the one that is meant; while none is, to any. */
export const linkedAs: Asked = ({ agreement, named, chosen }) => {
  const meant = chosen('to') ?? chosen('about');
  const kinds = linkKinds.filter((kind) => agreement.tree.links.some((link) => link.as === kind && (meant === undefined || link.agreement === meant)));
  return options(kinds.map((kind) => ({ value: kind, text: named.code(kind, 'as') })), 'It is linked to no earlier agreement.', 'link-agreement');
};
const knownOr = ({ agreement, named }: Scene, registered: readonly Somebody[]): Choices => options([...participantsOf(agreement).map((id) => ({ value: id, text: upper(named.of(id)) })), ...registered], 'Nobody is known here yet.');
/** Whoever takes part here by a pseudonym, or signs in and may assess what is offered, as one of those that are chosen; while none are, as any. */
export const assessors = from(['people'], (scene) => {
  const here = hereWith(scene, scene.people);
  const asked = scene.chosen('of');
  return knownOr(scene, scene.people.filter(({ value }) => evaluatorKinds.some((of) => (asked ?? of) === of && canEvaluate(here, value, of, scene.today))));
});
/** Whoever takes part here by a pseudonym, or may sit for the group of the row; while none is chosen, for any. */
export const panellists = from(['people', 'deliverers'], (scene, name) => {
  const all = [...scene.people, ...scene.deliverers];
  const here = hereWith(scene, all);
  const asked = scene.chosen(name.replace(/member$/, 'of'));
  return knownOr(scene, all.filter(({ value: member }) => panelGroups.some((of) => (asked ?? of) === of && canSitFor(here, { of, member }, scene.today))));
});
const ofParties = ({ agreement: { award }, named }: Scene, which: (role: string) => boolean, none: string, firstThis: CommandName): Choices =>
  options(Object.entries(award.parties).flatMap(([provider, role]) => (which(role) ? [{ value: provider, text: named.of(provider) }] : [])), none, firstThis);
export const invited = (scene: Scene): Choices => ofParties(scene, (role) => role !== 'incumbent', 'No provider is invited yet.', 'invite-provider');
/** Those who are invited still: nobody is uninvited for whom the sourcing is over. */
export const toUninvite = ({ agreement, named }: Scene): Choices => options(invitedStill(agreement).map((provider) => ({ value: provider, text: named.of(provider) })), 'Nobody is invited who could be uninvited.');
export const providing = (scene: Scene): Choices => ofParties(scene, (role) => role === 'provider', 'No provider was awarded it yet.', 'propose-award');

export const kpis = ({ agreement }: Scene): Choices => options(agreement.kpis.kpis.map(({ kpi, title, definition }) => ({ value: kpi, text: title, hint: definition })), 'No KPI is set.', 'set-kpi');
/** What feedback is of: where some on record is corrected, its own KPI. */
export const kpisOfFeedback: Asked = (scene) => {
  const corrected = scene.agreement.kpis.findings.find(({ finding }) => finding === scene.chosen('about'));
  return corrected === undefined ? kpis(scene) : { is: 'given', value: corrected.kpi, shown: scene.named.of(corrected.kpi) };
};
export const differences: Asked = ({ agreement }) =>
  options(differencesOpen(agreement).map((finding) => ({ value: finding.finding, text: toDiscuss(agreement, finding).what })), 'There is no difference to discuss.');
const obligationsThat = ({ agreement }: Scene, which: (obligation: Obligation) => boolean): readonly Option[] => agreement.delivery.obligations.filter(which).map(({ obligation, what }) => ({ value: obligation, text: what }));
const isWithdrawn = ({ agreement }: Scene, obligation: string): boolean => agreement.delivery.withdrawn.some((each) => each.obligation === obligation);
const obligationsOf = (scene: Scene, which: (obligation: Obligation) => boolean): Choices => options(obligationsThat(scene, which), 'No obligation is agreed.', 'agree-obligation');
export const obligations: Asked = (scene) => obligationsOf(scene, ({ obligation }) => !isWithdrawn(scene, obligation));
/** Those of which nothing was shown yet or that come again, and that no KPI measures. */
export const obligationsToWithdraw: Asked = (scene) =>
  options(
    obligationsThat(scene, ({ obligation, due, met }) => (met.length === 0 || due.is === 'each') && !isWithdrawn(scene, obligation) && !scene.agreement.kpis.kpis.some(({ measures }) => measures.includes(obligation))),
    'No obligation can be withdrawn: of each that is agreed something was shown, or a KPI measures it.',
  );
/** The providers whoever looks works for. */
const actingFor = ({ actor }: Scene): readonly string[] => (actor.kind === 'person' ? actor.grants.flatMap(({ provider }) => provider ?? []) : []);
/** To a provider's people those that their provider owes. */
export const obligationsToMeet: Asked = (scene) => {
  const theirs = actingFor(scene);
  return obligationsOf(scene, (one) => !isWithdrawn(scene, one.obligation) && (theirs.length === 0 || theirs.some((provider) => owes(scene.agreement, one, provider))));
};
export const cycles: Asked = ({ agreement }) =>
  options(agreement.delivery.cycles.filter(({ endedOn }) => endedOn === null).map(({ cycle, period }) => ({ value: cycle, text: `${dayOf(period.startsOn)} to ${dayOf(period.endsOn)}` })), 'No cycle is under way.', 'begin-cycle');
export const meetings: Asked = ({ agreement }) => options(agreement.reviews.meetings.map(({ meeting, on }) => ({ value: meeting, text: dayOf(on) })), 'No meeting was held.', 'hold-review-meeting');
/** To a provider's people their own. */
export const actions: Asked = (scene) =>
  options(scene.agreement.reviews.actions.filter(({ done, provider }) => done === null && (actingFor(scene).length === 0 || (provider !== null && actingFor(scene).includes(provider)))).map(({ action, what, dueOn: by }) => ({ value: action, text: what, hint: `By ${dayOf(by)}` })), 'No action is open.', 'agree-action');
export const improvements: Asked = ({ agreement }) =>
  options(improvementsOpen(agreement).map(({ improvement, what, dueOn: by }) => ({ value: improvement, text: what, hint: `By ${dayOf(by)}` })), 'No quality visit asked for an improvement that is still open.', 'record-quality-visit');
export const fundings: Asked = ({ agreement }) =>
  options(agreement.funding.committed.map(({ funding, funder, year, amount }) => ({ value: funding, text: `${funder}, ${year}`, hint: moneyOf(amount) })), 'No funder committed anything yet.', 'commit-funding');
export const providerConcerns: Asked = ({ agreement }) =>
  options(agreement.providerConcerns.filter(({ answered }) => answered === null).map(({ concern, about }) => ({ value: concern, text: about })), 'No concern waits for an answer.');
export const adopted: Asked = ({ agreement }) => {
  return options(adoptedIn(agreement).filter(({ reversed }) => reversed === null).map(({ theme, title, changed }) => ({ value: theme, text: title, hint: changed ?? 'Answered to one person alone' })), 'Nothing was adopted yet.', 'answer-theme');
};
/** What people gave and are still to be asked again of, or told: of the variation that is meant, else of all. */
export const toBeAskedAgain: Asked = ({ agreement, chosen }) => {
  const meant = chosen('variation') ?? chosen('about');
  const open = agreement.variations.filter(({ variation }) => meant === undefined || variation === meant).flatMap((one) => toAskAgain(agreement, one));
  return options(adoptedIn(agreement).filter(({ theme }) => open.includes(theme)).map(({ theme, title }) => ({ value: theme, text: title })), 'Nobody is still to be asked again.', 'propose-variation');
};
/** Of what nobody is asked again, with why: whoever decides on the variation reads it. */
export const notAskedAgain: Asked = ({ agreement, chosen }) => {
  const meant = chosen('variation') ?? chosen('about');
  const titles = new Map(adoptedIn(agreement).map(({ theme, title }) => [theme, title]));
  const said = agreement.variations.filter((one) => waitsForDecision(agreement, one) && (meant === undefined || one.variation === meant)).flatMap(({ notAsked: themes }) => themes);
  return options(said.map(({ theme, why }) => ({ value: theme, text: `${titles.get(theme) ?? theme}: ${why}` })), 'People are asked again of all that it touches.');
};
const variationsThat = ({ agreement }: Scene, which: (one: Agreement['variations'][number]) => boolean, none: string, firstThis?: CommandName): Choices =>
  options(agreement.variations.filter(which).map(({ variation, what }) => ({ value: variation, text: what })), none, firstThis);
export const variations = (scene: Scene): Choices => variationsThat(scene, ({ carriedOut }) => !carriedOut, 'No variation is open.', 'propose-variation');
export const variationsToCarryOut = (scene: Scene): Choices => variationsThat(scene, ({ decided, carriedOut }) => decided?.outcome === 'agreed' && !carriedOut, 'No variation was agreed that is still to be carried out.');
/** Whoever decides read of what nobody is asked again; once it is decided that is said no more. */
export const variationsNotAsked = (scene: Scene): Choices => variationsThat(scene, ({ decided, carriedOut }) => decided === null && !carriedOut, 'No variation waits to be decided.');
/** Also one that was carried out, where its decision is to be taken anew. */
export const variationsToDecide = (scene: Scene): Choices => variationsThat(scene, (one) => waitsForDecision(scene.agreement, one), 'No variation waits to be decided.');
const variationsOnOffer = (scene: Scene) => scene.agreement.variations.filter((one) => stillToAccept(scene.agreement, one).some((provider) => actingFor(scene).includes(provider)));
export const variationsToAccept = (scene: Scene): Choices => options(variationsOnOffer(scene).map(({ variation, what }) => ({ value: variation, text: what })), 'No variation waits for you to accept it.');
/** The version that was offered of the variation that is meant, with what it changes. */
export function offerRead(scene: Scene): Choices {
  const meant = scene.chosen('variation') ?? scene.chosen('about');
  const one = variationsOnOffer(scene).find(({ variation }) => meant === undefined || variation === meant);
  const version = one?.offer?.version ?? '';
  return { is: 'given', value: version, shown: one === undefined ? 'No variation waits for you to accept it.' : `“${one.what}”: ${becomes(one.to)}. (For auditors: version ${shortOf(version)})` };
}
/** The version that stands of the variation that is meant, with what it holds. */
export function variationRead(scene: Scene): Choices {
  const meant = scene.chosen('variation') ?? scene.chosen('about');
  const variation = scene.agreement.variations.find((one) => waitsForDecision(scene.agreement, one) && (meant === undefined || one.variation === meant));
  if (variation === undefined) return { is: 'given', value: '', shown: 'Nothing waits to be decided.' };
  const hash = versionOfVariation(scene.agreement, variation);
  return { is: 'given', value: hash, shown: `“${variation.what}” as it stands now: what is proposed and what it changes, who was asked again or why not and what they said, what was answered of the regime’s test. (For auditors: version ${shortOf(hash)})` };
}
export const modificationGrounds: Asked = ({ agreement }) =>
  options(
    (routes.find(agreement.route.id, agreement.route.version)?.modification.grounds ?? []).map(({ id, says, confirms, limits, source }) => ({
      value: id, text: says, hint: [...confirms, ...limits.map((limit) => `${limit.says}.`), `${source.cites}${source.mark === 'text' ? '' : ' (to be checked)'}.`].join(' '),
    })),
    'This route is not known here.',
  );
/** Whose view it is: a provider’s people answer for themselves. */
/** Where users were asked; a provider answers for itself alone. */
export const usersAskedAt: Asked = (scene) => (actingFor(scene).length === 0 ? metAt(scene) : notAsked());
export const viewersToAnswerFor: Asked = (scene) =>
  options(viewers.filter((viewer) => actingFor(scene).length === 0 || viewer === 'provider').map((viewer) => ({ value: viewer, text: scene.named.code(viewer, 'viewer') })), '');
export const outcomes: Asked = ({ agreement }) => options(agreement.outcomes.map(({ outcome, title }) => ({ value: outcome, text: title })), 'No outcome is named.', 'name-outcome');
export const outcomeLinks: Asked = ({ agreement }) => options(agreement.outcomes.flatMap(({ title, links }) => links.map(({ link, indicator }) => ({ value: link, text: indicator, hint: title }))), 'No link has an indicator.', 'link-outcome');
export const benefits: Asked = ({ agreement }) =>
  options(agreement.value.benefits.map(({ benefit, what, seen }) => ({ value: benefit, text: what, hint: seen === null ? undefined : `Observed on ${dayOf(seen.on)}: what is observed later takes its place.` })), 'No benefit is named.', 'name-benefit');
/** What benefits are held against, as it was stated. */
export const comparisons: Asked = ({ agreement }) => options([...new Set(agreement.value.benefits.map(({ comparison }) => comparison))].map((stated) => ({ value: stated, text: stated })), 'No benefit is named.', 'name-benefit');
/** The notices of its route, and that of the award. */
export const officialNotices: Asked = (scene) =>
  options([...(documentsOf(scene).route?.notices ?? []).map(({ code, title }) => ({ value: code, text: title })), { value: awardNotice, text: 'The award notice' }], '');
export const publications = ({ agreement, named }: Scene, which: (publication: Publication) => boolean, none: string, firstThis: CommandName = 'plan-publication'): Choices =>
  options(agreement.publications.filter(which).map(({ publication }) => ({ value: publication, text: upper(named.of(publication)) })), none, firstThis);
export const partners = ({ partners: all }: Agreement, which: (partner: Partner) => boolean = () => true): readonly Option[] =>
  [...new Map(all.filter(which).map(({ partner, title, until }) => [partner, { value: partner, text: title, hint: `Until ${dayOf(until)}` }])).values()];
export const costs: Asked = ({ agreement }) =>
  options(agreement.value.costs.map(({ cost, period }) => ({ value: cost, text: `${dayOf(period.startsOn)} to ${dayOf(period.endsOn)}` })), 'No cost is recorded.', 'record-cost');

export const processesFor = (kind: AgreementKind): Asked => from(['published'], ({ published }) => options(published.filter((one) => kindsOn(one).includes(kind)).map(({ id, version: inUse, title }) => ({ value: id, text: title, hint: `Version ${inUse}` })), ''));
export const allRoutes: Asked = () => options(routes.latest().map(({ id, title }) => ({ value: id, text: title })), '');
const routesFitting = (scene: Scene) => {
  const { pathway } = documentsOf(scene);
  return pathway === undefined ? [] : routes.latest().filter((route) => routeFits(pathway, route) && isFoundedOn(pathway, route)).map((route) => ({ route, grounds: groundsToChoose(pathway, route) }));
};
export const fittingRoutes: Asked = (scene) => options(routesFitting(scene).map(({ route: { id, title } }) => ({ value: id, text: title })), '');
export const routeGrounds: Asked = (scene) =>
  options(
    routesFitting(scene).flatMap(({ route, grounds }) =>
      grounds.map(({ id, says, source }) => ({ value: id, text: says, hint: `${route.title}. ${source.cites}${source.mark === 'text' ? '' : ' (to be checked)'}.` })),
    ),
    'No route that fits this process is chosen on a ground.',
  );
export const processes = from(['published'], ({ published }) => options(published.map((one) => ({ value: one.id, text: one.title, hint: `Version ${one.version}. For: ${kindsOn(one).map((kind) => codeOf(kind).toLowerCase()).join(', ')}` })), ''));
export const stagesOfAll = from(['published'], ({ published }) => options([...new Map(published.flatMap((one) => one.stages).map(({ id, title }) => [id, { value: id, text: title }])).values()], ''));

/** The roles in which somebody may declare: those they hold, and those they declared in before, also where they hold them no more. */
export function rolesToDeclareIn({ actor, agreement }: Scene): readonly string[] {
  if (actor.kind !== 'person') return [];
  return [...new Set([...actor.grants.map(({ role }) => role), ...agreement.conflicts.flatMap(({ person, role }) => (person === actor.person ? [role] : []))])];
}
