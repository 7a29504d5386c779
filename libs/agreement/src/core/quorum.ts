/** How many of those asked must grant: a number, a share in percent (rounded up), or all of them, one after the other. */
export type Quorum = { readonly is: 'at-least'; readonly least: number } | { readonly is: 'percent'; readonly percent: number } | { readonly is: 'in-order' };

/** Several people asked for one sign-off. */
export type Panel = {
  /** Person ids; for `in-order` in their order. */
  readonly of: readonly string[];
  readonly quorum: Quorum;
  /** Those whose refusal alone refuses; nothing is granted before each of them has spoken. */
  readonly veto: readonly string[];
};

/** How many may refuse without it being refused. */
export const spare = (panel: Panel): number => panel.of.length - needed(panel);

/** One answer, and whose place it was given in. */
export interface Vote {
  readonly member: string;
  readonly is: 'granted' | 'refused';
}

/** How many grants it takes. */
export function needed({ of, quorum }: Panel): number {
  switch (quorum.is) {
    case 'at-least':
      return quorum.least;
    case 'percent':
      return Math.ceil((of.length * quorum.percent) / 100);
    case 'in-order':
      return of.length;
  }
}

/**
 * What the answers so far come to: refused by a veto, or as soon as the quorum is out of reach; granted by a quorum once everyone who has
 * a veto has spoken, so that nothing hangs on who is quickest. One vote decides where one was asked.
 */
export function tally(panel: Panel | null, votes: readonly Vote[]): 'awaited' | 'granted' | 'refused' {
  if (panel === null) return votes.at(-1)?.is ?? 'awaited';
  const refused = votes.filter(({ is }) => is === 'refused');
  const granted = votes.length - refused.length;
  if (refused.some(({ member }) => panel.veto.includes(member))) return 'refused';
  if (granted >= needed(panel)) return panel.veto.every((member) => votes.some((vote) => vote.member === member)) ? 'granted' : 'awaited';
  return panel.of.length - refused.length < needed(panel) ? 'refused' : 'awaited';
}

/** Whose turn it is; `null` where nobody has to wait for another. */
export function nextInOrder(panel: Panel, votes: readonly Vote[]): string | null {
  return panel.quorum.is === 'in-order' ? (panel.of.find((member) => !votes.some((vote) => vote.member === member)) ?? null) : null;
}
