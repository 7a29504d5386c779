import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { Clock, Database } from '@concordat/platform';
import { canonical } from '@concordat/platform/core';
import { isObject } from './core/index.js';
import { type ReadRelease, rejectedListed, stageReleases } from './import.store.js';
import { InTurn } from './in-turn.js';
import { type FoundRelease, UnreadableFile } from './release-reader.js';

const releasesAtOnce = 200;
const bytesAtOnce = 500_000;
/** An import nobody has read on for so long was killed. */
export const deadAfterMs = 15 * 60_000;

/** Releases on their way into the database: a batch is written while the next is read. */
export class Staging {
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

/** What is said where an import was swept away under its reader. */
export function tooSlow(): UnreadableFile {
  return new UnreadableFile(`Nothing more arrived for ${deadAfterMs / 60_000} minutes, so another import took this one for broken off. Import again. Nothing was imported.`);
}
