import type { JsonObject } from '@concordat/platform/core';
import { type AccountedRow, ofTheErased, type ParticipationReport, type SentLine } from './participation-import.store.js';

/**
 * What became of an export once its lines were answered. `notRecorded`: the results of those that nothing came of, by their number from
 * 1. An entry of which no line was recorded is here already, or left out with why; a line that waits still counts as it was read.
 */
export function asItCame(report: ParticipationReport, lines: readonly SentLine[], notRecorded: ReadonlyMap<number, JsonObject>): ParticipationReport {
  const numbered = lines.map((line, at) => ({ ...line, result: notRecorded.get(at + 1) }));
  const came = numbered.filter(({ result }) => result === undefined);
  const gone = [...new Map(numbered.map((line) => [line.row, line])).values()].filter(({ row }) => !came.some((line) => line.row === row));
  const settled = gone.map(({ row }): AccountedRow => {
    const whys = numbered.flatMap((line) => (line.row === row && line.result !== undefined ? [whyOf(line.result)] : []));
    const why = whys.find((one) => one !== null) ?? null;
    return { row, source: null, is: why === null ? 'duplicate' : 'left-out', why };
  });
  const are = (is: AccountedRow['is']): number => settled.filter((one) => one.is === is).length;
  const were = (is: SentLine['is']): number => gone.filter((one) => one.is === is).length;
  const taken = report.taken - were('taken');
  return {
    ...report,
    taken,
    joined: report.joined - were('joined'),
    duplicates: report.duplicates + are('duplicate'),
    leftOut: report.leftOut + are('left-out'),
    unnamed: came.filter(({ named }) => !named).length,
    coAuthors: came.length - taken,
    items: [...report.items.filter(({ row }) => !settled.some((one) => one.row === row)), ...settled.filter(({ why }) => why !== ofTheErased)].toSorted((a, b) => a.row - b.row),
  };
}

/** Why nothing came of a line; null where what it says was here already. */
function whyOf(result: JsonObject): string | null {
  const refusals = (result['refusals'] ?? []) as { readonly code: string; readonly asks: string }[];
  if (result['code'] === 'vault.erased' || refusals.some(({ code }) => code === 'participant.erased')) return ofTheErased;
  const [first] = refusals.filter(({ code }) => code !== 'already-so');
  if (first === undefined && refusals.length > 0) return null;
  return first?.asks ?? (typeof result['detail'] === 'string' ? result['detail'] : 'Nothing was answered to it.');
}
