import type { Person } from '@concordat/access/core';
import type { Missing } from '@concordat/journal/core';
import type { AcceptingParty, Discipline, SignOffAsked } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';

/** Who accepts in each discipline where nobody else is named: the controller what is done with data (UK GDPR art. 35), the owner the rest. */
const acceptedBy: Readonly<Record<Discipline, AcceptingParty>> = {
  sponsor: 'owner',
  safeguarding: 'owner',
  finance: 'owner',
  'legal-procurement': 'owner',
  'clinical-quality': 'owner',
  'information-governance': 'controller',
  equality: 'owner',
};

/** The party whose acceptance is asked; `null` for an approval. */
export function partyOf({ kind, discipline, of }: SignOffAsked): AcceptingParty | null {
  return kind === 'approval' ? null : (of ?? acceptedBy[discipline]);
}

/** Which fact names who acts for the party. A provider's signatories act for the provider. */
const namedBy = { owner: 'sponsor', controller: 'controller' } as const;

/** The provider that an acceptance is asked of: the one awarded, or proposed before that. */
export function acceptingProvider({ award: { parties, proposed, awarded } }: Agreement): string | undefined {
  // Of several the one that leads.
  if (awarded !== null) return awarded.lots[0]?.lead;
  return Object.keys(parties).find((provider) => parties[provider] === 'provider') ?? proposed?.provider;
}

/** Who the party is now: the provider's id, or the person who acts for the owner or controller; undefined where nobody is named. */
export function partyNow(agreement: Agreement, party: AcceptingParty): string | undefined {
  return party === 'provider' ? acceptingProvider(agreement) : agreement.facts[namedBy[party]]?.value;
}

/** What keeps this person from accepting for the party; nothing where they are the very one who answers for it. */
export function notTheParty(agreement: Agreement, party: AcceptingParty, person: string, state: Person | undefined): readonly Missing[] {
  const named = partyNow(agreement, party);
  if (party === 'provider') {
    if (named === undefined) return [{ what: 'the provider', suppliedBy: 'commissioner', by: 'propose-award' }];
    const isTheirs = state?.memberOf?.kind === 'provider' && state.memberOf.provider === named;
    return isTheirs ? [] : [{ what: `a signatory of provider-${named}`, suppliedBy: 'provider-signatory', by: 'sign-off' }];
  }
  if (named === person) return [];
  if (named === undefined) return [{ what: namedBy[party], suppliedBy: 'commissioner', by: 'amend-facts' }];
  return [{ what: `person-${named}, who acts for the ${party}`, suppliedBy: `person-${named}`, by: 'sign-off' }];
}
