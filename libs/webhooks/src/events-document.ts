import * as z from 'zod';
import { type CataloguedEvent, eventCatalogue } from './event-catalogue.js';
import type { Hearing } from './core/index.js';

function membersOf(schema: z.ZodObject): string {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { unrepresentable: 'any' });
  const names = Object.keys(properties).map((name) => `\`${name}\`${required.includes(name) ? '' : '?'}`);
  return names.length === 0 ? 'nothing' : names.join(', ');
}

function whoHears(hearing: Hearing): string {
  if (hearing.to === 'internal') return 'nobody outside';
  const parties = hearing.to.map((role) => ('touching' in hearing && hearing.touching.role === role ? `${role} where what it reads changed` : role)).join(', ');
  return hearing.only === 'named' ? `the one it names, being ${parties}` : parties;
}

function row({ type, stored, hearing, published }: CataloguedEvent): string {
  return `| \`${type}\` | ${membersOf(stored)} | ${whoHears(hearing)} | ${published === null ? '' : membersOf(published)} |`;
}

/** The page of every event type in Markdown: what it holds, who hears of it, and what they see. */
export function eventsDocument(): string {
  const kinds = [...new Set(eventCatalogue.map(({ type }) => type.split('.')[1]!))];
  return [
    '# Events',
    '',
    '<!-- Generated from the schemas and the audience table: npm run build && node libs/webhooks/write-documents.mjs -->',
    '',
    'What can have happened. A type is a wire name: it never changes and is never used again for something else. The same',
    'type is stored, served in the feed and sent to providers; `GET /api/schemas/events/{type}` gives its JSON Schema. `?` marks',
    'what may be absent.',
    '',
    'Providers hear of an agreement from their joining on: `invited` and `incumbent` until it is awarded, and of that, `provider` from',
    'then on. They see the members named here and nothing else. An event that carries `agreement`',
    'alone is thin: it says that something happened, and where to ask. `concordat.endpoint.tested.v1` goes to the endpoint it is',
    'about and stands in nobody’s feed.',
    '',
    ...kinds.flatMap((kind) => [
      `## concordat.${kind}`,
      '',
      '| type | holds | who hears | they see |',
      '| --- | --- | --- | --- |',
      ...eventCatalogue.filter(({ type }) => type.split('.')[1] === kind).map(row),
      '',
    ]),
  ].join('\n');
}
