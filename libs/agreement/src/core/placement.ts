import type { Missing, Refusal } from '@concordat/journal/core';
import { type FactName, factForms, factTitles } from '@concordat/pathway/core';
import { canonical } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { affectedGroups, sameWords } from './affected.js';
import type { AgreementCommandBody, CommandName } from './command.js';
import type { DocumentReference, FactValues } from './facts.js';
import type { Resources } from './involvement.js';
import { refusal } from './refusal.js';
import { fewest } from './small-numbers.js';
import type { States } from './topic.js';
import { factsAfter } from './variation-to.js';

/*
 * A placement is of one person or a few, so that words in it are words about somebody. It holds counts and rates; what is to be said
 * of the service is said in the agreement that people are placed under. What an official act must give as its reason stays.
 */

/** Commands whose words would be about whoever is placed. */
const aboutThePlaced: readonly CommandName[] = [
  'record-what-people-do', 'make-commitment', 'raise-risk', 'raise-opportunity', 'add-control', 'record-incident', 'raise-provider-concern',
  'hold-review-meeting', 'record-quality-visit', 'agree-action', 'agree-obligation', 'record-transition', 'set-kpi', 'name-outcome', 'name-benefit',
  'record-vote', 'consider-option', 'discuss-option',
];

/** A number, with a few letters before it at most. */
const number = String.raw`[A-Z]{0,3}[/-]?\d[\d/-]*`;
/** What a placement is called: so, by a number where it has one, and for how many it is where they are not few: providers and the public read it. */
const called = new RegExp(`^Placement( ${number})?(: ([${fewest}-9]|[1-9]\\d+) people)?$`);
/** Where a document of a placement is found. */
const found = new RegExp(`^${number}$`);

/** Where, about what and for whom, which a placement has from the agreement people are placed under; one that stands alone says it itself. */
const inherited: readonly FactName[] = ['place', 'theme', 'affected-groups', 'not-in-the-room'];

/** What is held with whoever is placed, and what they said, is called so, and by a number where there are several. */
const held = new RegExp(`^(Meeting|Visit|Call|Letter)( ${number})?$`);
const heldAs = 'called “Meeting”, “Visit”, “Call” or “Letter”, and by a number';
const theme = new RegExp(`^Theme( ${number})?$`);
const information = new RegExp(`^Information( ${number})?$`);
const anotherVersion = 'Another version';
const criterion = new RegExp(`^Criterion( ${number})?$`);
const end = new RegExp(`^Plan( ${number})?$`);

/** The members of what is planned, held and gathered with people in which words could be about somebody. */
function spokenIn(agreement: Agreement, command: AgreementCommandBody): readonly (string | false)[] {
  const known = (groups: readonly string[]) => !groups.every((group) => affectedGroups(agreement).some((other) => sameWords(group, other))) && 'groups: as they are called in affected-groups';
  const ownWord = ({ is }: Resources) => is === 'nothing-needed' && 'resources: a budget, or none yet';
  switch (command.name) {
    case 'plan-activity':
      return [!held.test(command.title) && `title: ${heldAs}`, known(command.groups)];
    case 'plan-involvement':
      return [known(command.groups), !held.test(command.method) && `method: ${heldAs}`, ownWord(command.resources), ownWord(command.accessCosts)];
    case 'record-stages-that-matter':
    case 'record-nobody-wished':
    case 'record-asked-what-people-do':
      return [known([command.group]), !held.test(command.source) && `source: ${heldAs}`];
    case 'create-theme':
      return [!theme.test(command.title) && 'title: called “Theme”, and by a number'];
    case 'issue-information':
      return [
        !information.test(command.title) && 'title: called “Information”, and by a number',
        !(found.test(command.document.reference) && information.test(command.document.title)) && 'document: called “Information”, and found by a number',
        !['', anotherVersion].includes(command.changed) && `changed: “${anotherVersion}”`,
      ];
    case 'set-criterion':
      return [!criterion.test(command.title) && 'title: called “Criterion”, and by a number'];
    case 'plan-exit':
      return [!(found.test(command.plan.reference) && end.test(command.plan.title)) && 'plan: called “Plan”, and found by a number'];
    case 'record-joint-decision':
      return [!found.test(command.decided) && 'decided: the number by which it is found'];
    default:
      return [];
  }
}

const isPlain = (name: FactName, { reference, title }: DocumentReference): boolean => found.test(reference) && title.toLowerCase() === factTitles[name].toLowerCase();

/** The facts in which words could be about somebody: each by its name, and a document by how it is called instead. */
function freeIn(facts: FactValues, { tree: { parent } }: Agreement, others: States['others']): readonly string[] {
  const above = parent === null ? undefined : others[parent.agreement]?.facts;
  return (Object.keys(facts) as FactName[]).flatMap((name) => {
    if (inherited.includes(name)) return parent === null || (above?.[name] !== undefined && canonical(above[name].value) === canonical(facts[name])) ? [] : [`${name}: as it is said in the agreement that people are placed under`];
    if (factForms[name] === 'document') return isPlain(name, facts[name] as DocumentReference) ? [] : [`${name}: called “${factTitles[name]}”, and found by a number`];
    return factForms[name] === 'text' ? [name] : [];
  });
}

/** The members in which a command brings words into a placement. */
function wordsOf({ agreement, others }: Pick<States, 'agreement' | 'others'>, command: AgreementCommandBody): readonly string[] {
  if (command.name === 'open-agreement' || command.name === 'take-over-agreement') {
    if (command.kind !== 'placement') return [];
    return [...(called.test(command.title) ? [] : ['title']), ...('facts' in command ? freeIn(command.facts ?? {}, agreement, others) : [])];
  }
  if (agreement.kind !== 'placement') return [];
  if (command.name === 'amend-facts') return freeIn(command.facts, agreement, others);
  if (command.name === 'propose-variation') return freeIn(factsAfter(agreement, command.to), agreement, others);
  if (aboutThePlaced.includes(command.name)) return ['words about the service, in the agreement that people are placed under'];
  return spokenIn(agreement, command).filter((words) => words !== false);
}

/** The refusal of words about somebody who is placed; false where there are none. */
export function refuseWords(states: Pick<States, 'agreement' | 'others'>, command: AgreementCommandBody): Refusal | false {
  const words = wordsOf(states, command).map((what): Missing => ({ what, suppliedBy: 'commissioner', by: command.name }));
  return words.length > 0 && refusal('placement.no-words', 'A placement holds counts and rates, and no words about a person.', ...words);
}
