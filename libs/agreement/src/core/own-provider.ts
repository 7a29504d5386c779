import { type Actor, actorName, type Right, rightMissing } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { AgreementCommandBody, CommandName } from './command.js';
import { refusal } from './refusal.js';
import { rightOf } from './rights.js';
import { providersOf } from './separation.js';
import type { States } from './topic.js';

/** By which of these does somebody handle for the organisation what a provider bids for or delivers? What is approved, decided or said has bars of its own, and the rest is of no agreement. */
const handles: Readonly<Record<Right, boolean>> = {
  'agreement.read': false,
  'agreement.open': false,
  'agreement.edit': true,
  'agreement.move': true,
  'agreement.cancel': true,
  'involvement.manage': true,
  'involvement.contribute': false,
  'involvement.take-part': false,
  'involvement.confirm': false,
  'participant.erase': false,
  'dissent.record': false,
  'risk.manage': true,
  'risk.acknowledge': false,
  'risk.advise': false,
  'statement.give': false,
  'sign-off.request': true,
  'sign-off.give': false,
  'conflict.declare': false,
  'second.give': false,
  'decision.record': false,
  'decision.call-in': false,
  'award.make': true,
  'award.accept': false,
  'publication.manage': true,
  'waiver.answer': false,
  'waiver.review': false,
  'delivery.manage': true,
  'delivery.report': false,
  'people.manage': false,
  'provider.manage': false,
  'key.manage': false,
  'settings.manage': false,
  'endpoint.manage': false,
  'delivery.read': false,
  'event.read': false,
  'journal.read': false,
  'pathway.read': false,
  'pathway.manage': false,
};

/** What a group does by itself is written down and taken off by whoever may take part, and a provider may have an interest in either. */
const handlesTheirs: ReadonlySet<CommandName> = new Set<CommandName>(['record-what-people-do', 'take-off-record']);

/** Whoever works for a provider under another of their ids handles nothing for the organisation that this provider is party to, or is named a party of. */
export function refuseForOwnProvider({ agreement, persons }: States, command: AgreementCommandBody, actor: Actor): Refusal | false {
  const person = persons[actorName(actor)];
  const right = rightOf[command.name];
  if (person === undefined || person.memberOf?.kind === 'provider' || !(handles[right] || handlesTheirs.has(command.name))) return false;
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
