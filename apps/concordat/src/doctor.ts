import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { get } from 'node:http';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Organisations } from '@concordat/access';
import { ConcordatModule, installationOf } from '@concordat/assembly';
import { Consumers } from '@concordat/journal';
import { type Config, ConfigError, EmbeddedPostgres, NestLog, postgresFolder, Queues, readConfig, setLogLevel } from '@concordat/platform';
import { Mail } from '@concordat/reminders';
import { NestFactory } from '@nestjs/core';
import { askDatabase, type Answer } from './doctor.store.js';
import { freePort } from './free-port.js';
import { bringKeyBack, keyLost } from './installation-key.js';
import { migrations } from './migrations.js';
import { holdsOrganisations } from './organisations.store.js';

/** One thing that was looked at. `todo` is what to do about it, in a sentence, wherever it is not well. */
export type Finding =
  | { readonly check: string; readonly state: 'ok'; readonly found: string }
  | { readonly check: string; readonly state: 'warning' | 'failure'; readonly found: string; readonly todo: string };

const ok = (check: string, found: string): Finding => ({ check, state: 'ok', found });
const warning = (check: string, found: string, todo: string): Finding => ({ check, state: 'warning', found, todo });
const failure = (check: string, found: string, todo: string): Finding => ({ check, state: 'failure', found, todo });

const gigabyte = 1024 ** 3;
const thinDisk = 2 * gigabyte;
const fullDisk = gigabyte / 4;
// A receiver that follows Standard Webhooks refuses what is five minutes off; we say so long before.
const clockDrifts = 2_000;
const clockIsWrong = 60_000;

/**
 * `concordat doctor [--json]`: looks at all an installation stands on and changes none of it. An embedded PostgreSQL that
 * is at rest is started for the duration. Exit 0 all well, 1 warnings, 2 failures.
 */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const findings = await examine();
  process.stdout.write(values.json ? `${JSON.stringify({ findings })}\n` : findings.map(lineOf).join(''));
  if (findings.some(({ state }) => state === 'failure')) return 2;
  return findings.some(({ state }) => state === 'warning') ? 1 : 0;
}

async function examine(): Promise<readonly Finding[]> {
  let config: Config;
  try {
    config = readConfig();
  } catch (fault) {
    if (!(fault instanceof ConfigError)) throw fault;
    // The message names variables, never what they hold.
    return [node(), ...fault.problems.map(({ variable, problem }) => failure('configuration', `${variable} cannot be used.`, `${variable}: ${problem}`))];
  }
  setLogLevel('error');
  return [node(), await port(config), await dataFolder(config), await disk(config), ...(await key(config)), egress(config), signIn(config), await smtp(config), ...(await database(config))];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const found = `Node.js ${process.versions.node}`;
  if (major > 20 || (major === 20 && minor >= 19)) return ok('node', found);
  return failure('node', found, 'Install Node.js 20.19 or newer: https://nodejs.org.');
}

async function port({ port: wanted, mode }: Config): Promise<Finding> {
  try {
    await freePort(wanted, { orNext: false });
    return ok('port', wanted === 0 ? 'Any free port is taken.' : `${wanted} is free.`);
  } catch (fault) {
    if (await isHealthy(wanted)) return ok('port', `${wanted} is in use, and a health check answers there.`);
    const found = (fault as Error).message;
    const todo = 'Stop the other program, or set PORT to a free port.';
    return mode === 'demo' ? warning('port', found, `${todo} In demo mode the next free port is taken.`) : failure('port', found, todo);
  }
}

// By node:http: where a server hangs up, fetch of Node 20 does not keep the process until it has said so.
function isHealthy(served: number): Promise<boolean> {
  return new Promise((answer) => {
    const asking = get({ host: '127.0.0.1', port: served, path: '/health/live', signal: AbortSignal.timeout(5_000) }, (reply) => {
      reply.resume();
      answer(reply.statusCode === 200);
    });
    asking.once('error', () => answer(false));
  });
}

async function dataFolder({ dataDir }: Config): Promise<Finding> {
  const there = await isThere(dataDir);
  // A folder that is still to be made is made in the nearest one there is.
  const held = there ? dataDir : await nearest(dataDir);
  const may = await access(held, constants.W_OK | constants.X_OK).then(() => true, () => false);
  if (!may) return failure('data folder', `${held} cannot be written to.`, `Give this user the right to write to ${held}, or choose another folder with CONCORDAT_DATA_DIR.`);
  for (const secret of ['key', 'demo-keys.json', 'demo-receiver.json']) {
    const file = join(dataDir, secret);
    const mode = await stat(file).then((found) => found.mode, () => 0);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return failure('data folder', `Others may read ${file}.`, `Run: chmod 600 ${file}`);
  }
  return ok('data folder', there ? `${dataDir} can be written to.` : `${dataDir} is not there yet and can be made.`);
}

async function disk({ dataDir }: Config): Promise<Finding> {
  const free = Math.min(...(await Promise.all([dataDir, (await postgresFolder(dataDir)) ?? dataDir].map(freeAt))));
  const found = `${(free / gigabyte).toFixed(1)} GB are free where the data folder lies.`;
  const todo = 'Make room, or move the data folder and name it in CONCORDAT_DATA_DIR.';
  if (free < fullDisk) return failure('disk', found, todo);
  return free < thinDisk ? warning('disk', found, todo) : ok('disk', found);
}

async function freeAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(await nearest(folder));
  return bavail * bsize;
}

const noKeyYet = ok('key', 'None yet; `concordat start` makes one.');

/** Nothing where there is a database and no key: it is for the database to say whether one was lost. */
async function key({ key: configured, dataDir, databaseUrl }: Config): Promise<readonly Finding[]> {
  if (configured !== undefined) return [ok('key', 'CONCORDAT_KEY is set.')];
  if (await isThere(join(dataDir, 'key'))) return [ok('key', 'The key stands in the data folder. Back it up: what it sealed cannot be read without it.')];
  return databaseUrl === undefined && (await postgresFolder(dataDir)) === undefined ? [noKeyYet] : [];
}

async function keyBeside(config: Config, url: string): Promise<readonly Finding[]> {
  if ((await key(config)).length > 0) return [];
  return [(await holdsOrganisations(url)) ? failure('key', keyLost, bringKeyBack(config.dataDir)) : noKeyYet];
}

function egress({ mode, webhookAllowCidrs, webhookAllowPorts }: Config): Finding {
  const everything = webhookAllowCidrs.filter((cidr) => cidr.endsWith('/0'));
  if (everything.length > 0) {
    return failure('egress', `WEBHOOK_ALLOW_CIDRS opens every address (${everything.join(', ')}).`, 'Name only the networks whose servers are to be told.');
  }
  const extra = [...webhookAllowCidrs, ...webhookAllowPorts.map((allowed) => `port ${allowed}`)];
  const beside = extra.length > 0 ? `, and to ${extra.join(', ')}` : '';
  return ok('egress', mode === 'demo' ? `Webhooks go to the public internet and to this machine${beside}.` : `Webhooks go to the public internet over https alone${beside}.`);
}

function signIn({ mode }: Config): Finding {
  if (mode === 'demo') return ok('sign-in', 'Anybody signs in as any demo person.');
  return warning('sign-in', 'Nobody can sign in on pages: this release connects no sign-in service (OIDC) yet.', 'Let people work through the API with keys (`concordat issue-key`), or wait with pages for a release that connects one.');
}

/** Connects to the mail server, and signs in there; mails nothing. What it answered is not told: it may quote names. */
async function smtp({ mode, smtpUrl, smtpFrom }: Config): Promise<Finding> {
  if (smtpUrl === undefined || smtpFrom === undefined) return ok('smtp', 'No mail server is named: people read what they are told in the outbox.');
  if (mode === 'demo') return ok('smtp', 'A demo mails nobody, so its mail server was not asked.');
  const { host } = new URL(smtpUrl);
  const mail = new Mail(smtpUrl, smtpFrom);
  try {
    await mail.check();
    return ok('smtp', `The mail server ${host} answers.`);
  } catch (fault) {
    const { code = 'unknown' } = fault as { code?: string };
    return failure('smtp', `The mail server ${host} cannot be used (${code}).`, 'Look at host, port, user and password in SMTP_URL; away from this machine it must offer TLS.');
  } finally {
    mail.close();
  }
}

async function database(config: Config): Promise<readonly Finding[]> {
  const { databaseUrl, dataDir } = config;
  if (databaseUrl !== undefined) return withDatabase(config, databaseUrl, config.databaseOwnerUrl ?? databaseUrl);
  if ((await postgresFolder(dataDir)) === undefined) return [warning('postgresql', 'There is no database yet.', 'Run `npm start`, which brings one, or set DATABASE_URL.')];
  let embedded: EmbeddedPostgres;
  try {
    embedded = await EmbeddedPostgres.acquire({ dataDir });
  } catch (fault) {
    return [failure('postgresql', reasonOf(fault), 'Do what the sentence says; what PostgreSQL itself said stands in the log beside its data.')];
  }
  try {
    return await withDatabase(config, embedded.appUrl, embedded.ownerUrl);
  } finally {
    await embedded.release();
  }
}

async function withDatabase(config: Config, url: string, ownerUrl: string): Promise<readonly Finding[]> {
  let answer: Answer;
  try {
    answer = await askDatabase(url, ownerUrl);
  } catch (fault) {
    const { host } = new URL(url);
    return [failure('postgresql', `PostgreSQL at ${host} cannot be asked: ${reasonOf(fault)}.`, 'Start it, and look at host, port, user and password in DATABASE_URL and DATABASE_OWNER_URL.')];
  }
  const isMigrated = migrated(answer);
  const findings = [ok('postgresql', `PostgreSQL ${answer.version} answers.`), isMigrated, ...roles(answer), clock(answer)];
  return isMigrated.state === 'failure' ? findings : [...findings, ...(await keyBeside(config, url)), ...(await working(config, url))];
}

function migrated({ migrated: steps }: Answer): Finding {
  if (steps === undefined) {
    return warning('migrations', 'This login may not read which steps the database was brought through.', 'Set DATABASE_OWNER_URL for the doctor, or run `concordat migrate`, which does only what is missing.');
  }
  const missing = migrations.filter(({ name }) => !steps.includes(name));
  if (missing.length > 0) return failure('migrations', `${missing.length} of ${migrations.length} steps are missing.`, 'Run `concordat migrate`.');
  const known = new Set(migrations.map(({ name }) => name));
  const newer = steps.filter((name) => !known.has(name));
  if (newer.length > 0) return failure('migrations', `The database is newer than this release (${newer.length} unknown steps).`, 'Run the newer release.');
  return ok('migrations', `All ${migrations.length} steps were taken.`);
}

function roles({ roles: found }: Answer): readonly Finding[] {
  const ours = found.filter(({ role }) => role.startsWith('concordat_'));
  const lifted = ours.filter(({ superuser, bypassesRls }) => superuser || bypassesRls);
  const login = found.find((role) => role.login);
  if (lifted.length > 0) {
    return lifted.map(({ role }) => failure('roles', `${role} is a superuser or passes row-level security.`, `Run as a superuser: ALTER ROLE ${role} NOSUPERUSER NOBYPASSRLS;`));
  }
  if (login !== undefined && (login.superuser || login.bypassesRls)) {
    return [warning('roles', 'The login of DATABASE_URL is a superuser or passes row-level security.', 'Serve with a login that may only become concordat_app, and keep the other for DATABASE_OWNER_URL.')];
  }
  return [ok('roles', 'Row-level security binds every role we use.')];
}

function clock({ clockAhead }: Answer): Finding {
  const apart = Math.abs(clockAhead);
  const found = `The database's clock is ${(apart / 1000).toFixed(1)} s ${clockAhead < 0 ? 'behind' : 'ahead of'} this machine's.`;
  const todo = 'Let both machines take their time from NTP.';
  if (apart > clockIsWrong) return failure('clock', found, todo);
  return apart > clockDrifts ? warning('clock', found, todo) : ok('clock', found);
}

/** The queue, and what consumers gave up on: asked of the parts themselves. */
async function working(config: Config, databaseUrl: string): Promise<readonly Finding[]> {
  // Nothing is sealed or opened here, so any key will do.
  const installation = { ...installationOf({ ...config, databaseUrl, key: Buffer.alloc(32).toString('base64') }), queueDatabaseUrl: config.queueDatabaseUrl ?? databaseUrl };
  const parts = await NestFactory.createApplicationContext(ConcordatModule.forRoot(installation), { logger: new NestLog() });
  try {
    const queues = parts.get(Queues);
    const consumers = parts.get(Consumers);
    const organisations = await parts.get(Organisations).list();
    const parked = (await Promise.all(organisations.map(({ tenant }) => consumers.parked(tenant)))).flat();
    return [
      await queue(queues),
      parked.length === 0
        ? ok('parked streams', 'Nothing is parked.')
        : warning('parked streams', `${parked.length} streams are parked: a consumer gave up on them.`, 'Run `concordat parked` to see why, and `concordat parked --redrive` once it is mended.'),
    ];
  } catch (fault) {
    return [failure('queue', reasonOf(fault), 'Mend what the sentence names, and run the doctor again.')];
  } finally {
    await parts.close();
  }
}

async function queue(queues: Queues): Promise<Finding> {
  const { ok: well, detail } = await queues.ready();
  if (!well) return failure('queue', detail, queues.backend === 'redis' ? 'Set maxmemory-policy to noeviction in Redis.' : 'Run `concordat migrate`, which makes the tables of the queue.');
  // Readiness counts an absent Redis as well, because the ticker stands in for it; a doctor mentions it.
  if (detail.startsWith('Redis is away')) return warning('queue', detail, 'Start Redis, and look at REDIS_URL.');
  return ok('queue', `${queues.backend === 'redis' ? 'Redis' : 'PostgreSQL'}: ${detail}`);
}

function lineOf(finding: Finding): string {
  const mark = { ok: 'ok     ', warning: 'warning', failure: 'FAILURE' }[finding.state];
  const line = `${mark}  ${finding.check.padEnd(14)}  ${finding.found}\n`;
  return finding.state === 'ok' ? line : `${line}${' '.repeat(25)}Do this: ${finding.todo}\n`;
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

async function nearest(path: string): Promise<string> {
  return (await isThere(path)) || dirname(path) === path ? path : nearest(dirname(path));
}

function reasonOf(fault: unknown): string {
  const { message, code } = fault as { message?: string; code?: string };
  return message !== undefined && message !== '' ? message : (code ?? String(fault));
}
