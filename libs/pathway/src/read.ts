import type { z } from 'zod';
import type { Pathway, Route } from './core/index.js';
import { tiers } from './core/index.js';
import { pathwayShape, routeShape } from './schema.js';

/** One thing wrong in a document: where (a JSON pointer, RFC 6901; empty for the whole), and what to change. */
export interface DocumentProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** A document that cannot be used, with everything that is wrong in it. */
export class InvalidDocument extends Error {
  constructor(
    readonly document: string,
    readonly problems: readonly DocumentProblem[],
  ) {
    super(`${document} cannot be used:\n${problems.map(({ pointer, detail }) => `  ${pointer || '(the whole)'}: ${detail}`).join('\n')}`);
    this.name = 'InvalidDocument';
  }
}

type Place = readonly PropertyKey[];
interface Found {
  readonly at: Place;
  readonly detail: string;
}

function pointerTo(place: Place): string {
  return place.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

// The checks below walk a document whose shape may be wrong too, so that one reading names everything at once.
function members(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function repeated(values: readonly unknown[], at: (index: number) => Place, what: string): readonly Found[] {
  return values.flatMap((value, index) =>
    typeof value === 'string' && values.indexOf(value) < index ? [{ at: at(index), detail: `The ${what} “${value}” stands here a second time.` }] : [],
  );
}

function problemsOfGate(stage: unknown, index: number, stageIds: readonly unknown[]): readonly Found[] {
  const conditions = items(members(members(stage).gate).conditions);
  const at = ['stages', index, 'gate', 'conditions'] as const;
  const codes = conditions.map((condition) => members(condition).code);
  return [
    ...repeated(codes, (condition) => [...at, condition, 'code'], 'condition'),
    ...conditions.flatMap((condition, position) => {
      const asked = Object.entries(members(members(condition).tiers));
      const unasked = asked.length > 0 ? [] : [{ at: [...at, position, 'tiers'], detail: 'This condition is asked in no tier: name one, or leave the condition out.' }];
      const misplaced = asked.flatMap(([tier, parameters]) =>
        items(members(parameters).stages).flatMap((named, place) => {
          const where = [...at, position, 'tiers', tier, 'stages', place];
          const stands = stageIds.indexOf(named);
          if (stands < 0) return [{ at: where, detail: `This pathway has no stage “${String(named)}”; it has ${stageIds.join(', ')}.` }];
          return stands > index ? [{ at: where, detail: `The stage “${String(named)}” comes only after this gate.` }] : [];
        }),
      );
      return [...unasked, ...misplaced];
    }),
  ];
}

function problemsOfPathway(json: unknown): readonly Found[] {
  const pathway = members(json);
  const stages = items(pathway.stages);
  const stageIds = stages.map((stage) => members(stage).id);
  const last = stages.length - 1;
  const lastAsks = items(members(members(stages[last]).gate).conditions).map((condition) => members(members(condition).tiers));
  const silent = stages.length === 0 ? [] : tiers.filter((tier) => !lastAsks.some((asked) => tier in asked));
  const [small, standard] = [members(members(pathway.tiers).small).upTo, members(members(pathway.tiers).standard).upTo];
  return [
    ...repeated(stageIds, (index) => ['stages', index, 'id'], 'stage'),
    ...stages.flatMap((stage, index) => problemsOfGate(stage, index, stageIds)),
    ...silent.map((tier) => ({
      at: ['stages', last, 'gate', 'conditions'],
      detail: `The last gate closes the agreement: it must ask something in every tier, and asks nothing in tier ${tier}.`,
    })),
    ...(typeof small === 'number' && typeof standard === 'number' && small >= standard
      ? [{ at: ['tiers', 'standard', 'upTo'], detail: 'The standard tier must reach further than the small one.' }]
      : []),
    ...(stages.some((stage) => members(members(stage).gate).preliminary === true) && items(pathway.coming).length === 0
      ? [{ at: ['coming'], detail: 'A pathway with a preliminary gate says what a later version will ask.' }]
      : []),
  ];
}

function sourcesIn(json: unknown): readonly { readonly cites: string; readonly mark: unknown }[] {
  if (json === null || typeof json !== 'object') return [];
  const { cites, mark } = members(json);
  return typeof cites === 'string' ? [{ cites, mark }] : Object.values(json).flatMap(sourcesIn);
}

function problemsOfRoute(json: unknown): readonly Found[] {
  const route = members(json);
  const unread = [...new Set(sourcesIn(json).filter(({ mark }) => mark === 'practice' || mark === 'check').map(({ cites }) => cites))];
  const unverified = items(route.unverified).map(String);
  return [
    ...repeated(items(route.clocks).map((clock) => members(clock).id), (index) => ['clocks', index, 'id'], 'clock'),
    ...items(route.clocks).flatMap((clock, index) => {
      const { notice, bound, unit } = members(clock);
      if (notice === undefined) return [];
      const known = items(route.notices).some((one) => members(one).code === notice);
      return known && bound === 'within' && unit === 'days' ? [] : [{ at: ['clocks', index, 'notice'], detail: 'A notice of this route stops it, within so many days.' }];
    }),
    ...repeated(items(route.notices).map((notice) => members(notice).code), (index) => ['notices', index, 'code'], 'notice'),
    ...unread
      .filter((cites) => !unverified.some((says) => says.startsWith(cites)))
      .map((cites) => ({ at: ['unverified'], detail: `“${cites}” was not read in a text: say so here, in a sentence that begins with it.` })),
    ...unverified.flatMap((says, index) =>
      unread.some((cites) => says.startsWith(cites)) ? [] : [{ at: ['unverified', index], detail: 'No source here that is marked practice or check begins this sentence.' }],
    ),
  ];
}

function read<T>(shape: z.ZodType<T>, crossCheck: (json: unknown) => readonly Found[], json: unknown, name: string): T {
  const parsed = shape.safeParse(json);
  const found = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => ({ at: path, detail: message })),
    ...crossCheck(json),
  ];
  if (!parsed.success || found.length > 0) {
    throw new InvalidDocument(name, found.map(({ at, detail }) => ({ pointer: pointerTo(at), detail })));
  }
  return parsed.data;
}

/**
 * A pathway from JSON. `name` stands in the message.
 * @throws InvalidDocument with every problem of shape and sense at once.
 */
export function readPathway(json: unknown, name = 'The pathway'): Pathway {
  return read(pathwayShape, problemsOfPathway, json, name);
}

/**
 * A route from JSON. `name` stands in the message.
 * @throws InvalidDocument with every problem of shape and sense at once.
 */
export function readRoute(json: unknown, name = 'The route'): Route {
  return read(routeShape, problemsOfRoute, json, name);
}
