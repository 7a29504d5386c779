import type { Missing } from '@concordat/journal/core';
import { type FactName, isEarlier } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { type ById, putById } from './by-id.js';
import { alongFrom, type Evidence, evidenceOf } from './carried-over.js';
import { type CarriedSignOff, signOffsAlong } from './carried-sign-off.js';
import { panelsOf } from './sign-off-panel.js';
import { becoming, commitmentStands } from './commitment.js';
import type { ConflictState, InterestAbove } from './conflict.js';
import { contentOf } from './content.js';
import { decisionMissing, inForceFrom } from './decision.js';
import { happened } from './event.js';
import { type FactState, type FactValues, withFacts } from './facts.js';
import { notTold } from './feedback.js';
import { dueOn, openConditions } from './gate-condition.js';
import { type GoesAlong, goesAlong, goingOnWith } from './goes-along.js';
import type { HandState } from './hands.js';
import type { InvolvementPlan } from './involvement.js';
import type { PublishedNoticeState } from './notice.js';
import { type Lot, providersIn, refuseBeyondValue } from './lots.js';
import { cameAlong, partnersAlong, type RecordedPartner } from './partner.js';
import { refusal, unless } from './refusal.js';
import { type CarriedCommitment, type CarriedTheme, carriedFrom } from './carry-on.js';
import { standingIn } from './reversal.js';
import type { RouteChoiceState } from './route-choice.js';
import { begin, type Begun } from './beginning.js';
import type { Conditions, Context, Decide, Evolve } from './topic.js';
import { asksAs, type Child, inTree, refuseKnown } from './tree.js';
import { unsettled } from './unsettled.js';
import { initialUrgency } from './urgency.js';

/** `mostCallOffs`: how many of those that may be called off at most are called off from this contract. */
type Part = { readonly agreement: string; readonly commitments: readonly string[]; readonly mostCallOffs?: number | undefined };

export interface SplitCommands {
  /** Opens every contract that was awarded, each with the promises that are kept there from now on. */
  split: { readonly agreements: readonly Part[] };
}

export interface SplitEvents {
  'concordat.agreement.split.v1': { readonly agreements: readonly (Pick<Lot, 'agreement' | 'lot' | 'title' | 'lead' | 'value'> & { readonly commitments: readonly string[] })[] };
  /**
   * In the stream of each contract, as its beginning: it stands where the agreement it comes from stood, and what was asked
   * and gathered there counts here. `root`: the agreement that was split first. Whom the whole barred from approving it bars here
   * too: `authors`: who wrote each fact there; `openedBy`: who opened it; `plannedBy`: who planned its involvement, or carried it out;
   * `decisionRecordedBy`: who took the decision; `conflicts`: the interests declared there, whose words stay in it; `interests`: those
   * declared above it; `routeChoice`: by whom and on which ground the route was chosen; `hands`: who had a hand in it before. `signOffs`: what was answered there, as it counts here.
   * `along`: what was set, agreed and weighed there. `since`: the days there from which the law counts, and what was published; null where its record did not say so yet.
   */
  'concordat.agreement.split-off.v1': Begun & {
    readonly from: string;
    readonly root: string;
    readonly award: Lot;
    readonly awardedIn: string;
    readonly proposedBy: string;
    readonly providers: readonly string[];
    readonly partners: readonly RecordedPartner[];
    readonly passed: readonly string[];
    readonly authors: Readonly<Record<string, readonly string[]>>;
    readonly openedBy: string;
    readonly plannedBy: readonly string[];
    readonly decisionRecordedBy: string | null;
    readonly conflicts: ConflictState;
    readonly interests: readonly InterestAbove[];
    readonly routeChoice: RouteChoiceState;
    readonly hands: HandState;
    readonly signOffs: readonly CarriedSignOff[];
    readonly evidence: readonly Evidence[];
    readonly plans: readonly InvolvementPlan[];
    readonly themes: readonly CarriedTheme[];
    readonly commitments: readonly CarriedCommitment[];
    readonly along: GoesAlong;
    readonly since: Since | null;
  };
}

/** `openedAt`, `proposedAt`: instants; `awardedOn`: the civil day (UTC); `notice` of the award, the last that began a standstill (`told`), and the day of the first. */
type Since = Pick<Agreement['award'], 'notice' | 'told' | 'firstToldOn'> & {
  readonly openedAt: string;
  readonly proposedAt: string;
  readonly awardedOn: CivilDate;
  readonly published: PublishedNoticeState;
};

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

function sinceWhen({ openedAt, award: { notice, told, firstToldOn, proposed, original }, publishedNotices }: Agreement): Since | null {
  return proposed === null || original === null || original.on === null ? null : { openedAt, proposedAt: proposed.proposedAt, awardedOn: original.on, notice, told, firstToldOn, published: publishedNotices };
}

/** One contract of a split, as it begins. */
function splitOff(agreement: Agreement, lot: Lot, awardedIn: string, { commitments: promised, mostCallOffs }: Omit<Part, 'agreement'>, context: Context) {
  const { pathway, sha256, today } = context;
  const known = Object.entries(agreement.facts).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact] as const]));
  const facts = { ...(Object.fromEntries(known.map(([name, { value }]) => [name, value])) as FactValues), title: lot.title, value: lot.value, ...(mostCallOffs !== undefined && { 'most-call-offs': mostCallOffs }) };
  const passed = pathway.stages.map(({ id }) => id).filter((id) => isEarlier(pathway, id, agreement.stage));
  const award = { ...agreement.award, proposed: { provider: lot.lead, value: lot.value, proposedBy: '', proposers: [], proposedAt: '', stage: awardedIn, lots: [lot] } };
  const content = contentOf({ id: lot.agreement, facts: withFacts({}, facts, '', ''), award, routeChoice: agreement.routeChoice, urgency: initialUrgency, modification: null }, sha256);
  return happened(lot.agreement, 'concordat.agreement.split-off.v1', {
    kind: agreement.kind,
    pathway: agreement.pathway,
    route: agreement.route,
    // What is large does not become small by being divided.
    tier: agreement.tier,
    raises: agreement.raises,
    stage: agreement.stage,
    facts,
    content,
    from: agreement.id,
    root: asksAs(agreement),
    award: lot,
    awardedIn,
    proposedBy: agreement.award.proposed?.proposedBy ?? agreement.openedBy,
    providers: providersIn([lot]),
    partners: partnersAlong(agreement, today),
    passed,
    authors: Object.fromEntries(known.map(([name, { writtenBy }]) => [name, writtenBy])),
    openedBy: agreement.openedBy,
    plannedBy: [...new Set([...agreement.involvement.plannedBy, ...agreement.involvement.carriedOutBy])],
    decisionRecordedBy: agreement.decision?.recordedBy ?? null,
    conflicts: agreement.conflicts,
    interests: agreement.tree.parent?.interests ?? [],
    routeChoice: agreement.routeChoice,
    hands: agreement.hands,
    signOffs: signOffsAlong(agreement, lot.lead, content),
    evidence: evidenceOf(agreement, pathway.stages.map(({ id }) => id)),
    plans: Object.values(agreement.involvement.plans).filter(({ stage }) => !passed.includes(stage)),
    themes: standingIn(agreement).map(({ theme, title, changed, authors }) => ({ theme, title, changed, authors })),
    commitments: agreement.commitments.filter(({ id }) => promised.includes(id)).map(({ id, what, by, theme }) => ({ commitment: id, what, by, theme })),
    along: goesAlong(agreement, lot, context),
    since: sinceWhen(agreement),
  });
}

/** The one decision on parts of a whole, which asks what is still missing of what a gate of the whole opened on. */
export const splitting = (conditions: Omit<Conditions, 'gate.conditions-kept'>): { split: Decide<'split'> } => ({
  split: (states, { agreements }, context) => {
    const { agreement } = states;
    // A contract that was split off holds the award of itself, and is no whole of anything.
    const awarded = agreement.award.awarded?.lots.some((lot) => lot.agreement === agreement.id) === true ? null : agreement.award.awarded;
    const lots = awarded?.lots ?? [];
    const named = agreements.map((one) => one.agreement);
    const [left, strange] = [lots.filter((lot) => !named.includes(lot.agreement)), named.filter((id, at) => !lots.some((lot) => lot.agreement === id) || named.indexOf(id) !== at)];
    const toKeep = agreement.commitments.filter((made) => ['open', 'overdue'].includes(commitmentStands(made, context.today))).map(({ id }) => id);
    const promised = agreements.flatMap(({ commitments }) => commitments);
    const misplaced = toKeep.filter((id) => promised.filter((one) => one === id).length !== 1);
    const unknown = promised.filter((id) => !toKeep.includes(id));
    const from = inForceFrom(agreement) ?? context.today;
    const notInForce = [...decisionMissing(agreement), ...(from > context.today ? [{ what: `in force from ${from}`, suppliedBy: 'time' }] : [])];
    const untold = notTold(agreement, Object.values(agreement.contributions.told).flat());
    const most = agreement.facts['most-call-offs']?.value;
    const shares = agreements.map((one) => one.mostCallOffs);
    const shared = shares.reduce<number>((sum, share = 0) => sum + share, 0);
    const owed = openConditions(agreement, context, conditions);
    const open = unsettled(agreement, context, conditions);
    return unless(
      [
        agreement.kind === 'framework' && refusal('split.framework', 'A framework stays whole: it is called off from.', commissioner('a call-off', 'call-off')),
        agreement.tree.calledOff.count > 0 && refusal('split.called-off-before', 'Nothing was called off from it: what is called off goes on beneath it.', commissioner('an agreement from which nothing was called off', 'split')),
        awarded === null &&
          refusal('split.nothing-awarded', 'Its lots were awarded: the gate that asks for their providers’ acceptance is open.', commissioner('the awarded lots', agreement.award.proposed === null ? 'propose-lots' : 'request-gate')),
        notInForce.length > 0 && refusal('split.decision-not-in-force', 'The decision on its lots is in force.', ...notInForce),
        awarded !== null && left.length > 0 && refusal('split.lot-left', 'Every contract that was awarded is opened.', ...left.map((lot) => commissioner(`${lot.agreement}: ${lot.title}`, 'split'))),
        awarded !== null && strange.length > 0 && refusal('split.other-lot', 'A contract is opened once, under the id it was awarded with.', ...strange.map((id) => commissioner(`an awarded contract, not ${id}`, 'split'))),
        refuseKnown(states, named, 'split'),
        awarded !== null && refuseBeyondValue(agreement, lots.map(({ value }) => value), 'split'),
        misplaced.length > 0 && refusal('split.commitment-left', 'Every promise that is open is kept in one of the contracts.', ...misplaced.map((id) => commissioner(id, 'split'))),
        unknown.length > 0 && refusal('commitment.unknown', 'The commitment was made on this agreement.', ...unknown.map((id) => commissioner(id, 'make-commitment'))),
        most !== undefined && (shares.includes(undefined) || shared > most) &&
          refusal('split.call-offs-unshared', `At most ${most} are called off from all contracts together: it is said how many of them from each.`, commissioner(`mostCallOffs of each contract, together at most ${most}`, 'split')),
        // It was agreed of the whole, by whoever answers for it there: no contract owes it, and nobody could meet it once the whole is split.
        owed.length > 0 &&
          refusal('split.condition-open', 'What a gate opened on is there before the agreement is split.', ...owed.map((condition) => ({ what: `the condition ${condition.id}: ${condition.what}, due on ${dueOn(condition) ?? ''}`, suppliedBy: `approver:${condition.discipline}` }))),
        open.length > 0 && refusal('split.still-open', 'What only the whole can settle is settled before it is split.', ...open),
        untold.length > 0 &&
          refusal('split.people-not-told', 'Everyone who took part was told what came of it, once and before there are several to tell them.', ...untold.map((what) => ({ what, suppliedBy: 'facilitator', by: 'tell-what-came-of-it' }))),
      ],
      () => {
        const partOf = (id: string) => agreements.find((one) => one.agreement === id) ?? { commitments: [] };
        return [
          happened(agreement.id, 'concordat.agreement.split.v1', {
            agreements: lots.map(({ agreement: id, lot, title, lead, value }) => ({ agreement: id, lot, title, lead, value, commitments: partOf(id).commitments })),
          }),
          ...lots.map((lot) => splitOff(agreement, lot, awarded?.stage ?? agreement.stage, partOf(lot.agreement), context)),
        ];
      },
    );
  },
});

/** Facts as they stood elsewhere, with everybody who ever wrote them: nobody approves their own work in a part of it either. */
function writtenThere(facts: FactState, authors: Readonly<Record<string, readonly string[]>>): FactState {
  return Object.fromEntries(
    (Object.entries(facts) as [FactName, NonNullable<FactState[FactName]>][]).map(([name, fact]) => [name, { ...fact, writtenBy: [...new Set([...(authors[name] ?? []), ...fact.writtenBy])] }]),
  );
}

export const evolve = {
  'concordat.agreement.split.v1': (agreement, { data: { agreements }, recordedAt }) => {
    const children = agreements.reduce<ById<Child>>(
      (all, { agreement: id, lot, title, lead, value }) => putById(all, { id, as: 'split', kind: agreement.kind, title, lot, provider: lead, value, people: null, openedAt: recordedAt }),
      agreement.tree.children,
    );
    const carried = agreements.reduce((state, { agreement: to, commitments }) => becoming(state, commitments, { is: 'carried-on', to }), agreement);
    return inTree(agreementWith(carried, { lifecycle: 'split' }), { children });
  },
  'concordat.agreement.split-off.v1': (agreement, event) => {
    const { from, root, award, awardedIn, proposedBy, providers, partners, passed, authors, openedBy, plannedBy, decisionRecordedBy, conflicts, interests, routeChoice, hands, signOffs, evidence, plans, themes, commitments, along, since } = event.data;
    const opened = goingOnWith(begin(agreement, event), along);
    const behind = passed.map((stage) => [stage, { enteredAt: null, leftAt: null, gate: 'by-reference' }] as const);
    const proposed = { provider: award.lead, value: award.value, proposedBy, proposers: [proposedBy], proposedAt: since?.proposedAt ?? event.recordedAt, stage: awardedIn, lots: [award] };
    return inTree(
      agreementWith(opened, {
        openedBy,
        // It is the same agreement, divided: no clock of the law begins anew, and what was published was.
        openedAt: since?.openedAt ?? opened.openedAt,
        publishedNotices: since?.published ?? [],
        conflicts,
        routeChoice,
        hands,
        // Less what its fellows tell, a count of the whole would tell of few.
        countsTold: {
          ...opened.countsTold,
          inTheWhole: { exit: along.exit !== null, staff: along.staffTransfer !== null, doing: along.groupsAsked.flatMap(({ group, answer }) => (answer === 'told-in-the-whole' ? [group] : [])) },
        },
        stages: { ...Object.fromEntries(behind), ...opened.stages },
        facts: writtenThere(opened.facts, authors),
        award: { ...opened.award, notice: since?.notice ?? null, told: since?.told ?? null, firstToldOn: since?.firstToldOn ?? null, proposed, awarded: { lots: [award], stage: awardedIn }, original: { value: award.value, period: opened.facts['contract-period']?.value ?? null, stage: awardedIn, on: since?.awardedOn ?? dayInUtc(event.recordedAt) }, parties: Object.fromEntries(providers.map((provider) => [provider, 'provider'])) },
        partners: cameAlong(partners, from),
        signOffs: signOffs.map((signOff) => ({ ...signOff, fromAgreement: from })),
        panelsHeard: panelsOf(signOffs),
        involvement: { ...opened.involvement, plans: Object.fromEntries(plans.map((plan) => [plan.stage, plan])), plannedBy },
        // Nobody confirms that it is the same place and theme: it is the same agreement, divided.
        carriedOver: alongFrom(from, evidence, event.meta.actor),
        carried: carriedFrom(from, themes),
        commitments: commitments.map(({ commitment: id, ...made }) => ({ id, ...made, from, became: { is: 'open' } })),
      }),
      { parent: { agreement: from, kind: event.data.kind, as: 'split-from', by: event.meta.actor, decisionRecordedBy, root, lot: award.lot, value: award.value, placement: null, interests, decided: null } },
    );
  },
} satisfies { [T in keyof SplitEvents]: Evolve<T> };
