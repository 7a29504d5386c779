import { type Actor, actorName, type Right, rightMissing } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { AgreementCommandBody } from './command.js';
import { refusal } from './refusal.js';
import { rightOf } from './rights.js';
import { providersOf } from './separation.js';
import type { States } from './topic.js';

/** By which somebody handles for the organisation what a provider bids for or delivers. What is approved, decided or said has bars of its own. */
const handling: readonly Right[] = ['agreement.move', 'agreement.edit', 'agreement.cancel', 'award.make', 'delivery.manage', 'involvement.manage', 'risk.manage', 'sign-off.request', 'publication.manage'];

/** Whoever works for a provider under another of their ids handles nothing for the organisation that this provider is party to, or is named a party of. */
export function refuseForOwnProvider({ agreement, persons }: States, command: AgreementCommandBody, actor: Actor): Refusal | false {
  const person = persons[actorName(actor)];
  const right = rightOf[command.name];
  if (person === undefined || person.memberOf?.kind === 'provider' || !handling.includes(right)) return false;
  const named = command.name === 'invite-provider' || command.name === 'take-over-agreement' ? [command.provider] : [];
  const parties = [...Object.keys(agreement.award.parties), ...named];
  return (
    providersOf(person).some((provider) => parties.includes(provider)) &&
    refusal(
      'provider.own',
      'Nobody handles for this organisation what the provider they work for bids for or delivers.',
      ...rightMissing(right).missing.map((missing) => ({ ...missing, what: 'someone who works for none of its providers', by: command.name })),
    )
  );
}
