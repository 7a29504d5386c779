import { Journal, migrations as journalMigrations, verifyChain } from '@concordat/journal';
import { accept, type Fold, type NewEvent } from '@concordat/journal/core';
import { newId, SealBroken } from '@concordat/platform';
import type { Sealed } from '@concordat/platform/core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { AccessScene } from '../../../test/harness/access.js';
import { type FreshDatabase, freshDatabase } from '../../../test/harness/index.js';
import { migrations } from './index.js';

type Said = NewEvent<'concordat.note.said.v1', { readonly about: Sealed }>;
const noteFold: Fold<{ readonly said: readonly Sealed[] }, Said> = {
  kind: 'note',
  number: 1,
  initial: { said: [] },
  types: ['concordat.note.said.v1'],
  upcasts: {},
  evolve: ({ said }, { data }) => ({ said: [...said, data.about] }),
};

let fresh: FreshDatabase;
let scene: AccessScene;
beforeAll(async () => {
  fresh = await freshDatabase({ migrations: [...journalMigrations, ...migrations] });
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  scene = await AccessScene.open(fresh);
});
afterEach(() => scene.close());

test('free text is read again by its own organisation, one text or many, in the order given', async () => {
  const [a, b] = [newId(), newId()];
  const texts = [{ subject: a, text: 'The evenings are too short.' }, { subject: b, text: '' }, { subject: a, text: 'Gràinne ☕ \u{1f9d3}' }];
  const sealed = await scene.access.vault.sealAll(scene.tenant, texts);
  expect(sealed.map(({ subject }) => subject)).toEqual([a, b, a]);
  expect(JSON.stringify(sealed)).not.toContain('evenings');
  expect(await scene.elsewhere.vault.unsealAll(scene.tenant, [...sealed].reverse())).toEqual(texts.map(({ text }) => text).reverse());
});

test('sealed text opens for its own subject only', async () => {
  const [a, b] = [newId(), newId()];
  const [first] = await scene.access.vault.sealAll(scene.tenant, [{ subject: a, text: 'mine' }, { subject: b, text: 'yours' }]);
  await expect(scene.access.vault.unseal(scene.tenant, { subject: b, sealed: first!.sealed })).rejects.toThrow(SealBroken);
});

test('two processes that seal for a new person at once seal under one key', async () => {
  const subject = newId();
  const sealed = await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 ? scene.access : scene.elsewhere).vault.sealFor(scene.tenant, subject, `${index}`)));
  expect(await (await scene.another()).vault.unsealAll(scene.tenant, sealed)).toEqual(sealed.map((_, index) => `${index}`));
});

test('erasure makes what was said unreadable for good, everywhere within five seconds', async () => {
  const [gone, stays] = [newId(), newId()];
  const sealed = await scene.access.vault.sealAll(scene.tenant, [{ subject: gone, text: 'please forget' }, { subject: stays, text: 'keep this' }]);
  expect(await scene.elsewhere.vault.unseal(scene.tenant, sealed[0]!)).toBe('please forget');
  await scene.access.vault.destroyKey(scene.tenant, gone);
  await scene.access.vault.destroyKey(scene.tenant, gone);
  expect(await scene.access.vault.unsealAll(scene.tenant, sealed)).toEqual([undefined, 'keep this']);
  scene.clock.advance(5_000);
  expect(await scene.elsewhere.vault.unsealAll(scene.tenant, sealed)).toEqual([undefined, 'keep this']);
  await expect(scene.access.vault.sealFor(scene.tenant, gone, 'again')).rejects.toMatchObject({ status: 422, code: 'vault.erased' });
  const kept = await scene.superuser<{ sealed_key: string | null }>('SELECT sealed_key FROM access.vault_key WHERE subject = $1', [gone]);
  expect(kept).toEqual([{ sealed_key: null }]);
});

test('one text is destroyed alone, for good and everywhere within five seconds, and all else that its subject said stays', async () => {
  const subject = newId();
  const [stays, goes, later] = ['The evenings are too short.', 'Somebody is afraid at home.', 'And a ramp.'];
  const sealed = await scene.access.vault.sealAll(scene.tenant, [stays, goes].map((text) => ({ subject, text })));
  expect(await scene.elsewhere.vault.unsealAll(scene.tenant, sealed)).toEqual([stays, goes]);
  await Promise.all([scene.access.vault.destroyText(scene.tenant, sealed[1]!), (await scene.another()).vault.destroyText(scene.tenant, sealed[1]!)]);
  const more = await scene.access.vault.sealFor(scene.tenant, subject, later);
  expect(await scene.access.vault.unsealAll(scene.tenant, [...sealed, more])).toEqual([stays, undefined, later]);
  scene.clock.advance(5_000);
  expect(await scene.elsewhere.vault.unsealAll(scene.tenant, [...sealed, more])).toEqual([stays, undefined, later]);
  // Two at once destroy both.
  await Promise.all([scene.access.vault.destroyText(scene.tenant, sealed[0]!), scene.elsewhere.vault.destroyText(scene.tenant, more)]);
  expect(await (await scene.another()).vault.unsealAll(scene.tenant, [...sealed, more])).toEqual([undefined, undefined, undefined]);
  // Nothing is left to destroy of somebody who was erased, or whom nobody knows.
  await scene.access.vault.destroyKey(scene.tenant, subject);
  await scene.access.vault.destroyText(scene.tenant, sealed[0]!);
  await scene.access.vault.destroyText(scene.tenant, { subject: newId(), sealed: more.sealed });
});

test('the record of someone erased stands word for word, verifies, and says nothing any more', async () => {
  const subject = newId();
  const stream = `note-${newId()}`;
  const about = await scene.access.vault.sealFor(scene.tenant, subject, 'Grace said the stairs are too steep');
  const journal = new Journal(fresh.database, scene.clock, [noteFold]);
  const outcome = await journal.record({
    tenant: scene.tenant,
    commandId: newId(),
    fingerprint: 'f',
    meta: { actor: newId(), command: 'say', correlationId: 'c' },
    streams: [stream],
    decide: () => accept<Said>({ stream, type: 'concordat.note.said.v1', data: { about } }),
  });
  expect(outcome).toMatchObject({ outcome: 'recorded' });
  const before = await journal.feed(scene.tenant, 0, 10);

  await scene.access.vault.destroyKey(scene.tenant, subject);
  expect(await journal.feed(scene.tenant, 0, 10)).toEqual(before);
  expect(await verifyChain(fresh.database, { tenants: [scene.tenant] })).toEqual({ tenants: [{ tenant: scene.tenant, events: 1, ok: true }] });
  const { said } = (await journal.load(scene.tenant, [stream])).of(noteFold, stream).state;
  expect(said).toEqual([about]);
  expect(await scene.access.vault.unsealAll(scene.tenant, said)).toEqual([undefined]);
});
