import { Problem, type ProblemDetail } from '@concordat/platform';
import type * as z from 'zod';
import { pointerStep } from './keepable.js';

const mostFaultsTold = 100;

/**
 * The value as the schema reads it.
 * @throws Problem 400 `request.invalid` naming every fault by JSON pointer (RFC 6901), never the value.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw invalid(read.error.issues);
}

interface Issue {
  readonly message: string;
  readonly path?: readonly unknown[] | undefined;
  readonly code?: string;
  /** Members the schema does not know. */
  readonly keys?: readonly string[];
}

/** The problem made of schema issues; also what Nest's validation pipe throws. */
export function invalid(issues: readonly Issue[]): Problem {
  const errors = issues.flatMap(faultsOf);
  const told = errors.length > mostFaultsTold ? `errors[] names the first ${mostFaultsTold}` : 'errors[] says where';
  return new Problem({
    status: 400,
    code: 'request.invalid',
    title: 'The request cannot be read as it stands',
    detail: errors.length === 1 ? 'One thing is wrong; errors[] says where.' : `${errors.length} things are wrong; ${told}.`,
    errors: errors.slice(0, mostFaultsTold),
  });
}

function faultsOf({ message, path = [], code, keys }: Issue): ProblemDetail[] {
  const pointer = path.map((step) => `/${pointerStep(nameOf(step))}`).join('');
  if (code === 'unrecognized_keys' && keys !== undefined) {
    return keys.map((key) => ({ pointer: `${pointer}/${pointerStep(key)}`, code, detail: 'There is no member of this name here.' }));
  }
  return [{ pointer, ...(code !== undefined && { code }), detail: message }];
}

function nameOf(step: unknown): string {
  return String(typeof step === 'object' && step !== null && 'key' in step ? step.key : step);
}
