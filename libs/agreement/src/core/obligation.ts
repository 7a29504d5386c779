import type { Missing } from '@concordat/journal/core';
import { addDays, canonical, type CivilDate, monthsAfter } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { deliversNothing, leading, overlap, periodReversed, providerActing, refuseBefore, refuseOutside } from './delivery-side.js';
import { happened } from './event.js';
import type { DocumentReference, Period } from './facts.js';
import { differencesOpen, toDiscuss } from './kpi.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { refuseSamePerson } from './separation.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** When an obligation is due: once, or every so many months, the first time on `from`. */
export type ObligationDue = { readonly is: 'once'; readonly on: CivilDate } | { readonly is: 'each'; readonly months: number; readonly from: CivilDate };

type Agreed = { readonly obligation: string; readonly what: string; readonly due: ObligationDue; /** What is shown for it. */ readonly evidence: string };
/** Which of its providers owes it, of several whoever leads where none is named; null where it was agreed before anybody provided it: then whoever leads once somebody does. */
type Owes = { readonly provider: string | null };
type Met = { readonly obligation: string; readonly on: CivilDate; readonly evidence: DocumentReference };
type Begun = { readonly cycle: string; readonly period: Period };

export interface ObligationCommands {
  'agree-obligation': Agreed & { readonly provider?: string };
  /** For what was put on record by mistake, or comes again and is owed no more; what was done for it stays. Once somebody owes it, somebody else withdraws it than who agreed it. */
  'withdraw-obligation': { readonly obligation: string; readonly reason: string };
  /** By the provider, or written down by the organisation. */
  'meet-obligation': Met;
  /** Delivery is a cycle: it begins, and it ends once people were asked and differences discussed. Ended before its last day it was shorter. The same `cycle` again gives it other days, as long as its first day is ahead. */
  'begin-cycle': Begun;
  'end-cycle': { readonly cycle: string; readonly on: CivilDate };
}

export interface ObligationEvents {
  'concordat.agreement.obligation-agreed.v1': Agreed & Owes;
  'concordat.agreement.obligation-withdrawn.v1': ObligationCommands['withdraw-obligation'] & Owes;
  'concordat.agreement.obligation-met.v1': Met & Owes;
  'concordat.agreement.cycle-begun.v1': Begun;
  'concordat.agreement.cycle-ended.v1': { readonly cycle: string; readonly on: CivilDate };
}

export interface Obligation extends Agreed, Owes {
  readonly met: readonly Omit<Met, 'obligation'>[];
}
export interface DeliveryState {
  readonly obligations: readonly Obligation[];
  /** Who put each on record, as far as that was here. */
  readonly agreedBy: Readonly<Record<string, string>>;
  /** What was owed by mistake, or until that day, and counts no more. */
  readonly withdrawn: readonly (Pick<Obligation, 'obligation' | 'what' | 'provider'> & { readonly by: string; readonly on: CivilDate; readonly reason: string })[];
  readonly cycles: readonly (Begun & { readonly endedOn: CivilDate | null })[];
}
export type Cycle = DeliveryState['cycles'][number];
export const initialDelivery: DeliveryState = { obligations: [], agreedBy: {}, withdrawn: [], cycles: [] };

/** The last day of the service, where it ended or is planned to. A contract that is not extended in time may run on, and what is owed under it with it. */
const lastDay = ({ facts, exit }: Agreement): CivilDate | undefined => facts['service-ended']?.value ?? exit?.lastDay;

const isWithdrawn = ({ delivery: { withdrawn } }: Agreement, { obligation }: Obligation): boolean => withdrawn.some((each) => each.obligation === obligation);

/**
 * The day it is due next; null once it is met for good, or owed no more. One that comes again is met in turn, one time after the other, the
 * last time for a time that begins before the last day of the service.
 */
export function dueNext(agreement: Agreement, obligation: Obligation): CivilDate | null {
  const { due, met } = obligation;
  if (isWithdrawn(agreement, obligation)) return null;
  if (due.is === 'once') return met.length > 0 ? null : due.on;
  const [from, last] = [dueFor(obligation), lastDay(agreement)];
  return from !== null && last !== undefined && from >= last ? null : monthsAfter(due.from, due.months * met.length);
}

/** When it was met last, and by which day that was due; undefined before it ever was. */
export function lastMet({ due, met }: Obligation): (Omit<Met, 'obligation'> & { readonly dueOn: CivilDate }) | undefined {
  const last = met.at(-1);
  return last && { ...last, dueOn: due.is === 'once' ? due.on : monthsAfter(due.from, due.months * (met.length - 1)) };
}

/** The first day on which it can be met next: of one that comes again that of the time it is due for, so that no time is met before it begins. */
const dueFor = ({ due, met }: Obligation): CivilDate | null => (due.is === 'once' ? null : monthsAfter(due.from, due.months * (met.length - 1)));

/** Where an obligation stands today. */
export function obligationStands(agreement: Agreement, obligation: Obligation, today: CivilDate): 'met' | 'owed-no-more' | 'due' | 'overdue' {
  const due = dueNext(agreement, obligation);
  if (due === null) return obligation.due.is === 'once' ? 'met' : 'owed-no-more';
  return due < today ? 'overdue' : 'due';
}

/** Awarded in lots, each of which becomes a contract: what nobody in particular owes is owed in each of them, by whoever leads it. */
const isToBeSplit = ({ id, kind, award: { awarded } }: Agreement): boolean => kind !== 'framework' && awarded !== null && awarded.lots.length > 0 && awarded.lots.every(({ agreement }) => agreement !== id);

/** Who owes it now; null where nobody provides it. */
const owedBy = (agreement: Agreement, { provider }: Owes): string | null => provider ?? leading(agreement) ?? null;
/** Does this provider owe it, by name or because it leads and none is named? */
export const owes = (agreement: Agreement, obligation: Obligation, party: string): boolean => owedBy(agreement, obligation) === party;

/** Whether people were asked in this cycle, whatever they answered and also where nobody did: in the one in which the time ends that they were asked of. */
export const peopleAskedIn = ({ kpis }: Agreement, { period }: Pick<Cycle, 'period'>): boolean => kpis.findings.some((finding) => period.startsOn <= finding.period.endsOn && finding.period.endsOn <= period.endsOn);

/** A cycle that is ended before its last day was shorter: the days that are left are of another. */
const untilEnded = (period: Period, on: CivilDate): Period => (on < period.endsOn ? { ...period, endsOn: on } : period);

const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });
const unknown = refusal('obligation.unknown', 'The obligation is agreed.', manager('obligation', 'agree-obligation'));
const askPeople = ({ period }: Pick<Cycle, 'period'>): Missing => manager(`what people say of a KPI, of a time that ends between ${period.startsOn} and ${period.endsOn}`, 'record-finding');

export const decide = {
  'agree-obligation': ({ agreement }, { obligation, what, due, evidence, provider = null }) =>
    unless(
      [
        agreement.delivery.obligations.some((each) => each.obligation === obligation) && alreadySo('the obligation is agreed'),
        agreement.delivery.withdrawn.some((each) => each.obligation === obligation) && alreadySo('the obligation was withdrawn'),
        refuseBefore(agreement, due.is === 'once' ? due.on : due.from, 'due', 'agree-obligation'),
        provider !== null && agreement.award.parties[provider] !== 'provider' && refusal('obligation.not-the-provider', 'A provider of the agreement owes it.', manager('provider', 'agree-obligation')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.obligation-agreed.v1', { obligation, what, due, evidence, provider: isToBeSplit(agreement) ? provider : owedBy(agreement, { provider }) })],
    ),

  'withdraw-obligation': ({ agreement, persons }, { obligation, reason }, { actor }) => {
    const { obligations, agreedBy, withdrawn } = agreement.delivery;
    const known = obligations.find((each) => each.obligation === obligation);
    const owing = known === undefined ? null : owedBy(agreement, known);
    const measuring = agreement.kpis.kpis.filter(({ measures }) => measures.includes(obligation));
    const isOver = withdrawn.some((each) => each.obligation === obligation);
    return unless(
      [
        isOver && alreadySo('the obligation is withdrawn'),
        known === undefined && !isOver && unknown,
        known !== undefined && known.due.is === 'once' && known.met.length > 0 && refusal('obligation.met', 'What was done for an obligation stays on record, and the obligation with it.', manager('what is owed from now on', 'agree-obligation')),
        measuring.length > 0 && refusal('obligation.measured', 'A KPI measures what is owed.', ...measuring.map(({ title }) => manager(`“${title}”, without it`, 'set-kpi'))),
        owing !== null &&
          refuseSamePerson(persons, actor, [agreedBy[obligation]], { code: 'second.same-person', asks: 'What a provider was told that it owes is withdrawn by somebody else than who agreed it.', did: 'agreed it', by: 'withdraw-obligation' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.obligation-withdrawn.v1', { obligation, reason, provider: owing })],
    );
  },

  'meet-obligation': (states, { obligation, on, evidence }, context) => {
    const { agreement } = states;
    const known = agreement.delivery.obligations.find((each) => each.obligation === obligation);
    const own = providerActing(states, context);
    const from = known === undefined ? null : dueFor(known);
    return unless(
      [
        known === undefined && unknown,
        known !== undefined && known.due.is === 'once' && known.met.length > 0 && alreadySo('the obligation is met'),
        known !== undefined && isWithdrawn(agreement, known) && alreadySo('the obligation is withdrawn'),
        known !== undefined && known.met.some((each) => each.on === on && canonical(each.evidence) === canonical(evidence)) && alreadySo('it was met on that day by that'),
        on > context.today && refusal('obligation.not-met-yet', 'That something was done is recorded once it is done.', manager('on', 'meet-obligation')),
        refuseBefore(agreement, on, 'on', 'meet-obligation'),
        from !== null && on < from && refusal('obligation.before-its-time', 'What comes again is met within the time it is due for, or after it.', manager(`on: ${from} or later`, 'meet-obligation')),
        deliversNothing(states, context) ||
          (known !== undefined && own !== undefined && !owes(agreement, known, own) && refusal('obligation.another-s', 'A provider shows what it owes itself.', manager('obligation', 'meet-obligation'))),
      ],
      () => [happened(agreement.id, 'concordat.agreement.obligation-met.v1', { obligation, on, evidence, provider: known === undefined ? null : owedBy(agreement, known) })],
    );
  },

  'begin-cycle': ({ agreement }, { cycle, period }, { today }) => {
    const { cycles } = agreement.delivery;
    const under = cycles.find(({ endedOn }) => endedOn === null);
    const known = cycles.find((each) => each.cycle === cycle);
    const isAhead = known !== undefined && known.endedOn === null && today < known.period.startsOn;
    return unless(
      [
        known !== undefined && (!isAhead || canonical(known.period) === canonical(period)) && alreadySo('the cycle was begun'),
        periodReversed(period, 'begin-cycle'),
        ...refuseOutside(agreement, period, 'begin-cycle'),
        under !== undefined && under.cycle !== cycle && refusal('cycle.under-way', 'One cycle ends before the next begins.', manager(under.cycle, 'end-cycle')),
        cycles.some((each) => each.cycle !== cycle && overlap(each.period, period)) && refusal('cycle.same-days', 'No day is in two cycles.', manager('period', 'begin-cycle')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.cycle-begun.v1', { cycle, period })],
    );
  },

  'end-cycle': ({ agreement }, { cycle, on }, { today }) => {
    const known = agreement.delivery.cycles.find((each) => each.cycle === cycle);
    const open = differencesOpen(agreement);
    const ended = known && { period: untilEnded(known.period, on) };
    return unless(
      [
        known === undefined && refusal('cycle.unknown', 'The cycle was begun.', manager('cycle', 'begin-cycle')),
        known !== undefined && known.endedOn !== null && alreadySo('the cycle is over'),
        (on > today || (known !== undefined && on < known.period.startsOn)) && refusal('cycle.not-ended-then', 'A cycle ends after it began, and is recorded as ended once it is.', manager('on', 'end-cycle')),
        ended !== undefined && !peopleAskedIn(agreement, ended) && refusal('cycle.people-not-asked', 'People are asked in every cycle, and what they say stands on a KPI.', askPeople(ended)),
        open.length > 0 && refusal('cycle.differences-open', 'Every difference is discussed before the cycle ends.', ...open.map((finding) => toDiscuss(agreement, finding))),
      ],
      () => [happened(agreement.id, 'concordat.agreement.cycle-ended.v1', { cycle, on })],
    );
  },
} satisfies { [C in keyof ObligationCommands]: Decide<C> };

const withDelivery = (agreement: Agreement, changes: Partial<DeliveryState>): Agreement => agreementWith(agreement, { delivery: { ...agreement.delivery, ...changes } });

export const evolve = {
  'concordat.agreement.obligation-agreed.v1': (agreement, { data, meta }) =>
    withDelivery(agreement, { obligations: [...agreement.delivery.obligations, { ...data, met: [] }], agreedBy: { ...agreement.delivery.agreedBy, [data.obligation]: meta.actor } }),
  'concordat.agreement.obligation-withdrawn.v1': (agreement, { data: { obligation, reason, provider }, meta, recordedAt }) => {
    const { obligations, withdrawn } = agreement.delivery;
    const over = obligations.filter((each) => each.obligation === obligation).map(({ what }) => ({ obligation, what, provider, by: meta.actor, on: dayInUtc(recordedAt), reason }));
    // What was done for it stays, and so does what it was done for.
    return withDelivery(agreement, { obligations: obligations.filter((each) => each.obligation !== obligation || each.met.length > 0), withdrawn: [...withdrawn, ...over] });
  },
  'concordat.agreement.obligation-met.v1': (agreement, { data: { obligation, on, evidence } }) =>
    withDelivery(agreement, { obligations: agreement.delivery.obligations.map((each) => (each.obligation === obligation ? { ...each, met: [...each.met, { on, evidence }] } : each)) }),
  'concordat.agreement.cycle-begun.v1': (agreement, { data }) => withDelivery(agreement, { cycles: [...agreement.delivery.cycles.filter(({ cycle }) => cycle !== data.cycle), { ...data, endedOn: null }] }),
  'concordat.agreement.cycle-ended.v1': (agreement, { data: { cycle, on } }) =>
    withDelivery(agreement, { cycles: agreement.delivery.cycles.map((each) => (each.cycle === cycle ? { ...each, period: untilEnded(each.period, on), endedOn: on } : each)) }),
} satisfies { [T in keyof ObligationEvents]: Evolve<T> };

/** After so many months without a cycle people are asked again. Practice, not law. */
const mostMonthsBetween = 12;

/** The days of the service, as far as it runs and is known here, that are in no cycle for longer than that. */
function withoutCycle(agreement: Agreement, today: CivilDate): readonly Missing[] {
  const { facts, openedAt, delivery: { cycles } } = agreement;
  const [opened, starts] = [dayInUtc(openedAt), facts['contract-period']?.value.startsOn];
  // No cycle begins after the last day that was planned, whatever stands in the contract.
  const last = lastDay(agreement) ?? facts['contract-period']?.value.endsOn ?? today;
  const held = cycles.map(({ period }) => period).sort((one, other) => (one.startsOn < other.startsOn ? -1 : 1));
  const begins = [...held.map(({ startsOn }) => startsOn), last < today ? addDays(last, 1) : today];
  // What ran before Concordat held its cycles elsewhere.
  const from = [...(starts === undefined ? [] : [starts > opened ? starts : opened]), ...held.map(({ endsOn }) => addDays(endsOn, 1))];
  const until = starts === undefined ? begins.slice(1) : begins;
  return from.flatMap((first, at) => {
    const next = until[at]!;
    return monthsAfter(first, mostMonthsBetween) < next ? [manager(`a cycle of the time from ${first} to ${addDays(next, -1)}`, 'begin-cycle')] : [];
  });
}

export const conditions = {
  'delivery.people-asked-each-cycle': (agreement, _, { today }) => {
    const { cycles } = agreement.delivery;
    if (cycles.length === 0) return [manager('a cycle of delivery', 'begin-cycle')];
    return [
      ...cycles.flatMap((cycle) => [
        ...(peopleAskedIn(agreement, cycle) ? [] : [askPeople(cycle)]),
        ...(cycle.endedOn === null ? [manager(`the end of the cycle that began on ${cycle.period.startsOn}`, 'end-cycle')] : []),
      ]),
      ...withoutCycle(agreement, today),
    ];
  },
} satisfies Partial<Conditions>;
