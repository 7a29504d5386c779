import { actorName } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import type { Pathway, Tier } from '@concordat/pathway/core';
import { addDays, type CivilDate, daysBetween } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { beganOn, dayInUtc } from './began.js';
import { happened } from './event.js';
import type { FactValues } from './facts.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { everyIdToday, refuseSamePerson } from './separation.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';

/**
 * The four rules of a lawful consultation (R v Brent LBC, ex p Gunning (1985); R (Moseley) v Haringey LBC [2014] UKSC 56), and
 * what a named person answers for each: no log can say "fair", so somebody says in words what the log cannot see.
 */
export const consultationRules = {
  formative: { rule: 'People are asked while the proposal can still change.', question: 'What was still open?' },
  reasons: { rule: 'They are given enough reasons and realistic alternatives.', question: 'Which options were rejected, and why?' },
  time: { rule: 'They are given enough time.', question: 'Why this long?' },
  considered: { rule: 'What they say is considered before the decision.', question: 'What changed?' },
} as const;
/** One of the four. */
export type ConsultationRule = keyof typeof consultationRules;
/** Every rule, in the order in which a consultation meets them. */
export const consultationRuleNames = Object.keys(consultationRules) as readonly ConsultationRule[];

/** What was open, which options there were and why so long is known before people answer; what changed by what they said is not. */
const isToldAfterwards = (rule: ConsultationRule): boolean => rule === 'considered';

type Proposal = {
  readonly consultation: string;
  /** What is consulted on, as people were told. */
  readonly proposal: string;
  readonly reasons: string;
  /** The alternatives that people were told of. */
  readonly options: readonly string[];
  readonly opensOn: CivilDate;
  /** The last day on which people can answer. */
  readonly closesOn: CivilDate;
  /** It is on something else than what is decided in this agreement: no decision here waits for it, and it stands for no gate. */
  readonly onAnotherMatter?: boolean;
};

export interface ConsultationCommands {
  'open-consultation': Proposal;
  'extend-consultation': { readonly consultation: string; readonly closesOn: CivilDate };
  /** It ends today, or never was where nobody could answer yet; for what was put on record by mistake, or is proposed no more. */
  'withdraw-consultation': { readonly consultation: string; readonly reason: string };
  /** A named person's words for one rule, of the last (what changed?) once it is closed; the same rule again replaces them, and the journal keeps both. */
  'answer-for-consultation': { readonly consultation: string; readonly rule: ConsultationRule; readonly words: string };
  /** What people said was read and weighed: how many answered, and what it came to. Where that is one person's word and is to be that of two, another says it again. */
  'consider-consultation': { readonly consultation: string; readonly responses: number; readonly summary: string; readonly on: CivilDate };
}

export interface ConsultationEvents {
  'concordat.agreement.consultation-opened.v1': Proposal & { readonly stage: string };
  'concordat.agreement.consultation-extended.v1': { readonly consultation: string; readonly closesOn: CivilDate };
  'concordat.agreement.consultation-withdrawn.v1': { readonly consultation: string; readonly reason: string };
  'concordat.agreement.consultation-answered-for.v1': { readonly consultation: string; readonly rule: ConsultationRule; readonly words: string };
  'concordat.agreement.consultation-considered.v1': { readonly consultation: string; readonly responses: number; readonly summary: string; readonly on: CivilDate };
}

/** One consultation, its answers by rule, and whether what people said was considered. */
export interface Consultation extends Proposal {
  readonly stage: string;
  /** The civil day (UTC) on which it was put on record. */
  readonly recordedOn: CivilDate;
  readonly recordedBy: string;
  readonly words: { readonly [R in ConsultationRule]?: { readonly by: string; readonly words: string } };
  readonly considered: { readonly by: string; readonly on: CivilDate; readonly responses: number; readonly summary: string } | null;
  /** `asked`: people could answer before that day; what they said is considered all the same. It stands for no gate. */
  readonly withdrawn: { readonly on: CivilDate; readonly reason: string; readonly asked: boolean } | null;
}

/** Had people a day to answer it before this one, as far as this log saw? */
const wasOpenBefore = ({ opensOn, recordedOn }: Pick<Consultation, 'opensOn' | 'recordedOn'>, day: CivilDate): boolean => opensOn < day && recordedOn < day;

/** Did anybody have a day to answer it? Of one that was withdrawn before, there is nothing but that it was on record. */
export const wasAsked = ({ withdrawn }: Pick<Consultation, 'withdrawn'>): boolean => withdrawn === null || withdrawn.asked;

/** Is what people said in it still to be considered, now or once it has closed? */
export const waitsToBeConsidered = (consultation: Pick<Consultation, 'considered' | 'withdrawn'>): boolean => consultation.considered === null && wasAsked(consultation);

/** In the order they were opened. */
export type ConsultationState = readonly Consultation[];
export const initialConsultations: ConsultationState = [];

/** One thing the log shows about one rule. A `warning` can still be mended; a `breach` is done. */
export interface ConsultationFinding {
  readonly rule: ConsultationRule;
  readonly is: 'warning' | 'breach';
  readonly says: string;
}

/** What is said where the log shows nothing. Never "fair": that is for people, and in the end for a court, to say. */
export const noBreachVisible = 'No breach is visible in this log.';

/** How many days people had, the first and the last included. */
function days({ opensOn, closesOn }: Pick<Proposal, 'opensOn' | 'closesOn'>): number {
  return daysBetween(opensOn, closesOn) + 1;
}

/** The days this pathway asks a consultation to last in this tier; 0 where it asks for none. */
function daysAsked(pathway: Pathway, tier: Tier): number {
  const uses = pathway.stages.flatMap(({ gate }) => gate.conditions);
  return Math.max(0, ...uses.map((use) => (use.code === 'consultation.considered' ? (use.tiers[tier]?.atLeastDays ?? 0) : 0)));
}

/**
 * When it was decided what a consultation that opened on this day is about: a variation that was proposed by then and not decided, or else
 * the agreement itself; undefined while that is open.
 */
function decidedAfter({ decision, variations }: Agreement, opensOn: CivilDate): CivilDate | undefined {
  const varied = variations.filter(({ proposedOn, decided }) => proposedOn <= opensOn && (decided === null || decided.decidedOn > opensOn));
  if (varied.length === 0 || decision === null || decision.decidedOn > opensOn) return decision?.decidedOn;
  return varied.flatMap(({ decided }) => decided?.decidedOn ?? []).sort()[0];
}

/**
 * What the log of one consultation shows against the four rules, on a day; how long is long enough is the pathway's own figure.
 * Nothing found means that no breach is visible in this log, and no more than that.
 */
export function consultationFindings(agreement: Agreement, consultation: Consultation, { pathway, today }: Pick<Context, 'pathway' | 'today'>): readonly ConsultationFinding[] {
  const atLeastDays = daysAsked(pathway, agreement.tier);
  const { opensOn, closesOn, options, considered, recordedOn, withdrawn } = consultation;
  if (!wasAsked(consultation)) return [];
  const decidedOn = consultation.onAnotherMatter === true ? undefined : decidedAfter(agreement, opensOn);
  const isOver = today > closesOn;
  const found = (rule: ConsultationRule, is: ConsultationFinding['is'], says: string): ConsultationFinding => ({ rule, is, says });
  return [
    ...(decidedOn !== undefined && decidedOn <= opensOn ? [found('formative', 'breach', `The decision was taken on ${decidedOn}, before people were asked.`)] : []),
    ...(options.length === 0 ? [found('reasons', isOver ? 'breach' : 'warning', 'People were told of no alternative.')] : []),
    ...(withdrawn !== null ? [found('time', 'warning', `It was withdrawn on ${withdrawn.on}, after ${days(consultation)} days: whatever people were asked about is decided on after another.`)] : []),
    ...(withdrawn === null && days(consultation) < atLeastDays
      ? [found('time', isOver ? 'breach' : 'warning', `People have ${days(consultation)} days; this pathway asks for ${atLeastDays}. It would have to close on ${addDays(opensOn, atLeastDays - 1)} or later.`)]
      : []),
    // That it opened before it was on record is somebody's word: it may be true, and the log has not seen it.
    ...(opensOn < recordedOn ? [found('time', 'warning', `It was put on record on ${recordedOn}: that people could answer from ${opensOn} on, this log has not seen.`)] : []),
    ...(decidedOn !== undefined && decidedOn > opensOn && (considered === null || considered.on > decidedOn)
      ? [found('considered', 'breach', `The decision was taken on ${decidedOn}, before what people said was considered.`)]
      : []),
    ...(decidedOn === undefined && isOver && considered === null ? [found('considered', 'warning', 'It is closed, and what people said is not considered yet. A decision now would be one before that.')] : []),
  ];
}

const onThisProposal = ({ consultations }: Agreement): readonly Consultation[] => consultations.filter((each) => each.onAnotherMatter !== true && wasAsked(each));

/**
 * What a decision taken on this day would come too early for: consultations on its proposal that were open then, or not considered
 * by then. One that is open today stops every decision, on whichever day it says it was taken.
 */
function proposalsConsultedOn(agreement: Agreement, decidedOn: CivilDate, today: CivilDate): readonly string[] {
  return onThisProposal(agreement)
    .filter(
      ({ opensOn, closesOn, considered }) =>
        opensOn <= today && (closesOn >= today || closesOn >= decidedOn || considered === null || considered.on > decidedOn),
    )
    .map(({ proposal, closesOn }) => `consultation on “${proposal}” (closes on ${closesOn})`);
}

const commissioner = (by: string, what: string): Missing => ({ what, suppliedBy: 'commissioner', by });

/** The refusal of a decision on what people are still asked about: an award, or what becomes of it later. */
export function refuseWhileConsulting(agreement: Agreement, code: string, decidedOn: CivilDate, today: CivilDate): Refusal | false {
  const consultedOn = proposalsConsultedOn(agreement, decidedOn, today);
  return (
    consultedOn.length > 0 &&
    refusal(code, 'A proposal is decided on once its consultation has closed and what people said was considered.', ...consultedOn.map((what) => commissioner('consider-consultation', what)))
  );
}

const consultationOf = (agreement: Agreement, consultation: string): Consultation | undefined =>
  agreement.consultations.find((each) => each.consultation === consultation);

/** Of an agreement that was taken over: was it over before, so that no log here can have seen it? */
const heldBefore = ({ openedAt, takenOver }: Agreement, { closesOn }: Pick<Proposal, 'closesOn'>): boolean => takenOver !== null && closesOn < dayInUtc(openedAt);

/** By whose word alone a consultation that no log here has seen is told: under any id they have today whoever considered it is whoever put it on record. */
export const isOneWord = (agreement: Agreement, one: Consultation): boolean => one.considered !== null && heldBefore(agreement, one) && everyIdToday(agreement, one.considered.by).includes(one.recordedBy);

/** Everybody by whose word people were consulted before the agreement was taken over. */
export const consultersOf = (agreement: Agreement): readonly string[] =>
  agreement.consultations.flatMap((each) => (each.considered !== null && heldBefore(agreement, each) ? [each.recordedBy, each.considered.by] : []));

/** A slip of the year would let nobody decide: it is longer than people are ever asked for. */
function refuseTooLong(closesOn: CivilDate, today: CivilDate, by: string): Refusal | false {
  const last = addDays(today, 364);
  return closesOn > last && refusal('consultation.too-long', 'A consultation closes within a year from today.', commissioner(by, `closesOn: ${last} or earlier`));
}

const withdrawnAlready = (known: Consultation | undefined, by: string): Refusal | false =>
  known !== undefined && known.withdrawn !== null && refusal('consultation.withdrawn', 'A consultation that was withdrawn goes on no more; another is opened.', commissioner(by, 'another consultation'));

function unknown(known: Consultation | undefined, by: string): Refusal | false {
  return known === undefined && refusal('consultation.unknown', 'The consultation was opened.', commissioner(by, 'consultation'));
}

export const decide = {
  'open-consultation': ({ agreement }, { consultation, proposal, reasons, options, opensOn, closesOn, onAnotherMatter }, { today }) => {
    const from = beganOn(agreement);
    return unless(
      [
        consultationOf(agreement, consultation) !== undefined && alreadySo('this consultation is on record'),
        closesOn < opensOn && refusal('consultation.closes-before-it-opens', 'A consultation closes after it opens.', commissioner('open-consultation', 'closesOn')),
        refuseTooLong(closesOn, today, 'open-consultation'),
        closesOn < today && !heldBefore(agreement, { closesOn }) && refusal('consultation.over-before-it-is-on-record', 'A consultation is put on record while people can still answer.', commissioner('open-consultation', `closesOn: ${today} or later${from === undefined ? `, or before ${dayInUtc(agreement.openedAt)}, when it was taken over` : ''}`)),
        from !== undefined && opensOn < from && refusal('consultation.before-its-subject', 'People are consulted once there is something to consult them on.', commissioner('open-consultation', `opensOn: ${from} or later`)),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.consultation-opened.v1', { consultation, proposal, reasons, options, opensOn, closesOn, ...(onAnotherMatter !== undefined && { onAnotherMatter }), stage: agreement.stage }),
      ],
    );
  },

  'extend-consultation': ({ agreement }, { consultation, closesOn }, { today }) => {
    const known = consultationOf(agreement, consultation);
    return unless(
      [
        unknown(known, 'extend-consultation'),
        withdrawnAlready(known, 'open-consultation'),
        known?.closesOn === closesOn && alreadySo(`it closes on ${closesOn}`),
        refuseTooLong(closesOn, today, 'extend-consultation'),
        known !== undefined && closesOn < known.closesOn && refusal('consultation.shortened', 'Once people were told how long they have, it is not shortened.', commissioner('extend-consultation', `closesOn after ${known.closesOn}`)),
        known !== undefined && known.closesOn < today && refusal('consultation.closed', 'A consultation is extended while it is open; afterwards another is opened.', commissioner('open-consultation', 'consultation')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.consultation-extended.v1', { consultation, closesOn })],
    );
  },

  'withdraw-consultation': ({ agreement, persons }, { consultation, reason }, { actor, today }) => {
    const known = consultationOf(agreement, consultation);
    const couldAnswer = known !== undefined && known.withdrawn === null && wasOpenBefore(known, today) && today <= known.closesOn;
    return unless(
      [
        unknown(known, 'withdraw-consultation'),
        known !== undefined && known.withdrawn !== null && alreadySo('the consultation is withdrawn'),
        known !== undefined && known.withdrawn === null && known.closesOn < today && refusal('consultation.closed', 'A consultation is withdrawn while it is open; afterwards what people said is considered.', commissioner('consider-consultation', 'what people said')),
        couldAnswer &&
          refuseSamePerson(persons, actor, [known.recordedBy], { code: 'consultation.own-withdrawn', asks: 'Once people could answer, a consultation is withdrawn by somebody else than whoever put it on record: it is over sooner than they were told.', did: 'put it on record', suppliedBy: 'commissioner', by: 'withdraw-consultation' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.consultation-withdrawn.v1', { consultation, reason })],
    );
  },

  'answer-for-consultation': ({ agreement }, { consultation, rule, words }, context) => {
    const known = consultationOf(agreement, consultation);
    const said = known?.words[rule];
    const tooSoon = isToldAfterwards(rule) && known !== undefined && known.withdrawn === null && context.today <= known.closesOn;
    return unless(
      [
        unknown(known, 'answer-for-consultation'),
        withdrawnAlready(known, 'open-consultation'),
        said?.words === words && said.by === actorName(context.actor) && alreadySo('these are the words on record'),
        tooSoon && refusal('consultation.still-open', 'What changed by what people say is told once all of them could say it.', { what: `a day after ${known.closesOn}`, suppliedBy: 'time', by: 'answer-for-consultation' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.consultation-answered-for.v1', { consultation, rule, words })],
    );
  },

  'consider-consultation': ({ agreement, persons }, { consultation, responses, summary, on }, { actor, today }) => {
    const known = consultationOf(agreement, consultation);
    const needs = (what: string) => commissioner('consider-consultation', what);
    return unless(
      [
        unknown(known, 'consider-consultation'),
        known !== undefined && !wasAsked(known) && withdrawnAlready(known, 'open-consultation'),
        known !== undefined && known.considered !== null && !isOneWord(agreement, known) && alreadySo('what people said was considered'),
        known !== undefined && heldBefore(agreement, known) &&
          refuseSamePerson(persons, actor, [known.recordedBy], { code: 'consultation.one-word', asks: 'Of a consultation that nobody here saw two people speak: whoever put it on record, and another who says what it came to.', did: 'put it on record', suppliedBy: 'commissioner', by: 'consider-consultation' }),
        on > today && refusal('consultation.not-considered-yet', 'It is recorded once it is done.', needs('on')),
        known !== undefined && wasAsked(known) && on <= known.closesOn && refusal('consultation.still-open', 'What people say is considered once all of them could say it.', needs(`on after ${known.closesOn}`)),
      ],
      () => [happened(agreement.id, 'concordat.agreement.consultation-considered.v1', { consultation, responses, summary, on })],
    );
  },
} satisfies { [C in keyof ConsultationCommands]: Decide<C> };

function changed(agreement: Agreement, consultation: string, change: (before: Consultation) => Consultation): Agreement {
  return agreementWith(agreement, { consultations: agreement.consultations.map((each) => (each.consultation === consultation ? change(each) : each)) });
}

export const evolve = {
  'concordat.agreement.consultation-opened.v1': (agreement, { data, meta, recordedAt }) => agreementWith(agreement, {
    consultations: [...agreement.consultations, { ...data, recordedOn: dayInUtc(recordedAt), recordedBy: meta.actor, words: {}, considered: null, withdrawn: null }],
  }),
  'concordat.agreement.consultation-extended.v1': (agreement, { data }) => changed(agreement, data.consultation, (before) => ({ ...before, closesOn: data.closesOn })),
  'concordat.agreement.consultation-withdrawn.v1': (agreement, { data: { consultation, reason }, recordedAt }) =>
    changed(agreement, consultation, (before) => {
      const on = dayInUtc(recordedAt);
      const asked = wasOpenBefore(before, on);
      return { ...before, closesOn: asked && on < before.closesOn ? on : before.closesOn, withdrawn: { on, reason, asked } };
    }),
  'concordat.agreement.consultation-answered-for.v1': (agreement, { data: { consultation, rule, words }, meta }) =>
    changed(agreement, consultation, (before) => ({ ...before, words: { ...before.words, [rule]: { by: meta.actor, words } } })),
  'concordat.agreement.consultation-considered.v1': (agreement, { data: { consultation, ...considered }, meta }) =>
    changed(agreement, consultation, (before) => ({ ...before, considered: { ...considered, by: meta.actor } })),
} satisfies { [T in keyof ConsultationEvents]: Evolve<T> };

/** Whether a service may change or end for people: said so, or the agreement went up a tier for ending one. */
export function serviceMayChange({ facts, raises }: Agreement): boolean {
  return facts['service-may-change']?.value === 'yes' || raises.includes('ends-a-service');
}

/**
 * What is asked before a service that runs becomes less, or another: it is said since that was `proposedOn` whether it may change for people and, where it
 * may, they were consulted on it since, for as long as this pathway asks.
 */
export function changeLacks(agreement: Agreement, proposedOn: CivilDate, context: Context): readonly Missing[] {
  const said = agreement.facts['service-may-change'];
  if (said === undefined || dayInUtc(said.amendedAt) < proposedOn) return [commissioner('amend-facts', `service-may-change, said since it was proposed on ${proposedOn}`)];
  if (said.value === 'no') return [];
  const consultations = agreement.consultations.filter(({ opensOn }) => opensOn >= proposedOn);
  return conditions['consultation.considered'](agreementWith(agreement, { consultations }), { whereServiceChanges: true, atLeastDays: daysAsked(context.pathway, agreement.tier) }, context);
}

/** That it may is taken back by somebody else than who said it: people are consulted for it, or not. */
export function refuseTakenBack({ agreement: { facts }, persons }: Pick<States, 'agreement' | 'persons'>, amended: FactValues, { actor }: Pick<Context, 'actor'>): Refusal | false {
  const said = facts['service-may-change'];
  return (
    said?.value === 'yes' && amended['service-may-change'] === 'no' &&
    refuseSamePerson(persons, actor, [said.amendedBy], { code: 'facts.own-word-taken-back', asks: 'That a service may change for people is taken back by somebody else than who said so.', did: 'said that it may change', by: 'amend-facts' })
  );
}

/** What keeps one from standing for the consultation that a gate asks: too few days on record, or nothing beside the proposal to choose. */
function fallsShort(agreement: Agreement, consultation: Consultation, atLeastDays: number, today: CivilDate): readonly Missing[] {
  const { proposal, opensOn, closesOn, options, recordedOn } = consultation;
  // That it opened before is somebody's word, which no gate opens on; of what was over when it was taken over there is the word of two.
  const before = heldBefore(agreement, consultation);
  const since = opensOn < recordedOn && !before ? recordedOn : opensOn;
  const had = days({ opensOn: since, closesOn });
  const until = addDays(since, atLeastDays - 1);
  const seen = since === opensOn ? '' : ' since it was put on record';
  return [
    ...(had >= atLeastDays
      ? []
      : closesOn >= today
        ? [commissioner('extend-consultation', `${atLeastDays} days for “${proposal}”, which has ${had}${seen}: open until ${until} or later`)]
        : [commissioner('open-consultation', `a consultation of ${atLeastDays} days or more: “${proposal}” had ${had}${seen}`)]),
    ...(isOneWord(agreement, consultation) ? [commissioner('consider-consultation', `what people said to “${proposal}”, by someone other than the one who put it on record: there is one person’s word`)] : []),
    ...(options.length === 0 ? [commissioner('open-consultation', `a consultation that tells people of an alternative: “${proposal}” told them of none`)] : []),
  ];
}

export const conditions = {
  // What cannot be supplied any more is told in the log, to the decision-maker. A consultation that fell short is mended by another one, beside which it no longer shuts the gate.
  'consultation.considered': (agreement, { whereServiceChanges, atLeastDays }, { today }) => {
    const isAsked = !whereServiceChanges || serviceMayChange(agreement);
    const consultations = onThisProposal(agreement);
    const standing = consultations.filter(({ withdrawn }) => withdrawn === null);
    // People who are asked although nobody had to ask them are heard to the end; how long they have is for whoever asks them to say.
    const short = standing.map((each) => fallsShort(agreement, each, atLeastDays, today));
    return [
      // Nobody escapes the question by leaving it open.
      ...(!isAsked && agreement.facts['service-may-change'] === undefined ? [commissioner('amend-facts', 'service-may-change')] : []),
      ...(!isAsked || short.some((missing) => missing.length === 0) ? [] : (short.at(-1) ?? [commissioner('open-consultation', 'a consultation')])),
      ...consultations.flatMap(({ proposal, closesOn, considered, words, withdrawn }) => [
        ...(considered === null
          ? [closesOn >= today ? { what: `consultation on “${proposal}” open until the end of ${closesOn}`, suppliedBy: 'time' } : commissioner('consider-consultation', `what people said to “${proposal}”`)]
          : []),
        ...consultationRuleNames
          .filter((rule) => withdrawn === null && words[rule] === undefined)
          .map((rule) => ({ what: `“${proposal}”: ${consultationRules[rule].question} (${rule})`, suppliedBy: isToldAfterwards(rule) && closesOn >= today ? 'time' : 'commissioner', by: 'answer-for-consultation' })),
      ]),
    ];
  },
} satisfies Partial<Conditions>;
