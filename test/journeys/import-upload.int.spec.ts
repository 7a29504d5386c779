import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { importBell, ImportTelling } from '@concordat/exchange';
import { newId } from '@concordat/platform';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../harness/index.js';
import type { ApiClient } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { expectProblem } from './problem.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

const notices = (name: string) => readFile(join(import.meta.dirname, '../data', name));
const release = (ocid: string) => ({ ocid, id: '1', date: '2026-01-01T00:00:00Z', tag: ['tender'], tender: { title: `Meals for ${ocid}`, status: 'active' } });

let here: TestInstallation;
let commissioner: Visitor;
let api: ApiClient;
beforeAll(async () => {
  here = await openInstallation({ worker: true });
  commissioner = new Visitor(here.origin);
  await commissioner.signIn(here, 'commissioner');
  api = here.as('commissioner');
}, 60_000);
afterAll(() => here.close());

/** Sends a file by the form, as a browser does. */
async function upload(visitor: Visitor, name: string, content: Buffer | string | object): Promise<Page> {
  const form = new FormData();
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  return visitor.send('/imports', { method: 'POST', body: form });
}
const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
const sent = (content: Buffer | string, headers: Record<string, string> = {}, query = '') =>
  api.send<{ id: string; state: string; agreements: number; imported: number; duplicates: number }>('POST', `/api/v1/imports${query}`, {
    body: Buffer.isBuffer(content) ? new Uint8Array(content) : content, headers: { 'content-type': 'application/octet-stream', 'idempotency-key': newId(), ...headers },
  });
const importsKept = async () => (await api.get<{ items: unknown[] }>('/api/v1/imports?limit=200')).body.items.length;

describe('a file of notices, uploaded on the page', () => {
  test('is taken over: counts, what was found in plain words, and a link to every agreement', async () => {
    const answer = await upload(commissioner, 'C:\\Users\\me\\notices.txt', await notices('uk/contracts-finder-2025.json'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/imports\/[0-9a-f-]{36}$/)]);
    const page = await commissioner.get(answer.headers.get('location')!);
    expect([page.status, faultsOf(page)]).toEqual([200, []]);
    expect(text(page)).toContain('102 releases were read: 96 opened an agreement, 6 told more of one, 0 were here already, 0 were rejected.');
    expect(page.html).toContain('notices.txt');
    expect(page.html).not.toContain('C:');
    expect(text(page)).toContain('An award was decided after the day its contract began.');
    const [agreement] = /\/agreements\/[0-9a-f-]{36}/.exec(page.html)!;
    expect((await commissioner.get(agreement)).status).toBe(200);
    for (const tail of ['/agreements', '/rejected', '/found/decided-after-start', '/found/no-word-of-involvement']) {
      const part = await commissioner.get(`${answer.headers.get('location')}${tail}`);
      expect([tail, part.status, faultsOf(part)]).toEqual([tail, 200, []]);
    }
  });

  test('sent again changes nothing, gzipped or not', async () => {
    const answer = await upload(commissioner, 'again', gzipSync(await notices('uk/contracts-finder-2025.json')));
    expect(text(await commissioner.get(answer.headers.get('location')!))).toContain('102 releases were read: 0 opened an agreement, 0 told more of one, 102 were here already');
  });

  test('names the releases that it cannot take, and why', async () => {
    const answer = await upload(commissioner, 'some.json', [release('ocds-u-1'), 'x', { id: 'no ocid' }]);
    const page = text(await commissioner.get(answer.headers.get('location')!));
    expect(page).toContain('some.json, entry 2: It is not an object.');
    expect(page).toContain('some.json, entry 3: It has no ocid.');
  });

  test('that cannot be read is refused with a sentence, and nothing of it stays', async () => {
    const before = await importsKept();
    const whole = (await notices('uk/sell2wales-2025.json')).toString();
    for (const [content, says] of [
      ['', 'is empty'],
      [whole.slice(0, -40), 'ends in the middle of its JSON'],
      ['{"releases": [{"ocid": "ocds-u-2"}; 3]}', 'is not JSON'],
      ['{"hello": 1}', 'An import reads an OCDS release package'],
      [gzipSync(whole).subarray(0, 500), 'is not whole'],
      [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), 'is neither published notices'],
      ['%PDF-1.7', 'is neither published notices'],
      ['<!DOCTYPE html><p>', 'is neither published notices'],
      [Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]), 'is not UTF-8'],
      ['just words', 'No row of headings'],
    ] as const) {
      const page = await upload(commissioner, 'bad.json', content);
      expect([says, page.status, faultsOf(page)]).toEqual([says, 422, []]);
      expect(text(page)).toContain(says);
    }
    expect((await commissioner.send('/imports', { method: 'POST', body: new FormData() })).status).toBe(422);
    expect((await commissioner.post('/imports', { file: 'x' })).status).toBe(422);
    expect(await importsKept()).toBe(before);
  });

  test('is cut off by its sender without a trace', async () => {
    const before = await importsKept();
    const socket = connect(Number(new URL(here.origin).port), '127.0.0.1');
    const head = `POST /imports HTTP/1.1\r\nhost: x\r\ncookie: ${commissioner.cookie}\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 100000\r\n\r\n`;
    socket.write(`${head}--b\r\ncontent-disposition: form-data; name="file"; filename="x.json"\r\n\r\n{"releases": [${JSON.stringify(release('ocds-u-9'))}, ${' '.repeat(5_000)}`);
    await eventually(async () => ((await importsKept()) > before ? true : undefined));
    socket.destroy();
    await eventually(async () => ((await importsKept()) === before ? true : undefined));
    expect((await sent(JSON.stringify(release('ocds-u-9')))).body).toMatchObject({ imported: 1 });
  }, 30_000);

  test('of many processes is read at once, and its agreements are opened by a worker while the page says how far it is', async () => {
    const many = Array.from({ length: 900 }, (_, at) => release(`ocds-many-${at}`));
    const answer = await upload(commissioner, 'many.json', { releases: many });
    const at = answer.headers.get('location')!;
    const shown = text(await commissioner.get(at));
    expect(shown).toContain('900 releases were read: 900 opened an agreement');
    const done = await eventually(async () => {
      const { body } = await api.get<{ state: string; agreements: number }>(`/api/v1${at}`);
      return body.state === 'done' ? body : undefined;
    }, 60_000);
    expect(done.agreements).toBe(900);
    expect(text(await commissioner.get(`${at}/agreements`))).toContain('Meals for ocds-many-0');
  }, 90_000);

  test('whose bell was lost, or whose worker died, is found by the next', async () => {
    await here.stopWorker();
    const many = Array.from({ length: 300 }, (_, at) => release(`ocds-lost-${at}`));
    const answer = await upload(commissioner, 'lost.json', many);
    const at = answer.headers.get('location')!;
    expect(text(await commissioner.get(at))).toContain('Agreements are being opened: 0 of 300 releases so far.');
    expect(importBell).toBe('import');
    await here.app.get(ImportTelling).tell((await api.get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id);
    expect((await api.get(`/api/v1${at}`)).body).toMatchObject({ state: 'done', agreements: 300, untold: 0 });
    await here.startWorker();
  }, 60_000);
});

describe('a file of notices, sent to the API', () => {
  test('is the same import, and under the same key it is not another', async () => {
    const key = newId();
    const body = await notices('uk/sell2wales-2025.json');
    const first = await sent(body, { 'idempotency-key': key }, '?file=wales.json');
    expect(first).toMatchObject({ status: 201, body: { state: 'done', agreements: 45, imported: 45, files: ['wales.json'] } });
    expect(first.headers.get('location')).toBe(`/api/v1/imports/${first.body.id}`);
    expect((await sent(body, { 'idempotency-key': key })).body).toEqual(first.body);
    expect((await sent(body)).body).toMatchObject({ imported: 0, duplicates: 45 });
    const { items } = (await api.get<{ items: { agreement: string; opened: boolean }[] }>(`/api/v1/imports/${first.body.id}/processes?limit=10`)).body;
    expect(items).toHaveLength(10);
    expect(items.every(({ opened }) => opened)).toBe(true);
  });

  test('is paged: processes, what was rejected, and what was found', async () => {
    const { body } = await sent(JSON.stringify([release('ocds-p-1'), release('ocds-p-2'), release('ocds-p-3'), 1, 2, 3]));
    for (const part of ['processes?', 'rejected?', 'findings?code=no-word-of-involvement&']) {
      const seen: unknown[] = [];
      for (let next: string | undefined = `/api/v1/imports/${body.id}/${part}limit=2`; next !== undefined; ) {
        const page: { body: { items: unknown[] }; headers: Headers } = await api.get<{ items: unknown[] }>(next);
        seen.push(...page.body.items);
        next = /^<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
      }
      expect([part, seen.length, new Set(seen.map((one) => JSON.stringify(one))).size]).toEqual([part, 3, 3]);
    }
  });

  test('that is none is a problem with a sentence', async () => {
    expectProblem(await sent('{"releases": ['), 422, 'import.unreadable');
    expectProblem(await sent('Title,Provider\nA,B\n'), 422, 'import.unreadable');
    expectProblem(await sent(''), 422, 'import.unreadable');
    expectProblem(await api.post('/api/v1/imports', {}), 415, 'body.media-type');
    expectProblem(await sent('[]', {}, '?name=x'), 400, 'request.invalid');
    expectProblem(await here.as('auditor').send('POST', '/api/v1/imports', { body: '[]', headers: { 'content-type': 'application/octet-stream' } }), 403, 'right.missing');
  });

  test('larger than 100 MB is refused, and nothing of it stays', async () => {
    const before = await importsKept();
    const large = async function* () {
      yield Buffer.from('[1');
      for (let at = 0; at < 101; at += 1) yield Buffer.from(`,${JSON.stringify({ ...release(`ocds-large-${at}`), description: ' '.repeat(1024 * 1024) })}`);
    };
    const answer = await fetch(`${here.origin}/api/v1/imports`, {
      method: 'POST', body: large(), duplex: 'half', headers: { authorization: `Bearer ${here.person('commissioner').key}`, 'content-type': 'application/octet-stream' },
    } as RequestInit);
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'import.unreadable', detail: expect.stringContaining('is larger than 100 MB') }]);
    expect(await importsKept()).toBe(before);
  }, 60_000);

  test('is refused with a wait where too many are read at once', async () => {
    const open = Array.from({ length: 3 }, () => {
      let end: () => void = () => undefined;
      const body = async function* () {
        yield Buffer.from(`[${JSON.stringify(release('ocds-q-1'))}${' '.repeat(8_000)}`);
        await new Promise<void>((done) => (end = done));
        yield Buffer.from(']');
      };
      const answer = fetch(`${here.origin}/api/v1/imports`, {
        method: 'POST', body: body(), duplex: 'half', headers: { authorization: `Bearer ${here.person('commissioner').key}`, 'content-type': 'application/octet-stream' },
      } as RequestInit);
      return { answer, end: () => end() };
    });
    const reading = async () => (await api.get<{ items: { state: string }[] }>('/api/v1/imports?limit=200')).body.items.filter(({ state }) => state === 'reading').length;
    await eventually(async () => ((await reading()) === 3 ? true : undefined));
    const refused = await sent('[]');
    expectProblem(refused, 429, 'import.too-many');
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(text(await upload(commissioner, 'x.json', []))).toContain('importing 3 files already');
    for (const { end } of open) end();
    const states = await Promise.all(open.map(({ answer }) => answer));
    expect(states.map(({ status }) => status)).toEqual([201, 201, 201]);
  }, 60_000);
});

describe('who may', () => {
  test('an auditor looks, and is told who can; a provider finds nothing', async () => {
    const auditor = new Visitor(here.origin);
    await auditor.signIn(here, 'auditor');
    const page = await auditor.get('/imports');
    expect([page.status, page.html.includes('type="file"'), faultsOf(page)]).toEqual([200, false, []]);
    expect((await upload(auditor, 'x.json', [])).status).toBe(403);
    const provider = new Visitor(here.origin);
    await provider.signIn(here, 'provider-admin');
    expect((await provider.get('/imports')).status).toBe(403);
    expect((await provider.get('/')).html).not.toContain('href="/imports"');
  });

  test('another organisation does not find it', async () => {
    const { body } = await sent(JSON.stringify(release('ocds-o-1')));
    const other = new Visitor(here.origin);
    await other.signIn(here, 'commissioner', 'demo-health-board');
    for (const tail of ['', '/agreements', '/rejected', '/found/value-zero']) expect((await other.get(`/imports/${body.id}${tail}`)).status).toBe(404);
    expect((await here.as('commissioner', 'demo-health-board').get(`/api/v1/imports/${body.id}`)).status).toBe(404);
    for (const path of ['/imports/x', `/imports/${newId()}`, '/imports/%00', `/imports/${body.id}/found/constructor`, `/imports/${body.id}/agreements?after=x`, '/imports?after=x']) {
      const page = await commissioner.get(path);
      expect([path, page.status >= 400 && page.status < 500, faultsOf(page)]).toEqual([path, true, []]);
    }
  });
});
