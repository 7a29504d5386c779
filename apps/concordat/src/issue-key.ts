import { parseArgs } from 'node:util';
import { Keys, Organisations } from '@concordat/access';
import { Clock, isUuid, londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { withParts } from './with-parts.js';

const usage = 'Usage: concordat issue-key ORGANISATION PERSON [--json]';
/** Long enough to make keys of their own with it, short enough to be forgotten safely. */
const keyDays = 90;

/**
 * `concordat issue-key ORGANISATION PERSON`: a person's first key, printed this once. Nobody but whoever runs the server
 * can make a key for another person, so there is no route for it.
 */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
  const [slug, person, ...more] = positionals;
  if (slug === undefined || person === undefined || more.length > 0 || !isUuid(person)) {
    process.stderr.write(`A key is for one person, by id, of one organisation, by its short name.\n${usage}\n`);
    return 2;
  }
  return withParts(async (parts) => {
    const organisation = await parts.get(Organisations).bySlug(slug);
    if (organisation === undefined) {
      process.stderr.write(`There is no organisation ${slug}.\n`);
      return 1;
    }
    const commandId = newId();
    const lastDay = addDays(londonDay(parts.get(Clock).now()), keyDays);
    const issued = await parts.get(Keys).issue(
      { person: person.toLowerCase(), label: `first key ${commandId}`, scopes: 'all', lastDay },
      { tenant: organisation.tenant, actor: { kind: 'system', name: 'operator' }, commandId, fingerprint: commandId, correlationId: commandId },
    );
    if (issued.outcome !== 'issued') {
      const why = issued.outcome === 'refused' ? issued.refusals.map(({ asks }) => asks).join(' ') : issued.outcome;
      process.stderr.write(`No key was made. ${why}\n`);
      return 1;
    }
    const told = { organisation: slug, person: issued.key.person, key: issued.secret, lastDay };
    process.stdout.write(values.json ? `${JSON.stringify(told)}\n` : Object.entries(told).map(([what, value]) => `${what}\t${value}\n`).join(''));
    return 0;
  });
}
