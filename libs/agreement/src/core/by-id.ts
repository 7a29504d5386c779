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

/** All of these lists in one. Not `flat()` or `flatMap()`, which go thing by thing: of a thousand that alone takes half as long as a decision may. */
export function together<T>(lists: readonly (readonly T[])[]): readonly T[] {
  return ([] as T[]).concat(...lists);
}

const aShelf = 32;
const heaps = 64;

/** None of them. */
export const noneById: ById<never> = { shelves: [], places: Array.from({ length: heaps }, () => []) };

// The last two digits of a UUID are as good as random; of an id that has fewer, NaN counts as 0.
const heapOf = (id: string): number => (31 * id.charCodeAt(id.length - 1) + id.charCodeAt(id.length - 2)) & (heaps - 1);

/** The one that stands there among all of them. */
export function at<T extends { readonly id: string }>({ shelves }: ById<T>, place: number): T | undefined {
  return shelves[Math.floor(place / aShelf)]?.[place % aShelf];
}

/** Where the one with this id stands among all of them. */
export function placeOf<T extends { readonly id: string }>(things: ById<T>, id: string): number | undefined {
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
  return together(shelves);
}

/** All of them without this one. */
export function withoutById<T extends { readonly id: string }>(things: ById<T>, id: string): ById<T> {
  return allById(things)
    .filter((thing) => thing.id !== id)
    .reduce<ById<T>>(putById, noneById);
}

/**
 * What `tell` says of what never changes of each of them, in the order they came, told once, and when it is asked for. A heap is the same object
 * until something new comes into it, so that of a thousand things few are told anew when one is added, and none when they change.
 */
export function toldOnce<T extends { readonly id: string }, On extends readonly unknown[], Told>(tell: (thing: T, ...on: On) => Told): (things: ById<T>, ...on: On) => readonly (() => Told)[] {
  type Tellers = readonly (() => Told)[];
  const known = new WeakMap<readonly unknown[], { readonly on: On; readonly told: Tellers }>();
  const knownOf = (places: readonly unknown[], on: On): Tellers | undefined => {
    const before = known.get(places);
    return before?.on.every((one, n) => one === on[n]) === true ? before.told : undefined;
  };
  const keep = (places: readonly unknown[], on: On, told: Tellers): Tellers => {
    known.set(places, { on, told });
    return told;
  };
  const teller = (thing: T, on: On): (() => Told) => {
    let told: { readonly is: Told } | undefined;
    return () => (told ??= { is: tell(thing, ...on) }).is;
  };
  const tellersOf = (things: ById<T>, on: On): Tellers => {
    const all = new Array<() => Told>(things.shelves.reduce((size, { length }) => size + length, 0));
    for (const heap of things.places) {
      const told = knownOf(heap, on) ?? keep(heap, on, heap.map((place) => teller(at(things, place)!, on)));
      for (let n = 0; n < heap.length; n += 1) all[heap[n]!] = told[n]!;
    }
    return all;
  };
  return (things, ...on) => knownOf(things.places, on) ?? keep(things.places, on, tellersOf(things, on));
}
