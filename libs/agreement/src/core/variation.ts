import { actorName } from '@concordat/access/core';
import { type Missing, refuse, type Refusal } from '@concordat/journal/core';
import type { Route } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { changeLacks, refuseWhileConsulting } from './consultation.js';
import { type CalledIn, countsFrom, heldByCallIn, passesCallInBy, refuseCalledIn, waitsForCallIn } from './call-in.js';
import { beforeWhatWasRead, type HowDecided, refuseHowDecided, refuseOtherVersion } from './decision.js';
import { refuseSuddenEnd } from './ending.js';
import { happened } from './event.js';
import { invitationsTo } from './invitation.js';
import { isAbove } from './money.js';
import { adoptedIn } from './reversal.js';
import { periodReversed } from './delivery-side.js';
import { amendment, factsBefore, type FactValues, type Period, refuseBesideTree, withFacts } from './facts.js';
import { refuseExtended, testExtension } from './extension.js';
import { type Answered, changesBy, lacksOn, noSuchGround, testMissing } from './modification.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { deciding, everyIdOf, overlapsOf, ownWork, refuseOwnWork, refuseSecondReader, waitsForSecond, whyNotRead } from './separation.js';
import type { Voice } from './signature.js';
import { isRunning, isSettled } from './service-start.js';
import { givenBack, inTree } from './tree.js';
import { refuseGatesAskedLess } from './tier-raise.js';
import type { Context, Decide, Evolve } from './topic.js';
import { acceptanceMissing, changedSince, offeredOnceAgreed, type OfferState, stillToAccept } from './variation-acceptance.js';
import { isStaleToSecond, variationVersion } from './variation-paper.js';
import { factsAfter, type VariationTo } from './variation-to.js';
import { lastDayOf, peopleOf } from './who-took-part.js';

type Proposed = {
  readonly variation: string;
  readonly what: string;
  readonly why: string;
  readonly to: VariationTo;
  /** Themes whose adopted answer it touches, besides those that follow from what changes: those people are asked again, or told that their answer is undone. */
  readonly touches: readonly string[];
};
type Tested = Answered & { readonly variation: string };
type DecidedOn = HowDecided & { readonly variation: string; readonly outcome: 'agreed' | 'refused'; readonly reasons: string; readonly notAsked?: readonly string[] | undefined };
/** What they read, as its hash, and what they weighed; null of what was decided before that was asked. */
type Read = { readonly version: string | null; readonly weighed: string | null };

export interface VariationCommands {
  'propose-variation': Proposed;
  /** The first question, what people must be asked again: those who gave the theme were, in this activity, to which some of them came or were invited. */
  'record-asked-again': { readonly variation: string; readonly theme: string; readonly activity: string; readonly said: string };
  /** Or why they need not be, of what follows from the change alone and nobody named as touched. */
  'record-not-asked-again': { readonly variation: string; readonly themes: readonly string[]; readonly why: string };
  /**
   * The second question, the regime's test of a modification. `ground`: one that the route's document names; `confirmed`: what it asks beside its figures.
   * Without a `variation` it is asked of this agreement itself, which extends or varies the one that it renews.
   */
  'test-modification': Answered & { readonly variation?: string };
  /**
   * By a body or officer entitled to decide, once both questions are answered. Nothing is ever extended by itself. `versionRead`: the hash of what they read
   * (variation-paper.ts); `weighed`: "what I weighed was …"; `notAsked`: the themes of which they read that nobody is asked again, and why.
   */
  'decide-variation': DecidedOn & { readonly versionRead: string; readonly weighed: string };
  /** By a second person, where whoever agreed to it wears another hat here too. */
  'second-variation': { readonly variation: string };
  /** Once the decision is in force, and whoever provides accepted it. */
  'carry-out-variation': { readonly variation: string };
}

export interface VariationEvents {
  'concordat.agreement.variation-proposed.v1': Proposed;
  'concordat.agreement.asked-again.v1': VariationCommands['record-asked-again'];
  'concordat.agreement.not-asked-again.v1': VariationCommands['record-not-asked-again'];
  /** `lacks`: why it is not permitted on this ground; empty where it is. */
  'concordat.agreement.modification-tested.v1': Tested & { readonly lacks: readonly string[] };
  /** `version`: what they read, as its hash; `overlaps`: what shows of whoever decided; with `needsSecond` it counts once a second person has read it. `identities`: their other ids. */
  'concordat.agreement.variation-decided.v1': DecidedOn & Read & { readonly identities: readonly string[]; readonly overlaps: readonly string[]; readonly needsSecond: boolean };
  'concordat.agreement.variation-seconded.v1': { readonly variation: string; readonly identities: readonly string[] };
  'concordat.agreement.variation-carried-out.v1': { readonly variation: string; readonly to: VariationTo };
}

type DecidedVariation = Omit<DecidedOn, 'variation'> & Read & { readonly recordedOn: CivilDate; readonly by: string; readonly everyId: readonly string[]; readonly overlaps: readonly string[]; readonly second: Voice['second']; readonly calledIn: CalledIn; /** What it changes, as that stood then. */ readonly from: FactValues };

/** `changedOn`: the last civil day (UTC) on which it was proposed or tested, or somebody was asked of it; `recordedOn`: the one on which its decision was put on record. */
export interface Variation extends Proposed {
  readonly proposedBy: string;
  readonly changedOn: CivilDate;
  /** The civil day (UTC) on which it was. */
  readonly proposedOn: CivilDate;
  /** It makes longer what had ended by then: on this day. */
  readonly afterEnd: CivilDate | null;
  readonly askedAgain: readonly { readonly theme: string; readonly activity: string; readonly said: string }[];
  readonly notAsked: readonly { readonly theme: string; readonly why: string }[];
  readonly test: (Omit<Tested, 'variation'> & { readonly lacks: readonly string[] }) | null;
  readonly decided: DecidedVariation | null;
  /** The decision that is to be taken anew, after members called it in. */
  readonly toTakeAnew: DecidedVariation | null;
  readonly offer: OfferState;
  readonly carriedOut: boolean;
}
export type VariationState = readonly Variation[];
export const initialVariations: VariationState = [];

const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });
const variationOf = ({ variations }: Agreement, id: string): Variation | undefined => variations.find(({ variation }) => variation === id);
const unknown = refusal('variation.unknown', 'The variation is proposed.', manager('variation', 'propose-variation'));

/** Why what changes is material for people, in a sentence; undefined where they lose nothing of what they were told. */
const materialChange: { readonly [I in VariationTo['is']]: (agreement: Agreement, to: Extract<VariationTo, { readonly is: I }>) => string | undefined } = {
  terms: () => 'The terms change, and what people gave may stand in them.',
  specification: () => 'The specification changes, which what people gave went into.',
  longer: () => undefined,
  period: ({ facts: { 'contract-period': period } }, { startsOn, endsOn }) =>
    period === undefined || startsOn > period.value.startsOn || endsOn < period.value.endsOn ? 'It begins later or ends sooner than people were told.' : undefined,
  value: ({ facts }, { value }) => (facts.value !== undefined && isAbove(facts.value.value.amount, value.amount) ? 'Less money is there than when people were answered.' : undefined),
};

/** Why people must be asked again of what they gave, where that follows from what changes and not from what somebody named. */
export function whyAskAgain(agreement: Agreement, { to, carriedOut }: Pick<Variation, 'to' | 'carriedOut'>): string | undefined {
  return carriedOut ? undefined : (materialChange[to.is] as (agreement: Agreement, to: VariationTo) => string | undefined)(agreement, to);
}

/** All that was adopted, here or where this one comes from, and that it touches: by what changes, or because it was named. */
function touched(agreement: Agreement, variation: Variation): readonly string[] {
  const follows = whyAskAgain(agreement, variation) !== undefined;
  return adoptedIn(agreement).filter(({ theme, reversed }) => reversed === null && (follows || variation.touches.includes(theme))).map(({ theme }) => theme);
}

/** The themes it touches of which nobody was asked again, nor told that the answer is undone, nor said why not. */
export function toAskAgain(agreement: Agreement, variation: Variation): readonly string[] {
  const answered = [...variation.askedAgain, ...variation.notAsked].map(({ theme }) => theme);
  return variation.carriedOut ? [] : touched(agreement, variation).filter((theme) => !answered.includes(theme));
}

function peopleToAsk(agreement: Agreement, variation: Variation): readonly Missing[] {
  const titles = new Map(adoptedIn(agreement).map(({ theme, title }) => [theme, title]));
  return toAskAgain(agreement, variation).map((theme) => ({ what: `those who gave “${titles.get(theme) ?? theme}”, asked again or told`, suppliedBy: 'facilitator', by: 'record-asked-again' }));
}

/** What the regime's test lacks as things stand: another change may have been carried out since it was answered, and the limits count them together. */
export function testLacks(agreement: Agreement, { test, to }: Variation, { regime, modification }: Route): readonly string[] {
  const ground = modification.grounds.find(({ id }) => id === test?.ground);
  return test === null || ground === undefined ? [`the ${regime} test of a modification`] : lacksOn(ground, changesBy(agreement, to), test.confirmed);
}

/** Does a service that runs become less, or another? When it ends is decided elsewhere, and where one person is placed is between them and those who know them. */
const changesWhatRuns = (agreement: Agreement, variation: Variation, context: Context): boolean =>
  variation.to.is !== 'period' && agreement.kind !== 'placement' && whyAskAgain(agreement, variation) !== undefined && isRunning(agreement, context);

/** What both questions still lack before this can be agreed. */
function questionsOpen(agreement: Agreement, variation: Variation, context: Context): readonly Missing[] {
  return [
    ...peopleToAsk(agreement, variation),
    ...(changesWhatRuns(agreement, variation, context) ? changeLacks(agreement, variation.proposedOn, context) : []),
    ...testLacks(agreement, variation, context.route).map(testMissing),
  ];
}

/** What they lack once it was decided, and is tested no more. */
function openSince(agreement: Agreement, variation: Variation, route: Route): readonly Missing[] {
  return [...peopleToAsk(agreement, variation), ...testLacks(agreement, variation, route).map((what) => manager(what, 'propose-variation'))];
}

/** Those of which all that is asked before is answered, so that they wait for their decision alone. */
export const readyToDecide = (agreement: Agreement, context: Context): readonly string[] =>
  agreement.variations.flatMap((one) => (one.decided === null && questionsOpen(agreement, one, context).length === 0 ? [one.variation] : []));

/** What grows into a larger tier was never asked what that asks: more of it is an agreement of its own, with gates of its own. */
function refuseLargerTier(agreement: Agreement, to: VariationTo, context: Context): Refusal | false {
  const { tier } = amendment(agreement, factsAfter(agreement, to), context);
  return (
    to.is === 'value' &&
    refuseGatesAskedLess(agreement, tier, context, agreement.facts.value && agreement.tier) !== false &&
    refusal('variation.larger-tier', `A value that makes it a ${tier} agreement is not varied: gates that it passed ask more of one.`, { what: 'an agreement of its own for what is beyond', suppliedBy: 'commissioner', by: 'open-agreement' })
  );
}

/** Others that change the same and are not carried out, with what was decided on each: agreeing to this one takes their place. Whether two changes of the terms are the same nobody can tell. */
function othersOfTheSame(agreement: Agreement, { variation: id, to }: Variation): readonly { readonly what: string; readonly before: DecidedVariation }[] {
  const changes = (one: VariationTo): string => Object.keys(factsAfter(agreement, one)).join();
  return agreement.variations.flatMap(({ variation, what, to: other, decided, toTakeAnew, carriedOut }) => {
    const before = decided ?? toTakeAnew;
    return variation === id || carriedOut || before === null || changes(other) !== changes(to) ? [] : [{ what, before }];
  });
}

const periodAfter = (agreement: Agreement, to: VariationTo): Period | undefined => factsAfter(agreement, to)['contract-period'];

export const decide = {
  'propose-variation': (states, { variation, what, why, to, touches }, context) => {
    const { agreement } = states;
    const { 'contract-period': held, value } = agreement.facts;
    const period = held?.value;
    const given = adoptedIn(agreement).map(({ theme }) => theme);
    const strangers = touches.filter((theme) => !given.includes(theme));
    return unless(
      [
        variationOf(agreement, variation) !== undefined && alreadySo('the variation is proposed'),
        agreement.decision?.decision === variation && refusal('variation.id-taken', 'A variation has an id of its own, which no decision has.', manager('variation', 'propose-variation')),
        strangers.length > 0 && refusal('variation.nothing-adopted', 'What it touches of what people gave was adopted.', ...strangers.map((what) => ({ what, suppliedBy: 'facilitator', by: 'answer-theme' }))),
        to.is !== 'terms' && !isSettled(agreement, context) && refusal('variation.not-awarded', 'A value or period that is varied was awarded, or decided on where nothing is awarded; until then the fact is amended.', { what: 'its award', suppliedBy: 'commissioner', by: 'amend-facts' }),
        to.is === 'longer' && (period === undefined || to.endsOn <= period.endsOn) && refusal('variation.not-longer', 'An extension ends after the contract period on record.', manager('to.endsOn', 'propose-variation')),
        to.is === 'period' && periodReversed(to, 'propose-variation'),
        to.is === 'period' && to.startsOn === period?.startsOn && to.endsOn === period.endsOn && refusal('variation.same-period', 'Another period starts or ends on another day.', manager('to.endsOn', 'propose-variation')),
        to.is === 'value' && value !== undefined && to.value.currency !== value.value.currency &&
          refusal('variation.other-currency', `A value changes in its own currency, ${value.value.currency}: another is held against no limit.`, manager('to.value', 'propose-variation')),
        ...refuseBesideTree(agreement, factsAfter(agreement, to), 'propose-variation'),
        refuseLargerTier(agreement, to, context),
        refuseExtended(states, to, context),
        ...refuseSuddenEnd(states, periodAfter(agreement, to), context.today, context, 'propose-variation'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.variation-proposed.v1', { variation, what, why, to, touches })],
    );
  },

  'record-asked-again': ({ agreement }, { variation: id, theme, activity, said }) => {
    const variation = variationOf(agreement, id);
    const held = agreement.involvement.activities.find((each) => each.id === activity && !each.voided);
    const given = adoptedIn(agreement).find((one) => one.theme === theme);
    const reached = held === undefined ? [] : [...peopleOf(held), ...invitationsTo(agreement, [held]).map(({ participant }) => participant)];
    const lastDay = held && lastDayOf(agreement, [held]);
    return unless(
      [
        variation === undefined && unknown,
        variation !== undefined && !touched(agreement, variation).includes(theme) && refusal('variation.does-not-touch', 'The variation touches this theme.', manager('theme', 'propose-variation')),
        variation?.askedAgain.some((each) => each.theme === theme) === true && alreadySo('they were asked again'),
        (held === undefined || peopleOf(held).length === 0) && refusal('variation.nobody-asked', 'People took part in the activity in which they were asked again.', { what: activity, suppliedBy: 'facilitator', by: 'record-attendance' }),
        given !== undefined && reached.length > 0 && !given.authors.some((author) => reached.includes(author)) &&
          refusal('variation.others-asked', 'Those are asked again who gave it: some of them came, or were invited.', { what: `some of those who gave “${given.title}”`, suppliedBy: 'facilitator', by: 'invite-participant' }),
        variation !== undefined && lastDay !== undefined && lastDay < variation.proposedOn &&
          refusal('variation.asked-before', 'People are asked again once there is something to ask: since it was proposed.', { what: `an activity in which people took part on ${variation.proposedOn} or later`, suppliedBy: 'facilitator', by: 'record-attendance' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.asked-again.v1', { variation: id, theme, activity, said })],
    );
  },

  'record-not-asked-again': ({ agreement }, { variation: id, themes, why }) => {
    const variation = variationOf(agreement, id);
    if (variation === undefined) return refuse(unknown);
    const named = themes.filter((theme) => variation.touches.includes(theme));
    const strange = themes.filter((theme) => !touched(agreement, variation).includes(theme));
    const left = themes.filter((theme) => toAskAgain(agreement, variation).includes(theme));
    return unless(
      [
        strange.length > 0 && refusal('variation.does-not-touch', 'The variation touches this theme.', ...strange.map((theme) => manager(theme, 'propose-variation'))),
        named.length > 0 && refusal('variation.touches-it', 'Of what was named as touched people are asked again, or told that it is undone.', ...named.map((what) => ({ what, suppliedBy: 'facilitator', by: 'record-asked-again' }))),
        strange.length === 0 && left.length === 0 && alreadySo('it is said of all of them'),
        variation.decided !== null && left.length > 0 &&
          refusal('variation.decided-without', 'Whoever decides reads of what nobody is asked again: once it is decided people are asked, or the variation is proposed anew.', ...left.map((what) => ({ what, suppliedBy: 'facilitator', by: 'record-asked-again' }))),
      ],
      () => [happened(agreement.id, 'concordat.agreement.not-asked-again.v1', { variation: id, themes: left, why })],
    );
  },

  'test-modification': (states, { variation: id, ...answered }, context) => {
    if (id === undefined) return testExtension(states, answered, context);
    const { agreement } = states;
    const { ground, confirmed, why } = answered;
    const { modification } = context.route;
    const variation = variationOf(agreement, id);
    const known = modification.grounds.find((each) => each.id === ground);
    return unless(
      [
        variation === undefined && unknown,
        variation !== undefined && variation.decided !== null && !isStaleToSecond(agreement, variation, context.sha256) && alreadySo('the variation is decided'),
        known === undefined && noSuchGround(modification),
      ],
      () => {
        const lacks = known === undefined || variation === undefined ? [] : lacksOn(known, changesBy(agreement, variation.to), confirmed);
        return [happened(agreement.id, 'concordat.agreement.modification-tested.v1', { variation: id, ground, confirmed, why, lacks })];
      },
    );
  },

  'decide-variation': (states, { variation: id, outcome, reasons, weighed, versionRead, notAsked = [], ...how }, context) => {
    const { agreement, persons } = states;
    const { actor, today } = context;
    const { decidedBy, scheme, key, callIn, decidedOn, inForceFrom } = how;
    const variation = variationOf(agreement, id);
    const person = actorName(actor);
    const everyId = everyIdOf(persons, person);
    const { shown, needSecond } = overlapsOf(agreement, everyId, deciding);
    const decider = (what: string): Missing => ({ what, suppliedBy: 'decision-maker', by: 'decide-variation' });
    const besides = [
      refuseOwnWork(agreement, [person], persons, deciding, { suppliedBy: 'decision-maker', by: 'decide-variation' }),
      decidedOn > today && refusal('variation.not-decided-yet', 'A decision is recorded once it is taken.', decider('decidedOn')),
      inForceFrom < decidedOn && refusal('variation.in-force-before', 'A decision is in force from the day it is taken, or later.', decider('inForceFrom')),
      ...refuseHowDecided(how, { today, began: variation?.proposedOn, before: variation?.decided ?? variation?.toTakeAnew ?? null, by: 'decide-variation' }),
      refuseWhileConsulting(agreement, 'variation.consultation-open', decidedOn, today),
    ];
    if (variation === undefined) return refuseUnknown(unknown, besides);
    const open = outcome === 'agreed' ? questionsOpen(agreement, variation, context) : [];
    const unread = outcome === 'agreed' ? variation.notAsked.filter(({ theme }) => !notAsked.includes(theme)) : [];
    const titles = new Map(adoptedIn(agreement).map(({ theme, title }) => [theme, title]));
    const others = outcome === 'agreed' ? othersOfTheSame(agreement, variation) : [];
    const rules: readonly (Refusal | false)[] = [
      // What nobody accepted may be given up: it binds nobody yet.
      variation.decided !== null && !isStaleToSecond(agreement, variation, context.sha256) && (outcome === 'agreed' || stillToAccept(agreement, variation).length === 0) && alreadySo('the variation is decided'),
      waitsForCallIn(variation.decided) && refuseCalledIn('what became of the call-in'),
      refuseOtherVersion(versionRead, variationVersion(agreement, variation, context.sha256), 'decide-variation'),
      everyId.includes(variation.proposedBy) && refusal('variation.own-proposal', 'Nobody decides on their own proposal.', decider('somebody else')),
      ...besides,
      beforeWhatWasRead(decidedOn, variation.changedOn, 'decide-variation'),
      ...others.flatMap(({ what, before }) => [waitsForCallIn(before) && refuseCalledIn(`what became of the call-in of “${what}”`), ...passesCallInBy(before, how, today, 'decide-variation')]),
      ...(outcome === 'agreed' ? refuseSuddenEnd(states, periodAfter(agreement, variation.to), decidedOn, context, 'propose-variation') : []),
      open.length > 0 && refusal('variation.questions-open', 'Both questions are answered first: what people must be asked again, and whether the regime permits it.', ...open),
      unread.length > 0 &&
        refusal('variation.not-asked-unread', 'Whoever agrees to it names what nobody is asked again of: they have read why.', ...unread.map(({ theme, why }) => decider(`notAsked: “${titles.get(theme) ?? theme}” (${theme}), because: ${why}`))),
    ];
    // What is refused harms nobody; only what changes needs other eyes.
    return unless(rules, () => [
      happened(agreement.id, 'concordat.agreement.variation-decided.v1', {
        variation: id, outcome, decidedBy, scheme, key, callIn, decidedOn, inForceFrom, reasons, weighed, version: versionRead, ...(notAsked.length > 0 && { notAsked }), identities: everyId.filter((each) => each !== person), overlaps: shown, needsSecond: needSecond && outcome === 'agreed',
      }),
      ...(outcome === 'agreed' && !needSecond ? offeredOnceAgreed(states, variation, context) : []),
    ]);
  },

  'second-variation': (states, { variation: id }, context) => {
    const { agreement, persons } = states;
    const { actor, sha256 } = context;
    const variation = variationOf(agreement, id);
    const person = actorName(actor);
    const everyId = everyIdOf(persons, person);
    const reader = refuseSecondReader(states, person, variation && (variation.decided === null ? [] : [variation.decided]), deciding, 'second-variation');
    if (variation === undefined) return refuseUnknown(unknown, reader);
    return unless(
      [
        everyId.includes(variation.proposedBy) && refusal('variation.own-proposal', 'Nobody decides on their own proposal.', { what: 'somebody else', suppliedBy: 'someone else', by: 'second-variation' }),
        isStaleToSecond(agreement, variation, sha256) &&
          refusal('decision.other-version', 'What a second person reads was taken on what stands now.', { what: `version ${variationVersion(agreement, variation, sha256)}`, suppliedBy: 'decision-maker', by: 'decide-variation' }),
        ...reader,
      ],
      () => [happened(agreement.id, 'concordat.agreement.variation-seconded.v1', { variation: id, identities: everyId.filter((each) => each !== person) }), ...offeredOnceAgreed(states, variation, context)],
    );
  },

  'carry-out-variation': (states, { variation: id }, context) => {
    const { agreement } = states;
    const variation = variationOf(agreement, id);
    const decided = variation?.decided ?? null;
    const lacking = notInForce(decided, context.today);
    return unless(
      [
        variation === undefined && unknown,
        variation?.carriedOut === true && alreadySo('the variation is carried out'),
        variation !== undefined && lacking.length > 0 &&
          refusal('variation.not-in-force', 'A variation is carried out on a decision that is in force. Nothing is extended by itself.', ...lacking),
        variation !== undefined && acceptanceMissing(agreement, variation).length > 0 &&
          refusal('variation.not-accepted', 'A change of a contract binds nobody who did not accept it.', ...acceptanceMissing(agreement, variation)),
        ...(decided?.outcome === 'agreed' && variation !== undefined ? refuseDecidedByProposer(agreement, variation, decided) : []),
        variation !== undefined && !variation.carriedOut && changedSince(agreement, variation).length > 0 &&
          refusal('decision.other-version', 'A variation changes what stood when it was decided on.', ...changedSince(agreement, variation).map((name) => manager(`${name}: changed since; proposed anew, and decided on what stands`, 'propose-variation'))),
        // More may have been adopted, called off or carried out, since it was decided.
        variation !== undefined && decided?.outcome === 'agreed' && openSince(agreement, variation, context.route).length > 0 &&
          refusal('variation.questions-open', 'What people must be asked again is answered before anything changes, and the regime permits it as things stand.', ...openSince(agreement, variation, context.route)),
        ...(variation === undefined ? [] : [...refuseBesideTree(agreement, factsAfter(agreement, variation.to), 'propose-variation'), refuseLargerTier(agreement, variation.to, context), refuseExtended(states, variation.to, context), ...refuseSuddenEnd(states, periodAfter(agreement, variation.to), decided?.decidedOn ?? context.today, context, 'propose-variation')]),
      ],
      () => {
        const to: VariationTo = variation?.to ?? { is: 'terms' };
        const done = happened(agreement.id, 'concordat.agreement.variation-carried-out.v1', { variation: id, to });
        const facts = factsAfter(agreement, to);
        if (Object.keys(facts).length === 0) return [done];
        return [done, happened(agreement.id, 'concordat.agreement.facts-amended.v1', amendment(agreement, facts, context)), ...(to.is === 'value' ? givenBack(states, to.value) : [])];
      },
    );
  },
} satisfies { [C in keyof VariationCommands]: Decide<C> };

/** What a decision lacks before anything is carried out on it: that it agrees, its day, what became of a call-in, a second person. */
function notInForce(decided: Variation['decided'], today: CivilDate): readonly Missing[] {
  const agreed = decided?.outcome === 'agreed';
  return [
    ...(agreed && countsFrom(decided) <= today ? [] : [{ what: agreed ? `in force from ${countsFrom(decided)}` : 'the decision', suppliedBy: 'decision-maker', by: 'decide-variation' }]),
    ...(decided === null ? [] : heldByCallIn(decided)),
    ...(decided === null ? [] : waitsForSecond(decided, 'the decision', 'second-variation')),
  ];
}

/** Who decided it may have become its lead since, or turn out to be who proposed it: then it is proposed anew, and decided by another. */
function refuseDecidedByProposer(agreement: Agreement, { proposedBy }: Variation, decided: NonNullable<Variation['decided']>): readonly (Refusal | false)[] {
  const anew = (what: string) => manager(`the decision: ${what}; proposed anew, and decided by another`, 'propose-variation');
  const reasons = [...(decided.everyId.includes(proposedBy) ? ['proposed it'] : []), ...ownWork(agreement, decided.everyId, deciding)];
  const { second } = decided;
  const readReasons = [...(second.is === 'given' && second.everyId.includes(proposedBy) ? ['proposed it'] : []), ...whyNotRead(agreement, decided, deciding)];
  const missing = [...reasons.map((reason) => anew(`taken by the one who ${reason}`)), ...readReasons.map((reason) => anew(`read by the one who ${reason}`))];
  return [missing.length > 0 && refusal('variation.own-decision', 'A variation is carried out on a decision by somebody whose own it is not.', ...missing)];
}

function withVariation(agreement: Agreement, id: string, change: (variation: Variation) => Partial<Variation>): Agreement {
  return agreementWith(agreement, { variations: agreement.variations.map((each) => (each.variation === id ? { ...each, ...change(each) } : each)) });
}

/** When it ended that this would make longer, where it had by this day. */
function endedBefore({ facts }: Agreement, to: VariationTo, today: CivilDate): CivilDate | null {
  const endsOn = facts['contract-period']?.value.endsOn;
  return endsOn !== undefined && endsOn < today && 'endsOn' in to && to.endsOn > endsOn ? endsOn : null;
}

export const evolve = {
  'concordat.agreement.variation-proposed.v1': (agreement, { data, meta, recordedAt }) => agreementWith(agreement, {
    variations: [...agreement.variations, { ...data, proposedBy: meta.actor, proposedOn: dayInUtc(recordedAt), afterEnd: endedBefore(agreement, data.to, dayInUtc(recordedAt)), changedOn: dayInUtc(recordedAt), askedAgain: [], notAsked: [], test: null, decided: null, toTakeAnew: null, offer: null, carriedOut: false }],
  }),
  'concordat.agreement.asked-again.v1': (agreement, { data: { variation, ...asked }, recordedAt }) =>
    withVariation(agreement, variation, ({ askedAgain }) => ({ changedOn: dayInUtc(recordedAt), askedAgain: [...askedAgain, asked] })),
  'concordat.agreement.not-asked-again.v1': (agreement, { data: { variation, themes, why }, recordedAt }) =>
    withVariation(agreement, variation, ({ notAsked }) => ({ changedOn: dayInUtc(recordedAt), notAsked: [...notAsked, ...themes.map((theme) => ({ theme, why }))] })),
  'concordat.agreement.modification-tested.v1': (agreement, { data: { variation, ...test }, recordedAt }) => withVariation(agreement, variation, () => ({ changedOn: dayInUtc(recordedAt), test })),
  'concordat.agreement.variation-decided.v1': (agreement, { data: { variation, identities, needsSecond, ...decided }, meta, recordedAt }) =>
    withVariation(agreement, variation, ({ to }) => ({ toTakeAnew: null, offer: null, decided: { ...decided, from: factsBefore(agreement, Object.keys(factsAfter(agreement, to))), recordedOn: dayInUtc(recordedAt), by: meta.actor, everyId: [meta.actor, ...identities], second: { is: needsSecond ? 'awaited' : 'not-needed' }, calledIn: null } })),
  'concordat.agreement.variation-seconded.v1': (agreement, { data: { variation, identities }, meta }) =>
    withVariation(agreement, variation, ({ decided }) => ({ decided: decided && { ...decided, second: { is: 'given', by: meta.actor, everyId: [meta.actor, ...identities] } } })),
  // What a call-off gave back is not taken again without calling it off anew.
  'concordat.agreement.variation-carried-out.v1': (agreement, { data: { variation, to }, meta, recordedAt }) => {
    const { parent } = agreement.tree;
    // What it changes is the work of whoever proposed it, whoever carries it out.
    const author = variationOf(agreement, variation)?.proposedBy ?? meta.actor;
    const varied = agreementWith(withVariation(agreement, variation, () => ({ carriedOut: true })), { facts: withFacts(agreement.facts, factsAfter(agreement, to), author, recordedAt) });
    return to.is === 'value' && parent?.as === 'called-off-from' ? inTree(varied, { parent: { ...parent, value: to.value } }) : varied;
  },
} satisfies { [T in keyof VariationEvents]: Evolve<T> };
