import { readFile } from 'node:fs/promises';
import { importRegisterFiles, type RegisterFile, RegisterFileUnreadable, type RegistersAsked } from '@concordat/exchange';
import { unreadable } from './import-files.js';

/** What the command line asks of registers. `map` is the file with the mapping. */
export type RegistersOfCommand = Omit<RegistersAsked, 'by' | 'map'> & { readonly files: readonly RegisterFile[]; readonly map?: string; readonly json: boolean };

/**
 * Imports registers and prints what came of it; where somebody must confirm which column is what, prints the proposals instead and
 * imports none of the files.
 * @returns 0, or 1 when a mapping is needed.
 * @throws RegisterFileUnreadable, UnreadableFile with a sentence.
 */
export async function importRegisters({ files, map, json, ...asked }: RegistersOfCommand): Promise<number> {
  const mapping = map === undefined ? undefined : await readJson(map);
  const done = await importRegisterFiles({ ...asked, by: 'system:import', ...(mapping !== undefined && { map: mapping }) }, files);
  const answers = done.map((one) => one.json);
  process.stdout.write(json ? `${JSON.stringify(answers.length === 1 ? answers[0] : answers)}\n` : done.map(({ printed }) => printed).join('\n'));
  return done.some(({ outcome }) => outcome === 'mapping-needed') ? 1 : 0;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((fault: unknown) => {
    throw unreadable(file, fault);
  });
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw new RegisterFileUnreadable(`The mapping in ${file} is no JSON (${fault instanceof Error ? fault.message : String(fault)}). Nothing was imported.`, { cause: fault });
  }
}
