import { parseArgs } from 'node:util';
import { Bootstrap } from '@concordat/access';
import { withParts } from './with-parts.js';

const usage = 'Usage: concordat bootstrap --slug SLUG --name NAME --administrator NAME [--email EMAIL] [--json]';

/**
 * `concordat bootstrap`: makes the first organisation, its administrator and their key, which is printed this once. Run
 * again for the same slug, it adds what is missing after a crash.
 */
export async function run(args: string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { slug: text, name: text, administrator: text, email: text, json: { type: 'boolean', default: false } } });
  const { slug, name, administrator, email = null, json } = values;
  if (slug === undefined || name === undefined || administrator === undefined) {
    process.stderr.write(`An organisation has a short name and a name, and its administrator has one.\n${usage}\n`);
    return 2;
  }
  return withParts(async (parts) => {
    const made = await parts.get(Bootstrap).run({ slug, name, administrator: { name: administrator, email } });
    const { organisation, key } = made;
    if (key.outcome === 'issued') {
      const told = { organisation: organisation.slug, tenant: organisation.tenant, administrator: made.administrator, key: key.secret, lastDay: key.key.lastDay };
      process.stdout.write(json ? `${JSON.stringify(told)}\n` : Object.entries(told).map(([what, value]) => `${what}\t${value}\n`).join(''));
      return 0;
    }
    const why = key.outcome === 'refused' ? key.refusals.map(({ asks }) => asks).join(' ') : 'Its key was shown when it was made.';
    process.stderr.write(`${organisation.slug} has its administrator already. ${why}\n`);
    return 1;
  });
}
