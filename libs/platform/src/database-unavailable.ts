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

/** What kind of trouble an error of the driver or of TypeORM means; undefined for one that is none (a constraint, a typo). */
export function troubleOf(thrown: unknown): DatabaseTrouble | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { driverError } = error as { driverError?: unknown };
    const known = ofOne(driverError instanceof Error ? driverError : error);
    if (known !== undefined) return known;
  }
  return undefined;
}

function ofOne(error: Error): DatabaseTrouble | undefined {
  const code = (error as { code?: unknown }).code;
  if (error instanceof AggregateError && error.errors.length > 0) return ofOne(error.errors[0]);
  if (typeof code === 'string') {
    if (code === '53100' || (code === '58030' && /no space left/i.test(error.message))) return 'storage.full';
    if (busy.has(code)) return 'database.busy';
    if (gone.has(code) || code.startsWith('08') || networkCodes.has(code)) return 'database.unavailable';
    return /no space left on device/i.test(error.message) ? 'storage.full' : undefined;
  }
  if (driverSays.test(error.message) || error.name === 'QueryRunnerAlreadyReleasedError') return 'database.unavailable';
  return undefined;
}
