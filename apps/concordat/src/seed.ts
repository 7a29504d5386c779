import { parseArgs } from 'node:util';
import { type Asked, Keys, Organisations, PersonCommand, Principals, ProviderCommand } from '@concordat/access';
import type { Actor } from '@concordat/access/core';
import { AgreementCommand } from '@concordat/agreement';
import type { AgreementCommandBody } from '@concordat/agreement/core';
import { ConcordatModule, type Installation, installationOf } from '@concordat/assembly';
import { Consumers } from '@concordat/journal';
import { Clock, concordatNamespace, DatabaseUnavailable, Fingerprints, FixedClock, log, londonDay, NestLog, newId, readConfig, uuidv5 } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { type DemoOrganisation, demoOrganisations, type DemoPerson } from './demo.js';
import { beforeHistory, historyDays, tellHistory } from './demo-history.js';
import { type DemoKey, readDemoKeys, writeDemoKeys } from './demo-keys-file.js';

/** A demo key works this long. */
const keyDays = 365;

/**
 * `concordat seed [--no-receiver]`: makes the demo once, by the commands people would send. Run again, it adds only what is missing.
 * With `--no-receiver` no server of the first provider is told: where pages and workers run on machines of their own, loopback is not where pages are.
 */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { 'no-receiver': { type: 'boolean', default: false } } });
  const config = readConfig();
  if (config.mode !== 'demo') throw new Error('Only a demo is seeded: CONCORDAT_MODE is production.');
  const receiver = values['no-receiver'] ? undefined : `http://127.0.0.1:${config.port}/demo/receiver`;
  await untilItAnswers(async () => {
    await seedWithHistory(installationOf(config), receiver);
    await readIntoLists(installationOf(config));
  });
  return 0;
}

/** Whoever signs in first finds the demo in the lists and what waits for them, however much later a worker begins to read. */
async function readIntoLists(installation: Installation): Promise<void> {
  const app = await NestFactory.createApplicationContext(ConcordatModule.forRoot(installation), { logger: new NestLog() });
  try {
    for (const { tenant } of await app.get(Organisations).list()) {
      for (const name of ['register.agreements', 'register.work']) await app.get(Consumers).catchUp(name, tenant);
    }
  } finally {
    await app.close();
  }
}

const mostAttempts = 5;
const pauseMs = 500;

/**
 * Seeds on where PostgreSQL stopped answering: on a machine that does much else a first start may wait longer than any request should.
 * @throws Error with a sentence after five attempts; a full disk and whatever is no trouble of the database at once.
 */
export async function untilItAnswers(seeding: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    try {
      return await seeding();
    } catch (fault) {
      if (!(fault instanceof DatabaseUnavailable) || fault.code === 'storage.full') throw fault;
      log.warn('PostgreSQL did not answer in time while the demo was made; what is made stays, and the rest follows.', { attempt, of: mostAttempts });
      await new Promise((wake) => setTimeout(wake, attempt * pauseMs));
    }
  }
  throw new Error(`PostgreSQL did not answer in time while the demo was made, ${mostAttempts} times over: this machine has too much else to do, or PostgreSQL has ended. What is made stays; start again, and the rest follows.`);
}

/**
 * The whole demo: people, what they did over the last months, and the two agreements to begin with.
 * @param receiver where the first provider is told of what happens; undefined where it has no server.
 */
export async function seedWithHistory(installation: Installation, receiver: string | undefined): Promise<void> {
  const begins = new Date(Date.now() - historyDays * day);
  const clock = new FixedClock(new Date(begins.getTime() - beforeHistory(begins) * day));
  await make(installation, clock, async (app) => {
    await tellHistory(app, installation, clock, begins, receiver);
    // What is made from here on is of today.
    clock.set(new Date());
  });
}

const day = 86_400_000;

/**
 * Seeds an installation with people and two agreements to begin with, unless its key file already opens it.
 * @param clock another clock than the machine's, for tests.
 */
export async function seed(installation: Installation, clock?: Clock): Promise<void> {
  await make(installation, clock);
}

/** @param history what happened between the people's arrival and today. */
async function make(installation: Installation, clock?: Clock, history?: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const app = await NestFactory.createApplicationContext(ConcordatModule.forRoot(installation, clock), { logger: new NestLog() });
  try {
    const kept = await readDemoKeys(installation.dataDir);
    if (kept[0] !== undefined && (await app.get(Principals).authenticate(kept[0].key)) !== undefined) return;
    const seeding = new Seeding(app.get(Organisations), app.get(CommandBus), app.get(Keys), app.get(Fingerprints), app.get(Clock));
    for (const organisation of demoOrganisations) await seeding.organisation(organisation);
    await history?.(app);
    const keys: DemoKey[] = [];
    for (const organisation of demoOrganisations) keys.push(...(await seeding.keysOf(organisation)));
    await seeding.agreements(keys);
    // Written last: a demo without this file is begun again, and what is there already stays.
    await writeDemoKeys(installation.dataDir, keys);
  } finally {
    await app.close();
  }
}

const operator: Actor = { kind: 'system', name: 'operator' };

class Seeding {
  constructor(
    private readonly organisations: Organisations,
    private readonly commands: CommandBus,
    private readonly keys: Keys,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  async organisation({ slug, name, people, providers }: DemoOrganisation): Promise<void> {
    const { tenant } = (await this.organisations.bySlug(slug)) ?? (await this.organisations.create({ slug, name }));
    const providerIds = providers.map((_, at) => uuidv5(tenant, `demo provider ${at}`));
    for (const [at, title] of providers.entries()) {
      const command = { name: 'register-provider', provider: providerIds[at]!, title, identifiers: [] } as const;
      await this.record(tenant, new ProviderCommand(command, this.asked(tenant, operator, command)));
    }
    await Promise.all(people.map((person) => this.person(tenant, person, providerIds)));
  }

  async keysOf({ slug, people }: DemoOrganisation): Promise<readonly DemoKey[]> {
    const { tenant } = (await this.organisations.bySlug(slug))!;
    return Promise.all(people.map(({ called }) => this.key(tenant, slug, called)));
  }

  private async person(tenant: string, { called, role, discipline, provider }: DemoPerson, providers: readonly string[]): Promise<void> {
    const person = uuidv5(tenant, `demo ${called}`);
    const providerId = provider === undefined ? undefined : providers[provider];
    const register = {
      name: 'register-person',
      person,
      memberOf: providerId === undefined ? ({ kind: 'organisation' } as const) : ({ kind: 'provider', provider: providerId } as const),
      naming: { name: `Demo ${called.replaceAll('-', ' ').replace(':', ', ')}`, email: null },
    } as const;
    const grant = {
      name: 'grant-role',
      person,
      grant: uuidv5(person, 'grant'),
      role,
      ...(discipline !== undefined && { discipline }),
      ...(providerId !== undefined && { provider: providerId }),
    } as const;
    await this.record(tenant, new PersonCommand(register, this.asked(tenant, operator, register)));
    await this.record(tenant, new PersonCommand(grant, this.asked(tenant, operator, grant)));
  }

  private async key(tenant: string, organisation: string, called: string): Promise<DemoKey> {
    const person = uuidv5(tenant, `demo ${called}`);
    const wish = { person, label: `demo ${newId()}`, scopes: 'all', lastDay: addDays(londonDay(this.clock.now()), keyDays) } as const;
    const issued = await this.keys.issue(wish, this.asked(tenant, operator, wish));
    if (issued.outcome !== 'issued') throw new Error(`The demo key of ${called} could not be made: ${JSON.stringify(issued)}`);
    return { organisation, role: called, person, key: issued.secret };
  }

  /** Two agreements to begin with: a small grant, and a care service on the full pathway. */
  async agreements(keys: readonly DemoKey[]): Promise<void> {
    const { tenant } = (await this.organisations.bySlug('demo-council'))!;
    const commissioner = keys.find(({ role, organisation }) => role === 'commissioner' && organisation === 'demo-council')!.person;
    const actor: Actor = { kind: 'person', person: commissioner, grants: [], scopes: 'all' };
    const open = (title: string, kind: 'grant' | 'contract', pathway: string, route: string, amount: string): AgreementCommandBody => ({
      name: 'open-agreement',
      agreement: uuidv5(tenant, `demo agreement ${title}`),
      title,
      kind,
      pathway: { id: pathway },
      route: { id: route },
      value: { amount, currency: 'GBP' },
      raises: [],
    });
    for (const command of [
      open('Lunch club at the community hall', 'grant', 'grant', 'grant', '9000.00'),
      open('Home care and support at home', 'contract', 'standard', 'pa2023-light-touch', '1450000.00'),
    ]) {
      await this.record(tenant, new AgreementCommand(command, this.asked(tenant, actor, command)));
    }
  }

  private asked(tenant: string, actor: Actor, command: object): Asked {
    const name = JSON.stringify(command);
    const commandId = uuidv5(concordatNamespace, `seed ${tenant} ${name}`);
    return { tenant, actor, commandId, fingerprint: this.fingerprints.of(command), correlationId: newId() };
  }

  private async record(tenant: string, command: ProviderCommand | PersonCommand | AgreementCommand): Promise<void> {
    const outcome: { readonly outcome: string } = await this.commands.execute(command);
    if (outcome.outcome !== 'recorded') throw new Error(`The demo of ${tenant} could not be made: ${JSON.stringify(outcome)}`);
  }
}
