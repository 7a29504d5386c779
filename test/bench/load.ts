import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Acknowledged, Standing } from './transition.js';

/** What to send, and for how long. One client a standing. */
export interface LoadOrder {
  readonly port: number;
  readonly key: string;
  readonly standings: readonly Standing[];
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Given: commands fall due at this rate (open loop). */
  readonly perSecond?: number;
}

/** What came back. */
export interface LoadReport {
  /** Every command that was answered, warm-up included: all of them must be in the journal. */
  readonly acknowledged: readonly Acknowledged[];
  /** Of the measured time alone, ms. */
  readonly latencies: readonly number[];
  readonly perSecond: number;
}

/** The load process, the same one for the product and its floors. */
export class Load {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(join(import.meta.dirname, 'load-process.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  }

  /** @throws Error when a command was not answered with 200, or the load process ended. */
  async run(order: LoadOrder): Promise<LoadReport> {
    this.#child.send(order);
    const told = await answerOf<{ readonly report: LoadReport } | { readonly fault: string }>(this.#child);
    if ('fault' in told) throw new Error(told.fault);
    return told.report;
  }

  close(): void {
    this.#child.kill();
  }
}

/** The next message of a child of ours. @throws Error when it ends instead. */
export function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((answer, fault) => {
    const ended = () => fault(new Error('A process of the bench ended; what it said stands above.'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      answer(message as T);
    });
  });
}
