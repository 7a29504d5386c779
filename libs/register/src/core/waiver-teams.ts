/** A waiver that was given, as far as it decides which are counted together. `givenAt` is ISO 8601 in UTC. */
export interface WaiverOfTeam {
  readonly condition: string;
  readonly team: string;
  readonly countsWith: readonly string[];
  readonly givenAt: string;
}

/** How many waivers of one condition were given to one team: under its latest name, with those that it had when others were given. */
export interface WaiverCount {
  readonly condition: string;
  readonly team: string;
  readonly alsoCalled: readonly string[];
  readonly count: number;
  readonly lastGivenAt: string;
}

/**
 * The most given first. Two waivers of one condition that share anything by which they are told are of one team, and so are those that
 * are linked by others: a name alone is changed in a moment.
 */
export function countByTeam(given: readonly WaiverOfTeam[]): readonly WaiverCount[] {
  const teams = new Set<{ readonly waivers: readonly WaiverOfTeam[]; readonly told: ReadonlySet<string> }>();
  for (const waiver of given) {
    const told = waiver.countsWith.map((by) => `${waiver.condition} ${by}`);
    const same = [...teams].filter((team) => told.some((by) => team.told.has(by)));
    for (const team of same) teams.delete(team);
    teams.add({ waivers: [...same.flatMap(({ waivers }) => waivers), waiver], told: new Set([...same.flatMap((team) => [...team.told]), ...told]) });
  }
  return [...teams].map(({ waivers }) => countOf(waivers)).sort((a, b) => b.count - a.count || (`${a.condition} ${a.team}` < `${b.condition} ${b.team}` ? -1 : 1));
}

function countOf(waivers: readonly WaiverOfTeam[]): WaiverCount {
  const [last, ...before] = waivers.toSorted((a, b) => (a.givenAt < b.givenAt ? 1 : -1)) as [WaiverOfTeam, ...WaiverOfTeam[]];
  const { condition, team, givenAt } = last;
  return { condition, team, alsoCalled: [...new Set(before.map((one) => one.team))].filter((name) => name !== team), count: waivers.length, lastGivenAt: givenAt };
}
