import type { Missing, Refusal } from '@concordat/journal/core';
import { type FactName, factForms } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import type { AgreementCommandBody, CommandName } from './command.js';
import { refusal } from './refusal.js';

/*
 * A placement is of one person or a few, so that words in it are words about somebody. It holds counts and rates; what is to be said
 * of the service is said in the agreement that people are placed under. What an official act must give as its reason stays.
 */

/** Commands whose words would be about whoever is placed. */
const aboutThePlaced: readonly CommandName[] = [
  'record-what-people-do', 'make-commitment', 'raise-risk', 'raise-opportunity', 'add-control', 'record-incident', 'raise-provider-concern',
  'hold-review-meeting', 'record-quality-visit', 'agree-action', 'agree-obligation', 'record-transition', 'set-kpi', 'name-outcome', 'name-benefit',
];

/** What a placement is called: so, and by a number where it has one. */
const called = /^Placement( [A-Z0-9/-]*\d[A-Z0-9/-]*)?(: \d+ (person|people))?$/;

/** Where and about what, which a placement has from the agreement people are placed under; one that stands alone says it itself. */
const inherited: readonly FactName[] = ['place', 'theme'];
const freeIn = (facts: object, { tree }: Agreement): readonly string[] =>
  (Object.keys(facts) as FactName[]).filter((name) => factForms[name] === 'text' && (tree.parent !== null || !inherited.includes(name)));

/** The members in which a command brings words into a placement. */
function wordsOf(agreement: Agreement, command: AgreementCommandBody): readonly string[] {
  if (command.name === 'open-agreement' || command.name === 'take-over-agreement') {
    if (command.kind !== 'placement') return [];
    return [...(called.test(command.title) ? [] : ['title']), ...('facts' in command ? freeIn(command.facts ?? {}, agreement) : [])];
  }
  if (agreement.kind !== 'placement') return [];
  if (command.name === 'amend-facts') return freeIn(command.facts, agreement);
  return aboutThePlaced.includes(command.name) ? ['words about the service, in the agreement that people are placed under'] : [];
}

/** The refusal of words about somebody who is placed; false where there are none. */
export function refuseWords(agreement: Agreement, command: AgreementCommandBody): Refusal | false {
  const words = wordsOf(agreement, command).map((what): Missing => ({ what, suppliedBy: 'commissioner', by: command.name }));
  return words.length > 0 && refusal('placement.no-words', 'A placement holds counts and rates, and no words about a person.', ...words);
}
