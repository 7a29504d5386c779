import { routes } from '@concordat/pathway';
import { id, inDesign, otherProvider, provider, type Scene } from './given.js';
import { ada, answered, came, held, panel, said, theme } from './given-involvement.js';
import { toAskAgain } from './variation.js';

// For specs: a tender of two lots, from its adopted answer to its split into a contract for the north and one for the south, and what is called off or varied.

export const gbp = (amount: string) => ({ amount, currency: 'GBP' });
export const [north, south] = [id(61), id(62)];
export const lot = (agreement: string, name: string, lead: string, amount: string) => ({ agreement, lot: name, title: `${name}, home care`, value: gbp(amount), lead, members: [], subcontractors: [] });
export const lots = [lot(north, 'North', provider, '60000.00'), { ...lot(south, 'South', provider, '40000.00'), members: [otherProvider] }];
export const promised = id(30);

const decision = {
  decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
  decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'Reach against price.',
} as const;
export const decided = (scene: Scene, changes: object = {}) => scene.did('record-decision', { ...decision, ...changes, versionRead: scene.decisionVersion }, 'decisionMaker');
export const accepted = (scene: Scene, who: 'signatory' | 'otherSignatory') => scene.did('accept-award', { versionRead: scene.agreement.content.award }, who);

export const tender = inDesign
  .asking({ code: 'provider.accepted', parameters: {} })
  .given(held(panel), came(panel, ada), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'))
  .did('amend-facts', { facts: { value: gbp('100000.00'), place: 'Leith', theme: 'home care' } }, 'colleague')
  .did('make-commitment', { commitment: promised, what: 'The same carer each week', by: '2026-12-01' })
  .did('invite-provider', { provider })
  .did('invite-provider', { provider: otherProvider });
export const proposed = tender.did('propose-lots', { lots });
export const awarded = accepted(accepted(decided(proposed), 'signatory'), 'otherSignatory').did('request-gate', { stage: 'design' });
export const told = awarded.did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' });
export const whole = { agreements: [{ agreement: north, commitments: [] }, { agreement: south, commitments: [promised] }] };
export const split = told.did('split', whole);

export const beneath = (child: string, amount: string, of = provider) => ({ child, provider: of, value: gbp(amount), pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] });

export const variation = id(380);
export const toValue = (amount: string) => ({ variation, what: 'Another value', why: 'Fewer people', to: { is: 'value', value: gbp(amount) }, touches: [] }) as const;
/** With a variation to this value in force, which nobody carried out yet. */
export const varied = (scene: Scene, amount: string) => {
  const proposed = scene.alongRoute(routes.find('pa2023-light-touch')!).did('propose-variation', toValue(amount));
  const themes = toAskAgain(proposed.agreement, proposed.agreement.variations.at(-1)!);
  return (themes.length === 0 ? proposed : proposed.did('record-not-asked-again', { variation, themes, why: 'They give as much.' }))
    .did('test-modification', { variation, ground: 'light-touch', confirmed: true, why: 'Home care' })
    .decidedVariation({ variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', reasons: 'x', notAsked: themes }, 'decisionMaker');
};
