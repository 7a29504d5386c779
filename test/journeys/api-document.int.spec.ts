import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandNames } from '@concordat/agreement/core';
import { folds } from '@concordat/assembly';
import { eventCatalogue } from '@concordat/webhooks';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { operationsOf, type OpenApiDocument } from './openapi-document.js';

let here: TestInstallation;
let document: OpenApiDocument;
beforeAll(async () => {
  here = await openInstallation();
  document = (await here.with().get<OpenApiDocument>('/api/openapi.json')).body;
});
afterAll(() => here.close());

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1, by the schema its authors publish', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
  });

  test('gives every command a path of its own, with the members it takes and no others', () => {
    for (const name of commandNames) {
      const operation = document.paths[`/api/v1/agreements/{id}/commands/${name}`]?.post;
      const body = operation?.requestBody?.content['application/json']?.schema;
      expect({ name, id: operation?.operationId, type: body?.['type'], more: body?.['additionalProperties'] }).toEqual({ name, id: name, type: 'object', more: false });
    }
    expect(document.paths).not.toHaveProperty('/api/v1/agreements/{id}/commands/{name}');
  });

  test('says of every operation which right it asks, what its success looks like, and that it may answer with a problem', () => {
    const open = operationsOf(document).filter(({ operation }) => operation['x-right'] === undefined);
    expect(open.map(({ path }) => path).filter((path) => !path.startsWith('/api/schemas/'))).toEqual([]);
    for (const { id, operation } of operationsOf(document)) {
      const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      const undescribed = successes.filter(([status, { content }]) => status !== '204' && Object.values(content ?? {})[0]?.schema === undefined);
      expect({ id, successes: successes.length > 0, undescribed }).toEqual({ id, successes: true, undescribed: [] });
      expect(operation.responses['default']?.content).toHaveProperty(['application/problem+json']);
    }
  });

  test('says what a currency may be, which its pattern alone does not', () => {
    const opening = document.paths['/api/v1/agreements']?.post?.requestBody?.content['application/json']?.schema as { properties: { value: { properties: { currency: Json } } } };
    expect(opening.properties.value.properties.currency).toMatchObject({ pattern: '^[A-Z]{3}$', description: expect.stringContaining('ISO 4217') });
  });

  test('names each operation once', () => {
    const ids = operationsOf(document).map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  test('tells a provider what its endpoint will be sent, for every type that leaves the house and no other', () => {
    const published = eventCatalogue.filter((event) => event.published !== null).map(({ type }) => type);
    expect(Object.keys(document.webhooks).sort()).toEqual([...published].sort());
    const told = document.webhooks['concordat.agreement.awarded.v1']?.post;
    const body = told?.requestBody?.content['application/cloudevents+json']?.schema as { properties?: Record<string, Json> };
    expect(body.properties?.['type']).toMatchObject({ const: 'concordat.agreement.awarded.v1' });
    // Who won is told; for how much is not.
    expect(Object.keys((body.properties?.['data'] as { properties: object }).properties)).toEqual(['provider']);
  });

  test('names the headers that make a write safe to send again', () => {
    const named = (id: string) => operationsOf(document).find((one) => one.id === id)?.operation.parameters?.map((parameter) => parameter.$ref?.split('/').at(-1) ?? parameter.name);
    expect(named('amend-facts')).toEqual(['id', 'dryRun', 'Idempotency-Key', 'If-Match', 'Prefer']);
    expect(named('openAgreement')).toEqual(['dryRun', 'Idempotency-Key', 'Prefer']);
    expect(named('listAgreements')).toContain('Concordat-Position');
  });
});

describe('schemas of events', () => {
  test('there is one for every type that any stream may hold', async () => {
    const types = folds.flatMap((fold) => fold.types as readonly string[]);
    const { body } = await here.with().get<{ items: string[] }>('/api/schemas/events');
    expect([...body.items].sort()).toEqual([...new Set(types)].sort());
  });

  test('each is a JSON Schema, served to anyone', async () => {
    for (const { type } of eventCatalogue) {
      const { status, body } = await here.with().get(`/api/schemas/events/${type}`);
      expect({ type, status }).toEqual({ type, status: 200 });
      new Ajv2020({ strict: false, validateFormats: false }).compile(body);
    }
    expect((await here.with().get('/api/schemas/events/concordat.agreement.unheard-of.v1')).body).toMatchObject({ code: 'event-type.unknown' });
    expect((await here.with().get('/api/schemas/events/constructor')).status).toBe(404);
  });

  test('pathways and routes are valid under the schemas that are published', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const c = here.as('commissioner');
    for (const kind of ['pathway', 'route'] as const) {
      const valid = ajv.compile((await c.get(`/api/schemas/${kind}`)).body);
      const { items } = (await c.get<{ items: { id: string; version: number }[] }>(`/api/v1/${kind}s`)).body;
      expect(items.length).toBeGreaterThan(1);
      for (const { id, version } of items) {
        const { body } = await c.get(`/api/v1/${kind}s/${id}/${version}`);
        expect({ id, valid: valid(body), errors: valid.errors }).toEqual({ id, valid: true, errors: null });
      }
    }
  });
});

describe('the page of the document', () => {
  test('lists every operation, has one heading, no script, and leads nowhere that is not there', async () => {
    const { status, headers, text } = await here.with().get('/api/docs');
    expect({ status, type: headers.get('content-type') }).toEqual({ status: 200, type: 'text/html; charset=utf-8' });
    for (const { id } of operationsOf(document)) expect(text).toContain(`id="${id}"`);
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(text).not.toMatch(/<script|<style| style=|\son\w+=/i);
    const inside = [...text.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target!);
    for (const target of inside) expect(text).toContain(`id="${target}"`);
    const outside = new Set([...text.matchAll(/href="(\/[^"]*)"/g)].map(([, target]) => target!));
    for (const target of outside) expect({ target, status: (await here.with().get(target)).status < 400 }).toEqual({ target, status: true });
  });
});
