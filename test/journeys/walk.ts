import { Agreements, versionOfDecision } from '@concordat/agreement';
import type { Agreement } from '@concordat/agreement/core';
import type { Missing } from '@concordat/journal/core';
import type { Pathway, Route } from '@concordat/pathway/core';
import { type FixedClock, londonDay, newId } from '@concordat/platform';
import { expect } from '@jest/globals';
import { supplierOf, suppliers } from '../harness/gates-asked.js';
import { nextMissing, stepsFor, type Troupe } from '../harness/pathway-steps.js';
import { Cast, type Player } from './cast.js';
import { type ApiClient, succeeded } from './client.js';
import type { TestInstallation } from './installation.js';
import type { Journey } from './journey.js';

/** What is a walk's own: which agreement it ends or changes, and who its sponsor is. */
type Own = Pick<Troupe, 'ends' | 'varies' | 'sponsor'>;

/** People of every role of a demo's council, and what they have at hand. */
export class Company {
  private constructor(
    readonly here: TestInstallation,
    readonly clock: FixedClock,
    readonly tenant: string,
    readonly cast: Cast,
    private colleague: Player,
    readonly troupe: Omit<Troupe, keyof Own>,
  ) {}

  /** `residents`: those who come to every meeting. */
  static async gathered(here: TestInstallation, clock: FixedClock, residents: readonly string[]): Promise<Company> {
    const tenant = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
    const cast = new Cast(here, tenant);
    // The controller of the data, beside the senior responsible owner who answers for the agreement.
    const colleague = await cast.player({ role: 'senior-responsible-owner' });
    const { provider } = (await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me')).body.roles[0]!;
    const person = (called: string) => (called === 'colleague' ? colleague.person : here.person(called).person);
    return new Company(here, clock, tenant, cast, colleague, { person, provider, residents, words: 'Hot food, please.', version: versionOfDecision, next: newId });
  }

  as(called: string): ApiClient {
    return called === 'colleague' ? this.colleague.api : this.here.as(called);
  }

  /** From now on they act with other keys. */
  async renewKeys(): Promise<void> {
    await this.here.renewKeys((person) => this.cast.key(person, 'all'));
    this.colleague = { ...this.colleague, api: await this.cast.key(this.colleague.person, 'all') };
  }
}

/** One agreement on its way over HTTP: whatever its gates miss is supplied by whoever may. */
export class Walk {
  /** By whom it was walked, and with which commands. */
  readonly acted = new Map<string, readonly string[]>();

  constructor(
    readonly company: Company,
    readonly journey: Journey,
    readonly pathway: Pathway,
    readonly route: Route,
    readonly own: Own = { ends: '', varies: '', sponsor: 'senior-responsible-owner' },
  ) {}

  private async stands(): Promise<{ agreement: Agreement; version: number }> {
    return (await this.company.here.app.get(Agreements).find(this.company.tenant, this.journey.id))!;
  }

  /**
   * As far as people alone can take it, or until somebody else goes on. `entering`: once, before anything of a stage is done.
   * @returns whether it is closed; else it waits for time, or for what `halts` says.
   */
  async on({ entering, halts }: { readonly entering?: (stage: string) => Promise<void>; readonly halts?: (stage: string, missing: Missing | undefined) => boolean } = {}): Promise<boolean> {
    const { clock, here, tenant } = this.company;
    const troupe = { ...this.company.troupe, ...this.own };
    for (;;) {
      const { agreement } = await this.stands();
      if (agreement.lifecycle === 'closed') return true;
      const { stage } = agreement;
      await entering?.(stage);
      const { checklist } = (await here.app.get(Agreements).gate(tenant, this.journey.id, { kind: 'system', name: 'import' }))!;
      const notSaid = checklist.filter(({ met }) => !met).flatMap(({ code, missing }) => missing.map(supplierOf).filter((who) => !suppliers[code].includes(who)).map((who) => [code, who]));
      expect(notSaid).toEqual([]);
      const missing = nextMissing(checklist);
      if (halts?.(stage, missing) === true) return false;
      if (missing === undefined) {
        await this.journey.did('commissioner', 'request-gate', { stage });
        continue;
      }
      const { pathway, route } = this;
      const steps = stepsFor({ agreement, today: londonDay(clock.now()), pathway, route, checklist }, missing, troupe);
      if (steps === 'time') return false;
      for (const { by, name, body, mayBeDone } of steps) {
        const now = await this.stands();
        const answer = await this.company.as(by).command(this.journey.id, name, body(now.agreement), name === 'amend-facts' ? { headers: { 'if-match': `"${now.version}"` } } : {});
        if (mayBeDone !== true || answer.status !== 422) succeeded(`${name} by ${by} in ${stage} of ${pathway.id}`, answer);
        if (answer.status === 200) this.noted(by, name);
      }
    }
  }

  noted(by: string, did: string): void {
    this.acted.set(by, [...new Set([...(this.acted.get(by) ?? []), did])]);
  }
}
