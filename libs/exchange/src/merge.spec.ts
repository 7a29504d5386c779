import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { compile, version } from './core/index.js';
import { releaseRules } from './release-rules.js';

const cases = fileURLToPath(new URL('../../../test/data/ocds/merge-cases/', import.meta.url));
const example = fileURLToPath(new URL('../../../test/data/lifecycle/fictional-example/', import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const names = readdirSync(cases).filter((name) => name.endsWith('-compiled.json')).map((name) => name.slice(0, -'-compiled.json'.length));

test.each(names)('the official merge case %s comes out as the standard says', (name) => {
  const releases: JsonObject[] = read(join(cases, `${name}.json`));
  expect(JSON.parse(JSON.stringify(compile(releases, releaseRules)))).toEqual(read(join(cases, `${name}-compiled.json`)));
  expect(JSON.parse(JSON.stringify(version(releases, releaseRules)))).toEqual(read(join(cases, `${name}-versioned.json`)));
});

test("the standard's worked example compiles to its published record", () => {
  const { releases } = read(join(example, 'ocds-213czf-000-00001.json')) as { releases: JsonObject[] };
  const { id, ...published } = read(join(example, 'record-ocds-213czf-000-00001.json')).records[0].compiledRelease;
  const { id: ours, ...compiled } = JSON.parse(JSON.stringify(compile(releases.toReversed(), releaseRules)));
  expect([typeof id, ours]).toEqual(['string', 'ocds-213czf-000-00001-2011-01-10T09:30:00Z']);
  expect(compiled).toEqual(published);
});

test('a field called __proto__ is a field like any other', () => {
  const releases = JSON.parse('[{"ocid":"a","date":"2020-01-01","__proto__":{"spoilt":{"x":1}}},{"ocid":"a","date":"2020-01-02","__proto__":{"spoilt":{"x":2}}}]');
  expect(JSON.stringify(compile(releases, releaseRules))).toContain('"__proto__":{"spoilt":{"x":2}}');
  expect(Object.keys(version(releases, releaseRules))).toContain('__proto__');
  expect(({} as Record<string, unknown>)['spoilt']).toBe(undefined);
});

test('what a later release leaves out stays, and what it sets to null goes', () => {
  const releases: JsonObject[] = [
    { ocid: 'a', id: '1', date: '2020-01-01', tender: { title: 'Home care', status: 'active' } },
    { ocid: 'a', id: '2', date: '2020-01-02', tender: { status: null } },
  ];
  expect(compile(releases, releaseRules)).toMatchObject({ tender: { title: 'Home care' } });
  expect(compile(releases, releaseRules)['tender']).not.toHaveProperty('status');
});

test('releases are merged in the order of their moments, whatever offset they are written in', () => {
  const releases = [
    { ocid: 'a', id: 'later', date: '2020-01-01T11:30:00Z', tender: { title: 'later' } },
    { ocid: 'a', id: 'earlier', date: '2020-01-01T12:00:00+01:00', tender: { title: 'earlier' } },
  ];
  expect(compile(releases, releaseRules)).toMatchObject({ tender: { title: 'later' } });
});
