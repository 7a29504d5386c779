import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readConfig } from '@concordat/platform';
import { parse } from 'yaml';
import { root } from './planted.js';

interface Container {
  image: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  deploy?: { replicas: number };
  ports?: string[];
  volumes?: string[];
  build?: { dockerfile: string };
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { services, volumes } = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Container>; volumes: Record<string, null> };
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const dockerfile = read('docker/Dockerfile');

/** The environment as Compose would hand it over: `${NAME:-default}` and `${NAME:?message}` filled in. */
function environmentOf({ environment = {} }: Container, given: Record<string, string>): Record<string, string> {
  const fill = (text: string) =>
    text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
      if (given[name] !== undefined) return given[name];
      if (kind !== '-') throw new Error(`${name} is required`);
      return rest;
    });
  return Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, fill(text)]));
}

const secrets = { CONCORDAT_KEY: Buffer.alloc(32, 7).toString('base64'), POSTGRES_PASSWORD: 'one', CONCORDAT_APP_PASSWORD: 'two' };

test('everything is there: stores, migration, API, pages, two workers, one origin', () => {
  expect(Object.keys(services).sort()).toEqual(['api', 'console', 'migrate', 'postgres', 'proxy', 'redis', 'seed', 'worker']);
  expect(services['worker']!.deploy).toEqual({ replicas: 2 });
  expect(Object.entries(services).filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['proxy']);
});

test('every image is pinned to a release', () => {
  const images = [...Object.values(services).map(({ image }) => image), ...[...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image!)];
  expect(images.filter((image) => !/^[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+)*$/.test(image))).toEqual([]);
  expect(services['postgres']!.image).toMatch(/^postgres:18\./);
});

test('the image runs a Node that Concordat accepts', () => {
  for (const [, major, minor] of dockerfile.matchAll(/^FROM node:(\d+)\.(\d+)/gm)) {
    expect(Number(major) * 1000 + Number(minor)).toBeGreaterThanOrEqual(20_019);
  }
});

test('every command exists', () => {
  const commands = [...read('apps/concordat/src/main.ts').matchAll(/^ {2}'?([a-z-]+)'?: \{ does:/gm)].map(([, name]) => name);
  for (const [name, { command = [] }] of ours) {
    const [program, path = '', ...args] = command;
    expect(`${name}: ${program}`).toBe(`${name}: node`);
    const source = path.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
    expect(`${source} ${existsSync(join(root, source)) ? 'exists' : 'is missing'}`).toBe(`${source} exists`);
    if (path === 'apps/concordat/dist/main.js') expect(commands).toContain(args[0]);
  }
});

test('every variable is one that the configuration reads, and the configuration accepts them all', () => {
  const known = new Set([...read('libs/platform/src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name));
  for (const [name, service] of ours) {
    const unknown = Object.keys(service.environment ?? {}).filter((variable) => !known.has(variable));
    expect({ name, unknown }).toEqual({ name, unknown: [] });
    expect(readConfig(environmentOf(service, secrets)).mode).toBe('demo');
    const production = { ...secrets, CONCORDAT_MODE: 'production', PUBLIC_URL: 'https://concordat.example.org' };
    expect(readConfig(environmentOf(service, production)).mode).toBe('production');
    expect(() => environmentOf(service, {})).toThrow('is required');
  }
});

test('the demo tells no server at an address that is each container’s own', () => {
  expect(services['seed']!.command).toContain('--no-receiver');
  expect(ours.flatMap(([name, { environment = {} }]) => Object.values(environment).filter((text) => /127\.0\.0\.1|\[::1\]/.test(text)).map(() => name))).toEqual([]);
});

test('only the migration may change the schema', () => {
  const owners = Object.entries(services).filter(([, { environment }]) => environment?.['DATABASE_OWNER_URL'] !== undefined);
  expect(owners.map(([name]) => name)).toEqual(['migrate']);
});

test('nothing serves before the database is migrated, and what serves says whether it can', () => {
  for (const name of ['api', 'console', 'worker', 'seed']) {
    expect(services[name]!.depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' }, redis: { condition: 'service_healthy' } });
  }
  for (const name of ['postgres', 'redis', 'api', 'console']) expect({ name, checked: services[name]!.healthcheck?.test.length }).not.toEqual({ name, checked: undefined });
});

test('Redis throws nothing away', () => {
  expect(services['redis']!.command!.join(' ')).toContain('--maxmemory-policy noeviction');
});

test('every file that is mounted or copied exists, every volume is declared, and the proxy leads to services there are', () => {
  const mounted = Object.values(services).flatMap(({ volumes: used = [] }) => used.map((volume) => volume.split(':')[0]!));
  for (const from of mounted) expect(from.startsWith('./') ? existsSync(join(root, from)) : from in volumes).toBe(true);
  expect(statSync(join(root, 'docker/postgres/app-login.sh')).mode & 0o111).not.toBe(0);
  for (const [, service, port] of read('docker/Caddyfile').matchAll(/reverse_proxy (\w+):(\d+)/g)) {
    expect(Object.keys(services)).toContain(service);
    expect(dockerfile).toContain(`PORT=${port}`);
  }
});
