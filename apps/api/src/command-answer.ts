import type { CommandOutcome } from '@concordat/access';
import type { Refusal } from '@concordat/journal/core';
import { Problem } from '@concordat/platform';
import { noSuchAgreement } from './read-agreement.js';

/** Every refusal of a command in one problem: 404 for an agreement that is not there, 403 for a right, else 422. */
export function refusalProblem(refusals: readonly Refusal[]): Problem {
  if (refusals.some(({ code }) => code === 'agreement.unknown')) return noSuchAgreement();
  return new Problem({
    ...headline(refusals),
    code: refusals.length === 1 ? (refusals[0]?.code ?? 'command.refused') : 'command.refused',
    detail: refusals.map(({ asks }) => asks).join(' '),
    errors: refusals.map(({ code, asks, missing }) => ({ code, detail: asks, missing })),
  });
}

function headline(refusals: readonly Refusal[]): { status: number; title: string } {
  if (refusals.every(({ code }) => code === 'right.missing')) return { status: 403, title: 'You may not do this' };
  return { status: 422, title: refusals.length === 1 ? 'Refused for one reason' : `Refused for ${refusals.length} reasons` };
}

/** 422: the Idempotency-Key was used before with another request. */
export function keyReused(): Problem {
  return new Problem({
    status: 422,
    code: 'idempotency.key-reused',
    title: 'This Idempotency-Key belongs to another request',
    detail: 'The same key was used before with another body or path. Nothing was done. Use a new key for a new request.',
  });
}

/**
 * The outcome, where it is one to tell as a success.
 * @throws Problem for every other.
 */
export function settle(outcome: CommandOutcome): Extract<CommandOutcome, { outcome: 'recorded' | 'would-record' }> {
  if (outcome.outcome === 'recorded' || outcome.outcome === 'would-record') return outcome;
  throw problemOf(outcome);
}

/** What a caller is told of an outcome by which nothing happened. */
export function problemOf(outcome: Exclude<CommandOutcome, { outcome: 'recorded' | 'would-record' }>): Problem {
  switch (outcome.outcome) {
    case 'refused':
      return refusalProblem(outcome.refusals);
    case 'key-reused':
      return keyReused();
    case 'precondition-failed':
      return new Problem({
        status: 412,
        code: 'version.stale',
        title: 'Someone changed this meanwhile',
        detail: `You saw an older version; it is at version ${outcome.version} now. Read it again, then send your change with If-Match: "${outcome.version}".`,
        headers: { etag: `"${outcome.version}"` },
      });
    case 'conflict':
      return new Problem({
        status: 409,
        code: 'version.conflict',
        title: 'Others were quicker',
        detail: 'This was changed by others several times while it was decided. Nothing was done. Send the same request again.',
      });
  }
}
