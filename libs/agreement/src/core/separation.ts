import type { Person } from '@concordat/access/core';
import { type Missing, type Refusal } from '@concordat/journal/core';
import type { Agreement } from './agreement.js';
import { hasInterest } from './conflict.js';
import { material, type Subject } from './content.js';
import { refusal } from './refusal.js';

/** What someone is about to approve or decide: the subject, and who asked for it where somebody did. */
export interface Work {
  readonly subject: Subject;
  readonly requestedBy: string | null;
}

/**
 * The absolute bars: no one approves what is their own, in any tier, whatever roles they hold. Decided by person from
 * the streams. In the small tier this is what asks for a second pair of eyes: whoever opened it cannot also approve it.
 */
const bars: Readonly<Record<string, (agreement: Agreement, person: string, work: Work) => boolean>> = {
  'opened the agreement': (agreement, person) => agreement.openedBy === person,
  'asked for this sign-off': (_, person, { requestedBy }) => requestedBy === person,
  'wrote what it rests on': (agreement, person, { subject }) =>
    material[subject].facts.some((name) => agreement.facts[name]?.writtenBy.includes(person)),
  'proposed the award it rests on': (agreement, person, { subject }) =>
    material[subject].award && agreement.award.proposed?.proposedBy === person,
  'leads the agreement': (agreement, person) => agreement.facts.lead?.value === person,
  // Whoever gives the money answers for it as sponsor, and approves nothing else that it is spent on.
  'gives the money': (agreement, person, { subject }) => subject !== 'sponsor' && agreement.facts.sponsor?.value === person,
  'declared an interest': (agreement, person) => hasInterest(agreement, person),
};

/** Why this work is this person's own, as phrases that finish "someone who …"; empty where it is not. */
export function ownWork(agreement: Agreement, person: string, work: Work): readonly string[] {
  return Object.entries(bars)
    .filter(([, holds]) => holds(agreement, person, work))
    .map(([says]) => says);
}

/** The refusal with every bar that holds, or false. A provider's people approve nothing that is bought from providers. */
export function refuseOwnWork(
  agreement: Agreement,
  person: string,
  state: Person | undefined,
  work: Work,
  whoElse: Pick<Missing, 'suppliedBy' | 'by'>,
): Refusal | false {
  const reasons = [
    ...ownWork(agreement, person, work),
    ...(state?.memberOf?.kind === 'provider' ? ['works for a provider'] : []),
  ];
  return (
    reasons.length > 0 &&
    refusal(
      'sign-off.own-work',
      'No one approves what is their own.',
      ...reasons.map((reason) => ({ ...whoElse, what: `someone other than the one who ${reason}` })),
    )
  );
}
