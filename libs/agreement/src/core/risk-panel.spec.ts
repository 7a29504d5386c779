import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { given, type Happening, id, people, refusals, type Scene, type Who } from './given.js';
import { came, held, invited, missingAt, panel as evenings } from './given-involvement.js';
import { knownToday } from './known-today.js';
import { noLevels } from './risk.js';
import { sittingIn } from './risk-panel.js';

const raised: Happening = [
  'concordat.agreement.risk-raised.v1',
  { risk: 'r', title: 'Alone at night', domain: 'safety', bearers: ['service-users'], owner: people.stranger, levels: noLevels, reviewOn: null, on: '2026-06-01', scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null } },
];
const members = [{ of: 'service-users', member: id(80) }, { of: 'carers', member: id(81) }, { of: 'provider', member: people.signatory }, { of: 'commissioner', member: people.colleague }] as const;
const known = given(raised, held(evenings), came(evenings, id(80), id(81)));
const convened = known.did('convene-risk-panel', { panel: 'p', chair: people.commissioner, members });
const advice = { advice: 'a', panel: 'p', risks: ['r'], says: 'Two at night until the spring.', inFavour: 3, against: 1, dissent: 'It costs the day visits.', on: '2026-06-01' };
const advised = convened.did('record-panel-advice', advice);
const open = (scene: Scene) => missingAt(scene, 'risk.advice-answered', {});

test('advice is on record with its dissent, beside the decision, until the decision-maker says what they did with it', () => {
  expect(open(convened)).toEqual([]);
  expect(advised.agreement.riskPanels.advice).toMatchObject([{ id: 'a', says: advice.says, against: 1, dissent: advice.dissent, answer: null }]);
  expect(open(advised)).toEqual([{ what: 'what was done with the advice a', suppliedBy: 'decision-maker', by: 'answer-panel-advice' }]);
  const answer = { advice: 'a', outcome: 'followed-in-part', reasons: 'Two at night until we know more.' } as const;
  const answered = advised.did('answer-panel-advice', answer, 'decisionMaker');
  expect(open(answered)).toEqual([]);
  expect(answered.agreement.riskPanels.advice[0]?.answer).toMatchObject({ outcome: 'followed-in-part', by: people.decisionMaker });
  expect(refusals(answered.when('answer-panel-advice', answer, 'decisionMaker'))).toEqual(['already-so']);
  expect(refusals(answered.when('answer-panel-advice', { ...answer, advice: 'q' }, 'decisionMaker'))).toEqual(['risk-panel.advice-unknown']);
  expect(refusals(advised.when('answer-panel-advice', answer, 'outsider'))).toEqual([]);
  expect(refusals(advised.when('answer-panel-advice', answer, 'approver'))).toEqual(['right.missing']);
});

test('advice never counts as a sign-off, nor as that a risk was seen or a statement given', () => {
  const asks = [
    { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'approval', discipline: 'safeguarding' }] } }, { code: 'risk.escalated', parameters: {} }, { code: 'risk.statements-sought', parameters: { top: 10 } },
  ] as const;
  const asked = (scene: Scene) => check(scene.asking(...asks).agreement, scene.asking(...asks).context());
  expect(asked(advised)).toEqual(asked(convened));
});

test('a panel without those who carry a risk, of one group, with one member twice or chaired by nobody known is refused for each', () => {
  const alone = [{ of: 'provider', member: people.signatory }, { of: 'provider', member: people.signatory }] as const;
  expect(refusals(given(raised).when('convene-risk-panel', { panel: 'p', chair: id(99), members: alone }))).toEqual([
    'person.unknown', 'risk-panel.nobody-who-carries', 'risk-panel.not-shared', 'risk-panel.member-twice',
  ]);
  expect(refusals(convened.when('convene-risk-panel', { panel: 'p', chair: people.commissioner, members }))).toEqual(['already-so']);
});

describe('who sits in a panel', () => {
  const refused = (scene: Scene, ...others: readonly { of: 'service-users' | 'carers' | 'provider' | 'commissioner'; member: string }[]) => scene.when('convene-risk-panel', { panel: 'p', chair: people.commissioner, members: [members[0], members[2], ...others] });
  const strangers = { code: 'risk-panel.member-unknown' };

  test('is known here: nobody this organisation never heard of, and every one who is not is named', () => {
    const unknown = { what: `${id(99)} for carers`, suppliedBy: 'facilitator', by: 'invite-participant' };
    const nobody = { what: `person-${id(98)} for commissioner`, suppliedBy: 'administrator', by: 'register-person' };
    expect(refused(known, { of: 'carers', member: id(99) }, { of: 'commissioner', member: id(98) })).toMatchObject({ refused: [{ ...strangers, missing: [unknown, nobody] }] });
    expect(refusals(refused(known.given(invited(evenings, id(99))), { of: 'carers', member: id(99) }))).toEqual([]);
  });

  test('sits for the group they are of: staff for no carers, no commissioner for the provider, no provider for the commissioner', () => {
    for (const other of [{ of: 'carers', member: people.colleague }, { of: 'provider', member: people.colleague }, { of: 'commissioner', member: people.otherSignatory }, { of: 'commissioner', member: id(81) }] as const) {
      expect(refused(known, other)).toMatchObject({ refused: [strangers] });
    }
    expect(refusals(refused(known, { of: 'carers', member: people.representative }))).toEqual([]);
    const staffToo = known.knowing('representative', { identities: [{ person: people.colleague, provider: null }] });
    expect(refused(staffToo, { of: 'carers', member: people.representative })).toMatchObject({ refused: [strangers] });
  });

  test('sits in it once, under whichever id', () => {
    const twice = known.knowing('colleague', { identities: [{ person: people.approver, provider: null }] }).knowing('approver', { identities: [{ person: people.colleague, provider: null }] });
    const both = [{ of: 'commissioner', member: people.colleague }, { of: 'commissioner', member: people.approver }] as const;
    expect([known, twice].map((scene) => refusals(refused(scene, ...both)))).toEqual([[], ['risk-panel.member-twice']]);
  });

  test('is still here, and is chaired by somebody who may say what it advises and works for no bidder', () => {
    expect(refused(known.knowing('colleague', { disabled: true }), { of: 'commissioner', member: people.colleague })).toMatchObject({ refused: [strangers] });
    expect(refusals(known.when('convene-risk-panel', { panel: 'p', chair: people.approver, members }))).toEqual(['risk-panel.chair-may-not-advise']);
    expect(refusals(known.when('convene-risk-panel', { panel: 'p', chair: people.signatory, members }))).toEqual(['risk.owner-bids', 'risk-panel.chair-may-not-advise']);
  });
});

test('only whoever chairs the panel says what it advises', () => {
  expect(refusals(convened.when('record-panel-advice', advice, 'colleague'))).toEqual(['risk-panel.not-the-chair']);
  expect(refusals(convened.when('record-panel-advice', { ...advice, panel: 'q' }))).toEqual(['risk-panel.unknown']);
  expect(refusals(advised.when('record-panel-advice', advice))).toEqual(['already-so']);
});

test('advice of more voices than members, with dissent unsaid or of nobody, on an unknown risk or ahead of its day is refused', () => {
  const refused = (changes: Partial<typeof advice>) => refusals(convened.when('record-panel-advice', { ...advice, ...changes }));
  expect(refused({ inFavour: 4 })).toEqual(['risk-panel.voices']);
  expect(refused({ inFavour: 0 })).toEqual(['risk-panel.voices']);
  expect(refused({ dissent: ' ' })).toEqual(['risk-panel.dissent-unsaid']);
  expect(refused({ against: 0 })).toEqual(['risk-panel.dissent-of-nobody']);
  expect(refused({ risks: ['q'], on: '2026-06-02' })).toEqual(['risk.unknown', 'risk-panel.ahead']);
  expect(refused({ on: '2026-05-31' })).toEqual(['risk-panel.not-convened-yet']);
});

test('two members who turn out to be one person sit in it once, and speak with one voice', () => {
  const found = convened.knowing('colleague', { identities: [{ person: people.signatory, provider: null }] }).knowing('signatory', { identities: [{ person: people.colleague, provider: null }] });
  const sitting = (scene: Scene) => {
    const today = knownToday(scene.agreement, scene.persons);
    return sittingIn(today, today.riskPanels.panels[0]!).map(({ member }) => member);
  };
  expect([sitting(convened), sitting(found)]).toEqual([members.map(({ member }) => member), members.slice(0, 3).map(({ member }) => member)]);
  expect([convened, found].map((scene) => refusals(scene.when('record-panel-advice', advice)))).toEqual([[], ['risk-panel.voices']]);
  expect(refusals(found.when('record-panel-advice', { ...advice, inFavour: 2 }))).toEqual([]);
});

describe('advice is apart from the decision: what was done with it is said', () => {
  const answer = { advice: 'a', outcome: 'followed', reasons: 'They know it best.' } as const;
  const answers = (scene: Scene, who: Who) => scene.when('answer-panel-advice', answer, who);

  test('by nobody who chaired the panel or sat in it, under any of their ids', () => {
    expect(answers(advised, 'commissioner')).toMatchObject({ refused: [{ code: 'risk-panel.advised-it', missing: [{ what: 'someone other than those who advised it', suppliedBy: 'decision-maker', by: 'answer-panel-advice' }] }] });
    expect(refusals(answers(advised, 'colleague'))).toEqual(['risk-panel.advised-it']);
    expect(refusals(answers(advised.knowing('decisionMaker', { identities: [{ person: people.colleague, provider: null }] }), 'decisionMaker'))).toEqual(['risk-panel.advised-it']);
    expect(refusals(answers(advised, 'decisionMaker'))).toEqual([]);
  });

  test('anew where whoever said it turns out to have advised it', () => {
    const answered = advised.did('answer-panel-advice', answer, 'decisionMaker');
    const found = answered.knowing('decisionMaker', { identities: [{ person: people.commissioner, provider: null }] });
    expect([open(answered), open(found)]).toEqual([[], [{ what: 'what was done with the advice a', suppliedBy: 'decision-maker', by: 'answer-panel-advice' }]]);
    expect(refusals(answers(found, 'decisionMaker'))).toEqual(['risk-panel.advised-it']);
    expect(open(found.did('answer-panel-advice', answer, 'outsider'))).toEqual([]);
  });
});
