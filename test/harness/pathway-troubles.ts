import type { Agreement, CommandName } from '@concordat/agreement/core';
import type { ConditionCode } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import { called, lastMeeting, signedOff, type Standing, type Step, step, stepsFor, type Troupe } from './pathway-steps.js';

// What may happen in a stage so that its gate is refused for something that was in order: an answer that somebody rates low, a promise
// that is forgotten, a risk that grows.

/** One thing that happens, or the night between two. */
export type Trouble = Step | 'night';
type Happens = (standing: Standing, troupe: Troupe) => readonly Trouble[];

const answeredThemes = ({ contributions }: Agreement) => contributions.themes.filter(({ response, reversed, reopenedOn }) => response !== null && reversed === null && reopenedOn === null);
const group = 'diners';

/** What is not asked for here, or was not needed, happens all the same: somebody supplies it. */
const supplied = (by: CommandName, suppliedBy: string) => (standing: Standing, troupe: Troupe) => stepsFor(standing, { what: '', suppliedBy, by }, troupe) as readonly Step[];
const said = supplied('record-contribution', 'facilitator');

/** The finance approver signs, and not for good. */
function signedFor(outcome: object, standing: Standing, troupe: Troupe): readonly Step[] {
  const [asked, signed] = signedOff('approval of finance', standing.agreement, troupe);
  return [asked!, { ...signed!, body: (agreement) => ({ ...signed!.body(agreement), outcome: { is: 'granted', conditions: [], ...outcome } }) }, { ...step('decision-maker', 'second-sign-off', ({ signOffs }) => ({ signOff: signOffs.at(-1)?.id })), mayBeDone: true }];
}

export const troubles: { readonly [C in ConditionCode]?: Happens } = {
  'involvement.late-entries-shown': ({ agreement, today }, { next, residents, words }) => {
    const [activity, held] = [next(), lastMeeting(agreement)];
    const meeting = [
      step('facilitator', 'plan-activity', { activity, stage: agreement.stage, title: called(agreement, 'A last word'), groups: [group], right: 'consult', ledBy: 'staff', closesOn: today }),
      step('facilitator', 'record-attendance', { activity, participants: residents, on: today }),
    ];
    return [...(held === undefined ? meeting : []), 'night', step('facilitator', 'record-contribution', { contribution: next(), activity: held?.id ?? activity, author: residents[0], text: words, givenOn: addDays(today, 1) })];
  },
  'involvement.themes-answered': (standing, troupe) => {
    const { agreement, checklist } = standing;
    const { stages } = checklist.find(({ code }) => code === 'involvement.themes-answered')!.parameters as { readonly stages: readonly string[] };
    const answered = answeredThemes(agreement).map(({ id }) => step('participant', 'rate-answer', { answer: id, participant: troupe.residents[0], rating: 1 }));
    if (answered.length > 0) return answered;
    return stages.includes(agreement.stage) ? said(standing, troupe) : [];
  },
  'involvement.reversals-told': (standing, troupe) => [
    ...(answeredThemes(standing.agreement).length > 0 ? [] : said(standing, troupe)),
    step('facilitator', 'reverse-answer', (agreement) => ({ theme: answeredThemes(agreement)[0]?.id, reasons: 'The cook left.' })),
  ],
  // A placement holds no words, and so no promise.
  'involvement.commitments-answered-for': ({ agreement, today }, { next }) => (agreement.kind === 'placement' ? [] : [step('facilitator', 'make-commitment', { commitment: next(), what: 'We will write to everyone who came.', by: today }), 'night']),
  ...Object.fromEntries(
    (['involvement.resourced', 'involvement.access-costs-met'] as const).map((code): [ConditionCode, Happens] => [
      code,
      ({ agreement }) => {
        const { stage } = agreement;
        const notYet = { is: 'not-yet' };
        return [step('facilitator', 'plan-involvement', { stage, mode: 'co-commissioning', subTypes: [], say: 2, do: 0, groups: [group], method: called(agreement, 'A walk'), people: 5, resources: notYet, accessCosts: notYet, why: 'Fewer evenings than we thought.' })];
      },
    ]),
  ),
  'risk.statements-sought': supplied('raise-risk', 'risk-owner'),
  'risk.escalated': ({ agreement, today }) => {
    const worst = { likelihood: 5, impact: 5 };
    return [step('risk-owner', 'review-risk', { risk: agreement.risk.at(-1)?.id, levels: { inherent: worst, current: worst, target: null }, reviewOn: addDays(today, 90), reason: 'The cook is ill.' })];
  },
  'risk.objections-answered': (_, { next, residents, words }) => {
    const statement = next();
    return [
      step('risk-owner', 'seek-statement', { statement, group: 'service-users', form: 'plain-language', advocacyOffered: true, of: 'user-led-body' }),
      step('representative', 'record-statement', { statement, view: 'object', spokenBy: residents[0], words }),
    ];
  },
  'risk.advice-answered': ({ agreement, today }, { next, person, residents }) => {
    const panel = next();
    return [
      step('risk-owner', 'convene-risk-panel', { panel, chair: person('panel-chair'), members: [{ member: residents[0], of: 'service-users' }, { member: person('risk-owner'), of: 'commissioner' }] }),
      step('panel-chair', 'record-panel-advice', { advice: next(), panel, risks: [agreement.risk[0]?.id], says: 'Two cooks.', inFavour: 2, against: 0, dissent: '', on: today }),
    ];
  },
  'delivery.differences-discussed': ({ agreement, today }, { next }) => {
    // Once its planned last day is over, people are asked of that.
    const day = [today, agreement.exit?.lastDay ?? today].sort()[0]!;
    const [cycle, kpi, period] = [next(), agreement.kpis.kpis[0]?.kpi, { startsOn: day, endsOn: day }];
    return [
      step('contract-manager', 'begin-cycle', { cycle, period }),
      // In-house nobody else is there to say how it goes.
      step(Object.keys(agreement.award.parties).length === 0 ? 'contract-manager' : 'provider-operator', 'record-observation', { observation: next(), kpi, period, value: 96, source: 'the delivery sheets' }),
      step('contract-manager', 'record-finding', { finding: next(), kpi, period, question: 'Do they come on time?', method: 'asked at the table', answers: 34, value: 71 }),
    ];
  },
  'sign-offs.renewed': (standing, troupe) => [...signedFor({ expiresOn: standing.today }, standing, troupe), 'night'],
  'sign-offs.conditions-met': (standing, troupe) => signedFor({ conditions: [{ what: 'A second quote', dueOn: standing.today }] }, standing, troupe),
  'challenges.closed': ({ today }, { next }) => [step('commissioner', 'record-challenge', { challenge: next(), kind: 'complaint', from: 'Another kitchen', about: 'The marks', receivedOn: today })],
};
