import { routes } from '@concordat/pathway';
import type { Commands } from './command.js';
import { id, provider, Scene } from './given.js';

/* Agreements that are varied, and how one is, for specs. */

export const variation = id(380);
export const period = { startsOn: '2025-04-01', endsOn: '2027-03-31' };
export const gbp = (amount: string) => ({ amount, currency: 'GBP' });
export const taking = { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider } as const;
export const takenOver = Scene.empty.did('take-over-agreement', taking);
export const signed = Scene.empty.did('take-over-agreement', { ...taking, value: gbp('100000.00'), facts: { 'contract-period': period } });
export const psr = signed.alongRoute(routes.find('psr-most-suitable-provider')!);
export const longer = { variation, what: 'One more year', why: 'It works', to: { is: 'longer', endsOn: '2028-03-31' }, touches: [] } as const;
export const test13 = { variation, ground: 'not-different-in-character', confirmed: true, why: 'The same visits' };
export const decided = { variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-03', reasons: 'It works' } as const;
/** The scene with this variation decided and carried out, on this ground. */
export const carriedOut = (scene: Scene, body: Commands['propose-variation'], ground: string) =>
  scene.did('propose-variation', body).did('test-modification', { variation: body.variation, ground, confirmed: true, why: 'x' })
    .decidedVariation({ ...decided, variation: body.variation, inForceFrom: '2026-06-01' }, 'decisionMaker').did('carry-out-variation', { variation: body.variation });
