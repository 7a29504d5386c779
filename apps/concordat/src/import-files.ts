import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ImportSource, openUpload, type RegisterFile, UnreadableFile } from '@concordat/exchange';

/** Files of one import: OCDS, which is read when its turn comes, or registers, which are held whole. */
export type Brought =
  | { readonly kind: 'releases'; readonly sources: readonly ImportSource[] }
  | { readonly kind: 'registers'; readonly files: readonly RegisterFile[] };

/**
 * Looks at every file to see what it is, standard input (`-`) like any other.
 * @throws UnreadableFile, RegisterFileUnreadable with a sentence; also where the files are some of each, because all of one import
 *   are taken or none.
 */
export async function openFiles(names: readonly string[]): Promise<Brought> {
  const sources: ImportSource[] = [];
  const files: RegisterFile[] = [];
  for (const name of names) {
    const opened = await openFile(name);
    if ('file' in opened) files.push(opened);
    else sources.push(opened);
    if (sources.length > 0 && files.length > 0) {
      throw new UnreadableFile('Some of the files are registers (CSV, XLSX) and some are OCDS. Import them one after the other. Nothing was imported.');
    }
  }
  return files.length > 0 ? { kind: 'registers', files } : { kind: 'releases', sources };
}

async function openFile(name: string): Promise<ImportSource | RegisterFile> {
  // Whoever calls it JSON is told what is wrong with it as JSON.
  if (/\.json(\.gz)?$/i.test(name)) return { name, bytes: bytesOf(name) };
  const bytes = bytesOf(name);
  const upload = await openUpload({ name: called(name), bytes });
  if (upload.kind === 'register') return { file: basename(upload.file), bytes: upload.bytes };
  // Of many files not all stay open; what a pipe gave is gone.
  if (name === '-' || !(await stat(name)).isFile()) return upload.source;
  await bytes.return(undefined);
  return { name, bytes: bytesOf(name) };
}

function called(name: string): string {
  return name === '-' ? 'standard input' : name;
}

// Opened when somebody reads: a stream that fails before that ends the process.
async function* bytesOf(name: string): AsyncGenerator<Buffer, undefined> {
  try {
    yield* name === '-' ? process.stdin : createReadStream(name);
  } catch (fault) {
    throw unreadable(name, fault);
  }
}

/** A sentence for a file that the system does not open; any other fault as it is. */
export function unreadable(name: string, fault: unknown): unknown {
  const { code, syscall } = fault as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new UnreadableFile(`There is no file ${name}. Nothing was imported.`, { cause: fault });
  if (code === 'EISDIR') return new UnreadableFile(`${called(name)} is a folder. Name the files in it. Nothing was imported.`, { cause: fault });
  return syscall === undefined ? fault : new UnreadableFile(`${called(name)} cannot be read (${code}). Nothing was imported.`, { cause: fault });
}
