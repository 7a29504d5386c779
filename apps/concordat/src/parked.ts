import { parseArgs } from 'node:util';
import { Organisations } from '@concordat/access';
import { Consumers } from '@concordat/journal';
import { withParts } from './with-parts.js';

/**
 * `concordat parked [--redrive] [--json]`: the streams that consumers have given up on, and why. With `--redrive` each is
 * handed what it is owed once more; what fails again stays parked. Exit 1 while something is parked.
 */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { redrive: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } });
  return withParts(async (parts) => {
    const consumers = parts.get(Consumers);
    const organisations = await parts.get(Organisations).list();
    const parked = async () =>
      (await Promise.all(organisations.map(async ({ slug, tenant }) => (await consumers.parked(tenant)).map((stream) => ({ organisation: slug, tenant, ...stream }))))).flat();

    if (values.redrive) {
      for (const { tenant, consumer, stream } of await parked()) {
        try {
          const events = await consumers.redrive(consumer, tenant, stream);
          process.stderr.write(`${consumer}, ${stream}: ${events} events handled.\n`);
        } catch (fault) {
          process.stderr.write(`${consumer}, ${stream}: stays parked. ${fault instanceof Error ? fault.message : String(fault)}\n`);
        }
      }
    }
    const left = await parked();
    const lines = left.map(({ organisation, consumer, stream, position, error }) => `${organisation}\t${consumer}\t${stream}\tfrom ${position}\t${error}\n`);
    process.stdout.write(values.json ? `${JSON.stringify(left)}\n` : lines.join('') || 'Nothing is parked.\n');
    return left.length > 0 ? 1 : 0;
  });
}
