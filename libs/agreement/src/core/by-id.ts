/**
 * Many things by their ids, in the order they came. One is found, added or changed without going through the rest, so that
 * a command costs the same on an agreement with ten contributions and with a thousand. Plain JSON, as snapshots keep it.
 */
export interface ById<T extends { readonly id: string }> {
  /** All of them in order, so many a shelf. */
  readonly shelves: readonly (readonly T[])[];
  /** Where each stands, in heaps by the end of its id. */
  readonly places: readonly (readonly number[])[];
}

const aShelf = 32;
const heaps = 64;

/** None of them. */
export const noneById: ById<never> = { shelves: [], places: Array.from({ length: heaps }, () => []) };

// The last two digits of a UUID are as good as random; of an id that has fewer, NaN counts as 0.
const heapOf = (id: string): number => (31 * id.charCodeAt(id.length - 1) + id.charCodeAt(id.length - 2)) & (heaps - 1);

function at<T extends { readonly id: string }>({ shelves }: ById<T>, place: number): T | undefined {
  return shelves[Math.floor(place / aShelf)]?.[place % aShelf];
}

function placeOf<T extends { readonly id: string }>(things: ById<T>, id: string): number | undefined {
  return things.places[heapOf(id)]?.find((place) => at(things, place)?.id === id);
}

/** The one with this id. */
export function oneById<T extends { readonly id: string }>(things: ById<T>, id: string): T | undefined {
  const place = placeOf(things, id);
  return place === undefined ? undefined : at(things, place);
}

/** All of them with this one, at the end or in the place of the one that had its id. */
export function putById<T extends { readonly id: string }>(things: ById<T>, thing: T): ById<T> {
  const { shelves, places } = things;
  const place = placeOf(things, thing.id);
  if (place !== undefined) {
    const shelf = Math.floor(place / aShelf);
    return { places, shelves: shelves.with(shelf, (shelves[shelf] ?? []).with(place % aShelf, thing)) };
  }
  const last = shelves.at(-1) ?? [];
  const full = last.length === 0 || last.length === aShelf;
  const size = full ? shelves.length * aShelf : (shelves.length - 1) * aShelf + last.length;
  const heap = heapOf(thing.id);
  return {
    shelves: full ? [...shelves, [thing]] : shelves.with(-1, [...last, thing]),
    places: places.with(heap, [...(places[heap] ?? []), size]),
  };
}

/** All of them in the order they came. */
export function allById<T extends { readonly id: string }>({ shelves }: ById<T>): readonly T[] {
  // Not `flat()`, which calls back for each of them: of a thousand that alone takes longer than a decision may.
  return ([] as T[]).concat(...shelves);
}

/** All of them without this one. */
export function withoutById<T extends { readonly id: string }>(things: ById<T>, id: string): ById<T> {
  return allById(things)
    .filter((thing) => thing.id !== id)
    .reduce<ById<T>>(putById, noneById);
}

/**
 * For each of them, in no order, what `tell` says of what never changes of it. Told once: a heap is the same object until something new
 * comes into it, so that of a thousand things a few are told anew when one is added, and none when they change.
 */
export function toldOnce<T extends { readonly id: string }, On extends readonly unknown[], Told>(tell: (thing: T, ...on: On) => Told): (things: ById<T>, each: (thing: T, told: Told) => void, ...on: On) => void {
  const known = new WeakMap<readonly number[], { readonly on: On; readonly told: readonly Told[] }>();
  return (things, each, ...on) => {
    for (const heap of things.places) {
      const before = known.get(heap);
      const told = before?.on.every((one, n) => one === on[n]) === true ? before.told : heap.map((place) => tell(at(things, place)!, ...on));
      if (told !== before?.told) known.set(heap, { on, told });
      heap.forEach((place, n) => each(at(things, place)!, told[n]!));
    }
  };
}
