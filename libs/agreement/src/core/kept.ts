/**
 * `tell`, told once for as long as the thing it is told of is the same object, and all else that is asked with it. State never changes: a thousand
 * people may have spoken, of whom many conditions of one gate ask much the same, and where nobody said more it stays so.
 */
export function kept<T extends object, On extends readonly unknown[], Told>(tell: (thing: T, ...on: On) => Told): (thing: T, ...on: On) => Told {
  const known = new WeakMap<T, { readonly on: On; readonly told: Told }>();
  return (thing, ...on) => {
    const before = known.get(thing);
    if (before !== undefined && before.on.length === on.length && before.on.every((one, at) => one === on[at])) return before.told;
    const told = tell(thing, ...on);
    known.set(thing, { on, told });
    return told;
  };
}
