import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { type Actor, actorName } from '@concordat/access/core';
import type { CommandOutcome } from '@concordat/access';
import { AgreementCommand } from '@concordat/agreement';
import { type AgreementCommandBody, agreementFold, agreementStream } from '@concordat/agreement/core';
import { Journal } from '@concordat/journal';
import { Clock, Database, DatabaseUnavailable, Doorbell, log, newId, uuidv5 } from '@concordat/platform';
import type { JsonObject } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { compile, dayOf, type Finding, findingsOfProcess, findingsOfRelease, stageProved, takingOver } from './core/index.js';
import { type AppliedProcess, countPending, keepApplied, type KeptRelease, type PendingProcess, readPending, tenantsPending } from './import.store.js';
import { InTurn } from './in-turn.js';
import { releaseRules } from './release-rules.js';

/** How far telling is: processes told, of those there are. */
export interface TellingProgress {
  readonly phase: 'telling';
  readonly done: number;
  readonly of: number;
}

/** The doorbell of imports whose agreements wait to be told; its id is the tenant. */
export const importBell = 'import';

/** Who tells agreements what was imported. */
export const importer: Actor = { kind: 'system', name: 'import' };

/** Agreements that nobody told for so long wait for somebody who does. */
const restedMs = 10_000;
/** How often an agreement is told that faults keep from it; then it is given up, and the others go on. */
const mostTries = 5;
const pathway = { id: 'standard' } as const;

/**
 * The second phase of an import: each process' agreement is told what its releases say, by commands whose ids follow from tenant,
 * process and content. What a kill leaves undone, whoever tells next finishes first.
 */
@Injectable()
export class ImportTelling {
  #stopping = false;

  constructor(
    private readonly database: Database,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly commands: CommandBus,
    private readonly doorbell: Doorbell,
  ) {}

  /** Tells every agreement what it was not told yet, and says how many were opened. Safe to run twice at once. */
  async tell(tenant: string, progress: (at: TellingProgress) => void = () => undefined): Promise<number> {
    const of = await countPending(this.database, tenant);
    let opened = 0;
    let done = 0;
    // While one batch is told, the next is read and the last one is kept.
    const keeping = new InTurn();
    let reading = readPending(this.database, tenant, '');
    for (;;) {
      const found = await reading;
      const last = found.at(-1);
      // What another run told between the look at the processes and that at their releases has nothing left to tell.
      const pending = found.filter(({ releases }) => releases.some(({ applied }) => !applied));
      if (last === undefined || this.#stopping) break;
      reading = readPending(this.database, tenant, last.ocid);
      reading.catch(() => undefined); // told when it is awaited
      const applied = await this.applyAll(tenant, pending);
      const kept = await this.withAhead(tenant, pending, applied);
      await keeping.begin(() => keepApplied(this.database, tenant, kept, this.clock.now()));
      opened += pending.filter(({ agreement }, at) => agreement === null && 'agreement' in applied[at]!).length;
      done += found.length;
      progress({ phase: 'telling', done, of: Math.max(of, done) });
    }
    await keeping.end();
    return opened;
  }

  /** Rings for organisations in which agreements have waited a while: their doorbell was lost, or their worker died. */
  async ringForPending(): Promise<void> {
    const since = new Date(this.clock.now().getTime() - restedMs);
    for (const tenant of await tenantsPending(this.database, since)) this.doorbell.ring(importBell, tenant);
  }

  /** From now on whoever tells ends after the agreements at hand; another worker goes on from there. */
  stop(): void {
    this.#stopping = true;
  }

  /** Commands that are asked together are recorded together, so that one fault may be everybody's: whoever it hit is tried again alone. */
  private async applyAll(tenant: string, pending: readonly PendingProcess[]): Promise<readonly AppliedProcess[]> {
    const first = await Promise.allSettled(pending.map((process) => this.apply(tenant, process, [])));
    const applied: AppliedProcess[] = [];
    for (const [at, one] of first.entries()) applied.push(one.status === 'fulfilled' ? one.value : await this.applyAlone(tenant, pending[at]!, one.reason));
    return applied;
  }

  /** Each command is whole or not at all, so what was told before a fault stays told; the releases after it are given up in the end. */
  private async applyAlone(tenant: string, process: PendingProcess, fault: unknown): Promise<AppliedProcess> {
    const told: KeptRelease[] = [];
    for (let tries = 1, last = fault; ; tries += 1) {
      if (last instanceof DatabaseUnavailable) throw last;
      log.error('an agreement could not be told of what was imported', { tenant, ocid: process.ocid, tries, fault: last });
      if (tries === mostTries) break;
      try {
        told.length = 0;
        return await this.apply(tenant, process, told);
      } catch (again) {
        last = again;
      }
    }
    const left = process.releases.filter((release) => !release.applied && !told.includes(release));
    const failed = `Its agreement could not be told of it: ${mostTries} tries ended in a fault of this installation, which its log names. Nothing of it is half done. Import the file again when it is mended.`;
    return { ocid: process.ocid, releases: left, told, failed };
  }

  /** @param told is filled with what the agreement is known to have been told of, one after the other. */
  private async apply(tenant: string, { ocid, agreement: known, releases }: PendingProcess, told: KeptRelease[]): Promise<AppliedProcess> {
    const fresh = releases.filter(({ applied }) => !applied);
    const contents = releases.map(contentOf);
    const compiled = compile(contents, releaseRules);
    const hash = hashOf(releases);
    const agreement = known ?? uuidv5(tenant, `process ${ocid}`);

    const begun = known === null ? await this.takeOver(tenant, ocid, agreement, releases, contents) : 0;
    if (typeof begun === 'string') return { ocid, releases: fresh, refused: begun };
    // One after the other: notices of one process are on record in the order they came.
    for (const release of known === null ? releases.slice(begun) : fresh) {
      await this.ask(tenant, ocid, release.hash, { name: 'record-notice', agreement, notice: noticeOf(release, contents[releases.indexOf(release)]!, stageProved(compiled)) });
      told.push(release);
    }
    const findings = [
      ...fresh.flatMap((release) => findingsOfRelease(contents[releases.indexOf(release)]!, release.hash, releaseRules)),
      ...findingsOfProcess(ocid, compiled, contents),
    ];
    return { ocid, releases: fresh, agreement, hash, findings };
  }

  /**
   * Takes an agreement over with all these releases. Where somebody else did meanwhile, or was killed before it was kept, they knew fewer: those it
   * began with came first, and the others are still to be told.
   * @returns with how many of them it began, none where nobody can tell; or why it was refused.
   */
  private async takeOver(tenant: string, ocid: string, agreement: string, releases: readonly KeptRelease[], contents: readonly JsonObject[]): Promise<number | string> {
    for (let first = releases.length; first > 0; first -= 1) {
      const known = releases.slice(0, first);
      const begins = takingOver(ocid, compile(contents.slice(0, first), releaseRules), known.at(-1)?.source ?? ocid);
      const asked = await this.ask(tenant, ocid, hashOf(known).toString('hex'), { name: 'take-over-agreement', agreement, pathway, raises: null, ...begins });
      if (asked !== 'so-already') return asked === 'recorded' ? first : asked.refused;
    }
    return 0;
  }

  /** Whether it was recorded now or before, is so by another command, or why it was refused. */
  private async ask(tenant: string, ocid: string, content: string, command: AgreementCommandBody): Promise<'recorded' | 'so-already' | { readonly refused: string }> {
    const outcome: CommandOutcome = await this.commands.execute(
      new AgreementCommand(command, {
        tenant,
        actor: importer,
        commandId: uuidv5(tenant, `${actorName(importer)} ${command.name} ${ocid} ${content}`),
        // The id says what is asked to the last letter, so that it is the fingerprint too.
        fingerprint: content,
        correlationId: newId(),
      }),
    );
    if (outcome.outcome === 'recorded') return 'recorded';
    if (outcome.outcome === 'refused') {
      const refusals = outcome.refusals.filter(({ code }) => code !== 'already-so');
      return refusals.length === 0 ? 'so-already' : { refused: refusals.map(({ code, asks }) => `${code}: ${asks}`).join(' ') };
    }
    throw new Error(`The agreement of ${ocid} could not be told (${outcome.outcome}). What was read is kept: run the import again, and it goes on.`);
  }

  /** With a finding for every notice that ran ahead of its agreement's gates. */
  private async withAhead(tenant: string, pending: readonly PendingProcess[], applied: readonly AppliedProcess[]): Promise<readonly AppliedProcess[]> {
    // Only an agreement that was there already was told of notices.
    const told = pending.flatMap(({ agreement }) => agreement ?? []);
    const states = await this.journal.load(tenant, told.map(agreementStream));
    return applied.map((process) => {
      if (!('agreement' in process) || !told.includes(process.agreement)) return process;
      const { notices } = states.of(agreementFold, agreementStream(process.agreement)).state;
      const ahead = notices.filter((notice) => notice.ahead);
      const findings = ahead.map(({ version, proves, reference }): Finding => ({ code: 'ahead-of-gate', about: version, detail: `${reference} proves ${proves}` }));
      return { ...process, findings: [...process.findings, ...findings] };
    });
  }
}

/** The releases, in their order, say all that the compiled one says. */
const hashOf = (releases: readonly KeptRelease[]): Buffer => createHash('sha256').update(releases.map((release) => release.hash).join(' ')).digest();

function contentOf({ content }: KeptRelease): JsonObject {
  return JSON.parse(inflateRawSync(content).toString()) as JsonObject;
}

function noticeOf({ hash, source, ocid }: KeptRelease, release: JsonObject, proves: string): Extract<AgreementCommandBody, { name: 'record-notice' }>['notice'] {
  const { id, tag, date } = release;
  const short = (text: string) => text.toWellFormed().replaceAll('\u0000', '').slice(0, 200).toWellFormed();
  return {
    source: short(source),
    reference: short(typeof id === 'string' || typeof id === 'number' ? `${id}` || ocid : ocid),
    tags: (Array.isArray(tag) ? tag : []).filter((one) => typeof one === 'string').slice(0, 50).map(short),
    publishedOn: dayOf(date) ?? null,
    version: hash,
    proves,
  };
}
