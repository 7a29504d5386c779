/** Nothing is said of fewer people than this without their agreement (1-product, section 5). */
export const fewest = 5;

/** So many people under one name. `agreed`: they agreed to be counted however few they are. */
export interface Part {
  readonly name: string;
  readonly people: number;
  readonly agreed: boolean;
}

/** The same as a provider or the public sees it; `null`: one to four people, who did not agree. */
export interface SmallNumbersKept<P extends Part> {
  readonly parts: readonly (Omit<P, 'people'> & { readonly people: number | null })[];
  /** `null` where it would give away a part, or how few people stand in one part alone or in two at once. */
  readonly total: number | null;
}

/** So few that nothing is said of them. */
export const isSmall = (people: number): boolean => people > 0 && people < fewest;

/** How many readers outside were told last, of what is counted anew from time to time; null of what was never counted. `doing`: by activity of people, and by group of the last that it took off the record; `inTheWhole`: what was told of the whole this was split from, by group of what people do. */
export interface CountsTold {
  readonly exit: number | null;
  readonly staff: number | null;
  readonly doing: Readonly<Record<string, number>>;
  readonly inTheWhole: { readonly exit: boolean; readonly staff: boolean; readonly doing: readonly string[] };
}
export const initialCountsTold: CountsTold = { exit: null, staff: null, doing: {}, inTheWhole: { exit: false, staff: false, doing: [] } };

/** Whether two counts of the same, one told after the other, would tell of few. Of one that is not said a reader knows only that it is below five, so it is held against the other as four. */
export function tellOfFewTogether(before: number, now: number): boolean {
  const known = (people: number): number => (isSmall(people) ? fewest - 1 : people);
  return isSmall(Math.abs(known(now) - known(before)));
}

/** What they are told of a count that was told before: that one, unless at least five people part the two. One number today and another tomorrow would tell of whoever came or left between. */
export const toldAnew = (before: number | null | undefined, now: number): number => (typeof before === 'number' && tellOfFewTogether(before, now) ? before : now);

/**
 * Counts for readers who are not of the organisation. A part of fewer than five is not said, and neither is the total from
 * which it could be worked out: every number that is left is a part, or the sum of parts that are all said. `total` counts
 * each person once. Where it is less than the sum it is not said: less a part, it would tell how many stand in the others alone.
 */
export function keepSmallNumbers<P extends Part>(parts: readonly P[], total: number): SmallNumbersKept<P> {
  const said = (part: P): boolean => part.agreed || !isSmall(part.people);
  const sum = parts.reduce((all, { people }) => all + people, 0);
  return {
    parts: parts.map((part) => ({ ...part, people: said(part) ? part.people : null })),
    total: parts.every(said) && !isSmall(total) && total === sum ? total : null,
  };
}
