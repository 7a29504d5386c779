import type { Missing, Refusal } from '@concordat/journal/core';
import { type AgreementKind, askedOfPlans, type ConditionAsked, conditionsFor, groundsToChoose, isEarlier, isFoundedOn, isUnder, routeFits, type RouteGround } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { type Content, contentAfter, type Subject, subjects } from './content.js';
import { awardingStage } from './deciding-stage.js';
import { happened } from './event.js';
import type { Money } from './facts.js';
import { refuseRouteNotInUse } from './in-use.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Version, VersionAsked } from './beginning.js';
import type { Condition, Conditions, Context, Decide, Evolve } from './topic.js';
import { wasGiven } from './waiver.js';

/*
 * By which route something is awarded, and on which of its grounds: a direct award on what justifies it, one below the threshold on
 * what kind of contract it is. What an award by a route rests on, its document says.
 */

export interface RouteChoiceCommands {
  /** Another route, or the one it has on a ground. `ground`: one of those the route gives, where it gives any. */
  'choose-route': { readonly route: VersionAsked; readonly ground?: string; readonly why: string };
}

export interface RouteChoiceEvents {
  /** `material`: what rests on the route, so that a sign-off or decision of it is now stale. */
  'concordat.agreement.route-chosen.v1': {
    readonly from: Version;
    readonly route: Version;
    readonly ground: string | null;
    readonly why: string;
    readonly content: Content;
    readonly material: readonly Subject[];
  };
}

/** The last choice of a route and its ground; null where an agreement goes by the route it began with and named no ground. */
export type RouteChoiceState = { readonly route: Version; readonly ground: string | null; readonly why: string; readonly chosenBy: string; readonly chosenAt: string } | null;
export const initialRouteChoice: RouteChoiceState = null;

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

/** The refusal of a route whose regime the pathway does not know. */
export function refuseOtherRegime({ pathway, route }: Pick<Context, 'pathway' | 'route'>, by: string): Refusal | false {
  return !routeFits(pathway, route) && refusal('route.other-regime', `An agreement on “${pathway.title}” is made under: ${(pathway.routes ?? pathway.regimes).join(', ')}.`, commissioner('route', by));
}

/** The refusal of a route that rests on what is not there. `parent`: what the agreement is called off from, in whichever organisation that is now. */
export function refuseUnfounded({ pathway, route }: Pick<Context, 'pathway' | 'route'>, parent: AgreementKind | null | undefined): Refusal | false {
  if (route.restsOn === undefined || pathway.keepsRoute === true) return false;
  const { is, says } = route.restsOn;
  switch (is) {
    case 'urgency':
      return !isFoundedOn(pathway, route) && refusal('route.no-urgency', says, commissioner('an agreement on a pathway for urgency', 'open-agreement'));
    case 'framework':
      return parent !== 'framework' && refusal('route.no-framework', says, commissioner('a call-off from a framework that was awarded or taken over here', 'call-off'));
  }
}

/** The figure of a ground, beside what the agreement is worth. */
function beyond(ground: RouteGround, value: Money): readonly Missing[] {
  return isUnder(ground, value)
    ? []
    : [
        commissioner(`another route, or another of its grounds: ${value.amount} ${value.currency} is not under £${ground.under!.toLocaleString('en-GB')} with VAT (${ground.source.cites})`, 'choose-route'),
        commissioner('value', 'amend-facts'),
      ];
}

/** An award is proposed under the figure of the ground its route was chosen on. */
export function refuseBeyondGround({ routeChoice }: Agreement, value: Money, context: Context): Refusal | false {
  const ground = groundsToChoose(context.pathway, context.route).find(({ id }) => id === routeChoice?.ground);
  const over = ground === undefined ? [] : beyond(ground, value);
  return over.length > 0 && refusal('route.over-value', ground!.says, ...over);
}

/** What this route asks at gates that the agreement has passed, with what the first may have made moot there and nobody waived, and is not there. */
function lacksBehind(agreement: Agreement, context: Context, conditions: Omit<Conditions, 'gate.conditions-kept'>): readonly Missing[] {
  const { pathway, route } = context;
  const passed = pathway.stages.filter(({ id }) => isEarlier(pathway, id, agreement.stage));
  const silent = { ...pathway, stages: pathway.stages.map((stage) => ({ ...stage, gate: { preliminary: false, conditions: [] } })) };
  const isExcused = (stage: string, code: string) => agreement.waivers.some((one) => one.stage === stage && one.condition === code && wasGiven(one));
  // Of plans every gate asks, whichever the route, and only of the stage that is left.
  const byRoute = passed.flatMap(({ id }) => conditionsFor(silent, route, id, agreement.tier)).filter(({ code }) => !askedOfPlans.some((one) => one.code === code));
  const engaging = passed.flatMap(({ id }) => conditionsFor(pathway, route, id, agreement.tier).filter(({ code, doesNotApply }) => code === 'providers.engaged' && doesNotApply === undefined && !isExcused(id, code)));
  const asked: readonly ConditionAsked[] = [...byRoute, ...engaging];
  return asked.flatMap(({ code, parameters }) => (code === 'route.grounded' || code === 'gate.conditions-kept' ? [] : (conditions[code] as Condition<typeof code>)(agreement, parameters as never, context)));
}

/** The stage whose gate awarded it here, where that is passed: what it asked there it asked by the route it had. Of what was taken over behind its award nobody here knows. */
function awardPassed({ stage, stages }: Agreement, { pathway }: Context): string | undefined {
  const awarding = awardingStage(pathway);
  return awarding !== undefined && isEarlier(pathway, awarding, stage) && stages[awarding]?.gate !== 'not-evidenced' ? awarding : undefined;
}

/** The one decision that asks what another route would have asked before. */
export const choosing = (conditions: Omit<Conditions, 'gate.conditions-kept'>): { 'choose-route': Decide<'choose-route'> } => ({
  'choose-route': ({ agreement, others }, { ground, why }, context) => {
    const { pathway, route, sha256 } = context;
    const chosen = { route: { id: route.id, version: route.version }, ground: ground ?? null };
    const same = agreement.route.id === route.id && agreement.route.version === route.version;
    const grounds = groundsToChoose(pathway, route);
    const named = grounds.find(({ id }) => id === ground);
    const { value } = agreement.facts;
    const over = named === undefined || value === undefined ? [] : beyond(named, value.value);
    const { parent } = agreement.tree;
    const { proposed, original } = agreement.award;
    const passed = same ? undefined : awardPassed(agreement, context);
    const behind = same ? [] : lacksBehind(agreement, context, conditions);
    const content = contentAfter(agreement, agreementWith(agreement, { routeChoice: { ...chosen, why, chosenBy: '', chosenAt: '' } }), sha256);
    return unless(
      [
        same && agreement.routeChoice !== null && agreement.routeChoice.ground === chosen.ground && alreadySo('this route is chosen on this ground'),
        refuseOtherRegime(context, 'choose-route'),
        !same && refuseRouteNotInUse(context, 'choose-route'),
        refuseUnfounded(context, parent?.as === 'called-off-from' ? (parent.kind ?? others[parent.agreement]?.kind) : undefined),
        (grounds.length > 0 ? named === undefined : ground !== undefined) &&
          refusal(
            'route.no-such-ground',
            grounds.length > 0 ? 'This route is chosen on one of these grounds.' : 'This route is chosen on no ground of its own.',
            ...(grounds.length > 0 ? grounds.map(({ id, says }) => commissioner(`${id}: ${says}`, 'choose-route')) : [commissioner('no ground', 'choose-route')]),
          ),
        over.length > 0 && refusal('route.over-value', named!.says, ...over),
        (proposed !== null || original !== null) &&
          refusal('route.award-proposed', 'A route is chosen before anybody is proposed for an award by it.', commissioner(`a stage before ${(proposed ?? original)!.stage}`, 'return-to-stage')),
        passed !== undefined && refusal('route.award-passed', 'What is asked before an award is asked by its route: another is chosen before the gate of the award.', commissioner(`the stage ${passed} or one before it`, 'return-to-stage')),
        behind.length > 0 && refusal('route.asks-more', 'What another route asks at gates that were passed is there before it is chosen.', ...behind),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.route-chosen.v1', {
          from: agreement.route, ...chosen, why, content, material: subjects.filter((subject) => content[subject] !== agreement.content[subject]),
        }),
      ],
    );
  },
});

export const evolve = {
  'concordat.agreement.route-chosen.v1': (agreement, { data: { route, ground, why, content }, meta, recordedAt }) => agreementWith(agreement, {
    route,
    routeChoice: { route, ground, why, chosenBy: meta.actor, chosenAt: recordedAt },
    content,
  }),
} satisfies { [T in keyof RouteChoiceEvents]: Evolve<T> };

export const conditions = {
  'route.grounded': ({ routeChoice, facts: { value } }, _, { pathway, route }) => {
    const grounds = groundsToChoose(pathway, route);
    if (grounds.length === 0) return [];
    const ground = grounds.find(({ id }) => id === routeChoice?.ground);
    if (ground === undefined) return [commissioner(`the ground on which this route is chosen: ${grounds.map(({ id }) => id).join(', ')}`, 'choose-route')];
    if (value === undefined) return ground.under === undefined ? [] : [commissioner('value', 'amend-facts')];
    return beyond(ground, value.value);
  },
} satisfies Partial<Conditions>;
