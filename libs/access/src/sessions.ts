import { Journal } from '@concordat/journal';
import { Clock, newId } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { personFold, personStream } from './core/index.js';
import { Principals } from './principal.js';
import { newSecret, secretHash, secretKind } from './secret.js';
import { SessionRows } from './session.store.js';

/** Sessions of people at the pages. Who they are was proved before: by a sign-in, or in demo mode by a click. */
@Injectable()
export class Sessions {
  constructor(
    private readonly rows: SessionRows,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly principals: Principals,
  ) {}

  /**
   * Starts a session, new at every login. The secret goes into the cookie and is stored only as a hash.
   * Nothing for someone who is not registered, or disabled.
   */
  async start(tenant: string, person: string): Promise<{ readonly secret: string } | undefined> {
    const stream = personStream(person);
    const { state, version } = (await this.journal.load(tenant, [stream])).of(personFold, stream);
    if (!state.registered || state.disabled) return undefined;
    const secret = newSecret('session');
    const session = { id: newId(), person, personVersion: version, startedAt: this.clock.now() };
    await this.rows.insert(tenant, session, secretHash(secret));
    return { secret };
  }

  /** Ends a session at once (logout). An unknown one is as good as ended. */
  async end(secret: string): Promise<void> {
    if (secretKind(secret) !== 'session') return;
    const found = await this.rows.byHash(secretHash(secret));
    if (found === undefined) return;
    await this.rows.end(found.tenant, found.session, this.clock.now());
    this.principals.forget();
  }
}
