import { canonical, type Json, type JsonObject } from '@concordat/platform/core';
import type { BroughtOver, TransferEvents } from './transfer.js';

/** One event of an agreement, as a line of an export has it. */
export interface RecordLine extends BroughtOver {
  readonly tenant: string;
  readonly stream: string;
}

type Arrived = TransferEvents['concordat.agreement.transferred-in.v1'];

/** Words near a person are sealed anew for whoever has them: only for whom is the same. */
function withoutSeals(value: Json): Json {
  if (Array.isArray(value)) return value.map((member) => withoutSeals(member as Json));
  if (typeof value !== 'object' || value === null) return value;
  const { sealed, ...rest } = value as JsonObject;
  const own = sealed !== undefined && rest['subject'] !== undefined ? rest : (value as JsonObject);
  return Object.fromEntries(Object.entries(own).map(([name, member]) => [name, withoutSeals(member as Json)]));
}

const saidBy = ({ id, type, data, meta, recordedAt, version, position, hash }: BroughtOver): string =>
  canonical({ id, type, data: withoutSeals(data), meta, recordedAt, version, position, hash });

/**
 * Why the record `before` is not the one that the agreement of `after` was transferred from; undefined where it is: it ends where the new
 * half begins, every event that was brought over stands in it as it is here, but for the seals, and none is missing. That each of the
 * two is what its organisation wrote is for its chain to say.
 */
export function whyNotItsRecord(before: readonly RecordLine[], after: readonly RecordLine[], sha256: (text: string) => string): string | undefined {
  const arrival = after.find(({ type, data }) => type === 'concordat.agreement.transferred-in.v1' && (data as unknown as Arrived).from.tenant === before[0]?.tenant);
  if (arrival === undefined) return 'the second file tells of no agreement that came from the organisation of the first';
  const { version, position, hash, digest } = arrival.data as unknown as Arrived;
  const record = before.filter((line) => line.stream === arrival.stream);
  const half = record.slice(0, version);
  const last = half.at(-1);
  if (last?.version !== version || last.position !== position || last.hash !== hash) return `it does not stand in the first file that the record ended at event ${position} of the organisation, with the hash ${hash}`;
  if (sha256(half.map((line) => `${line.hash}\n`).join('')) !== digest) return 'the hashes of the record in the first file have another digest than the second names';
  const went = record[version];
  if (went?.type !== 'concordat.agreement.transferred.v1' || (went.data as unknown as TransferEvents['concordat.agreement.transferred.v1']).to.tenant !== arrival.tenant) return 'the first file does not say that it went to the organisation of the second';
  const brought = after.flatMap(({ stream, type, data }) => (stream === arrival.stream && type === 'concordat.agreement.brought-over.v1' ? [data as unknown as BroughtOver] : []));
  const other = half.findIndex((line, at) => brought[at] === undefined || saidBy(line) !== saidBy(brought[at]));
  if (other >= 0) return `event ${half[other]!.position} of the first file is not what was brought over`;
  return brought.length > half.length ? 'more was brought over than the record holds' : undefined;
}
