import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@concordat/platform';
import { newSecret, signatureOf } from '@concordat/webhooks';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openInstallation, type TestInstallation } from './installation.js';

let here: TestInstallation;
const secret = newSecret();
const body = JSON.stringify({ type: 'concordat.agreement.stage-entered.v1', subject: 'agreements/1', data: { says: '<b>bold</b>' } });

beforeAll(async () => {
  here = await openInstallation({ seeded: false });
  await writeFile(join(here.installation.dataDir, 'demo-receiver.json'), JSON.stringify({ secret }));
}, 60_000);
afterAll(() => here.close());

async function told(signed: string, timestamp = Math.floor(Date.now() / 1000)): Promise<number> {
  const id = newId();
  const { status } = await fetch(`${here.origin}/demo/receiver`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json', 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatureOf([signed], id, timestamp, body) },
    body,
  });
  return status;
}

const page = async () => (await fetch(`${here.origin}/demo/receiver`)).text();

test('the demo receiver takes what is signed with its secret, refuses all else, and shows both', async () => {
  expect(await page()).toContain('Nothing has arrived');
  expect(await told(secret)).toBe(204);
  expect((await page()).match(/Verified|Not verified/g)).toEqual(['Verified']);

  expect(await told(newSecret())).toBe(401);
  expect(await told(secret, Math.floor(Date.now() / 1000) - 3_600)).toBe(401);
  const shown = await page();
  expect(shown.match(/Verified|Not verified/g)).toEqual(['Not verified', 'Not verified', 'Verified']);
  expect(shown).toContain('concordat.agreement.stage-entered.v1');
  expect(shown).not.toContain('<b>bold</b>');
});

test('there is none in production', async () => {
  const real = await openInstallation({ seeded: false, with: { mode: 'production' } });
  try {
    expect((await fetch(`${real.origin}/demo/receiver`)).status).toBe(404);
  } finally {
    await real.close();
  }
}, 60_000);
