import { actorName, personStream } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { type AgreementEvent, happened } from './event.js';
import { refuseTooFar, yearAhead } from './put-off.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { type Band, exceeds, productOf, refuseOffMatrix, refuseUnknownDomain, type RiskSettings, type Score, seenBy, type Seer, seers } from './risk-matrix.js';
import { everyIdOf, providersOf } from './separation.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';

/** Who may carry a risk. */
export const bearerGroups = ['service-users', 'carers', 'community', 'provider-staff', 'provider', 'commissioner', 'public'] as const;
export type BearerGroup = (typeof bearerGroups)[number];

/** The three ways one risk is looked at: as planned with people, by professionals alone, and if nothing is done. */
export const ways = ['co-produced', 'professional-only', 'not-acting'] as const;
/** One of the three ways. */
export type Way = (typeof ways)[number];
/** A way without a score is not looked at yet. */
export type Scores = Readonly<Record<Way, Score | null>>;

/** How large it is without its controls, how large with those it has, and how large it is to become. */
export const levels = ['inherent', 'current', 'target'] as const;
export type Levels = Readonly<Record<(typeof levels)[number], Score | null>>;
export const noLevels: Levels = { inherent: null, current: null, target: null };

type RaisedRisk = {
  readonly risk: string;
  readonly title: string;
  readonly domain: string;
  readonly bearers: readonly BearerGroup[];
  readonly owner: string;
  readonly scores: Scores;
  readonly levels: Levels;
};

export interface RiskCommands {
  /** `owner`: the id of the person who answers for it. `domain`: one of the organisation's. `incidents`: those for which it is raised. */
  'raise-risk': RaisedRisk & { readonly reviewOn?: CivilDate; readonly incidents?: readonly string[] };
  /** All three ways; a way that is not looked at any more is `null`. */
  'rescore-risk': { readonly risk: string; readonly scores: Scores; readonly reason: string };
  /** What it is now: with and without its controls, what it is to become, and when it is looked at again. `owner`: who answers for it from now on, where that is somebody else; `bearers`: who carries it, where that was said wrongly; nobody where it was not. */
  'review-risk': { readonly risk: string; readonly levels: Levels; readonly reviewOn: CivilDate; readonly reason: string; readonly owner?: string; readonly bearers?: readonly BearerGroup[] };
}

export interface RiskEvents {
  /** Older events do not say for which incidents, and were for all. */
  'concordat.agreement.risk-raised.v1': RaisedRisk & { readonly reviewOn: CivilDate | null; readonly on: CivilDate; readonly incidents?: readonly string[] };
  'concordat.agreement.risk-rescored.v1': RiskCommands['rescore-risk'];
  'concordat.agreement.risk-reviewed.v1': RiskCommands['review-risk'];
  /** It has come to lie above the appetite, or further above it: `to` is to know. */
  'concordat.agreement.risk-escalated.v1': { readonly risk: string; readonly band: Band; readonly to: Seer };
}

/** How large a risk is or was that is to be seen, and by whom. */
type Awaited = { readonly band: Band; readonly by: Seer };

/** One risk as it stands; `owner` is the id of the person who answers for it. */
export interface Risk {
  readonly id: string;
  readonly title: string;
  readonly domain: string;
  readonly bearers: readonly BearerGroup[];
  readonly owner: string;
  readonly scores: Scores;
  readonly levels: Levels;
  readonly raisedOn: CivilDate;
  /** Everybody who raised it or answered for it; nobody of one that went along in a split before that was kept. */
  readonly hands: readonly string[];
  /** For which it was raised; of one that was raised before that was asked, undefined. */
  readonly incidents?: readonly string[];
  readonly reviewOn: CivilDate | null;
  /** How often it was said how large it is now, raised and at each review, so that what asks for a new score can tell one from before it. */
  readonly timesScored: number;
  /** As what somebody from above was last told of it, and has not seen it since: it remains to be seen, however small it has become. */
  readonly escalated: Awaited | null;
  /** Who has seen it, in which role, how large it was then and how small it has been since; `null` while nobody has. */
  readonly seen: { readonly by: string; readonly as: Seer; readonly band: Band; readonly at: string; readonly least: Score } | null;
  readonly closed: boolean;
}

/** In the order they were raised. */
export type RiskState = readonly Risk[];
export const initialRisk: RiskState = [];

/** How large it is now: as it was last reviewed, or else as planned with people. */
export function scoreNow({ scores, levels: { current } }: Pick<Risk, 'scores' | 'levels'>): Score | null {
  return current ?? scores['co-produced'];
}

/** Who is to see a risk as large as it is now; `null` where nobody has to, or somebody has since it became this large and it has not been smaller between. */
function unseenNow(risk: Risk, settings: RiskSettings): Awaited | null {
  const due = seenBy(scoreNow(risk), risk.domain, settings);
  if (due === null || risk.seen === null) return due;
  const sunkTo = seenBy(risk.seen.least, risk.domain, settings);
  return sunkTo === null || exceeds(due.band, sunkTo.band) || exceeds(due.band, risk.seen.band) || seers.indexOf(risk.seen.as) < seers.indexOf(due.by) ? due : null;
}

/** Who is still to see a risk, as the largest that it has been since somebody saw it; `null` where nobody has to. */
export function awaitsSeer(risk: Risk, settings: RiskSettings): Awaited | null {
  return risk.closed ? null : larger(unseenNow(risk, settings), risk.escalated);
}

const larger = (now: Awaited | null, before: Awaited | null): Awaited | null =>
  now === null || (before !== null && exceeds(before.band, now.band)) ? before : now;

/** The risks that are open. */
export const openRisks = ({ risk }: Agreement): readonly Risk[] => risk.filter(({ closed }) => !closed);

/**
 * The `top` open risks by how large they are now, largest first; equal ones as they were raised. One that nobody has
 * scored comes first: what is unknown is not small.
 */
export function topRisks(agreement: Agreement, top: number): readonly Risk[] {
  const size = (risk: Risk) => {
    const score = scoreNow(risk);
    return score === null ? Infinity : productOf(score);
  };
  return openRisks(agreement).toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a))).slice(0, top);
}

export const riskOwner = (what: string, by: string) => ({ what, suppliedBy: 'risk-owner', by });
export const riskUnknown = refusal('risk.unknown', 'The risk was raised on this agreement.', riskOwner('risk', 'raise-risk'));
export const riskOf = ({ risk }: Agreement, id: string): Risk | undefined => risk.find((raised) => raised.id === id);

/** Whoever is to answer for something here, or to chair: somebody known who is still here, and who works for nobody that is not yet awarded what they may bid for. */
export function refuseOwner(owner: string, { agreement: { award }, persons }: Pick<States, 'agreement' | 'persons'>, by: string, suppliedBy = 'risk-owner'): readonly (Refusal | false)[] {
  const person = persons[owner];
  const providers = person === undefined ? [] : providersOf(person);
  return [
    person?.registered !== true &&
      refusal('person.unknown', 'Whoever answers for it is registered in this organisation.', { what: personStream(owner), suppliedBy: 'administrator', by: 'register-person' }),
    person?.disabled === true && refusal('risk.owner-gone', 'Whoever answers for it is still here.', { what: 'someone who is still here', suppliedBy, by }),
    providers.some((provider) => award.parties[provider] !== 'provider') &&
      refusal('risk.owner-bids', 'Whoever answers for it works for the commissioner, or for the provider to whom it was awarded.', { what: 'someone who works for no other provider', suppliedBy, by }),
  ];
}

/** Could this person answer for something here, or chair? */
export const canAnswerFor = (here: Pick<States, 'agreement' | 'persons'>, owner: string): boolean => refuseOwner(owner, here, 'raise-risk').every((refused) => refused === false);

export const closedAlready = (risk: Risk) =>
  risk.closed && refusal('risk.closed', 'The risk is open; one that comes back is raised anew.', riskOwner('risk', 'raise-risk'));

const reviewElsewhen = (reviewOn: CivilDate | undefined, today: CivilDate, by: string): Refusal | false =>
  reviewOn !== undefined &&
  (reviewOn <= today ? refusal('risk.review-not-ahead', 'The day of the next review lies ahead.', riskOwner('reviewOn', by)) : refuseTooFar('reviewOn', reviewOn, yearAhead(today), { suppliedBy: 'risk-owner', by }));

/** What a risk is raised for happened here, and asks for one: of an incident whose risk is open it is asked how large that has become. */
function refuseIncidents({ incidents, risk }: Agreement, raisedFor: readonly string[]): readonly (Refusal | false)[] {
  const found = raisedFor.flatMap((id) => incidents.find((one) => one.id === id && one.withdrawn === null) ?? []);
  const ofOpen = found.filter(({ asksFor }) => asksFor === 'new-score').flatMap((one) => risk.find(({ id, closed }) => id === one.risk && !closed) ?? []);
  return [
    found.length < raisedFor.length && refusal('incident.unknown', 'The incident is recorded on this agreement.', riskOwner('incident', 'record-incident')),
    ofOpen.length > 0 && refusal('incident.has-its-risk', 'An incident of a risk that is open asks how large that one is now.', ...ofOpen.map(({ id }) => riskOwner(`how large it is now: ${id}`, 'review-risk'))),
  ];
}

/** Whoever was asked about a risk as those who carry it is not taken off it: nobody's word is cut off. */
function refuseTakingOff({ statements }: Agreement, { id, bearers }: Risk, now: readonly BearerGroup[]): Refusal | false {
  const asked = bearers.filter((bearer) => !now.includes(bearer) && statements.some(({ group, risks }) => group === bearer && risks.includes(id)));
  return asked.length > 0 && refusal('risk.bearers-asked', 'Whoever was asked about a risk as those who carry it is not taken off it.', ...asked.map((bearer) => riskOwner(`bearers: ${bearer}`, 'review-risk')));
}

const isAskedFor = ({ tier }: Agreement, { pathway }: Context): boolean =>
  pathway.stages.some(({ gate }) => gate.conditions.some(({ code, tiers }) => code === 'risk.statements-sought' && tiers[tier] !== undefined));

/**
 * Where a gate asks for the word of those who carry a risk, whoever raised it, answers for it or saw it keeps it from none of these `groups` by
 * themselves, besides the commissioner, before they were asked.
 */
export function refuseUnasked({ agreement, persons }: States, { id, owner, hands, seen }: Risk, groups: readonly BearerGroup[], context: Context, by: 'close-risk' | 'review-risk'): Refusal | false {
  const everyId = everyIdOf(persons, actorName(context.actor));
  const unasked = groups.filter((group) => group !== 'commissioner' && !agreement.statements.some((one) => one.group === group && one.risks.includes(id)));
  return (
    unasked.length > 0 && isAskedFor(agreement, context) && [...hands, owner, seen?.by].some((one) => one && everyId.includes(one)) &&
    refusal(
      'risk.nobody-asked', 'A risk that others carry is closed or taken off them by a second person, unless they were asked about it.',
      ...(by === 'close-risk' ? unasked.map((group) => ({ what: `the statement of ${group} on ${id}`, suppliedBy: 'commissioner', by: 'seek-statement' })) : []),
      riskOwner('someone other than who raised it, answers for it or saw it', by),
    )
  );
}

/** Controls make nothing larger, and nobody means to become worse than that: what turned out larger corrects the inherent score with the rest. */
function refuseAboveInherent({ inherent, current, target }: Levels, by: string): Refusal | false {
  if (inherent === null) return false;
  const larger = Object.entries({ current, target }).filter(([, score]) => score !== null && productOf(score) > productOf(inherent));
  return (
    larger.length > 0 &&
    refusal('risk.above-inherent', 'No risk is larger with its controls than without them.', ...larger.map(([which]) => riskOwner(`the ${which} score: ${productOf(inherent)} or less, or a larger inherent score`, by)))
  );
}

/** Nothing keeps a risk down on the day it is raised: what makes it smaller is put on record first, and then it is reviewed. */
function refuseLowered(scores: Risk['scores'], { inherent, current }: Levels): Refusal | false {
  const before = scores['co-produced'] ?? inherent;
  return (
    current !== null && before !== null && productOf(current) < productOf(before) &&
    refusal('risk.no-control', 'A risk is as large as it was found until something keeps it down.', riskOwner('a control of it, and then its review', 'add-control'))
  );
}

/** That it is escalated, where somebody is to see it of whom that is not on record yet. Whoever scores it lower takes it from nobody's eyes who had still to see it. */
function escalation(agreement: string, risk: string, recorded: Awaited | null, awaited: Awaited | null): readonly AgreementEvent[] {
  if (awaited === null || (recorded !== null && recorded.by === awaited.by && recorded.band === awaited.band)) return [];
  return [happened(agreement, 'concordat.agreement.risk-escalated.v1', { risk, band: awaited.band, to: awaited.by })];
}

const scoredAnew = (agreement: Agreement, risk: Risk, changes: Partial<Pick<Risk, 'scores' | 'levels'>>, settings: RiskSettings) =>
  escalation(agreement.id, risk.id, risk.escalated, larger(unseenNow({ ...risk, ...scored(risk, changes) }, settings), awaitsSeer(risk, settings)));

export const decide = {
  'raise-risk': (states, { risk, title, domain, bearers, owner, scores, levels, reviewOn, incidents = [] }, { today, riskSettings }) => {
    const { agreement } = states;
    const missing = (what: string) => riskOwner(what, 'raise-risk');
    return unless(
      [
        agreement.risk.some(({ id }) => id === risk) && alreadySo('the risk is raised'),
        bearers.length === 0 && refusal('risk.nobody-carries-it', 'Somebody carries the risk.', missing('bearers')),
        ...refuseOwner(owner, states, 'raise-risk'),
        refuseUnknownDomain(domain, riskSettings, missing),
        refuseOffMatrix({ ...scores, ...levels }, missing),
        refuseAboveInherent(levels, 'raise-risk'),
        refuseLowered(scores, levels),
        reviewElsewhen(reviewOn, today, 'raise-risk'),
        ...refuseIncidents(agreement, incidents),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.risk-raised.v1', {
          risk, title, domain, bearers: [...new Set(bearers)], owner, scores, levels, reviewOn: reviewOn ?? null, on: today, incidents: [...new Set(incidents)],
        }),
        ...escalation(agreement.id, risk, null, seenBy(scoreNow({ scores, levels }), domain, riskSettings)),
      ],
    );
  },

  'rescore-risk': ({ agreement }, { risk: id, scores, reason }, { riskSettings }) => {
    const risk = riskOf(agreement, id);
    const offMatrix = refuseOffMatrix(scores, (what) => riskOwner(what, 'rescore-risk'));
    if (risk === undefined) return refuseUnknown(riskUnknown, [offMatrix]);
    return unless(
      [closedAlready(risk), canonical(risk.scores) === canonical(scores) && alreadySo('the risk has these scores'), offMatrix],
      () => [happened(agreement.id, 'concordat.agreement.risk-rescored.v1', { risk: id, scores, reason }), ...scoredAnew(agreement, risk, { scores }, riskSettings)],
    );
  },

  'review-risk': (states, { risk: id, levels, reviewOn, reason, owner, bearers = [] }, context) => {
    const { agreement } = states;
    const { today, riskSettings } = context;
    const risk = riskOf(agreement, id);
    const besides = [
      levels.current === null && refusal('risk.not-scored', 'Whoever reviews a risk says how large it is now.', riskOwner('the current score', 'review-risk')),
      refuseOffMatrix(levels, (what) => riskOwner(what, 'review-risk')),
      refuseAboveInherent(levels, 'review-risk'),
      reviewElsewhen(reviewOn, today, 'review-risk'),
      ...(owner === undefined ? [] : refuseOwner(owner, states, 'review-risk')),
    ];
    if (risk === undefined) return refuseUnknown(riskUnknown, besides);
    return unless(
      [
        closedAlready(risk), ...besides,
        bearers.length > 0 && refuseTakingOff(agreement, risk, bearers),
        bearers.length > 0 && !risk.closed && refuseUnasked(states, risk, risk.bearers.filter((group) => !bearers.includes(group)), context, 'review-risk'),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.risk-reviewed.v1', { risk: id, levels, reviewOn, reason, ...(owner !== undefined && { owner }), ...(bearers.length > 0 && { bearers: [...new Set(bearers)] }) }),
        ...scoredAnew(agreement, answeredForBy(risk, owner), { levels }, riskSettings),
      ],
    );
  },
} satisfies { [C in keyof RiskCommands]: Decide<C> };

/** A risk for which somebody else answers, or as it is: what they saw of it from above, nobody has. */
function answeredForBy(risk: Risk, owner: string = risk.owner): Risk {
  return { ...risk, owner, hands: [...new Set([...risk.hands, owner])], seen: risk.seen?.by === owner ? null : risk.seen };
}

/** A risk with other scores. Whoever saw it saw it as large as it was then: how small it has become since is kept, so that they see it again when it grows. */
function scored(risk: Risk, changes: Partial<Pick<Risk, 'scores' | 'levels' | 'reviewOn'>>): Partial<Risk> {
  const now = scoreNow({ ...risk, ...changes });
  const seen = risk.seen !== null && now !== null && productOf(now) < productOf(risk.seen.least) ? { ...risk.seen, least: now } : risk.seen;
  return { ...changes, seen };
}

/** The agreement with one of its risks changed. */
export function withRisk(agreement: Agreement, id: string, change: (risk: Risk) => Partial<Risk>): Agreement {
  return agreementWith(agreement, { risk: agreement.risk.map((risk) => (risk.id === id ? { ...risk, ...change(risk) } : risk)) });
}

export const evolve = {
  'concordat.agreement.risk-raised.v1': (agreement, { data: { risk: id, title, domain, bearers, owner, scores, levels, reviewOn, on, incidents }, meta }) => agreementWith(agreement, {
    risk: [...agreement.risk, { id, title, domain, bearers, owner, scores, levels, raisedOn: on, hands: [...new Set([meta.actor, owner])], ...(incidents !== undefined && { incidents }), reviewOn, timesScored: 1, escalated: null, seen: null, closed: false }],
  }),
  'concordat.agreement.risk-rescored.v1': (agreement, { data: { risk, scores } }) =>
    withRisk(agreement, risk, (raised) => scored(raised, { scores })),
  'concordat.agreement.risk-reviewed.v1': (agreement, { data: { risk, levels, reviewOn, owner, bearers } }) =>
    withRisk(agreement, risk, (raised) => ({ ...answeredForBy(raised, owner), ...scored(answeredForBy(raised, owner), { levels, reviewOn }), bearers: bearers ?? raised.bearers, timesScored: raised.timesScored + 1 })),
  'concordat.agreement.risk-escalated.v1': (agreement, { data: { risk, band, to } }) => withRisk(agreement, risk, () => ({ escalated: { band, by: to } })),
} satisfies { [T in keyof RiskEvents]: Evolve<T> };

export const conditions = {
  // Doing it with people may involve greater risks than leaving it to professionals, and so may doing nothing: all three are said.
  'risk.three-way': (agreement, { top }) => {
    // Also where all were closed: whoever doubts that there is a risk has not asked what not acting brings.
    if (agreement.risk.every(({ closed }) => closed)) return [riskOwner(agreement.risk.length === 0 ? 'the risks: none is raised yet' : 'the risks: none is open', 'raise-risk')];
    return topRisks(agreement, top).flatMap(({ id, scores }) =>
      ways.filter((way) => scores[way] === null).map((way) => riskOwner(`the ${way} score of ${id}`, 'rescore-risk')),
    );
  },
} satisfies Partial<Conditions>;
