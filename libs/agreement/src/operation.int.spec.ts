import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { migrations as accessMigrations } from '@concordat/access';
import { Journal, migrations as journalMigrations } from '@concordat/journal';
import { Doorbell, FixedClock, newId } from '@concordat/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { eventually, type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { migrations } from './agreement.migration.js';
import { Operations } from './operation.js';

let home: FreshDatabase;
let app: INestApplicationContext;
let operations: Operations;
const clock = new FixedClock('2026-03-16T09:00:00Z');
const rung: string[] = [];

beforeAll(async () => {
  home = await freshDatabase({ migrations: [...journalMigrations, ...accessMigrations, ...migrations] });
  app = await NestFactory.createApplicationContext(CqrsModule.forRoot(), { logger: false });
  const doorbell = new Doorbell(async (_, id) => void rung.push(id));
  operations = new Operations(home.database, clock, doorbell, app.get(CommandBus), new Journal(home.database, clock, []));
});
afterAll(async () => {
  await app.close();
  await home.drop();
});

test('of a long backlog the oldest are rung at each tick, so that ringing does not keep workers from the work', async () => {
  const tenant = freshTenant();
  const ids = Array.from({ length: 130 }, () => newId());
  for (const id of ids) {
    const command = { name: 'hold', agreement: newId(), reason: 'the budget is not set' } as const;
    await operations.accept(
      { tenant, id, fingerprint: 'f', actor: { kind: 'system', name: 'operator' }, principal: newId(), correlationId: 'c' },
      [{ line: 1, command, commandId: id, expectedVersion: null }],
    );
    clock.advance(10);
  }
  await eventually(() => (rung.length === ids.length ? true : undefined));
  rung.length = 0;

  await operations.ringForWaiting();
  expect(rung).toEqual([]); // their own bells may still do
  clock.advance(6_000);
  await operations.ringForWaiting();
  await eventually(() => (rung.length >= 100 ? true : undefined));
  expect(rung).toEqual(ids.slice(0, 100).map((id) => `${tenant}/${id}`));
});
