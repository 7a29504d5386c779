import { type Agreement, type Checklist, type CommandName, contributionOf } from '@concordat/agreement/core';
import type { Missing } from '@concordat/journal/core';
import { type Discipline, disciplines, factForms, type FactName, factTitles, groundsToChoose, type Mode, type Pathway, type Route, type SubType } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';

// How each thing a gate may miss is supplied: by whom of those who may, by which command, as the refusal says. One script, walked in the core
// over every pathway and tier, and over HTTP by people of every role.

/** Who is there, and what they have at hand. */
export interface Troupe {
  /** The id of whoever is called so: a role, an approver with the discipline, or `colleague`, who is another senior responsible owner. */
  readonly person: (called: string) => string;
  /** How whoever gives the money is called: somebody else than who approves it as sponsor, or the very same. */
  readonly sponsor: string;
  readonly provider: string;
  readonly residents: readonly string[];
  /** Another agreement, whose service an agreement ends. */
  readonly ends: string;
  /** One that was awarded to the provider, which another extends or varies. */
  readonly varies: string;
  /** What somebody says: text, or what the core sees of it. */
  readonly words: unknown;
  /** The version of what is decided on. */
  readonly version: (agreement: Agreement) => string;
  /** A new id. */
  readonly next: () => string;
}

/** Where an agreement stands when somebody supplies what it misses. */
export interface Standing {
  readonly agreement: Agreement;
  readonly today: string;
  readonly pathway: Pathway;
  readonly route: Route;
  readonly checklist: Checklist;
}

/** One command of one person. `mayBeDone`: somebody may have done it before, and then it is refused. */
export interface Step {
  readonly by: string;
  readonly name: CommandName;
  readonly body: (agreement: Agreement) => object;
  readonly mayBeDone?: true;
}

export const group = 'diners';
const money = { amount: '100.00', currency: 'GBP' };
const document = (name: string) => ({ reference: `DMS/${name}`, title: name });
export const step = (by: string, name: CommandName, body: object | ((agreement: Agreement) => object) = {}): Step => ({ by, name, body: typeof body === 'function' ? (body as Step['body']) : () => body });
const named = (what: string): string[] => what.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];

/** Everybody who may act in an agreement, as they are called. */
const acting = ['commissioner', 'senior-responsible-owner', 'colleague', 'decision-maker', 'panel-chair', ...disciplines.map((discipline) => `approver:${discipline}`)];

const modeOf: Readonly<Record<SubType, 'co-commissioning' | 'co-delivery' | 'co-assessment'>> = {
  'co-planning': 'co-commissioning', 'co-prioritisation': 'co-commissioning', 'co-financing': 'co-commissioning',
  'co-managing': 'co-delivery', 'co-performing': 'co-delivery', 'co-monitoring': 'co-assessment', 'co-evaluation': 'co-assessment',
};

/** Who has the fact at hand, where it is not the commissioner. */
const holderOf: { readonly [N in FactName]?: string } = { 'financial-envelope': 'finance' };

function valueOf(name: FactName, { agreement, today }: Standing, { person, sponsor }: Troupe): unknown {
  switch (factForms[name]) {
    case 'money': return { amount: '9000.00', currency: 'GBP' };
    case 'person': return person(({ sponsor, controller: 'colleague' } as Partial<Record<FactName, string>>)[name] ?? 'commissioner');
    case 'count': return name === 'people-without-arrangement' ? 0 : 5;
    case 'list': return [group];
    case 'document': return { reference: 'DMS/17', title: factTitles[name] };
    case 'date': return today;
    case 'period': return { startsOn: agreement.urgency.urgent?.startsOn ?? addDays(today, 30), endsOn: addDays(today, 250) };
    // A service that may change is consulted on.
    default: return name === 'service-may-change' ? 'yes' : 'no';
  }
}

export const lastMeeting = ({ involvement }: Agreement) => involvement.activities.findLast(({ attended, voided }) => attended.length > 0 && !voided);

/** What is held and said with people, as it is called: with whoever is placed by what it is, and no more. */
export const called = ({ kind }: Agreement, title: string, plainly = 'Meeting'): string => (kind === 'placement' ? plainly : title);

/** Five people meet in this stage, are told what it rests on, are offered payment, say something, are answered, and decide together. */
function meet({ agreement, today, checklist }: Standing, { residents, words, next }: Troupe): readonly Step[] {
  const { stage } = agreement;
  const [activity, theme, pack, contribution] = [next(), next(), next(), next()];
  const asked = checklist.find(({ code }) => code === 'involvement.planned-as')?.parameters as { mode?: Mode; subTypes?: readonly SubType[] } | undefined;
  const subTypes = asked?.subTypes ?? [];
  const budget = { is: 'budget', amount: money };
  const plan = { stage, mode: asked?.mode ?? modeOf[subTypes[0] ?? 'co-planning'], subTypes, accessCosts: budget, say: 4, do: 0, groups: [group], method: called(agreement, 'A meal together'), people: 5, resources: budget };
  return [
    { ...step('facilitator', 'plan-involvement', plan), mayBeDone: true },
    step('facilitator', 'plan-activity', { activity, stage, title: called(agreement, 'A meal together'), groups: [group], right: 'decide-jointly', ledBy: 'together', closesOn: today }),
    step('facilitator', 'record-attendance', { activity, participants: residents, on: today }),
    ...(agreement.kind === 'placement' ? [] : [
      step('facilitator', 'issue-information', { pack, activity, title: 'What it rests on', document: document('pack'), forms: ['easy-read'], changed: '' }),
      step('facilitator', 'record-information-given', { pack, version: 1, participants: residents, on: today }),
    ]),
    step('facilitator', 'record-joint-decision', { activity, decided: called(agreement, 'Hot food, twice a week', '17'), on: today }),
    ...residents.flatMap((participant): Step[] => [
      { ...step('facilitator', 'record-benefits-advice', { participant, on: today, source: words, taken: true }), mayBeDone: true },
      step('facilitator', 'offer-payment', { offer: next(), activity, participant, amount: money }),
    ]),
    step('facilitator', 'record-contribution', { contribution, activity, author: residents[0], text: words, givenOn: today }),
    step('participant', 'record-could-it-change', { activity, participant: residents[0], answer: 'yes' }),
    step('facilitator', 'create-theme', { theme, title: called(agreement, 'Hot food', 'Theme 1') }),
    step('facilitator', 'put-in-theme', { theme, contributions: [contribution] }),
    step('facilitator', 'answer-theme', { theme, response: { outcome: 'adopted', reasons: 'Everyone asked for it.', changed: 'A cook is part of the offer.' } }),
  ];
}

/** Some of them come, and say that every stage matters to them. */
function askedAtTheHall({ agreement, today, pathway }: Standing, { residents, next }: Troupe): readonly Step[] {
  const { stage } = agreement;
  const activity = next();
  return [
    step('facilitator', 'plan-activity', { activity, stage, title: called(agreement, 'An evening at the hall'), groups: [group], right: 'consult', ledBy: 'together', closesOn: today }),
    step('facilitator', 'record-attendance', { activity, participants: residents, on: today }),
    step('facilitator', 'record-stages-that-matter', { group, stages: pathway.stages.map(({ id }) => id), source: called(agreement, 'Asked at the hall'), activity }),
  ];
}

// Those whose service ends have nobody but an advocate here; elsewhere a body of their own speaks.
const byAdvocate = ({ id }: Pathway): boolean => id === 'decommission';

/** Somebody asks, and whoever may sign what stands now. */
export function signedOff(what: string, agreement: Agreement, { person, sponsor, next }: Troupe): readonly Step[] {
  const [, kind, discipline] = /^(approval|acceptance) of ([a-z-]+)/.exec(what) as unknown as [string, 'approval' | 'acceptance', Discipline];
  const signOff = next();
  // Of whom an acceptance is asked, the facts name: the controller of the data, or else the owner.
  const controls = kind === 'acceptance' && discipline === 'information-governance';
  const unnamed = controls && agreement.facts.controller?.value !== person('colleague');
  return [
    ...(unnamed ? [step('commissioner', 'amend-facts', { facts: { controller: person('colleague') } })] : []),
    step('commissioner', 'request-sign-off', { signOff, kind, discipline }),
    step(controls ? 'colleague' : kind === 'acceptance' ? sponsor : `approver:${discipline}`, 'sign-off', ({ content }) => ({ signOff, versionRead: content[discipline], outcome: { is: 'granted', conditions: [] } })),
  ];
}

/** What supplies this, in the order it is done; `time` where nobody can but time. */
export function stepsFor(standing: Standing, { what, suppliedBy, by }: Missing, troupe: Troupe): readonly Step[] | 'time' {
  const { agreement, today, pathway, route } = standing;
  const { person, provider, residents, words, next } = troupe;
  switch (by) {
    case 'amend-facts': {
      const name = (Object.keys(factForms) as FactName[]).find((fact) => fact === what);
      // An evaluation that was made before the days in which nobody assesses were over is made anew once they are.
      if (name === undefined) return today < (/made anew on (\S+)/.exec(what)?.[1] ?? today) ? 'time' : [step('commissioner', 'amend-facts', { facts: { evaluation: document('evaluation made anew') } })];
      return [step(holderOf[name] ?? 'commissioner', 'amend-facts', { facts: { [name]: valueOf(name, standing, troupe) } })];
    }
    case 'record-provider-engagement':
      return [step('commissioner', 'record-provider-engagement', { engagement: next(), outcome: { is: 'not-useful', because: 'Three who cook here said in spring what they need.' } })];
    case 'plan-exit':
      return [step('contract-manager', 'plan-exit', { plan: document('end'), lastDay: addDays(today, 90), people: 12 })];
    case 'record-transition':
      return [step('contract-manager', 'record-transition', { group, people: 12, goesTo: 'The kitchen of the hall', without: 0 })];
    case 'declare-conflict': {
      const called = suppliedBy.startsWith('person-') ? acting.find((one) => suppliedBy === `person-${person(one)}`)! : suppliedBy;
      return [step(called, 'declare-no-conflict', { person: person(called), role: called === 'colleague' ? 'senior-responsible-owner' : called.split(':')[0] })];
    }
    case 'request-sign-off':
    case 'sign-off':
      return signedOff(what, agreement, troupe);
    case 'second-sign-off':
      return [step('decision-maker', 'second-sign-off', { signOff: agreement.signOffs.find(({ voices }) => voices.some(({ second }) => second.is === 'awaited'))!.id })];
    case 'record-stages-that-matter':
      return askedAtTheHall(standing, troupe);
    case 'plan-involvement':
    case 'plan-activity':
    case 'record-attendance':
    case 'record-contribution':
    case 'record-joint-decision':
      return meet(standing, troupe);
    case 'issue-information': {
      const [[activity], pack] = [named(what), next()];
      return [
        step('facilitator', 'issue-information', { pack, activity, title: 'What it rests on', document: document('pack'), forms: ['easy-read'], changed: '' }),
        step('facilitator', 'record-information-given', { pack, version: 1, participants: residents, on: today }),
      ];
    }
    case 'offer-payment': {
      const [participant, activity] = named(what);
      return [
        { ...step('facilitator', 'record-benefits-advice', { participant, on: today, source: words, taken: true }), mayBeDone: true },
        step('facilitator', 'offer-payment', { offer: next(), activity, participant, amount: money }),
      ];
    }
    case 'record-information-given': {
      const [pack] = named(what);
      return [step('facilitator', 'record-information-given', { pack, version: agreement.information.find(({ id }) => id === pack)?.versions.length, participants: residents, on: today })];
    }
    case 'answer-theme':
      return [step('colleague', 'answer-theme', { theme: named(what)[0], response: { outcome: 'not-adopted', reasons: 'The kitchen is shut on that day.' } })];
    case 'note-late-entries':
      // What came late is answered by itself, and blocks nothing meanwhile.
      return [
        step('decision-maker', 'note-late-entries', { contributions: named(what) }),
        step('facilitator', 'answer-contribution', { contribution: named(what)[0], author: contributionOf(agreement, named(what)[0]!)?.author, response: { outcome: 'out-of-scope', reasons: words } }),
      ];
    case 'keep-commitment':
      return [step('facilitator', 'keep-commitment', { commitment: named(what)[0], how: 'The letters went out today.' })];
    case 'record-what-people-do':
      return [step('facilitator', 'record-asked-what-people-do', { group, answer: 'nothing', source: 'asked at the hall' })];
    case 'set-kpi': {
      const [held, kpi] = [lastMeeting(agreement), next()];
      return [
        step('contract-manager', 'set-kpi', {
          kpi, title: 'Meals on time', definition: 'Meals served within a quarter of an hour', unit: 'percent', target: { is: 'at-least', value: 90 },
          writtenBy: held === undefined ? { is: 'staff' } : { is: 'activity', activity: held.id }, measures: [],
        }),
        ...(held === undefined ? [] : [step('facilitator', 'record-proxy-entry', { entry: kpi, onBehalfOf: residents[0], confirmed: 'read-back', on: today })]),
      ];
    }
    case 'set-criterion': {
      const criterion = next();
      return [
        step('facilitator', 'set-criterion', { criterion, title: 'The same faces', chosenBy: { is: 'activity', activity: lastMeeting(agreement)?.id } }),
        step('facilitator', 'record-proxy-entry', { entry: criterion, onBehalfOf: residents[0], confirmed: 'read-back', on: today }),
      ];
    }
    case 'appoint-evaluator': {
      const criteria = agreement.evaluation.criteria.map(({ criterion }) => criterion);
      return [
        step('panel-chair', 'appoint-evaluator', { evaluator: residents[0], of: 'people', criteria }),
        step('panel-chair', 'appoint-evaluator', { evaluator: person('panel-chair'), of: 'professionals', criteria }),
      ];
    }
    case 'record-evaluator-declaration':
      return [step('facilitator', 'record-evaluator-declaration', { evaluator: named(what)[0], interest: 'none' })];
    case 'record-evaluator-training':
      return [step('facilitator', 'record-evaluator-training', { evaluators: named(what), on: today, source: 'An evening on how to read an offer' })];
    case 'record-assessment': {
      const evaluator = named(what)[0];
      const one = agreement.evaluation.evaluators.find((other) => other.evaluator === evaluator);
      return [
        ...(one?.interest === null ? [step('facilitator', 'record-evaluator-declaration', { evaluator, interest: 'none' })] : []),
        ...(one?.trainedOn === null ? [step('facilitator', 'record-evaluator-training', { evaluators: [evaluator], on: today, source: 'An evening on how to read an offer' })] : []),
        step('facilitator', 'record-assessment', { evaluator, criteria: one?.criteria, on: today, source: 'The minute of the panel' }),
      ];
    }
    case 'consider-option':
      return [
        step('commissioner', 'consider-option', { option: next(), title: 'Move it to the library', outcome: 'preferred', reasons: 'Everybody can reach it.' }),
        step('commissioner', 'consider-option', { option: next(), title: 'Leave it as it is', outcome: 'not-preferred', reasons: 'The hall is sold.' }),
      ];
    case 'discuss-option': {
      const option = agreement.options.find(({ title }) => what.includes(`“${title}”`))?.option;
      const [, ofProvider, named] = /^what (the provider|provider-(\S+))/.exec(what) ?? [];
      const other = ofProvider === undefined ? { is: 'people', activity: lastMeeting(agreement)?.id } : { is: 'provider', provider: named ?? provider };
      return [step('facilitator', 'discuss-option', { option, with: other, said: 'It would do.', on: today })];
    }
    case 'confirm-readiness':
      return [step('provider-signatory', 'confirm-readiness', { startsOn: today, says: 'Two cooks, the hall and a van.' })];
    case 'begin-cycle':
      return [step('contract-manager', 'begin-cycle', { cycle: troupe.next(), period: { startsOn: today, endsOn: today } })];
    case 'record-finding': {
      const kpi = agreement.kpis.kpis[0]?.kpi;
      const cycle = agreement.delivery.cycles.at(-1);
      return [
        // Where somebody delivers, they say first how it went.
        { ...step('provider-operator', 'record-observation', { observation: troupe.next(), kpi, period: cycle?.period, value: 92, source: 'the delivery sheets' }), mayBeDone: true },
        step('contract-manager', 'record-finding', { finding: troupe.next(), kpi, period: cycle?.period, question: 'Do they come on time?', method: 'asked at the table', answers: 12, value: 92 }),
        step('contract-manager', 'end-cycle', { cycle: cycle?.cycle, on: today }),
      ];
    }
    case 'record-no-dissent':
      // In the room where the whole procedure is walked somebody does dissent, and it stays.
      if (pathway.id === 'standard') return [step('elected-member', 'record-dissent', { dissent: next(), dissenter: person('elected-member'), from: 'evaluation', words })];
      return [step('panel-chair', 'record-no-dissent', { source: 'asked at the panel' })];
    case 'record-feedback':
      return [step('facilitator', 'record-feedback', { participants: named(what).length > 0 ? named(what) : residents, outcome: 'delivered' })];
    case 'raise-risk':
    case 'rescore-risk': {
      const score = { likelihood: 2, impact: 2 };
      return [step('risk-owner', 'raise-risk', { risk: next(), title: 'One cook alone', domain: 'service', bearers: ['service-users'], owner: person('commissioner'), levels: { inherent: null, current: null, target: null }, scores: { 'co-produced': score, 'professional-only': score, 'not-acting': score } })];
    }
    case 'answer-risk-prompt':
      return [step('risk-owner', 'answer-risk-prompt', { prompt: what.replace('an answer to the prompt ', ''), answer: { is: 'does-not-arise', because: 'Two cook together.' } })];
    case 'seek-statement':
      return [
        step('risk-owner', 'seek-statement', {
          statement: next(), group: 'service-users', form: 'plain-language', advocacyOffered: true,
          ...(byAdvocate(pathway) ? { of: 'advocate', because: 'No body of their own is in this place.' } : { of: 'user-led-body' }),
        }),
      ];
    case 'record-statement': {
      const statement = agreement.statements.find(({ view }) => view === null)!.id;
      // An advocate writes down what somebody says who came; a representative speaks where nobody came yet.
      if (byAdvocate(pathway)) return [step('advocate', 'record-statement', { statement, view: 'content', spokenBy: residents[0], words })];
      return [step('representative', 'record-statement', { statement, view: 'content', spokenBy: person('representative'), words })];
    }
    case 'acknowledge-risk':
      return [step(suppliedBy, 'acknowledge-risk', { risk: named(what)[0], says: 'I know who stands in.' })];
    case 'reply-to-objection':
      return [step('decision-maker', 'reply-to-objection', { statement: named(what)[0], reply: 'There is a second kitchen from May.', secondPerson: person('colleague') })];
    case 'second-reply':
      return [step('colleague', 'second-reply', { statement: named(what)[0] })];
    case 'conclude-challenge':
      return agreement.challenges.filter(({ concluded }) => concluded === null).map(({ challenge }) => step('colleague', 'conclude-challenge', { challenge, outcome: 'award-stands', reasons: 'The marks were given as announced.', on: today }));
    case 'answer-panel-advice':
      return [step('decision-maker', 'answer-panel-advice', { advice: named(what)[0], outcome: 'followed', reasons: 'Two cooks are in the contract.' })];
    case 'discuss-difference':
      return agreement.kpis.findings
        .filter(({ value, discussed }) => discussed.length === 0 && what.includes(`people ${value}%`))
        .map((finding) => step('contract-manager', 'discuss-difference', { finding: finding.finding, on: today, by: 'Both, with two diners', follows: 'Times are taken at the door.' }));
    case 'end-cycle':
      return [step('contract-manager', 'end-cycle', { cycle: agreement.delivery.cycles.at(-1)?.cycle, on: today })];
    case 'renew-sign-off': {
      const lapsed = agreement.signOffs.findLast(({ discipline, answer }) => what.includes(discipline) && answer.is === 'granted' && answer.expiresOn !== null)!;
      return [step(suppliedBy, 'renew-sign-off', ({ content }) => ({ signOff: lapsed.id, versionRead: content[lapsed.discipline], expiresOn: addDays(today, 400), review: document('review') }))];
    }
    case 'meet-sign-off-condition':
      return agreement.signOffs.flatMap(({ id, answer }) => (answer.is !== 'granted' ? [] : answer.conditions.flatMap(({ met }, at) => (met === null ? [step(suppliedBy, 'meet-sign-off-condition', { signOff: id, condition: at + 1, how: 'It lies with the papers.' })] : []))));
    case 'record-decision':
      return [
        step('decision-maker', 'record-decision', (now) => ({
          decision: next(), decidedBy: { kind: 'officer', delegation: 'Scheme 3.4' }, scheme: 'Constitution 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: today, inForceFrom: today,
          weighed: 'Reach against price.', versionRead: troupe.version(now),
        })),
      ];
    case 'second-decision':
      return [step('approver:finance', 'second-decision', { decision: agreement.decision!.decision })];
    case 'propose-award':
      return [
        ...(pathway.keepsRoute === true ? [{ ...step('commissioner', 'link-agreement', { to: troupe.varies, as: 'renews' }), mayBeDone: true as const }] : []),
        { ...step('commissioner', 'invite-provider', { provider }), mayBeDone: true },
        step('commissioner', 'propose-award', { provider, value: { amount: '9000.00', currency: 'GBP' } }),
      ];
    case 'publish-award-notice':
      return [step('commissioner', 'publish-award-notice', { publishedOn: today, reference: 'Ours/1' })];
    case 'accept-award':
      return [step('provider-signatory', 'accept-award', ({ content }) => ({ versionRead: content.award }))];
    case 'tell-what-came-of-it':
      return [step('facilitator', 'tell-what-came-of-it', { participants: named(what).length > 0 ? named(what) : residents, outcome: 'delivered' })];
    case 'check-answer': {
      // Whichever of all answers is drawn, somebody else checks it.
      const { own, themes } = contributionOf(agreement, what.slice(0, 36))!;
      const answeredBy = [own?.answeredBy, ...agreement.contributions.themes.filter(({ id }) => themes.includes(id)).map((theme) => theme.answeredBy)];
      return [step(answeredBy.includes(person('panel-chair')) ? 'facilitator' : 'panel-chair', 'check-answer', { contribution: what.slice(0, 36), finding: 'fits' })];
    }
    case 'record-published-notice':
      return [step('commissioner', 'record-published-notice', { notice: /\(([^)]+)\)$/.exec(what)![1]!, publishedOn: today, reference: 'Ours/2' })];
    case 'link-agreement':
      return [step('commissioner', 'link-agreement', what.includes('extended') ? { to: troupe.varies, as: 'renews' } : { to: troupe.ends, as: 'ends' })];
    case 'test-modification':
      return [step('contract-manager', 'test-modification', { ground: route.modification.grounds[0]!.id, confirmed: true, why: 'It goes on as it is.' })];
    case 'reverse-answer':
      return [step('facilitator', 'reverse-answer', { theme: what.split(':')[0], reasons: 'The hall is sold.' })];
    case 'tell-of-reversal': {
      const [author, theme] = what.replace(' was undone', '').split(': ');
      return [step('facilitator', 'tell-of-reversal', { theme, participants: [author], outcome: 'delivered' })];
    }
    case 'open-consultation':
      return [step('commissioner', 'open-consultation', { consultation: next(), proposal: 'End the club', reasons: 'The hall is sold.', options: ['Move it'], opensOn: today, closesOn: addDays(today, 90) })];
    case 'consider-consultation':
      return [step('commissioner', 'consider-consultation', { consultation: agreement.consultations.at(-1)!.consultation, responses: 12, summary: 'Most would move.', on: today })];
    case 'answer-for-consultation':
      return [step('commissioner', 'answer-for-consultation', { consultation: agreement.consultations.at(-1)!.consultation, rule: /\((\w+)\)$/.exec(what)![1], words: 'In my own words.' })];
    case 'choose-route':
      return [step('commissioner', 'choose-route', { route: { id: route.id }, ground: groundsToChoose(pathway, route)[0]!.id, why: 'It was asked for.' })];
    case 'record-urgency':
      return [step('commissioner', 'record-urgency', { ground: pathway.grounds!.find(({ regime }) => regime === route.regime)!.id, why: 'The home closes.', startsOn: agreement.facts['contract-period']?.value.startsOn ?? addDays(today, 60) })];
    default:
      if (suppliedBy === 'time') return 'time';
      throw new Error(`Nobody in this script supplies “${what}” by ${by}.`);
  }
}

// What rests on something else comes after it, and time passes last.
const lastly: readonly string[] = ['end-cycle', 'propose-award', 'request-sign-off', 'sign-off', 'record-decision', 'publish-award-notice', 'accept-award'];
const rank = ({ suppliedBy, by }: Missing): number => (suppliedBy === 'time' ? lastly.length : lastly.indexOf(by ?? ''));

/** What is supplied next of all that a gate misses; undefined where it misses nothing. */
export function nextMissing(checklist: Checklist): Missing | undefined {
  return checklist.filter(({ met }) => !met).flatMap(({ missing }) => missing).toSorted((a, b) => rank(a) - rank(b))[0];
}
