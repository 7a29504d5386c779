import type { ChildProcess } from 'node:child_process';
import { log } from '@concordat/platform';

const firstPause = 200;
const longestPause = 10_000;
/** A child that lived this long was well: its next death starts the pauses anew. */
const wellAfter = 30_000;
/** This many deaths before the first readiness are no accident. */
const mostFalseStarts = 3;

/** Keeps one child process alive until told to stop. */
export class Supervisor {
  /** Rejects with a sentence when the child cannot even start. */
  readonly failed: Promise<never>;
  readonly #name: string;
  readonly #spawn: () => ChildProcess;
  #giveUp: (fault: Error) => void = () => undefined;
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  #restart: NodeJS.Timeout | undefined;
  #falseStarts = 0;
  #pause = firstPause;
  #settled = false;
  #stopping = false;

  constructor(name: string, spawn: () => ChildProcess) {
    this.#name = name;
    this.#spawn = spawn;
    this.failed = new Promise((_, reject) => {
      this.#giveUp = reject;
    });
    this.failed.catch(() => undefined); // whoever waits for it hears of it; nobody waits after the start
    this.#start();
  }

  /** From now on the child is started again however often it dies. */
  settled(): void {
    this.#settled = true;
  }

  #start(): void {
    const since = performance.now();
    const child = this.#spawn();
    this.#child = child;
    this.#gone = new Promise((gone) => {
      let over = false;
      const onOver = (how: string) => {
        if (over) return;
        over = true;
        gone();
        this.#died(how, performance.now() - since);
      };
      child.once('error', (fault) => onOver(fault.message));
      child.once('exit', (code, signal) => onOver(signal === null ? `exit code ${code}` : signal));
    });
  }

  #died(how: string, lived: number): void {
    if (this.#stopping) return;
    this.#falseStarts += 1;
    if (!this.#settled && this.#falseStarts >= mostFalseStarts) {
      this.#giveUp(new Error(`The ${this.#name} process ended ${mostFalseStarts} times while starting (${how}). What it said stands above.`));
      return;
    }
    if (lived > wellAfter) this.#pause = firstPause;
    log.warn(`The ${this.#name} process ended and is started again.`, { how, inMs: this.#pause });
    this.#restart = setTimeout(() => this.#start(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }

  /** Asks the child to finish, and ends it after `withinMs`. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    this.#child?.kill('SIGTERM');
    const late = setTimeout(() => {
      log.warn(`The ${this.#name} process did not stop in time and is ended.`);
      this.#child?.kill('SIGKILL');
    }, withinMs);
    await this.#gone;
    clearTimeout(late);
  }
}
