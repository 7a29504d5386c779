import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openInstallation, type TestInstallation } from './installation.js';

let here: TestInstallation;
beforeAll(async () => {
  here = await openInstallation();
});
afterAll(() => here.close());

test('whoever asks is told who they are', async () => {
  const { status, body } = await here.as('commissioner').get('/api/v1/me');
  expect({ status, body }).toMatchObject({ status: 200, body: { person: here.person('commissioner').person } });
});
