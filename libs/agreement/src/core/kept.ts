/**
 * `tell`, told once for the same stages for as long as the first of `on` is held and the others are the same objects. State never changes: a
 * thousand people may have spoken, of whom many conditions of one gate ask much the same, and until somebody says more it stays so.
 */
export function kept<On extends readonly [object, ...object[]], T>(tell: (stages: readonly string[] | undefined, ...on: On) => T): (stages: readonly string[] | undefined, ...on: On) => T {
  const told = new WeakMap<object, Map<string, { readonly on: On; readonly told: T }>>();
  return (stages, ...on) => {
    const byStages = told.get(on[0]) ?? new Map<string, { readonly on: On; readonly told: T }>();
    const asked = stages?.join() ?? '';
    const before = byStages.get(asked);
    if (before !== undefined && before.on.every((one, at) => one === on[at])) return before.told;
    const now = tell(stages, ...on);
    told.set(on[0], byStages.set(asked, { on, told: now }));
    return now;
  };
}
