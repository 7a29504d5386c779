import { hash } from 'node:crypto';
import { Organisations, PersonNames, Vault } from '@concordat/access';
import { type Fold, type NewEvent, upcastBy } from '@concordat/journal/core';
import { OwnPathways, pathways } from '@concordat/pathway';
import { isOwn, type Pathway } from '@concordat/pathway/core';
import { Database } from '@concordat/platform';
import type { Json, JsonObject, Sealed } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { type Agreement, agreementFold, type Arrival, type Brought, type Context, type Offered, type OrganisationNamed, type Participant, participantFold } from './core/index.js';
import { type LentEvent, readLent, readLentNames, readLentParticipants, readOffered } from './transfer.store.js';

type Accepted = Extract<Arrival, { is: 'accepted' }>;

/** What one organisation sees of another's record: an agreement that is offered to it, as long as the offer stands. */
@Injectable()
export class Transfers {
  constructor(
    private readonly database: Database,
    private readonly organisations: Organisations,
    private readonly ownPathways: OwnPathways,
    private readonly vault: Vault,
    private readonly names: PersonNames,
  ) {}

  /** The organisation that is named as a successor of this one. */
  async successor(tenant: string, slug: string): Promise<Context['successor']> {
    const named = await this.organisations.bySlug(slug);
    return named?.tenant === tenant ? 'itself' : named;
  }

  /** The organisation of this tenant, as records name it. */
  async named(tenant: string): Promise<OrganisationNamed> {
    const named = await this.organisations.find(tenant);
    if (named === undefined) throw new Error(`The tenant ${tenant} is no organisation.`);
    return named;
  }

  /** Every agreement that is offered to this organisation now. */
  async list(tenant: string): Promise<readonly Offered[]> {
    const offered = await Promise.all((await readOffered(this.database, tenant)).map(({ tenant: from, agreement }) => this.read(tenant, from, agreement)));
    return offered.filter((one) => one !== undefined);
  }

  /** One of them, or undefined where it is not offered to this organisation. */
  async offered(tenant: string, agreement: string): Promise<Offered | undefined> {
    const from = (await readOffered(this.database, tenant)).filter((one) => one.agreement === agreement);
    for (const each of from) {
      const offered = await this.read(tenant, each.tenant, agreement);
      if (offered !== undefined) return offered;
    }
    return undefined;
  }

  /** All that comes along with an agreement that was accepted as it stood then, its words near a person sealed for the successor; it may have ended there since. */
  async brought(tenant: string, agreement: string, { from, version }: Accepted): Promise<Brought> {
    const record = await readLent(this.database, tenant, from.tenant, agreement, version);
    if (record.at(-1)?.version !== version) throw new Error(`The record of agreement ${agreement} is not lent to tenant ${tenant} up to version ${version}.`);
    // Nobody in the record is without a name. Whoever is not registered here is nobody else's business.
    for (const { kind, id, name } of await readLentNames(this.database, tenant, from.tenant, agreement)) if (kind === 'person') await this.names.write(tenant, { id, name, email: null });
    const participants = new Map<string, LentEvent[]>();
    for (const event of await readLentParticipants(this.database, tenant, from.tenant, agreement)) {
      const id = event.stream.slice('participant-'.length);
      participants.set(id, [...(participants.get(id) ?? []), event]);
    }
    const known = Object.fromEntries([...participants].map(([id, events]): [string, Participant] => [id, folded(participantFold, events)]));
    // Their key may not have been destroyed yet.
    const erased = Object.keys(known).filter((id) => known[id]?.erased);
    const gone = folded(agreementFold, record);
    return {
      agreement: gone,
      ownPathway: await this.ownPathway(from.tenant, gone.pathway),
      record: (await this.sealedAnew(from.tenant, tenant, record, erased)).map(({ stream: _, ...event }) => event),
      digest: hash('sha256', record.map((event) => `${event.hash}\n`).join(''), 'hex'),
      participants: known,
    };
  }

  private async ownPathway(tenant: string, { id, version }: Agreement['pathway']): Promise<Pathway | undefined> {
    if (!isOwn(id)) return undefined;
    await this.ownPathways.know(tenant, { id, version });
    const known = pathways.findFor(tenant, id, version);
    if (known === undefined) throw new Error(`The pathway ${id}, version ${version}, is published by nobody the tenant ${tenant} knows.`);
    return known;
  }

  private async read(tenant: string, from: string, agreement: string): Promise<Offered | undefined> {
    const [record, names] = await Promise.all([readLent(this.database, tenant, from, agreement), readLentNames(this.database, tenant, from, agreement)]);
    const [last, organisation] = [record.at(-1), await this.organisations.find(from)];
    if (last === undefined || organisation === undefined) return undefined;
    const stands = folded(agreementFold, record);
    if (stands.lifecycle === 'transferred') return undefined;
    await this.ownPathways.know(from, stands.pathway);
    return {
      from: organisation,
      agreement: stands,
      version: last.version,
      position: last.position,
      hash: last.hash,
      people: names.filter(({ kind }) => kind === 'person').map(({ id, name }) => ({ id, name })),
      providers: names.filter(({ kind }) => kind === 'provider').map(({ id, name, identifiers }) => ({ id, name, identifiers })),
    };
  }

  /** Opened under the keys of the old organisation and sealed under those of the new one. Whoever was erased in either is erased in both. */
  private async sealedAnew(from: string, to: string, events: readonly LentEvent[], erased: readonly string[]): Promise<readonly LentEvent[]> {
    const all = events.flatMap(({ data }) => sealedIn(data));
    const subjects = [...new Set(all.map(({ subject }) => subject))];
    const [destroyed, erasedHere] = await Promise.all([this.vault.erased(from, subjects), this.vault.erased(to, subjects)]);
    const erasedThere = new Set([...destroyed, ...erased]);
    for (const subject of erasedThere) if (!erasedHere.has(subject)) await this.vault.destroyKey(to, subject);
    const readable = all.filter(({ subject }) => !erasedThere.has(subject) && !erasedHere.has(subject));
    const opened = await this.vault.unsealAll(from, readable);
    const anew = await this.vault.sealAll(to, readable.map(({ subject }, at) => ({ subject, text: opened[at] ?? '' })));
    // One that was destroyed alone while the key of its person stands is destroyed here too.
    for (const [at, text] of opened.entries()) if (text === undefined) await this.vault.destroyText(to, anew[at]!);
    const now = new Map(readable.map(({ sealed }, at) => [sealed, anew[at]!]));
    return events.map((event) => ({ ...event, data: withSeals(event.data, now) as JsonObject }));
  }
}

function folded<S, E extends NewEvent>(fold: Fold<S, E>, events: readonly LentEvent[]): S {
  return events.reduce<S>((state, event) => fold.evolve(state, upcastBy(fold, event) as never), fold.initial);
}

const isSealed = (value: unknown): value is Sealed => typeof value === 'object' && value !== null && 'sealed' in value && 'subject' in value;

function sealedIn(value: Json): readonly Sealed[] {
  if (isSealed(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((member) => sealedIn(member as Json)) : [];
}

function withSeals(value: Json, anew: ReadonlyMap<string, Sealed>): Json {
  if (isSealed(value)) return (anew.get(value.sealed) ?? value) as unknown as Json;
  if (Array.isArray(value)) return value.map((member) => withSeals(member as Json, anew));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withSeals(member as Json, anew)]));
}
