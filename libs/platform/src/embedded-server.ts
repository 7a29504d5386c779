import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { findBinaries, type Home, spawnOptions } from './embedded-home.js';
import { ownName, stampOf } from './process-lock.js';

export const superuser = 'concordat';

/** A running postmaster. */
export interface Running {
  readonly pid: number;
  readonly port: number;
}

/** How a cluster is started. */
export interface ServerSettings {
  /** False gives up safety on power loss, not on a kill, for speed: for a test's cluster only. */
  readonly durable: boolean;
  /** PostgreSQL's names and values beside ours. */
  readonly settings: Readonly<Record<string, string>>;
}

const startWithinMs = 120_000;
const log = (home: Home) => join(home.folder, 'log');
const data = (home: Home) => join(home.folder, 'data');

/** The URL of one of the cluster's databases. */
export function urlOf({ port }: Running, user: string, password: string, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/**
 * The live server of this home, once it answers; undefined when there is none. A `postmaster.pid` left by a killed server,
 * whose number another process may have by now, is no server. Call under the home's lock.
 */
export async function adopt(home: Home, password: string): Promise<Running | undefined> {
  const deadline = performance.now() + startWithinMs;
  for (;;) {
    const file = await readFile(join(data(home), 'postmaster.pid'), 'utf8').catch(() => undefined);
    if (file === undefined) return undefined;
    // Line 1 pid, 4 port, 8 status: "Postmaster PID file" in PostgreSQL's miscadmin.h.
    const lines = file.split('\n').map((line) => line.trim());
    const running = { pid: Number(lines[0]), port: Number(lines[3]) };
    if (!(await isPostmaster(running.pid, home))) {
      // PostgreSQL would take a process that got the number since for its own server, and not start.
      await rm(join(data(home), 'postmaster.pid'), { force: true });
      return undefined;
    }
    if ((lines[7] === 'ready' || lines[7] === 'standby') && (await answers(running, password))) return running;
    if (performance.now() > deadline) {
      throw new Error(`PostgreSQL (process ${running.pid}, data in ${data(home)}) runs but does not answer. Look at ${log(home)}; if it hangs, end that process and try again.`);
    }
    await pause(30);
  }
}

async function isPostmaster(pid: number, home: Home): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1 || (await stampOf(pid)) === undefined) return false;
  const command = await commandOf(pid);
  // The postmaster keeps its command line; where it cannot be read, it is given the benefit of the doubt.
  return command === undefined || command.includes(data(home));
}

async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (process.platform === 'win32') return undefined;
  return new Promise((done) => execFile('/bin/ps', ['-o', 'command=', '-p', `${pid}`], (fault, text) => done(fault ? undefined : text)));
}

/** @throws Error with a sentence when the server answers but refuses our password. */
async function answers(running: Running, password: string): Promise<boolean> {
  const client = new Client({ connectionString: urlOf(running, superuser, password, 'postgres'), connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (fault) {
    if ((fault as { code?: string }).code === '28P01') {
      throw new Error('The embedded PostgreSQL refuses the password in its folder. Put the file `password` back from a backup, or remove the folder to begin anew.', { cause: fault });
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** True when the home holds a cluster. */
export async function hasCluster(home: Home): Promise<boolean> {
  return (await stat(join(data(home), 'PG_VERSION')).catch(() => undefined)) !== undefined;
}

/** What a making that was cut short left. Its initdb may still run and write there, so some of it may be left for next time. */
async function sweepDrafts(home: Home): Promise<void> {
  for (const name of await readdir(home.folder)) {
    if (name.startsWith('making-')) await rm(join(home.folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Makes the cluster. It gets its name when it is whole: one cut short is made again. Call under the home's lock. */
export async function initialise(home: Home, password: string, { durable }: ServerSettings): Promise<void> {
  const binaries = await findBinaries(home);
  const draft = join(home.folder, `making-${ownName()}`);
  const passwordFile = `${draft}-password`;
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (home.identity !== undefined) {
    for (const path of [draft, passwordFile]) await chown(path, home.identity.uid, home.identity.gid);
  }
  const args = ['-D', draft, '-U', superuser, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-instructions'];
  try {
    await new Promise<void>((done, failed) => {
      execFile(join(binaries, 'initdb'), durable ? args : [...args, '--no-sync'], spawnOptions(home), (fault, _, stderr) => {
        if (fault === null) return done();
        failed(new Error(`The embedded PostgreSQL could not make its data in ${home.folder}: ${lastReason(stderr)}`, { cause: fault }));
      });
    });
    await rename(draft, data(home));
  } finally {
    await sweepDrafts(home);
  }
}

/**
 * Starts the server so that it outlives this process, and waits until it answers: after a crash that includes recovery.
 * Takes the port it had before where that is free, since others may hold its URL. Call under the home's lock.
 */
export async function start(home: Home, password: string, settings: ServerSettings): Promise<Running> {
  const binaries = await findBinaries(home);
  await sweepDrafts(home);
  const remembered = join(home.folder, 'port');
  const before = Number(await readFile(remembered, 'utf8').catch(() => ''));
  const deadline = performance.now() + startWithinMs;
  for (let ports = 0; ; ) {
    const port = before > 0 && ports === 0 && (await isFree(before)) ? before : await freePort();
    const fault = await tryStart(home, binaries, port, password, settings);
    if (typeof fault !== 'string') {
      await rm(remembered, { force: true }); // it may be root's, in a folder of ours
      await writeFile(remembered, `${port}`);
      return fault;
    }
    const portTaken = /address already in use|could not bind|could not create any TCP/i.test(fault);
    // The children of a server that was killed need a moment to notice; two servers on one folder would ruin it.
    const stillEnding = /pre-existing shared memory block|lock file "postmaster.pid" already exists/i.test(fault);
    if (portTaken && ports < 5) ports += 1;
    else if (stillEnding && performance.now() < deadline) {
      // Or a starter that was killed had just begun one, which had not said so yet.
      const live = await adopt(home, password);
      if (live !== undefined) return live;
      await pause(100);
    } else throw new Error(`The embedded PostgreSQL did not start: ${lastReason(fault)} Its log is ${log(home)}.`);
  }
}

function lastReason(text: string): string {
  const reasons = text.split('\n').filter((line) => /FATAL|PANIC|ERROR|error:|could not/.test(line));
  const reason = (reasons.find((line) => /No space left/i.test(line)) ?? reasons.at(-1))?.replace(/^.*?(FATAL|PANIC|ERROR|error): +/, '') ?? 'it ended without a word';
  if (/No space left/i.test(text)) return `the disk is full (${reason}). Make room and start again.`;
  return `${reason}.`;
}

/** @returns the running server, or what the log says of why it ended. */
async function tryStart(home: Home, binaries: string, port: number, password: string, { durable, settings }: ServerSettings): Promise<Running | string> {
  const told = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(!durable && { fsync: 'off', full_page_writes: 'off' }),
    ...settings,
  };
  const args = ['-D', data(home), '-p', `${port}`, ...Object.entries(told).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  if (((await stat(log(home)).catch(() => undefined))?.size ?? 0) > 10_000_000) await truncate(log(home));
  const output = await open(log(home), 'a', 0o600);
  const from = (await output.stat()).size;
  let child: ChildProcess;
  try {
    child = spawn(join(binaries, 'postgres'), args, { ...spawnOptions(home), detached: true, stdio: ['ignore', output.fd, output.fd] });
  } finally {
    await output.close();
  }
  child.unref();
  let ended = false;
  child.once('exit', () => (ended = true));
  child.once('error', () => (ended = true));
  const deadline = performance.now() + startWithinMs;
  while (!ended && performance.now() < deadline) {
    const running = { pid: child.pid ?? 0, port };
    const file = await readFile(join(data(home), 'postmaster.pid'), 'utf8').catch(() => '');
    if (file.startsWith(`${running.pid}\n`) && /^ready\s*$/m.test(file) && (await answers(running, password))) return running;
    await pause(20);
  }
  if (!ended) await stop({ pid: child.pid ?? 0, port }, home);
  return (await readFile(log(home))).subarray(from).toString();
}

/** Stops the server: clients are cut off, what was committed is on disk. Harder after 15 s, and then the next start recovers. */
export async function stop({ pid }: Running, home: Home): Promise<void> {
  for (const [signal, withinMs] of [['SIGINT', 15_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const) {
    if (process.platform === 'win32') await pgCtlKill(home, signal, pid);
    else {
      try {
        process.kill(pid, signal);
      } catch {
        return; // it has ended meanwhile
      }
    }
    const deadline = performance.now() + withinMs;
    while (performance.now() < deadline) {
      if (!(await isPostmaster(pid, home))) return;
      await pause(20);
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end. Look at ${log(home)}.`);
}

// Windows has no signals; PostgreSQL has its own there.
async function pgCtlKill(home: Home, signal: string, pid: number): Promise<void> {
  const binaries = await findBinaries(home);
  await new Promise<void>((done) => execFile(join(binaries, 'pg_ctl'), ['kill', signal.replace('SIG', ''), `${pid}`], () => done()));
}

async function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
