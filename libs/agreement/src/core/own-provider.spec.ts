import { expect, test } from '@jest/globals';
import { id, inDesign, otherProvider, people, provider, refusals, type Scene } from './given.js';

const value = { amount: '9000.00', currency: 'GBP' } as const;
const invited = inDesign.did('invite-provider', { provider });
/** The commissioner, found to be one of a provider's people too. */
const worksFor = (scene: Scene, of: string) => scene.knowing('commissioner', { identities: [{ person: people.signatory, provider: of }] });
const proposes = (scene: Scene) => refusals(scene.when('propose-award', { provider, value }));

test('whoever works for a provider under another id proposes no award to it, moves nothing it bids for, and judges nothing it delivers', () => {
  expect(proposes(worksFor(invited, provider))).toEqual(['provider.own']);
  expect(refusals(worksFor(invited, provider).when('request-gate', { stage: 'design' }))).toContain('provider.own');
  expect(worksFor(invited, provider).when('amend-facts', { facts: { place: 'Leith' } })).toMatchObject({
    refused: [{ code: 'provider.own', missing: expect.arrayContaining([{ what: 'someone who works for none of its providers', suppliedBy: 'commissioner', by: 'amend-facts' }]) }],
  });
});

test('nor invites it', () => {
  const invites = (scene: Scene, of: string) => refusals(scene.when('invite-provider', { provider: of }));
  expect([invites(worksFor(inDesign, provider), provider), invites(worksFor(inDesign, otherProvider), provider)]).toEqual([['provider.own'], []]);
});

test('a provider that is no party here bars nobody, and an interest is declared all the same', () => {
  expect(proposes(worksFor(invited, otherProvider))).toEqual([]);
  expect(refusals(worksFor(invited, provider).when('declare-conflict', { person: people.commissioner, role: 'commissioner', interest: 'employer', about: { subject: people.commissioner, sealed: 'x' } }))).toEqual([]);
});

test('nor does whoever works for it write down or take off what people do by themselves', () => {
  const rota = { activity: id(41), group: 'carers', does: 'Drive neighbours to the club', people: 8, hoursAWeek: 9, dependsOnIt: 'Nobody could come otherwise', needs: '', onRecord: 'public' } as const;
  const told = invited.did('record-what-people-do', rota);
  const both = (scene: Scene) => [scene.when('record-what-people-do', { ...rota, people: 6 }), scene.when('take-off-record', { activity: rota.activity })].map(refusals);
  expect([both(worksFor(told, provider)), both(worksFor(told, otherProvider))]).toEqual([[['provider.own'], ['provider.own']], [[], []]]);
});
