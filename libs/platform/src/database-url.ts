/** The role of every session that serves: it owns nothing, and row-level security binds it. */
export const appRole = 'concordat_app';

/**
 * The same database with a role and settings for every session, as libpq's `options` in the URL: they hold from the
 * first statement on, without a round trip, also where one login owns everything.
 * @param settings PostgreSQL's names and values, such as `{ lock_timeout: '2s' }`.
 */
export function sessionUrl(url: string, role: string, settings: Readonly<Record<string, string>> = {}): string {
  const session = new URL(url);
  // A backslash keeps a space inside a value from ending it.
  const options = Object.entries({ role, ...settings }).map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`);
  session.searchParams.set('options', [session.searchParams.get('options'), ...options].filter(Boolean).join(' '));
  // pg reads a plus sign in a query as itself, where URLSearchParams writes a space so.
  session.search = session.search.replaceAll('+', '%20');
  return session.href;
}

/** Where a URL leads, for messages: host, port and database, without the login. */
export function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || 'the local socket'}:${port || '5432'}${pathname}`;
}
