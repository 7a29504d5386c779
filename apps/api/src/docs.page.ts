import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
interface Listed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}
interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Every operation by tag, as a page without a script, made of the very document that programs read. */
export function docsPage(document: OpenAPIObject): string {
  const listed = Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post', 'delete'] as const).flatMap((method): Listed[] => (item[method] === undefined ? [] : [{ method: method.toUpperCase(), path, operation: item[method] }])),
  );
  const tags = [...new Set(listed.map(tagOf))];
  const told = Object.entries((document as { webhooks?: Record<string, { post: Operation }> }).webhooks ?? {});
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>API – Concordat</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/api/docs.css">
  </head>
  <body>
    <a class="skip" href="#main">Skip to main content</a>
    <header><p><a href="/">Concordat</a></p></header>
    <nav aria-label="Parts of the API"><ul><li><a href="#headers">Headers</a></li>${tags.map((tag) => `<li><a href="#${slug(tag)}">${escaped(tag)}</a></li>`).join('')}<li><a href="#told">What endpoints are told</a></li></ul></nav>
    <main id="main">
      <h1>API</h1>
      <p>${escaped(document.info.description ?? '')} Send your key as <code>Authorization: Bearer cnc_…</code>. Programs read <a href="/api/openapi.json">the OpenAPI document</a>, from which this page is made; events have <a href="/api/schemas/events">JSON Schemas</a>.</p>
      <h2 id="headers">Headers</h2>
      <ul>${Object.values((document.components?.parameters ?? {}) as Record<string, { name: string; description: string }>).map(({ name, description }) => `<li><code>${escaped(name)}</code> ${escaped(description)}</li>`).join('')}</ul>
      ${tags.map((tag) => section(tag, listed.filter((one) => tagOf(one) === tag))).join('\n')}
      <section aria-labelledby="told">
        <h2 id="told">What endpoints are told</h2>
        <ul>${told.map(([type]) => `<li><a href="/api/schemas/events/${escaped(type)}"><code>${escaped(type)}</code></a></li>`).join('')}</ul>
      </section>
    </main>
  </body>
</html>
`;
}

function section(tag: string, operations: readonly Listed[]): string {
  return `<section aria-labelledby="${slug(tag)}">
        <h2 id="${slug(tag)}">${escaped(tag)}</h2>
        ${operations.map(article).join('\n        ')}
      </section>`;
}

function article({ method, path, operation }: Listed): string {
  const right = (operation as { 'x-right'?: string })['x-right'];
  const asks = right === undefined ? 'No key is needed.' : right === 'signed-in' ? 'Any key will do.' : `It asks for the right <code>${escaped(right)}</code>.`;
  const rows = [...parametersOf(operation), ...membersOf(operation)];
  return `<article>
          <h3 id="${escaped(operation.operationId ?? path)}"><code>${method} ${escaped(path).replaceAll('/', '/<wbr>')}</code></h3>
          <p>${escaped(operation.summary ?? '')}. ${asks}</p>
          ${rows.length === 0 ? '' : `<details><summary>What it takes<span class="unseen"> (${escaped(operation.operationId ?? path)})</span></summary><ul>${rows.join('')}</ul></details>`}
        </article>`;
}

function parametersOf(operation: Operation): string[] {
  return (operation.parameters ?? []).map((parameter) => {
    if ('$ref' in parameter) return `<li>header <a href="#headers"><code>${escaped(parameter.$ref.split('/').at(-1)!)}</code></a></li>`;
    return row(parameter.in, parameter.name, (parameter.schema ?? {}) as Schema, parameter.required === true);
  });
}

function membersOf(operation: Operation): string[] {
  if (operation.requestBody === undefined || '$ref' in operation.requestBody) return [];
  const { content, description } = operation.requestBody;
  const schema = (content['application/json']?.schema ?? {}) as Schema;
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => row('body', name, member, schema.required?.includes(name) === true));
  return description === undefined ? members : [`<li>${escaped(description)}</li>`, ...members];
}

function row(where: string, name: string, schema: Schema, required: boolean): string {
  const says = schema.description === undefined ? '' : `: ${escaped(schema.description)}`;
  return `<li>${escaped(where)} <code>${escaped(name)}</code>, ${escaped(kindOf(schema))}${required ? '' : ', may be left out'}${says}</li>`;
}

function kindOf(schema: Schema): string {
  if (schema.enum !== undefined) return `one of ${schema.enum.join(', ')}`;
  if (schema.const !== undefined) return String(schema.const);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(kindOf))].join(' or ');
  if (schema.type === 'array') return `a list, each ${kindOf(schema.items ?? {})}`;
  if (schema.type === 'object') return schema.properties === undefined ? 'an object' : `an object of ${Object.keys(schema.properties).join(', ')}`;
  return schema.format ?? [schema.type ?? 'anything'].flat().join(' or ');
}

function tagOf({ operation }: Listed): string {
  return operation.tags?.[0] ?? 'Other';
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z]+/g, '-');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The page's own sheet: it works where the console does not run. */
export const docsSheet = `
body { margin: 0; font: 1.0625rem/1.5 arial, sans-serif; color: #0b0c0c; }
header, nav, main { padding: 0 max(1rem, calc(50vw - 30rem)); }
header { background: #0b5d5e; }
header p { margin: 0; padding: 0.9rem 0; font-weight: bold; font-size: 1.25rem; }
header a { color: #fff; text-decoration: none; }
nav { background: #f3f8f8; border-bottom: 1px solid #b1b4b6; }
nav ul { list-style: none; margin: 0; padding: 0.6rem 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; }
main { padding-top: 1.5rem; padding-bottom: 4rem; overflow-wrap: anywhere; }
a { color: #0b5d5e; }
a:focus, summary:focus { outline: 3px solid #fd0; background: #fd0; color: #0b0c0c; }
h1 { font-size: 2rem; } h2 { font-size: 1.5rem; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1.0625rem; margin: 0; }
article { border-top: 1px solid #b1b4b6; padding: 0.7rem 0; }
article p { margin: 0.2rem 0; }
code { font-family: ui-monospace, monospace; font-size: 0.95em; }
summary { cursor: pointer; color: #0b5d5e; text-decoration: underline; width: fit-content; }
details ul { margin: 0.4rem 0 0; padding-left: 1.2rem; }
.skip, .unseen { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; padding: 0.5rem; }
`;
