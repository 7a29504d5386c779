import type { LoggerService } from '@nestjs/common';
import { AsyncLocalStorage } from 'node:async_hooks';
import { types } from 'node:util';
import { newId } from './id.js';

/** From chatty to silent. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];
const correlation = new AsyncLocalStorage<string>();
const hidden = '[hidden]';
let lowest: LogLevel = 'info';

/** Runs work whose log lines, events and answers all carry this id. */
export function withCorrelation<T>(id: string, work: () => T): T {
  return correlation.run(id, work);
}

/** The id of the request or job that runs now; a new one where nothing set any, so that an answer always has one. */
export function correlationId(): string {
  return correlation.getStore() ?? newId();
}

/** Leaves out everything below this level; `info` until told. */
export function setLogLevel(level: LogLevel): void {
  lowest = level;
}

/** JSON lines on stderr, one per call: `time`, `level`, `message`, `correlationId`, then the fields, secrets hidden. */
export const log = {
  debug: (message: string, fields?: object) => write('debug', message, fields),
  info: (message: string, fields?: object) => write('info', message, fields),
  warn: (message: string, fields?: object) => write('warn', message, fields),
  error: (message: string, fields?: object) => write('error', message, fields),
};

/** What NestJS logs, as our lines: pass it as the application's `logger`. */
export class NestLog implements LoggerService {
  // What Nest tells of its own boot (every route, every module) is for debugging.
  log = (message: unknown, ...rest: unknown[]) => this.#write('debug', message, rest);
  fatal = (message: unknown, ...rest: unknown[]) => this.#write('error', message, rest);
  error = (message: unknown, ...rest: unknown[]) => this.#write('error', message, rest);
  warn = (message: unknown, ...rest: unknown[]) => this.#write('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]) => this.#write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]) => this.#write('debug', message, rest);

  // Nest puts its context last and, for an error, the stack before it.
  #write(level: LogLevel, message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const more = rest.slice(0, context === undefined ? undefined : -1).filter((item) => item !== undefined);
    const text = typeof message === 'string' ? message : message instanceof Error ? message.message : 'Nest';
    write(level, text, {
      ...(context !== undefined && { context }),
      ...(typeof message !== 'string' && { fault: message }),
      ...(more.length > 0 && { more }),
    });
  }
}

function write(level: LogLevel, message: string, fields: object = {}): void {
  if (levels.indexOf(level) < levels.indexOf(lowest)) return;
  const id = correlation.getStore();
  const head = { time: new Date().toISOString(), level, message: redactText(message), ...(id !== undefined && { correlationId: id }) };
  // Head first for the eye, and last so that no field of the same name takes its place.
  process.stderr.write(`${JSON.stringify({ ...head, ...(redact(fields, 0, new Set()) as object), ...head })}\n`);
}

// Fields are hidden by name, text by form: a password in a URL, an API key, a bearer token, a webhook secret.
const secretName = /pass(word|phrase|wd)?$|secret|token|authorization|cookie|^key$|(api|private|session|master|concordat)_?key|credential|sealed/i;
const secretText: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s/@]*@/gi, `$1:${hidden}@`],
  [/\b(cnc_[a-z0-9]{0,4})[\w-]{8,}/gi, `$1${hidden}`],
  [/\b(whsec_)[\w+/=-]+/g, `$1${hidden}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${hidden}`],
];

function redactText(text: string): string {
  return secretText.reduce((shown, [pattern, instead]) => shown.replace(pattern, instead), text);
}

const deepest = 6;
const longestList = 100;

function redact(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= deepest || above.has(value)) return '[…]';
  above.add(value);
  try {
    if (value instanceof Error || types.isNativeError(value)) return redactError(value, depth, above);
    if (Array.isArray(value)) return value.slice(0, longestList).map((item) => redact(item, depth + 1, above));
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, secretName.test(name) ? hidden : redact(member, depth + 1, above)]),
    );
  } finally {
    above.delete(value);
  }
}

// A fault's own members may hold a request, a query's parameters or a whole connection; these few tell enough.
function redactError(fault: Error, depth: number, above: Set<object>): object {
  const { code, status } = fault as { code?: unknown; status?: unknown };
  return {
    name: fault.name,
    message: redactText(fault.message),
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
    ...(fault.stack !== undefined && { stack: redactText(fault.stack) }),
    ...(fault.cause !== undefined && { cause: redact(fault.cause, depth + 1, above) }),
  };
}
