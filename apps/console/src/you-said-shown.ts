import { type Agreement, type YouSaidWeDid, youSaidWeDid } from '@concordat/agreement/core';
import { stageTitle } from './names.js';
import { answerStandings, commitmentStandings } from './words/ledger.js';
import { codeOf, counted, dayOf, labelOf, upper } from './words/say.js';

/** What people were asked, what they said in themes, what was done with it and what was promised, as everybody may read it. */
export function youSaidShown(agreement: Agreement, today: string, erased: ReadonlySet<string>, now = agreement) {
  const { asked, themes, few, commitments } = youSaidWeDid(agreement, today, erased, now);
  return {
    asked: asked.map(({ stage, activities, fewCame, people }) => ({ stage: stageTitle(agreement, stage), activities: [...activities, ...(fewCame === 0 ? [] : [`${counted(fewCame, 'activity', 'activities')} to which fewer than five people came`])].join('; '), people: peopleSaid(people) })),
    themes: themes.map(({ title, did, stands, undone }) => ({
      title,
      stands: undone === null ? (did === null || stands === 'reopened' ? { text: answerStandings[stands].text, colour: answerStandings[stands].colour } : { text: `${codeOf(did.outcome, 'outcome')}${did.until === null ? '' : ` until ${dayOf(did.until)}`}`, colour: did.changed === null ? 'grey' : 'green' }) : { text: 'Undone later', colour: 'orange' },
      reasons: did?.reasons,
      changed: did?.changed,
      links: (did?.links ?? []).map(({ to, which }) => (to === 'fact' ? `${upper(labelOf(undefined, `facts.${which}`))}, on record` : to === 'risk' ? 'A risk that is kept on the register' : which)),
      on: did === null || did.on === null ? undefined : dayOf(did.on),
      undone: undone === null ? undefined : `Undone on ${dayOf(undone.on)}: ${undone.reasons}`,
      unsatisfied: stands === 'answered-contributor-not-satisfied',
    })),
    few: few === 0 ? undefined : `${counted(few, 'more theme was', 'more themes were')} raised by fewer than five people, who did not ask for it to be public. They have their answers themselves.`,
    promises: commitments.map(({ what, by, stands, says }) => ({ what, by: dayOf(by), stands: commitmentStandings[stands], says })),
  };
}

/** How many came, as far as it may be told outside. */
export function peopleSaid(people: YouSaidWeDid['asked'][number]['people']): string {
  if (people === null) return 'Still going on';
  if (people.total !== null) return counted(people.total, 'person', 'people');
  const said = people.parts.flatMap((part) => (part.people === null ? [] : [`${part.name}: ${part.people}`]));
  if (said.length === 0) return 'Fewer than five people, or not to be told without telling of so few';
  return `${upper(said.join('; '))}${said.length === people.parts.length ? '. Some belong to more than one of these, so they are not added up' : '; and others who are too few to be counted here'}`;
}
