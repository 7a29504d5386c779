import { type Agreement, dueOn, type GateCondition, groundsOf, type Waiver, whyAgreedNoMore, whyNotFromOutside } from '@concordat/agreement/core';
import { pathways, routes } from '@concordat/pathway';
import { disciplineTitles } from '@concordat/pathway/core';
import { londonDay } from '@concordat/platform';
import { conditionSaid, type Named } from './names.js';
import { allOf, codeOf, dayOf, upper } from './words/say.js';

export const waiverAnswers = { awaited: 'waits for an answer', waived: 'agreed', refused: 'refused', undone: 'undone: the agreement went back, or up a tier' } as const;

const views = { content: 'are content', 'content-if': 'are content if something is done', object: 'object', 'cannot-say': 'cannot say', 'asked-no-answer': 'were asked and did not answer' } as const;

/** One waiver, in neutral words. */
export function waiverShown(agreement: Agreement, waiver: Waiver, named: Named) {
  const { condition, stage, whyNot, instead, insteadBy, answer, view } = waiver;
  return {
    asked: conditionSaid(agreement, condition, stage),
    stage: named.said(stage, 'stage'),
    whyNot,
    instead: `${instead.replace(/\.$/, '')}, by ${dayOf(insteadBy)}`,
    answer: answer.is === 'waived' || answer.is === 'refused' ? `${waiverAnswers[answer.is]} by ${named.of(answer.by)}` : waiverAnswers[answer.is],
    view: view === null ? 'no view of the representatives is on record' : `the representatives ${views[view]}`,
    spoken: view === null ? undefined : whoseView(waiver, named),
  };
}

/** Who said so, and who wrote it down, on which day. */
function whoseView({ viewOf, viewBy, viewAt }: Waiver, named: Named): string {
  const writer = viewBy.at(-1);
  const written = writer === undefined ? [] : [`written down by ${writer === viewOf ? 'themselves' : named.of(writer)}${viewAt === null ? '' : ` on ${dayOf(londonDay(new Date(viewAt)))}`}`];
  return upper([...(viewOf === null ? [] : [`spoken by ${named.of(viewOf)}`]), ...written].join(', '));
}

const standings = {
  awaited: { text: 'Awaited', classes: 'govuk-tag--yellow' },
  waived: { text: 'Waived', classes: 'govuk-tag--grey' },
  refused: { text: 'Refused', classes: 'govuk-tag--orange' },
  undone: { text: 'Undone', classes: 'govuk-tag--grey' },
  over: { text: 'Its last day is over', classes: 'govuk-tag--grey' },
  'no-more': { text: 'Counts no more', classes: 'govuk-tag--orange' },
} as const;

/** On which ground an agreement is urgent, and that it was late. */
export function urgencyShown(agreement: Agreement) {
  const { urgent, late } = agreement.urgency;
  return {
    urgent: urgent && { ground: groundSays(agreement, urgent.ground), why: urgent.why, startsOn: dayOf(urgent.startsOn), registration: registrationSays(agreement) },
    late: late && `${late.reason} Known since ${dayOf(late.knownSince)}.`,
  };
}

/**
 * What was excused at the gates of an agreement, for ever: waivers, what a gate opened on, its urgency, and that it was late.
 * `owed`: what gates opened on and is not there; unknown on an earlier day.
 */
export function excusedShown(agreement: Agreement, owed: readonly GateCondition[] | undefined, named: Named, today: string) {
  const { waivers, gateConditions } = agreement;
  return {
    waivers: waivers.map((waiver) => {
      const { planned, offered, expiresOn, askedBy, answer, review, viewSoughtOn } = waiver;
      // A gate that was passed was passed: what shows later of whoever excused something at it undoes nothing there.
      const why = waiver.stage === agreement.stage ? whyNotFromOutside(agreement, waiver) : [];
      return {
        ...waiverShown(agreement, waiver, named), planned, offered, until: dayOf(expiresOn), askedBy: named.of(askedBy), sought: viewSoughtOn.length === 0 ? undefined : viewSoughtOn.map(dayOf).join(' and '),
        review: review === null ? undefined : `${named.of(review.by)}: ${review.says}`,
        noMore: why.length === 0 ? undefined : `Whoever gave it ${allOf(why)}, which showed since: it counts no more at this gate. It can be asked for anew, of somebody else outside the team.`,
        tag: standings[why.length > 0 ? 'no-more' : answer.is === 'waived' && expiresOn < today && waiver.stage === agreement.stage ? 'over' : answer.is],
      };
    }),
    conditions: gateConditions.map((condition) => {
      const { what, code, stage, discipline, terms, opened } = condition;
      const [first, renewed] = terms;
      const why = opened ? [] : whyAgreedNoMore(agreement, condition);
      const over = !opened && (dueOn(condition) ?? today) < today;
      return {
        what,
        by: `${named.said(stage, 'stage')}: ${upper(disciplineTitles[discipline])} answers for it, ${conditionSaid(agreement, code, stage).replace(/\.$/, '').toLowerCase()}`,
        due: `By ${dayOf(first?.dueOn ?? '')}${renewed === undefined ? '' : `; renewed once, until ${dayOf(renewed.dueOn)}${agreed(renewed) ? '' : ', if both agree'}`}`,
        noMore: why.length === 0 ? undefined : `One of the two who agreed ${allOf(why)}, which showed since: no gate opens on it. It can be proposed anew, and others agree.`,
        tag: why.length > 0 ? standings['no-more'] : over ? standings.over : conditionTag(condition, opened && owed !== undefined ? owed.some(({ id }) => id === condition.id) : undefined),
      };
    }),
    ...urgencyShown(agreement),
  };
}

type Terms = GateCondition['terms'][number];
const agreed = ({ agreedBy, refusedBy }: Terms): boolean => refusedBy === null && agreedBy['decision-maker'] !== undefined && agreedBy['head-of-discipline'] !== undefined;

/** @param owed whether it is still to be done; undefined where no gate opened on it, or nobody knows */
function conditionTag({ terms, opened }: GateCondition, owed: boolean | undefined) {
  if (owed === false) return { text: 'Done', classes: 'govuk-tag--green' };
  if (opened) return { text: owed === undefined ? 'The gate opened on it' : 'The gate opened on it; to be done', classes: 'govuk-tag--yellow' };
  const last = terms.at(-1)!;
  if (last.refusedBy !== null) return standings.refused;
  return agreed(last) ? { text: 'Agreed', classes: 'govuk-tag--green' } : standings.awaited;
}

function groundSays(agreement: Agreement, ground: string): string {
  const [pathway, route] = documentsOf(agreement);
  const known = pathway && route ? groundsOf({ pathway, route }).find(({ id }) => id === ground) : undefined;
  return known === undefined ? codeOf(ground) : `${known.says} (${known.source.cites})`;
}

const documentsOf = ({ pathway: { id, version }, route }: Agreement) => [pathways.find(id, version), routes.find(route.id, route.version)] as const;

function registrationSays({ facts }: Agreement): string {
  const registration = facts.registration?.value;
  if (facts['service-regulated'] === undefined) return 'Whether what they do is regulated is not on record yet';
  if (facts['service-regulated'].value === 'no') return 'What they do is not regulated';
  return registration === undefined ? 'What they do is regulated; their registration is not on record yet' : `Registered: ${registration.title}, ${registration.reference}`;
}
