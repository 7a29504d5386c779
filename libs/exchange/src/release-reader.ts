import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Json, JsonObject } from '@concordat/platform/core';
import { Assembler } from 'stream-json/assembler.js';
import { jsonParser, type Token } from 'stream-json/parser.js';
import { isObject } from './core/index.js';

/** One release of a file, or what stands in the place of one; or why a record holds none. `index` is its place in the file's list, or its record's. */
export type FoundRelease = { readonly index: number } & Found;

type Found = { readonly release: Json } | { readonly without: string; readonly ocid: string | null };

/** A file that cannot be read as releases; the message says which, why, and what to do. */
export class UnreadableFile extends Error {}

/** More than the largest release there is: one that is larger is no release, and would not fit into memory. */
const mostBytes = 16 * 1024 * 1024;
const mostLevels = 100;

/**
 * Reads releases from OCDS release packages, record packages and bare releases (one, or an array), plain or gzipped. At
 * most one release is held at a time. What is read is only good once the end has been reached without a fault.
 * @param name how the file is called in what is said about it.
 * @param most bytes it may have unpacked.
 * @throws UnreadableFile
 */
export class ReleaseReader {
  /** Who published the file, as its package says; known at its end. */
  publisher: string | undefined;

  constructor(
    private readonly name: string,
    private readonly bytes: AsyncIterable<Buffer>,
    private readonly most = Number.POSITIVE_INFINITY,
  ) {}

  async *read(): AsyncGenerator<readonly FoundRelease[]> {
    const document = new OpenDocument(this.name, this.most);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const parse = jsonParser({ packValues: true, streamValues: false });
    try {
      for await (const chunk of plain(this.bytes)) {
        document.weigh(chunk.length);
        const tokens = parse(decoder.decode(chunk, { stream: true }));
        yield document.take(tokensOf(tokens));
      }
      document.weigh(0);
      yield document.take(tokensOf(parse(decoder.decode())));
    } catch (fault) {
      throw this.sentenceFor(fault, document);
    }
    yield document.end();
    this.publisher = document.publisher;
  }

  private sentenceFor(fault: unknown, document: OpenDocument): unknown {
    if (fault instanceof UnreadableFile) return fault;
    const { code, message } = fault as { code?: string; message: string };
    if (code === 'Z_BUF_ERROR') return new UnreadableFile(`${this.name} ends in the middle: its compressed data is not whole. Fetch it again. Nothing was imported.`);
    if (code?.startsWith('Z_')) return new UnreadableFile(`${this.name} cannot be uncompressed (${message}). Fetch it again. Nothing was imported.`);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new UnreadableFile(`${this.name} is not UTF-8 text, which JSON is. Save it as UTF-8. Nothing was imported.`);
    if (code === 'ENOENT') return new UnreadableFile(`There is no file ${this.name}. Nothing was imported.`);
    if (code === 'EISDIR' || code === 'EACCES') return new UnreadableFile(`${this.name} cannot be read (${code}). Nothing was imported.`);
    if (code !== undefined) return fault;
    return new UnreadableFile(`${this.name} is not JSON, after ${document.seen} bytes: ${message}. Nothing was imported.`);
  }
}

function tokensOf(result: ReturnType<ReturnType<typeof jsonParser>>): readonly Token[] {
  return typeof result === 'object' && result !== null && 'values' in result ? (result.values as Token[]) : [];
}

/** The bytes, uncompressed where they begin as gzip does. */
async function* plain(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = bytes[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    first = Buffer.concat([first, value]);
  }
  const all = (async function* () {
    yield first;
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  })();
  if (first[0] !== 0x1f || first[1] !== 0x8b) yield* all;
  // What fails in the pipeline fails where it is read.
  else yield* pipeline(Readable.from(all, { objectMode: false }), createGunzip(), () => undefined);
}

type Listing = 'releases' | 'records';

/** A JSON document while it is read: releases leave it as soon as they are whole, the rest of it is kept until its end. */
class OpenDocument {
  seen = 0;
  #sinceWhole = 0;
  #levels = 0;
  #root: 'object' | 'array' | 'none' = 'none';
  #isWhole = false;
  /** The member of the root that is read now. */
  #key: string | undefined;
  #listing: Listing | undefined;
  #listed = new Set<Listing>();
  #index = 0;
  readonly #rest = new Assembler<JsonObject>();
  #item: Assembler<Json> | undefined;

  constructor(
    private readonly name: string,
    private readonly most: number,
  ) {}

  get publisher(): string | undefined {
    const publisher = this.#rest.current?.['publisher'];
    const called = isObject(publisher) ? publisher['name'] : undefined;
    return typeof called === 'string' ? called : undefined;
  }

  weigh(bytes: number): void {
    this.seen += bytes;
    this.#sinceWhole += bytes;
    if (this.seen > this.most) {
      throw new UnreadableFile(`${this.name} is larger than ${this.most / 1024 / 1024} MB unpacked. Split it, or import it on the server by the command line. Nothing was imported.`);
    }
    if (this.#sinceWhole > mostBytes) {
      throw new UnreadableFile(
        `${this.name} holds something of more than ${mostBytes / 1024 / 1024} MB that is no list of releases, or one release as large (${this.#index} were read before it). Split it into releases. Nothing was imported.`,
      );
    }
  }

  take(tokens: readonly Token[]): FoundRelease[] {
    const found: FoundRelease[] = [];
    for (const token of tokens) this.#token(token, found);
    return found;
  }

  /** @throws UnreadableFile where the document is not whole, or is none of the kinds that hold releases. */
  end(): FoundRelease[] {
    if (this.seen === 0) throw new UnreadableFile(`${this.name} is empty. Nothing was imported.`);
    if (this.#root === 'none') throw this.#otherRoot('neither a JSON object nor a list');
    if (!this.#isWhole) throw new UnreadableFile(`${this.name} ends in the middle of its JSON. Fetch it again. Nothing was imported.`);
    if (this.#root === 'array' || this.#listed.size > 0) return [];
    const { current } = this.#rest;
    if (isObject(current) && typeof current['ocid'] === 'string') return [{ index: 0, release: current }];
    throw this.#otherRoot('an object without releases, records or an ocid');
  }

  #otherRoot(what: string): UnreadableFile {
    return new UnreadableFile(
      `${this.name} is ${what}. An import reads an OCDS release package, a record package, one release, or an array of releases. Nothing was imported.`,
    );
  }

  #token(token: Token, found: FoundRelease[]): void {
    const opens = token.name === 'startObject' || token.name === 'startArray';
    const closes = token.name === 'endObject' || token.name === 'endArray';
    if (opens) this.#levels += 1;
    if (closes) this.#levels -= 1;
    if (this.#levels > mostLevels) throw new UnreadableFile(`${this.name} is nested more than ${mostLevels} levels deep, which no release is. Nothing was imported.`);

    if (this.#root === 'none') {
      if (!opens) throw this.#otherRoot('a single value');
      this.#root = token.name === 'startArray' ? 'array' : 'object';
      if (this.#root === 'array') this.#listing = 'releases';
      else this.#rest.consume(token);
      return;
    }
    if (this.#item !== undefined) return this.#ofItem(token, found);

    const listLevel = this.#root === 'array' ? 1 : 2;
    if (this.#listing !== undefined) {
      if (closes && this.#levels < listLevel) {
        this.#listing = undefined;
        this.#isWhole = this.#levels === 0;
        return;
      }
      this.#item = new Assembler<Json>();
      return this.#ofItem(token, found);
    }

    if (this.#levels === 1 && token.name === 'keyValue') this.#key = token.value;
    const isListing = this.#key === 'releases' || this.#key === 'records';
    if (isListing && this.#levels <= 2) {
      if (token.name === 'keyValue') return;
      if (token.name !== 'startArray') throw this.#otherRoot(`an object whose ${this.#key} are no list`);
      this.#listing = this.#key as Listing;
      this.#listed.add(this.#listing);
      this.#key = undefined;
      this.#index = 0;
      this.#sinceWhole = 0;
      return;
    }
    this.#rest.consume(token);
    this.#isWhole = this.#levels === 0;
  }

  #ofItem(token: Token, found: FoundRelease[]): void {
    const item = this.#item!;
    item.consume(token);
    if (!item.done) return;
    this.#item = undefined;
    this.#sinceWhole = 0;
    const index = this.#index++;
    const value = item.current as Json;
    if (this.#listing === 'records') for (const one of releasesOf(value)) found.push({ index, ...one });
    else found.push({ index, release: value });
  }
}

// A record may link to its releases instead of holding them.
const linkMembers = ['url', 'id', 'date', 'tag'];

/** The releases a record counts as: those it holds in full, else its compiled one; a record that holds neither counts as one. */
function releasesOf(record: Json): readonly Found[] {
  if (!isObject(record)) return [{ release: record }];
  const { ocid, releases, compiledRelease } = record;
  const full = (Array.isArray(releases) ? releases : []).filter((release) => !isLink(release));
  if (full.length > 0) return full.map((release) => ({ release }));
  if (compiledRelease !== undefined && compiledRelease !== null) return [{ release: compiledRelease }];
  return [{ without: 'Its record holds no release in full, and no compiled one.', ocid: typeof ocid === 'string' ? ocid : null }];
}

function isLink(release: Json): boolean {
  return typeof release === 'string' || (isObject(release) && Object.keys(release).every((member) => linkMembers.includes(member)));
}
