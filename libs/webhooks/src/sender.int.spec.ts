import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { oversubscription } from '../../../test/harness/index.js';
import { AddressGuard, type Resolve } from './address.js';
import { Sender } from './sender.js';

const limits = { connectMs: 300, totalMs: 600, keepBytes: 16_384 };
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

async function listening<S extends Server | TcpServer>(server: S): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push({
    close: () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

const serve = (answer: (request: IncomingMessage, response: ServerResponse) => void) => listening(createServer(answer));

function sender(resolve?: Resolve, allowCidrs: string[] = [], allowPorts: number[] = []): Sender {
  const made = new Sender(new AddressGuard({ demo: true, allowCidrs, allowPorts }, resolve), limits);
  open.push(made);
  return made;
}

const post = (port: number, by = sender()) =>
  by.send({ url: `http://127.0.0.1:${port}/hook?a=1`, headers: { 'webhook-id': 'evt' }, body: Buffer.from('{"a":1}'), tries: 1 });

describe('an answer is taken as it is', () => {
  test.each([200, 201, 202, 204, 299, 304, 400, 404, 410, 429, 500, 503])('%p', async (status) => {
    const port = await serve((_, response) => response.writeHead(status, { 'retry-after': '7' }).end());
    expect(await post(port)).toMatchObject({ status, error: null, retryAfter: '7', remoteAddress: '127.0.0.1' });
  });

  test('with the path, headers and bytes that were asked for', async () => {
    const seen: unknown[] = [];
    const port = await serve((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString())).on('end', () => response.end('thanks'));
      seen.push(request.method, request.url, request.headers['webhook-id'], request.headers.host);
    });
    expect((await post(port)).body.toString()).toBe('thanks');
    expect(seen).toEqual(['POST', '/hook?a=1', 'evt', `127.0.0.1:${port}`, '{"a":1}']);
  });

  test('over connections that are kept for the next delivery', async () => {
    const sockets = new Set<unknown>();
    const port = await serve((request, response) => {
      sockets.add(request.socket);
      request.resume().on('end', () => response.end('ok'));
    });
    const by = sender();
    for (let i = 0; i < 10; i += 1) expect((await post(port, by)).status).toBe(200);
    expect(sockets.size).toBeLessThanOrEqual(2);
  });
});

test.each([301, 302, 303, 307, 308])('a redirect (%p) is an answer; nobody goes where it points', async (status) => {
  let visits = 0;
  const elsewhere = await serve((_, response) => {
    visits += 1;
    response.end();
  });
  const port = await serve((_, response) => response.writeHead(status, { location: `http://127.0.0.1:${elsewhere}/` }).end());
  expect((await post(port)).status).toBe(status);
  expect(visits).toBe(0);
});

describe('an endpoint takes no more of us than the limits', () => {
  test('when it never answers', async () => {
    const answer = await post(await serve(() => undefined));
    expect(answer).toMatchObject({ status: null, error: 'timeout', remoteAddress: '127.0.0.1' });
    expect(answer.milliseconds).toBeLessThan(1_500 * oversubscription());
  });

  test('when its headers drip', async () => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('x-drip: 1\r\n'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    const answer = await post(await listening(server));
    expect(answer).toMatchObject({ status: null, error: 'timeout' });
    expect(answer.milliseconds).toBeLessThan(1_500 * oversubscription());
  });

  test('when its body drips; the status it gave counts', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(timer));
    });
    const answer = await post(port);
    expect(answer).toMatchObject({ status: 200, error: null });
    expect(answer.milliseconds).toBeLessThan(1_500 * oversubscription());
    expect(answer.body.toString()).toMatch(/^\.+$/);
  });

  test('when it answers a gigabyte: 16 KiB are kept and the rest is not read', async () => {
    let written = 0;
    const chunk = Buffer.alloc(65_536, 'x');
    const port = await serve((_, response) => {
      response.writeHead(200, { 'content-length': String(2 ** 30) });
      const more = () => {
        while (!response.destroyed && written < 2 ** 30) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      response.on('error', () => undefined);
      more();
    });
    const answer = await post(port);
    expect(answer).toMatchObject({ status: 200, error: null });
    expect(answer.body.length).toBe(16_384);
    expect(written).toBeLessThan(32 * 2 ** 20);
  });

  test('when it answers a gzip bomb: it is kept packed', async () => {
    const bomb = gzipSync(Buffer.alloc(16 * 2 ** 20));
    const port = await serve((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    expect((await post(port)).body.equals(bomb.subarray(0, 16_384))).toBe(true);
  });

  test('when its headers have no end', async () => {
    const port = await serve((_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end());
    expect(await post(port)).toMatchObject({ status: null, error: 'unreadable-answer' });
  });
});

describe('what goes wrong has a name', () => {
  test('a connection that is reset', async () => {
    const port = await listening(createTcpServer((socket) => socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy())));
    expect(await post(port)).toMatchObject({ status: null, error: 'reset' });
  });

  test('a connection that closes half-way through its headers', async () => {
    const port = await listening(createTcpServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 200 OK\r\nx: '))));
    expect((await post(port)).status).toBeNull();
  });

  test('something that is not HTTP', async () => {
    const port = await listening(createTcpServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end('SSH-2.0-OpenSSH\r\n'))));
    expect(await post(port)).toMatchObject({ status: null, error: 'unreadable-answer' });
  });

  test('a port where nobody listens', async () => {
    const server = createTcpServer();
    const port = await listening(server);
    await new Promise((done) => server.close(done));
    expect(await post(port)).toMatchObject({ status: null, error: 'connect-refused' });
  });

  test('a name that nobody knows, and a name server that is silent', async () => {
    const send = (resolve: Resolve) => sender(resolve).send({ url: 'https://hooks.example.org/', headers: {}, body: Buffer.alloc(0), tries: 1 });
    const unknown = () => Promise.reject(Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' }));
    expect(await send(unknown)).toMatchObject({ status: null, error: 'dns', remoteAddress: null });
    expect(await send(() => new Promise(() => undefined))).toMatchObject({ status: null, error: 'dns' });
  });

  test('an address that may not be called, with the reason', async () => {
    const answer = await sender(() => Promise.resolve([{ address: '10.0.0.1', family: 4 }])).send({
      url: 'https://hooks.example.org/', headers: {}, body: Buffer.alloc(0), tries: 1,
    });
    expect(answer).toMatchObject({ status: null, error: 'address-refused', remoteAddress: null });
    expect(answer.detail).toContain('private or reserved network');
  });
});

describe('the connection goes to the address that was checked', () => {
  test('the name is asked once, so a second answer of the name server changes nothing; the certificate is still the name’s', async () => {
    const names: (string | false | null | undefined)[] = [];
    const server = createTlsServer({ key, cert, SNICallback: (name, done) => (names.push(name), done(null)) });
    const port = await listening(server);
    let asked = 0;
    const rebinding: Resolve = () => Promise.resolve([{ address: (asked += 1) === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
    const answer = await sender(rebinding, ['127.0.0.0/8'], [port]).send({
      url: `https://hooks.example.org:${port}/`, headers: {}, body: Buffer.alloc(0), tries: 1,
    });
    expect(asked).toBe(1);
    expect(names).toEqual(['hooks.example.org']);
    // It signed its own certificate.
    expect(answer).toMatchObject({ status: null, error: 'tls', remoteAddress: '127.0.0.1' });
  });

  test('each try takes the next of a host’s addresses', async () => {
    const both: Resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }, { address: '127.0.0.2', family: 4 }]);
    const port = await serve((_, response) => response.end());
    const by = sender(both);
    const addresses: (string | null)[] = [];
    for (const tries of [1, 2, 3]) {
      addresses.push((await by.send({ url: `http://localhost:${port}/`, headers: {}, body: Buffer.alloc(0), tries })).remoteAddress);
    }
    expect(addresses).toEqual(['127.0.0.2', '127.0.0.1', '127.0.0.2']);
  });
});

// Made for this test and used nowhere: a certificate that signs itself, for hooks.example.org.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgx5XhCdMjzqekJWQ2
C0xLN6fWD4FrCHvjFT9LBBWR97ehRANCAARA2OGpDgdcKGVdt+VQdm1mlKMA9D3h
FkZgVNP0x6rz/Wm8UATrNcvOJmohQMrAnwGLexzdpzAlve3lCGpMMREm
-----END PRIVATE KEY-----
`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBrTCCAVOgAwIBAgIURd46mD06Y7dobozU1iITnBQvH/UwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRaG9va3MuZXhhbXBsZS5vcmcwIBcNMjYxMTIzMjIyODExWhgP
MjEyNjEwMzAyMjI4MTFaMBwxGjAYBgNVBAMMEWhvb2tzLmV4YW1wbGUub3JnMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQNjhqQ4HXChlXbflUHZtZpSjAPQ94RZG
YFTT9Meq8/1pvFAE6zXLziZqIUDKwJ8Bi3sc3acwJb3t5QhqTDERJqNxMG8wHQYD
VR0OBBYEFJxq+QBeAvMy8EGpeBcRAN8Wxak5MB8GA1UdIwQYMBaAFJxq+QBeAvMy
8EGpeBcRAN8Wxak5MA8GA1UdEwEB/wQFMAMBAf8wHAYDVR0RBBUwE4IRaG9va3Mu
ZXhhbXBsZS5vcmcwCgYIKoZIzj0EAwIDSAAwRQIgF0JL9T5P6YJ+4AFCSCrl+wHs
jSP0hJlHCzN+6gLcEPwCIQD/eTINpI8eflZdZwxWOR04Nq+HEYw5LFGYcn9KyKPP
Eg==
-----END CERTIFICATE-----
`;
