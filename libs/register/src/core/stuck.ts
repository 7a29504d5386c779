/** Why an open agreement counts as stuck on its way from engagement to co-production. */
export const stuckReasons = {
  'short-of-plan': 'In the last two stages it left with a plan, people had less voice, or did less, than was planned.',
  'standing-still': 'It has stood in the same stage for six months or more, and no service runs there on its contract.',
} as const;
/** One of them. */
export type StuckReason = keyof typeof stuckReasons;

/** In how many stages running people had less than was planned. */
export const stagesShort = 2;
/** For how many months an agreement stood in one stage. */
export const monthsStill = 6;
