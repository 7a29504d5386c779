import { Journal } from '@concordat/journal';
import type { Refusal } from '@concordat/journal/core';
import { Clock, concordatNamespace, londonDay, uuidv5 } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Asked } from './asked.js';
import {
  type Actor,
  actorName,
  initialPerson,
  type KeyWish,
  type Person,
  personFold,
  personStream,
  whatForbidsKey,
  whatForbidsRevoking,
} from './core/index.js';
import { type ApiKey, KeyRows } from './key.store.js';
import { Principals } from './principal.js';
import { newSecret, secretHash } from './secret.js';

/** What came of asking for a key. The secret is in `issued` once and never again. */
export type KeyOutcome =
  | { readonly outcome: 'issued'; readonly key: ApiKey; readonly secret: string }
  | { readonly outcome: 'already-shown'; readonly key: ApiKey }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly outcome: 'key-reused' };

/** API keys: issue, list, revoke. A key acts as one person of one organisation, at most as far as its scopes. */
@Injectable()
export class Keys {
  constructor(
    private readonly rows: KeyRows,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly principals: Principals,
  ) {}

  /**
   * Makes a key. Its id follows from the command id, so the same request sent again finds the same key, whose secret was
   * shown already (or was lost on the way: revoke it and make another).
   */
  async issue(wish: KeyWish, asked: Asked): Promise<KeyOutcome> {
    const id = uuidv5(concordatNamespace, `${asked.tenant}/key/${asked.commandId}`);
    const repeated = await this.#shown(asked, id);
    if (repeated) return repeated;

    const now = this.clock.now();
    const today = londonDay(now);
    const states = await this.#states(asked.tenant, wish.person, asked.actor);
    const secret = newSecret('key');
    const key = { id, ...wish, issuedAt: now };
    const result = await this.rows.insert(
      asked.tenant,
      { ...key, secretHash: secretHash(secret), fingerprint: asked.fingerprint, issuedBy: actorName(asked.actor) },
      today,
      (live) => whatForbidsKey(wish, { ...states, live }, { actor: asked.actor, today }),
    );
    if (result === 'written') return { outcome: 'issued', key: { ...key, revokedAt: null }, secret };
    // `there`: the very same request was quicker, and its answer carries the secret.
    return result === 'there' ? (await this.#shown(asked, id))! : { outcome: 'refused', refusals: result };
  }

  /** Keys of one person, or of everybody in the organisation, newest first; revoked and expired ones too. */
  list(tenant: string, person?: string): Promise<readonly ApiKey[]> {
    return this.rows.list(tenant, person);
  }

  /** Revokes a key; repeating it changes nothing. `unknown` for a key that is not of this organisation. */
  async revoke(id: string, asked: Pick<Asked, 'tenant' | 'actor'>): Promise<
    { readonly outcome: 'revoked' | 'unknown' } | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] }
  > {
    const key = await this.rows.find(asked.tenant, id);
    if (key === undefined) return { outcome: 'unknown' };
    const states = await this.#states(asked.tenant, key.person, asked.actor);
    const now = this.clock.now();
    const refusals = whatForbidsRevoking(key.person, states, { actor: asked.actor, today: londonDay(now) });
    if (refusals.length > 0) return { outcome: 'refused', refusals };
    await this.rows.revoke(asked.tenant, id, now);
    this.principals.forget();
    return { outcome: 'revoked' };
  }

  async #shown(asked: Asked, id: string): Promise<KeyOutcome | undefined> {
    const found = await this.rows.find(asked.tenant, id);
    if (found === undefined) return undefined;
    const { fingerprint, ...key } = found;
    return fingerprint === asked.fingerprint ? { outcome: 'already-shown', key } : { outcome: 'key-reused' };
  }

  async #states(tenant: string, person: string, actor: Actor): Promise<{ person: Person; by: Person }> {
    const target = personStream(person);
    const acting = actor.kind === 'person' ? personStream(actor.person) : undefined;
    const loaded = await this.journal.load(tenant, [...new Set([target, ...(acting ? [acting] : [])])]);
    return {
      person: loaded.of(personFold, target).state,
      by: acting ? loaded.of(personFold, acting).state : initialPerson,
    };
  }
}
