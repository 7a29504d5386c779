import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { accessProviders, migrations as accessMigrations } from '@concordat/access';
import { Journal, migrations as journalMigrations } from '@concordat/journal';
import { Clock, Database, Doorbell, FixedClock, newId, Sealing } from '@concordat/platform';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { eventually, type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { migrations } from './agreement.migration.js';
import { ClearCommands } from './clear-commands.js';
import { CommandSeal } from './command-seal.js';
import { Operations } from './operation.js';

@Module({})
class Parts {}

let home: FreshDatabase;
let app: INestApplicationContext;
let operations: Operations;
const clock = new FixedClock('2026-03-16T09:00:00Z');
const rung: string[] = [];

beforeAll(async () => {
  home = await freshDatabase({ migrations: [...journalMigrations, ...accessMigrations, ...migrations] });
  const parts = {
    module: Parts,
    imports: [CqrsModule.forRoot()],
    providers: [
      { provide: Database, useValue: home.database },
      { provide: Clock, useValue: clock },
      { provide: Doorbell, useValue: new Doorbell(async (_, id) => void rung.push(id)) },
      { provide: Sealing, useValue: new Sealing(randomBytes(32)) },
      { provide: Journal, useValue: new Journal(home.database, clock, []) },
      ...accessProviders,
      CommandSeal,
      ClearCommands,
      Operations,
    ],
  };
  app = await NestFactory.createApplicationContext(parts, { logger: false });
  operations = app.get(Operations);
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
