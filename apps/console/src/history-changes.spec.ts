import { eventSchemas } from '@concordat/agreement';
import { type Agreement, type AgreementEventType, agreementEventTypes, agreementStream, evolve, type Events, initialAgreement } from '@concordat/agreement/core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { fromSchema } from '../../../test/journeys/from-schema.js';
import { changedBy, changesIn } from './history-changes.js';
import { Named } from './names.js';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [agreement, commissioner] = [id(1), id(2)];
const meta = { actor: commissioner, command: 'amend-facts', commandId: id(4), correlationId: id(4), causationId: null } as never;

let version = 0;
function after<T extends AgreementEventType>(state: Agreement, type: T, data: Events[T]): Agreement {
  version += 1;
  return evolve(state, { stream: agreementStream(agreement), type, data, version, recordedAt: '2026-06-01T09:00:00.000Z', meta } as never);
}

describe('what an event changed', () => {
  let state: Agreement = initialAgreement;
  /** What it changed, as name, before, after. */
  const changes = <T extends AgreementEventType>(type: T, data: Events[T]) => {
    const before = state;
    state = after(before, type, data);
    return changesIn(before, state, { type, data }).map(({ name, before: was, after: is }) => [name, was, is]);
  };
  const content = initialAgreement.content;
  const pounds = (amount: string) => ({ amount, currency: 'GBP' });

  test('facts: the value, the period and the tier that follows from them, and only what stood before', () => {
    expect(changes('concordat.agreement.opened.v1', { title: 'Lunch', kind: 'grant', pathway: { id: 'standard', version: 2 }, route: { id: 'grant', version: 1 }, tier: 'small', raises: [], stage: 'mandate', facts: { value: pounds('9000.00') }, content } as never)).toEqual([]);
    const period = { startsOn: '2026-09-01', endsOn: '2027-08-31' };
    expect(changes('concordat.agreement.facts-amended.v1', { facts: { 'contract-period': period, lead: id(7) }, tier: 'small', content, material: [] } as never)).toEqual([]);
    expect(changes('concordat.agreement.facts-amended.v1', { facts: { value: pounds('90000.00'), 'contract-period': { ...period, endsOn: '2028-08-31' }, lead: id(8) }, tier: 'standard', content, material: ['finance'] } as never)).toEqual([
      ['facts.value', pounds('9000.00'), pounds('90000.00')],
      ['facts.contract-period', period, { ...period, endsOn: '2028-08-31' }],
      ['facts.lead', id(7), id(8)],
      ['tier', 'small', 'standard'],
    ]);
  });

  test('where it stands: gate, stage, hold and going back', () => {
    expect(changes('concordat.agreement.gate-opened.v1', { stage: 'mandate', tier: 'standard', decision: 'opened', conditions: [], waivers: [], onCondition: [] })).toEqual([['gate', 'Shut', 'Opened']]);
    expect(changes('concordat.agreement.stage-entered.v1', { stage: 'needs', from: 'mandate' })).toEqual([['stage', 'mandate', 'needs']]);
    expect(changes('concordat.agreement.held.v1', { reason: 'Snow', until: '2026-07-01' })).toEqual([['state', 'Open', 'Held'], ['until', null, '2026-07-01']]);
    expect(changes('concordat.agreement.resumed.v1', {})).toEqual([['state', 'Held', 'Open'], ['until', '2026-07-01', null]]);
  });

  test('a risk: its scores three ways, how large it is, and that it was closed', () => {
    const score = (likelihood: number, impact: number) => ({ likelihood, impact }) as never;
    const scores = { 'co-produced': score(3, 4), 'professional-only': score(2, 5), 'not-acting': null };
    const levels = { inherent: null, current: score(3, 3), target: null };
    expect(changes('concordat.agreement.risk-raised.v1', { risk: id(20), title: 'Alone', domain: 'safety', bearers: ['carers'], owner: id(7), scores, levels, reviewOn: null, on: '2026-06-01' } as never)).toEqual([]);
    expect(changes('concordat.agreement.risk-rescored.v1', { risk: id(20), scores: { ...scores, 'co-produced': score(2, 2) }, reason: 'A rota' } as never)).toEqual([['scores.co-produced', score(3, 4), score(2, 2)]]);
    expect(changes('concordat.agreement.risk-reviewed.v1', { risk: id(20), levels: { ...levels, current: score(2, 2) }, reviewOn: '2026-12-01', on: '2026-06-01' } as never)).toEqual([
      ['levels.current', score(3, 3), score(2, 2)],
      ['reviewOn', null, '2026-12-01'],
    ]);
    expect(changes('concordat.agreement.risk-reviewed.v1', { risk: id(20), levels: { ...levels, current: score(2, 2) }, reviewOn: '2026-12-01', reason: 'Who did left', owner: id(8) } as never)).toEqual([['owner', id(7), id(8)]]);
    expect(changes('concordat.agreement.risk-reviewed.v1', { risk: id(20), levels: { ...levels, current: score(2, 2) }, reviewOn: '2026-12-01', reason: 'No carers', bearers: ['public'] } as never)).toMatchObject([['bearers', expect.anything(), ['public']]]);
    expect(changes('concordat.agreement.risk-closed.v1', { risk: id(20), reason: 'Gone' } as never)).toEqual([['state', 'Open', 'Closed']]);
  });

  test('an answer: what it says, and until which day it was deferred', () => {
    changes('concordat.agreement.theme-created.v1', { theme: id(60), title: 'Travel' } as never);
    const answer = (response: object) => changes('concordat.agreement.theme-answered.v1', { theme: id(60), response: { reasons: 'x', ...response }, on: '2026-06-01', again: false, sampled: [] } as never);
    expect(answer({ outcome: 'deferred', until: '2026-09-01' })).toEqual([['answer-given', 'Awaited', 'Deferred'], ['until', null, '2026-09-01']]);
    expect(answer({ outcome: 'not-adopted' })).toEqual([['answer-given', 'Deferred', 'Not adopted'], ['until', '2026-09-01', null]]);
  });

  test('a benefit: that it was observed, and what was observed instead', () => {
    changes('concordat.agreement.benefit-named.v1', { benefit: id(40), outcome: id(41), what: 'Fewer nights in hospital', kind: 'saving', from: 'agency-spending', whoGains: 'commissioner', expected: { is: 'money', amount: pounds('5000.00') }, comparison: 'The next ward' });
    const observed = (amount: string, source: string) => ({ benefit: id(40), observed: { is: 'money', amount: pounds(amount) }, against: 'The next ward', on: '2026-06-01', source }) as const;
    expect(changes('concordat.agreement.benefit-observed.v1', observed('500000.00', 'A guess'))).toEqual([['state', 'Potential', 'Observed'], ['seen-on', null, '2026-06-01']]);
    expect(changes('concordat.agreement.benefit-observed.v1', observed('5000.00', 'Hospital figures'))).toEqual([['observed', pounds('500000.00'), pounds('5000.00')], ['source', 'A guess', 'Hospital figures']]);
  });

  test('sign-offs, waivers, commitments and providers: what each had come to, and what it comes to now', () => {
    changes('concordat.agreement.sign-off-requested.v1', { signOff: id(30), kind: 'approval', discipline: 'finance', of: null, panel: null, stage: 'needs' });
    expect(changes('concordat.agreement.signed-off.v1', { signOff: id(30), version: 'a'.repeat(64), outcome: { is: 'granted', conditions: [{ what: 'A rota', dueOn: '2030-01-01' }] }, onBehalfOf: null, delegation: null, identities: [], overlaps: [], needsSecond: true })).toContainEqual(['state', 'Awaited', 'Granted']);
    expect(changes('concordat.agreement.sign-off-seconded.v1', { signOff: id(30), identities: [] })).toEqual([['second-awaited', true, false]]);
    expect(changes('concordat.agreement.sign-off-condition-met.v1', { signOff: id(30), condition: 1, how: 'It hangs in the hall.' })).toEqual([['conditions-open', 1, 0], ['dueOn', '2030-01-01', null]]);
    changes('concordat.agreement.waiver-asked.v1', { waiver: id(31), condition: 'involvement.people', stage: 'needs', team: id(7), planned: 'x', offered: 'x', whyNot: 'x', instead: 'x', insteadBy: '2026-08-01', commitment: id(33) } as never);
    expect(changes('concordat.agreement.waiver-refused.v1', { waiver: id(31), reason: 'No' })).toEqual([['state', 'Awaited', 'Refused']]);
    changes('concordat.agreement.commitment-made.v1', { commitment: id(32), what: 'Lights', by: '2026-08-01', theme: null });
    expect(changes('concordat.agreement.commitment-broken.v1', { commitment: id(32), theme: null, reasons: 'No money', on: '2026-08-02', toldIn: null })).toEqual([['state', 'Open', 'Broken']]);
    expect(changes('concordat.agreement.provider-invited.v1', { provider: id(33) })).toEqual([['party', 'No party', 'Invited']]);
    expect(changes('concordat.agreement.award-proposed.v1', { provider: id(33), value: pounds('90000.00'), stage: 'needs', content })).toEqual([['provider', null, id(33)], ['value', null, pounds('90000.00')]]);
  });
});

describe('every type of event', () => {
  // Histories that nobody thought of, in which everything is about one of three things, groups and stages.
  const things = [id(101), id(102), id(103)];
  const named3 = { group: ['carers', 'neighbours', 'tenants'], stage: ['mandate', 'design', 'award'], role: ['commissioner', 'finance', 'auditor'], viewer: ['users', 'provider', 'commissioner'] } as Readonly<Record<string, readonly string[]>>;
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const narrowed = (data: object, next: () => number): object =>
    JSON.parse(JSON.stringify(data), (name, value: unknown) => {
      if (typeof value !== 'string') return name === 'condition' && typeof value === 'number' ? 1 : value;
      if (isId.test(value)) return things[next() % 3];
      return named3[name]?.[next() % 3] ?? value;
    }) as object;

  test('is told without a fault, wherever it comes, in words; and what is not a beginning is seen to change something', () => {
    const samples = agreementEventTypes.map((type) => ({ type, data: fc.sample(fromSchema(z.toJSONSchema(eventSchemas[type] as z.ZodType, { unrepresentable: 'any' })) as fc.Arbitrary<object>, { numRuns: 12, seed: 7 }) }));
    const numbers = fc.sample(fc.nat(1_000_000), { numRuns: 200_000, seed: 7 });
    let at = 0;
    const next = () => numbers[(at += 1) % numbers.length]!;
    const named = new Named(undefined, new Map());
    const changed = new Set<string>();
    const unsaid: string[] = [];
    const begins = changedBy['concordat.agreement.opened.v1'] as unknown;
    const unseen = () => agreementEventTypes.filter((type) => changedBy[type] !== begins && !changed.has(type));
    // What needs much to have happened before it changes anything is seldom met: then there are more histories, in which it happens more often.
    for (let history = 0; history < 4 || (history < 40 && unseen().length > 0); history += 1) {
      let state: Agreement = { ...initialAgreement, id: agreement };
      const seldom = history < 4 ? samples : samples.filter(({ type }) => unseen().includes(type));
      for (let event = 0; event < 1_500; event += 1) {
        const drawn = event % 4 === 0 ? seldom : samples;
        const { type, data: all } = drawn[next() % drawn.length]!;
        const data = narrowed(all[next() % all.length]!, next);
        const before = state;
        state = after(before, type, data as never);
        for (const change of changesIn(before, state, { type, data })) {
          changed.add(type);
          const said = `${named.said(change.before, change.name)} became ${named.said(change.after, change.name)}`;
          if (/undefined|\[object/.test(said)) unsaid.push(`${type}: ${said}`);
        }
      }
    }
    expect(unsaid).toEqual([]);
    expect(unseen()).toEqual([]);
  });
});
