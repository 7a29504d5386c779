import type { Missing, Refusal } from '@concordat/journal/core';
import { isEarlier, onGround, type Pathway, type Route, type UrgencyGround } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { type Content, contentAfter, type Subject, subjects } from './content.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Context, Decide, Evolve } from './topic.js';

type Urgent = {
  /** One of the pathway's grounds, of the route's regime. */
  readonly ground: string;
  readonly why: string;
  /** The day the service is to start. */
  readonly startsOn: CivilDate;
};
type Late = { readonly reason: string; readonly knownSince: CivilDate };

export interface UrgencyCommands {
  /** Before the start, and never after it. */
  'record-urgency': Urgent;
  /** The organisation itself was late: said apart, and no ground to act before one asks. */
  'record-late-by-us': Late;
}

export interface UrgencyEvents {
  /** `content`: what is signed and decided as it reads with this ground; null of one that was recorded before anybody signed for the ground. `material`: what that makes stale. */
  'concordat.agreement.urgency-recorded.v1': Urgent & { readonly content: Content | null; readonly material: readonly Subject[] };
  'concordat.agreement.late-by-us-recorded.v1': Late;
}

export interface UrgencyState {
  /** `signed`: its ground is part of what is signed and decided; not of one that was recorded before anybody signed for it. */
  readonly urgent: (Urgent & { readonly recordedAt: string; readonly signed: boolean }) | null;
  /** Everybody who put a ground on record here, whoever did last. */
  readonly recordedBy: readonly string[];
  readonly late: (Late & { readonly recordedAt: string }) | null;
}
export const initialUrgency: UrgencyState = { urgent: null, recordedBy: [], late: null };

/** The grounds an agreement may name, on this pathway by this route. */
export function groundsOf({ pathway, route }: Pick<Context, 'pathway' | 'route'>): readonly UrgencyGround[] {
  return (pathway.grounds ?? []).filter(({ regime }) => regime === route.regime);
}

/** The route as the ground on record makes it: a ground that the pathway gives may lift its standstill, where nothing was late by us. */
export function routeOf({ urgency: { urgent, late } }: Agreement, documents: Pick<Context, 'pathway' | 'route'>): Route {
  const holds = late === null && groundsOf(documents).some(({ id }) => id === urgent?.ground);
  return holds ? onGround(documents.route, urgent?.ground) : documents.route;
}

const commissioner = (what: string, by: string) => ({ what, suppliedBy: 'commissioner', by });

/** The day the agreement's own period begins, where that is another than the urgency says: one of the two is to be amended. */
function otherStart({ facts }: Agreement, startsOn: CivilDate): Missing | undefined {
  const period = facts['contract-period']?.value.startsOn;
  return period === undefined || period === startsOn ? undefined : commissioner(`contract-period: it starts on ${period}, and the urgency says ${startsOn}`, 'amend-facts');
}
/** Never in retrospect: no agreement begins behind the gate that asks for the ground of its urgency, whatever went before. */
export function refuseBehindUrgency(pathway: Pathway, stage: string, by: string): Refusal | false {
  const asked = pathway.stages.find(({ gate }) => gate.conditions.some(({ code }) => code === 'urgent.grounded'));
  return (
    asked !== undefined && isEarlier(pathway, asked.id, stage) &&
    refusal('urgent.retrospective', 'What an urgency is asked is there before the start: it is not taken over behind the gate that asks it.', commissioner(asked.id, by), commissioner('another commissioning process, for what has started', by))
  );
}

/** May the award be proposed anew as it is? On another ground of urgency than the one that its notice was published with it is made in no other way. */
export const isToldOnGround = ({ award, urgency }: Agreement): boolean => award.notice !== null && urgency.urgent !== null;

const notOurLateness = refusal('urgent.late-by-us', 'Lateness of the organisation’s own is no ground of urgency.', { what: 'another commissioning process, with its gates', suppliedBy: 'commissioner' });

export const decide = {
  'record-urgency': ({ agreement }, { ground, why, startsOn }, context) => {
    const grounds = groundsOf(context);
    const missing = (what: string) => commissioner(what, 'record-urgency');
    const other = otherStart(agreement, startsOn);
    const { urgent } = agreement.urgency;
    const content = contentAfter(agreement, agreementWith(agreement, { urgency: { ...agreement.urgency, urgent: { ground, why, startsOn, recordedAt: '', signed: true } } }), context.sha256);
    return unless(
      [
        grounds.length === 0 && refusal('urgent.no-grounds', 'The agreement is on a pathway for urgency, by a route that knows grounds for it.', missing('an agreement on the urgent pathway')),
        agreement.urgency.late !== null && notOurLateness,
        urgent?.ground === ground && urgent.startsOn === startsOn && alreadySo('this urgency is on record'),
        grounds.length > 0 && !grounds.some(({ id }) => id === ground) && refusal('urgent.no-such-ground', 'The law gives these grounds here.', ...grounds.map(({ id, says }) => missing(`${id}: ${says}`))),
        startsOn < context.today && refusal('urgent.retrospective', 'An urgency is recorded before the start, never after it.', missing('startsOn')),
        agreement.award.notice !== null && urgent?.ground !== ground &&
          refusal(
            'urgent.notice-published',
            'An award is made on the ground that its notice was published with: on another it is proposed anew.',
            ...(agreement.award.original === null ? [] : [commissioner('the award, gone back to', 'return-to-stage')]),
            commissioner('the award, proposed anew', agreement.award.proposed?.lots.length ? 'propose-lots' : 'propose-award'),
          ),
        other !== undefined && refusal('urgent.other-start', 'The service starts on one day: that of the urgency is that of the contract period.', other),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.urgency-recorded.v1', { ground, why, startsOn, content, material: subjects.filter((subject) => content[subject] !== agreement.content[subject]) }),
      ],
    );
  },

  'record-late-by-us': ({ agreement }, { reason, knownSince }, { today }) =>
    unless(
      [
        agreement.urgency.late !== null && alreadySo('it is on record that we were late'),
        knownSince > today && refusal('urgent.known-later', 'Since when it was known lies in the past.', commissioner('knownSince', 'record-late-by-us')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.late-by-us-recorded.v1', { reason, knownSince })],
    ),
} satisfies { [C in keyof UrgencyCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.urgency-recorded.v1': (agreement, { data: { content, material: _, ...urgent }, meta, recordedAt }) => agreementWith(agreement, {
    urgency: { ...agreement.urgency, urgent: { ...urgent, recordedAt, signed: content !== null }, recordedBy: [...new Set([...agreement.urgency.recordedBy, meta.actor])] },
    content: content ?? agreement.content,
  }),
  'concordat.agreement.late-by-us-recorded.v1': (agreement, { data, recordedAt }) => agreementWith(agreement, { urgency: { ...agreement.urgency, late: { ...data, recordedAt } } }),
} satisfies { [T in keyof UrgencyEvents]: Evolve<T> };

export const conditions = {
  'urgent.grounded': (agreement, _, context) => {
    const { urgent, late } = agreement.urgency;
    if (late !== null) return notOurLateness.missing;
    if (urgent === null) return [commissioner('the legal ground of the urgency', 'record-urgency')];
    if (!groundsOf(context).some(({ id }) => id === urgent.ground)) return [commissioner(`a ground of ${context.route.regime}`, 'record-urgency')];
    return [
      ...(context.today > urgent.startsOn ? [commissioner(`a start that lies ahead: ${urgent.startsOn} has passed`, 'record-urgency')] : []),
      ...[otherStart(agreement, urgent.startsOn)].filter((other) => other !== undefined),
    ];
  },

  'registration.where-regulated': ({ facts }) => {
    const regulated = facts['service-regulated']?.value;
    if (regulated === undefined) return [commissioner('service-regulated', 'amend-facts')];
    return regulated === 'yes' && facts.registration === undefined ? [commissioner('registration', 'amend-facts')] : [];
  },
} satisfies Partial<Conditions>;
