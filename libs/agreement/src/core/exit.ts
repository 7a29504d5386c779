import type { Missing } from '@concordat/journal/core';
import { isEarlier, nextStage } from '@concordat/pathway/core';
import { addDays, canonical, type CivilDate } from '@concordat/platform/core';
import { affectedGroups, missingOfGroups, sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { decidingStage } from './deciding-stage.js';
import { deliversNothing, leading, providerActing, refuseBefore } from './delivery-side.js';
import { endsServices } from './ending.js';
import { happened } from './event.js';
import type { DocumentReference } from './facts.js';
import { isAbove } from './money.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { isRunning } from './service-start.js';
import { type CountsTold, toldAnew } from './small-numbers.js';
import type { Conditions, Context, Decide, Evolve } from './topic.js';
import { childrenOf } from './tree.js';

/* How a service ends: for everyone who uses it, group by group, and for the staff who pass to another employer. */

/** `why`: why fewer are counted than the plan before counted, than are placed here, than what ends counts, or than people are concerned. */
type Exit = { readonly plan: DocumentReference; readonly lastDay: CivilDate; readonly people: number; readonly why?: string | undefined };
/** `counted`: how many every agreement that ends by this one counted on the day of the plan. Older events do not say. */
type PlannedExit = Exit & { readonly counted?: readonly { readonly agreement: string; readonly people: number }[] | undefined };
/** What a group goes to. `people`: how many of it used the service; `without`: how many of these have no arrangement yet. */
type Transition = { readonly group: string; readonly people: number; readonly goesTo: string; readonly without: number };
type StaffTransfer = { readonly transfersOn: CivilDate; readonly informationBy: CivilDate; readonly staff: number };
type StaffInformation = { readonly on: CivilDate; readonly evidence: DocumentReference };

export interface ExitCommands {
  /** `people`: how many use the service on the day of the plan; of fewer than were counted it is said why, and that stays while no others are counted. */
  'plan-exit': Exit;
  /** Of one group affected; what is said last of it counts. */
  'record-transition': Transition;
  /** Staff of any of its providers pass to another employer, to whom information on them is owed by a day. What is planned last counts. */
  'plan-staff-transfer': StaffTransfer;
  /** By whoever leads, for all whose staff pass over, or written down by the organisation. */
  'record-staff-information': StaffInformation;
}

export interface ExitEvents {
  'concordat.agreement.exit-planned.v1': PlannedExit;
  'concordat.agreement.transition-recorded.v1': Transition;
  'concordat.agreement.staff-transfer-planned.v1': StaffTransfer;
  'concordat.agreement.staff-information-given.v1': StaffInformation;
}

export type ExitState = PlannedExit | null;
export const initialExit: ExitState = null;
/** The last word on each group. */
export type TransitionState = readonly Transition[];
export const initialTransitions: TransitionState = [];
export type StaffTransferState = (StaffTransfer & { readonly given: StaffInformation | null }) | null;
export const initialStaffTransfer: StaffTransferState = null;

/** Employee liability information is owed at least so many days before staff pass to another employer (TUPE Regulations 2006 reg 11(6), as amended 2014: read about, and not read in the text). */
export const staffInformationDays = 28;

const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });

const endedBy = ({ tree: { links } }: Agreement): readonly string[] => links.filter(({ as }) => as === 'ends').map(({ agreement }) => agreement);
const sumOfPeople = (counted: readonly { readonly people: number }[]): number => counted.reduce((sum, { people }) => sum + people, 0);

/** How many are placed under an agreement; a placement that takes nothing of it any more never came to be. */
const placedUnder = (agreement: Agreement): number =>
  sumOfPeople(childrenOf(agreement).filter(({ value }) => isAbove(value.amount, '0.00')).map((child) => ({ people: child.people ?? 0 })));

/** How many use a service, by what is on record of it besides a plan for its end. */
const onRecord = (agreement: Agreement): number => Math.max(agreement.facts['people-concerned']?.value ?? 0, placedUnder(agreement));

export const decide = {
  'plan-exit': ({ agreement, others }, { plan, lastDay, people, why }) => {
    const before = agreement.exit;
    const counted = endedBy(agreement).flatMap((id) => (others[id] === undefined ? [] : [{ agreement: id, people: Math.max(onRecord(others[id]), others[id].exit?.people ?? 0) }]));
    const against = counted.length === 0 ? {} : { counted };
    const same = before?.people === people && canonical(before.counted ?? []) === canonical(counted);
    const said = why ?? (same ? before.why : undefined);
    const exit: PlannedExit = { plan, lastDay, people, ...(said !== undefined && { why: said }), ...against };
    const [placed, ending] = [placedUnder(agreement), sumOfPeople(counted)];
    const fewer = (says: string) => refusal('exit.fewer-people', `${says}: where fewer are counted it is said why.`, manager('why', 'plan-exit'));
    return unless(
      [
        before !== null && canonical(before) === canonical(exit) && alreadySo('this is the plan'),
        before !== null && people < before.people && why === undefined && fewer(`The plan counted ${before.people} people before`),
        people < placed && said === undefined && fewer(`${placed} people are placed under this agreement`),
        people < ending && said === undefined && fewer(`What ends counts ${ending} people`),
        refuseBefore(agreement, lastDay, 'lastDay', 'plan-exit'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.exit-planned.v1', exit)],
    );
  },

  'record-transition': ({ agreement }, { group, people, goesTo, without }) => {
    const transition = { group, people, goesTo, without };
    const affected = affectedGroups(agreement);
    const said = agreement.transitions.find((one) => sameWords(one.group, group));
    return unless(
      [
        said !== undefined && canonical(said) === canonical(transition) && alreadySo('this is the transition of the group'),
        !affected.some((one) => sameWords(one, group)) &&
          refusal('exit.group-not-affected', 'The transition is that of a group affected.', ...(affected.length === 0 ? ['affected-groups'] : [group]).map((what) => ({ what, suppliedBy: 'commissioner', by: 'amend-facts' }))),
        without > people && refusal('exit.more-without-than-people', 'No more people of a group are without an arrangement than use the service.', manager('without', 'record-transition')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.transition-recorded.v1', transition)],
    );
  },

  'plan-staff-transfer': ({ agreement }, { transfersOn, informationBy, staff }) => {
    const plan = { transfersOn, informationBy, staff };
    const latest = addDays(transfersOn, -staffInformationDays);
    const before = agreement.staffTransfer;
    return unless(
      [
        before !== null && canonical({ transfersOn: before.transfersOn, informationBy: before.informationBy, staff: before.staff }) === canonical(plan) && alreadySo('this is the plan'),
        refuseBefore(agreement, transfersOn, 'transfersOn', 'plan-staff-transfer'),
        informationBy > latest &&
          refusal(
            'exit.staff-information-too-late',
            `Information on staff is owed at least ${staffInformationDays} days before they pass to another employer (TUPE Regulations 2006 reg 11, to be checked).`,
            manager(`informationBy: ${latest} or before`, 'plan-staff-transfer'),
          ),
      ],
      () => [happened(agreement.id, 'concordat.agreement.staff-transfer-planned.v1', plan)],
    );
  },

  'record-staff-information': (states, { on, evidence }, context) => {
    const planned = states.agreement.staffTransfer;
    const own = providerActing(states, context);
    return unless(
      [
        planned === null && refusal('exit.no-staff-transfer', 'It is planned that staff pass to another employer.', manager('the transfer of staff', 'plan-staff-transfer')),
        planned !== null && planned.given !== null && alreadySo('the information is given'),
        on > context.today && refusal('exit.staff-information-ahead', 'That information was given is recorded once it is.', manager('on', 'record-staff-information')),
        refuseBefore(states.agreement, on, 'on', 'record-staff-information'),
        deliversNothing(states, context) ||
          (own !== undefined && own !== leading(states.agreement) &&
            refusal('exit.staff-information-another-s', 'Of several providers whoever leads answers for the information on all whose staff pass over.', manager('information that whoever leads gave', 'record-staff-information'))),
      ],
      () => [happened(states.agreement.id, 'concordat.agreement.staff-information-given.v1', { on, evidence })],
    );
  },
} satisfies { [C in keyof ExitCommands]: Decide<C> };

/** Who is on the way elsewhere and has no arrangement yet: those whom a plan or a transition counts, once the end of what they use was decided. */
export function onTheWay(agreement: Agreement, { pathway }: Pick<Context, 'pathway'>): readonly Missing[] {
  const { stage, cameBackFrom, exit, transitions } = agreement;
  const decides = decidingStage(pathway);
  const isDecided = endsServices(pathway) && decides !== undefined && [stage, ...cameBackFrom].some((one) => isEarlier(pathway, decides, one));
  return isDecided && (exit !== null || transitions.length > 0) ? everyGroup(agreement) : [];
}

/** How many use the service, and how many of its staff pass over, as a provider is told; null where nothing is planned. What came along at a split was told as it came. */
export const exitTold = ({ countsTold, exit }: Agreement): CountsTold['exit'] => countsTold.exit ?? exit?.people ?? null;
export const staffTold = ({ countsTold, staffTransfer }: Agreement): CountsTold['staff'] => countsTold.staff ?? staffTransfer?.staff ?? null;

export const evolve = {
  'concordat.agreement.exit-planned.v1': (agreement, { data }) => agreementWith(agreement, { exit: data, countsTold: { ...agreement.countsTold, exit: toldAnew(exitTold(agreement), data.people) } }),
  'concordat.agreement.transition-recorded.v1': (agreement, { data }) => agreementWith(agreement, { transitions: [...agreement.transitions.filter(({ group }) => !sameWords(group, data.group)), data] }),
  // Another plan is of the same staff: what they were told of them stays told.
  'concordat.agreement.staff-transfer-planned.v1': (agreement, { data }) =>
    agreementWith(agreement, { staffTransfer: { ...data, given: agreement.staffTransfer?.given ?? null }, countsTold: { ...agreement.countsTold, staff: toldAnew(staffTold(agreement), data.staff) } }),
  'concordat.agreement.staff-information-given.v1': (agreement, { data }) => agreementWith(agreement, { staffTransfer: agreement.staffTransfer && { ...agreement.staffTransfer, given: data } }),
} satisfies { [T in keyof ExitEvents]: Evolve<T> };

/** The last word on each group that is affected still. */
const standing = (agreement: Agreement): TransitionState => agreement.transitions.filter(({ group }) => affectedGroups(agreement).some((affected) => sameWords(affected, group)));

/** An arrangement for everybody whom the transitions say to be without one. */
const withoutArrangement = (agreement: Agreement): readonly Missing[] =>
  standing(agreement).filter(({ without }) => without > 0).map(({ group, without }) => manager(`an arrangement for ${without} of ${group}`, 'record-transition'));

/** Whom the plan counts and no group does. Somebody may be of two groups, so that groups may count more than the plan. */
function countedNowhere(agreement: Agreement, { people: counted }: Exit): readonly Missing[] {
  const left = counted - standing(agreement).reduce((sum, { people }) => sum + people, 0);
  return left > 0 ? [manager(`the transition of ${left} of the ${counted} people whom the plan counts`, 'record-transition')] : [];
}

/** Whom the plan itself leaves out without a word, and what it is held against. */
function planLacks(agreement: Agreement): readonly Missing[] {
  const { exit, facts, takenOver } = agreement;
  if (exit === null) return [manager('how many use the service', 'plan-exit')];
  const ending = endedBy(agreement);
  const unheld = ending.filter((id) => exit.counted?.some((one) => one.agreement === id) !== true);
  const concerned = Math.max(onRecord(agreement), sumOfPeople(exit.counted ?? []));
  return [
    // The gates that ask for both were passed before Concordat.
    ...(takenOver !== null && ending.length === 0 && facts['people-concerned'] === undefined ? [{ what: 'people-concerned', suppliedBy: 'commissioner', by: 'amend-facts' }] : []),
    ...unheld.map((id) => manager(`the plan held against how many agreement-${id} counts`, 'plan-exit')),
    ...(exit.people < concerned && exit.why === undefined ? [manager(`why the plan counts ${exit.people} people where ${concerned} are concerned`, 'plan-exit')] : []),
  ];
}

/** What is missing until nobody of any group is left without an arrangement. */
function everyGroup(agreement: Agreement): readonly Missing[] {
  return [
    ...missingOfGroups(agreement, agreement.transitions.map(({ group }) => group), (group) => manager(`the transition of ${group}`, 'record-transition')),
    ...withoutArrangement(agreement),
    ...planLacks(agreement),
    ...(agreement.exit === null ? [] : countedNowhere(agreement, agreement.exit)),
  ];
}

/** The last days of a service that are on record, each with what says so. */
function lastDaysOf({ facts, exit }: Agreement): readonly { readonly by: string; readonly last: CivilDate }[] {
  const period = facts['contract-period']?.value;
  return [...(period === undefined ? [] : [{ by: 'its contract', last: period.endsOn }]), ...(exit === null ? [] : [{ by: 'the plan for its end', last: exit.lastDay }])];
}

/** Is this the last gate of a service that has started? */
const isAtItsEnd = (agreement: Agreement, context: Context): boolean => nextStage(context.pathway, agreement.stage) === undefined && isRunning(agreement, context);

/** Is this the last gate of a service that has started, and that has a last day? A placement is over once whoever is placed has left it, whatever its contract says. */
export const endsHere = (agreement: Agreement, context: Context): boolean =>
  agreement.kind !== 'placement' && isAtItsEnd(agreement, context) && lastDaysOf(agreement).length > 0;

export const conditions = {
  // What was said of a group, and whom a plan counts, hold beside the sum: a nought typed over them arranges nothing.
  'people.all-arranged': (agreement, _, context) => {
    const said = agreement.facts['people-without-arrangement'];
    const atItsEnd = isAtItsEnd(agreement, context);
    // Of whoever came in as it began that says nothing once it ends.
    const isOfBefore = said !== undefined && atItsEnd && said.amendedAt < (agreement.stages[agreement.stage]?.enteredAt ?? '');
    const typed = said === undefined || isOfBefore ? ['people-without-arrangement'] : said.value > 0 ? [`an arrangement for ${said.value} people`] : [];
    // No words are said of whoever is placed, so that a placement counts them by the sum alone; and of what is small no plan is asked.
    const { exit, kind, tier } = agreement;
    const left = kind === 'placement' || exit === null ? [] : countedNowhere(agreement, exit);
    const counted = atItsEnd && kind !== 'placement' && tier !== 'small' ? planLacks(agreement) : [];
    return [...typed.map((what) => ({ what, suppliedBy: 'commissioner', by: 'amend-facts' })), ...withoutArrangement(agreement), ...counted, ...left];
  },

  'transition.every-group': everyGroup,

  'service.over': (agreement, _, { today }) =>
    lastDaysOf(agreement).filter(({ last }) => today <= last).map(({ by, last }) => ({ what: `the last day of the service by ${by}: ${last}`, suppliedBy: 'time' })),
} satisfies Partial<Conditions>;
