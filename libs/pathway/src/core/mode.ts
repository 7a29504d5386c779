/** The four Cos of co-production (Bovaird & Loeffler 2012), and none. */
export const modes = ['co-commissioning', 'co-design', 'co-delivery', 'co-assessment', 'none'] as const;
/** What a stage is about. */
export type Mode = (typeof modes)[number];

/** What each of the four Cos is made of, in the words of the paper. Co-design is of one piece. */
export const subTypesOf = {
  'co-commissioning': ['co-planning', 'co-prioritisation', 'co-financing'],
  'co-design': [],
  'co-delivery': ['co-managing', 'co-performing'],
  'co-assessment': ['co-monitoring', 'co-evaluation'],
  none: [],
} as const satisfies Record<Mode, readonly string[]>;
/** One part of a mode. */
export type SubType = (typeof subTypesOf)[Mode][number];
/** Every part of every mode. */
export const subTypes = Object.values(subTypesOf).flat() as readonly SubType[];
