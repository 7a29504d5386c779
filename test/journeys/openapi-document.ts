import type { Json } from './client.js';

/** The OpenAPI document as these tests read it. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get?: Operation; readonly post?: Operation; readonly delete?: Operation }>>;
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: Json;
}

export interface Operation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly 'x-right'?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>>;
}

export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Json;
}

/** One method on one path. */
export interface ListedOperation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly operation: Operation;
}

/** Every operation of the document, in its order. */
export function operationsOf(document: OpenApiDocument): readonly ListedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (['GET', 'POST', 'DELETE'] as const).flatMap((method) => {
      const operation = item[method.toLowerCase() as 'get' | 'post' | 'delete'];
      return operation === undefined ? [] : [{ id: operation.operationId, method, path, operation }];
    }),
  );
}
