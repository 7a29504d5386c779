import { readFileSync } from 'node:fs';
import type { CivilDate } from '@concordat/platform/core';
import { readHolidays } from './calendar.js';
import { type HolidayCalendar, type InUse, isOwn, nameOf, type OwnPathways, type Pathway, type Route } from './core/index.js';
import { readPathway, readRoute } from './read.js';

/** The documents that ship. A published version never changes: what changes is published under the next number. */
const shipped = {
  pathways: [
    'call-off.v1', 'decommission.v1', 'decommission.v2', 'extend-or-vary.v1', 'extend-or-vary.v2', 'grant.v1', 'placement.v1', 'standard.v1', 'standard.v2', 'urgent.v1',
  ],
  routes: [
    'framework-call-off.v1', 'framework-call-off.v2', 'grant.v1', 'in-house.v1', 'in-house.v2',
    'pa2023-below-threshold.v1', 'pa2023-below-threshold.v2', 'pa2023-competitive.v1', 'pa2023-competitive.v2', 'pa2023-competitive.v3', 'pa2023-direct-award.v1', 'pa2023-direct-award.v2', 'pa2023-dynamic-market.v1',
    'pa2023-light-touch.v1', 'pa2023-light-touch.v2', 'pa2023-light-touch.v3',
    'psr-competitive.v1', 'psr-direct-award-a.v1', 'psr-direct-award-b.v1', 'psr-direct-award-c.v1', 'psr-most-suitable-provider.v1', 'psr-most-suitable-provider.v2', 'psr-urgent.v1',
  ],
} as const;

/** From which day new agreements begin on a version that follows another. What runs on the one before runs on. */
const inUseFrom: Readonly<Record<string, CivilDate>> = {
  'decommission.v2': '2026-01-01',
  'extend-or-vary.v2': '2026-01-01',
  'standard.v2': '2026-01-01',
  'pa2023-competitive.v2': '2026-01-01',
  'pa2023-light-touch.v2': '2026-01-01',
  'psr-most-suitable-provider.v2': '2026-01-01',
  'framework-call-off.v2': '2026-11-01',
  'in-house.v2': '2026-11-01',
  'pa2023-below-threshold.v2': '2026-11-01',
  'pa2023-competitive.v3': '2026-11-01',
  'pa2023-direct-award.v2': '2026-11-01',
  'pa2023-light-touch.v3': '2026-11-01',
};
const sinceOf = ({ id, version }: Versioned): CivilDate | undefined => inUseFrom[`${id}.v${version}`];

// Read as files: an import of JSON wants an attribute that the compiler drops.
function json(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

interface Versioned {
  readonly id: string;
  readonly version: number;
  readonly title: string;
}

/** Published documents of one kind, held in memory from the first question on. */
export class Shelf<T extends Versioned> {
  #all: readonly T[] | undefined;

  /** @param since the day from which a version is in use; absent of one that follows no other. */
  constructor(
    private readonly read: () => readonly T[],
    private readonly since: (document: Versioned) => CivilDate | undefined = () => undefined,
  ) {}

  /** All of them, by id, then version. */
  get all(): readonly T[] {
    this.#all ??= [...this.read()].sort((a, b) => (a.id === b.id ? a.version - b.version : a.id < b.id ? -1 : 1));
    return this.#all;
  }

  /** The document of this id and version; the latest version when none is named; undefined when there is none. */
  find(id: string, version?: number): T | undefined {
    return this.all.findLast((document) => document.id === id && (version === undefined || document.version === version));
  }

  /** The latest version of each, by id. */
  latest(): readonly T[] {
    return this.all.filter((document) => this.find(document.id) === document);
  }

  /** The version of this id that new agreements begin on, on this day. */
  inUse(id: string, day: CivilDate): T | undefined {
    return this.all.findLast((document) => document.id === id && (this.since(document) ?? '') <= day);
  }

  /** That version of each of them. */
  allInUse(day: CivilDate): readonly T[] {
    return this.all.filter((document) => this.inUse(document.id, day) === document);
  }

  /** A version that is in use, as refusals and pages name it. */
  inUseAs(document: T | undefined): InUse | undefined {
    if (document === undefined) return undefined;
    const since = this.since(document);
    return { version: document.version, title: document.title, ...(since !== undefined && { since }) };
  }
}

/**
 * The pathways that ship, and beside them those that organisations published themselves, as far as this process was told of
 * them. A list holds what ships, or what one organisation may follow; a single version is found by id and version alone.
 */
export class PathwayShelf extends Shelf<Pathway> {
  readonly #own = new Map<string, readonly Pathway[]>();
  readonly #publishedBy = new Map<string, OwnPathways['publishedBy']>();

  /** Takes in what a tenant published itself, all of it. @returns whether anything of it was new here. */
  hold(tenant: string, { versions, publishedBy }: OwnPathways): boolean {
    const before = this.#own.get(tenant)?.length ?? 0;
    this.#own.set(tenant, versions);
    this.#publishedBy.set(tenant, publishedBy);
    return versions.length > before;
  }

  override find(id: string, version?: number): Pathway | undefined {
    return super.find(id, version) ?? (isOwn(id) ? [...this.#own.values()].flat().findLast((one) => matches(one, id, version)) : undefined);
  }

  /** The same, of those that agreements of this tenant may follow. */
  findFor(tenant: string, id: string, version?: number): Pathway | undefined {
    return super.find(id, version) ?? this.#own.get(tenant)?.findLast((one) => matches(one, id, version));
  }

  /** Who published this version of the tenant's own; undefined of what ships. */
  publisherOf(tenant: string, pathway: Pick<Pathway, 'id' | 'version'>): string | undefined {
    return this.#publishedBy.get(tenant)?.[nameOf(pathway)];
  }

  /** Every version that agreements of this tenant may follow: what ships first. */
  allFor(tenant: string): readonly Pathway[] {
    return [...this.all, ...(this.#own.get(tenant) ?? [])];
  }

  /** The version of this id that new agreements of this tenant begin on, on this day; an own one is in use from its publication. */
  inUseFor(tenant: string, id: string, day: CivilDate): Pathway | undefined {
    return super.inUse(id, day) ?? this.#own.get(tenant)?.findLast((one) => one.id === id);
  }

  /** That version of each of them. */
  allInUseFor(tenant: string, day: CivilDate): readonly Pathway[] {
    return this.allFor(tenant).filter((one) => this.inUseFor(tenant, one.id, day) === one);
  }
}

const matches = (one: Pathway, id: string, version: number | undefined): boolean => one.id === id && (version === undefined || one.version === version);

/** Every published pathway. */
export const pathways: PathwayShelf = new PathwayShelf(() =>
  shipped.pathways.map((name) => readPathway(json(`./documents/pathways/${name}.json`), `documents/pathways/${name}.json`)),
  sinceOf,
);

/** Every published route. */
export const routes: Shelf<Route> = new Shelf(() =>
  shipped.routes.map((name) => readRoute(json(`./documents/routes/${name}.json`), `documents/routes/${name}.json`)),
  sinceOf,
);

/** The bank holidays of the UK that are known here. */
export const holidays: HolidayCalendar = readHolidays(
  json('./calendars/uk-bank-holidays-2019-2027.json'),
  'gov.uk bank holidays 2019 to 2027, with Scotland’s 15 June 2026 added by royal proclamation; Open Government Licence v3.0',
);

/** The latest version of every published pathway, as the API and pages list them. */
export function publishedPathways(): readonly Pathway[] {
  return pathways.latest();
}
