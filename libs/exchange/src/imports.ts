import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Actor, actorName } from '@concordat/access/core';
import type { CommandOutcome } from '@concordat/access';
import { AgreementCommand } from '@concordat/agreement';
import { type AgreementCommandBody, agreementFold, agreementStream } from '@concordat/agreement/core';
import { Journal } from '@concordat/journal';
import { Clock, Database, DatabaseUnavailable, Doorbell, log, newId, Problem, type Tx, uuidv5 } from '@concordat/platform';
import { canonical, type JsonObject } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { compile, dayOf, type Finding, findingsOfProcess, findingsOfRelease, isObject, stageProved, takingOver } from './core/index.js';
import {
  type AppliedProcess,
  commitImport,
  countPending,
  countUploads,
  deleteImport,
  type ImportCounts,
  type ImportedFile,
  insertImport,
  isCommitted,
  keepApplied,
  type KeptRelease,
  type PendingProcess,
  readCounts,
  rejectedListed,
  readPending,
  type ReadRelease,
  stageReleases,
  tenantsPending,
} from './import.store.js';
import { type FoundRelease, ReleaseReader, UnreadableFile } from './release-reader.js';
import { releaseRules } from './release-rules.js';

/** A file to import: how it is called, and its bytes, plain or gzipped. */
export interface ImportSource {
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
}

/**
 * What an import came to. `releases` is the sum of imported, merged, duplicates and rejected; `agreements` were opened by this run.
 * `rejectedMore` stands there only where more were rejected than are listed, and says how many more.
 */
export interface ImportReport extends Omit<ImportCounts, 'opened' | 'rejectedMore'> {
  readonly rejectedMore?: number;
  readonly releases: number;
  readonly agreements: number;
}

/** How far an import is: bytes read, or processes told of those there are. */
export type ImportProgress =
  | { readonly phase: 'reading'; readonly file: string; readonly bytes: number; readonly releases: number }
  | { readonly phase: 'telling'; readonly done: number; readonly of: number };

/** The doorbell of imports whose agreements wait to be told; its id is the tenant. */
export const importBell = 'import';

/** The largest file of releases that is uploaded, in bytes as it is sent: 100 MB. */
export const largestUpload = 100 * 1024 * 1024;
/** The same, uncompressed: a small file can say that it holds gigabytes. */
const largestUnpacked = 1024 * 1024 * 1024;
/** What one organisation may upload: so many files at once, and so many within an hour. */
const uploads = { atOnce: 3, anHour: 100 } as const;
/** Agreements that nobody told for so long wait for somebody who does. */
const restedMs = 10_000;
/** So many agreements are told while whoever uploaded waits; a worker tells more. */
const toldAtOnce = 100;

/** How often an agreement is told that faults keep from it; then it is given up, and the others go on. */
const mostTries = 5;

const importer: Actor = { kind: 'system', name: 'import' };
const pathway = { id: 'standard' } as const;

const releasesAtOnce = 200;
const bytesAtOnce = 500_000;
/** An import nobody has read on for so long was killed. */
const deadAfterMs = 15 * 60_000;

/**
 * Brings in what was published elsewhere, in two phases: releases are staged and count only once every file was read to a
 * sound end; then each process' agreement is told, by commands whose ids follow from tenant, process and content. What a kill
 * leaves undone in the second phase, the next run of any import finishes first.
 */
@Injectable()
export class Imports {
  #stopping = false;

  constructor(
    private readonly database: Database,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly commands: CommandBus,
    private readonly doorbell: Doorbell,
  ) {}

  /**
   * Imports these files as one: all of them, or nothing.
   * @param alongside is done in the transaction in which what they say begins to count.
   * @throws UnreadableFile with a sentence for the reader, when a file is not whole or holds no releases.
   */
  async run(tenant: string, sources: readonly ImportSource[], progress: (at: ImportProgress) => void = () => undefined, alongside?: (tx: Tx) => Promise<void>): Promise<ImportReport> {
    const resumed = await this.tell(tenant, progress);
    const id = newId();
    const releases = await this.take(tenant, { id, by: actorName(importer) }, sources, Number.POSITIVE_INFINITY, progress, alongside);
    await this.tell(tenant, progress);
    const { findings, opened, rejectedMore, ...counts } = await readCounts(this.database, tenant, id);
    return { releases, ...counts, ...(rejectedMore > 0 && { rejectedMore }), agreements: resumed + opened, findings };
  }

  /**
   * Imports a file that somebody sends. What it says is committed when this returns, or nothing of it is; the agreements of a
   * large one are told by a worker. Sent again under the same id, it is the same import.
   * @throws UnreadableFile as `run` does; Problem 429 `import.too-many`; Problem 409 `import.under-way`.
   */
  async upload(tenant: string, begun: { readonly id: string; readonly by: string }, source: ImportSource): Promise<void> {
    if (await isCommitted(this.database, tenant, begun.id)) return;
    const now = this.clock.now();
    const { reading, recent } = await countUploads(this.database, tenant, new Date(now.getTime() - 60_000), new Date(now.getTime() - 3_600_000));
    if (reading >= uploads.atOnce || recent >= uploads.anHour) throw tooMany(reading >= uploads.atOnce);
    await this.take(tenant, begun, [{ ...source, bytes: upTo(largestUpload, source) }], largestUnpacked);
    if ((await countPending(this.database, tenant)) <= toldAtOnce) await this.tell(tenant);
    else this.doorbell.ring(importBell, tenant);
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

  /** The first phase: what the files hold is staged, judged and committed, or all of it is taken back. Returns how many releases there were. */
  private async take(
    tenant: string,
    begun: { readonly id: string; readonly by: string },
    sources: readonly ImportSource[],
    mostUnpacked: number,
    progress: (at: ImportProgress) => void = () => undefined,
    alongside: (tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<number> {
    const now = this.clock.now();
    if (!(await insertImport(this.database, tenant, begun, now, new Date(now.getTime() - deadAfterMs)))) throw underWay();
    const staging = new Staging(this.database, this.clock, tenant, begun.id);
    const files: ImportedFile[] = [];
    try {
      for (const [file, source] of sources.entries()) {
        const bytes = weighed(source, (read) => progress({ phase: 'reading', file: source.name, bytes: read, releases: staging.releases }));
        const reader = new ReleaseReader(source.name, bytes, mostUnpacked);
        for await (const found of reader.read()) for (const one of found) await staging.add(file, one);
        files.push({ name: source.name, source: reader.publisher ?? source.name });
      }
      await staging.flush();
      const { staged, rejectedMore } = staging;
      if (!(await commitImport(this.database, tenant, begun.id, { staged, rejectedMore, files }, this.clock.now(), alongside))) throw tooSlow();
      return staging.releases;
    } catch (fault) {
      // Staged rows never count; taking them back is only tidy, and must not hide why it failed.
      await staging.settle();
      await deleteImport(this.database, tenant, begun.id).catch(() => undefined);
      throw fault;
    }
  }

  /** Tells every agreement what it was not told yet, and says how many were opened. Safe to run twice at once. */
  async tell(tenant: string, progress: (at: ImportProgress) => void = () => undefined): Promise<number> {
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
    // The releases, in their order, say all that the compiled one says.
    const hash = createHash('sha256').update(releases.map((release) => release.hash).join(' ')).digest();
    const agreement = known ?? uuidv5(tenant, `process ${ocid}`);
    const source = releases.at(-1)?.source ?? ocid;

    const commands: readonly (readonly [string, AgreementCommandBody])[] =
      known === null
        ? [[hash.toString('hex'), { name: 'take-over-agreement', agreement, pathway, raises: [], ...takingOver(ocid, compiled, source) }]]
        : fresh.map((release) => [release.hash, { name: 'record-notice', agreement, notice: noticeOf(release, contents[releases.indexOf(release)]!, stageProved(compiled)) }]);
    // One after the other: notices of one process are on record in the order they came.
    for (const [at, [content, command]] of commands.entries()) {
      const refused = await this.ask(tenant, ocid, content, command);
      if (refused !== undefined && known === null) return { ocid, releases: fresh, refused };
      if (known !== null) told.push(fresh[at]!);
    }
    const findings = [
      ...fresh.flatMap((release) => findingsOfRelease(contents[releases.indexOf(release)]!, release.hash, releaseRules)),
      ...findingsOfProcess(ocid, compiled, contents),
    ];
    return { ocid, releases: fresh, agreement, hash, findings };
  }

  /** Why it was refused, or nothing where it is so now, whoever did it. */
  private async ask(tenant: string, ocid: string, content: string, command: AgreementCommandBody): Promise<string | undefined> {
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
    if (outcome.outcome === 'recorded') return undefined;
    if (outcome.outcome === 'refused') {
      const refusals = outcome.refusals.filter(({ code }) => code !== 'already-so');
      return refusals.length === 0 ? undefined : refusals.map(({ code, asks }) => `${code}: ${asks}`).join(' ');
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

async function* upTo(most: number, { name, bytes }: ImportSource): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    if (read > most) throw new UnreadableFile(`${name} is larger than ${most / 1024 / 1024} MB. Compress it with gzip, split it, or import it on the server by the command line. Nothing was imported.`);
    yield chunk;
  }
}

function tooMany(atOnce: boolean): Problem {
  return new Problem({
    status: 429,
    code: 'import.too-many',
    title: 'Too many files are being imported',
    detail: atOnce ? `Your organisation is importing ${uploads.atOnce} files already. Try again when one of them is done.` : `Your organisation imported ${uploads.anHour} files within the hour. Try again later, or put several files together.`,
    headers: { 'retry-after': atOnce ? '30' : '600' },
  });
}

function tooSlow(): UnreadableFile {
  return new UnreadableFile(`Nothing more arrived for ${deadAfterMs / 60_000} minutes, so another import took this one for broken off. Import again. Nothing was imported.`);
}

function underWay(): Problem {
  return new Problem({
    status: 409,
    code: 'import.under-way',
    title: 'This file was sent before',
    detail: 'An import was begun under this key. Look at what became of it; where it was broken off, send the file again with another key.',
  });
}

async function* weighed({ bytes }: ImportSource, report: (bytes: number) => void): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    report(read);
    yield chunk;
  }
}

/** Work that goes on in the background, one piece at a time; what a piece fails with is thrown by the next call. */
class InTurn {
  #under: Promise<void> = Promise.resolve();

  async begin(work: () => Promise<void>): Promise<void> {
    await this.#under;
    this.#under = work();
    this.#under.catch(() => undefined); // told when it is awaited
  }

  async end(): Promise<void> {
    await this.#under;
  }
}

/** Releases on their way into the database: a batch is written while the next is read. */
class Staging {
  releases = 0;
  /** Releases that have a row. */
  staged = 0;
  /** Rejected ones beyond those. */
  rejectedMore = 0;
  #batch: ReadRelease[] = [];
  #bytes = 0;
  #accepted = 0;
  readonly #writing = new InTurn();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tenant: string,
    private readonly id: string,
  ) {}

  async add(file: number, found: FoundRelease): Promise<void> {
    const read = readRelease(file, found);
    this.releases += 1;
    if ('content' in read) {
      this.#bytes += read.content.length;
      this.#accepted += 1;
    } else if (this.releases - this.#accepted > rejectedListed) {
      // A file of which so many entries are no releases, and none is one, is no file of releases.
      if (this.#accepted === 0) throw new UnreadableFile(`Of the first ${rejectedListed} entries none is a release with an ocid (${read.reason}). Nothing was imported.`);
      this.rejectedMore += 1;
      return;
    }
    this.#batch.push(read);
    this.staged += 1;
    if (this.#batch.length >= releasesAtOnce || this.#bytes >= bytesAtOnce) await this.write();
  }

  /** Ends when everything that was added is staged. */
  async flush(): Promise<void> {
    await this.write();
    await this.#writing.end();
  }

  /** What is under way when reading fails must end before the import is taken back. */
  async settle(): Promise<void> {
    await this.#writing.end().catch(() => undefined);
  }

  private async write(): Promise<void> {
    const batch = this.#batch;
    if (batch.length === 0) return;
    const from = this.staged - batch.length;
    await this.#writing.begin(async () => {
      if (!(await stageReleases(this.database, this.tenant, this.id, from, batch, this.clock.now()))) throw tooSlow();
    });
    this.#batch = [];
    this.#bytes = 0;
  }
}

const mostOcid = 400;

// What no row can hold: U+0000, half a character, or a name longer than an index takes.
function storable(ocid: string | null): boolean {
  return ocid === null || (ocid.length <= mostOcid && !ocid.includes('\u0000') && ocid.isWellFormed());
}

function readRelease(file: number, found: FoundRelease): ReadRelease {
  const { index } = found;
  if ('without' in found) return { file, index, ocid: storable(found.ocid) ? found.ocid : null, reason: found.without };
  const { release } = found;
  if (!isObject(release)) return { file, index, ocid: null, reason: 'It is not an object.' };
  const { ocid } = release;
  if (typeof ocid !== 'string' || ocid.trim() === '') return { file, index, ocid: null, reason: 'It has no ocid.' };
  if (!storable(ocid)) {
    return { file, index, ocid: null, reason: `Its ocid is longer than ${mostOcid} characters, or holds one that cannot be stored.` };
  }
  try {
    const text = canonical(release);
    return { file, index, ocid, content: deflateRawSync(text, { level: 1, chunkSize: 4_096 }), hash: createHash('sha256').update(text).digest() };
  } catch (fault) {
    // The one thing canonical refuses: a number such as 1e999.
    if (fault instanceof RangeError) return { file, index, ocid, reason: 'It holds a number that is too large for JSON.' };
    throw fault;
  }
}
