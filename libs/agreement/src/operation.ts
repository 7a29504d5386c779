import type { CommandOutcome } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { Clock, Database, Doorbell, log, Problem, Sealing } from '@concordat/platform';
import type { JsonObject } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { ClearCommands } from './clear-commands.js';
import {
  type AcceptedOperation,
  countFault,
  insertOperation,
  type KeptLine,
  type OperationProgress,
  operationsWaiting,
  readNotRecorded,
  readOpenLines,
  readProgress,
  readResults,
  writeResult,
} from './operation.store.js';
import type { AgreementCommandInput } from './schemas.js';

/** The doorbell of operations; its id is `tenant/operation`. */
export const operationBell = 'operation';

const faultsBeforeGivingUp = 5;
// Every ring costs the queue as much as a piece of work: a long backlog rung whole at each tick would keep workers from it.
const mostRings = 100;

/** One command of an operation, as people sent it. */
export interface OperationLine extends Omit<KeptLine, 'command'> {
  readonly command: AgreementCommandInput;
}

/**
 * Commands accepted now and decided later, one result a line. Restarted from its rows; a command id is fixed at acceptance.
 * A row keeps what was said under the installation's key and no longer than until its line is answered: only what is recorded
 * is sealed under the keys of those it is near, so that a line that is refused leaves nothing of them.
 */
@Injectable()
export class Operations {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly commands: ClearCommands,
    private readonly journal: Journal,
    private readonly sealing: Sealing,
  ) {}

  /** Commits the operation, then rings. Sent again it is the same operation; `key-reused` when the body was another. */
  async accept(
    operation: Omit<AcceptedOperation, 'acceptedAt'>,
    lines: readonly OperationLine[],
  ): Promise<'accepted' | 'key-reused'> {
    const { tenant, id, fingerprint } = operation;
    // The key may also have been used for a command that was answered at once: an operation of one line has that command's id.
    const [known, answered] = [await this.progress(tenant, id), await this.journal.receipt(tenant, id)];
    if (known === undefined && answered !== undefined && answered.fingerprint !== fingerprint) return 'key-reused';
    const kept = lines.map(({ command, ...line }): KeptLine => ({
      ...line,
      command: { agreement: command.agreement, name: command.name, sealed: this.sealing.seal(JSON.stringify(command), placeOf(tenant, id, line.line)) },
    }));
    if (known === undefined) await insertOperation(this.database, { ...operation, acceptedAt: this.clock.now().toISOString() }, kept);
    // Sent twice at once, one of them was first.
    if ((known ?? (await this.progress(tenant, id)))?.fingerprint !== fingerprint) return 'key-reused';
    this.doorbell.ring(operationBell, `${tenant}/${id}`);
    return 'accepted';
  }

  /** How far it is, or undefined where the tenant has no such operation. */
  progress(tenant: string, id: string): Promise<OperationProgress | undefined> {
    return readProgress(this.database, tenant, id);
  }

  /** Results of finished lines after line `after`, in order. */
  results(tenant: string, id: string, after: number, limit: number) {
    return readResults(this.database, tenant, id, after, limit);
  }

  /** By operation and line, the results of those that were answered and recorded nothing. */
  async notRecorded(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<number, JsonObject>>> {
    const rows = ids.length === 0 ? [] : await readNotRecorded(this.database, tenant, ids);
    return new Map(ids.map((id) => [id, new Map(rows.filter(({ operation }) => operation === id).map(({ line, result }) => [line, result]))]));
  }

  /** Runs every line that has no result yet, in order. Answers doorbells; at least once is enough. */
  async run(id: string): Promise<void> {
    const [tenant = '', operation = ''] = id.split('/');
    for (;;) {
      const lines = await readOpenLines(this.database, tenant, operation, 100);
      if (lines.length === 0) return;
      const reused = await this.isReused(tenant, operation, lines[0]!.fingerprint);
      for (const line of lines) {
        if (this.stopping) return;
        const result = reused ? { outcome: 'key-reused' } : await this.runLine(tenant, operation, line);
        if (result === undefined) return;
        await writeResult(this.database, tenant, operation, line.line, result, this.clock.now().toISOString());
      }
    }
  }

  /** From now on a run ends after the line it is at; another worker goes on from there. */
  stop(): void {
    this.stopping = true;
  }

  /** Rings for the oldest operations that have waited a while: their doorbell was lost, their worker died, or many wait. */
  async ringForWaiting(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 5_000).toISOString();
    for (const { tenant, operation } of await operationsWaiting(this.database, before, mostRings)) {
      this.doorbell.ring(operationBell, `${tenant}/${operation}`);
    }
  }

  /** True when a command was answered under this key while the operation waited: a key is one request's, and that one is done. */
  private async isReused(tenant: string, operation: string, fingerprint: string): Promise<boolean> {
    const answered = await this.journal.receipt(tenant, operation);
    return answered !== undefined && answered.fingerprint !== fingerprint;
  }

  private async runLine(
    tenant: string,
    operation: string,
    line: Awaited<ReturnType<typeof readOpenLines>>[number],
  ): Promise<JsonObject | undefined> {
    try {
      const command = JSON.parse(this.sealing.open(line.command.sealed, placeOf(tenant, operation, line.line)).toString('utf8')) as AgreementCommandInput;
      const outcome = await this.commands.record(command, {
        tenant,
        actor: line.actor,
        commandId: line.commandId,
        fingerprint: line.fingerprint,
        correlationId: line.correlationId,
        ...(line.expectedVersion !== null && { expectedVersion: line.expectedVersion }),
      });
      // A conflict is nobody's answer: the line is still open and runs again.
      return outcome.outcome === 'conflict' ? await this.faulted(tenant, operation, line.line, 'version.conflict') : resultOf(outcome);
    } catch (fault) {
      // Whom the words are near was erased since: no other try would go better.
      if (fault instanceof Problem && fault.status === 422) return { outcome: 'failed', code: fault.code, detail: fault.detail };
      log.error('a line of an operation failed', { tenant, operation, line: line.line, fault });
      // While the database is away nothing can be counted or kept: the ticker brings the operation back.
      if (fault instanceof Problem && fault.status === 503) throw fault;
      return this.faulted(tenant, operation, line.line, 'fault');
    }
  }

  private async faulted(tenant: string, operation: string, line: number, code: string): Promise<JsonObject | undefined> {
    const faults = await countFault(this.database, tenant, operation, line);
    if (faults < faultsBeforeGivingUp) return undefined;
    return { outcome: 'failed', code, detail: `Tried ${faults} times without an answer. Nothing was done. Send the command again.` };
  }
}

/** What a line's envelope is bound to, so that it opens in its own row alone. */
const placeOf = (tenant: string, operation: string, line: number): string => `operation ${tenant} ${operation} ${line}`;

function resultOf(outcome: Exclude<CommandOutcome, { outcome: 'conflict' }>): JsonObject {
  switch (outcome.outcome) {
    case 'recorded':
      return {
        outcome: 'recorded',
        version: Math.max(...outcome.receipt.events.filter(({ stream }) => stream.startsWith('agreement-')).map(({ version }) => version)),
        position: outcome.receipt.position,
        events: outcome.receipt.events.map(({ id, type }) => ({ id, type })),
      };
    case 'refused':
      return { outcome: 'refused', refusals: JSON.parse(JSON.stringify(outcome.refusals)) };
    case 'would-record':
      return { outcome: 'would-record' };
    case 'key-reused':
      return { outcome: 'key-reused' };
    case 'precondition-failed':
      return { outcome: 'precondition-failed', version: outcome.version };
  }
}
