import { finished, type Readable } from 'node:stream';
import type { BusboyHeaders } from '@fastify/busboy';
import { Problem } from '@concordat/platform';
import type { FastifyRequest } from 'fastify';

/** A file off a form: how it is called on the sender's machine, without folders, the fields before it, and its bytes as they arrive. */
export interface SentFile {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly bytes: AsyncIterable<Buffer>;
}

const longestName = 200;

/**
 * Gives the file of a multipart form (RFC 7578) to the work, while it arrives. `undefined` where none was chosen. The work may
 * stop reading early: what is left is let go, so that the answer reaches whoever is still sending.
 * @throws Problem 400 where it broke off on the way, or is no such form; the work is told the same.
 */
export async function withSentFile<T>(request: FastifyRequest, work: (file: SentFile | undefined) => Promise<T>): Promise<T> {
  const { raw } = request;
  if (!/^multipart\/form-data\b.*\bboundary=/i.test(raw.headers['content-type'] ?? '')) return work(undefined);
  const { Busboy } = await import('@fastify/busboy');
  const busboy = new Busboy({ headers: raw.headers as BusboyHeaders, limits: { files: 1, fields: 20, fieldSize: 1_000, parts: 21, headerPairs: 20 } });
  const file = await new Promise<SentFile | undefined>((found, failed) => {
    let stream: Readable | undefined;
    const fields: Record<string, string> = {};
    busboy.on('field', (field, value) => (fields[field] = String(value)));
    const broken = (cause: Error) => {
      const fault = new Problem({ status: 400, code: 'request.invalid', title: 'The file did not arrive whole', detail: 'Nothing was taken of it. Go back, choose the file and send it again.' }, { cause });
      stream?.destroy(fault);
      failed(fault);
    };
    busboy.on('file', (_field, bytes, name) => {
      stream = bytes;
      // Whoever reads is told; a fault after that is nobody's.
      bytes.on('error', () => undefined);
      found({ name: nameOf(name), fields, bytes });
    });
    busboy.on('finish', () => found(undefined));
    busboy.on('error', (fault) => broken(fault as Error));
    finished(raw, { writable: false }, (fault) => fault && broken(fault));
    raw.pipe(busboy);
  });
  try {
    return await work(file?.name === '' ? undefined : file);
  } finally {
    raw.unpipe(busboy);
    raw.resume();
  }
}

function nameOf(name: string | undefined): string {
  return (name ?? '').replaceAll('\u0000', '').toWellFormed().replace(/^.*[\\/]/, '').trim().slice(0, longestName).toWellFormed();
}
