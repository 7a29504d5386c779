import type { Refusal } from '@concordat/journal/core';
import type { FactName } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { inForceFrom } from './decision.js';
import type { FactValues } from './facts.js';
import { refusal } from './refusal.js';

/** Days on which something happened, each with what comes before it: none is put on record ahead of itself. */
const happenings = ['contract-signed', 'notice-given', 'service-ended'] as const satisfies readonly FactName[];

const dated = (what: string) => ({ what, suppliedBy: 'commissioner', by: 'amend-facts' });

/** Days that cannot be: ahead of today, notice before there was a decision to give it on, an end before notice of it. */
export function refuseImpossibleDays(agreement: Agreement, amended: FactValues, today: CivilDate): readonly (Refusal | false)[] {
  const { 'notice-given': notice, 'service-ended': ended } = amended;
  const ahead = happenings.filter((name) => (amended[name] ?? '') > today);
  const from = inForceFrom(agreement);
  const given = notice ?? agreement.facts['notice-given']?.value;
  const last = ended ?? agreement.facts['service-ended']?.value;
  return [
    ahead.length > 0 && refusal('facts.not-happened-yet', 'What happened is put on record once it happened.', ...ahead.map((name) => dated(`${name}: ${today} or earlier`))),
    // What was decided before Concordat is not on record here.
    notice !== undefined &&
      from === undefined &&
      agreement.takenOver === null &&
      refusal('facts.notice-without-decision', 'Notice is given of an end that was decided.', { what: 'the decision', suppliedBy: 'decision-maker', by: 'record-decision' }),
    notice !== undefined &&
      from !== undefined &&
      notice < from &&
      refusal('facts.notice-before-decision', 'Notice is given once the decision to end is in force.', dated(`notice-given: ${from} or later`)),
    (notice !== undefined || ended !== undefined) &&
      given !== undefined &&
      last !== undefined &&
      last < given &&
      refusal('facts.ended-before-notice', 'A service ends after notice of it was given.', dated(`service-ended: ${given} or later`)),
  ];
}
