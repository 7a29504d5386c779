import { hash, randomFillSync } from 'node:crypto';

// Asking the system for randomness costs more than all the rest of an id, so it is asked for 256 ids at once.
const pool = Buffer.alloc(16 * 256);
let taken = pool.length;

let lastMillisecond = 0;
let counter = 0;

/**
 * A new UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, a 12-bit counter (section 6.2 method 1) and 62 random
 * bits, so that ids of one process sort in the order they were made and new rows land at the end of an index.
 */
export function newId(): string {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  // Written where the randomness lies: an id is made several times a command.
  const [begin, end] = [taken, (taken += 16)];
  const now = Date.now();
  if (now > lastMillisecond) {
    lastMillisecond = now;
    counter = pool.readUInt16BE(begin + 6) & 0x7ff; // the upper half is left for counting
  } else if (++counter > 0xfff) {
    lastMillisecond += 1; // also keeps the order when the machine's clock is set back
    counter = 0;
  }
  pool.writeUIntBE(lastMillisecond, begin, 6);
  pool.writeUInt16BE(0x7000 | counter, begin + 6);
  pool[begin + 8] = (pool[begin + 8]! & 0x3f) | 0x80;
  return text(pool.toString('hex', begin, end));
}

/** The namespace of every name-based id of Concordat. Ids made from it are stored for good: it never changes. */
export const concordatNamespace = '8c1d7a4e-52f0-5b0e-9a53-0c6d1f3be6a2';

/**
 * The UUIDv5 of a name in a namespace (RFC 9562 section 5.5): the same two always give the same id.
 * @throws RangeError when the namespace is no UUID.
 */
export function uuidv5(namespace: string, name: string): string {
  if (!isUuid(namespace)) throw new RangeError('The namespace of a name-based id is a UUID.');
  const bytes = Buffer.allocUnsafe(16 + Buffer.byteLength(name));
  bytes.write(namespace.replaceAll('-', ''), 'hex');
  bytes.write(name, 16);
  const hex = hash('sha1', bytes, 'hex');
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return text(`${hex.slice(0, 12)}5${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`);
}

/** True for the text form of a UUID of any version. */
export function isUuid(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

function text(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
