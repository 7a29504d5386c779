import { Journal } from '@concordat/journal';
import { Injectable } from '@nestjs/common';
import type { CivilDate } from '@concordat/platform/core';
import { type Actor, type Person, personFold, personStream, standingIn } from './core/index.js';
import { type PersonName, PersonNames } from './person.store.js';

/** A person as who may see people sees them: the name from its row, the rest from their stream. */
export interface PersonEntry extends PersonName {
  readonly person: Person;
  /** Version of the person's stream: the ETag. */
  readonly version: number;
}

/** Somebody in whose place another may sign, and the other with nothing but what they may do there. */
export interface InPlaceOf {
  readonly person: string;
  readonly name: string;
  readonly delegator: Person;
  readonly actor: Actor;
}

/** The people of an organisation and of its providers. */
@Injectable()
export class People {
  constructor(
    private readonly names: PersonNames,
    private readonly journal: Journal,
  ) {}

  /** One registered person, or nothing. */
  async find(tenant: string, id: string): Promise<PersonEntry | undefined> {
    const [entry] = await this.#entries(tenant, [...(await this.names.of(tenant, [id])).values()]);
    return entry;
  }

  /** Registered people after an id that whoever asks may see, in the order of their ids; `after` is the last id of the page before. */
  async list(tenant: string, o: { readonly after?: string; readonly limit: number; readonly sees?: (entry: PersonEntry) => boolean }): Promise<readonly PersonEntry[]> {
    const entries: PersonEntry[] = [];
    let { after } = o;
    for (;;) {
      const names = await this.names.page(tenant, { limit: o.limit, ...(after !== undefined && { after }) });
      entries.push(...(await this.#entries(tenant, names)).filter(o.sees ?? (() => true)));
      // A page is only short when it is the last one: callers go by that.
      if (names.length < o.limit || entries.length >= o.limit) return entries.slice(0, o.limit);
      after = names.at(-1)?.id;
    }
  }

  /** Everybody in whose place this actor may sign on this day. */
  async inWhosePlace(tenant: string, actor: Actor, day: CivilDate): Promise<readonly InPlaceOf[]> {
    if (actor.kind !== 'person') return [];
    const own = (await this.find(tenant, actor.person))?.person;
    if (own === undefined || own.standsInFor.length === 0) return [];
    const delegators = await this.#entries(tenant, [...(await this.names.of(tenant, own.standsInFor)).values()]);
    return delegators.flatMap(({ id, name, person: delegator }) => {
      const there = standingIn(actor, own, delegator, day);
      return there.kind === 'person' && there.grants.length > 0 ? [{ person: id, name, delegator, actor: there }] : [];
    });
  }

  // A name whose registration was never recorded (a crash between row and event) is nobody yet.
  async #entries(tenant: string, names: readonly PersonName[]): Promise<readonly PersonEntry[]> {
    if (names.length === 0) return [];
    const states = await this.journal.load(tenant, names.map(({ id }) => personStream(id)));
    return names
      .map((name) => {
        const { state, version } = states.of(personFold, personStream(name.id));
        return { ...name, person: state, version };
      })
      .filter(({ person }) => person.registered);
  }
}
