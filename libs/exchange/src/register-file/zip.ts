import { inflateRawSync } from 'node:zlib';
import { RegisterFileUnreadable } from './sheet.js';

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

// What a register may be when unpacked: a small file can say that it holds gigabytes.
const mostBytes = 300 * 1024 * 1024;
const mostEntries = 5000;

/** The files in a ZIP archive (APPNOTE 6.3), by name. Names and sizes come from the central directory. */
export class ZipArchive {
  readonly #entries = new Map<string, Entry>();

  /** @throws RegisterFileUnreadable when it is damaged, or would be too large unpacked. */
  constructor(private readonly bytes: Buffer) {
    const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0 || end + 22 > bytes.length) throw damaged();
    const count = bytes.readUInt16LE(end + 10);
    let at = bytes.readUInt32LE(end + 16);
    if (count > mostEntries) throw tooLarge();
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw damaged();
      const nameLength = bytes.readUInt16LE(at + 28);
      this.#entries.set(bytes.toString('utf8', at + 46, at + 46 + nameLength), {
        method: bytes.readUInt16LE(at + 10),
        packed: bytes.readUInt32LE(at + 20),
        unpacked: bytes.readUInt32LE(at + 24),
        at: bytes.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    if ([...this.#entries.values()].reduce((sum, { unpacked }) => sum + unpacked, 0) > mostBytes) throw tooLarge();
  }

  /** The text of one file; undefined when there is none by this name. @throws RegisterFileUnreadable when it is damaged. */
  text(name: string): string | undefined {
    const entry = this.#entries.get(name);
    if (entry === undefined) return undefined;
    const { bytes } = this;
    if (entry.at + 30 > bytes.length) throw damaged();
    const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
    const packed = bytes.subarray(from, from + entry.packed);
    if (entry.method === 0) return packed.toString('utf8');
    try {
      return inflateRawSync(packed, { maxOutputLength: mostBytes }).toString('utf8');
    } catch (fault) {
      throw damaged(fault);
    }
  }
}

function damaged(cause?: unknown): RegisterFileUnreadable {
  return new RegisterFileUnreadable('The XLSX file is damaged or cut off: it is no whole ZIP archive. Open it in a spreadsheet program and save it again.', { cause });
}

function tooLarge(): RegisterFileUnreadable {
  return new RegisterFileUnreadable('The XLSX file is too large unpacked (more than 300 MB). Take out sheets that are no register, and save it again.');
}
