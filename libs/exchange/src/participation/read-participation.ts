import { isRecordableDate } from '@concordat/platform/core';
import { UnreadableFile } from '../release-reader.js';
import { readCsv } from '../register-file/read-csv.js';
import { RegisterFileUnreadable } from '../register-file/sheet.js';
import { plainText } from './plain-text.js';

/** The participation platforms whose exports are read: Decidim (CSV, JSON) and CONSUL DEMOCRACY (CSV of its open data). */
export type Platform = 'decidim' | 'consul';

/** One entry of an export, in its order: what somebody said, or why it is none that can be taken. `row` counts from 1. */
export type ParticipationRow =
  /** `source`: which entry of which platform, the same whenever it is exported. `authors`: all who made it together, told apart on the platform; empty where it names none. */
  | { readonly is: 'said'; readonly row: number; readonly source: string; readonly authors: readonly string[]; readonly text: string; readonly givenOn: string }
  | { readonly is: 'left-out'; readonly row: number; readonly source: string | null; readonly why: string };

/** An export as it was read: each entry is in it once, whatever becomes of it. */
export interface Participation {
  readonly platform: Platform;
  /** Of the platform, such as `decide.example.org`. */
  readonly host: string;
  readonly rows: readonly ParticipationRow[];
}

/** An entry by those of the names its platform exports that are read, nested names joined by a slash. */
type Entry = Readonly<Record<string, string>>;

/** What is read of an entry: its other columns are passed over once a file, and not once an entry. */
const isRead = (name: string): boolean =>
  /^(id|url|participatory_space|component|feature|author|title|body|summary|description|commentable_id|cached_votes_(up|total)|(public_)?created_at|published_at|retired_at|state|withdrawn(_at)?)(\/|$)/.test(name);

const longestText = 20_000;
const mostEntries = 5_000;

/**
 * Reads an export: of Decidim the proposals as CSV or JSON (`Decidim::Proposals::ProposalSerializer`), of CONSUL the
 * proposals, debates or comments of its open data (`public_columns_for_api`). What it is shows in its headings; `address`
 * says of which platform it is where the export does not, as CONSUL's never do.
 * @throws UnreadableFile with a sentence for what is neither, is of no platform, or holds more than 5,000 entries.
 */
export function readParticipation(name: string, bytes: Buffer, address = ''): Participation {
  const entries = entriesOf(name, bytes);
  if (entries.length === 0) throw new UnreadableFile(`${name} holds no entry. Nothing was taken in.`);
  if (entries.length > mostEntries) throw new UnreadableFile(`${name} holds ${entries.length} entries; at most ${mostEntries} are taken in at once. Split the export.`);
  const reader = readerOf(Object.keys(entries[0]!));
  if (reader === undefined) {
    throw new UnreadableFile(`${name} is no export of proposals from Decidim (CSV or JSON), nor of proposals, debates or comments from CONSUL (CSV). Nothing was taken in.`);
  }
  const host = entries.map((entry) => hostOf(reader.addressOf(entry))).find((found) => found !== undefined) ?? said(address);
  if (host === undefined) throw new UnreadableFile(`${name} does not say which platform it is of. Say its address, such as https://decide.example.org, so that the entries of two platforms are told apart. Nothing was taken in.`);
  return { platform: reader.platform, host, rows: entries.map((entry, at) => rowOf(reader, host, entry, at + 1)) };
}

/** @throws UnreadableFile for what is no address. */
function said(address: string): string | undefined {
  if (address.trim() === '') return undefined;
  const host = hostOf(address) ?? hostOf(`https://${address.trim()}`);
  if (host === undefined) throw new UnreadableFile(`“${address}” is no address of a platform. Write it as https://decide.example.org. Nothing was taken in.`);
  return host;
}

interface Reader {
  readonly platform: Platform;
  /** Of the platform, as the export says it. */
  readonly addressOf: (entry: Entry) => string;
  /** Which entry of its platform. */
  readonly sourceOf: (entry: Entry) => string;
  readonly authorsOf: (entry: Entry) => readonly string[];
  readonly textsOf: (entry: Entry) => readonly string[];
  readonly dayOf: (entry: Entry) => string | undefined;
  /** Why an entry is taken back by whoever made it. */
  readonly takenBack: (entry: Entry) => boolean;
}

const decidim: Reader = {
  platform: 'decidim',
  addressOf: (entry) => entry['url'] || entry['participatory_space/url'] || '',
  sourceOf: (entry) => `component/${entry['component/id'] || entry['feature/id'] || '?'}/proposal/${entry['id']}`,
  // Several authors stand in one cell of CSV with commas between, and in a list of JSON.
  authorsOf: (entry) => {
    const cells = Object.keys(entry).filter((name) => /^author\/id(\/\d+)?$/.test(name)).flatMap((name) => entry[name]?.split(',') ?? []);
    return [...new Set(cells.map((id) => id.trim()).filter((id) => id !== ''))];
  },
  textsOf: (entry) => [translated(entry, 'title'), translated(entry, 'body')],
  dayOf: (entry) => entry['published_at'] || entry['created_at'],
  takenBack: (entry) => entry['state'] === 'withdrawn' || entry['withdrawn'] === 'true' || (entry['withdrawn_at'] ?? '') !== '',
};

// CONSUL's open data names no author, and no platform.
const consul = (kind: 'proposal' | 'debate' | 'comment'): Reader => ({
  platform: 'consul',
  addressOf: () => '',
  sourceOf: (entry) => `${kind}/${entry['id']}`,
  authorsOf: () => [],
  textsOf: (entry) => (kind === 'comment' ? [entry['body'] ?? ''] : [entry['title'] ?? '', entry['summary'] ?? '', entry['description'] ?? '']),
  dayOf: (entry) => entry['created_at'] || entry['public_created_at'],
  takenBack: (entry) => (entry['retired_at'] ?? '') !== '',
});

function readerOf(names: readonly string[]): Reader | undefined {
  const has = (...wanted: readonly string[]) => wanted.every((name) => names.includes(name));
  const begins = (prefix: string) => names.some((name) => name === prefix || name.startsWith(`${prefix}/`));
  if (has('id') && begins('title') && begins('body') && (begins('component') || begins('feature') || begins('participatory_space'))) return decidim;
  if (has('id', 'body', 'commentable_id')) return consul('comment');
  if (has('id', 'title', 'description', 'cached_votes_up')) return consul(names.includes('cached_votes_total') ? 'debate' : 'proposal');
  return undefined;
}

function rowOf(reader: Reader, host: string, entry: Entry, row: number): ParticipationRow {
  const id = (entry['id'] ?? '').trim();
  const source = id === '' ? null : `${reader.platform}/${host}/${reader.sourceOf(entry)}`;
  const leftOut = (why: string): ParticipationRow => ({ is: 'left-out', row, source, why });
  if (source === null) return leftOut('It has no id, by which it would be known when it comes again.');
  if (reader.takenBack(entry)) return leftOut('Whoever made it took it back.');
  const givenOn = (reader.dayOf(entry) ?? '').slice(0, 10);
  if (!isRecordableDate(givenOn)) return leftOut('It says no day on which it was published.');
  const text = reader.textsOf(entry).map(plainText).filter((part) => part !== '').join('\n\n');
  if (text === '') return leftOut('It has no words.');
  if (text.length > longestText) return leftOut(`It is longer than ${longestText.toLocaleString('en-GB')} characters. Enter what matters of it by hand.`);
  return { is: 'said', row, source, authors: reader.authorsOf(entry), text, givenOn };
}

const hostOf = (url: string): string | undefined => (URL.canParse(url) && new URL(url).host !== '' ? new URL(url).host : undefined);

/** A text that Decidim keeps in several languages: in English where it has one, else in the first that has words. */
function translated(entry: Entry, name: string): string {
  const languages = Object.keys(entry).filter((key) => key.startsWith(`${name}/`));
  return entry[name] || entry[`${name}/en`] || languages.map((key) => entry[key] ?? '').find((text) => text !== '') || '';
}

function entriesOf(name: string, bytes: Buffer): readonly Entry[] {
  if (bytes.length === 0) throw new UnreadableFile(`${name} is empty. Nothing was taken in.`);
  if (/^(\ufeff)?\s*\[/.test(bytes.subarray(0, 200).toString('utf8'))) return fromJson(name, bytes);
  if (bytes.includes(0)) throw new UnreadableFile(`${name} is neither CSV nor JSON. Nothing was taken in.`);
  try {
    const [headings, ...records] = readCsv(bytes).rows;
    const names = (headings?.cells ?? []).map((cell, at) => ({ at, heading: String(cell ?? '').replace(/^\ufeff/, '').trim() })).filter(({ heading }) => isRead(heading));
    return records.filter(({ cells }) => cells.some((cell) => cell !== null)).map(({ cells }) => Object.fromEntries(names.map(({ heading, at }) => [heading, String(cells[at] ?? '')])));
  } catch (fault) {
    if (!(fault instanceof RegisterFileUnreadable)) throw fault;
    throw new UnreadableFile(fault.message, { cause: fault });
  }
}

function fromJson(name: string, bytes: Buffer): readonly Entry[] {
  let json: unknown;
  try {
    // Words that are broken once are sealed broken, and an entry is taken in once.
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (fault) {
    if ((fault as { code?: string }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new UnreadableFile(`${name} is not UTF-8 text, which JSON is. Save it as UTF-8. Nothing was taken in.`, { cause: fault });
    throw new UnreadableFile(`${name} is not JSON. Nothing was taken in.`, { cause: fault });
  }
  return (json as readonly unknown[]).map((entry) => Object.fromEntries(flat(entry, [])));
}

/** No platform keeps anything deeper than this; what is, is left out. */
const deepest = 10;

function flat(value: unknown, path: readonly string[]): readonly (readonly [string, string])[] {
  if (path.length > deepest) return [];
  if (value === null || value === undefined) return path.length === 0 ? [] : [[path.join('/'), '']];
  if (typeof value !== 'object') return [[path.join('/'), String(value as string | number | boolean)]];
  return Object.entries(value).filter(([name]) => path.length > 0 || isRead(name)).flatMap(([name, member]) => flat(member, [...path, name]));
}
