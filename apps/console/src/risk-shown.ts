import { type Agreement, type Band, type Risk, type Score, type Statement, statementStands, topRisks, type Way, ways, weigh } from '@concordat/agreement/core';
import { holidays } from '@concordat/pathway';
import type { Named } from './names.js';
import { codeOf, counted, dayOf, labelOf, upper } from './words/say.js';

const most = 1_000;
const steps = [1, 2, 3, 4, 5] as const;
// 8 is where "high" begins: what stands on or above the line asks for a word of the decision-maker.
const appetite = 8;

function scored(score: Score | null) {
  if (score === null) return { words: 'not looked at yet', band: 'none' };
  const { product, band } = weigh(score);
  return { words: `${product}, ${band} (${score.likelihood} × ${score.impact})`, band };
}

/** The risks of an agreement three ways, as a table and as a map, and what those say who carry them. */
export function riskShown(agreement: Agreement, named: Named, today: string) {
  const base = `/agreements/${agreement.id}/do`;
  const open = topRisks(agreement, most);
  const shown = (risk: Risk) => ({
    id: risk.id,
    title: risk.title,
    bearers: risk.bearers.map((bearer) => codeOf(bearer)).join(', '),
    owner: named.of(risk.owner),
    ways: ways.map((way) => ({ label: labelOf(undefined, way), ...scored(risk.scores[way]) })),
    rescore: `${base}/rescore-risk?about=${risk.id}`,
    close: `${base}/close-risk?about=${risk.id}`,
  });
  return {
    headline: headlineOf(open),
    ways: ways.map((way) => labelOf(undefined, way)),
    risks: open.map(shown),
    closed: agreement.risk.filter(({ closed }) => closed).map(({ title }) => title),
    map: mapOf(open, 'co-produced'),
    statements: statementsShown(agreement, named, today),
  };
}

function headlineOf(open: readonly Risk[]): string {
  if (open.length === 0) return 'No risk is raised yet.';
  const band = (risk: Risk, way: Way): Band | undefined => (risk.scores[way] === null ? undefined : weigh(risk.scores[way]).band);
  const high = open.filter((risk) => ['high', 'extreme'].includes(band(risk, 'co-produced') ?? '')).length;
  const size = (risk: Risk, way: Way) => (risk.scores[way] === null ? undefined : weigh(risk.scores[way]).product);
  const worse = open.filter((risk) => (size(risk, 'co-produced') ?? 0) > (size(risk, 'professional-only') ?? Infinity)).length;
  const unseen = open.filter(({ scores }) => ways.some((way) => scores[way] === null)).length;
  return [
    `${high} of ${counted(open.length, 'open risk')} ${high === 1 ? 'is' : 'are'} high or extreme as planned with people`,
    ...(worse > 0 ? [`${worse} ${worse === 1 ? 'is' : 'are'} greater so than by professionals alone`] : []),
    ...(unseen > 0 ? [`${unseen} ${unseen === 1 ? 'is' : 'are'} not looked at in every way yet`] : []),
  ].join('; ') + '.';
}

/** A 5 × 5 map as a table: likelihood downwards from 5, impact from 1; every cell says its band, so that nothing hangs on colour. */
function mapOf(open: readonly Risk[], way: Way) {
  return [...steps].reverse().map((likelihood) => ({
    likelihood,
    cells: steps.map((impact) => {
      const { product, band } = weigh({ likelihood, impact });
      const here = open.filter(({ scores }) => scores[way]?.likelihood === likelihood && scores[way].impact === impact);
      return { band, product, above: product >= appetite, risks: here.map(({ id }) => ({ number: open.findIndex((risk) => risk.id === id) + 1 })) };
    }),
  }));
}

const stands = { content: 'Content', 'content-if': 'Content if …', object: 'Objects', 'cannot-say': 'Cannot say', awaited: 'Awaited', 'asked-no-answer': 'Asked twice, no answer' } as const;

/** What groups who carry risks were asked and say. */
export function statementsShown(agreement: Agreement, named: Named, today: string) {
  return agreement.statements.map((statement: Statement) => {
    const now = statementStands(statement, { today, holidays });
    return {
      id: statement.id,
      group: codeOf(statement.group),
      stage: named.said(statement.stage, 'stage'),
      risks: statement.risks.map((risk) => upper(named.of(risk))),
      asked: statement.askedOn.map(dayOf).join(' and '),
      stands: stands[now],
      waits: now === 'awaited',
      objection: statement.view === 'object',
      replied: statement.repliedTo,
      href: `/agreements/${agreement.id}/statements/${statement.id}`,
      reply: statement.view === 'object' && statement.reply === null ? `/agreements/${agreement.id}/do/reply-to-objection?about=${statement.id}` : undefined,
    };
  });
}
