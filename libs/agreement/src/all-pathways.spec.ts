import { pathways, routes } from '@concordat/pathway';
import { factForms, type FactName, type Pathway, type Route, routeFits, type SubType, type Tier, tiers } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { check, type ChecklistItem } from './core/check.js';
import { unrecordedAnswers } from './core/existing-activity.js';
import type { ConsultationRule } from './core/consultation.js';
import { id, people, provider, refusals, Scene, type Who } from './core/given.js';
import type { Missing } from '@concordat/journal/core';

// Every pathway that ships, from its first stage to its last, in every tier: each gate is asked before anything of its stage is
// done, refuses for all of what it asks and nothing else, and opens once each missing thing is supplied as the refusal says.

let made = 1_000;
const next = (): string => id((made += 1));
const residents = Array.from({ length: 5 }, (_, at) => id(900 + at));
const group = 'diners';
const sealed = { subject: residents[0]!, sealed: 'x' };
const document = (name: string) => ({ reference: `DMS/${name}`, title: name });

function valueOf(name: FactName, today: string): unknown {
  switch (factForms[name]) {
    case 'money': return { amount: '9000.00', currency: 'GBP' };
    case 'person': return people.commissioner;
    case 'count': return name === 'people-without-arrangement' ? 0 : 5;
    case 'list': return [group];
    case 'document': return document(name);
    case 'date': return today;
    case 'period': return { startsOn: addDays(today, 30), endsOn: addDays(today, 400) };
    default: return 'no';
  }
}

/** Five people meet in this stage, say something, are answered, and decide together. */
function meet(scene: Scene): Scene {
  const { agreement: { stage }, today } = scene;
  const [activity, theme] = [next(), next()];
  const asked = check(scene.agreement, scene.context()).find(({ code }) => code === 'involvement.planned-as')?.parameters as { subTypes?: readonly SubType[] } | undefined;
  const subTypes = asked?.subTypes ?? [];
  const mode = modeOf[subTypes[0] ?? 'co-planning'];
  const money = { is: 'budget', amount: { amount: '100.00', currency: 'GBP' } } as const;
  const pack = next();
  const planned = scene.when('plan-involvement', {
    stage, mode, subTypes, accessCosts: money, say: 4, do: 0, groups: [group], method: 'A meal together', people: 5, resources: money,
  });
  const ready = 'accepted' in planned ? planned.accepted.reduce((world, event) => world.after(event), scene) : scene;
  const offered = residents.reduce(
    (world, participant) =>
      ('accepted' in world.when('record-benefits-advice', { participant, on: today, source: 'the advice centre', taken: true }) ? world.did('record-benefits-advice', { participant, on: today, source: 'the advice centre', taken: true }) : world)
        .did('offer-payment', { offer: next(), activity, participant, amount: money.amount }),
    ready
      .did('plan-activity', { activity, stage, title: 'A meal together', groups: [group], right: 'decide-jointly', ledBy: 'together', closesOn: today })
      .did('record-attendance', { activity, participants: residents, on: today })
      .did('issue-information', { pack, activity, title: 'What it rests on', document: document('pack'), forms: ['easy-read'], changed: '' })
      .did('record-information-given', { pack, version: 1, participants: residents, on: today })
      .did('record-joint-decision', { activity, decided: 'Hot food, twice a week', on: today }),
  );
  return said(offered, activity, theme);
}

function said(scene: Scene, activity: string, theme: string): Scene {
  const contribution = next();
  return scene
    .did('record-contribution', { contribution, activity, author: residents[0]!, text: sealed, givenOn: scene.today } as never)
    .did('create-theme', { theme, title: 'Hot food' })
    .did('put-in-theme', { theme, contributions: [contribution] })
    .did('answer-theme', { theme, response: { outcome: 'adopted', reasons: 'Everyone asked for it.', changed: 'A cook is part of the offer.' } });
}

const modeOf: Readonly<Record<SubType, 'co-commissioning' | 'co-delivery' | 'co-assessment'>> = {
  'co-planning': 'co-commissioning', 'co-prioritisation': 'co-commissioning', 'co-financing': 'co-commissioning', 'co-managing': 'co-delivery', 'co-performing': 'co-delivery', 'co-monitoring': 'co-assessment', 'co-evaluation': 'co-assessment',
};

const holding: Readonly<Record<string, Who>> = { 'decision-maker': 'decisionMaker' };

/** Supplies one missing thing by the command the refusal names. */
function supplied(scene: Scene, { what, suppliedBy, by }: Missing): Scene {
  const { agreement, today } = scene;
  switch (by) {
    case 'amend-facts': {
      const name = (Object.keys(factForms) as FactName[]).find((fact) => fact === what)!;
      return scene.did('amend-facts', { facts: { [name]: valueOf(name, today) } });
    }
    case 'declare-conflict': {
      const who = holding[suppliedBy] ?? 'commissioner';
      return scene.did('declare-no-conflict', { person: people[who], role: suppliedBy as never }, who);
    }
    case 'request-sign-off':
    case 'sign-off': {
      const [, kind, discipline] = /^(approval|acceptance) of ([a-z-]+)/.exec(what) as unknown as [string, 'approval' | 'acceptance', keyof typeof agreement.content];
      const signOff = next();
      // Of whom an acceptance is asked, the facts name; a controller is somebody other than the approver.
      const controls = kind === 'acceptance' && discipline === 'information-governance';
      const party = controls && agreement.facts.controller?.value !== people.colleague ? scene.did('amend-facts', { facts: { controller: people.colleague } }) : scene;
      const asked = party.did('request-sign-off', { signOff, kind, discipline } as never);
      const signs: Who = controls ? 'colleague' : kind === 'acceptance' ? 'commissioner' : 'approver';
      return asked.did('sign-off', { signOff, versionRead: asked.agreement.content[discipline], outcome: { is: 'granted', conditions: [] } }, signs);
    }
    // One approver signs for every discipline here, which a second person reads.
    case 'second-sign-off': {
      const waiting = agreement.signOffs.find(({ voices }) => voices.some(({ second }) => second.is === 'awaited'))!;
      return scene.did('second-sign-off', { signOff: waiting.id }, 'decisionMaker');
    }
    case 'record-stages-that-matter':
      return scene.did('record-stages-that-matter', { group, stages: scene.pathway.stages.map((stage) => stage.id) });
    case 'plan-involvement':
    case 'plan-activity':
    case 'record-attendance':
    case 'record-contribution':
    case 'record-joint-decision':
      return meet(scene);
    case 'record-what-people-do':
      return scene.did('record-asked-what-people-do', { group, answer: unrecordedAnswers[0], source: 'asked at the hall' });
    case 'record-no-dissent':
      return scene.did('record-no-dissent', { source: 'asked at the panel' });
    case 'issue-information':
    case 'offer-payment':
      return meet(scene);
    case 'record-feedback':
      return scene.did('record-feedback', { participants: what.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? residents, outcome: 'delivered' } as never);
    case 'raise-risk':
    case 'rescore-risk': {
      const score = { likelihood: 2, impact: 2 };
      return scene.did('raise-risk', { risk: next(), title: 'One cook alone', bearers: ['service-users'], owner: people.commissioner, scores: { 'co-produced': score, 'professional-only': score, 'not-acting': score } } as never);
    }
    case 'seek-statement':
      return scene.did('seek-statement', { statement: next(), group: 'service-users', of: 'user-led-body', form: 'plain-language', advocacyOffered: true });
    case 'record-statement':
      return scene.did('record-statement', { statement: agreement.statements.find(({ view }) => view === null)!.id, view: 'content', spokenBy: residents[0]!, words: sealed } as never);
    case 'record-decision':
      return scene.did(
        'record-decision',
        {
          decision: next(), decidedBy: { kind: 'officer', delegation: 'Scheme 3.4' }, scheme: 'Constitution 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: today, inForceFrom: today,
          weighed: 'Reach against price.', versionRead: agreement.content.decision,
        } as never,
        'decisionMaker',
      );
    case 'propose-award':
      return scene.did('invite-provider', { provider }).did('propose-award', { provider, value: { amount: '9000.00', currency: 'GBP' } });
    case 'publish-award-notice':
      return scene.did('publish-award-notice', { publishedOn: today, reference: 'Ours/1' });
    case 'accept-award':
      return scene.did('accept-award', { versionRead: agreement.content.award }, 'signatory');
    case 'tell-what-came-of-it':
      return scene.did('tell-what-came-of-it', { participants: what.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? residents, outcome: 'delivered' });
    case 'check-answer':
      return scene.did('check-answer', { contribution: what.slice(0, 36), finding: 'fits' }, 'colleague');
    case 'record-published-notice':
      return scene.did('record-published-notice', { notice: /\(([^)]+)\)$/.exec(what)![1]!, publishedOn: today, reference: 'Ours/2' });
    case 'open-consultation':
      return scene.did('open-consultation', { consultation: next(), proposal: 'End the club', reasons: 'The hall is sold.', options: ['Move it'], opensOn: today, closesOn: addDays(today, 90) });
    case 'consider-consultation':
      return scene.did('consider-consultation', { consultation: agreement.consultations.at(-1)!.consultation, responses: 12, summary: 'Most would move.', on: today });
    case 'answer-for-consultation':
      return scene.did('answer-for-consultation', { consultation: agreement.consultations.at(-1)!.consultation, rule: /\((\w+)\)$/.exec(what)![1] as ConsultationRule, words: 'In my own words.' });
    case 'record-urgency':
      return scene.did('record-urgency', { ground: scene.pathway.grounds!.find(({ regime }) => regime === scene.route.regime)!.id, why: 'x', startsOn: addDays(today, 60), registration: { is: 'not-regulated' } });
    default:
      if (suppliedBy === 'time') return scene.on(addDays(today, 7));
      throw new Error(`Nobody in this spec supplies “${what}” by ${by}.`);
  }
}

// What rests on something else comes after it, and time passes last.
const lastly: readonly string[] = ['propose-award', 'request-sign-off', 'sign-off', 'record-decision', 'publish-award-notice', 'accept-award'];
const rank = ({ suppliedBy, by }: Missing): number => (suppliedBy === 'time' ? lastly.length : lastly.indexOf(by ?? ''));

const unmet = (scene: Scene): readonly ChecklistItem[] => check(scene.agreement, scene.context()).filter(({ met }) => !met);

/** Through one gate. @returns the world behind it, and the codes for which it was first refused. */
function through(before: Scene): { readonly after: Scene; readonly refused: readonly string[] } {
  const { stage } = before.agreement;
  const refused = refusals(before.when('request-gate', { stage }));
  let scene = before;
  for (let step = 0; step < 120; step += 1) {
    const open = unmet(scene);
    if (open.length === 0) return { after: scene.did('request-gate', { stage }), refused };
    const [first] = open.flatMap(({ missing }) => missing).toSorted((a, b) => rank(a) - rank(b));
    scene = supplied(scene, first!);
  }
  throw new Error(`The gate of ${stage} does not open: ${JSON.stringify(unmet(scene).map(({ code, missing }) => [code, missing]))}`);
}

const raised = { small: [], standard: ['untried-model'], major: ['untried-model'] } as const;
const worth: Readonly<Record<Tier, string>> = { small: '9000.00', standard: '9000.00', major: '900000.00' };

function walk(pathway: Pathway, route: Route, tier: Tier) {
  let scene = Scene.empty
    .following(pathway)
    .alongRoute(route)
    .did('open-agreement', { title: 'Meals', kind: pathway.kinds[0]!, pathway: { id: pathway.id }, route: { id: route.id }, value: { amount: worth[tier], currency: 'GBP' }, raises: raised[tier] });
  const reasons: Record<string, readonly string[]> = {};
  while (scene.agreement.lifecycle !== 'closed') {
    const { stage } = scene.agreement;
    const asked = check(scene.agreement, scene.context()).map(({ code }) => code);
    const { after, refused } = through(scene);
    reasons[stage] = [...new Set(refused)];
    expect(refused.filter((code) => !(asked as string[]).includes(code))).toEqual([]);
    scene = after;
  }
  return { scene, reasons };
}

const ways = pathways.all.flatMap((pathway) => routes.latest().filter((route) => routeFits(pathway, route)).slice(0, 1).map((route) => ({ pathway, route })));

test.each(ways.flatMap(({ pathway, route }) => tiers.map((tier) => [`${pathway.id} ${pathway.version}`, route.id, tier, pathway, route] as const)))(
  '%s by %s in the tier %s runs from its first stage to its last, refused at each gate for what it asks',
  (_, __, tier, pathway, route) => {
    const { scene, reasons } = walk(pathway, route, tier);
    expect(scene.agreement).toMatchObject({ lifecycle: 'closed', stage: pathway.stages.at(-1)!.id });
    expect(Object.keys(reasons)).toEqual(pathway.stages.map(({ id: stage }) => stage));
    if (tier !== 'small') expect(Object.entries(reasons).filter(([, codes]) => codes.length === 0).map(([stage]) => stage)).toEqual([]);
  },
);
