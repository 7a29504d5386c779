import type { OpenAPIObject } from '@nestjs/swagger';
import { eventCatalogue } from '@concordat/webhooks';
import * as z from 'zod';
import { header, text } from './documented-headers.js';
import { jsonSchema } from './json-schema.js';
import { cloudEventShown } from './shapes.js';

const signatureHeaders = [
  header('webhook-id', 'the event id, the same on every retry', text, true),
  header('webhook-timestamp', 'seconds since 1970, of this attempt', text, true),
  header('webhook-signature', 'v1, and the HMAC-SHA256 in base64, once for each live secret', text, true),
];

/** What a provider's server is sent: one entry for each type of event that leaves the house. */
export function webhooks(): Record<string, OpenAPIObject['paths'][string]> {
  const published = eventCatalogue.flatMap(({ type, published: data }) => (data === null ? [] : [{ type, data }]));
  return Object.fromEntries(
    published.map(({ type, data }) => [
      type,
      {
        post: {
          operationId: `told-${type.split('.').slice(1, 3).join('-')}`,
          summary: `A provider's endpoint is told ${type}`,
          description: 'Signed as Standard Webhooks 1.0 says; verify the raw body before reading it. Any 2xx answer ends the delivery.',
          tags: ['Webhooks'],
          security: [],
          parameters: signatureHeaders,
          requestBody: {
            required: true,
            content: { 'application/cloudevents+json': { schema: jsonSchema(cloudEventShown.extend({ type: z.literal(type), data }), 'output') } },
          },
          responses: { '2XX': { description: 'Taken' }, '410': { description: 'Gone: the endpoint is disabled at once' } },
        },
      } as OpenAPIObject['paths'][string],
    ]),
  );
}
