import { describe, expect, test } from '@jest/globals';
import { given, id, otherProvider, provider, refusals, type Scene } from './given.js';
import { ada, came, held, missingAt, panel } from './given-involvement.js';

const [library, asItIs] = [id(440), id(441)];
const met = given(held(panel), came(panel, ada));
const moved = { option: library, title: 'Move it to the library', outcome: 'undecided', reasons: '' } as const;
const kept = { option: asItIs, title: 'Leave it as it is', outcome: 'undecided', reasons: '' } as const;
const named = met.did('consider-option', moved).did('consider-option', kept);
const byPeople = (option: string) => ({ option, with: { is: 'people', activity: panel }, said: 'We could walk there.', on: '2026-06-01' }) as const;
const byProvider = (option: string) => ({ option, with: { is: 'provider', provider }, said: 'The kitchen is too small.', on: '2026-06-01' }) as const;
const discussed = [byPeople(library), byProvider(library), byPeople(asItIs), byProvider(asItIs)].reduce((scene, one) => scene.did('discuss-option', one), named);
const unconsidered = (scene: Scene) => missingAt(scene, 'options.considered', { atLeast: 2, with: ['people', 'provider'] });

describe('options are considered with people and the provider', () => {
  test('there are enough of them, each was talked about with both, and it is said what becomes of each and why', () => {
    expect(unconsidered(met)).toEqual([{ what: '2 more of 2 options', suppliedBy: 'commissioner', by: 'consider-option' }]);
    expect(unconsidered(named.did('discuss-option', byPeople(library)))).toMatchObject([
      { what: 'what the provider says of “Move it to the library”', by: 'discuss-option' }, { what: 'what becomes of “Move it to the library”, and why', by: 'consider-option' },
      { what: 'what people say of “Leave it as it is”' }, { what: 'what the provider says of “Leave it as it is”' }, { what: 'what becomes of “Leave it as it is”, and why' },
    ]);
    const settled = discussed.did('consider-option', { ...moved, outcome: 'preferred', reasons: 'Everybody can reach it.' }).did('consider-option', { ...kept, outcome: 'not-preferred', reasons: 'The hall is sold.' });
    expect(unconsidered(settled)).toEqual([]);
    expect(unconsidered(settled.did('consider-option', { ...moved, outcome: 'not-preferred', reasons: 'It shuts.' }))).toMatchObject([{ what: 'which option is preferred, and why' }]);
  });

  test('with the very provider of what is decided on, where that is known, and not with another', () => {
    const theirs = (who: string) => unconsidered(discussed.given(['concordat.agreement.incumbent-recorded.v1', { provider: who }])).filter(({ by }) => by === 'discuss-option').map(({ what }) => what);
    expect([theirs(provider), theirs(otherProvider)]).toEqual([[], [`what provider-${otherProvider} says of “Move it to the library”`, `what provider-${otherProvider} says of “Leave it as it is”`]]);
  });

  test('what is preferred, and what is not, has its reasons; said again in the same words nothing is recorded', () => {
    for (const reasons of ['', ' ']) expect(refusals(named.when('consider-option', { ...moved, outcome: 'preferred', reasons }))).toEqual(['option.no-reasons']);
    expect(refusals(named.when('consider-option', moved))).toEqual(['already-so']);
    expect(refusals(discussed.when('discuss-option', byProvider(library)))).toEqual(['already-so']);
  });

  test('people speak where they were, a provider that is known, of an option there is, and nobody of tomorrow', () => {
    const nowhere = { option: id(442), with: { is: 'people', activity: id(99) }, said: 'x', on: '2026-06-02' } as const;
    expect(refusals(named.when('discuss-option', nowhere))).toEqual(['option.unknown', 'option.nobody-there', 'option.ahead']);
    expect(refusals(named.when('discuss-option', { ...byProvider(library), with: { is: 'provider', provider: id(99) } }))).toEqual(['provider.unknown']);
  });
});
