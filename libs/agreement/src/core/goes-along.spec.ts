import type { Stage } from '@concordat/pathway/core';
import { describe, expect, test } from '@jest/globals';
import { ada, came, held, missingAt } from './given-involvement.js';
import { decided, gbp, north, south, told, whole } from './given-lots.js';
import { agreementId, id, otherProvider, pathwayAsking, people, provider, refusals, type Scene } from './given.js';
import { eventSchemas } from '../event-schemas.js';
import { incidentWaits } from './incident.js';
import { noLevels, openRisks } from './risk.js';
import { shippedRiskSettings } from './risk-matrix.js';
import { objections } from './objection.js';
import { type View } from './statement.js';

// What was written in an agreement before it was split, in each of its contracts.

const [risk, control, incident, kpi, byNorth, byBoth, outcome, link, rate] = [id(201), id(202), id(203), id(204), id(205), id(206), id(207), id(208), id(209)];
/** Once whoever decided weighed what came to light since. */
const weighed = (scene: Scene, decision = id(60 + scene.version)) => decided(scene, { decision });
const document = { title: 'Report', reference: 'DMS/1' };
const each = { is: 'each', months: 1, from: '2026-06-30' } as const;
const splitOff = 'concordat.agreement.split-off.v1';
/** In one contract of it; what goes along with each is as its schema says. */
const within = (contract: string) => (scene: Scene) => {
  const split = scene.when('split', whole);
  for (const event of 'accepted' in split ? split.accepted : []) {
    // A theme is called by a word in specs.
    const along: unknown = event.type === splitOff && JSON.parse(JSON.stringify(event.data.along).replaceAll('travel', id(1)));
    if (along !== false) expect(eventSchemas[splitOff].shape.along.parse(along)).toEqual(along);
  }
  return scene.did('split', whole).inside(contract);
};
const [inNorth, inSouth] = [within(north), within(south)];

describe('a contract of a split begins with', () => {
  const raised = told
    .did('raise-risk', { risk, title: 'Alone on the stairs', domain: 'service', bearers: ['service-users'], owner: people.approver, levels: noLevels, scores: { 'co-produced': { likelihood: 2, impact: 2 }, 'professional-only': null, 'not-acting': null } })
    .did('add-control', { control, risk, title: 'Two go together', kind: 'procedure', owner: people.colleague })
    .did('answer-risk-prompt', { prompt: 'burden', answer: { is: 'named', risk } });

  test('the risks, their owners and controls, so that whoever answers for one signs there only beside a second person', () => {
    const contract = inNorth(weighed(raised));
    expect(openRisks(contract.agreement)).toEqual(openRisks(raised.agreement));
    expect([contract.agreement.controls, contract.agreement.riskPrompts]).toEqual([raised.agreement.controls, raised.agreement.riskPrompts]);
    const signed = contract
      .did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'colleague')
      .did('sign-off', { signOff: id(50), versionRead: contract.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'approver');
    expect(signed.agreement.signOffs.at(-1)?.voices).toMatchObject([{ overlaps: ['answers for one of its risks'], second: { is: 'awaited' } }]);
    expect(refusals(contract.when('rescore-risk', { risk, scores: { 'co-produced': { likelihood: 1, impact: 1 }, 'professional-only': null, 'not-acting': null }, reason: 'Seen there' }))).toEqual([]);
  });

  describe('what those who carry a risk said, so that they are asked once', () => {
    const statement = id(81);
    const asks = { code: 'risk.statements-sought', parameters: { top: 10 } } as const;
    const sought = raised.did('seek-statement', { statement, group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true });
    const said = (view: View) => sought.did('record-statement', { statement, view, spokenBy: ada, words: { subject: ada, sealed: 'AAA' } }, 'representative');
    // Of the stage in which it was split, whose gate each contract comes to next, and which is not the last: that asks for more.
    const asking = pathwayAsking(asks);
    const [mandate, design, delivery] = asking.stages as [Stage, Stage, Stage];
    const atDelivery = { ...asking, stages: [mandate, design, { ...delivery, gate: design.gate }, { ...delivery, id: 'close' }] };
    const missing = (scene: Scene) => {
      const gate = scene.following(atDelivery).when('request-gate', { stage: scene.agreement.stage });
      return 'refused' in gate ? gate.refused.flatMap((refused) => refused.missing) : [];
    };

    test('a gate that asks for it finds it there in each contract, and the words stay where they were said', () => {
      for (const into of [inNorth, inSouth]) {
        const contract = into(weighed(said('content-if')));
        expect(missing(contract)).toEqual([]);
        expect(contract.agreement.statements).toMatchObject([{ id: statement, view: 'content-if', from: agreementId }]);
        expect(JSON.stringify(contract.agreement)).not.toContain('AAA');
      }
    });

    test('they are asked again of a risk that is new in a contract, in that contract alone', () => {
      const more = inNorth(weighed(said('content'))).did('raise-risk', { risk: id(210), title: 'Lifts', domain: 'service', bearers: ['service-users'], owner: people.approver, levels: noLevels, scores: { 'co-produced': { likelihood: 2, impact: 2 }, 'professional-only': null, 'not-acting': null } });
      expect(missing(more)).toMatchObject([{ what: `the statement of service-users on ${id(210)}`, by: 'seek-statement' }]);
      expect(missing(more.inside(south))).toEqual([]);
    });

    test('they are asked again of a risk that grew in a contract, in that contract alone', () => {
      const grown = inNorth(weighed(said('content'))).did('review-risk', { risk, levels: { ...noLevels, current: { likelihood: 5, impact: 5 } }, reviewOn: '2027-01-01', reason: 'x' });
      expect(missing(grown)).toMatchObject([{ what: `the statement of service-users on ${risk}, anew: it is larger than when they were asked`, by: 'seek-statement' }]);
      expect(missing(grown.inside(south))).toEqual([]);
    });

    test('a contract that goes back asks nobody again what was said in that stage of the whole', () => {
      const atDesign = raised
        .given(['concordat.agreement.statement-sought.v1', { statement, group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true, stage: 'design', risks: [risk], askedOn: '2026-06-01' }])
        .did('record-statement', { statement, view: 'content', spokenBy: ada, words: { subject: ada, sealed: 'AAA' } }, 'representative');
      const back = inNorth(weighed(atDesign)).did('return-to-stage', { stage: 'design', reason: 'The rota is planned anew.' });
      expect(missingAt(back, asks.code, asks.parameters)).toEqual([]);
      expect(missingAt(inNorth(weighed(raised)).did('return-to-stage', { stage: 'design', reason: 'x' }), asks.code, asks.parameters)).toHaveLength(1);
    });

    test('whoever did not answer yet is asked anew, and whoever was asked twice in vain is not', () => {
      expect(missing(inNorth(weighed(sought)))).toMatchObject([{ what: `the statement of service-users on ${risk}`, by: 'seek-statement' }]);
      const silent = sought.on('2026-06-02').did('seek-statement', { statement, group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true }).on('2026-07-01');
      expect(missing(inNorth(weighed(silent)))).toEqual([]);
    });

    test('an objection has its reply before the whole is split, once, and stands on what is decided in each contract', () => {
      // What came to light is decided on anew, and nobody decides before the reply.
      const objects = said('object');
      expect(refusals(objects.when('split', whole))).toEqual(['split.decision-not-in-force']);
      expect(() => weighed(objects)).toThrow('decision.objection-unanswered');
      const replied = objects
        .did('reply-to-objection', { statement, reply: 'We pay for a second carer.', secondPerson: people.outsider }, 'decisionMaker')
        .did('second-reply', { statement }, 'outsider');
      const contract = inSouth(weighed(replied));
      expect([missing(contract), objections(contract.agreement).map(({ reply }) => reply?.says)]).toEqual([[], ['We pay for a second carer.']]);
    });
  });

  test('who was asked what they already do: nobody is asked that again, and what they told stays on record in one place', () => {
    const asked = { code: 'involvement.what-people-do-asked', parameters: {} } as const;
    const toldOf = told
      .did('amend-facts', { facts: { 'affected-groups': ['carers', 'diners', 'drivers'] } }, 'colleague')
      .did('record-what-people-do', { activity: id(100), group: 'Carers', does: 'Sit with them at night', people: 40, hoursAWeek: 300, dependsOnIt: 'The nights', needs: '', onRecord: 'internal' })
      .did('record-asked-what-people-do', { group: 'diners', answer: 'nothing', source: 'a lunch' });
    const back = inNorth(weighed(toldOf)).did('return-to-stage', { stage: 'design', reason: 'x' });
    expect(missingAt(back, asked.code, asked.parameters)).toMatchObject([{ what: expect.stringContaining('drivers') }]);
    expect([back.agreement.activitiesOfPeople, back.agreement.groupsAsked]).toEqual([[], [{ group: 'diners', answer: 'nothing' }, { group: 'Carers', answer: 'told-in-the-whole' }]]);
  });

  test('an incident whose risk nobody scored anew yet, and none that is settled', () => {
    const happened = raised.did('record-incident', { incident, risk, happened: 'A fall', on: '2026-06-01', harm: 'low-harm', done: 'A rail' });
    const scored = happened.did('review-risk', { risk, levels: { inherent: null, current: { likelihood: 4, impact: 2 }, target: null }, reviewOn: '2026-12-01', reason: 'A fall' });
    const waiting = inSouth(weighed(happened)).agreement;
    expect(waiting.incidents.map((one) => incidentWaits(waiting, one, shippedRiskSettings))).toEqual(happened.agreement.incidents.map((one) => incidentWaits(happened.agreement, one, shippedRiskSettings)));
    expect(waiting.incidents).toHaveLength(1);
    expect(inSouth(weighed(scored)).agreement.incidents).toEqual([]);
  });

  describe('what its own providers owe, and nothing of another’s', () => {
    const owed = told
      .did('agree-obligation', { obligation: byNorth, what: 'A report', due: each, evidence: 'The report', provider })
      .did('agree-obligation', { obligation: byBoth, what: 'A meeting', due: each, evidence: 'Minutes', provider: otherProvider })
      .did('meet-obligation', { obligation: byBoth, on: '2026-06-01', evidence: document })
      .did('set-kpi', { kpi, title: 'The same carer', definition: 'Visits by one of three', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'theme', theme: 'travel' }, measures: [byNorth, byBoth] })
      .did('record-expiry', { expiry: id(210), provider, of: 'insurance', document, endsOn: '2026-12-01' })
      .did('record-expiry', { expiry: id(211), provider: otherProvider, of: 'registration', document, endsOn: '2026-12-01' })
      .did('record-quality-visit', { visit: id(212), provider: otherProvider, on: '2026-06-01', visitors: 'officers', notice: 'announced', spokeWith: 6, found: 'x', report: document, improvements: [{ improvement: id(213), what: 'A rota', dueOn: '2026-07-01' }] })
      .did('hold-review-meeting', { meeting: id(214), on: '2026-06-01', present: 'Both', minutes: document })
      .did('agree-action', { action: id(215), meeting: id(214), what: 'Train', owner: people.otherSignatory, dueOn: '2026-08-01' });

    test('obligations as far as they were met, registrations and insurance, what visits and meetings asked for', () => {
      const [northern, southern] = [inNorth(owed).agreement, inSouth(owed).agreement];
      const all = ({ delivery, expiries, qualityVisits, reviews }: typeof northern) => [delivery.obligations.map(({ obligation, met }) => `${obligation} ${met.length}`), expiries.map(({ expiry }) => expiry), qualityVisits.map(({ visit }) => visit), reviews.actions.map(({ action }) => action), reviews.meetings.map(({ meeting }) => meeting)];
      expect(all(northern)).toEqual([[`${byNorth} 0`], [id(210)], [], [], []]);
      // The south has both of them: one leads, the other is a member.
      expect(all(southern)).toEqual([[`${byNorth} 0`, `${byBoth} 1`], [id(210), id(211)], [id(212)], [id(215)], [id(214)]]);
      expect(refusals(inSouth(owed).when('complete-action', { action: id(215), how: 'Done', on: '2026-06-01' }, 'otherSignatory'))).toEqual([]);
    });

    test('what nobody in particular owes, each contract by whoever leads it there', () => {
      const unnamed = told.did('agree-obligation', { obligation: id(217), what: 'A rota', due: each, evidence: 'The rota' });
      expect(unnamed.agreement.delivery.obligations).toMatchObject([{ provider: null }]);
      for (const contract of [inNorth(unnamed), inSouth(unnamed)]) {
        const met = contract.did('meet-obligation', { obligation: id(217), on: '2026-06-01', evidence: document });
        expect(met.agreement.delivery.obligations).toMatchObject([{ obligation: id(217), met: [{ on: '2026-06-01' }] }]);
      }
    });

    test('the KPIs with who wrote them, measuring what is owed here, and no figure of the whole', () => {
      const measured = owed.did('record-observation', { observation: id(216), kpi, provider, period: { startsOn: '2026-05-01', endsOn: '2026-05-31' }, value: 96, source: 'call log' });
      const { agreement } = inNorth(measured);
      expect(agreement.kpis).toMatchObject({ kpis: [{ kpi, writtenBy: { is: 'theme', theme: 'travel' }, measures: [byNorth] }], observations: [], findings: [] });
      expect(missingAt(inNorth(measured).did('return-to-stage', { stage: 'design', reason: 'x' }), 'kpi.written-by-people', {})).toEqual([]);
    });

    test('a KPI stays written where it was, and what it measures here is set anew; it is not said to be written where nobody wrote', () => {
      const known = inNorth(owed).agreement.kpis.kpis[0]!;
      expect(refusals(inNorth(owed).when('set-kpi', { ...known, measures: [] }))).toEqual([]);
      expect(refusals(inNorth(owed).when('set-kpi', { ...known, writtenBy: { is: 'theme', theme: 'other' } }))).toEqual(['kpi.words-of-people', 'kpi.not-written-there']);
    });
  });

  test('the outcomes it is to lead to, with indicator and baseline, and the rates; what was measured or put in for the whole is counted there', () => {
    const { agreement } = inNorth(
      told
        .did('name-outcome', { outcome, activity: 'Visits', change: 'Eats', title: 'Stays at home' })
        .did('link-outcome', { link, outcome, step: 'activity-to-change', indicator: 'Meals', unit: 'number', holder: 'The clinic', baseline: 1, target: 2, comparison: 'Last year', visibleFrom: '2027-06-01' })
        .did('record-measurement', { measurement: id(217), link, on: '2026-06-01', value: 2, source: 'x' })
        .did('name-benefit', { benefit: id(218), outcome, what: 'Fewer stays', kind: 'saving', from: 'agency-spending', whoGains: 'commissioner', expected: { is: 'money', amount: gbp('1000.00') }, comparison: 'Last year' })
        .did('set-rate', { rate, what: 'A visit', per: 'visit', year: '2026-27', amount: gbp('21.50'), why: 'Tender' })
        .did('commit-funding', { funding: id(219), funder: 'Council', year: '2026-27', amount: gbp('100000.00'), basis: 'Budget' }),
    );
    expect(agreement.outcomes).toMatchObject([{ outcome, title: 'Stays at home', views: {}, links: [{ link, baseline: 1, holder: 'The clinic', measurements: [] }] }]);
    expect([agreement.funding.rates.map((one) => one.rate), agreement.funding.committed, agreement.value.benefits]).toEqual([[rate], [], []]);
  });

  test('whoever is without an arrangement, so that no gate of it opens over them', () => {
    const left = told
      .did('amend-facts', { facts: { 'affected-groups': ['diners'], 'people-without-arrangement': 0 } })
      .did('record-transition', { group: 'diners', people: 9, goesTo: 'Another club', without: 2 })
      .did('plan-exit', { plan: document, lastDay: '2027-03-31', people: 9 })
      .did('plan-staff-transfer', { transfersOn: '2027-01-01', informationBy: '2026-11-01', staff: 12 });
    const contract = inNorth(left);
    expect(missingAt(contract.did('return-to-stage', { stage: 'design', reason: 'x' }), 'people.all-arranged', {}).map(({ what }) => what)).toEqual(['an arrangement for 2 of diners']);
    expect([contract.agreement.exit, contract.agreement.staffTransfer]).toEqual([left.agreement.exit, left.agreement.staffTransfer]);
  });

  test('which stages matter to whom, and who wished to take part in none: nobody is asked that again, and nobody takes it back for them', () => {
    const hall = id(33);
    const asked = told
      .given(held(hall, { stage: 'mandate', groups: ['diners'] }), came(hall, ada))
      .did('record-stages-that-matter', { group: 'diners', stages: ['delivery'], source: 'The meeting in May', activity: hall })
      .did('record-stages-that-matter', { group: 'carers', stages: [], source: 'I think so' })
      .did('record-nobody-wished', { stage: 'delivery', group: 'carers', offered: 'advise', source: 'A letter' });
    const contract = inNorth(asked);
    expect(contract.agreement.involvement).toMatchObject({
      stagesThatMatter: [{ group: 'diners', stages: ['delivery'], source: 'The meeting in May', inTheWhole: true }, { group: 'carers', stages: [], source: 'I think so' }],
      nobodyWished: asked.agreement.involvement.nobodyWished,
    });
    // What they took part in stands in the whole; what nobody was asked there was asked of nobody here either.
    const atMandate = missingAt(contract.did('amend-facts', { facts: { 'affected-groups': ['diners', 'carers'] } }).did('return-to-stage', { stage: 'design', reason: 'x' }), 'involvement.stages-that-matter-asked', {}).map(({ what }) => what);
    expect(atMandate).toEqual(['which stages matter to carers: not asked yet where some of them took part']);
    expect(refusals(contract.when('record-stages-that-matter', { group: 'diners', stages: [], source: 'x' }))).toEqual(['stages-that-matter.under-way']);
  });

  test('what an earlier agreement gave and a representative confirmed', () => {
    const earlier = { carried: id(220), from: id(8), fromStage: 'design', stage: 'mandate', why: 'The same hall', say: 3, do: 1, people: 7, heldOn: '2026-03-01' } as const;
    const carried = told.given(['concordat.agreement.carried-over.v1', earlier], ['concordat.agreement.carry-over-answered.v1', { carried: id(220), answer: 'confirmed' }], ['concordat.agreement.carried-over.v1', { ...earlier, carried: id(221), stage: 'delivery' }]);
    expect(inNorth(carried).agreement.carriedOver.map(({ stage, say, people: took, heldOn, answer }) => [stage, say, took, heldOn, answer])).toEqual([['mandate', 3, 7, '2026-03-01', 'confirmed'], ['design', 3, 1, '2026-06-01', 'confirmed']]);
  });
});
