import { createHash } from 'node:crypto';
import { Vault } from '@concordat/access';
import type { Actor } from '@concordat/access/core';
import { type OperationLine, Operations } from '@concordat/agreement';
import { type Agreement, contributionOf } from '@concordat/agreement/core';
import { Clock, concordatNamespace, Database, Fingerprints, londonDay, uuidv5 } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { ImportSource } from '../imports.js';
import { UnreadableFile } from '../release-reader.js';
import { asItCame } from './as-it-came.js';
import { type AccountedRow, insertParticipation, type KeptParticipation, ofTheErased, type ParticipationReport, readParticipations, type SentLine } from './participation-import.store.js';
import { type ParticipationRow, readParticipation } from './read-participation.js';

/** The largest export that is taken in, in bytes: 25 MB. */
export const largestParticipation = 25 * 1024 * 1024;

const mostKept = 100;

interface Asked {
  readonly tenant: string;
  readonly agreement: Agreement;
  readonly activity: string;
  /** Of the platform, where the export does not say it. */
  readonly address: string;
}
type Said = Extract<ParticipationRow, { is: 'said' }>;
/** What one person said: an entry, and which of those who made it. */
type SaidByOne = { readonly of: Said; readonly author: string | null; readonly entry: string };
/** An entry with what becomes of it, and of whom it is taken in. */
type Judged = { readonly item: AccountedRow; readonly by: readonly SaidByOne[] };

/**
 * Takes what people said on a participation platform in as contributions to one activity, in two phases: the whole file is
 * read first, and a file that cannot be read leaves nothing; then every entry is one command of one operation, known by its
 * source, so that the same export again adds nothing. Authors get pseudonyms; their names and addresses are not read. What
 * several made together is taken in once of each of them, whoever of them the export names later too: each is answered, is told,
 * and may have their own words erased.
 * What became of each entry is kept beside the agreement.
 */
@Injectable()
export class ContributionImports {
  constructor(
    private readonly operations: Operations,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** What would become of each entry. @throws UnreadableFile with a sentence. */
  async look(asked: Asked, source: ImportSource): Promise<ParticipationReport> {
    return (await this.read(asked, source)).report;
  }

  /**
   * Accepts the entries that can be taken as an operation of this id; none where nothing can.
   * @throws UnreadableFile with a sentence; nothing is accepted then.
   */
  async take(
    asked: Asked,
    source: ImportSource,
    by: { readonly operation: string; readonly actor: Actor; readonly principal: string; readonly correlationId: string },
  ): Promise<{ readonly report: ParticipationReport; readonly accepted: 'accepted' | 'key-reused' | 'nothing' }> {
    const { report, each, digest, authorOf } = await this.read(asked, source);
    const { tenant, agreement, activity } = asked;
    if (each.length === 0) {
      await this.keep(asked, source, report, each, by);
      return { report, accepted: 'nothing' };
    }
    const lines = each.map((one, at): OperationLine => ({
      line: at + 1,
      commandId: uuidv5(concordatNamespace, `${by.operation}/${at + 1}`),
      expectedVersion: null,
      command: { name: 'record-contribution', agreement: agreement.id, contribution: this.contributionId(agreement.id, one.entry), activity, author: authorOf(one), text: one.of.text, givenOn: one.of.givenOn, unread: true },
    }));
    const { operation: id, ...who } = by;
    const accepted = await this.operations.accept({ tenant, id, fingerprint: this.fingerprints.of(['contributions', agreement.id, activity, digest]), ...who }, lines);
    if (accepted === 'accepted') await this.keep(asked, source, report, each, by);
    return { report, accepted };
  }

  /** What became of the last hundred exports that were taken in for this agreement, the newest first. */
  async kept(tenant: string, agreement: string): Promise<readonly KeptParticipation[]> {
    const sent = await readParticipations(this.database, tenant, agreement, mostKept);
    const notRecorded = await this.operations.notRecorded(tenant, sent.map(({ id }) => id));
    return sent.map(({ report: { lines, ...report }, ...one }) => ({ ...one, report: lines === undefined ? report : asItCame(report, lines, notRecorded.get(one.id) ?? new Map()) }));
  }

  /** Who made an entry, the same at every import. */
  private pseudonym(tenant: string, { of: { source }, author }: SaidByOne, unnamed: string): string {
    return author === null ? unnamed : secretly(this.fingerprints, tenant, `${source.split('/component/')[0]} author ${author}`);
  }

  /**
   * Who made what names nobody. Within an agreement nobody is counted twice who may be one: it is one person's until somebody says otherwise.
   * Elsewhere it is another's, and so is what comes after they were erased, for that was the wish of one of them.
   */
  private async unnamed(tenant: string, agreement: string): Promise<string> {
    for (let erased = 0; ; erased += 1) {
      const pseudonym = secretly(this.fingerprints, agreement, `author unknown ${erased}`);
      if (!(await this.vault.erased(tenant, [pseudonym])).has(pseudonym)) return pseudonym;
    }
  }

  /** The id of what was said, the same whenever its entry is exported. */
  private contributionId(agreement: string, source: string): string {
    return secretly(this.fingerprints, agreement, source);
  }

  private async keep({ tenant, agreement, activity }: Asked, { name: file }: ImportSource, report: ParticipationReport, each: readonly SaidByOne[], by: { readonly operation: string; readonly principal: string }): Promise<void> {
    // Of what was left out alone it is kept which entry it was: any other has somebody's pseudonym, or its author may yet wish to be erased.
    const items = report.items.filter(({ is, why }) => is !== 'taken' && why !== ofTheErased).map((item) => (item.is === 'left-out' ? item : { ...item, source: null }));
    const joined = new Set(report.items.flatMap(({ row, is }) => (is === 'joined' ? [row] : [])));
    const lines = each.map(({ of: { row }, author }): SentLine => ({ row, is: joined.has(row) ? 'joined' : 'taken', named: author !== null }));
    await insertParticipation(this.database, tenant, agreement.id, { id: by.operation, activity, file, takenBy: by.principal, report: { ...report, items, lines } }, this.clock.now());
  }

  private async read({ tenant, agreement, activity, address }: Asked, { name, bytes }: ImportSource) {
    if (agreement.lifecycle !== 'open' && agreement.lifecycle !== 'held') throw new UnreadableFile('This agreement is over: of what people say a concern alone is taken in, entered by hand.');
    if (!agreement.involvement.activities.some(({ id }) => id === activity)) throw new UnreadableFile('What people said is taken in as said at one activity of the agreement; it has no such activity.');
    const whole = await wholeOf(name, bytes);
    const { platform, host, rows } = readParticipation(name, whole, address);
    const today = londonDay(this.clock.now());
    const seen = new Map<string, Said>();
    const leftTheLedger = new Set(agreement.contributions.concerns.map(({ id }) => id));
    const unnamed = await this.unnamed(tenant, agreement.id);
    const authorOf = (one: SaidByOne): string => this.pseudonym(tenant, one, unnamed);
    const erased = await this.vault.erased(tenant, [...new Set(rows.flatMap((row) => (row.is === 'said' ? byEach(row).map(authorOf) : [])))]);
    const judged = rows.map((row): Judged => {
      const judge = (is: AccountedRow['is'], by: readonly SaidByOne[] = [], why: string | null = null): Judged => ({ item: { row: row.row, source: row.source, is, why }, by });
      // Of whoever asked to be erased nothing is taken in again.
      const ofThoseThere = (each: readonly SaidByOne[]) => each.filter((one) => !erased.has(authorOf(one)));
      const takenOf = (said: Said): Judged => {
        const by = ofThoseThere(byEach(said));
        return by.length === 0 ? judge('left-out', [], ofTheErased) : judge('taken', by);
      };
      if (row.is === 'left-out') return judge('left-out', [], row.why);
      if (row.givenOn > today) return judge('left-out', [], 'The day it was published is still to come.');
      const before = seen.get(row.source);
      const first = before === undefined ? contributionOf(agreement, this.contributionId(agreement.id, row.source))?.author : authorOf(byEach(before)[0]!);
      seen.set(row.source, { ...row, authors: [...(before?.authors ?? []), ...row.authors] });
      // What was seen for a concern since is here no more, and is not taken in again.
      if (first === undefined) return leftTheLedger.has(this.contributionId(agreement.id, row.source)) ? judge('duplicate') : takenOf(row);
      const others = row.authors
        .map((author): SaidByOne => ({ of: row, author, entry: entryOf(row.source, author) }))
        .filter((one) => authorOf(one) !== first && before?.authors.includes(one.author!) !== true && contributionOf(agreement, this.contributionId(agreement.id, one.entry)) === undefined && !leftTheLedger.has(this.contributionId(agreement.id, one.entry)));
      // Of whom nobody was named before, the first may be the one whose words are here.
      const joined = ofThoseThere(first === unnamed ? others.filter(({ author }) => author !== row.authors[0]) : others);
      return judge(joined.length === 0 ? 'duplicate' : 'joined', joined);
    });
    const items = judged.map(({ item }) => item);
    const each = judged.flatMap(({ by }) => by);
    const count = (is: AccountedRow['is']) => items.filter((one) => one.is === is).length;
    const taken = count('taken');
    return {
      each,
      authorOf,
      digest: createHash('sha256').update(whole).digest('hex'),
      report: { platform, host, rows: items.length, taken, joined: count('joined'), duplicates: count('duplicate'), leftOut: count('left-out'), unnamed: each.filter(({ author }) => author === null).length, coAuthors: each.length - taken, items },
    };
  }
}

/** An entry once of each who made it. The first is known by the entry alone, as one that has no other author. */
const byEach = (of: Said): readonly SaidByOne[] =>
  of.authors.length === 0 ? [{ of, author: null, entry: of.source }] : of.authors.map((author, at) => ({ of, author, entry: at === 0 ? of.source : entryOf(of.source, author) }));

/** An entry as one made it of those who made it together. */
const entryOf = (source: string, author: string): string => `${source} author ${author}`;

/** What an id made of what is public on a platform is made of: nobody computes it who has not the installation's key. */
export function secretly(fingerprints: Fingerprints, space: string, name: string): string {
  return uuidv5(space, fingerprints.of(['participation', space, name]));
}

async function wholeOf(name: string, bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > largestParticipation) throw new UnreadableFile(`${name} is larger than 25 MB. Split the export.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
