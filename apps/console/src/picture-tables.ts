import { asCsv, type Column } from '@concordat/register';
import type { ladderOf } from './involvement-shown.js';
import type { pathwayMap } from './pathway-map.js';
import type { riskShown } from './risk-shown.js';

/** What keeps words together on a page is a plain space in a file. */
const text = <Row>(heading: string, of: (row: Row) => string | undefined): Column<Row> => ({ heading, width: 30, kind: 'text', of: (row) => of(row)?.replaceAll('\u00a0', ' ') ?? null });
const count = <Row>(heading: string, of: (row: Row) => number | undefined): Column<Row> => ({ heading, width: 10, kind: 'count', of: (row) => of(row) ?? null });

type StageOnMap = ReturnType<typeof pathwayMap>['stages'][number];
type StageOnLadder = ReturnType<typeof ladderOf>['stages'][number];
type RiskInTable = ReturnType<typeof riskShown>['risks'][number];

/** The map of a pathway as CSV, a row a stage. */
export const pathwayAsCsv = ({ stages }: { readonly stages: readonly StageOnMap[] }): string =>
  asCsv<StageOnMap>([text('Stage', ({ title }) => title), text('Its gate', ({ says }) => says), text('Entered', ({ entered }) => entered), text('Left', ({ left }) => left), text('What its gate asks', ({ asks }) => asks.map(({ says }) => says).join(' '))], stages);

/** Say and Do over the stages as CSV: what is reached, and what is planned. */
export const ladderAsCsv = ({ stages }: { readonly stages: readonly StageOnLadder[] }): string =>
  asCsv<StageOnLadder>(
    [
      text('Stage', ({ title }) => title),
      count('Say', ({ say }) => say),
      count('Say planned', ({ plan }) => plan?.say),
      count('Do', (stage) => stage.do),
      count('Do planned', ({ plan }) => plan?.do),
      count('People', ({ people }) => people),
      count('People planned', ({ plan }) => plan?.people),
      text('Groups', ({ plan }) => plan?.groups),
    ],
    stages,
  );

/** The risks three ways, and how large they are now, as CSV. */
export const risksAsCsv = ({ ways, levels, risks }: { readonly ways: readonly string[]; readonly levels: readonly string[]; readonly risks: readonly RiskInTable[] }): string =>
  asCsv<RiskInTable>(
    [
      text('Risk', ({ title }) => title),
      text('Domain', ({ domain }) => domain),
      text('Who carries it', ({ bearers }) => bearers),
      text('Who answers for it', ({ owner }) => owner),
      ...ways.map((way, at) => text<RiskInTable>(way, (risk) => risk.ways[at]?.words)),
      ...levels.map((level, at) => text<RiskInTable>(level, (risk) => risk.levels[at]?.words)),
    ],
    risks,
  );
