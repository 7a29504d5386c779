import { expect, test } from '@jest/globals';
import { given, type Happening, inDesign, people, refusals, type Scene } from './given.js';
import { missingAt } from './given-involvement.js';
import type { Mode } from '@concordat/pathway/core';
import { noLevels } from './risk.js';
import { riskPromptNames } from './risk-prompt.js';

const planned = (mode: Exclude<Mode, 'none'>): Happening => [
  'concordat.agreement.involvement-planned.v1',
  { stage: 'design', mode, subTypes: [], say: 3, do: 1, groups: ['diners'], method: 'x', people: 5, resources: { is: 'not-yet' }, accessCosts: { is: 'not-yet' } },
];
const raised: Happening = [
  'concordat.agreement.risk-raised.v1',
  { risk: 'r', title: 'Three cook every day', domain: 'safety', bearers: ['community'], owner: people.commissioner, levels: noLevels, reviewOn: null, on: '2026-06-01', scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null } },
];
const open = (scene: Scene) => missingAt(scene, 'risk.prompts-answered', {}).map(({ what }) => what.replace('an answer to the prompt ', ''));
const not = { is: 'does-not-arise', because: 'Nobody is alone: two cook together.' } as const;

test('what is designed or delivered with people answers each prompt of what that may bring with it; other work is not asked', () => {
  expect(open(given(planned('co-design')))).toEqual(riskPromptNames);
  expect(open(given(planned('co-delivery')))).toEqual(riskPromptNames);
  expect(open(given(planned('co-commissioning')))).toEqual([]);
  expect(open(inDesign)).toEqual([]);
});

test('a prompt is answered by a risk named for it, or by why it does not arise here', () => {
  const scene = given(planned('co-design'), raised)
    .did('answer-risk-prompt', { prompt: 'burden', answer: { is: 'named', risk: 'r' } })
    .did('answer-risk-prompt', { prompt: 'lone-volunteers', answer: not });
  expect(open(scene)).toEqual(['exploitation', 'capture', 'confidentiality']);
  expect(scene.agreement.riskPrompts['lone-volunteers']).toEqual({ answer: not, by: people.commissioner, on: '2026-06-01' });
});

test('an answer that names no risk of this agreement, says nothing, or says the same again is refused', () => {
  const answered = given(planned('co-design')).did('answer-risk-prompt', { prompt: 'burden', answer: not });
  expect(refusals(answered.when('answer-risk-prompt', { prompt: 'capture', answer: { is: 'named', risk: 'q' } }))).toEqual(['risk.unknown']);
  expect(refusals(answered.when('answer-risk-prompt', { prompt: 'capture', answer: { is: 'does-not-arise', because: ' ' } }))).toEqual(['risk-prompt.unexplained']);
  expect(refusals(answered.when('answer-risk-prompt', { prompt: 'burden', answer: not }))).toEqual(['already-so']);
});

test('a prompt is answered by no risk that is closed', () => {
  const closed = given(planned('co-design'), raised).did('close-risk', { risk: 'r', reason: 'Gone' });
  expect(closed.when('answer-risk-prompt', { prompt: 'burden', answer: { is: 'named', risk: 'r' } })).toMatchObject({ refused: [{ code: 'risk.closed', missing: [{ by: 'raise-risk' }] }] });
});

test('a prompt is open again once the risk that is named for it is closed, until it is said why it does not arise', () => {
  const named = given(planned('co-design'), raised).did('answer-risk-prompt', { prompt: 'lone-volunteers', answer: { is: 'named', risk: 'r' } });
  expect(open(named)).not.toContain('lone-volunteers');
  const closed = named.did('close-risk', { risk: 'r', reason: 'x' });
  expect(open(closed)).toEqual(riskPromptNames);
  expect(open(closed.did('answer-risk-prompt', { prompt: 'lone-volunteers', answer: not }))).not.toContain('lone-volunteers');
});

test('each prompt has a risk of its own', () => {
  const named = given(planned('co-design'), raised).did('answer-risk-prompt', { prompt: 'burden', answer: { is: 'named', risk: 'r' } });
  const again = { prompt: 'capture', answer: { is: 'named', risk: 'r' } } as const;
  expect(named.when('answer-risk-prompt', again)).toMatchObject({ refused: [{ code: 'risk-prompt.named-already', missing: [{ what: 'another risk: this one is named for burden', suppliedBy: 'risk-owner', by: 'raise-risk' }] }] });
  expect(refusals(named.did('answer-risk-prompt', { prompt: 'burden', answer: not }).when('answer-risk-prompt', again))).toEqual([]);
});
