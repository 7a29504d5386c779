import { type Agreement, type CommandName, countsFrom, deliverySeen, type deliveryView, type Kpi, lastMet, type Obligation, plainQuestions, stillToAccept, testLacks, type TwoFigures, unitSigns, waitsForCallIn } from '@concordat/agreement/core';
import { routes } from '@concordat/pathway';
import { daysBetween } from '@concordat/platform/core';
import type { OpenAgreement } from './agreement-open.js';
import { grouped } from './grouped.js';
import type { Named } from './names.js';
import { type Form, noSuchAgreement, type Offers } from './sight.js';
import { calledInSaid, callInSaid, keySaid, shortOf } from './sign-off-shown.js';
import { becomes } from './variation-shown.js';
import { commandWords } from './words/en.js';
import { codeOf, counted, dayAndRecorded, dayOf, moneyOf, upper } from './words/say.js';

const compared = {
  'no-figure-beside': { text: 'No figure of the provider beside it', classes: 'govuk-tag--grey' },
  'something-to-talk-about': { text: 'Something to talk about', classes: 'govuk-tag--yellow' },
  alike: { text: 'Alike', classes: 'govuk-tag--green' },
  difference: { text: 'Difference to discuss', classes: 'govuk-tag--orange' },
} as const;
const discussed = { text: 'Difference, discussed', classes: 'govuk-tag--green' };
const stands = { met: { text: 'Met', classes: 'govuk-tag--green' }, 'owed-no-more': { text: 'Owed no more', classes: 'govuk-tag--grey' }, done: { text: 'Done', classes: 'govuk-tag--green' }, due: { text: 'Due', classes: 'govuk-tag--yellow' }, overdue: { text: 'Overdue', classes: 'govuk-tag--red' } } as const;

const inForce = { 'in-force': { text: 'In force', classes: 'govuk-tag--green' }, 'ends-soon': { text: 'Ends soon', classes: 'govuk-tag--yellow' }, ended: { text: 'Ended', classes: 'govuk-tag--red' } } as const;
const written = { theme: 'Written from a theme of what people said', contribution: 'Written from what somebody said', activity: 'People wrote it', staff: 'Written by staff' } as const;
const doable = {
  figures: ['set-kpi', 'record-observation', 'record-finding'],
  obligations: ['agree-obligation', 'withdraw-obligation'],
  cycles: ['begin-cycle'],
  concerns: ['raise-provider-concern'],
  expiries: ['record-expiry'],
  visits: ['record-quality-visit'],
  rates: ['set-rate'],
  funders: ['commit-funding'],
  meetings: ['hold-review-meeting', 'agree-action'],
  variations: ['propose-variation'],
  end: ['plan-exit', 'record-transition', 'plan-staff-transfer', 'record-staff-information'],
} as const satisfies ActsByPart;

type Managed = NonNullable<ReturnType<typeof deliveryView>['managed']>;
type Variation = Managed['variations'][number];
type Delivered = ReturnType<typeof deliveryView>;

/** What can be done about each part of a page. */
export type ActsByPart = Readonly<Record<string, readonly CommandName[]>>;

/** What whoever looks may do about each part of a page. */
export const actsOf = (offers: Offers, parts: ActsByPart) =>
  Object.fromEntries(Object.entries(parts).map(([part, names]) => [part, names.filter((name) => offers[name]?.href !== undefined).map((name) => ({ title: commandWords[name].title, href: offers[name]?.href }))]));

export const periodOf = ({ startsOn, endsOn }: { readonly startsOn: string; readonly endsOn: string }): string => `${dayOf(startsOn)} to ${dayOf(endsOn)}`;
/** A figure in the unit it is counted in. */
export const figureOf = (value: number, unit: Kpi['unit']): string => `${value.toLocaleString('en-GB')}${unitSigns[unit]}`;

/** What is delivered, with both figures of every KPI; to a provider what it is held to. */
export function deliveryShown({ agreement, sight, named, today, offers, form }: OpenAgreement) {
  const seen = deliverySeen(agreement, today, sight);
  if (seen === undefined) throw noSuchAgreement();
  const { kpis, cycles, obligations, withdrawn, concerns, expiries, visits, actions, offered, varied, outcomes, exit, staffTransfer, managed } = seen;
  const open = new Set(kpis.flatMap(({ periods }) => periods).flatMap(({ people }) => (people?.comparison === 'difference' && people.discussed === null ? [people.finding] : []))).size;
  const several = new Set(kpis.flatMap(({ periods }) => periods).map(({ provider }) => provider?.of ?? null)).size > 1;
  const late = obligations.filter((one) => one.stands === 'overdue').length;
  return {
    headline: kpis.length + obligations.length === 0
      ? 'No KPI is set and no obligation is agreed yet.'
      : `${counted(open, 'difference')} between the provider’s figures and what people say ${open === 1 ? 'waits' : 'wait'} to be discussed; ${counted(late, 'obligation')} ${late === 1 ? 'is' : 'are'} overdue.`,
    kpis: kpis.map((kpi) => ({
      title: kpi.title,
      definition: kpi.definition,
      target: `${kpi.target.is === 'at-least' ? 'At least' : 'At most'} ${figureOf(kpi.target.value, kpi.unit)}`,
      written: `${written[kpi.writtenBy.is]}${kpi.writtenBy.is === 'staff' || kpi.ofPeople ? '' : ', as staff say: none of them confirmed it yet'}`,
      periods: kpi.periods.map((one) => ({
        period: periodOf(one.period),
        provider: one.provider === null ? 'None told' : figureOf(one.provider.value, kpi.unit),
        source: one.provider === null ? undefined : `${several && one.provider.of !== null ? `${named.of(one.provider.of)}: ` : ''}${one.provider.source}`,
        people: one.people === null ? 'Nobody was asked' : saidOf(one.people, kpi.unit),
        question: one.people === null ? undefined : `“${one.people.question}” ${upper(one.people.method)}.`,
        correct: one.people === null ? undefined : form('record-finding', one.people.finding),
        corrected: (one.people?.corrected ?? []).map((before) => `Corrected on ${dayOf(before.correctedOn)}: ${before.why} Before: ${periodOf(before.period)}, ${saidOf(before, kpi.unit)}.`),
        tag: one.people === null ? undefined : one.people.comparison === 'difference' && one.people.discussed !== null ? discussed : compared[one.people.comparison],
        follows: one.people?.discussed && `${dayOf(one.people.discussed.on)}, ${one.people.discussed.by}: ${one.people.discussed.follows}`,
        href: one.people?.comparison === 'difference' && one.people.discussed === null ? form('discuss-difference', one.people.finding) : undefined,
        bars: kpi.unit === 'percent' ? barsOf(one, kpi.target.value) : undefined,
      })),
    })),
    cycles: cycles.map((one) => ({
      period: periodOf(one.period),
      asked: one.peopleAsked ? 'People were asked.' : 'Nobody was asked yet: people are asked in every cycle.',
      tag: one.endedOn === null ? { text: 'Under way', classes: 'govuk-tag--yellow' } : { text: `Ended on ${dayOf(one.endedOn)}`, classes: 'govuk-tag--grey' },
      href: one.endedOn === null ? form('end-cycle', one.cycle) : undefined,
      move: one.endedOn === null && today < one.period.startsOn ? form('begin-cycle', one.cycle) : undefined,
    })),
    obligations: obligations.map((one) => ({
      what: one.what,
      who: one.provider === null ? undefined : `Owed by ${named.of(one.provider)}`,
      due: one.dueOn !== null ? dayOf(one.dueOn) : one.stands === 'met' ? 'Met for good' : 'Owed no more',
      last: lastMetShown(one),
      tag: stands[one.stands],
      href: one.dueOn === null ? undefined : form('meet-obligation', one.obligation),
    })),
    withdrawn: withdrawn.map(({ what, on, by, reason }) => `“${what}” was withdrawn on ${dayOf(on)}${by === null ? '' : ` by ${named.of(by)}`}: ${reason}`),
    concerns: concerns.map((one) => ({
      about: one.about,
      from: `${named.of(one.provider)}, ${dayOf(one.raisedOn)}`,
      answer: one.answered && `${dayOf(one.answered.on)}: ${one.answered.answer}`,
      href: one.answered === null ? form('answer-provider-concern', one.concern) : undefined,
    })),
    expiries: expiries.map((one) => ({
      what: `${codeOf(one.of)}: ${one.document.title}`,
      from: `${named.of(one.provider)}, in force until the end of ${dayOf(one.endsOn)}`,
      tag: inForce[one.stands],
      href: one.stands === 'in-force' ? undefined : form('record-expiry', one.expiry),
    })),
    visits: visits.map((one) => ({
      on: dayOf(one.on),
      who: `${named.of(one.provider)}. ${codeOf(one.visitors, 'visitors')}, ${codeOf(one.notice).toLowerCase()}; spoken to of ${named.group('service-users')}: ${one.spokeWith === null ? 'fewer than five people' : one.spokeWith}`,
      found: one.found,
      report: one.report.title,
      next: one.nextBy === null ? undefined : dayOf(one.nextBy),
      improvements: one.improvements.map((better) => ({
        what: better.what,
        due: dayOf(better.dueOn),
        how: better.shown && `${dayOf(better.shown.on)}: ${better.shown.how}`,
        tag: stands[better.stands],
        href: better.shown === null ? form('show-improvement', better.improvement) : undefined,
      })),
    })),
    // The organisation reads actions under their meetings.
    actions: managed === null ? actions.map((action) => actionShown(action, named, form)) : [],
    // And outcomes and variations where it manages them.
    offered: managed === null ? offered.map((one) => ({ what: one.what, to: becomes(one.to), href: form('accept-variation', one.variation) })) : [],
    varied: managed === null ? varied.map(({ to }) => becomes(to)) : [],
    outcomes: managed === null ? outcomes.map((one) => outcomeAsked(one, form)) : [],
    exit: exit && `${exit.plan.title}: the last day is ${dayOf(exit.lastDay)}; ${peopleUse(exit.people)} on the day of the plan. ${exit.why === undefined ? '' : `Why no more: ${exit.why} `}${staffTransfer === null ? `If staff pass to another employer, information on them is owed by ${dayOf(exit.staffInformationBy)}, 28 days before (common practice; check it).` : ''}`,
    staff: staffTransfer && `${staffPass(staffTransfer.staff)} to another employer on ${dayOf(staffTransfer.transfersOn)}. ${staffTransfer.given === null ? `Information on them is owed by ${dayOf(staffTransfer.informationBy)}.` : `Information on them was given on ${dayOf(staffTransfer.given.on)}: ${staffTransfer.given.evidence.title}.`}`,
    managed: managed && managedShown(managed, agreement, named, form),
    acts: actsOf(offers, doable),
  };
}

// Fewer than five are told to no provider, nor what with another figure would tell of so few (`endOf`): which of the two it is would tell, too.
const keptBack = 'how many is not told here, because they are fewer than five or another figure is told';

/** How many use the service; null where a provider is not told. */
export const peopleUse = (people: number | null): string => (people === null ? `people use the service (${keptBack})` : `${counted(people, 'person uses', 'people use')} the service`);

/** How many pass to another employer; null where a provider is not told. */
export const staffPass = (staff: number | null): string => (staff === null ? `Members of staff pass (${keptBack})` : counted(staff, 'member of staff passes', 'members of staff pass'));

/** What people say as a figure, and of how many; kept back where it would tell of few. */
function saidOf({ answers, value }: Pick<NonNullable<TwoFigures['people']>, 'answers' | 'value'>, unit: Delivered['kpis'][number]['unit']): string {
  if (answers === 0) return 'Nobody answered';
  const of = answers === null ? '' : ` (n=${answers})`;
  return value === null ? `Not shown: it would tell of fewer than five people${of}` : `${figureOf(value, unit)}${of}`;
}

/** When it was met last, and how late that was. */
function lastMetShown(obligation: Obligation): string | undefined {
  const last = lastMet(obligation);
  if (last === undefined) return undefined;
  const late = daysBetween(last.dueOn, last.on);
  return `Last met on ${dayOf(last.on)}${late > 0 ? `, ${counted(late, 'day')} late` : ''}: ${last.evidence.title}`;
}

const outcomeAsked = ({ outcome, title, answered }: Delivered['outcomes'][number], form: Form) => ({
  title,
  answers: (Object.keys(plainQuestions) as (keyof typeof plainQuestions)[]).map((question) => ({ asks: plainQuestions[question], answer: answered === null ? 'Not answered yet' : codeOf(answered[question], 'answer') })),
  answered: answered === null ? undefined : dayOf(answered.on),
  href: form('answer-plain-questions', outcome),
});

// Drawn 200 wide for 100 per cent.
const barsOf = ({ provider, people }: TwoFigures, target: number) => ({ provider: 2 * (provider?.value ?? 0), people: 2 * (people?.value ?? 0), target: 2 * target });

/** What the regime's test says of it: as things stand, while anything may still come of it. */
export function testShown(agreement: Agreement, one: Agreement['variations'][number]): string {
  const { test, decided, carriedOut } = one;
  if (test === null) return 'Not tested yet.';
  const route = carriedOut || decided?.outcome === 'refused' ? undefined : routes.find(agreement.route.id, agreement.route.version);
  const lacks = route === undefined ? test.lacks : testLacks(agreement, one, route);
  if (lacks.length === 0) return `Permitted: ${codeOf(test.ground)}.`;
  return `${test.lacks.length === 0 ? 'It was permitted as things stood then, and is no more. ' : ''}${lacks.join(' ')}`;
}

/** What whoever looks may do about a variation next, in the order in which it is done. */
function linksOf(agreement: Agreement, one: Variation, form: Form): readonly { readonly href: string; readonly title: string }[] {
  const open = one.decided === null;
  const accepted = stillToAccept(agreement, one).length === 0;
  const next: readonly (readonly [CommandName, boolean])[] = [
    ['record-asked-again', !one.carriedOut && one.toAskAgain.length > 0],
    ['record-not-asked-again', open && !one.carriedOut && one.toAskAgain.some((theme) => !one.touches.includes(theme))],
    ['test-modification', open],
    ['decide-variation', open],
    ['second-variation', one.decided?.second.is === 'awaited'],
    ['call-in-decision', one.decided?.callIn.is === 'open' && one.decided.calledIn === null],
    ['conclude-call-in', waitsForCallIn(one.decided)],
    ['carry-out-variation', one.decided?.outcome === 'agreed' && one.decided.second.is !== 'awaited' && !waitsForCallIn(one.decided) && accepted && !one.carriedOut],
  ];
  return next.flatMap(([name, asked]) => {
    const href = asked ? form(name, one.variation) : undefined;
    return href === undefined ? [] : [{ href, title: commandWords[name].title }];
  });
}

const actionShown = (action: ReturnType<typeof deliveryView>['actions'][number], named: Named, form: Form) => ({
  what: action.what,
  owner: upper(named.of(action.owner)),
  due: dayOf(action.dueOn),
  how: action.done && `${dayOf(action.done.on)}: ${action.done.how}`,
  tag: stands[action.stands],
  href: action.done === null ? form('complete-action', action.action) : undefined,
});

function managedShown(managed: Managed, agreement: Agreement, named: Named, form: Form) {
  const { meetings, variations, agenda, transitions, rates, funders } = managed;
  const { kpis, delivery, providerConcerns, reviews } = agreement;
  const findingOf = (id: string) => kpis.kpis.find(({ kpi }) => kpi === kpis.findings.find(({ finding }) => finding === id)?.kpi)?.title;
  const called = (id: string): string =>
    findingOf(id) ?? delivery.obligations.find(({ obligation }) => obligation === id)?.what ?? providerConcerns.find(({ concern }) => concern === id)?.about ?? reviews.actions.find(({ action }) => action === id)?.what ??
    variations.find(({ variation }) => variation === id)?.what ?? agreement.expiries.find(({ expiry }) => expiry === id)?.document.title ?? agreement.qualityVisits.flatMap(({ improvements }) => improvements).find(({ improvement }) => improvement === id)?.what ?? id;
  const kinds = { difference: 'Difference', 'obligation-overdue': 'Overdue obligation', 'provider-concern': 'The provider’s concern', 'action-overdue': 'Overdue action', 'improvement-overdue': 'Overdue improvement', expiry: 'Ends soon or ended', variation: 'Variation' } as const;
  const item = ({ kind, about }: Managed['agenda'][number]) => `${kinds[kind]}: ${called(about)}`;
  return {
    agenda: agenda.map(item),
    rates: rates.map(({ rate, what, per, years }) => ({
      what: `${what}, for each ${codeOf(per).toLowerCase()}`,
      href: form('set-rate', rate),
      years: years.map(({ year, amount, uplift, why }) => ({ year, amount: moneyOf(amount), uplift: uplift === null ? '' : `${uplift > 0 ? '+' : ''}${uplift.toLocaleString('en-GB')}%`, why })),
    })),
    funders: funders.map(({ funding, funder, year, amount, actual, left, over, basis, payments }) => ({
      funder, year, basis,
      committed: moneyOf(amount),
      actual: moneyOf(actual),
      left: over ? 'More than committed' : moneyOf(left),
      href: form('record-spend', funding),
      payments: payments.map(({ spend, on, amount: paid, source, corrected }) => ({
        what: `${moneyOf(paid)} on ${dayOf(on)}: ${source}`,
        href: form('record-spend', spend),
        corrected: corrected.map((before) => `Corrected on ${dayOf(before.correctedOn)}: ${before.why} Before: ${moneyOf(before.amount)} on ${dayOf(before.on)}, for ${named.of(before.funding)}: ${before.source}`),
      })),
    })),
    meetings: meetings.map((one) => ({
      on: dayOf(one.on),
      present: one.present,
      minutes: one.minutes.title,
      agenda: one.agenda.map(item),
      actions: one.actions.map((action) => actionShown(action, named, form)),
    })),
    variations: variations.map((one) => ({
      what: one.what,
      why: one.why,
      to: `${becomes(one.to)}${one.afterEnd === null ? '' : `, proposed on ${dayOf(one.proposedOn)} after it had ended on ${dayOf(one.afterEnd)}`}`,
      askedBecause: one.whyAskAgain ?? undefined,
      notAsked: [...grouped(one.notAsked, ({ why }) => why)].map(([why, themes]) => `Not asked of ${themes.map(({ theme }) => named.of(theme)).join(', ')}: ${why}`),
      asked: one.touches.length === 0 && one.whyAskAgain === null ? 'It touches nothing that people gave.' : one.toAskAgain.length === 0 ? 'Everybody whose answer it touches was asked again or told.' : `Still to be asked again or told: ${one.toAskAgain.map((theme) => named.of(theme)).join('; ')}.`,
      test: testShown(agreement, one),
      decided: one.decided && `${upper(one.decided.outcome)} on ${dayAndRecorded(one.decided.decidedOn, one.decided.recordedOn)} ${one.decided.decidedBy.kind === 'body' ? `by ${one.decided.decidedBy.body}, minute ${one.decided.decidedBy.minute}` : `by an officer under ${one.decided.decidedBy.delegation}`}, in force from ${dayOf(countsFrom(one.decided))}: ${one.decided.reasons}`,
      // Of a variation that was decided before that was asked nobody said it.
      terms: one.decided === null || one.decided.scheme === '' ? undefined : `Power: ${one.decided.scheme}. ${keySaid(one.decided)}. Call-in: ${callInSaid(one.decided)}.`,
      // Nor what they read and weighed.
      read: one.decided === null || one.decided.version === null ? undefined : `What was weighed: ${one.decided.weighed} What was read: the variation as it stood then (version ${shortOf(one.decided.version)}).`,
      calledIn: calledInSaid((one.decided ?? one.toTakeAnew)?.calledIn ?? null, named),
      second: one.decided === null || one.decided.second.is === 'not-needed' ? undefined : `Decided by the one who ${one.decided.overlaps.join(' and ')}; ${one.decided.second.is === 'given' ? `read by ${named.of(one.decided.second.by)}.` : 'a second person is still to read it.'}`,
      waits: stillToAccept(agreement, one).length === 0 ? undefined : `It waits to be accepted by ${stillToAccept(agreement, one).map((provider) => named.of(provider)).join(' and ')}.`,
      state: one.carriedOut ? 'Carried out' : one.decided === null ? 'Open' : upper(one.decided.outcome),
      links: linksOf(agreement, one, form),
    })),
    transitions: transitions.map(({ group, people, goesTo, without }) => ({
      group, goesTo,
      people: counted(people, 'person', 'people'),
      tag: without === 0 ? { text: 'All arranged', classes: 'govuk-tag--green' } : { text: `${without} without an arrangement`, classes: 'govuk-tag--orange' },
    })),
  };
}
