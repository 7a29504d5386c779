import { isIP } from 'node:net';
import { resolve } from 'node:path';
import * as z from 'zod';

/** What an installation is told by its environment, read once at start. Frozen. */
export interface Config {
  /** `demo` seeds made-up data, prints keys and allows webhooks to loopback; `production` does none of it. */
  readonly mode: 'demo' | 'production';
  /** The TCP port of the web process; 0 takes any free one. */
  readonly port: number;
  /** The origin people and providers reach this installation at, without a slash at its end. */
  readonly publicUrl: string;
  /** Absolute path of the folder for the embedded database, the generated key and the demo keys. */
  readonly dataDir: string;
  /** The app's login. Absent: the embedded PostgreSQL is used. */
  readonly databaseUrl?: string;
  /** The login that migrates; `databaseUrl` when absent. Read by `migrate` and `start` only. */
  readonly databaseOwnerUrl?: string;
  /** A direct connection for the queues where `databaseUrl` leads through a pooler; `databaseUrl` when absent. */
  readonly queueDatabaseUrl?: string;
  /** Absent: the queues live in PostgreSQL. */
  readonly redisUrl?: string;
  /** The installation's key, 32 bytes in base64. Never logged. Absent only in demo mode, where one is made in `dataDir`. */
  readonly key?: string;
  /** Networks that webhooks may reach although they are private (CIDR). */
  readonly webhookAllowCidrs: readonly string[];
  /** Ports that webhooks may reach beside 443 and 8443. */
  readonly webhookAllowPorts: readonly number[];
  /** The mail server, `smtp://` or `smtps://`. Absent: nothing is mailed, and people read what they are told in the outbox. */
  readonly smtpUrl?: string;
  /** The address mail comes from; there wherever `smtpUrl` is. */
  readonly smtpFrom?: string;
  /** Requests of one person that one web process answers in a minute; absent: 120,000. */
  readonly requestsPerMinute?: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** The environment cannot be used. `problems` has one sentence per variable: what is wrong and what to do, never the value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly { readonly variable: string; readonly problem: string }[]) {
    super(
      [
        `The environment cannot be used as it stands; ${problems.length === 1 ? 'one variable needs' : `${problems.length} variables need`} a change:`,
        ...problems.map(({ variable, problem }) => `  ${variable}: ${problem}`),
      ].join('\n'),
    );
  }
}

const makeKey = `Make one with: node -p "require('crypto').randomBytes(32).toString('base64')"`;

const url = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => protocols.includes(parsedUrl(text)?.protocol ?? ''), `is not a URL of this kind. Write it as ${example}`);

const postgresUrl = url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/database (escape special characters as %XX).');

const wholeNumber = (lowest: number, highest: number, problem: string) =>
  z
    .string()
    .regex(/^\d{1,7}$/, problem)
    .transform(Number)
    .refine((number) => number >= lowest && number <= highest, problem);

const list = (text: string) => text.split(',').map((item) => item.trim()).filter((item) => item !== '');

const oneOf = <const T extends readonly [string, ...string[]]>(names: T) => z.enum(names, `must be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}.`);

/** Every variable there is, with what it may hold. The message goes on after the variable's name. */
const variables = {
  CONCORDAT_MODE: oneOf(['demo', 'production']).optional(),
  PORT: wholeNumber(0, 65_535, 'must be a port, a whole number from 0 to 65535.').optional(),
  PUBLIC_URL: url(['http:', 'https:'], 'https://concordat.example.gov.uk').refine(isOrigin, 'must be an origin alone: scheme, host and port, without path, query or user.').optional(),
  CONCORDAT_DATA_DIR: z.string().refine((text) => !text.includes('\0'), 'must be the path of a folder.').optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  QUEUE_DATABASE_URL: postgresUrl.optional(),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://host:6379 (rediss:// for TLS).').optional(),
  CONCORDAT_KEY: z.string().refine(isKey, `must be 32 bytes in base64 (44 characters). ${makeKey}`).optional(),
  WEBHOOK_ALLOW_CIDRS: z.string().transform(list).refine((items) => items.every(isCidr), 'must be networks with commas between them, such as 10.20.0.0/16,fd00:1::/32.').optional(),
  WEBHOOK_ALLOW_PORTS: z
    .string()
    .transform(list)
    .pipe(z.array(wholeNumber(1, 65_535, 'must be ports with commas between them, such as 8080,9443.')))
    .optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtp://user:password@host:587 or smtps://user:password@host:465 (escape special characters as %XX).').optional(),
  SMTP_FROM: z.string().regex(/^[^\s@<>]+@[^\s@<>]+$/, 'must be one e-mail address, such as concordat@example.gov.uk.').optional(),
  REQUESTS_PER_MINUTE: wholeNumber(60, 9_999_999, 'must be a whole number from 60 to 9999999.').optional(),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error']).optional(),
};

type Variable = keyof typeof variables;
type Values = { -readonly [V in Variable]?: z.output<(typeof variables)[V]> };

/**
 * The validated configuration. An empty variable counts as absent.
 * @param env the process's environment unless told otherwise; nothing else in the project reads it.
 * @throws ConfigError naming every bad variable at once.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const values: Values = {};
  const problems: { variable: string; problem: string }[] = [];
  for (const [variable, schema] of Object.entries(variables)) {
    const text = env[variable]?.trim();
    const read = schema.safeParse(text === '' ? undefined : text);
    if (read.success) Object.assign(values, { [variable]: read.data });
    else problems.push({ variable, problem: read.error.issues[0]!.message });
  }
  const bad = new Set(problems.map(({ variable }) => variable));
  for (const problem of together(values)) if (!bad.has(problem.variable)) problems.push(problem);
  if (problems.length > 0) throw new ConfigError(problems);

  const port = values.PORT ?? 3000;
  return Object.freeze({
    mode: values.CONCORDAT_MODE ?? 'demo',
    port,
    publicUrl: new URL(values.PUBLIC_URL ?? `http://localhost:${port}`).origin,
    dataDir: resolve(values.CONCORDAT_DATA_DIR ?? '.concordat'),
    ...(values.DATABASE_URL !== undefined && { databaseUrl: values.DATABASE_URL }),
    ...(values.DATABASE_OWNER_URL !== undefined && { databaseOwnerUrl: values.DATABASE_OWNER_URL }),
    ...(values.QUEUE_DATABASE_URL !== undefined && { queueDatabaseUrl: values.QUEUE_DATABASE_URL }),
    ...(values.REDIS_URL !== undefined && { redisUrl: values.REDIS_URL }),
    ...(values.CONCORDAT_KEY !== undefined && { key: values.CONCORDAT_KEY }),
    webhookAllowCidrs: Object.freeze(values.WEBHOOK_ALLOW_CIDRS ?? []),
    webhookAllowPorts: Object.freeze(values.WEBHOOK_ALLOW_PORTS ?? []),
    ...(values.SMTP_URL !== undefined && { smtpUrl: values.SMTP_URL }),
    ...(values.SMTP_FROM !== undefined && { smtpFrom: values.SMTP_FROM }),
    ...(values.REQUESTS_PER_MINUTE !== undefined && { requestsPerMinute: values.REQUESTS_PER_MINUTE }),
    logLevel: values.LOG_LEVEL ?? 'info',
  });
}

/** The environment for a child process: this one's with changes, where `undefined` leaves a variable out. */
export function environmentWith(changes: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** What is wrong between variables that are right alone. */
function together(values: Values): { variable: Variable; problem: string }[] {
  const problems: { variable: Variable; problem: string }[] = [];
  for (const variable of ['DATABASE_OWNER_URL', 'QUEUE_DATABASE_URL'] as const) {
    if (values[variable] !== undefined && values.DATABASE_URL === undefined) {
      problems.push({ variable, problem: 'is set without DATABASE_URL. Set DATABASE_URL too, or leave both out to use the embedded PostgreSQL.' });
    }
  }
  if (values.SMTP_URL !== undefined && values.SMTP_FROM === undefined) {
    problems.push({ variable: 'SMTP_FROM', problem: 'is missing, and SMTP_URL is set. Set it to the address mail comes from, or leave both out.' });
  }
  if (values.SMTP_FROM !== undefined && values.SMTP_URL === undefined) {
    problems.push({ variable: 'SMTP_URL', problem: 'is missing, and SMTP_FROM is set. Set it to the mail server, or leave both out.' });
  }
  if (values.CONCORDAT_MODE === 'production') {
    if (values.CONCORDAT_KEY === undefined) {
      problems.push({ variable: 'CONCORDAT_KEY', problem: `is missing, and production mode makes none of its own. ${makeKey} and keep it safe: what it sealed cannot be read without it.` });
    }
    if (values.PUBLIC_URL === undefined || !values.PUBLIC_URL.toLowerCase().startsWith('https:')) {
      problems.push({ variable: 'PUBLIC_URL', problem: 'must be the https address people reach this installation at, because CONCORDAT_MODE is production.' });
    }
  }
  return problems;
}

function parsedUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function isOrigin(text: string): boolean {
  const parsed = parsedUrl(text);
  // Where it is no URL at all the message before this one says so.
  return parsed === undefined || (parsed.pathname === '/' && parsed.search === '' && parsed.hash === '' && parsed.username === '' && parsed.password === '');
}

function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === 32;
}

function isCidr(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/');
  const family = isIP(address);
  return rest.length === 0 && family !== 0 && /^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
}
