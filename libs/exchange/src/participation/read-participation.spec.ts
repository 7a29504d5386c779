import { describe, expect, test } from '@jest/globals';
import { UnreadableFile } from '../release-reader.js';
import { plainText } from './plain-text.js';
import { type ParticipationRow, readParticipation } from './read-participation.js';

const read = (text: string | Buffer, address = 'https://decide.example.org') => readParticipation('export.csv', Buffer.isBuffer(text) ? text : Buffer.from(text), address);
const told = (rows: readonly ParticipationRow[]) => rows.map((row) => (row.is === 'said' ? row.text : row.why));

// Headings as the platforms write them; the words are made up.
const decidimCsv = [
  'id;author/id;author/name;taxonomies/id;participatory_space/id;participatory_space/url;component/id;title/en;title/ca;body/en;body/ca;state;reference;published_at;withdrawn_at;url',
  '12;7;Rosa;3;1;https://decidim.example/processes/care;9;More benches;;"<p>So that one can rest &amp; talk.<br>Two a street.</p>";;;AA-PROP-12;2026-03-04 10:11:12 UTC;;https://decidim.example/processes/care/f/9/proposals/12',
  '13;7;Rosa;3;1;https://decidim.example/processes/care;9;;Bancs;;Dos per carrer;;AA-PROP-13;2026-03-05 10:11:12 UTC;;https://decidim.example/processes/care/f/9/proposals/13',
  '14;8;Joan;3;1;https://decidim.example/processes/care;9;Never mind;;x;;withdrawn;AA-PROP-14;2026-03-05 10:11:12 UTC;2026-03-06 10:11:12 UTC;',
  '15;8;Joan;3;1;https://decidim.example/processes/care;9;A draft;;x;;;AA-PROP-15;;;',
].join('\n');

describe('an export of Decidim', () => {
  test('is read from CSV with its translations, as plain text; what was withdrawn or never published is left out, and says why', () => {
    const { platform, rows } = read(decidimCsv);
    expect(platform).toBe('decidim');
    expect(rows[0]).toEqual({
      is: 'said', row: 1, source: 'decidim/decidim.example/component/9/proposal/12', authors: ['7'], givenOn: '2026-03-04', text: 'More benches\n\nSo that one can rest & talk.\nTwo a street.',
    });
    expect(told(rows).slice(1)).toEqual(['Bancs\n\nDos per carrer', 'Whoever made it took it back.', 'It says no day on which it was published.']);
  });

  test('says the same in JSON, whose members are nested', () => {
    const entry = (id: number, more: object) => ({ id, component: { id: 9 }, participatory_space: { id: 1, url: 'https://decidim.example/processes/care' }, title: { en: 'More benches' }, body: { en: 'Two a street.' }, published_at: '2026-03-04T10:11:12.000Z', ...more });
    const { platform, rows } = read(JSON.stringify([entry(12, { author: { id: [7], name: ['Rosa'] } }), entry(13, { body: 'Ten.', title: 'Trees' }), entry(14, { title: {}, body: { en: '' } }), { ...entry(1, {}), id: null }]));
    expect(platform).toBe('decidim');
    expect(rows[0]).toMatchObject({ source: 'decidim/decidim.example/component/9/proposal/12', authors: ['7'], text: 'More benches\n\nTwo a street.' });
    expect(read(JSON.stringify([entry(16, { author: { id: [7, 8] }, withdrawn: true })])).rows).toMatchObject([{ is: 'left-out' }]);
    expect(read(decidimCsv.replace(';7;Rosa;', ';"7, 8, 7";Rosa;')).rows[0]).toMatchObject({ authors: ['7', '8'] });
    expect(read(JSON.stringify([entry(17, { author: { id: [8, 7] } }), entry(18, { author: { id: 9 } }), entry(19, { author: { id: null } })])).rows).toMatchObject([{ authors: ['8', '7'] }, { authors: ['9'] }, { authors: [] }]);
    expect(told(rows).slice(1)).toEqual(['Trees\n\nTen.', 'It has no words.', 'It has no id, by which it would be known when it comes again.']);
  });
});

describe('an export of CONSUL', () => {
  test('of proposals, debates or comments is read, and names no author', () => {
    const proposals = 'id,title,description,external_url,cached_votes_up,comments_count,hot_score,confidence_score,created_at,summary,video_url,geozone_id,retired_at,retired_reason\n5,Lunch,"<p>On Sundays</p>",,3,0,1,1,2026-02-01 10,For all,,,,\n6,Supper,x,,3,0,1,1,2026-02-01 10,x,,,2026-02-03,unfeasible';
    const debates = 'id,title,description,created_at,cached_votes_total,cached_votes_up,cached_votes_down,comments_count\n5,Lunch?,Why not,2026-02-01 10,3,2,1,0';
    const comments = '"id";"commentable_id";"commentable_type";"body";"created_at";"cached_votes_total"\n"5";"5";"Proposal";"Yes, ma\xf1ana.";"2026-02-02 10";"0"';
    const [one, two] = read(proposals).rows;
    expect(one).toEqual({ is: 'said', row: 1, source: 'consul/decide.example.org/proposal/5', authors: [], givenOn: '2026-02-01', text: 'Lunch\n\nFor all\n\nOn Sundays' });
    expect(two).toMatchObject({ is: 'left-out', source: 'consul/decide.example.org/proposal/6' });
    expect(read(debates)).toMatchObject({ platform: 'consul', rows: [{ source: 'consul/decide.example.org/debate/5', text: 'Lunch?\n\nWhy not' }] });
    expect(read(Buffer.from(comments, 'latin1'))).toMatchObject({ platform: 'consul', rows: [{ source: 'consul/decide.example.org/comment/5', text: 'Yes, mañana.' }] });
  });
});

test('an export is of one platform: entry 7 of two is two entries, and an export that says of none is refused until somebody does', () => {
  const consul = 'id,title,description,created_at,cached_votes_total,cached_votes_up,cached_votes_down,comments_count\n7,Lunch?,Why not,2026-02-01 10,3,2,1,0';
  const sources = ['https://decide.example.org/debates', 'decide.example.org', 'participa.example.org'].map((address) => read(consul, address).rows[0]!.source);
  expect(sources).toEqual(['consul/decide.example.org/debate/7', 'consul/decide.example.org/debate/7', 'consul/participa.example.org/debate/7']);
  expect(() => read(consul, ' ')).toThrow('does not say which platform it is of');
  expect(() => read(consul, 'not an address')).toThrow('“not an address” is no address of a platform');
  // What an export says itself is believed.
  expect(read(decidimCsv, 'elsewhere.example').host).toBe('decidim.example');
});

test('JSON in another encoding than its own is refused whole: no broken word is taken in, after which the mended one would be there already', () => {
  const json = JSON.stringify([{ id: 12, component: { id: 9 }, participatory_space: { id: 1, url: 'https://decidim.example/processes/care' }, title: 'Café', body: 'Déjà.', published_at: '2026-03-04T10:11:12.000Z' }]);
  expect(() => read(Buffer.from(json, 'latin1'))).toThrow(UnreadableFile);
  expect(() => read(Buffer.from(json, 'latin1'))).toThrow('export.csv is not UTF-8 text, which JSON is. Save it as UTF-8. Nothing was taken in.');
  for (const text of [json, `\ufeff${json}`]) expect(told(read(text).rows)).toEqual(['Café\n\nDéjà.']);
});

test('what is no export of either is refused with a sentence', () => {
  for (const [text, says] of [['', 'is empty'], ['[]', 'holds no entry'], ['[{"a":', 'is not JSON'], ['name,price\nx,1', 'is no export'], ['[1]', 'is no export'], ['id,title,description,cached_votes_up\n"x', 'cannot be read'], [Buffer.from([0x50, 0x4b, 0, 0]), 'neither CSV nor JSON']] as const) {
    expect(() => read(text as string)).toThrow(UnreadableFile);
    expect(() => read(text as string)).toThrow(says);
  }
  expect(() => read(['id,title,description,cached_votes_up', ...Array.from({ length: 5_001 }, (_, at) => `${at},t,d,0`)].join('\n'))).toThrow('at most 5000');
});

test('the words of HTML are kept and nothing of its code', () => {
  expect(plainText('<p>One&nbsp;&lt;b&gt;</p><ul><li>Two</li></ul><script>alert(1)</script> 3 < 4 &#233;&#x1F600;&#0; &bogus;')).toBe('One <b>\nTwo\n3 < 4 é😀 &bogus;');
});

test('code is cut out between its tags, however often it opens; what nothing closes is kept', () => {
  expect(plainText('a<script>one<script>two</script>b<SCRIPT>x</SCRIPT>c<style>y</style>d</style>e<script>f')).toBe('abcdef');
  expect(plainText('one <a href="x" two <b>three</b>')).toBe('one <a href="x" two three');
});

test('an export that was made to be slow is read as fast as any other', () => {
  const began = performance.now();
  for (const begun of ['<a', '<script', '<style>', '</script', '&amp', '<br ', ' \n']) plainText(begun.repeat(200_000));
  expect(performance.now() - began).toBeLessThan(5_000);
});

test('a file is held no longer for columns that nobody reads, and one with more of them than any export is refused', () => {
  const wide = (columns: number, rows: number) => [`id,title,body,component/id,url,published_at${',c'.repeat(columns)}`, ...Array.from({ length: rows }, (_, at) => `${at},Lunch,At one.,9,https://d.example/9,2026-03-04${','.repeat(columns)}`)].join('\n');
  const begun = performance.now();
  expect(read(wide(490, 4_000)).rows).toHaveLength(4_000);
  expect(() => read(wide(4_800, 4_800))).toThrow('a row of 4806 columns; at most 500 are read');
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test('what is nested deeper than any platform nests is left out', () => {
  const deep = `${'{"en":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  const entry = (id: string, body: string) => `[{"id":${id},"title":{"en":"x"},"body":${body},"component":{"id":9},"published_at":"2026-03-04","url":"https://decide.example.org/1"}]`;
  expect(told(read(entry('1', `{"en":"y","xx":${deep}}`)).rows)).toEqual(['x\n\ny']);
  expect(() => read(entry(deep, '{"en":"y"}'))).toThrow(UnreadableFile);
});
