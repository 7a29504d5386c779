import { describe, expect, test } from '@jest/globals';
import { deliveryView } from './delivery-view.js';
import { given, id, inDesign, otherProvider, provider, refusals, type Scene } from './given.js';
import { ada, answered, ben, came, cat, held, missingAt, panel, said, theme } from './given-involvement.js';
import { comparison, conditions, differencesOpen, toDiscuss } from './kpi.js';

const kpi = id(300);
const finding = id(320);
const period = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
const set = { kpi, title: 'Visits on time', definition: 'Visits begun within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] } as const;
const observed = { observation: id(310), kpi, period, value: 96, source: 'call log' };
const found = (answers: number, value: number | null = 71) => ({ finding, kpi, period, question: 'Do they come on time?', method: 'by telephone', answers, value });
const told = (answers: number, value?: number) => inDesign.did('set-kpi', set).did('record-observation', observed).did('record-finding', found(answers, value));
const standing = ({ agreement }: Scene) => comparison(agreement, agreement.kpis.findings[0]!);
const cycle = { cycle: id(340), period };
const discussed = { finding, on: '2026-06-01', by: 'Contract manager and Harbour', follows: 'Times are taken at the door.' };

describe('people’s feedback stands on the same KPI as the provider’s figure', () => {
  test('provider 96 %, people 71 % (n=34): a difference to discuss, named with both figures', () => {
    expect(standing(told(34))).toBe('difference');
    const gate = told(34).asking({ code: 'delivery.differences-discussed', parameters: {} }).when('request-gate', { stage: 'design' });
    expect(gate).toMatchObject({ refused: [{ missing: [{ what: 'Visits on time: provider 96%, people 71% (n=34)', by: 'discuss-difference' }] }] });
  });

  test('of fewer than ten answers it is something to talk about, and no difference', () => {
    expect(standing(told(9))).toBe('something-to-talk-about');
    expect(standing(told(10))).toBe('difference');
    expect(refusals(told(9).when('discuss-difference', discussed))).toEqual(['kpi.no-difference']);
  });

  test('where people are asked in portions, ten who answered in the time of a figure are one to hold against it, which stands with the last of them', () => {
    const portion = (nth: number, answers: number, value: number, at = period) => ({ ...found(answers, value), finding: id(330 + nth), period: at });
    const asked = (...portions: readonly ReturnType<typeof portion>[]) => portions.reduce((scene, one) => scene.did('record-finding', one), told(9));
    const open = ({ agreement }: Scene) => differencesOpen(agreement).map((one) => [one.finding, toDiscuss(agreement, one).what]);
    const both = asked(portion(1, 9, 60));
    expect(open(both)).toEqual([[id(331), 'Visits on time: provider 96%, people 65.5% (n=18)']]);
    const all = both.did('record-finding', portion(2, 8, 71)).did('record-finding', portion(3, 8, 71));
    expect(open(all).map(([of]) => of)).toEqual([id(331), id(333)]);
    // Discussed once, for all of its portions; and put right in no portion so that it goes.
    expect(open(all.did('discuss-difference', { ...discussed, finding: id(331) }))).toEqual([[id(333), 'Visits on time: provider 96%, people 71% (n=16)']]);
    expect(refusals(asked(portion(1, 9, 100)).when('record-finding', { ...found(9, 100), why: 'x' }))).toEqual(['kpi.difference-open']);
    // A provider reads of no portion that it differs: with what it does not read, it would tell of so few.
    expect(deliveryView(both.agreement, '2026-06-01').kpis[0]!.periods.map(({ people }) => people?.comparison)).toEqual(['something-to-talk-about', 'difference']);
    const party = { ...both.agreement, award: { ...both.agreement.award, parties: { [provider]: 'provider' as const } }, kpis: { ...both.agreement.kpis, observations: both.agreement.kpis.observations.map((one) => ({ ...one, provider })) } };
    expect(new Set(deliveryView(party, '2026-06-01', provider).kpis[0]!.periods.map(({ people }) => people?.comparison))).toEqual(new Set(['something-to-talk-about']));
    // Not of those who say what the provider says, nor of other days, nor of a number that may be counted.
    expect(open(told(9, 96).did('record-finding', portion(1, 9, 92)))).toEqual([]);
    expect(open(inDesign.did('set-kpi', { ...set, unit: 'number' }).did('record-observation', observed).did('record-finding', found(9)).did('record-finding', portion(1, 9, 60)))).toEqual([]);
    expect(open(asked(portion(1, 9, 60, { startsOn: '2026-04-01', endsOn: '2026-04-30' })))).toEqual([]);
  });

  test('two figures on one side of the target and less than ten points apart are alike', () => {
    expect(standing(told(34, 91))).toBe('alike');
    expect(standing(told(34, 89))).toBe('difference');
  });
});

test('a difference is discussed once, of feedback that is on record and of no other', () => {
  const other = { ...found(34, 70), finding: id(321) };
  const both = told(34).did('record-finding', other);
  expect(refusals(both.when('discuss-difference', { ...discussed, finding: id(399) }))).toEqual(['kpi.finding-unknown']);
  const first = both.did('discuss-difference', discussed);
  expect(refusals(first.when('discuss-difference', discussed))).toEqual(['already-so']);
  const follows = (scene: Scene) => scene.agreement.kpis.findings.map((one) => one.discussed.map((said) => said.follows));
  expect(follows(first)).toEqual([[discussed.follows], []]);
  const second = first.did('discuss-difference', { ...discussed, finding: other.finding, follows: 'Nothing.' });
  expect(follows(second)).toEqual([[discussed.follows], ['Nothing.']]);
});

describe('a difference stands until it is discussed', () => {
  test('and that is not before the time that it tells of was over, nor twice', () => {
    const differing = told(34);
    expect(refusals(differing.when('discuss-difference', { ...discussed, on: '2026-05-30' }))).toEqual(['kpi.not-discussed-then']);
    expect(refusals(differing.when('discuss-difference', { ...discussed, on: '2026-06-02' }))).toEqual(['kpi.not-discussed-then']);
    expect(refusals(differing.did('discuss-difference', { ...discussed, on: '2026-05-31' }).when('discuss-difference', discussed))).toEqual(['already-so']);
  });

  const lasting = ({ agreement }: Scene) => differencesOpen(agreement).map((open) => toDiscuss(agreement, open).what);
  const named = ['Visits on time: provider 96%, people 71% (n=34)'];

  test('whatever figure the provider adds: 71 % of one day takes back no 96 % of the month', () => {
    const added = told(34).did('record-observation', { ...observed, observation: id(311), period: { startsOn: '2026-05-31', endsOn: '2026-05-31' }, value: 71 });
    expect(lasting(added)).toEqual(named);
    expect(lasting(added.did('discuss-difference', discussed))).toEqual([]);
  });

  test('however the KPI is set: it is not counted otherwise once figures were told, and no target sets a difference away', () => {
    expect(refusals(told(34).when('set-kpi', { ...set, unit: 'number' }))).toEqual(['kpi.unit-stays']);
    expect(refusals(told(9).when('set-kpi', { ...set, unit: 'number' }))).toEqual(['kpi.unit-stays']);
    const near = told(34, 89);
    const lower = { ...set, target: { is: 'at-least', value: 80 } } as const;
    expect(near.when('set-kpi', lower)).toMatchObject({ refused: [{ code: 'kpi.difference-open', missing: [{ what: 'Visits on time: provider 96%, people 89% (n=34)', by: 'discuss-difference' }] }] });
    expect(refusals(near.did('discuss-difference', discussed).when('set-kpi', lower))).toEqual([]);
  });

  describe('between people and each of several providers', () => {
    const worth = { amount: '1.00', currency: 'GBP' };
    const two = inDesign.given(['concordat.agreement.awarded.v1', { provider, value: worth }], ['concordat.agreement.awarded.v1', { provider: otherProvider, value: worth }]).did('set-kpi', set);
    const both = two.did('record-observation', observed, 'signatory').did('record-observation', { ...observed, observation: id(311), value: 72 }, 'otherSignatory').did('record-finding', found(34));
    const follows = (scene: Scene, party?: string) => deliveryView(scene.agreement, '2026-06-01', party).kpis[0]!.periods.map(({ people }) => people?.discussed?.follows ?? null);
    const seen = (scene: Scene, party?: string) => deliveryView(scene.agreement, '2026-06-01', party).kpis[0]!.periods.map((one) => [one.provider?.of, one.provider?.value, one.people?.comparison]);

    test('whoever told a figure last: 72 % of another makes no 96 % alike', () => {
      expect(lasting(both)).toEqual(named);
      expect(seen(both)).toEqual([[provider, 96, 'difference'], [otherProvider, 72, 'alike']]);
      expect([seen(both, provider), seen(both, otherProvider)]).toEqual([[[provider, 96, 'difference']], [[otherProvider, 72, 'alike']]]);
      const talked = both.did('discuss-difference', discussed);
      expect([lasting(talked), follows(talked), follows(talked, provider), follows(talked, otherProvider)]).toEqual([[], [discussed.follows, null], [discussed.follows], [null]]);
    });

    test('a difference of another that is told later is discussed on its own, and nobody reads what was said of the first', () => {
      const first = two.did('record-finding', found(34)).did('record-observation', observed, 'signatory').did('discuss-difference', discussed);
      const later = first.did('record-observation', { ...observed, observation: id(311), value: 99 }, 'otherSignatory');
      expect(lasting(later)).toEqual(['Visits on time: provider 99%, people 71% (n=34)']);
      expect([follows(later), follows(later, provider), follows(later, otherProvider)]).toEqual([[discussed.follows, null], [discussed.follows], [null]]);
      expect(refusals(later.asking({ code: 'delivery.differences-discussed', parameters: {} }).when('request-gate', { stage: 'design' }))).toEqual(['delivery.differences-discussed']);
      const talked = { ...discussed, follows: 'The second log is checked.' };
      expect(later.when('discuss-difference', talked)).toMatchObject({ accepted: [{ data: { provider: otherProvider } }] });
      const each = later.did('discuss-difference', talked);
      expect([lasting(each), follows(each), follows(each, provider), follows(each, otherProvider)]).toEqual([[], [discussed.follows, talked.follows], [discussed.follows], [talked.follows]]);
      expect(refusals(each.when('discuss-difference', talked))).toEqual(['already-so']);
    });

    test('no target sets the difference of one away because that of another stays', () => {
      const near = two.did('record-observation', observed, 'signatory').did('record-observation', { ...observed, observation: id(311), value: 89 }, 'otherSignatory').did('record-finding', found(34, 84));
      const strict = near.did('set-kpi', { ...set, target: { is: 'at-least', value: 86 } });
      expect(lasting(strict)).toEqual(['Visits on time: provider 96%, provider 89%, people 84% (n=34)']);
      expect(refusals(strict.when('set-kpi', set))).toEqual(['kpi.difference-open']);
      expect(refusals(strict.did('discuss-difference', discussed).when('set-kpi', set))).toEqual([]);
    });

    test('and word that it was discussed names those whose figure differs, and no other', () => {
      const named = (scene: Scene) => {
        const decision = scene.when('discuss-difference', discussed);
        return 'refused' in decision ? [] : decision.accepted.map(({ data }) => (data as { readonly provider: string | null }).provider);
      };
      const anew = two.did('record-observation', observed, 'signatory').did('record-observation', { ...observed, observation: id(311), value: 98 }, 'otherSignatory').did('record-finding', found(34));
      expect([named(both), named(anew), named(told(34))]).toEqual([[provider], [provider, otherProvider], [null]]);
      expect(anew.did('discuss-difference', discussed).agreement.kpis.findings).toMatchObject([{ discussed: [{ on: '2026-06-01', follows: discussed.follows, provider }, { provider: otherProvider }] }]);
    });

    test('is discussed with one of them where it is named, who alone reads what follows', () => {
      const anew = two.did('record-observation', observed, 'signatory').did('record-observation', { ...observed, observation: id(311), value: 98 }, 'otherSignatory').did('record-finding', found(34));
      const one = anew.did('discuss-difference', { ...discussed, provider });
      expect([lasting(one), follows(one, provider), follows(one, otherProvider)]).toEqual([['Visits on time: provider 98%, people 71% (n=34)'], [discussed.follows], [null]]);
      expect(refusals(one.when('discuss-difference', { ...discussed, provider }))).toEqual(['already-so']);
      expect(refusals(anew.when('discuss-difference', { ...discussed, provider: id(99) }))).toEqual(['kpi.no-difference']);
      expect(lasting(one.did('discuss-difference', { ...discussed, provider: otherProvider }))).toEqual([]);
    });

    test('a figure that the organisation writes down is that of the provider it names, and shown to no other', () => {
      expect(two.when('record-observation', observed)).toMatchObject({ refused: [{ code: 'delivery.whose', missing: [{ what: 'provider', suppliedBy: 'contract-manager', by: 'record-observation' }] }] });
      expect(refusals(two.when('record-observation', { ...observed, provider: id(999) }))).toEqual(['delivery.whose']);
      expect(refusals(two.when('record-observation', { ...observed, provider: otherProvider }, 'signatory'))).toEqual(['delivery.another-s']);
      const written = two.did('record-observation', { ...observed, provider: otherProvider });
      expect([seen(written), seen(written, provider), seen(written, otherProvider)]).toEqual([[[otherProvider, 96, undefined]], [], [[otherProvider, 96, undefined]]]);
      const one = inDesign.given(['concordat.agreement.awarded.v1', { provider, value: worth }]).did('set-kpi', set).did('record-observation', observed);
      expect(one.agreement.kpis.observations).toMatchObject([{ provider }]);
    });
  });
});

test('a cycle ends once people were asked in it and every difference was discussed', () => {
  const begun = inDesign.did('set-kpi', set).did('record-observation', observed).did('begin-cycle', cycle);
  expect(refusals(begun.when('end-cycle', { cycle: cycle.cycle, on: '2026-06-01' }))).toEqual(['cycle.people-not-asked']);
  const asked = begun.did('record-finding', found(34));
  expect(refusals(asked.when('end-cycle', { cycle: cycle.cycle, on: '2026-06-01' }))).toEqual(['cycle.differences-open']);
  const over = asked.did('discuss-difference', discussed).did('end-cycle', { cycle: cycle.cycle, on: '2026-06-01' });
  expect(refusals(over.asking({ code: 'delivery.people-asked-each-cycle', parameters: {} }).when('request-gate', { stage: 'design' }))).toEqual([]);
});

describe('a KPI whose target is a most', () => {
  const most = inDesign.did('set-kpi', { ...set, unit: 'days', target: { is: 'at-most', value: 5 } });
  const both = (figure: number, people: number) => standing(most.did('record-observation', { ...observed, value: figure }).did('record-finding', found(34, people)));

  test('is reached by whatever is no more, and two figures on one side of it are alike, however far apart', () => {
    expect([both(5, 6), both(5, 4), both(6, 5), both(6, 40)]).toEqual(['difference', 'alike', 'difference', 'alike']);
  });

  test('has an id of its own, so that nobody confirms it by confirming something else', () => {
    const taken = given(held(panel), came(panel, ada)).did('set-criterion', { criterion: id(433), title: 'Kind words', chosenBy: { is: 'staff' } });
    for (const kpi of [panel, id(433)]) {
      expect(taken.when('set-kpi', { ...set, kpi })).toMatchObject({ refused: [{ code: 'kpi.id-taken', missing: [{ what: 'kpi', suppliedBy: 'contract-manager', by: 'set-kpi' }] }] });
    }
  });

  test('is set anew in its place, beside others, and not as it is', () => {
    const other = most.did('set-kpi', { ...set, kpi: id(301), title: 'Calls answered' });
    expect(refusals(other.when('set-kpi', { ...set, unit: 'days', target: { is: 'at-most', value: 5 } }))).toEqual(['already-so']);
    expect(other.did('set-kpi', { ...set, title: 'Visits in time' }).agreement.kpis.kpis.map(({ title }) => title)).toEqual(['Visits in time', 'Calls answered']);
  });
});

describe('what a KPI is stays what figures were told of and what people wrote', () => {
  const theirs = { ...set, title: 'A bed on the night it is asked for', writtenBy: { is: 'activity', activity: panel } } as const;
  const wrote = inDesign.given(held(panel), came(panel, ada), held(id(33)), came(id(33), ada)).did('set-kpi', theirs);
  const awarded = wrote.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }]);
  const filed = { ...theirs, title: 'Forms filed in time' } as const;
  const fewer = { ...theirs, target: { is: 'at-least', value: 1 } } as const;
  const refused = (scene: Scene, ...bodies: readonly (typeof set | typeof theirs | typeof filed | typeof fewer)[]) => bodies.map((body) => refusals(scene.when('set-kpi', body)));

  test('staff do not rewrite what people wrote in their name once it is awarded, nor once a figure was told: another KPI is set beside it', () => {
    expect(refused(wrote, filed, fewer)).toEqual([[], []]);
    const origins = [{ ...theirs, writtenBy: { is: 'activity', activity: id(33) } }, { ...filed, writtenBy: { is: 'activity', activity: id(33) } }] as never[];
    expect(refused(awarded, filed, fewer, ...origins)).toEqual([['kpi.words-of-people'], ['kpi.words-of-people'], ['kpi.words-of-people'], ['kpi.words-of-people']]);
    expect(refusals(wrote.did('record-observation', observed).when('set-kpi', fewer))).toEqual(['kpi.words-of-people']);
    expect(awarded.when('set-kpi', filed)).toMatchObject({ refused: [{ missing: [{ what: 'writtenBy: staff' }, { what: 'another kpi' }] }] });
    expect(refusals(awarded.when('set-kpi', { ...filed, kpi: id(301) }))).toEqual([]);
  });

  test('what is changed is of staff, and does not become people’s again', () => {
    const changed = awarded.did('set-kpi', { ...fewer, writtenBy: { is: 'staff' } });
    expect(missingAt(changed, 'kpi.written-by-people', {}).map(({ what }) => what)).toEqual(['a KPI that people wrote']);
    expect(refused(changed, fewer, theirs)).toEqual([['kpi.words-of-people'], ['kpi.words-of-people']]);
  });

  test('nor does one person make it staff’s once one of them confirmed it: what they said is undone first, and they are told', () => {
    const ofTheme = { ...theirs, writtenBy: { is: 'theme', theme: 'bed' } } as const;
    const confirmed = given(held(panel), came(panel, ada), said('c1', ada, panel), ...theme('bed', 'c1'), answered('bed'))
      .did('set-kpi', ofTheme).did('record-proxy-entry', { entry: kpi, onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' })
      .given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }]);
    const ofStaff = { ...ofTheme, target: { is: 'at-least', value: 50 }, writtenBy: { is: 'staff' } } as const;
    expect(confirmed.when('set-kpi', ofStaff)).toMatchObject({ refused: [{ code: 'kpi.of-people-stands', missing: [{ what: 'bed', suppliedBy: 'facilitator', by: 'reverse-answer' }, { what: 'another kpi', by: 'set-kpi' }] }] });
    expect(refusals(confirmed.did('reverse-answer', { theme: 'bed', reasons: 'No beds.' }).when('set-kpi', ofStaff))).toEqual([]);
  });

  test('what it measures is said anew, whoever wrote it', () => {
    const obliged = awarded.did('agree-obligation', { obligation: id(350), what: 'A report', due: { is: 'once', on: '2026-07-01' }, evidence: 'The report' }).did('record-observation', observed);
    expect(obliged.did('set-kpi', { ...theirs, measures: [id(350)] }).agreement.kpis.kpis).toEqual([{ ...theirs, measures: [id(350)] }]);
  });

  test('its title and what is counted stay once a figure was told, also of staff', () => {
    const measured = inDesign.did('set-kpi', set).did('record-observation', observed);
    expect(refusals(measured.when('set-kpi', { ...set, title: 'Forms filed in time' }))).toEqual(['kpi.words-stay']);
    expect(refusals(measured.when('set-kpi', { ...set, definition: 'Forms filed' }))).toEqual(['kpi.words-stay']);
    expect(refusals(measured.when('set-kpi', { ...set, target: { is: 'at-least', value: 95 } }))).toEqual([]);
  });
});

test('two percentages ten points apart differ, on whichever side of the target they are', () => {
  const apart = (figure: number, people: number) => standing(inDesign.did('set-kpi', set).did('record-observation', { ...observed, value: figure }).did('record-finding', found(34, people)));
  expect([apart(60, 70), apart(60, 69.9), apart(80, 70)]).toEqual(['difference', 'alike', 'difference']);
});

test('a figure and what people say are recorded once each, and compared with those of their own KPI and days', () => {
  expect(refusals(told(34).when('record-observation', observed))).toEqual(['already-so']);
  expect(refusals(told(34).when('record-finding', found(34)))).toEqual(['already-so']);
  const elsewhere = inDesign.did('set-kpi', set).did('set-kpi', { ...set, kpi: id(301) }).did('record-observation', { ...observed, kpi: id(301) }).did('record-observation', { ...observed, observation: id(311), period: { startsOn: '2026-04-01', endsOn: '2026-04-30' } });
  expect(standing(elsewhere.did('record-finding', found(34)))).toBe('no-figure-beside');
});

describe('what people say that is on record', () => {
  const wrong = told(34, 7);
  const right = { ...found(34), why: 'A digit was lost.' };

  test('is corrected with a word of why, in its place, and what it said before is shown beside it for ever', () => {
    expect(wrong.when('record-finding', found(34))).toMatchObject({ refused: [{ code: 'kpi.correction-unsaid', missing: [{ what: 'why', suppliedBy: 'contract-manager', by: 'record-finding' }] }] });
    const { findings } = wrong.did('record-finding', right).agreement.kpis;
    expect(findings).toEqual([{ ...found(34), discussed: [], corrected: [{ period, question: 'Do they come on time?', method: 'by telephone', answers: 34, value: 7, discussed: [], why: 'A digit was lost.', correctedOn: '2026-06-01' }] }]);
    expect(refusals(wrong.when('record-finding', { ...right, finding: id(321) }))).toEqual(['kpi.finding-unknown']);
    expect(refusals(wrong.did('set-kpi', { ...set, kpi: id(301) }).when('record-finding', { ...found(34, 7), kpi: id(301), why: 'x' }))).toEqual(['kpi.of-another']);
  });

  test('is discussed as it is, and a difference is discussed before it is corrected away', () => {
    const alike = { ...right, value: 95 };
    expect(wrong.when('record-finding', alike)).toMatchObject({ refused: [{ code: 'kpi.difference-open', missing: [{ what: 'Visits on time: provider 96%, people 7% (n=34)', by: 'discuss-difference' }] }] });
    const talked = wrong.did('discuss-difference', discussed);
    expect(refusals(talked.when('record-finding', alike))).toEqual([]);
    // What was discussed of 7 % was not of 71 %; of a word that was put right it was.
    expect([differencesOpen(talked.did('record-finding', right).agreement).length, differencesOpen(talked.did('record-finding', { ...found(34, 7), method: 'by letter', why: 'x' }).agreement).length]).toEqual([1, 0]);
  });

  test('is read by the provider as it was corrected, but where it is of so few more or fewer that their difference would tell of them', () => {
    const reads = (scene: Scene) => deliveryView({ ...scene.agreement, award: { ...scene.agreement.award, parties: { [provider]: 'provider' } } }, '2026-06-01', provider).kpis[0]!.periods.flatMap(({ people }) => (people === null ? [] : [[people.answers, people.value]]));
    expect([reads(wrong), reads(wrong.did('record-finding', right))]).toEqual([[[34, null]], [[34, 71]]]);
    expect(reads(wrong.did('record-finding', { ...right, answers: 30 }))).toEqual([[null, null]]);
    expect(reads(wrong.did('record-finding', { ...right, answers: 40 }))).toEqual([[40, 71]]);
    // What came after it of the same days stays kept back.
    expect(reads(wrong.did('record-finding', { ...found(34, 71), finding: id(321) }).did('record-finding', right))).toEqual([[34, 71], [null, null]]);
  });
});

test('a gate that asks for a KPI of people’s own takes none of staff for it', () => {
  const asks = (scene: Scene) => refusals(scene.asking({ code: 'kpi.written-by-people', parameters: {} }).when('request-gate', { stage: 'design' }));
  expect([asks(inDesign), asks(inDesign.did('set-kpi', set))]).toEqual([['kpi.written-by-people'], ['kpi.written-by-people']]);
});

describe('that people wrote a KPI is said by one of them, and not by whoever typed it in', () => {
  const theirs = { ...set, title: 'The same face every week', writtenBy: { is: 'activity', activity: panel } } as const;
  const met = inDesign.given(held(panel), came(panel, ada), held(id(33)), came(id(33), cat), said('c1', ben, panel, { givenOn: '2026-06-01' }), ...theme('faces', 'c1'));
  const confirm = (scene: Scene, onBehalfOf: string, confirmed: 'read-back' | 'not-confirmed' = 'read-back') => scene.did('record-proxy-entry', { entry: kpi, onBehalfOf, confirmed, on: '2026-06-01' });
  const asks = (scene: Scene) => missingAt(scene, 'kpi.written-by-people', {});
  const toConfirm = [{ what: 'that people wrote “The same face every week”, as one of them confirms it', suppliedBy: 'facilitator', by: 'record-proxy-entry' }];
  const shown = (scene: Scene) => deliveryView(scene.agreement, '2026-06-01').kpis.map(({ ofPeople }) => ofPeople);

  test('of whoever took part there, or said what it was written from', () => {
    const set = met.did('set-kpi', theirs);
    expect([asks(set), asks(confirm(set, ada, 'not-confirmed')), asks(confirm(set, ada))]).toEqual([toConfirm, toConfirm, []]);
    expect([shown(set), shown(confirm(set, ada))]).toEqual([[false], [true]]);
    for (const writtenBy of [{ is: 'theme', theme: 'faces' }, { is: 'contribution', contribution: 'c1' }] as const) {
      const from = met.did('set-kpi', { ...theirs, writtenBy });
      expect([asks(from), asks(confirm(from, ben))]).toEqual([toConfirm, []]);
    }
  });

  test('and of nobody else: nobody who was elsewhere confirms it, nor what staff wrote', () => {
    const confirming = { entry: kpi, onBehalfOf: cat, confirmed: 'signed', on: '2026-06-01' } as const;
    expect(refusals(met.did('set-kpi', theirs).when('record-proxy-entry', confirming))).toEqual(['proxy.of-someone-else']);
    expect(refusals(met.did('set-kpi', set).when('record-proxy-entry', confirming))).toEqual(['proxy.unknown-entry']);
  });

  test('nor by what somebody confirms of a waiver that was given its id', () => {
    const asked = met.asking({ code: 'involvement.planned', parameters: {} }).did('set-kpi', theirs)
      .did('ask-waiver', { waiver: kpi, condition: 'involvement.planned', planned: 'x', offered: 'x', whyNot: 'x', instead: 'x', insteadBy: '2026-12-01', commitment: id(56), expiresOn: '2026-12-01' });
    expect(refusals(asked.when('record-proxy-entry', { entry: kpi, onBehalfOf: ada, confirmed: 'signed', on: '2026-06-01' }))).toEqual(['proxy.two-entries']);
  });

  test('other words are confirmed anew, and what it measures is not; a meeting that was voided wrote nothing', () => {
    const confirmed = confirm(met.did('agree-obligation', { obligation: id(350), what: 'A report', due: { is: 'once', on: '2026-07-01' }, evidence: 'The report' }).did('set-kpi', theirs), ada);
    expect(asks(confirmed.did('set-kpi', { ...theirs, measures: [id(350)] }))).toEqual([]);
    expect(asks(confirmed.did('set-kpi', { ...theirs, definition: 'Forms filed' }))).toEqual(toConfirm);
    expect(asks(confirmed.did('void-activity', { activity: panel, reason: 'The hall was shut.' })).map(({ what }) => what)).toEqual(['a KPI that people wrote']);
    // Nor is it theirs on nobody's word where what was said left the ledger.
    const gone = met.did('set-kpi', { ...theirs, writtenBy: { is: 'contribution', contribution: 'c1' } }).did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' });
    expect(asks(gone).map(({ what }) => what)).toEqual(['a KPI that people wrote']);
  });
});

test('a figure is told of a period that is over, a percentage is one, and no answer has no value', () => {
  const scene = inDesign.did('set-kpi', set);
  expect(refusals(scene.when('record-observation', { ...observed, value: 101, period: { startsOn: '2026-06-01', endsOn: '2026-06-30' } }))).toEqual(['kpi.period-not-over', 'kpi.no-percentage']);
  expect(refusals(scene.when('record-finding', found(0)))).toEqual(['kpi.answers-and-value']);
  expect(refusals(scene.when('record-finding', found(0, null)))).toEqual([]);
});

test('a provider that was only invited reports no figure', () => {
  const scene = inDesign.did('invite-provider', { provider }).did('set-kpi', set);
  expect(refusals(scene.when('record-observation', observed, 'signatory'))).toEqual(['delivery.not-the-provider']);
});

describe('three KPIs are asked of what is worth more than a figure', () => {
  const asked = { atLeast: 3, above: 5_000_000 };
  const lacking = (scene: Scene) => missingAt(scene, 'kpi.set', asked).map(({ what }) => what);
  const worthOf = (amount: string, currency = 'GBP') => inDesign.did('amend-facts', { facts: { value: { amount, currency } } });
  const large = worthOf('5000000.01');

  test('and of nothing that is worth less, nor of a framework or placement, which is not what is measured', () => {
    expect([lacking(worthOf('5000000.00')), lacking(inDesign), lacking(worthOf('1.00', 'EUR')), lacking(large)]).toEqual([[], [], ['3 more of 3 KPIs'], ['3 more of 3 KPIs']]);
    for (const kind of ['framework', 'placement'] as const) expect(conditions['kpi.set']({ ...large.agreement, kind }, asked)).toEqual([]);
  });

  test('until they are set, or it is on record why none can tell', () => {
    const two = large.did('set-kpi', set).did('set-kpi', { ...set, kpi: id(301) });
    expect([lacking(two), lacking(two.did('set-kpi', { ...set, kpi: id(302) }))]).toEqual([['1 more of 3 KPIs'], []]);
    expect(lacking(large.did('amend-facts', { facts: { 'why-no-kpis': { reference: 'R-1', title: 'Why no KPI tells' } } }))).toEqual([]);
  });
});
