import type { Right } from './right.js';

/** What a partner body may on an agreement that names it; each includes the ones before it. */
export const partnerLevels = ['see', 'sign', 'decide'] as const;
export type PartnerMay = (typeof partnerLevels)[number];

/**
 * What of the three a right takes, when a person has it for a partner body. `host`: no partner has it, because whoever holds the
 * agreement runs it, whatever it shares. A right that is forgotten here does not compile.
 */
export const partnerTakes: { readonly [R in Right]: PartnerMay | 'host' } = {
  'agreement.read': 'see',
  'agreement.open': 'host',
  'agreement.edit': 'host',
  'agreement.move': 'host',
  'agreement.cancel': 'host',
  'involvement.manage': 'host',
  'involvement.contribute': 'host',
  'involvement.take-part': 'host',
  'participant.erase': 'host',
  'involvement.confirm': 'host',
  // Whoever may see an agreement may dissent from it, and says where their own interest lies.
  'dissent.record': 'see',
  'conflict.declare': 'see',
  'risk.manage': 'host',
  'risk.acknowledge': 'decide',
  'risk.advise': 'sign',
  'statement.give': 'sign',
  'sign-off.request': 'sign',
  'sign-off.give': 'sign',
  'second.give': 'sign',
  'decision.record': 'decide',
  'decision.call-in': 'decide',
  'award.make': 'host',
  'award.accept': 'host',
  'publication.manage': 'host',
  'waiver.answer': 'decide',
  'waiver.review': 'decide',
  'delivery.manage': 'host',
  'delivery.report': 'host',
  'people.manage': 'host',
  'provider.manage': 'host',
  // A key of one's own, which can do no more than its owner.
  'key.manage': 'see',
  'settings.manage': 'host',
  'endpoint.manage': 'host',
  'delivery.read': 'host',
  'event.read': 'see',
  'journal.read': 'host',
  'pathway.read': 'see',
  'pathway.manage': 'host',
};

/** Does this level give the right to a partner's people? */
export function partnerHas(level: PartnerMay, right: Right): boolean {
  const takes = partnerTakes[right];
  return takes !== 'host' && partnerLevels.indexOf(takes) <= partnerLevels.indexOf(level);
}
