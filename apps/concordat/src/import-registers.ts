import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { importRegisterFile, isRegisterFile, largestRegister, proposeFor, RegisterFileUnreadable } from '@concordat/exchange';
import type { ContractRegister } from '@concordat/register';

/** What the command line asks of registers. */
export interface RegistersAsked {
  readonly register: ContractRegister;
  readonly tenant: string;
  readonly files: readonly string[];
  /** The file with the mapping. */
  readonly map?: string;
  readonly json: boolean;
}

/**
 * True when the files are registers (CSV, XLSX), false when they are OCDS.
 * @throws RegisterFileUnreadable when they are some of each, because all of one import are taken or none.
 */
export async function areRegisters(files: readonly string[]): Promise<boolean> {
  const registers = await Promise.all(files.map(async (file) => file !== '-' && isRegisterFile(file, await firstBytes(file))));
  if (registers.every((is) => is === registers[0])) return registers[0] ?? false;
  throw new RegisterFileUnreadable('Some of the files are registers (CSV, XLSX) and some are OCDS. Import them one after the other. Nothing was imported.');
}

/**
 * Imports registers and prints what came of it; where somebody must confirm which column is what, prints the proposals instead and
 * imports none of the files.
 * @returns 0, or 1 when a mapping is needed.
 * @throws RegisterFileUnreadable with a sentence.
 */
export async function importRegisters({ register, tenant, files, map, json }: RegistersAsked): Promise<number> {
  const mapping = map === undefined ? undefined : await readJson(map);
  const brought = await Promise.all(files.map(async (file) => ({ register, tenant, file: basename(file), bytes: await wholeFile(file) })));
  const proposals = mapping === undefined ? await Promise.all(brought.map(proposeFor)) : [];
  const uncertain = proposals.some(({ certain }) => !certain);
  const done = [];
  for (const [at, one] of brought.entries()) {
    // Asking again for a file that is not certain gives its proposal; those that are certain wait for it.
    if (uncertain && proposals[at]?.certain === true) continue;
    done.push(await importRegisterFile({ ...one, by: 'system:import', ...(mapping !== undefined && { map: mapping }) }));
  }
  const answers = done.map((one) => one.json);
  process.stdout.write(json ? `${JSON.stringify(answers.length === 1 ? answers[0] : answers)}\n` : done.map(({ printed }) => printed).join('\n'));
  return done.some(({ outcome }) => outcome === 'mapping-needed') ? 1 : 0;
}

// Nothing of a file that cannot be opened: whoever reads it says so.
async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file).catch(() => undefined);
  try {
    const { buffer, bytesRead } = (await handle?.read(Buffer.alloc(4), 0, 4, 0).catch(() => undefined)) ?? { buffer: Buffer.alloc(0), bytesRead: 0 };
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle?.close();
  }
}

async function wholeFile(file: string): Promise<Buffer> {
  const handle = await open(file).catch((fault: unknown) => {
    throw unopened(file, fault);
  });
  try {
    const { size } = await handle.stat();
    if (size > largestRegister) throw new RegisterFileUnreadable(`${basename(file)} is larger than 25 MB. Split the register, or take out what is no contract.`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((fault: unknown) => {
    throw unopened(file, fault);
  });
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw new RegisterFileUnreadable(`The mapping in ${file} is no JSON (${fault instanceof Error ? fault.message : String(fault)}). Nothing was imported.`, { cause: fault });
  }
}

function unopened(file: string, fault: unknown): RegisterFileUnreadable {
  const { code } = fault as { code?: string };
  const says = code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be opened (${code ?? String(fault)}).`;
  return new RegisterFileUnreadable(`${says} Nothing was imported.`, { cause: fault });
}
