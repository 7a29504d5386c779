import type { Missing } from '@concordat/journal/core';
import type { Agreement } from './agreement.js';
import { objectionsOpen, whatTheObjectionWaitsFor } from './objection.js';
import { topRisks } from './risk.js';
import { carriedBy, isNotTheirView, type Statement, statementStands, toAsk, unspokenOf } from './statement.js';
import type { Conditions, Context } from './topic.js';

// Have those who carry a risk had their say, and has whoever objected been answered? What gates ask of both.

/** What one statement still waits for; nothing where the group answered, or was asked and stayed silent. */
function whatItWaitsFor(statement: Statement, context: Context): readonly Missing[] {
  const { id, group, askedOn } = statement;
  switch (statementStands(statement, context)) {
    case 'awaited':
      return [
        { what: `the statement of ${group}: ${id}`, suppliedBy: group, by: 'record-statement' },
        ...(askedOn.length < 2 ? [toAsk(`a second ask of ${group}: ${id}`)] : []),
      ];
    case 'object':
      return whatTheObjectionWaitsFor(statement);
    default:
      return [];
  }
}

/** What the groups that were asked about this risk are still to say in this stage, and what their objections to it in any wait for. */
export function wordAwaitedOn(agreement: Agreement, risk: string, context: Context): readonly Missing[] {
  const about = agreement.statements.filter(({ risks, stage, view }) => risks.includes(risk) && (stage === agreement.stage || view === 'object'));
  return about.flatMap((statement) => whatItWaitsFor(statement, context));
}

export const conditions = {
  // Group by group: those who carry a risk are asked once, about all of the top risks they carry.
  'risk.statements-sought': (agreement, { top, inAnyStage }, context) => {
    const risks = topRisks(agreement, top);
    const groups = [...new Set(risks.flatMap(({ bearers }) => bearers))];
    const counts = (statement: Statement) => statement.stage === agreement.stage || (inAnyStage === true && statementStands(statement, context) !== 'awaited');
    return groups.flatMap((group) => {
      const statements = agreement.statements.filter((statement) => statement.group === group && counts(statement));
      const theirs = statements.filter((statement) => !isNotTheirView(agreement, statement));
      const about = (risk: string) => theirs.filter((statement) => statement.risks.includes(risk));
      const unasked = unspokenOf(agreement, carriedBy(risks, group), theirs);
      const notTheirs = theirs.length < statements.length ? ', anew: whoever spoke for them turns out to have asked, or to work for a provider' : '';
      const why = (risk: string) => (about(risk).length > 0 ? ', anew: it is larger than when they were asked' : notTheirs);
      return [
        ...unasked.map((risk) => toAsk(`the statement of ${group} on ${risk}${why(risk)}`)),
        ...statements.flatMap((statement) => whatItWaitsFor(statement, context)),
      ];
    });
  },

  'risk.objections-answered': (agreement) => objectionsOpen(agreement),
} satisfies Partial<Conditions>;
