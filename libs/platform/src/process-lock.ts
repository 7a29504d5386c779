import { execFile } from 'node:child_process';
import { link, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

let files = 0;
/** A name no other file of this or another process has. */
export const ownName = () => `${process.pid}.${(files += 1)}.${Math.random().toString(36).slice(2, 8)}`;

/**
 * What tells this process from a later one with the same number: its start. Undefined when it does not run, or only waits
 * for its parent to notice its end.
 */
export async function stampOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const [line, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    ]);
    // proc(5): after the name in brackets come the state, and as the 20th field the start in ticks since boot.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return line === '' || fields[0] === 'Z' || fields[0] === 'X' ? undefined : `${fields[19]} ${boot.trim()}`;
  }
  if (process.platform === 'win32') return isRunning(pid) ? 'running' : undefined;
  return new Promise((done) => {
    execFile('/bin/ps', ['-o', 'stat=,lstart=', '-p', `${pid}`], (fault, output) => {
      const [state = '', ...start] = output.trim().split(/\s+/);
      done(fault || state.startsWith('Z') || start.length === 0 ? undefined : start.join(' '));
    });
  });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** `pid stamp`, as it stands in lock files. */
async function self(): Promise<string> {
  return `${process.pid} ${(await stampOf(process.pid)) ?? ''}`;
}

async function isAlive(holder: string): Promise<boolean> {
  const at = holder.indexOf(' ');
  const stamp = await stampOf(Number(holder.slice(0, at)));
  return stamp !== undefined && stamp === holder.slice(at + 1);
}

/**
 * Runs work while no other process (or caller here) holds the lock file. A holder that was killed is noticed, also when
 * its number has been given to another process since.
 * @throws Error with a sentence after `waitMs`, naming the holder.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, waitMs = 120_000): Promise<T> {
  const deadline = performance.now() + waitMs;
  const draft = `${file}.${ownName()}`;
  await writeFile(draft, await self());
  try {
    // A link either makes the lock with its holder's name in it or fails; there is never a lock without a name.
    while (!(await link(draft, file).then(() => true, unlessExists))) {
      const holder = await readFile(file, 'utf8').catch(() => undefined);
      if (holder !== undefined && !(await isAlive(holder))) await removeDead(file, holder);
      else if (performance.now() > deadline) {
        throw new Error(`Process ${holder?.split(' ')[0] ?? '(unknown)'} has held ${file} for ${Math.round(waitMs / 1000)} s. If it hangs, end it and try again.`);
      } else await pause(20);
    }
  } finally {
    await rm(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

function unlessExists(fault: NodeJS.ErrnoException): false {
  if (fault.code === 'EEXIST') return false;
  throw fault;
}

// Between finding a lock dead and removing it another process might have removed it and taken it, so removing is itself
// done by one at a time, who looks again.
async function removeDead(file: string, holder: string): Promise<void> {
  const taking = `${file}.takeover`;
  const handle = await open(taking, 'wx').catch(unlessExists);
  if (handle === false) {
    const made = await stat(taking).catch(() => undefined);
    if (made !== undefined && Date.now() - made.mtimeMs > 10_000) await rm(taking, { force: true });
    else await pause(20);
    return;
  }
  await handle.close();
  try {
    if ((await readFile(file, 'utf8').catch(() => undefined)) === holder) await rm(file, { force: true });
  } finally {
    await rm(taking, { force: true });
  }
}

/**
 * Who uses something, as one file per use in a folder, named by process. Call under a lock.
 * @returns the file that stands for this use.
 */
export async function enter(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, ownName());
  await writeFile(file, await self());
  return file;
}

/** Ends one use and sweeps those of dead processes. Call under the lock. @returns how many uses remain. */
export async function leave(file: string): Promise<number> {
  await rm(file, { force: true });
  return sweep(dirname(file));
}

/** Removes the files of processes that are gone. @returns how many remain. */
export async function sweep(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const kept = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, basename(name));
      const alive = await isAlive(await readFile(file, 'utf8').catch(() => ''));
      if (!alive) await rm(file, { force: true });
      return alive;
    }),
  );
  return kept.filter(Boolean).length;
}
