import { roles } from '@concordat/access/core';
import { z } from 'zod';
import type { ConditionCode, ConditionParameters, ConditionUse, FactName, Pathway, Route, RouteCondition, TierRaise } from './core/index.js';
import { acceptingParties, agreementKinds, asksFigure, challengeKinds, conditionCodes, disciplines, factForms, modes, regimes, sourceMarks, subTypes, tierRaises } from './core/index.js';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Lower-case letters, digits and single hyphens.');
// An organisation's own pathway begins with its short name and a dot, so that no two organisations publish under one id.
const pathwayId = z.string().max(128).regex(/^([a-z0-9][a-z0-9-]*\.)?[a-z0-9]+(-[a-z0-9]+)*$/, 'Lower-case letters, digits and single hyphens; an own pathway begins with the short name of its organisation and a dot.');
const sentence = z.string().trim().min(1).max(1000);
const count = z.int().min(0).max(100_000);

const source = z.strictObject(
  {
    cites: sentence.describe('Law, standard or practice.'),
    mark: z.enum(sourceMarks).describe('text: read; practice: common practice, not read; check: verify before relying on it; own: a proposal that rests on no law.'),
  },
  { error: ({ input }) => (input === undefined ? 'Every figure says where it comes from: what it cites, and how far that was verified.' : undefined) },
);

const signOff = z.strictObject({
  kind: z.enum(['approval', 'acceptance']),
  discipline: z.enum(disciplines),
  of: z.enum(acceptingParties).optional().describe('Of whom an acceptance is asked: the controller for information governance and the owner else, where it is not said.'),
  people: z.int().min(1).max(20).optional().describe('How many different people must have granted it.'),
});
const level = {
  say: z.int().min(0).max(4).describe('0 none, 1 informed, 2 consulted, 3 engaged, 4 shared decisions.'),
  do: z.int().min(0).max(3).optional().describe('0 none, 1 some, 2 substantial, 3 people-led.'),
  whenWanted: z.boolean().optional().describe('Only where people said that this stage matters to them.'),
};
const stages = z.array(id).min(1);
const top = z.int().min(1).max(10);

const parameters: { readonly [C in ConditionCode]: z.ZodType<ConditionParameters[C]> } = {
  'facts.present': z.strictObject({ facts: z.array(z.enum(Object.keys(factForms) as FactName[])).min(1) }),
  'conflicts.declared': z.strictObject({ roles: z.array(z.enum(roles)).min(1) }),
  'involvement.planned': z.strictObject(level),
  'involvement.planned-as': z.union([
    z.strictObject({ mode: z.enum(modes).exclude(['none']), whenWanted: level.whenWanted }),
    z.strictObject({ subTypes: z.array(z.enum(subTypes)).min(1), whenWanted: level.whenWanted }),
  ]),
  'involvement.resourced': z.strictObject({}),
  'involvement.access-costs-met': z.strictObject({}),
  'involvement.what-people-do-asked': z.strictObject({}),
  'involvement.stages-that-matter-asked': z.strictObject({}),
  'involvement.informed': z.strictObject({}),
  'involvement.payment-offered': z.strictObject({}),
  'involvement.achieved': z.strictObject(level),
  'involvement.people': z.strictObject({ floor: z.int().min(1).max(1000), everyoneAsked: z.boolean().optional(), whenWanted: level.whenWanted }),
  'involvement.themes-answered': z.strictObject({ stages }),
  'involvement.feedback-delivered': z.strictObject({ stages }),
  'involvement.everyone-told': z.strictObject({ stages }),
  'involvement.late-entries-shown': z.strictObject({}),
  'involvement.answers-checked': z.strictObject({ stages }),
  'involvement.commitments-answered-for': z.strictObject({
    ahead: z.enum(['may-stand', 'not-left-behind']).describe('What becomes of commitments whose day is still to come.'),
  }),
  'involvement.reversals-told': z.strictObject({ ofWhatEnds: z.boolean().optional() }),
  'dissent.asked': z.strictObject({}),
  'risk.three-way': z.strictObject({ top }),
  'risk.statements-sought': z.strictObject({ top }),
  'risk.prompts-answered': z.strictObject({}),
  'risk.escalated': z.strictObject({}),
  'risk.advice-answered': z.strictObject({}),
  'risk.objections-answered': z.strictObject({}),
  'sign-offs.granted': z.strictObject({ signOffs: z.array(signOff).min(1) }),
  'sign-offs.conditions-met': z.strictObject({ discipline: z.enum(disciplines).optional() }),
  'sign-offs.renewed': z.strictObject({ discipline: z.enum(disciplines).optional() }),
  'evaluation.people-assess': z.strictObject({ whenWanted: level.whenWanted }),
  'evaluation.interests-declared': z.strictObject({}),
  'evaluation.evaluators-trained': z.strictObject({}),
  'decision.in-force': z.strictObject({}),
  'standstill.over': z.strictObject({}),
  'challenges.closed': z.strictObject({}),
  'notices.published': z.strictObject({ notice: z.string().min(1), clock: id.optional() }),
  'options.considered': z.strictObject({ atLeast: z.int().min(1).max(20), with: z.array(z.enum(['people', 'provider'])).min(1) }),
  'consultation.considered': z.strictObject({ whereServiceChanges: z.boolean(), atLeastDays: z.int().min(1).max(365) }),
  'provider.accepted': z.strictObject({}),
  'provider.ready': z.strictObject({}),
  'gate.conditions-kept': z.strictObject({}),
  'tier.impact-said': z.strictObject({}),
  'service.over': z.strictObject({}),
  'ending.adopted-goes-on': z.strictObject({}),
  'urgent.grounded': z.strictObject({}),
  'registration.where-regulated': z.strictObject({}),
  'quality.where-health': z.strictObject({}),
  'route.grounded': z.strictObject({}),
  'ending.agreement-named': z.strictObject({}),
  'varying.agreement-named': z.strictObject({}),
  'varying.people-asked-again': z.strictObject({}),
  'modification.permitted': z.strictObject({}),
  'people.all-arranged': z.strictObject({}),
  'transition.every-group': z.strictObject({}),
  'providers.engaged': z.strictObject({}),
  'kpi.written-by-people': z.strictObject({}),
  'kpi.set': z.strictObject({ atLeast: z.int().min(1).max(20), above: z.number().positive().describe('Pounds.') }),
  'delivery.differences-discussed': z.strictObject({}),
  'delivery.people-asked-each-cycle': z.strictObject({}),
  'time.passed-since': z.strictObject({ fact: z.enum(['notice-given', 'service-ended']), months: z.int().min(1).max(60) }),
};

/**
 * One member for each code, told apart by `code`, so that a mistake is named where it stands. The cast is safe because
 * `parameters` above is typed per code; TypeScript cannot follow a union through the map.
 */
function perCode<T extends { readonly code: ConditionCode }>(member: (code: ConditionCode) => z.core.$ZodTypeDiscriminable): z.ZodType<T> {
  const [first, ...others] = conditionCodes.map(member) as [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]];
  const error = `No such condition. The codes are ${conditionCodes.join(', ')}.`;
  return z.discriminatedUnion('code', [first, ...others], { error }) as unknown as z.ZodType<T>;
}

const conditionUse = perCode<ConditionUse>((code) =>
  z.strictObject({
    code: z.literal(code),
    tiers: z
      .strictObject({ small: parameters[code].optional(), standard: parameters[code].optional(), major: parameters[code].optional() })
      .describe('What is asked in each tier. A tier that is absent is not asked.'),
    source: asksFigure(code) ? source : source.optional(),
  }),
);

const stage = z.strictObject({
  id,
  title: sentence,
  mode: z.enum(modes),
  startsService: z.literal(true).optional().describe('The service starts when this stage is entered.'),
  gate: z
    .strictObject({
      preliminary: z.boolean().describe('True where the gate asks less than a later version will.'),
      conditions: z.array(conditionUse),
    })
    .describe('What is asked before the agreement leaves this stage.'),
});

const version = z.int().min(1);
const largest = z.strictObject({ upTo: z.number().positive().describe('Pounds.') });

/** The shape of a pathway document. What no shape can say (stages that are named and exist, …) `read.ts` checks. */
export const pathwayShape: z.ZodType<Pathway> = z
  .strictObject({
    id: pathwayId,
    version,
    title: sentence,
    basedOn: z.strictObject({ id, version }).optional().describe('Of an own pathway: the one that ships whose lawful conditions it keeps.'),
    kinds: z.array(z.enum(agreementKinds)).min(1),
    regimes: z.array(z.enum(regimes)).min(1),
    raises: z.array(z.enum(Object.keys(tierRaises) as TierRaise[])).min(1).optional().describe('What every agreement on it is raised for.'),
    routes: z.array(id).min(1).optional().describe('The only routes it may take; any of its regimes where none is named.'),
    keepsRoute: z.literal(true).optional().describe('It changes or ends what was awarded: its route is that of the award, and neither what choosing one rests on nor what is asked once before an award is asked: its notices, its conflicts assessment, its standstill.'),
    tiers: z.strictObject({ small: largest, standard: largest, source }),
    stages: z.array(stage).min(1),
    grounds: z.array(z.strictObject({ id, regime: z.enum(regimes), says: sentence, source })).min(1).optional().describe('The legal grounds of an urgency.'),
    coming: z.array(sentence).describe('What a later version will ask that this one does not.'),
  })
  .meta({ title: 'Concordat pathway', description: 'Stages in order, and what each gate asks. The last gate closes the agreement.' });

const standstillDays = {
  days: z.int().min(1).max(60),
  begins: z.enum(['publication', 'day-after']),
  counts: z.enum(['from-that-day', 'after-that-day']),
  calendar: z.enum(['any-uk', 'england']),
};
const standstill = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('none'),
    says: sentence,
    source,
    voluntary: z.strictObject({ ...standstillDays, source }).optional().describe('The standstill that may be offered all the same, with the least working days it lasts.'),
  }),
  z.strictObject({
    kind: z.literal('mandatory'),
    ...standstillDays,
    heldOpen: z.array(
      z.strictObject({
        challenge: z.enum(challengeKinds).optional(),
        says: sentence,
        workingDays: z.int().min(0).max(60).describe('After the challenge was last decided on; 0: until it is concluded.'),
        source,
      }),
    ),
    liftedOn: z.array(z.strictObject({ ground: id, says: sentence, source })).min(1).optional().describe('The grounds of an urgency on which no standstill is mandatory; as many working days may be offered all the same.'),
    source,
  }),
]);

const routeCondition = perCode<RouteCondition>((code) =>
  z.strictObject({ stage: id, code: z.literal(code), parameters: parameters[code], source }),
);

/** The shape of a route document. */
export const routeShape: z.ZodType<Route> = z
  .strictObject({
    id,
    version,
    title: sentence,
    regime: z.enum(regimes),
    standstill,
    moot: z.array(z.strictObject({ code: z.enum(conditionCodes), says: sentence, source })).min(1).optional().describe('Conditions that a pathway asks and this route makes moot: they count as met.'),
    grounds: z
      .array(z.strictObject({ id, says: sentence, under: z.number().positive().optional().describe('What the agreement is worth stays under so many pounds, VAT included.'), source }))
      .min(1)
      .optional()
      .describe('On what the route is chosen: one of them is named. Those of an urgency are the pathway’s.'),
    restsOn: z.strictObject({ is: z.enum(['urgency', 'framework']), says: sentence, source }).optional().describe('What an award by it rests on: a ground of urgency, or the framework it is called off from.'),
    clocks: z.array(
      z.strictObject({
        id, says: sentence, bound: z.enum(['at-least', 'within']), days: count, unit: z.enum(['days', 'working-days']), source,
        notice: z.string().optional().describe('The notice that stops it, by its code: it runs within so many days of the day the contract was entered into.'),
        above: z.number().positive().optional().describe('It runs for contracts worth more than so many pounds alone.'),
        again: z.literal(true).optional().describe('It runs anew from each time the notice is published, until the agreement is over.'),
      }),
    ),
    notices: z.array(z.strictObject({ code: z.string().regex(/^[A-Za-z0-9-]+$/), title: sentence, source })),
    modification: z
      .strictObject({
        says: sentence,
        standstill: z.strictObject({ says: sentence, source }).optional().describe('Of a route that asks for a standstill before the contract: why none is asked before it is modified.'),
        grounds: z.array(
          z.strictObject({
            id,
            says: sentence,
            confirms: z.array(sentence).describe('What no figure shows, and whoever tests the change confirms.'),
            limits: z
              .array(z.strictObject({
                  says: sentence,
                  of: z.enum(['value', 'term']).describe('What changes: the value, or the length of the contract.'),
                  counts: z.enum(['each', 'together']).describe('Whether each change is held against it by itself, or what all of them together made of the award.'),
                  change: z.enum(['either', 'increase']).describe('Whether making it less is limited, too.'),
                  bound: z.enum(['under', 'at-most']),
                  percent: z.number().positive().optional().describe('Of what was awarded.'),
                  pounds: z.number().positive().optional(),
                }))
              .describe('By how much value and term may change: one limit of each is kept. None where there is no figure.'),
            source,
          }),
        ).min(1),
        source,
      })
      .describe('The regime’s test of a modification, or what is asked where no statute has one: a variation rests on one of the grounds.'),
    conditions: z.array(routeCondition).describe('Asked of every tier at the gate of the stage named, besides what the pathway asks.'),
    sources: z.array(source),
    unverified: z.array(sentence).describe('One sentence for each source that is not marked text, beginning with what it cites.'),
  })
  .meta({ title: 'Concordat route', description: 'A legal regime and procedure: its notices, clocks and what it asks besides the pathway.' });

/** JSON Schema (draft 2020-12) of a pathway document, served at `/api/schemas/pathway`. */
export const pathwaySchema = () => z.toJSONSchema(pathwayShape, { target: 'draft-2020-12', io: 'input' });

/** JSON Schema (draft 2020-12) of a route document, served at `/api/schemas/route`. */
export const routeSchema = () => z.toJSONSchema(routeShape, { target: 'draft-2020-12', io: 'input' });
