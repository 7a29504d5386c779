import { type Agreement, consultationFindings, consultationRuleNames, consultationRules, noBreachVisible, wasAsked } from '@concordat/agreement/core';
import { pathways, routes } from '@concordat/pathway';
import type { Named } from './names.js';
import { counted, dayAndRecorded, dayOf, inDays } from './words/say.js';

/** Every consultation, what its log shows against the four rules, and who answers for what the log cannot show. */
export function consultationsShown(agreement: Agreement, named: Named, today: string) {
  const pathway = pathways.find(agreement.pathway.id, agreement.pathway.version);
  if (pathway === undefined) return [];
  return agreement.consultations.map((consultation) => {
    const { proposal, reasons, options, opensOn, closesOn, considered, words, withdrawn } = consultation;
    const findings = consultationFindings(agreement, consultation, { pathway, today });
    return {
      proposal,
      reasons,
      options,
      when: `${dayOf(opensOn)} to ${dayOf(closesOn)}`,
      considered: considered === null ? (wasAsked(consultation) ? undefined : 'nothing to consider') : `${dayOf(considered.on)}, ${counted(considered.responses, 'answer')}: ${considered.summary} (${named.of(considered.by)})`,
      findings: findings.map(({ rule, is, says }) => ({ rule: consultationRules[rule].rule, is, says: inDays(says) })),
      withdrawn: withdrawn && `${dayOf(withdrawn.on)}: ${withdrawn.reason}`,
      headline: !wasAsked(consultation) ? 'It was withdrawn before anybody could answer.' : findings.length === 0 ? noBreachVisible : `The log shows ${counted(findings.length, 'thing')} to look at.`,
      // Nobody answers any more for what was withdrawn.
      answers: consultationRuleNames.filter((rule) => withdrawn === null || words[rule] !== undefined).map((rule) => {
        const said = words[rule];
        return { question: consultationRules[rule].question, words: said?.words, by: said && named.of(said.by) };
      }),
    };
  });
}

/** Every challenge by a provider, and what came of it. */
export function challengesShown(agreement: Agreement, named: Named) {
  return agreement.challenges.map(({ kind, from, about, receivedOn, concluded }) => ({
    title: `${named.said(kind, 'kind')} of ${from}, received on ${dayOf(receivedOn)}`,
    about,
    concluded: concluded && `${named.said(concluded.outcome, 'outcome')}, ${dayAndRecorded(concluded.on, concluded.recordedOn)}: ${concluded.reasons}`,
  }));
}

/** What the organisation published itself, and what the public record says of it. */
export function noticesShown(agreement: Agreement, named: Named) {
  const known = routes.find(agreement.route.id, agreement.route.version)?.notices ?? [];
  return {
    own: agreement.publishedNotices.map(({ notice, reference, publishedOn, recordedOn }) => `${known.find(({ code }) => code === notice)?.title ?? 'A notice'} (${notice}): ${reference}, published on ${dayAndRecorded(publishedOn, recordedOn)}`),
    recorded: agreement.notices.map(({ source, reference, publishedOn, proves, ahead }) => ({
      says: `${source}, ${reference}${publishedOn === null ? '' : `, published on ${dayOf(publishedOn)}`}: it shows “${named.said(proves, 'stage')}”.`,
      ahead,
    })),
  };
}
