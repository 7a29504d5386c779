import type { OpenAPIObject } from '@nestjs/swagger';

type Parameter = NonNullable<NonNullable<OpenAPIObject['paths'][string]['get']>['parameters']>[number];
type Schema = { readonly type: string; readonly maxLength?: number; readonly minimum?: number; readonly enum?: string[] };

/** A header as the document describes it. */
export const header = (name: string, description: string, schema: Schema, required = false) => ({ name, in: 'header' as const, required, description, schema });
export const text: Schema = { type: 'string' };

/** Headers that several operations take, as components of the document. */
export const headers = {
  'Idempotency-Key': header('Idempotency-Key', 'Names this request: sent again with the same key it is answered the same and done once. Made for you when absent.', { ...text, maxLength: 255 }),
  'If-Match': header('If-Match', 'The ETag you saw. Another version meanwhile: 412.', text),
  Prefer: header('Prefer', 'respond-async: accepted now, decided later.', { ...text, enum: ['respond-async'] }),
  'Concordat-Position': header('Concordat-Position', 'The position a write of yours was answered with: the list waits for it, 200 ms at most.', { type: 'integer', minimum: 1 }),
};
const named = (name: keyof typeof headers): Parameter => ({ $ref: `#/components/parameters/${name}` });

const showsPosition = ['listAgreements', 'listEndpoints', 'readEndpoint'];
const withoutVersion = ['openAgreement', 'open-agreement', 'acceptOperation', 'issueKey', 'revokeKey', 'resend', 'registerEndpoint', 'registerPerson', 'registerProvider'];

/** Says of every operation which headers it takes. */
export function withHeaders(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  for (const [path, { get, post }] of Object.entries(paths)) {
    if (get !== undefined && showsPosition.includes(get.operationId ?? '')) get.parameters = [...(get.parameters ?? []), named('Concordat-Position')];
    if (post === undefined) continue;
    const id = post.operationId ?? '';
    const later = path === '/api/v1/agreements' || path.startsWith('/api/v1/agreements/{id}/commands/');
    post.parameters = [
      ...(post.parameters ?? []),
      named('Idempotency-Key'),
      ...(withoutVersion.includes(id) ? [] : [named('If-Match')]),
      ...(later ? [named('Prefer')] : []),
    ];
  }
  return paths;
}
