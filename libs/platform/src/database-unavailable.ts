import { Problem } from './problem.js';

/** The three ways in which a database may be unable to answer now, as wire codes. */
export type DatabaseTrouble = 'database.unavailable' | 'database.busy' | 'storage.full';

const words: Readonly<Record<DatabaseTrouble, { title: string; detail: string; retryAfter: string }>> = {
  'database.unavailable': {
    title: 'The database does not answer',
    detail: 'The connection was lost or could not be made in time. Whether the last change was kept is not known: send the same request again with the same Idempotency-Key.',
    retryAfter: '2',
  },
  'database.busy': {
    title: 'The database is busy',
    detail: 'The request waited for others and was given up. Nothing was changed; send it again with the same Idempotency-Key.',
    retryAfter: '1',
  },
  'storage.full': {
    title: 'The storage is full',
    detail: 'The database cannot write. Nothing was changed. Whoever runs this installation must make room on its disk; then send the request again.',
    retryAfter: '30',
  },
};

/** PostgreSQL cannot answer now; the answer is 503 and the caller may repeat the request. `cause` is the driver's error. */
export class DatabaseUnavailable extends Problem {
  override readonly name = 'DatabaseUnavailable';
  declare readonly code: DatabaseTrouble;

  constructor(code: DatabaseTrouble, cause?: unknown) {
    const { title, detail, retryAfter } = words[code];
    super({ status: 503, code, title, detail, headers: { 'retry-after': retryAfter } }, { cause });
  }
}

// SQLSTATEs: PostgreSQL's manual, appendix A.
const busy = new Set(['55P03', '40P01', '40001', '57014']);
const gone = new Set(['57P01', '57P02', '57P03', '57P05', '25P03', '25P04', '53300']);
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOENT']);

// What pg and pg-pool say without a code when a connection ends, times out, or was ended before.
const driverSays =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after|Connection timed out)/i;

// TypeORM gives a connection back as soon as it is lost; what the transaction asks next fails so.
const releasedByLoss = /^QueryRunner\w*AlreadyReleasedError$/;

interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
  readonly driverError?: unknown;
}

// By shape: Node's own errors are of another realm's Error where a test runner makes realms.
function isThrown(value: unknown): value is Thrown {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}

/** What kind of trouble an error of the driver or of TypeORM means; undefined for one that is none (a constraint, a typo). */
export function troubleOf(thrown: unknown): DatabaseTrouble | undefined {
  for (let error = thrown; isThrown(error); error = error.cause) {
    const known = ofOne(isThrown(error.driverError) ? error.driverError : error);
    if (known !== undefined) return known;
  }
  return undefined;
}

function ofOne({ name, message, code, errors }: Thrown): DatabaseTrouble | undefined {
  if (/no space left on device/i.test(message)) return 'storage.full';
  if (typeof code === 'string') {
    if (code === '53100') return 'storage.full';
    if (busy.has(code)) return 'database.busy';
    return gone.has(code) || code.startsWith('08') || networkCodes.has(code) ? 'database.unavailable' : undefined;
  }
  // A host with several addresses: every one of them failed.
  if (errors !== undefined && errors.length > 0) return isThrown(errors[0]) ? ofOne(errors[0]) : undefined;
  return driverSays.test(message) || releasedByLoss.test(name) ? 'database.unavailable' : undefined;
}
