import { Journal } from '@concordat/journal';
import { Clock, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { type Actor, type Person, personFold, personStream, type Right } from './core/index.js';
import { KeyRows } from './key.store.js';
import { secretHash, secretKind, secretName } from './secret.js';
import { type SessionRow, SessionRows } from './session.store.js';

/** Who asks, in exactly one tenant. */
export interface Principal {
  readonly tenant: string;
  /** The person's id. Idempotency keys are remembered under it, so that a retry with the next key is still the same command. */
  readonly id: string;
  readonly actor: Actor;
  /** By what they were known. */
  readonly credential: { readonly kind: 'key' | 'session'; readonly id: string };
}

/** A session not used for this long has ended. */
export const idleLimit = 30 * 60_000;
/** A session this old has ended, however busy it was. */
export const sessionLimit = 12 * 3_600_000;
// Use is written down at most once a minute, so an idle session may end up to a minute early, never late.
const touchEvery = 60_000;
const cachedFor = 1_000;
const mostCached = 10_000;

/**
 * Finds out who a secret belongs to. Answers are kept for a second, which is right for reads; a write is decided with the
 * person's stream in the same append, so a role withdrawn or a person disabled meanwhile counts at once.
 */
@Injectable()
export class Principals {
  readonly #cache = new Map<string, { readonly since: number; readonly principal: Promise<Principal | undefined> }>();

  constructor(
    private readonly keys: KeyRows,
    private readonly sessions: SessionRows,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /**
   * The principal of an API key (`cnc_…`) or a session's secret (`cnc_session_…`), or nothing for what is malformed,
   * unknown, expired, revoked, ended, or belongs to someone disabled: the caller need not know which.
   * @throws DatabaseUnavailable while it cannot be found out.
   */
  async authenticate(secret: string): Promise<Principal | undefined> {
    const kind = secretKind(secret);
    if (kind === undefined) return undefined;
    const name = secretName(secret);
    const now = this.clock.now().getTime();
    const cached = this.#cache.get(name);
    // A clock that was set back makes an entry worthless too.
    if (cached && now >= cached.since && now < cached.since + cachedFor) return cached.principal;

    const principal = kind === 'key' ? this.#byKey(secretHash(secret)) : this.#bySession(secretHash(secret));
    this.#cache.delete(name);
    this.#cache.set(name, { since: now, principal });
    if (this.#cache.size > mostCached) this.#cache.delete(this.#cache.keys().next().value!);
    try {
      const found = await principal;
      // Only what opens something is kept: guesses must not push real callers out.
      if (found === undefined) this.#drop(name, principal);
      return found;
    } catch (fault) {
      this.#drop(name, principal);
      throw fault;
    }
  }

  /** Forgets every answer, those still on their way too: after a logout, a revocation, or a change of someone's roles. */
  forget(): void {
    this.#cache.clear();
  }

  #drop(name: string, principal: Promise<unknown>): void {
    if (this.#cache.get(name)?.principal === principal) this.#cache.delete(name);
  }

  async #byKey(hash: Buffer): Promise<Principal | undefined> {
    const found = await this.keys.byHash(hash);
    if (found === undefined) return undefined;
    const key = await this.keys.find(found.tenant, found.key);
    if (key === undefined || key.revokedAt !== null || londonDay(this.clock.now()) > key.lastDay) return undefined;
    const { state } = await this.#person(found.tenant, key.person);
    return principalOf(found.tenant, key.person, state, key.scopes, { kind: 'key', id: key.id });
  }

  async #bySession(hash: Buffer): Promise<Principal | undefined> {
    const found = await this.sessions.byHash(hash);
    if (found === undefined) return undefined;
    const session = await this.sessions.find(found.tenant, found.session);
    const now = this.clock.now();
    if (session === undefined || !isLive(session, now)) return undefined;
    const { state, version } = await this.#person(found.tenant, session.person);
    // Whatever happened to the person since login (a role given or withdrawn, a disabling) ended the session.
    if (version !== session.personVersion) return undefined;
    if (now.getTime() - session.seenAt.getTime() >= touchEvery) await this.sessions.touch(found.tenant, session.id, now);
    return principalOf(found.tenant, session.person, state, 'all', { kind: 'session', id: session.id });
  }

  async #person(tenant: string, person: string): Promise<{ state: Person; version: number }> {
    const stream = personStream(person);
    return (await this.journal.load(tenant, [stream])).of(personFold, stream);
  }
}

function isLive(session: SessionRow, now: Date): boolean {
  const at = now.getTime();
  return session.endedAt === null && at < session.seenAt.getTime() + idleLimit && at < session.startedAt.getTime() + sessionLimit;
}

function principalOf(
  tenant: string,
  id: string,
  person: Person,
  scopes: readonly Right[] | 'all',
  credential: Principal['credential'],
): Principal | undefined {
  if (!person.registered || person.disabled) return undefined;
  return { tenant, id, actor: { kind: 'person', person: id, grants: person.grants, scopes }, credential };
}
