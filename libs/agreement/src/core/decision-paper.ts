import { canonical, type JsonObject } from '@concordat/platform/core';
import { votesCast } from './activity.js';
import type { Agreement } from './agreement.js';
import { topRisks } from './risk.js';

const onThePaper = 10;

/** What people decided or voted on, in the order of the activities in which they did; `cast`: the votes, and `options` what they were for, null where none were counted. */
export function decidedByPeople({ involvement: { activities } }: Pick<Agreement, 'involvement'>) {
  return activities.filter(({ voided }) => !voided).flatMap(({ id: activity, title, jointDecisions, votes }) => [
    ...jointDecisions.map(({ decided, on }) => ({ activity, title, says: decided, cast: null, options: null, on })),
    ...votes.map(({ question, options, on }) => ({ activity, title, says: question, cast: votesCast({ options }), options, on })),
  ]);
}

/**
 * What a decision-maker is shown besides facts, award and route: how large the risks are and what those who carry them say, what a panel advises,
 * whether a service may change for people, what they were consulted on and said, what was done with what they gave, what they decided, who dissents, on which ground it is urgent, and what ends by it. As short as tells one from another.
 */
function paperOf({ urgency, statements, riskPanels, consultations, contributions, dissents, ...rest }: Agreement): JsonObject {
  const { urgent, late } = urgency;
  const decided = decidedByPeople(rest);
  const ending = rest.tree.links.flatMap(({ agreement, as }) => (as === 'ends' ? [agreement] : []));
  return {
    risks: topRisks({ ...rest, urgency, statements, riskPanels, consultations, contributions, dissents }, onThePaper).map(({ id, scores, levels }) => ({ id, scores, levels })),
    statements: statements.map(({ id, view }) => [id, view]),
    advice: riskPanels.advice.map(({ id }) => id),
    consultations: consultations.map(({ consultation, closesOn, considered, words, withdrawn }) => ({
      consultation, closesOn, considered: considered && [considered.on, considered.responses, considered.summary], words: Object.entries(words).map(([rule, said]) => [rule, said.words]),
      ...(withdrawn !== null && { withdrawn: withdrawn.reason }),
    })),
    answers: contributions.themes.map(({ id, response, again, reversed }) => [id, response?.outcome ?? null, again, reversed?.on ?? null]),
    dissents: dissents.dissents.map(({ id }) => id),
    // Only where there is any: what was read of every other decision stays as it was read.
    ...(decided.length > 0 && { decided: decided.map(({ activity, says, cast, on }) => [activity, says, cast, on]) }),
    ...(rest.facts['service-may-change'] !== undefined && { mayChange: rest.facts['service-may-change'].value }),
    ...(urgent !== null && { urgent: [urgent.ground, urgent.why, urgent.startsOn] }),
    ...(ending.length > 0 && { ending }),
    ...(late !== null && { late: [late.reason, late.knownSince] }),
  };
}

/** The paper as text, which two papers that show the same have in common. */
export function paperText(agreement: Agreement): string {
  return canonical(paperOf(agreement));
}

/** The version that a decision-maker reads and names: of what the decision rests on, and of everything that its paper shows; a vote by its sum. SHA-256 in lower-case hex. */
export function decisionVersion(agreement: Agreement, sha256: (text: string) => string): string {
  return sha256(canonical({ content: agreement.content.decision, paper: paperText(agreement) }));
}
