import { type Actor, actingNow, may, type Person, rightMissing } from '@concordat/access/core';
import { accept, type Decision, type Fold, type Missing, type NewEvent, refuse, type Refusal } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { kept } from './lawful.js';
import type { Pathway } from './pathway.js';
import type { Route } from './route.js';

/** Every version of every pathway that one organisation published itself, oldest first. State of its `pathway-<tenant>` stream. */
export interface OwnPathways {
  readonly versions: readonly Pathway[];
  /** Who published each of them, by `nameOf`: a person, or the system by which it came along. */
  readonly publishedBy: Readonly<Record<string, string>>;
}

/** What a version is found by in `publishedBy`. */
export const nameOf = ({ id, version }: Pick<Pathway, 'id' | 'version'>): string => `${id}.v${version}`;

// An interface is no JSON to the compiler, although this one holds nothing else: the same members, as a type.
type Plain<T> = { readonly [K in keyof T]: T[K] extends object | undefined ? Plain<T[K]> : T[K] };

export type OwnPathwayEvents = {
  /** The whole document: what an agreement was asked can be read from the record alone. */
  'concordat.pathway.published.v1': { readonly pathway: Plain<Pathway> };
};
export type OwnPathwayEvent = { [T in keyof OwnPathwayEvents]: NewEvent<T, OwnPathwayEvents[T]> }[keyof OwnPathwayEvents];

export type PublishPathway = { readonly name: 'publish-pathway'; readonly pathway: Pathway };

/** The stream of what an organisation published itself. */
export const ownPathwaysStream = (tenant: string): string => `pathway-${tenant}`;

export const ownPathwaysFold: Fold<OwnPathways, OwnPathwayEvent> = {
  kind: 'pathway',
  number: 2,
  initial: { versions: [], publishedBy: {} },
  types: ['concordat.pathway.published.v1'],
  upcasts: {},
  // What another organisation published comes along in whichever order agreements do.
  evolve: ({ versions, publishedBy }, { data: { pathway }, meta }) => {
    const later = versions.findIndex(({ id, version }) => id === pathway.id && version > pathway.version);
    return { versions: versions.toSpliced(later === -1 ? versions.length : later, 0, pathway), publishedBy: { ...publishedBy, [nameOf(pathway)]: meta.actor } };
  },
};

/** Whether a pathway is an organisation's own: its id begins with the organisation's short name and a dot. */
export const isOwn = (id: string): boolean => id.includes('.');

const administrator = (what: string): Missing => ({ what, suppliedBy: 'administrator', by: 'publish-pathway' });

/** The number the next version of this pathway has. */
export const nextVersion = ({ versions }: Pick<OwnPathways, 'versions'>, id: string): number => (versions.findLast((one) => one.id === id)?.version ?? 0) + 1;

/** One thing an own pathway may not be, where it stands (a JSON pointer, RFC 6901), and by which code it is refused. */
export interface OwnProblem {
  readonly code: 'pathway.not-own' | 'pathway.version-not-next' | 'pathway.unbased' | 'pathway.weakens-law';
  readonly pointer: string;
  readonly detail: string;
}

/** What else is published: the organisation's short name, what ships, what of it new agreements begin on today, and every route. */
export interface Published {
  readonly slug: string;
  readonly shipped: (id: string, version: number) => Pathway | undefined;
  readonly inUse: (id: string) => Pathway | undefined;
  readonly routes: readonly Route[];
}

/** Whoever it is named after may publish the next version of what came along, and another agreement may bring that one: no document has two meanings. */
function notOwn(id: string, { versions }: Pick<OwnPathways, 'versions'>, prefix: string): string {
  if (!versions.some((one) => one.id === id)) return `Your own pathway begins with the short name of your organisation and a dot, such as “${prefix}home-care”.`;
  return `${id} came along from the organisation that it is named after. Publish yours as “${prefix}${id.slice(id.indexOf('.') + 1)}”, and move the agreements that follow ${id} to it with migrate-pathway.`;
}

/** Everything that keeps a whole document from being published as the organisation's own. Empty: it may be. */
export function problemsOfOwn(pathway: Pathway, own: Pick<OwnPathways, 'versions'>, { slug, shipped, inUse, routes }: Published): readonly OwnProblem[] {
  const prefix = `${slug}.`;
  const next = nextVersion(own, pathway.id);
  const base = pathway.basedOn && shipped(pathway.basedOn.id, pathway.basedOn.version);
  const followed = base && inUse(base.id);
  return [
    ...(pathway.id.startsWith(prefix) ? [] : [{ code: 'pathway.not-own', pointer: '/id', detail: notOwn(pathway.id, own, prefix) } as const]),
    ...(pathway.version === next ? [] : [{ code: 'pathway.version-not-next', pointer: '/version', detail: `A published version never changes: the next one of ${pathway.id} is ${next}.` } as const]),
    ...(base === undefined
      ? [{ code: 'pathway.unbased', pointer: '/basedOn', detail: 'Name the pathway that ships, and its version, whose lawful conditions this one keeps, such as {"id": "standard", "version": 2}.' } as const]
      : followed !== undefined && followed.version > base.version
        ? [{ code: 'pathway.unbased', pointer: '/basedOn/version', detail: `Version ${base.version} of ${base.id} is followed by version ${followed.version}, which may ask more by law: base this one on that.` } as const]
        : kept(pathway, base, routes).map((problem) => ({ code: 'pathway.weakens-law', ...problem }) as const)),
  ];
}

/** A pathway that an agreement follows that went from one organisation to another: what it asks is published where it goes on, once, under the name it has. */
export function bringsAlong({ versions }: Pick<OwnPathways, 'versions'>, pathway: Pathway, tenant: string): Decision<OwnPathwayEvent> {
  const known = versions.some(({ id, version }) => id === pathway.id && version === pathway.version);
  return known ? refuse(alreadyPublished) : accept({ stream: ownPathwaysStream(tenant), type: 'concordat.pathway.published.v1', data: { pathway } });
}

const alreadyPublished: Refusal = { code: 'already-so', asks: 'This version is not published yet.', missing: [] };

const says: Readonly<Record<OwnProblem['code'], string>> = {
  'pathway.not-own': 'An own pathway is named after its organisation.',
  'pathway.version-not-next': 'Versions are published in their order, each once.',
  'pathway.unbased': 'An own pathway names one that ships and is in use, whose lawful conditions it keeps.',
  'pathway.weakens-law': 'An own pathway asks what the law asks of the one it is based on, by its conditions and by the facts that show it, and of the routes it may take.',
};

/** `by` is the acting person as their stream stands now; a system actor has none and passes `initialPerson`. */
export function decidePathway(
  states: { readonly own: Pick<OwnPathways, 'versions'>; readonly by: Person },
  { pathway }: PublishPathway,
  context: Published & { readonly tenant: string; readonly actor: Actor; readonly today: CivilDate },
): Decision<OwnPathwayEvent> {
  if (!may(actingNow(context.actor, states.by), 'pathway.manage', {}, context.today)) return refuse(rightMissing('pathway.manage'));
  const same = states.own.versions.find(({ id, version }) => id === pathway.id && version === pathway.version);
  if (same !== undefined && canonical(same) === canonical(pathway)) return refuse(alreadyPublished);
  const problems = problemsOfOwn(pathway, states.own, context);
  const refusals: readonly Refusal[] = (Object.keys(says) as (keyof typeof says)[])
    .map((code) => ({ code, asks: says[code], missing: problems.filter((one) => one.code === code).map(({ pointer, detail }) => administrator(`${pointer}: ${detail}`)) }))
    .filter(({ missing }) => missing.length > 0);
  const [first, ...others] = refusals;
  if (first !== undefined) return refuse(first, ...others);
  return accept({ stream: ownPathwaysStream(context.tenant), type: 'concordat.pathway.published.v1', data: { pathway } });
}
