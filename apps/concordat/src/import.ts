import { createHmac } from 'node:crypto';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { type Organisation, Organisations } from '@concordat/access';
import { ConcordatModule, installationOf } from '@concordat/assembly';
import { findingCodes } from '@concordat/exchange/core';
import { type ImportReport, Imports, RegisterFileUnreadable, rejectedListed, UnreadableFile } from '@concordat/exchange';
import { concordatNamespace, NestLog, type Tx, uuidv5 } from '@concordat/platform';
import { ContractRegister } from '@concordat/register';
import { NestFactory } from '@nestjs/core';
import { openFiles } from './import-files.js';
import { importRegisters } from './import-registers.js';
import { installationKey } from './installation-key.js';
import { progressBar } from './progress-bar.js';
import { withDatabase } from './with-database.js';

const usage = 'Usage: concordat import FILE… [--map FILE] [--organisation SLUG] [--json]   (- is standard input; --map goes with CSV and XLSX)';

/**
 * `concordat import FILE… [--map FILE] [--organisation SLUG] [--json]`: takes agreements over from OCDS release packages, record
 * packages and bare releases, plain or gzipped; or brings contract registers in, CSV and XLSX. All files, or nothing. Standard
 * output carries only the result.
 * @returns 0; 1 where a file cannot be read, the organisation is not clear or a mapping must be confirmed; 2 where it was not
 *   understood.
 */
export async function run(args: string[]): Promise<number> {
  const asked = argumentsOf(args);
  if ('wrong' in asked) {
    process.stderr.write(`${asked.wrong}\n${usage}\n`);
    return 2;
  }
  // What is read is dropped again at once: collecting it sooner keeps a file of any size below 300 MB, where V8 would take 450.
  setFlagsFromString('--heap-growing-percent=30');
  return withDatabase(async (config) => {
    const key = await installationKey(config, config.databaseUrl);
    const app = await NestFactory.createApplicationContext(ConcordatModule.forRoot(installationOf({ ...config, key })), { logger: new NestLog() });
    try {
      const brought = await openFiles(asked.files);
      if (brought.kind === 'releases' && asked.map !== undefined) throw new RegisterFileUnreadable('--map says which column of a CSV or XLSX register is what; OCDS files need none. Nothing was imported.');
      const organisations = app.get(Organisations);
      const organisation = (await organisationFor(organisations, asked.organisation)) ?? firstOrganisation(key);
      // The first one is made together with what it brings, so that an import that fails leaves none behind.
      const alongside = async (tx: Tx) => {
        if (!(await organisations.createWithin(tx, organisation))) throw new NoOrganisation(`Another organisation is called ${organisation.slug} since a moment ago. Nothing was imported: import again.`);
      };
      if (brought.kind === 'registers') return await importRegisters({ ...asked, files: brought.files, register: app.get(ContractRegister), tenant: organisation.tenant, alongside });
      const bar = progressBar(process.stderr);
      const report = await app.get(Imports).run(organisation.tenant, brought.sources, bar.show, alongside).finally(bar.clear);
      process.stdout.write(asked.json ? `${JSON.stringify(report)}\n` : forPeople(organisation, report));
      return 0;
    } catch (fault) {
      if (!(fault instanceof UnreadableFile || fault instanceof RegisterFileUnreadable || fault instanceof NoOrganisation)) throw fault;
      process.stderr.write(`${fault.message}\n`);
      return 1;
    } finally {
      await app.close();
    }
  });
}

type Asked = { readonly files: readonly string[]; readonly map?: string; readonly organisation?: string; readonly json: boolean };

function argumentsOf(args: string[]): Asked | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean', default: false }, map: { type: 'string' }, organisation: { type: 'string' } }, allowPositionals: true });
    if (positionals.length === 0) return { wrong: 'An import needs at least one file.' };
    if (positionals.filter((file) => file === '-').length > 1) return { wrong: 'Standard input can be read once.' };
    return { files: positionals, json: values.json, ...(values.map !== undefined && { map: values.map }), ...(values.organisation !== undefined && { organisation: values.organisation }) };
  } catch (fault) {
    // node:util throws for a flag it does not know: that is the caller's mistake, with a sentence of its own.
    return { wrong: fault instanceof Error ? fault.message : String(fault) };
  }
}

class NoOrganisation extends Error {}

/** The one that is meant; undefined where there is none yet. */
async function organisationFor(organisations: Organisations, slug: string | undefined): Promise<Organisation | undefined> {
  const all = await organisations.list();
  const slugs = all.map((one) => one.slug).sort().join(', ');
  if (slug !== undefined) {
    const named = all.find((one) => one.slug === slug);
    if (named === undefined) {
      throw new NoOrganisation(`There is no organisation ${JSON.stringify(slug)}. ${all.length === 0 ? 'There is none yet: leave --organisation out and one is made.' : `There are: ${slugs}.`} Nothing was imported.`);
    }
    return named;
  }
  const [only, ...others] = all;
  if (others.length > 0) throw new NoOrganisation(`There are several organisations: ${slugs}. Say which one is meant with --organisation. Nothing was imported.`);
  return only;
}

// The same whenever it is asked, so that what a killed first import left staged is swept away by the next.
function firstOrganisation(key: string): Organisation {
  return { tenant: uuidv5(concordatNamespace, createHmac('sha256', key).update('first organisation').digest('hex')), slug: 'imported', name: 'Imported' };
}

/** So many rejected releases are told one by one. */
const mostPrinted = 40;

function forPeople({ slug }: Organisation, report: ImportReport): string {
  const { releases, imported, merged, duplicates, rejected, rejectedMore = 0, agreements, findings } = report;
  const unprinted = rejected.length + rejectedMore - mostPrinted;
  const sentences: Readonly<Record<string, string>> = findingCodes;
  return [
    `${releases} releases read for ${slug}: ${imported} opened an agreement, ${merged} told more of one, ${duplicates} were here already, ${rejected.length + rejectedMore} were rejected.`,
    `${agreements} agreements were taken over. No gate before the stage they stand in is evidenced.`,
    ...rejected.slice(0, mostPrinted).map(({ file, index, reason }) => `  rejected: ${file}, entry ${index + 1}: ${reason}`),
    ...(unprinted > 0 ? [`  … and ${unprinted} more; --json prints the first ${rejectedListed}.`] : []),
    ...Object.entries(findings).map(([code, found]) => `  ${String(found).padStart(6)}  ${code}: ${sentences[code] ?? ''}`),
    '',
  ].join('\n');
}
