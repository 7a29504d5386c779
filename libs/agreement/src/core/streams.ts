import { type Actor, personStream, providerStream } from '@concordat/access/core';
import type { AgreementCommandBody, CommandName, CommandOf } from './command.js';
import { agreementStream } from './event.js';
import { peopleNamed } from './facts.js';
import { participantStream } from './participant.js';

/** The streams of those a command names, besides its agreement and whoever acts. One line per command, none forgotten. */
const named: { readonly [C in CommandName]: (command: CommandOf<C>) => readonly string[] } = {
  'open-agreement': () => [],
  'take-over-agreement': ({ provider }) => (provider === undefined ? [] : [providerStream(provider)]),
  'amend-facts': ({ facts }) => peopleNamed(facts).map(personStream),
  'request-gate': () => [],
  'return-to-stage': () => [],
  hold: () => [],
  resume: () => [],
  cancel: () => [],
  'record-what-people-do': () => [],
  'take-off-record': () => [],
  'record-stages-that-matter': () => [],
  'plan-involvement': () => [],
  'plan-activity': () => [],
  'void-activity': () => [],
  'record-attendance': () => [],
  'record-effort': () => [],
  'record-joint-decision': () => [],
  'record-could-it-change': () => [],
  'invite-participant': ({ participant }) => [participantStream(participant)],
  'accept-invitation': ({ participant }) => [participantStream(participant)],
  'decline-invitation': ({ participant }) => [participantStream(participant)],
  'record-nobody-wished': () => [],
  'choose-ask-budget': ({ participant }) => [participantStream(participant)],
  'record-contribution': () => [],
  'triage-contribution': () => [],
  'pass-on-concern': () => [],
  'choose-who-sees': () => [],
  'note-late-entries': () => [],
  'create-theme': () => [],
  'put-in-theme': () => [],
  'answer-theme': () => [],
  'ask-for-own-answer': () => [],
  'answer-contribution': () => [],
  'rate-answer': () => [],
  'check-answer': () => [],
  'record-feedback': () => [],
  'tell-what-came-of-it': () => [],
  'record-whether-heard': () => [],
  'make-commitment': () => [],
  'keep-commitment': () => [],
  'break-commitment': () => [],
  'reverse-answer': () => [],
  'tell-of-reversal': () => [],
  'carry-on': ({ from }) => [agreementStream(from)],
  'raise-risk': ({ owner }) => [personStream(owner)],
  'rescore-risk': () => [],
  'close-risk': () => [],
  'seek-statement': () => [],
  'record-statement': () => [],
  'reply-to-objection': ({ secondPerson }) => [personStream(secondPerson)],
  'declare-conflict': () => [],
  'declare-no-conflict': () => [],
  'request-sign-off': () => [],
  'sign-off': () => [],
  'withdraw-sign-off': () => [],
  'record-decision': () => [],
  'invite-provider': ({ provider }) => [providerStream(provider)],
  'propose-award': () => [],
  'publish-award-notice': () => [],
  'accept-award': () => [],
  'record-notice': () => [],
};

/**
 * Every stream a command is decided on, the agreement's first. All of them are expected unchanged when it is recorded,
 * so that a role withdrawn meanwhile, or two invitations on one ask budget, conflict instead of slipping through.
 */
export function streamsOf(command: AgreementCommandBody, agreement: string, actor: Actor): readonly string[] {
  const others = (named[command.name] as (command: AgreementCommandBody) => readonly string[])(command);
  return [...new Set([agreementStream(agreement), ...(actor.kind === 'person' ? [personStream(actor.person)] : []), ...others])];
}
