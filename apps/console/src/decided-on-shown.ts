import { versionOfDecision } from '@concordat/agreement';
import { type Agreement, agreementFold, answerStands, initialAgreement, type Theme } from '@concordat/agreement/core';
import type { RecordedEvent } from '@concordat/journal/core';
import type { OpenAgreement } from './agreement-open.js';
import { consultationsShown } from './consultation-shown.js';
import { restsOn } from './sign-off-shown.js';
import { answerStandings } from './words/ledger.js';
import { codeOf, dayOf } from './words/say.js';

/** What the version is of that whoever decides reads and names, besides what every paper about an agreement tells. */
export function decidedOnShown({ agreement, named, today, on }: OpenAgreement) {
  return {
    rests: restsOn(agreement, 'decision', named),
    mayChange: agreement.facts['service-may-change']?.value,
    consultations: consultationsShown(agreement, named, on ?? today),
    answers: agreement.contributions.themes.map(answerShown),
  };
}

function answerShown(theme: Theme) {
  const { title, response, reversed } = theme;
  return {
    title,
    stands: answerStandings[answerStands(theme)].text,
    answer: response && { outcome: codeOf(response.outcome), reasons: response.reasons, changed: 'changed' in response ? response.changed : undefined },
    undone: reversed && `Undone on ${dayOf(reversed.on)}: ${reversed.reasons}`,
  };
}

/** By which of these events, from the first of the agreement on, there was another version to read than this decision was recorded on: their numbers. */
export function changedSinceDecision(events: readonly RecordedEvent[], decision: string): ReadonlySet<number> {
  let agreement: Agreement = initialAgreement;
  return new Set(
    events.flatMap((event) => {
      const before = agreement;
      agreement = agreementFold.evolve(agreement, event as never);
      return before.decision?.decision === decision && versionOfDecision(before) !== versionOfDecision(agreement) ? [event.version] : [];
    }),
  );
}
