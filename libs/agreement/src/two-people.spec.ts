import { pathways, routes } from '@concordat/pathway';
import type { Discipline } from '@concordat/pathway/core';
import { expect, test } from '@jest/globals';
import type { FactValues } from './core/facts.js';
import { agreementId, id, people, provider, refusals, Scene, type Who } from './core/given.js';
import { noLevels } from './core/risk.js';

// A £9,000 lunch club is passable in an afternoon by two people: one proposes, the other agrees. The provider signs for itself.

const value = { amount: '9000.00', currency: 'GBP' };
const document = (title: string) => ({ reference: `DMS/${title}`, title });
const today = '2026-06-01';
const activity = id(200);
const asked = id(204);
const residents = [id(201), id(202), id(203)];

function opened(pathway: string, route: string, kind: 'contract' | 'grant'): Scene {
  return Scene.empty
    .following(pathways.find(pathway, 1)!)
    .alongRoute(routes.find(route)!)
    .did('open-agreement', { title: 'Lunch club', kind, pathway: { id: pathway }, route: { id: route }, value, raises: [] });
}

let made = 300;
const next = (): string => id((made += 1));

const through = (scene: Scene): Scene => scene.did('request-gate', { stage: scene.agreement.stage });
const facts = (scene: Scene, amended: FactValues): Scene => scene.did('amend-facts', { facts: amended });

function approved(scene: Scene, discipline: Discipline, by: Who = 'colleague'): Scene {
  const signOff = next();
  const asked = scene.did('request-sign-off', { signOff, kind: 'approval', discipline });
  return asked.did('sign-off', { signOff, versionRead: asked.agreement.content[discipline], outcome: { is: 'granted', conditions: [] } }, by);
}

/** Three residents meet, say something, have an answer, and decide together. */
function residentsDecide(scene: Scene): Scene {
  const { stage } = scene.agreement;
  const [contribution, theme] = [next(), next()];
  return scene
    .did('plan-involvement', { stage, mode: 'co-design', subTypes: [], say: 4, do: 0, groups: ['diners'], method: 'A meal together', people: 3, resources: { is: 'budget', amount: { amount: '100.00', currency: 'GBP' } }, accessCosts: { is: 'not-yet' } })
    .did('plan-activity', { activity, stage, title: 'A meal together', groups: ['diners'], right: 'decide-jointly', ledBy: 'together', closesOn: '2026-06-30' })
    .did('record-attendance', { activity, participants: residents, on: today })
    .did('record-contribution', { contribution, activity, author: residents[0]!, text: { subject: residents[0]!, sealed: 'x' }, givenOn: today })
    .did('create-theme', { theme, title: 'Hot food' })
    .did('put-in-theme', { theme, contributions: [contribution] })
    .did('answer-theme', { theme, response: { outcome: 'adopted', reasons: 'Everyone asked for it.', changed: 'A cook is part of the offer.' } })
    .did('record-joint-decision', { activity, decided: 'Hot food, twice a week', on: today })
    .did('record-feedback', { participants: [residents[0]!], outcome: 'delivered' });
}

function awarded(scene: Scene, by: Who = 'colleague'): Scene {
  const proposed = scene.did('invite-provider', { provider }).did('propose-award', { provider, value });
  const agreed = approved(proposed, 'finance', by);
  const decided = agreed
    .did(
      'record-decision',
      {
        decision: next(),
        decidedBy: { kind: 'officer', delegation: 'Scheme 3.4' },
        scheme: 'Constitution 3.4',
        key: { is: 'not-key' },
        callIn: { is: 'not-open' },
        decidedOn: today,
        inForceFrom: today,
        weighed: 'Reach against price.',
        versionRead: agreed.decisionVersion,
      },
      by,
    )
    .did('publish-award-notice', { publishedOn: today, reference: 'Ours/1' });
  return decided.did('accept-award', { versionRead: decided.agreement.content.award }, 'signatory');
}

function grantAtItsAward(): Scene {
  const mandate = facts(opened('grant', 'grant', 'grant'), { 'people-concerned': 12, 'affected-groups': ['diners'] });
  expect(mandate.agreement.tier).toBe('small');
  const offer = through(mandate.did('declare-no-conflict', { person: people.commissioner, role: 'commissioner' }));
  const panel = through(facts(offer, { description: 'Hot meals twice a week.', 'safeguarding-screen': document('Screen') }));
  return through(residentsDecide(panel));
}

test('a grant of £9,000 goes from its case to its delivery with two people and the provider’s signatory', () => {
  expect(through(awarded(grantAtItsAward())).agreement).toMatchObject({ stage: 'delivery', award: { parties: { [provider]: 'provider' } } });
});

test('the second of the two may be an officer of a buddy organisation, under a record that lets it decide', () => {
  const buddy = id(240);
  const officer = { partner: buddy, agreements: [agreementId], until: '2027-03-31' } as const;
  const beside = grantAtItsAward().knowing('stranger', { grants: [{ grant: id(241), role: 'approver', discipline: 'finance', ...officer }, { grant: id(242), role: 'decision-maker', ...officer }] });
  const recorded = { partner: buddy, title: 'Harbour Trust', identifier: null, may: 'decide', basis: 'Letter of 1 May 2026', from: today, until: '2027-03-31', shares: [] } as const;
  const done = through(awarded(beside.did('record-partner', recorded), 'stranger'));
  expect(done.agreement).toMatchObject({ stage: 'delivery', tier: 'small' });
  // Without the record their role says nothing here.
  const asked = beside.did('invite-provider', { provider }).did('propose-award', { provider, value }).did('request-sign-off', { signOff: id(243), kind: 'approval', discipline: 'finance' });
  expect(refusals(asked.when('sign-off', { signOff: id(243), versionRead: asked.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'stranger'))).toEqual(['partner.not-in-force']);
});

test('a contract of £9,000 on the standard pathway goes from mandate to mobilisation with the same two', () => {
  const mandate = approved(
    facts(opened('standard', 'pa2023-light-touch', 'contract'), { sponsor: people.commissioner, 'people-concerned': 12, 'affected-groups': ['diners'] }).did('declare-no-conflict', {
      person: people.commissioner,
      role: 'commissioner',
    }),
    'sponsor',
  )
    .did('plan-activity', { activity: asked, stage: 'mandate', title: 'An evening at the hall', groups: ['diners'], right: 'consult', ledBy: 'together', closesOn: today })
    .did('record-attendance', { activity: asked, participants: residents, on: today })
    .did('record-stages-that-matter', { group: 'diners', stages: ['design'], source: 'Asked at the hall', activity: asked });
  const needs = facts(through(mandate), { 'safeguarding-screen': document('Screen') });
  const priorities = facts(through(needs), { 'financial-envelope': document('Envelope') });

  const risk = next();
  const statement = next();
  const score = { likelihood: 2, impact: 2 };
  const scores = { 'co-produced': score, 'professional-only': score, 'not-acting': { likelihood: 4, impact: 3 } };
  const design = residentsDecide(facts(through(priorities), { specification: document('Specification'), 'health-service': 'no' }))
    .did('raise-risk', { risk, title: 'One cook alone', bearers: ['service-users'], owner: people.commissioner, domain: 'service', scores, levels: noLevels })
    .did('seek-statement', { statement, group: 'service-users', of: 'user-led-body', form: 'plain-language', advocacyOffered: true })
    .did('record-proxy-entry', { entry: statement, onBehalfOf: residents[0]!, confirmed: 'read-back', on: '2026-06-01' }, 'colleague')
    .did('record-statement', { statement, view: 'content', spokenBy: residents[0]!, words: { subject: residents[0]!, sealed: 'x' } }, 'colleague');

  const route = facts(through(approved(design, 'safeguarding')), { 'conflicts-assessment': document('Conflicts') });
  const sourcing = facts(through(approved(route, 'legal-procurement')), { evaluation: document('Evaluation') });
  const award = through(sourcing).did('declare-no-conflict', { person: people.colleague, role: 'decision-maker' }, 'colleague');

  expect(through(awarded(award)).agreement).toMatchObject({ stage: 'mobilisation', tier: 'small' });
});

test('neither of the two passes it alone', () => {
  const mandate = facts(opened('standard', 'pa2023-light-touch', 'contract'), { sponsor: people.commissioner, 'affected-groups': ['diners'] });
  const asked = mandate.did('request-sign-off', { signOff: id(299), kind: 'approval', discipline: 'sponsor' });
  const own = asked.when('sign-off', { signOff: id(299), versionRead: asked.agreement.content.sponsor, outcome: { is: 'granted', conditions: [] } });
  expect(refusals(own)).toEqual(['sign-off.own-work']);
  expect(refusals(asked.when('request-gate', { stage: 'mandate' }))).toEqual(['conflicts.declared', 'sign-offs.granted']);
});
