import {
  above, type Agreement, appetiteFor, awaitsSeer, exceeds, grownSince, isNotTheirView, levels, openRisks, type Risk, type RiskDomain, type RiskSettings, type Score, scoreNow, type Statement, statementStands, topRisks, type Way, ways, weigh,
} from '@concordat/agreement/core';
import type { OwnRules } from '@concordat/agreement';
import { londonDay } from '@concordat/platform';
import type { Named } from './names.js';
import type { Form } from './sight.js';
import { codeOf, counted, dayOf, labelOf, roleOf, upper } from './words/say.js';

const most = 1_000;
const steps = [1, 2, 3, 4, 5] as const;

/** A score as a table says it, with its band, so that nothing hangs on colour. */
export function scored(score: Score | null, settings: RiskSettings) {
  if (score === null) return { words: 'not looked at yet', band: 'none' };
  const { product, band } = weigh(score, settings);
  return { words: `${product}, ${band} (${score.likelihood}\u00a0×\u00a0${score.impact})`, band };
}

/** What a page of risks needs to know. */
interface RiskReader extends OwnRules {
  readonly agreement: Agreement;
  readonly named: Named;
  readonly today: string;
  readonly form: Form;
}

/** A risk as a row of the table says it, each way it was looked at. */
const rowOf = (risk: Risk, { riskSettings, named }: Pick<RiskReader, 'riskSettings' | 'named'>) => ({
  id: risk.id,
  title: risk.title,
  bearers: upper(risk.bearers.map((bearer) => named.group(bearer)).join(', ')),
  owner: named.of(risk.owner),
  ways: ways.map((way) => ({ label: labelOf(undefined, way), ...scored(risk.scores[way], riskSettings) })),
});
const waysTitled = ways.map((way) => labelOf(undefined, way));

/** What a group is asked about: its risks as they stand, greatest first. */
export const risksAskedAbout = (statement: Statement, reader: Pick<RiskReader, 'agreement' | 'riskSettings' | 'named'>) =>
  ({ ways: waysTitled, risks: topRisks(reader.agreement, most).filter(({ id }) => statement.risks.includes(id)).map((risk) => rowOf(risk, reader)), rescore: false });

/** The risks of an agreement three ways and as they stand now, as a table and as maps, and what those say who carry them. */
export function riskShown({ agreement, riskSettings: settings, holidays, named, today, form }: RiskReader) {
  const open = topRisks(agreement, most);
  const shown = (risk: Risk) => {
    const awaits = awaitsSeer(risk, settings);
    return {
      ...rowOf(risk, { riskSettings: settings, named }),
      domain: domainOf(risk.domain, settings),
      levels: levels.map((level) => ({ label: labelOf(undefined, level), ...scored(risk.levels[level], settings) })),
      review: risk.reviewOn === null ? 'No day is set to look at it again' : `Looked at again by ${dayOf(risk.reviewOn)}`,
      above: liesAbove(risk, settings),
      awaits: awaits === null ? undefined : upper(roleOf(awaits.by)),
      seen: risk.seen === null ? undefined : `Seen by ${named.of(risk.seen.by)} (${roleOf(risk.seen.as)}) on ${dayOf(londonDay(new Date(risk.seen.at)))}, when it was ${risk.seen.band}`,
      rescore: form('rescore-risk', risk.id),
      lookAgain: form('review-risk', risk.id),
      acknowledge: form('acknowledge-risk', risk.id),
      control: form('add-control', risk.id),
      close: form('close-risk', risk.id),
    };
  };
  return {
    headline: headlineOf(open, settings),
    ways: waysTitled,
    levels: levels.map((level) => labelOf(undefined, level)),
    risks: open.map(shown),
    closed: agreement.risk.filter(({ closed }) => closed).map(({ title }) => title),
    maps: mapsOf(open, settings),
    statements: statementsShown({ agreement, holidays, named, today, form }),
  };
}

/** What a domain is called; its id where the organisation knows it no more. */
export const domainOf = (id: string, { domains }: RiskSettings): string => domains.find((domain) => domain.id === id)?.title ?? upper(id);

function liesAbove(risk: Risk, settings: RiskSettings): boolean {
  const score = scoreNow(risk);
  return score !== null && exceeds(weigh(score, settings).band, appetiteFor(risk.domain, settings));
}

function headlineOf(open: readonly Risk[], settings: RiskSettings): string {
  if (open.length === 0) return 'No risk is raised yet.';
  const above = open.filter((risk) => liesAbove(risk, settings)).length;
  const size = (risk: Risk, way: Way) => (risk.scores[way] === null ? undefined : weigh(risk.scores[way], settings).product);
  const worse = open.filter((risk) => (size(risk, 'co-produced') ?? 0) > (size(risk, 'professional-only') ?? Infinity)).length;
  const unseen = open.filter(({ scores }) => ways.some((way) => scores[way] === null)).length;
  return [
    `${above === 0 ? 'None' : above} of ${counted(open.length, 'open risk')} ${above <= 1 ? 'lies' : 'lie'} above the appetite`,
    ...(worse > 0 ? [`${worse} ${worse === 1 ? 'is' : 'are'} greater with people than by professionals alone`] : []),
    ...(unseen > 0 ? [`${unseen} ${unseen === 1 ? 'is' : 'are'} not looked at in every way yet`] : []),
  ].join('; ') + '.';
}

/**
 * A 5 × 5 map for each appetite that an open risk is measured by: likelihood downwards from 5, impact from 1. A cell says its
 * band and whether it lies above the line; where the line runs, the edge of the cell is drawn.
 */
function mapsOf(open: readonly Risk[], settings: RiskSettings) {
  const appetites = new Map<RiskDomain['appetite'], Risk[]>();
  for (const risk of open) {
    const appetite = appetiteFor(risk.domain, settings);
    appetites.set(appetite, [...(appetites.get(appetite) ?? []), risk]);
  }
  const above = (likelihood: number, impact: number, appetite: RiskDomain['appetite']) =>
    likelihood >= 1 && impact <= 5 && exceeds(weigh({ likelihood, impact }, settings).band, appetite);
  return [...appetites].map(([appetite, risks]) => ({
    appetite: codeOf(appetite).toLowerCase(),
    domains: [...new Set(risks.map(({ domain }) => domainOf(domain, settings)))].join('; '),
    rows: [...steps].reverse().map((likelihood) => ({
      likelihood,
      cells: steps.map((impact) => {
        const here = risks.filter((risk) => scoreNow(risk)?.likelihood === likelihood && scoreNow(risk)?.impact === impact);
        const isAbove = above(likelihood, impact, appetite);
        return {
          band: weigh({ likelihood, impact }, settings).band,
          above: isAbove,
          line: [
            ...(isAbove && impact > 1 && !above(likelihood, impact - 1, appetite) ? ['left'] : []),
            ...(isAbove && likelihood > 1 && !above(likelihood - 1, impact, appetite) ? ['bottom'] : []),
          ],
          risks: here.map(({ id }) => ({ number: open.findIndex((risk) => risk.id === id) + 1 })),
        };
      }),
    })),
  }));
}

const stands = { content: 'Content', 'content-if': 'Content if …', object: 'Objects', 'cannot-say': 'Cannot say', awaited: 'Awaited', 'asked-no-answer': 'Asked twice, no answer' } as const;

/** What groups who carry risks were asked and say. */
export function statementsShown({ agreement, holidays, named, today, form }: Omit<RiskReader, 'riskSettings'>) {
  return agreement.statements.map((statement: Statement) => {
    const now = statementStands(statement, { today, holidays });
    // Its words stand where it was said.
    const said = above(agreement) === null ? null : statement.from;
    const grown = grownSince(agreement, statement).map((risk) => named.of(risk));
    return {
      id: statement.id,
      group: named.code(statement.group),
      stage: named.said(statement.stage, 'stage'),
      risks: statement.risks.map((risk) => upper(named.of(risk))),
      asked: statement.askedOn.map(dayOf).join(' and '),
      how: statement.asks.map((ask) => `${named.group(ask.of)} (${named.group(ask.form)}${ask.because === null ? '' : `, because: ${ask.because.replace(/\.$/, '')}`})`).filter((one, at, all) => all.indexOf(one) === at).join('; '),
      stands: `${stands[now]}${isNotTheirView(agreement, statement) ? ', found not to be their word' : ''}${grown.length > 0 ? `, from before ${grown.join(' and ')} became as large as now` : ''}`,
      spoken: statement.spoken === null ? undefined : `Spoken by ${named.of(statement.spoken.by)}, written down by ${statement.spoken.by === statement.spoken.writtenBy ? 'themselves' : named.of(statement.spoken.writtenBy)}.`,
      waits: now === 'awaited',
      objection: statement.view === 'object',
      replied: statement.repliedTo,
      href: `/agreements/${said ?? agreement.id}/statements/${statement.id}`,
      reply: statement.view === 'object' && statement.reply === null ? form('reply-to-objection', statement.id) : undefined,
    };
  });
}

/** The risks that lie above the appetite, or did and were not seen since, for a paper. */
export function risksAbove(agreement: Agreement, settings: RiskSettings): readonly Risk[] {
  return topRisks(agreement, openRisks(agreement).length).filter((risk) => liesAbove(risk, settings) || awaitsSeer(risk, settings) !== null);
}
