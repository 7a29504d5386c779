import { type ImportSource } from './imports.js';
import { UnreadableFile } from './release-reader.js';
import { largestRegister } from './register-file/import-register-file.js';
import { RegisterFileUnreadable } from './register-file/sheet.js';

/** What somebody sent, by what is in it and not by its name: published releases, or a register of contracts, which is held whole. */
export type Upload =
  | { readonly kind: 'releases'; readonly source: ImportSource }
  | { readonly kind: 'register'; readonly file: string; readonly bytes: Buffer };

const peeked = 4_096;
const startsWith = (bytes: Buffer, ...signature: readonly number[]) => bytes.subarray(0, signature.length).equals(Buffer.from(signature));

/**
 * Looks at the first bytes of a file to see what it is. Of a register all bytes are read, up to 25 MB; of releases none more.
 * @throws UnreadableFile for what is neither; RegisterFileUnreadable for a register that is too large.
 */
export async function openUpload({ name, bytes }: ImportSource): Promise<Upload> {
  const iterator = bytes[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  let ended = false;
  while (!ended && first.length < peeked) {
    const { done, value } = await iterator.next();
    if (done === true) ended = true;
    else first = Buffer.concat([first, value]);
  }
  const all = (async function* () {
    yield first;
    for (; !ended; ) {
      const { done, value } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  })();
  if (first.length === 0) throw new UnreadableFile(`${name} is empty. Nothing was imported.`);
  if (holdsReleases(first)) return { kind: 'releases', source: { name, bytes: all } };
  if (!mayBeRegister(first)) {
    throw new UnreadableFile(`${name} is neither published notices (OCDS, which is JSON, plain or gzipped) nor a register of contracts (CSV or XLSX). Nothing was imported.`);
  }
  return { kind: 'register', file: name, bytes: await whole(name, all) };
}

function holdsReleases(first: Buffer): boolean {
  if (startsWith(first, 0x1f, 0x8b)) return true;
  const text = first.toString('utf8').replace(/^\ufeff/, '').trimStart();
  return text.startsWith('{') || text.startsWith('[');
}

function mayBeRegister(first: Buffer): boolean {
  const isWorkbook = startsWith(first, 0x50, 0x4b) || startsWith(first, 0xd0, 0xcf, 0x11, 0xe0);
  const isUtf16 = startsWith(first, 0xff, 0xfe) || startsWith(first, 0xfe, 0xff);
  if (isWorkbook || isUtf16) return true;
  // Pictures and programs hold zeros, a PDF says its name, and a web page begins with a tag.
  return !first.includes(0) && !/^\s*(<|%PDF)/.test(first.toString('latin1'));
}

async function whole(name: string, bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > largestRegister) throw new RegisterFileUnreadable(`${name} is larger than 25 MB. Split the register, or take out what is no contract.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
