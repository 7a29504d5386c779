import { describe, expect, test } from '@jest/globals';
import { type ConditionCode, conditionsFor, type Tier, tiers } from './core/index.js';
import { pathways, routes } from './index.js';

// The product's table of what the standard process asks before an agreement leaves a stage (1-product, section 3), row by row:
// each thing it names, the condition that asks it, and what of its parameters says so. A tier that is not named is not asked.

type Row = readonly [says: string, code: ConditionCode, asked: object, of?: readonly Tier[]];
const larger = ['standard', 'major'] as const;
const signedOff = (...disciplines: readonly string[]) => ({ signOffs: expect.arrayContaining(disciplines.map((discipline) => expect.objectContaining({ kind: 'approval', discipline }))) });
const accepted = (discipline: string) => ({ signOffs: expect.arrayContaining([expect.objectContaining({ kind: 'acceptance', discipline })]) });
const facts = (...names: readonly string[]) => ({ facts: expect.arrayContaining([...names]) });
const before = ['needs', 'priorities', 'design', 'route', 'sourcing'];

const table: Readonly<Record<string, readonly Row[]>> = {
  mandate: [
    ['who is affected', 'facts.present', facts('affected-groups'), tiers],
    ['who is not in the room', 'facts.present', facts('not-in-the-room')],
    ['which stages matter to them', 'involvement.stages-that-matter-asked', {}],
    ['what people already do', 'involvement.what-people-do-asked', {}],
    ['sponsor', 'sign-offs.granted', signedOff('sponsor'), tiers],
    ['conflicts declared', 'conflicts.declared', { roles: expect.arrayContaining(['commissioner']) }, tiers],
  ],
  needs: [
    ['co-planning, where wanted', 'involvement.planned-as', { subTypes: ['co-planning'], whenWanted: true }],
    ['Say 3, where wanted', 'involvement.achieved', { say: 3, whenWanted: true }],
    ['assets as well as needs', 'facts.present', facts('needs-and-assets')],
    ['safeguarding screen', 'facts.present', facts('safeguarding-screen'), tiers],
    ['the screen is approved', 'sign-offs.granted', signedOff('safeguarding')],
  ],
  priorities: [
    ['co-prioritisation, where wanted', 'involvement.planned-as', { subTypes: ['co-prioritisation'], whenWanted: true }],
    ['consultation where a service may change or end', 'consultation.considered', { whereServiceChanges: true, atLeastDays: expect.any(Number) }, tiers],
    ['themes so far answered', 'involvement.themes-answered', { stages: ['mandate', 'needs', 'priorities'] }, tiers],
    ['finance (envelope)', 'sign-offs.granted', signedOff('finance')],
    ['the envelope itself', 'facts.present', facts('financial-envelope'), tiers],
    ['EqIA begun', 'facts.present', facts('eqia')],
    ['involvement resourced', 'involvement.resourced', {}, tiers],
  ],
  design: [
    ['co-design', 'involvement.planned-as', { mode: 'co-design' }],
    ['Say 3', 'involvement.achieved', { say: 3 }, ['standard']],
    ['Say 4', 'involvement.achieved', { say: 4 }, ['major']],
    ['a KPI that people wrote', 'kpi.written-by-people', {}],
    ['what the specification relies on', 'facts.present', facts('specification-relies-on')],
    ['three-way risk', 'risk.three-way', { top: 10 }],
    ['bearers’ statements', 'risk.statements-sought', { top: 10 }],
    ['EqIA, DPIA before processing', 'facts.present', facts('eqia', 'dpia')],
    ['DPO advises, equality, safeguarding', 'sign-offs.granted', signedOff('information-governance', 'equality', 'safeguarding')],
    ['the controller accepts', 'sign-offs.granted', accepted('information-governance')],
  ],
  route: [
    ['engagement with users where useful', 'involvement.achieved', { say: 2, whenWanted: true }],
    ['engagement with providers where useful', 'providers.engaged', {}],
    ['legal/procurement, finance', 'sign-offs.granted', signedOff('legal-procurement', 'finance')],
    ['conflicts assessment', 'facts.present', facts('conflicts-assessment'), tiers],
  ],
  sourcing: [
    ['users assess criteria they choose', 'evaluation.people-assess', { whenWanted: true }],
    ['declared', 'evaluation.interests-declared', {}],
    ['trained', 'evaluation.evaluators-trained', {}],
    ['offered payment', 'involvement.payment-offered', {}],
    ['evaluation', 'facts.present', facts('evaluation'), tiers],
    ['the evaluation is approved', 'sign-offs.granted', signedOff('legal-procurement')],
    ['dissent on record', 'dissent.asked', {}],
  ],
  award: [
    ['consultation where it is said late that a service may change or end', 'consultation.considered', { whereServiceChanges: true, atLeastDays: expect.any(Number) }, tiers],
    ['decision in force', 'decision.in-force', {}, tiers],
    ['standstill over where it applies', 'standstill.over', {}, tiers],
    ['no open challenge', 'challenges.closed', {}, tiers],
    ['what came late is shown to the decision-maker', 'involvement.late-entries-shown', {}, tiers],
    ['finance, legal', 'sign-offs.granted', signedOff('finance', 'legal-procurement')],
    ['provider’s acceptance', 'provider.accepted', {}, tiers],
  ],
  mobilisation: [
    ['feedback due after award to all who took part', 'involvement.everyone-told', { stages: before }],
    ['co-managing where wanted', 'involvement.planned-as', { subTypes: ['co-managing'], whenWanted: true }],
    ['readiness: safeguarding, information governance', 'sign-offs.granted', signedOff('safeguarding', 'information-governance')],
    ['readiness: provider', 'provider.ready', {}],
    ['people without an arrangement = 0', 'people.all-arranged', {}, tiers],
  ],
  delivery: [
    ['co-delivery as people wish', 'involvement.planned-as', { mode: 'co-delivery', whenWanted: true }],
    ['people’s feedback each cycle', 'delivery.people-asked-each-cycle', {}],
    ['differences discussed', 'delivery.differences-discussed', {}],
    ['approvals renewed at expiry', 'sign-offs.renewed', {}],
  ],
  review: [
    ['co-evaluation', 'involvement.planned-as', { subTypes: ['co-evaluation'] }],
    ['Say 3', 'involvement.achieved', { say: 3 }],
    ['finance', 'sign-offs.granted', signedOff('finance')],
    ['owner', 'sign-offs.granted', accepted('sponsor')],
    ['people’s view published', 'facts.present', facts('people-view-published')],
  ],
  close: [
    ['everyone told what came of it', 'involvement.everyone-told', { stages: ['delivery', 'review'] }],
    ['transition complete: report', 'facts.present', facts('transition-report')],
    ['transition complete: nobody is left without an arrangement', 'people.all-arranged', {}, tiers],
  ],
};

const standard = pathways.find('standard', 2)!;
const asked = (stage: string, tier: Tier, by = 'pa2023-competitive') => conditionsFor(standard, routes.find(by)!, stage, tier);

describe('the standard process asks what its table says', () => {
  test('of every stage there is, in its order', () => {
    expect(Object.keys(table)).toEqual(standard.stages.map(({ id }) => id));
  });

  test.each(Object.entries(table).flatMap(([stage, rows]) => rows.map(([says, code, parameters, of = larger]) => [stage, says, code, parameters, of] as const)))('at the gate of %s: %s', (stage, _, code, parameters, of) => {
    for (const tier of of) expect({ tier, asked: asked(stage, tier) }).toEqual({ tier, asked: expect.arrayContaining([expect.objectContaining({ code, parameters: expect.objectContaining(parameters) })]) });
  });

  test('and a quality impact assessment if it is health, by whichever route', () => {
    for (const tier of tiers) {
      expect(asked('design', tier, 'psr-most-suitable-provider')).toContainEqual(expect.objectContaining({ code: 'facts.present', parameters: facts('qia') }));
      for (const by of ['in-house', 'pa2023-light-touch', 'framework-call-off']) expect([by, asked('design', tier, by)]).toEqual([by, expect.arrayContaining([expect.objectContaining({ code: 'quality.where-health' })])]);
    }
  });

  test('no open challenge, by whichever route of procurement it is awarded but the urgent one of health, which waits for nobody', () => {
    const open = routes.latest().filter(({ regime }) => regime === 'PA 2023' || regime === 'PSR 2023').filter(({ id }) => !asked('award', 'standard', id).some(({ code }) => code === 'challenges.closed'));
    expect(open.map(({ id }) => id)).toEqual(['psr-urgent']);
  });
});

describe('the others ask what makes them what they are', () => {
  const asks = (id: string, stage: string, by: string) => conditionsFor(pathways.find(id)!, routes.find(by)!, stage, 'standard').map(({ code, parameters }) => ({ code, parameters }));
  const of = (code: string, parameters: object = {}) => expect.objectContaining({ code, parameters: expect.objectContaining(parameters) });

  test('an urgent service before its start: its legal ground, authority to decide, registration, safeguarding and insurance, an equality note, data screening, conflicts', () => {
    const before = asks('urgent', 'award', 'psr-urgent');
    expect(pathways.find('urgent')!.stages[0]!.id).toBe('award');
    expect(before).toEqual(expect.arrayContaining([
      of('urgent.grounded'), of('decision.in-force'), of('registration.where-regulated'), of('conflicts.declared', { roles: ['commissioner', 'decision-maker'] }), of('sign-offs.granted', signedOff('safeguarding')),
    ]));
    expect(before).toContainEqual(of('facts.present', facts('safeguarding-screen', 'insurance-check', 'equality-note', 'data-screening')));
  });

  test('what ends a service: dialogue, options with users and provider, impact, consultation, decision, three months’ notice, a transition for each group, a closure check, a review after six months', () => {
    const stages = pathways.find('decommission')!.stages.map(({ id }) => id);
    expect(stages).toEqual(['dialogue', 'options', 'impact', 'consultation', 'decision', 'notice', 'transition', 'closure', 'review']);
    const at = (stage: string) => asks('decommission', stage, 'pa2023-light-touch');
    expect(at('options')).toContainEqual(of('options.considered', { with: ['people', 'provider'] }));
    expect(at('impact')).toEqual(expect.arrayContaining([of('risk.three-way'), of('risk.statements-sought')]));
    // What a route asks of health at design no ending would ask: it has no such stage.
    expect(at('impact')).toContainEqual(of('quality.where-health'));
    expect(at('consultation')).toContainEqual(of('consultation.considered', { whereServiceChanges: false }));
    expect(at('decision')).toContainEqual(of('decision.in-force'));
    expect(at('notice')).toContainEqual(of('time.passed-since', { fact: 'notice-given', months: 3 }));
    expect(at('transition')).toContainEqual(of('transition.every-group'));
    // Whose contribution is undone is told so before it closes.
    expect(at('closure')).toContainEqual(of('involvement.reversals-told', { ofWhatEnds: true }));
    expect(at('review')).toContainEqual(of('time.passed-since', { fact: 'service-ended', months: 6 }));
  });
});
