import { actorName } from '@concordat/access/core';
import { Clock, Database, Doorbell, newId, Problem, type Tx } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { commitImport, countPending, countUploads, deleteImport, type ImportCounts, type ImportedFile, insertImport, isCommitted, readCounts } from './import.store.js';
import { deadAfterMs, Staging, tooSlow } from './import-staging.js';
import { importBell, importer, ImportTelling, type TellingProgress } from './import-telling.js';
import { ReleaseReader, UnreadableFile } from './release-reader.js';

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
export type ImportProgress = { readonly phase: 'reading'; readonly file: string; readonly bytes: number; readonly releases: number } | TellingProgress;

/** The largest file of releases that is uploaded, in bytes as it is sent: 100 MB. */
export const largestUpload = 100 * 1024 * 1024;
/** The same, uncompressed: a small file can say that it holds gigabytes. */
const largestUnpacked = 1024 * 1024 * 1024;
/** What one organisation may upload: so many files at once, and so many within an hour. */
const uploads = { atOnce: 3, anHour: 100 } as const;
/** So many agreements are told while whoever uploaded waits; a worker tells more. */
const toldAtOnce = 100;

/**
 * Brings in what was published elsewhere, in two phases: releases are staged and count only once every file was read to a
 * sound end; then each process' agreement is told. What a kill leaves undone in the second phase, the next run of any import
 * finishes first.
 */
@Injectable()
export class Imports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly telling: ImportTelling,
    private readonly doorbell: Doorbell,
  ) {}

  /**
   * Imports these files as one: all of them, or nothing.
   * @param alongside is done in the transaction in which what they say begins to count.
   * @throws UnreadableFile with a sentence for the reader, when a file is not whole or holds no releases.
   */
  async run(tenant: string, sources: readonly ImportSource[], progress: (at: ImportProgress) => void = () => undefined, alongside?: (tx: Tx) => Promise<void>): Promise<ImportReport> {
    const resumed = await this.telling.tell(tenant, progress);
    const id = newId();
    const releases = await this.take(tenant, { id, by: actorName(importer) }, sources, Number.POSITIVE_INFINITY, progress, alongside);
    await this.telling.tell(tenant, progress);
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
    if ((await countPending(this.database, tenant)) <= toldAtOnce) await this.telling.tell(tenant);
    else this.doorbell.ring(importBell, tenant);
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
