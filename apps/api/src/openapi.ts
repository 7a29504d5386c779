import { commandInputs } from '@concordat/agreement';
import { commandNames, rightOf } from '@concordat/agreement/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { docsPage, docsSheet } from './docs.page.js';
import { headers, withHeaders } from './documented-headers.js';
import { webhooks } from './documented-webhooks.js';
import { swagger } from './documented.js';
import { jsonSchema } from './json-schema.js';

const commandPath = '/api/v1/agreements/{id}/commands/{name}';

/** Serves the document at `/api/openapi.json` and as a page at `/api/docs`. It is made at the first request, because few processes are ever asked. */
export function serveOpenApi(app: NestFastifyApplication): void {
  let made: Promise<{ readonly json: string; readonly page: string }> | undefined;
  const make = async () => {
    const document = await openApi(app);
    return { json: JSON.stringify(document), page: docsPage(document) };
  };
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/api/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send((await (made ??= make())).json));
  fastify.get('/api/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send((await (made ??= make())).page));
  fastify.get('/api/docs.css', (_request, reply) => reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(docsSheet));
}

/** The OpenAPI 3.1 document: one path for each command, although one controller method serves them all. */
async function openApi(app: NestFastifyApplication): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await swagger();
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Concordat')
      .setDescription('Moves service agreements through the stages of commissioning on evidence. Errors are RFC 9457 problem details.')
      .setVersion('1')
      .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'cnc_…' }, 'key')
      .build(),
  );
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: problemSchema };
  document.components.parameters = headers;
  // Pages, health and metrics are for others than programs.
  const { [commandPath]: pattern, ...paths } = Object.fromEntries(Object.entries(document.paths).filter(([path]) => path.startsWith('/api/')));
  if (pattern?.post === undefined) throw new Error(`The document has no POST ${commandPath}; the route was renamed without its place here.`);
  for (const name of commandNames) {
    const { responses, parameters = [], ...rest } = pattern.post;
    paths[commandPath.replace('{name}', name)] = {
      post: {
        ...rest,
        operationId: name,
        summary: `The command ${name}`,
        parameters: parameters.filter((parameter) => !('name' in parameter) || parameter.name !== 'name'),
        requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(commandInputs[name]) } } },
        responses,
        'x-right': rightOf[name],
      } as typeof pattern.post,
    };
  }
  const opening = paths['/api/v1/agreements']?.post;
  if (opening === undefined) throw new Error('The document has no POST /api/v1/agreements; the route was renamed without its place here.');
  opening.requestBody = { required: true, content: { 'application/json': { schema: jsonSchema(commandInputs['open-agreement']) } } };
  return { ...document, paths: withHeaders(withProblems(paths)), webhooks: webhooks() } as OpenAPIObject;
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457. `code` is stable; `errors` names every fault of form (400) or every refusal by a rule (422) at once: the form comes first, because rules judge what could be read.',
  required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    correlationId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON pointer into the request' },
          code: { type: 'string' },
          detail: { type: 'string' },
          missing: {
            type: 'array',
            items: {
              type: 'object',
              required: ['what', 'suppliedBy'],
              properties: { what: { type: 'string' }, suppliedBy: { type: 'string' }, by: { type: 'string', description: 'the command that supplies it' } },
            },
          },
        },
      },
    },
  },
};

// Every route may answer with a problem, and says so once, here.
function withProblems(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  for (const item of Object.values(paths)) {
    for (const operation of [item.get, item.post, item.delete]) {
      if (operation === undefined) continue;
      operation.responses['default'] ??= {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
  return paths;
}
