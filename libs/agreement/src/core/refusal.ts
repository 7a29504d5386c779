import { accept, refuse, type Decision, type Missing, type Refusal } from '@concordat/journal/core';
import type { AgreementEvent } from './event.js';

/** A refusal in one line: its code for ever, the sentence the rule asks, and what is missing. */
export function refusal(code: string, asks: string, ...missing: Missing[]): Refusal {
  return { code, asks, missing };
}

/** Every broken rule at once, or these events where none is broken. The events are made only then. */
export function unless(
  rules: readonly (Refusal | false)[],
  events: () => readonly [AgreementEvent, ...AgreementEvent[]],
): Decision<AgreementEvent> {
  const [first, ...more] = rules.filter((rule) => rule !== false);
  return first === undefined ? accept(...events()) : refuse(first, ...more);
}

/** What a command names is not there: told together with `besides`, every broken rule that can be judged without it. */
export function refuseUnknown(unknown: Refusal, besides: readonly (Refusal | false)[]): Decision<AgreementEvent> {
  return refuse(unknown, ...besides.filter((rule) => rule !== false));
}

/** Nothing would change: said as a refusal, because no event list is ever empty. */
export function alreadySo(what: string): Refusal {
  return refusal('already-so', `Nothing new to record: ${what}.`);
}
