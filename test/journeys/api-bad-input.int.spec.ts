import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@concordat/platform';
import fc from 'fast-check';
import { oversubscription } from '../harness/index.js';
import type { Answer, ApiClient } from './client.js';
import { fromSchema, nearly, odd } from './from-schema.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { type ListedOperation, type OpenApiDocument, operationsOf } from './openapi-document.js';
import { expectProblem } from './problem.js';

let here: TestInstallation;
let commissioner: ApiClient;
let agreement: string;
beforeAll(async () => {
  here = await openInstallation();
  commissioner = here.as('commissioner');
  agreement = (await commissioner.post<{ agreement: string }>('/api/v1/agreements', { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] })).body.agreement;
});
afterAll(() => here.close());

const path = (name: string) => `/api/v1/agreements/${agreement}/commands/${name}`;
const hold = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Answer<unknown>> =>
  commissioner.send('POST', path('hold'), { body, headers: { 'content-type': 'application/json', ...headers } });
const encoded = (mark: object) => Buffer.from(JSON.stringify(mark)).toString('base64url');

afterEach(async () => {
  // Whatever was sent, the agreement stands as it stood.
  expect((await commissioner.get<{ version: number }>(`/api/v1/agreements/${agreement}`)).body.version).toBe(1);
});

describe('a body', () => {
  test('that is no JSON, cut short, or of another length than it says', async () => {
    for (const body of ['{"reason":', '{"reason":"x"', 'reason=x', '{reason:"x"}', "{'reason':'x'}", '{"reason":"x"}}', '\u0000', '{"reason":NaN}', '']) expectProblem(await hold(body), 400, 'body.unreadable');
  });

  test('that is JSON and no object', async () => {
    for (const body of ['[]', '"x"', '1', 'true', '[{"reason":"x"}]']) expectProblem(await hold(body), 400, 'request.invalid');
    expectProblem(await hold('null'), 400, 'request.invalid');
  });

  test('with a member nobody knows, or one that would become a prototype', async () => {
    expect(expectProblem(await hold('{"reason":"x","colour":"red"}'), 400, 'request.invalid').errors).toEqual([expect.objectContaining({ pointer: '/colour' })]);
    expectProblem(await hold('{"__proto__":{"reason":"x"}}'), 400, 'body.unreadable');
    expectProblem(await hold('{"reason":"x","\\u005f_proto__":1}'), 400, 'body.unreadable');
    expectProblem(await hold('{"reason":"x","constructor":{"prototype":{"admin":true}}}'), 400, 'body.unreadable');
    expectProblem(await hold('{"reason":"x","constructor":1}'), 400, 'request.invalid');
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  test('with U+0000 or half a surrogate pair, in a value or a name, however deep', async () => {
    for (const body of ['{"reason":"a\\u0000b"}', '{"reason":"\\ud800"}', '{"reason":"\\udc00x"}', '{"reason":{"a":[{"b":"\\u0000"}]}}']) {
      expect(expectProblem(await hold(body), 400, 'text.forbidden-character').errors?.[0]?.pointer).toMatch(/^\/reason/);
    }
    expectProblem(await hold('{"a\\u0000":"x"}'), 400, 'text.forbidden-character');
    expectProblem(await hold('{"reason":"x","\\ud800":1}'), 400, 'text.forbidden-character');
    // A whole pair is a letter like any other.
    expect((await commissioner.command(agreement, 'hold', { reason: '🏳️‍🌈 snow' }, { dryRun: true })).status).toBe(200);
  });

  test('with a number larger than any that can be kept', async () => {
    expect(expectProblem(await hold('{"reason":1e999}'), 400, 'number.too-large').errors?.[0]?.pointer).toBe('/reason');
  });

  test('that is not UTF-8', async () => {
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xc0, 0x80]]) {
      expectProblem(await hold(new Uint8Array([...Buffer.from('{"reason":"'), ...bytes, ...Buffer.from('"}')])), 400, 'body.not-utf-8');
    }
  });

  test('that is too large, too deep or too long', async () => {
    expectProblem(await hold(JSON.stringify({ reason: 'x'.repeat(2_000_000) })), 413, 'body.too-large');
    for (const levels of [100, 10_000, 150_000]) {
      expectProblem(await hold('['.repeat(levels) + ']'.repeat(levels)), 400, 'body.too-deep');
      expectProblem(await hold(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`), 400, 'body.too-deep');
    }
    const people = Array.from({ length: 400_000 }, () => 1);
    const long = await commissioner.command(agreement, 'record-attendance', { activity: newId(), participants: people, on: '2026-01-05' });
    expect(expectProblem(long, 400, 'request.invalid').errors?.length).toBeLessThanOrEqual(100);
    expect(long.text.length).toBeLessThan(50_000);
    expect(expectProblem(await hold(JSON.stringify(Array.from({ length: 100_000 }, () => '\u0000'))), 400, 'text.forbidden-character').errors).toHaveLength(100);
    expect((await hold(JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`m${at}`, 1]))))).text.length).toBeLessThan(50_000);
  });

  test('of another kind than the path reads', async () => {
    for (const kind of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/x-ndjson', 'application/json-patch+json', 'rubbish']) {
      expectProblem(await hold('{"reason":"x"}', { 'content-type': kind }), 415, 'body.media-type');
    }
    expectProblem(await hold('{"reason":"x"}', { 'content-encoding': 'gzip' }), 415, 'body.media-type');
    // What it says of itself beside the kind is no matter.
    expect((await commissioner.send('POST', `${path('hold')}?dryRun=true`, { body: '{"reason":"x"}', headers: { 'content-type': 'application/JSON; charset=UTF-8' } })).status).toBe(200);
  });
});

describe('an address', () => {
  test('that is not percent-encoded UTF-8, or holds U+0000', async () => {
    for (const bad of ['/api/v1/agreements/%zz', '/api/v1/agreements/%', '/api/v1/%E0%A4%A', '/api/v1/agreements/%ED%A0%80', '/api/v1/agreements/%C0%80']) expectProblem(await commissioner.get(bad), 400, 'address.unreadable');
    for (const bad of ['text=%zz', 'text=%ED%A0%80', 'text=%00', 'stage=a%00b', 'a%00=1', '__proto__=1']) expectProblem(await commissioner.get(`/api/v1/agreements?${bad}`), 400, 'address.unreadable');
    expectProblem(await commissioner.get('/api/v1/events?type=%00'), 400, 'address.unreadable');
    expectProblem(await commissioner.get('/api/v1/pathways/%00/1'), 400, 'address.unreadable');
  });

  test('of any form or method is answered as the path is: programs by a problem, people by a page, and none by a fault', async () => {
    const { port, host } = new URL(here.origin);
    const long = 'x'.repeat(12_000);
    const wrong = ['%00', '%zz', '%', '%E0%A4%A', '%ED%A0%80', '%C0%80', 'a%00b?c', '?text=%zz', long, `?text=${long}`, '__proto__', '%2e%2e%2fetc', '//', ';', '#x'];
    const targets = [
      ...wrong.flatMap((end) => ['/', '/agreements/', '/api/', '/api/v1/agreements/'].map((folder) => `GET ${folder}${end}`)),
      ...['PROPFIND', 'TRACE', 'PURGE', 'SEARCH', 'QUERY', 'LOCK', 'REPORT'].flatMap((method) => ['/', '/agreements', '/nowhere', '/api/v1/agreements', '/api/v1/nowhere'].map((path) => `${method} ${path}`)),
      ...['/nowhere', '/%00', '/%zz', '/api/v1/nowhere', '/api/%00', '/api/%zz'].map((path) => `GET http://${host}${path}`),
    ];
    const faults: string[] = [];
    for (const target of targets) {
      const { status, headers, text } = await raw(Number(port), `${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      const kind = headers.get('content-type')?.split(';')[0];
      const forPrograms = /^\w+ (http:\/\/[^/]+)?\/api\//.test(target);
      // A page that is there may also send whoever asks to sign in.
      const fits = forPrograms ? kind === 'application/problem+json' && status >= 400 : (kind === 'text/html' && text.includes('<h1')) || (status >= 200 && status < 400);
      if (!fits || status >= 500 || /node_modules|\bat \S+ \(/.test(text)) faults.push(`${target.slice(0, 60)} was answered ${status} ${kind} ${text.slice(0, 80)}`);
    }
    expect(faults).toEqual([]);

    const [page, program] = [await here.with().get('/%zz'), await here.with().get('/api/%zz')];
    expect([page.status, page.text.includes('The address cannot be read')]).toEqual([400, true]);
    for (const header of ['content-security-policy', 'x-content-type-options']) expect(page.headers.get(header)).toBeTruthy();
    expectProblem(program, 400, 'address.unreadable');
  });

  test('with a letter or digit encoded means what it means without', async () => {
    const encoded = (method: string, target: string, more: readonly string[] = [], body = '') =>
      raw(Number(new URL(here.origin).port), [`${method} ${target} HTTP/1.1`, 'Host: here', `Authorization: Bearer ${commissioner.key}`, ...more, '', body].join('\r\n'));
    const me = await encoded('GET', '/%61p%69/%761/me');
    expect([me.status, me.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expectProblem(await encoded('GET', '/%61pi/v1/nowhere'), 404, 'path.unknown');
    expectProblem(await encoded('POST', path('hold').replace('/api', '/%61pi'), ['Content-Type: application/x-ndjson', 'Content-Length: 14'], '{"reason":"x"}'), 415, 'body.media-type');
    for (const twice of ['/%2561pi/v1/me', '/%%361pi/v1/me']) expect((await encoded('GET', twice)).headers.get('content-type')).toContain('text/html');
  });

  test('with its origin before the path means the path', async () => {
    const asked = (method: string, path: string, more: readonly string[] = [], body = '') =>
      raw(Number(new URL(here.origin).port), [`${method} ${here.origin}${path} HTTP/1.1`, 'Host: here', `Authorization: Bearer ${commissioner.key}`, ...more, '', body].join('\r\n'));
    expect((await asked('GET', '/api/v1/me')).status).toBe(200);
    expectProblem(await asked('POST', path('hold'), ['Content-Type: application/x-ndjson', 'Content-Length: 14'], '{"reason":"x"}'), 415, 'body.media-type');
  });

  test('that names what is not there, in any manner', async () => {
    expectProblem(await commissioner.get('/api/v1/agreements/../../etc/passwd'), 404, 'path.unknown');
    expectProblem(await commissioner.get('/api/v1/agreements/..%2f..%2fetc%2fpasswd'), 400, 'request.invalid');
    expectProblem(await commissioner.get('/api/v1/pathways/..%2fgrant/1'), 404, 'pathway.unknown');
    expectProblem(await commissioner.get(`/api/v1/pathways/${'x'.repeat(300)}/1`), 414, 'address.too-long');
    expectProblem(await commissioner.get('/api/v1/pathways/__proto__/1'), 404, 'pathway.unknown');
    expectProblem(await commissioner.get('/api/v1/pathways/grant/1e999'), 400, 'request.invalid');
    expectProblem(await commissioner.command(agreement, 'constructor'), 404, 'command.unknown');
    expectProblem(await commissioner.command(agreement, 'marry'), 404, 'command.unknown');
    expectProblem(await commissioner.command('nobody', 'hold', { reason: 'x' }), 404, 'agreement.unknown');
  });

  test('with a method it does not take is told which it takes, for every path of the document and for pages', async () => {
    const operations = operationsOf((await commissioner.get<OpenApiDocument>('/api/openapi.json')).body);
    const taken = [...operations, { path: '/agreements', method: 'GET' }, { path: '/sign-out', method: 'POST' }].map(({ path, method }) => ({ path, method, fits: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }));
    for (const path of new Set(taken.map((one) => one.path))) {
      const address = path.replaceAll(/\{\w+\}/g, newId());
      // A path such as /contracts/imports is also one contract's, as far as its form goes.
      const methods = taken.filter(({ fits }) => fits.test(address)).map(({ method }) => method);
      const allow = [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : [])])].sort().join(', ');
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'].filter((one) => !allow.split(', ').includes(one))) {
        const answer = await commissioner.send(method, address);
        expect({ method, path, status: answer.status, allow: answer.headers.get('allow') }).toEqual({ method, path, status: 405, allow });
      }
    }
    const deleted = await commissioner.send('DELETE', `/api/v1/agreements/${agreement}`);
    expect(expectProblem(deleted, 405, 'method.unknown').detail).toMatch(/^DELETE does nothing here. This path takes GET, HEAD;/);
    expect((await commissioner.send('PATCH', '/agreements')).text).toContain('<h1');
    expectProblem(await commissioner.send('DELETE', '/api/v1/nowhere'), 404, 'path.unknown');
  });

  test('with a query nobody knows, twice, or out of all bounds', async () => {
    for (const query of ['colour=red', 'limit=1&limit=2', 'limit=-1', 'limit=1.5', 'limit=1e9', 'limit=', 'lifecycle=dead', `text=${'x'.repeat(201)}`]) {
      expectProblem(await commissioner.get(`/api/v1/agreements?${query}`), 400, 'request.invalid');
    }
    for (const after of ['-1', '1e30', 'NaN', '9007199254740993', 'x']) expectProblem(await commissioner.get(`/api/v1/events?after=${after}`), 400, 'request.invalid');
    expectProblem(await commissioner.get(`/api/v1/agreements/${agreement}/history?after=9007199254740991`), 400, 'request.invalid');
    expect((await commissioner.get('/api/v1/events?after=9007199254740991')).body).toEqual({ items: [], next: 9_007_199_254_740_991 });
  });

  test('with a day before every calendar here is told so, and nothing of it is recorded', async () => {
    const answer = await commissioner.command(agreement, 'amend-facts', { facts: { 'contract-period': { startsOn: '0000-01-01', endsOn: '2027-01-01' } } }, { headers: { 'if-match': '*' } });
    expectProblem(answer, 400, 'request.invalid');
    expect(JSON.stringify(answer.body)).toContain('/facts/contract-period/startsOn');
  });

  test('with a cursor that nobody gave', async () => {
    const marks = ['rubbish', '%F0%9F%8F%B3', encoded({}), encoded({ openedAt: 'x', id: newId() }), encoded({ openedAt: '0000-01-01T00:00:00Z', id: newId() }), encoded({ openedAt: `2026-01-01T00:00:00.${'0'.repeat(200)}Z`, id: newId() }), encoded({ openedAt: '2026-01-01T00:00:00Z', id: '\u0000' }), encoded([]), 'bnVsbA'];
    for (const mark of marks) expectProblem(await commissioner.get(`/api/v1/agreements?after=${mark}`), 400, 'cursor.unreadable');
    for (const day of ['0000-01-01', '2026-02-30', 'x']) expectProblem(await commissioner.get(`/api/v1/contracts?after=${encoded({ startsBy: day, id: newId() })}`), 400, 'cursor.unreadable');
    for (const begunAt of ['0000-01-01T00:00:00Z', 'x']) expectProblem(await commissioner.get(`/api/v1/imports?after=${encoded({ begunAt, id: newId() })}`), 400, 'cursor.unreadable');
    for (const keptAt of ['0000-01-01T00:00:00Z', 'x']) expectProblem(await commissioner.get(`/api/v1/contracts/kept-rows?after=${encoded({ keptAt, id: newId() })}`), 400, 'cursor.unreadable');
  });
});

describe('a reference', () => {
  test('to somebody of another organisation is answered as one to nobody, by the field that names them, with whatever else is wrong', async () => {
    const { organisation } = here.keys.find((one) => one.organisation !== 'demo-council')!;
    const [theirs, activity, resident] = [here.as('commissioner', organisation), newId(), newId()];
    const opened = await theirs.post<{ agreement: string }>('/api/v1/agreements', { title: 'Theirs', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] });
    const stranger = here.person('commissioner', organisation).person;
    const closesOn = `${new Date().getUTCFullYear() + 1}-01-01`;
    await theirs.done(opened.body.agreement, 'plan-activity', { activity, stage: 'mandate', title: 'Tea', groups: ['diners'], right: 'consult', ledBy: 'staff', closesOn });
    await theirs.done(opened.body.agreement, 'invite-participant', { invitation: newId(), activity, participant: resident, answerBy: closesOn });

    const off = { likelihood: 5, impact: 5 };
    const naming: readonly [role: string, name: string, real: string, body: (id: string) => object][] = [
      ['risk-owner', 'raise-risk', stranger, (owner) => ({ risk: newId(), title: 'x', domain: 'moon', bearers: [], owner, scores: { 'co-produced': off, 'professional-only': null, 'not-acting': null } })],
      ['risk-owner', 'add-control', stranger, (owner) => ({ control: newId(), risk: newId(), title: 'x', kind: 'training', owner })],
      ['decision-maker', 'reply-to-objection', stranger, (secondPerson) => ({ statement: newId(), reply: 'x', secondPerson })],
      ['facilitator', 'choose-ask-budget', resident, (participant) => ({ participant, asksPerYear: 6 })],
      ['facilitator', 'record-benefits-advice', resident, (participant) => ({ participant, on: '2999-12-31', source: 'x', taken: true })],
      ['facilitator', 'record-information-given', resident, (participant) => ({ pack: newId(), version: 1, participants: [participant], on: '2999-12-31' })],
      ['representative', 'give-view-on-waiver', resident, (spokenBy) => ({ waiver: newId(), view: 'content', spokenBy, words: 'x' })],
    ];
    for (const [role, name, real, body] of naming) {
      const [of, ofNobody] = [real, newId()].map((id) => ({ id, sent: here.as(role).command<{ errors?: { code: string }[] }>(agreement, name, body(id)) }));
      const said = async ({ id, sent }: NonNullable<typeof of>) => {
        const { status, body: problem } = await sent;
        return { name, status, errors: JSON.stringify(problem.errors).replaceAll(id, 'whoever') };
      };
      const answer = await said(of!);
      expect(answer).toEqual(await said(ofNobody!));
      expect(answer).toMatchObject({ status: 422, errors: expect.stringMatching(/(person|participant)\.unknown.*whoever/) });
      expect(JSON.parse(answer.errors).length).toBeGreaterThan(1);
    }
  });
});

describe('a command', () => {
  const document = { title: 'The plan', reference: 'doc-1' };

  test('with scores outside the matrix, on a day there is none, or with a word that is none of its words, is told every place at once', async () => {
    const risk = { risk: newId(), title: 'Alone at night', bearers: ['neighbours'], owner: newId(), reviewOn: '2026-02-30', scores: { 'co-produced': { likelihood: 6, impact: 0 }, 'professional-only': { likelihood: 2.5, impact: 5 }, 'not-acting': null }, colour: 'red' };
    const places = expectProblem(await here.as('risk-owner').command(agreement, 'raise-risk', risk), 400, 'request.invalid').errors?.map(({ pointer }) => pointer).toSorted();
    expect(places).toEqual(['/bearers/0', '/colour', '/reviewOn', '/scores/co-produced/impact', '/scores/co-produced/likelihood', '/scores/professional-only/likelihood']);
    const plan = { stage: 'mandate', mode: 'co-design', say: 5, do: -1, groups: ['diners'], method: 'Tea', people: -3, resources: { is: 'not-yet' } };
    expect(expectProblem(await commissioner.command(agreement, 'plan-involvement', plan), 400, 'request.invalid').errors?.map(({ pointer }) => pointer).toSorted()).toEqual(['/do', '/people', '/say']);
  });

  test('that is wrong in its form and in its sense is told all of its form first, and once that is right all of its sense', async () => {
    const [worst, off] = [{ likelihood: 5, impact: 5 }, { likelihood: 6, impact: 0 }];
    const risk = { risk: newId(), title: 'Alone at night', domain: 'moon', bearers: [], owner: newId(), reviewOn: '2020-01-01', scores: { 'co-produced': worst, 'professional-only': null, 'not-acting': null } };
    const raise = (body: object) => here.as('risk-owner').command<{ errors?: { code: string }[] }>(agreement, 'raise-risk', body);
    const inForm = expectProblem(await raise({ ...risk, scores: { ...risk.scores, 'co-produced': off }, colour: 'red' }), 400, 'request.invalid');
    expect(inForm.errors?.map(({ pointer }) => pointer).toSorted()).toEqual(['/colour', '/scores/co-produced/impact', '/scores/co-produced/likelihood']);
    const inSense = await raise(risk);
    expect([inSense.status, inSense.body.errors?.map(({ code }) => code).toSorted()]).toEqual([422, ['person.unknown', 'risk.domain-unknown', 'risk.nobody-carries-it', 'risk.review-not-ahead']]);
  });

  test('that the agreement’s state does not admit, on days that cannot be and of what is not there, is refused for all of it at once', async () => {
    const refused: readonly (readonly [role: string, name: string, body: object, codes: readonly string[]])[] = [
      ['commissioner', 'resume', {}, ['already-so']],
      ['commissioner', 'publish-award-notice', { publishedOn: '2999-12-31', reference: 'N-1' }, ['award.not-decided', 'award.not-proposed', 'award.notice-not-published-yet', 'award.too-early']],
      ['decision-maker', 'record-decision', { decision: newId(), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2999-12-31', inForceFrom: '2999-12-30', weighed: 'x', versionRead: 'a'.repeat(64) }, ['day.too-far', 'decision.in-force-too-early', 'decision.not-taken-yet', 'decision.other-version']],
      ['commissioner', 'conclude-challenge', { challenge: newId(), outcome: 'award-stands', reasons: 'x', on: '2999-12-31' }, ['challenge.not-concluded-then', 'challenge.unknown']],
      ['commissioner', 'open-consultation', { consultation: newId(), proposal: 'x', reasons: 'x', options: [], opensOn: '2020-02-01', closesOn: '2020-01-01' }, ['consultation.before-its-subject', 'consultation.closes-before-it-opens', 'consultation.over-before-it-is-on-record']],
      ['contract-manager', 'meet-obligation', { obligation: newId(), on: '2999-12-31', evidence: document }, ['obligation.not-met-yet', 'obligation.unknown']],
      ['contract-manager', 'link-outcome', { link: newId(), outcome: newId(), step: 'change-to-outcome', indicator: 'Falls', unit: 'percent', holder: 'Public health', baseline: 140, target: 140, comparison: 'The next ward', visibleFrom: '2027-01-01' }, ['kpi.no-percentage', 'outcome.no-way-to-go', 'outcome.unknown']],
    ];
    for (const [role, name, body, codes] of refused) {
      const { status, body: problem } = await here.as(role).command<{ errors: { code: string }[] }>(agreement, name, body);
      expect([name, status, [...new Set(problem.errors.map(({ code }) => code))].toSorted()]).toEqual([name, 422, codes]);
    }
  });
});

describe('a header', () => {
  const port = () => Number(new URL(here.origin).port);
  const asked = (line: string, headers: readonly string[] = [], body = ''): Promise<Answer<unknown>> =>
    raw(port(), [line, 'Host: here', `Authorization: Bearer ${commissioner.key}`, ...headers, '', body].join('\r\n'));
  const posted = ['Content-Type: application/json', 'Content-Length: 14'];

  test('sent twice, where two of it would mean two things', async () => {
    const line = `POST ${path('hold')} HTTP/1.1`;
    for (const doubled of [['If-Match: "1"', 'If-Match: "2"'], ['Idempotency-Key: a', 'idempotency-key: b'], [`Authorization: Bearer ${here.as('auditor').key}`], ['Content-Type: text/plain'], ['traceparent: x', 'Traceparent: y']]) {
      expectProblem(await asked(line, [...posted, ...doubled], '{"reason":"x"}'), 400, 'header.doubled');
    }
  });

  test('that is no header, or more than a server reads', async () => {
    expectProblem(await asked('GET /api/v1/me HTTP/1.1', ['X-Note: a\u0000b']), 400, 'body.unreadable');
    expectProblem(await asked('GET /api/v1/me HTTP/1.1', [`X-Note: ${'x'.repeat(40_000)}`]), 431, 'header.too-large');
    expectProblem(await asked('GET /api/v1/\u0000 HTTP/1.1'), 400, 'body.unreadable');
    expectProblem(await raw(port(), 'NONSENSE\r\n\r\n'), 400, 'body.unreadable');
    expectProblem(await asked(`POST ${path('hold')} HTTP/1.1`, ['Transfer-Encoding: chunked', ...posted], '{"reason":"x"}'), 400, 'body.unreadable');
  });
});

describe('a key', () => {
  test('in any other form than a key opens nothing', async () => {
    for (const authorization of ['Bearer', 'Bearer ', 'Basic abc', 'Bearer  two', 'bearer cnc_', `Bearer ${'x'.repeat(8_000)}`, 'Bearer null', `Token ${commissioner.key}`, 'Bearer cnc_session_x', 'Bearer \u00ff\u00fe']) {
      const answer = await here.with().get('/api/v1/me', { headers: { authorization } });
      expect([authorization.slice(0, 20), answer.status]).toEqual([authorization.slice(0, 20), 401]);
    }
  });
});

describe('anything', () => {
  test('that the document admits or almost admits is answered without a fault, and what is refused is a problem', async () => {
    const operations = operationsOf((await here.with().get<OpenApiDocument>('/api/openapi.json')).body);
    const clients = [here.as('commissioner', 'demo-health-board'), here.as('administrator', 'demo-health-board'), here.as('auditor', 'demo-health-board')];
    const known = (await clients[0]!.post<{ agreement: string }>('/api/v1/agreements', { title: 'x', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] })).body.agreement;
    const faults: string[] = [];
    let sentInAll = 0;
    // As long as the machine needs for so many: each operation twice at the least.
    const time = 15_000 * Math.min(3, oversubscription());
    const until = performance.now() + time;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations).chain((operation) => fc.tuple(fc.constant(operation), request(operation, known))), fc.constantFrom(...clients), async ([operation, sent], client) => {
        sentInAll += 1;
        const answer = await client.send(operation.method, sent.address, { headers: sent.headers, ...(sent.body !== undefined && { body: sent.body }) });
        const problem = answer.status < 400 || answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
        if (answer.status >= 500 || !problem) faults.push(`${operation.method} ${sent.address} ${JSON.stringify(sent.headers)} ${sent.body?.slice(0, 300) ?? ''} was answered ${answer.status} ${answer.text.slice(0, 200)}`);
      }),
      { numRuns: 4_000, interruptAfterTimeLimit: time, markInterruptAsFailure: false },
    );
    expect(faults).toEqual([]);
    expect(sentInAll).toBeGreaterThan(2 * operations.length);
    expect(performance.now()).toBeLessThan(until + 10_000 * oversubscription());
  }, 90_000);
});

interface Sent {
  readonly address: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** A request as the operation describes it, or nearly. */
function request({ method, path: pattern, operation }: ListedOperation, known: string): fc.Arbitrary<Sent> {
  const { parameters = [], requestBody } = operation;
  const schema = requestBody?.content['application/json']?.schema;
  const valid = schema === undefined ? fc.constant(undefined) : fromSchema(schema);
  const body = fc.oneof({ weight: 2, arbitrary: valid }, { weight: 3, arbitrary: nearly(valid) }, ...(schema === undefined ? [odd] : []));
  const media = Object.keys(requestBody?.content ?? {}).find((kind) => kind === 'application/octet-stream') ?? 'application/json';
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const ids = fc.tuple(...names.map(() => fc.oneof({ weight: 6, arbitrary: fc.constant(known) }, { weight: 1, arbitrary: fc.uuid() }, { weight: 1, arbitrary: odd.map(String) })));
  const query = fc.tuple(
    ...parameters
      .filter((parameter) => parameter.in === 'query')
      .map((parameter) => fc.option(fc.oneof(fromSchema(parameter.schema), odd)).map((value): [string, unknown] => [parameter.name, value])),
  );
  const headers = fc.record(
    {
      'if-match': fc.oneof(fc.constantFrom('"1"', '*', '"0"', 'W/"1"', '"999999999"'), fc.string({ unit: fc.constantFrom('"', 'a', '1', ',', ' ') })),
      prefer: fc.constantFrom('respond-async', 'respond-async, wait=1', 'x'),
      'concordat-position': fc.constantFrom('1', '99999999999', '-1', 'x', '1e999'),
      'idempotency-key': fc.string({ unit: fc.constantFrom('a', 'b', '"', ' ', '1'), maxLength: 4 }),
    },
    { requiredKeys: [] },
  );
  return fc.tuple(ids, query, body, headers).map(([values, asked, value, more]) => {
    const at = names.reduce((address, name, index) => address.replace(`{${name}}`, () => encode(values[index]!)), pattern);
    const search = asked.filter(([, one]) => one !== null).map(([name, one]) => `${name}=${encode(String(typeof one === 'object' ? JSON.stringify(one) : one))}`);
    return {
      address: `${at}${search.length > 0 ? `?${search.join('&')}` : ''}`,
      headers: { ...more, ...(method === 'POST' && value !== undefined && { 'content-type': media }) },
      ...(method === 'POST' && value !== undefined && { body: JSON.stringify(value) }),
    };
  });
}

// What a URL cannot hold is sent as broken as it is.
function encode(text: string): string {
  try {
    return encodeURIComponent(text) || '%20';
  } catch {
    return '%ED%A0%80';
  }
}

/** What is answered to these very bytes. */
function raw(port: number, sent: string): Promise<Answer<unknown>> {
  return new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1');
    let got = '';
    const told = () => {
      const [head = '', body = ''] = got.split('\r\n\r\n');
      const [line = '', ...fields] = head.split('\r\n');
      const headers = new Headers(fields.map((field): [string, string] => [field.slice(0, field.indexOf(':')), field.slice(field.indexOf(':') + 2)]));
      if (Buffer.byteLength(body) < Number(headers.get('content-length') ?? Infinity)) return;
      socket.destroy();
      const isJson = /json/.test(headers.get('content-type') ?? '');
      done({ status: Number(line.split(' ')[1]), headers, text: body, body: isJson ? (JSON.parse(body) as unknown) : undefined });
    };
    socket.on('data', (chunk) => {
      got += chunk.toString('utf8');
      told();
    });
    socket.on('error', failed);
    socket.write(Buffer.from(sent, 'latin1'));
  });
}
