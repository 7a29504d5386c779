import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Installation } from '@concordat/assembly';
import { composeWeb, composeWorker, type DemoKey, migrations, readDemoKeys, seed, seedWithHistory } from '@concordat/concordat';
import { type Clock, setLogLevel } from '@concordat/platform';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FreshDatabase, freshDatabase } from '../harness/index.js';
import { ApiClient } from './client.js';

/** What an installation of a test's own is made with. */
export interface InstallationOptions {
  /** A clock of the test's own for seed, web and worker. */
  readonly clock?: Clock;
  /** Also run a worker in this process. */
  readonly worker?: boolean;
  readonly redisUrl?: string;
  /** A database that is migrated already, instead of a fresh one: whoever brings it drops it. */
  readonly databaseUrl?: string;
  /** False for an installation without anybody in it. */
  readonly seeded?: boolean;
  /** The whole demo, with what happened over the last months; the first provider's server is the demo's receiver. */
  readonly history?: boolean;
  /** Parts of the installation that are to differ. */
  readonly with?: Partial<Installation>;
}

/** The product as web and worker processes run it, inside the test's process, on a real port and a database of its own. */
export class TestInstallation {
  private worker: INestApplicationContext | undefined;

  private constructor(
    readonly installation: Installation,
    readonly app: NestFastifyApplication,
    public keys: readonly DemoKey[],
    /** Where it listens; `publicUrl` may say otherwise. */
    readonly origin: string,
    /** The database, unless the test brought its own. */
    readonly fresh: FreshDatabase | undefined,
    private readonly clock: Clock | undefined,
  ) {}

  static async open({ clock, worker = false, redisUrl, databaseUrl, seeded = true, history = false, with: differing }: InstallationOptions = {}): Promise<TestInstallation> {
    setLogLevel('error');
    const fresh = databaseUrl === undefined ? await freshDatabase({ migrations }) : undefined;
    const { port, release } = await heldPort();
    const installation: Installation = {
      mode: 'demo',
      publicUrl: `http://127.0.0.1:${port}`,
      dataDir: await mkdtemp(join(tmpdir(), 'concordat-journey-')),
      databaseUrl: databaseUrl ?? fresh!.url,
      ...(redisUrl !== undefined && { redisUrl }),
      key: randomBytes(32),
      webhookAllowCidrs: [],
      webhookAllowPorts: [],
      ...differing,
    };
    if (history) await seedWithHistory(installation, `http://127.0.0.1:${port}/demo/receiver`);
    else if (seeded) await seed(installation, clock);
    const app = await composeWeb(installation, clock);
    await release();
    await app.listen(port, '127.0.0.1');
    const opened = new TestInstallation(installation, app, await readDemoKeys(installation.dataDir), `http://127.0.0.1:${port}`, fresh, clock);
    if (worker) await opened.startWorker();
    return opened;
  }

  /** The API with a demo person's key: the role as `demo-keys` calls it, such as `commissioner` or `approver:legal`. */
  as(role: string, organisation = 'demo-council'): ApiClient {
    return new ApiClient(this.origin, this.person(role, organisation).key);
  }

  /** The API without a key, or with this one. */
  with(key?: string): ApiClient {
    return new ApiClient(this.origin, key);
  }

  /** A demo person with their id and key. */
  person(role: string, organisation = 'demo-council'): DemoKey {
    const found = this.keys.find((one) => one.role === role && one.organisation === organisation);
    if (found === undefined) throw new Error(`${organisation} has no ${role}; it has ${this.keys.map((one) => one.role).join(', ')}.`);
    return found;
  }

  /** From now on `as` acts with other keys, for a test whose clock outlives the first ones: they are good for 90 days. */
  async renewKeys(renewed: (person: string) => Promise<ApiClient>): Promise<void> {
    const ours = this.keys.filter(({ organisation }) => organisation === 'demo-council');
    const keys = await Promise.all(ours.map(async (one) => ({ ...one, key: (await renewed(one.person)).key ?? one.key })));
    this.keys = [...keys, ...this.keys.filter((one) => !ours.includes(one))];
  }

  /** Starts a worker in this process, beside the web; `stopWorker` drains it. */
  async startWorker(): Promise<void> {
    this.worker ??= await composeWorker(this.installation, this.clock);
  }

  async stopWorker(): Promise<void> {
    await this.worker?.close();
    this.worker = undefined;
  }

  async close(): Promise<void> {
    await this.stopWorker();
    await this.app.close();
    await this.fresh?.drop();
    await rm(this.installation.dataDir, { recursive: true, force: true });
  }
}

/** An installation of a test's own. */
export const openInstallation = TestInstallation.open;

/** A port nobody else gets until it is released. The installation's own address must be known long before it listens. */
async function heldPort(): Promise<{ readonly port: number; release(): Promise<void> }> {
  const held = createServer();
  await new Promise<void>((done) => held.listen(0, '127.0.0.1', done));
  held.unref();
  const { port } = held.address() as AddressInfo;
  return { port, release: () => new Promise((done) => held.close(() => done())) };
}
