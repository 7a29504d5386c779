import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ReleaseReader, UnreadableFile } from './release-reader.js';

const file = (name: string) => readFileSync(fileURLToPath(new URL(`../../../test/data/${name}`, import.meta.url)));

async function* inPieces(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer | string, size?: number): Promise<{ index: number; release?: unknown }[]> {
  const all: { index: number; release?: unknown }[] = [];
  for await (const found of new ReleaseReader('notices.json', inPieces(Buffer.from(bytes as string), size)).read()) all.push(...found);
  return all;
}

const ocids = async (bytes: Buffer | string) => (await read(bytes)).map(({ release }) => (release as { ocid?: string }).ocid);
const complaint = (bytes: Buffer | string) => read(bytes).then(() => 'it was read', (fault: unknown) => (fault instanceof UnreadableFile ? fault.message : fault));

describe('releases are read from', () => {
  test('a package, an array, and one alone', async () => {
    expect(await ocids('{"version":"1.1","releases":[{"ocid":"a"},{"ocid":"b"}],"publisher":{"name":"x"}}')).toEqual(['a', 'b']);
    expect(await ocids('[{"ocid":"a"},{"ocid":"b"}]')).toEqual(['a', 'b']);
    expect(await ocids('{"ocid":"a","tender":{"releases":[1]}}')).toEqual(['a']);
    expect(await ocids('{"releases":[]}')).toEqual([]);
  });

  test('records, by the releases they hold in full, else by their compiled one', async () => {
    const records = [
      { ocid: 'held', releases: [{ ocid: 'held', id: '1', date: 'd', tag: [], tender: {} }, { ocid: 'held', id: '2' }], compiledRelease: { ocid: 'held' } },
      { ocid: 'linked', releases: [{ url: 'https://example.org', date: 'd', tag: [] }], compiledRelease: { ocid: 'linked' } },
      { ocid: 'without', compiledRelease: { ocid: 'without' } },
      { ocid: 'named', releases: ['https://example.org'], compiledRelease: { ocid: 'named' } },
      { ocid: 'empty' },
    ];
    const found = await read(JSON.stringify({ records }));
    expect(found.map(({ index, release }) => [index, (release as { ocid: unknown } | undefined)?.ocid])).toEqual([[0, 'held'], [0, 'held'], [1, 'linked'], [2, 'without'], [3, 'named'], [4, undefined]]);
    expect(found.at(-1)).toEqual({ index: 4, ocid: 'empty', without: 'Its record holds no release in full, and no compiled one.' });
  });

  test('gzip, by what the bytes are and not by how the file is called', async () => {
    expect((await read(gzipSync(file('uk/contracts-finder-2025.json')))).length).toBe(102);
  });

  test('every real file, the same as JSON.parse reads it, however the bytes are cut into pieces', async () => {
    for (const name of ['uk/sell2wales-2025.json', 'uk/public-contracts-scotland-2019.json', 'lifecycle/paraguay-dncp-2017.json']) {
      const bytes = file(name);
      expect((await read(bytes, 1_013)).map(({ release }) => release)).toEqual(JSON.parse(bytes.toString()).releases);
    }
  });
});

test('whatever a file of releases holds, it is read as JSON.parse reads it, in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 4 })), fc.integer({ min: 1, max: 40 }), async (releases, size) => {
      const found = await read(JSON.stringify(releases), size);
      expect(found).toEqual(JSON.parse(JSON.stringify(releases)).map((release: unknown, index: number) => ({ index, release })));
    }),
  );
});

test('a file that is cut off anywhere is never taken for a whole one', async () => {
  const whole = file('uk/find-a-tender-2025-record.json').toString().trimEnd();
  const packed = gzipSync(whole);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (cut) => expect(await complaint(Buffer.from(whole).subarray(0, cut))).toMatch(/^notices.json .*Nothing was imported\.$/)),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: packed.length - 1 }), async (cut) => expect(await complaint(packed.subarray(0, cut))).toMatch(/^notices.json .*Nothing was imported\.$/)),
  );
});

test.each([
  ['not JSON at all', 'ocid,title\na,b', /is not JSON/],
  ['more after the end', '{"releases":[]} x', /is not JSON/],
  ['a single value', '"17"', /is a single value/],
  ['nothing that holds releases', ' null', /is neither a JSON object nor a list/],
  ['another object', '{"type":"FeatureCollection","features":[]}', /without releases, records or an ocid/],
  ['releases that are no list', '{"releases":{"ocid":"a"}}', /whose releases are no list/],
  ['nothing', '', /is empty/],
  ['text that is not UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]), /is not UTF-8/],
  ['too many levels', '['.repeat(5_000), /nested more than 100 levels/],
  ['one release of 20 MB', `[{"ocid":"a","x":"${'y'.repeat(20_000_000)}"}]`, /more than 16 MB/],
])('%s is told in a sentence', async (_, bytes, sentence) => {
  expect(await complaint(bytes)).toMatch(sentence);
});

test('a small file that says it holds a great deal is read no further than it may', async () => {
  const packed = gzipSync(JSON.stringify([{ ocid: 'a' }, { ocid: 'b', x: 'y'.repeat(2_000_000) }, { ocid: 'c' }]));
  const reading = async () => {
    for await (const _ of new ReleaseReader('bomb.json', Readable.from([packed]), 1024 * 1024).read());
  };
  await expect(reading()).rejects.toThrow('bomb.json is larger than 1 MB unpacked.');
});
