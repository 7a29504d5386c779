import { expect } from '@jest/globals';
import type { Answer } from './client.js';

/** Problem details as this API sends them (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly correlationId: string;
  readonly errors?: readonly { readonly pointer?: string; readonly code?: string; readonly detail: string; readonly missing?: readonly { readonly what: string }[] }[];
}

// What must never get out: a stack, a file of ours, SQL, a driver's words.
const inner = /\bat [\w.<>]+ \(|node_modules|\/(apps|libs)\/|\b(SELECT|INSERT|UPDATE) |syntax for type|byte sequence|QueryFailed|QueryRunner|postgres/i;

/** The answer is this problem, told as problems are told, and tells nothing of what is inside. */
export function expectProblem(answer: Answer<unknown>, status: number, code: string): Problem {
  const problem = answer.body as Problem;
  expect({ status: answer.status, media: answer.headers.get('content-type'), problem }).toMatchObject({
    status,
    media: 'application/problem+json; charset=utf-8',
    problem: { type: `/problems/${code}`, status, code, correlationId: answer.headers.get('concordat-correlation-id') },
  });
  expect([problem.title, problem.detail].every((text) => text.length > 0)).toBe(true);
  expect(answer.text).not.toMatch(inner);
  return problem;
}
