import type { CommandOutcome } from '@concordat/agreement';
import type { Refusal } from '@concordat/journal/core';
import { Problem } from '@concordat/platform';

/** A recorded command as the API tells it. */
export interface CommandAnswer {
  readonly agreement: string;
  readonly version: number;
  readonly position: number;
  readonly recordedAt: string;
  /** True when this very request was recorded before; nothing happened twice. */
  readonly repeated: boolean;
  readonly events: readonly { readonly id: string; readonly type: string; readonly version: number; readonly position: number }[];
}

/** Every refusal of a command in one problem: 404 for an agreement that is not there, 403 for a right, else 422. */
export function refusalProblem(refusals: readonly Refusal[]): Problem {
  const [status, title] = refusals.some(({ code }) => code === 'agreement.unknown')
    ? [404, 'There is no such agreement']
    : refusals.every(({ code }) => code === 'right.missing')
      ? [403, 'You may not do this']
      : [422, refusals.length === 1 ? 'Refused for one reason' : `Refused for ${refusals.length} reasons`];
  return new Problem({
    status: Number(status),
    code: refusals.length === 1 ? (refusals[0]?.code ?? 'command.refused') : 'command.refused',
    title: String(title),
    detail: refusals.map(({ asks }) => asks).join(' '),
    errors: refusals.map(({ code, asks, missing }) => ({ code, detail: asks, missing: [...missing] })),
  });
}

/**
 * What the caller is told of an outcome.
 * @throws Problem for everything but `recorded` and `would-record`.
 */
export function settle(outcome: CommandOutcome): Extract<CommandOutcome, { outcome: 'recorded' | 'would-record' }> {
  switch (outcome.outcome) {
    case 'recorded':
    case 'would-record':
      return outcome;
    case 'refused':
      throw refusalProblem(outcome.refusals);
    case 'key-reused':
      throw new Problem({
        status: 422,
        code: 'idempotency.key-reused',
        title: 'This Idempotency-Key belongs to another request',
        detail: 'The same key was used before with another body or path. Nothing was done. Use a new key for a new request.',
      });
    case 'precondition-failed':
      throw new Problem({
        status: 412,
        code: 'version.stale',
        title: 'Someone changed this meanwhile',
        detail: `You saw an older version; it is at version ${outcome.version} now. Read it again, then send your change with If-Match: "${outcome.version}".`,
        headers: { etag: `"${outcome.version}"` },
      });
    case 'conflict':
      throw new Problem({
        status: 409,
        code: 'version.conflict',
        title: 'Others were quicker',
        detail: 'The agreement was changed by others several times while this was decided. Nothing was done. Send the same request again.',
      });
  }
}
