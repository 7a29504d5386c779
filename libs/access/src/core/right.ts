/** What a person or key may do. Every API route and every command asks exactly one. */
export const rights = [
  'agreement.read', 'agreement.open', 'agreement.edit', 'agreement.move', 'agreement.cancel',
  'involvement.manage', 'involvement.contribute', 'involvement.take-part', 'participant.erase',
  'involvement.confirm', 'dissent.record', 'risk.manage', 'risk.acknowledge', 'risk.advise', 'statement.give', 'sign-off.request', 'sign-off.give', 'conflict.declare', 'second.give',
  'decision.record', 'decision.call-in', 'award.make', 'award.accept', 'publication.manage', 'waiver.answer', 'waiver.review', 'delivery.manage', 'delivery.report',
  'people.manage', 'provider.manage', 'key.manage', 'settings.manage',
  'endpoint.manage', 'delivery.read', 'event.read', 'journal.read', 'pathway.read', 'pathway.manage',
] as const;
export type Right = (typeof rights)[number];

/** The roles of section 8 of the product's words. `approver` carries a discipline, provider roles a provider. */
export const roles = [
  'commissioner', 'senior-responsible-owner', 'decision-maker', 'approver', 'risk-owner', 'representative',
  'participant', 'advocate', 'facilitator', 'panel-chair', 'provider-admin', 'provider-operator',
  'provider-signatory', 'contract-manager', 'finance', 'auditor', 'elected-member', 'publisher', 'administrator',
] as const;
export type Role = (typeof roles)[number];
