import type { Refusal } from '@concordat/journal/core';
import type { FactName, Pathway, Tier } from '@concordat/pathway/core';
import { monthsAfter } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { beganOn } from './began.js';
import { inForceFrom } from './decision.js';
import type { FactValues } from './facts.js';
import { refusal } from './refusal.js';
import type { Context } from './topic.js';

/** Days on which something happened, each with what comes before it: none is put on record ahead of itself. */
const happenings = ['contract-signed', 'notice-given', 'service-ended'] as const satisfies readonly FactName[];

const dated = (what: string) => ({ what, suppliedBy: 'commissioner', by: 'amend-facts' });

/** How many months of notice the process asks for before a service ends; 0 where it asks for none. */
const noticeMonths = ({ stages }: Pathway, tier: Tier): number =>
  Math.max(0, ...stages.flatMap(({ gate }) => gate.conditions).flatMap((use) => {
    const asked = use.code === 'time.passed-since' ? use.tiers[tier] : undefined;
    return asked?.fact === 'notice-given' ? [asked.months] : [];
  }));

/** Days that cannot be: ahead of today, notice before there was a decision to give it on, an end before the service began or its notice has run. */
export function refuseImpossibleDays(agreement: Agreement, amended: FactValues, { today, pathway }: Pick<Context, 'today' | 'pathway'>): readonly (Refusal | false)[] {
  const { 'notice-given': notice, 'service-ended': ended, 'contract-period': period } = amended;
  const ahead = happenings.filter((name) => (amended[name] ?? '') > today);
  const from = inForceFrom(agreement);
  const given = notice ?? agreement.facts['notice-given']?.value;
  const last = ended ?? agreement.facts['service-ended']?.value;
  const began = (period ?? agreement.facts['contract-period']?.value)?.startsOn ?? beganOn(agreement);
  const months = noticeMonths(pathway, agreement.tier);
  const earliest = given && monthsAfter(given, months);
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
    ended !== undefined &&
      given === undefined &&
      months > 0 &&
      agreement.takenOver === null &&
      refusal('facts.ended-without-notice', `A service ends after its ${months}-month notice.`, dated('notice-given')),
    (notice !== undefined || ended !== undefined) &&
      earliest !== undefined &&
      last !== undefined &&
      last < earliest &&
      refusal('facts.ended-before-notice', months > 0 ? `A service ends once its ${months}-month notice has run.` : 'A service ends after notice of it was given.', dated(`service-ended: ${earliest} or later`)),
    (ended !== undefined || period !== undefined) &&
      began !== undefined &&
      last !== undefined &&
      last < began &&
      refusal('facts.ended-before-start', 'A service ends after it began.', dated(`service-ended: ${began} or later`)),
  ];
}
