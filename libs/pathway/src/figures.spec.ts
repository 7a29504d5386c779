import { describe, expect, test } from '@jest/globals';
import { conditionsFor, keyDecisionNotice, routeFits, type Source, type StandstillDays, tiers } from './core/index.js';
import { pathways, routes } from './index.js';

// The figures that ship, as sentences: each with where it comes from, and the mark of what was not read in a text (“to be checked”,
// “practice”). Whoever publishes another figure changes a line here, and says why.

const marked: Readonly<Record<Source['mark'], string>> = { text: '', practice: ', practice', check: ', to be checked', own: ', our own' };
const from = ({ cites, mark }: Source): string => `(${cites}${marked[mark]})`;
const standstillOf = ({ days, begins, counts, calendar }: StandstillDays): string =>
  `${days} working days ${begins === 'publication' ? 'beginning with the day of publication' : 'beginning the day after publication'}, ${counts === 'from-that-day' ? 'that day counted' : 'counted after that day'}, no bank holiday ${calendar === 'any-uk' ? 'anywhere in the UK' : 'in England'}`;

function figuresOf(id: string): readonly string[] {
  const { standstill, clocks, grounds = [] } = routes.find(id)!;
  const voluntary = standstill.kind === 'none' ? standstill.voluntary : undefined;
  const heldOpen = standstill.kind === 'mandatory' ? standstill.heldOpen : [];
  return [
    `standstill: ${standstill.kind === 'none' ? 'none' : standstillOf(standstill)} ${from(standstill.source)}`,
    ...(voluntary === undefined ? [] : [`one that is offered: at least ${standstillOf(voluntary)} ${from(voluntary.source)}`]),
    ...heldOpen.map(({ challenge, workingDays, source }) => `${challenge}: held open until ${workingDays} working days after the last decision on it ${from(source)}`),
    ...clocks.map(({ id: clock, bound, days, unit, above, again, source }) => `${clock}: ${bound} ${days} ${unit}${again === true ? ', again and again' : ''}${above === undefined ? '' : `, above £${above}`} ${from(source)}`),
    ...grounds.flatMap(({ id: ground, under, source }) => (under === undefined ? [] : [`${ground}: under £${under} ${from(source)}`])),
  ];
}

const afterContract = [
  'performance-notice: within 365 days, again and again, above £5000000 (Procurement Act 2023 s.71: performance notice, practice)',
  'contract-details-notice: within 30 days (Procurement Act 2023 s.53 (not light touch), to be checked)',
  'contract-copy: within 90 days, above £5000000 (Procurement Act 2023 s.53(3) (not light touch), to be checked)',
];
const underTheAct = [
  'standstill: 8 working days beginning with the day of publication, that day counted, no bank holiday anywhere in the UK (Procurement Act 2023 ss.51, 123)',
  'proceedings: held open until 0 working days after the last decision on it (Procurement Act 2023 s.101)',
  ...afterContract,
];
const offered = 'one that is offered: at least 8 working days beginning with the day of publication, that day counted, no bank holiday anywhere in the UK (Procurement Act 2023 s.51(5))';
const underTheRegime = [
  'standstill: 8 working days beginning the day after publication, counted after that day, no bank holiday in England (PSR Regulations 2023 reg 12(2))',
  'representation: held open until 5 working days after the last decision on it (PSR Regulations 2023 reg 12(9), (10))',
];
const awardNotice = 'award-notice: within 30 days (PSR Regulations 2023: award notice)';

const figures: Readonly<Record<string, readonly string[]>> = {
  'framework-call-off': ['standstill: none (Procurement Act 2023 s.51(3))', offered],
  grant: ['standstill: none (Procurement Act 2023: contracts only, practice)'],
  'in-house': ['standstill: none (Delivery by the organisation\'s own staff is no public contract, practice)'],
  'pa2023-below-threshold': [
    'standstill: none (Procurement Act 2023 Part 6: regulated below-threshold contracts, to be checked)',
    ...[['light-touch-services', 663_540], ['goods-or-services', 207_720], ['goods-or-services-central', 135_018], ['works', 5_193_000]].map(([what, pounds]) => `${what}: under £${pounds} (Procurement Act 2023 Sch 1, as amended from 1 January 2026, to be checked)`),
  ],
  'pa2023-competitive': underTheAct,
  'pa2023-direct-award': underTheAct,
  'pa2023-dynamic-market': ['standstill: none (Procurement Act 2023 s.51(3), (5))', offered, ...afterContract],
  'pa2023-light-touch': [
    'standstill: none (Procurement Act 2023 s.51(3), (5))', offered,
    'tender-period: at-least 0 days (Procurement Act 2023 s.54)',
    'contract-details-notice: within 120 days (Procurement Act 2023 s.53)',
    'contract-copy: within 180 days, above £5000000 (Procurement Act 2023 s.53)',
  ],
  'psr-competitive': [...underTheRegime, awardNotice],
  'psr-direct-award-a': ['standstill: none (PSR statutory guidance: direct award process A, to be checked)', awardNotice],
  'psr-direct-award-b': ['standstill: none (PSR statutory guidance: direct award process B, to be checked)', awardNotice],
  'psr-direct-award-c': [...underTheRegime, awardNotice],
  'psr-most-suitable-provider': [...underTheRegime, 'intended-approach: at-least 14 days (PSR statutory guidance: most suitable provider, to be checked)', awardNotice],
  'psr-urgent': ['standstill: none (PSR Regulations 2023 reg 14(2))', awardNotice],
};

test.each(routes.latest().map(({ id }) => id))('the days and limits of the route %s are these', (id) => {
  expect(figuresOf(id)).toEqual(figures[id]);
});

test('each of them that was not read in a text is among what its route calls unverified, and no other', () => {
  for (const { id, clocks, unverified, grounds = [] } of routes.latest()) {
    for (const { source } of [...clocks, ...grounds]) expect({ id, ...source, isUnverified: unverified.some((says) => says.startsWith(source.cites)) }).toEqual({ id, ...source, isUnverified: source.mark !== 'text' });
  }
});

describe('the days and months that processes ask', () => {
  const asked = (pathway: string, stage: string, code: string) => {
    const process = pathways.find(pathway)!;
    const route = routes.latest().find((one) => routeFits(process, one))!;
    return tiers.map((tier) => conditionsFor(process, route, stage, tier).find((one) => one.code === code)?.parameters ?? null);
  };
  const sourceOf = (pathway: string, stage: string, code: string) =>
    from(pathways.find(pathway)!.stages.find(({ id }) => id === stage)!.gate.conditions.find((one) => one.code === code)!.source!);

  test('a consultation is open for at least 4 weeks of a small one, 6 of a standard one and 12 of a major one; of what is extended or varied, nothing is asked of a small one', () => {
    const days = (pathway: string, stage: string) => asked(pathway, stage, 'consultation.considered').map((parameters) => (parameters as { atLeastDays: number } | null)?.atLeastDays);
    for (const [pathway, stage] of [['standard', 'priorities'], ['standard', 'award'], ['decommission', 'consultation']] as const) expect([pathway, stage, days(pathway, stage)]).toEqual([pathway, stage, [28, 42, 84]]);
    expect(days('extend-or-vary', 'people')).toEqual([undefined, 42, 84]);
    expect(sourceOf('standard', 'priorities', 'consultation.considered')).toMatch(/Gunning.*Moseley.*the days are Concordat's own, practice/);
  });

  test('a service ends after three months’ notice, and what came of it is looked at six months later', () => {
    expect(asked('decommission', 'notice', 'time.passed-since')).toEqual(tiers.map(() => ({ fact: 'notice-given', months: 3 })));
    expect(asked('decommission', 'review', 'time.passed-since')).toEqual(tiers.map(() => ({ fact: 'service-ended', months: 6 })));
    expect(sourceOf('decommission', 'notice', 'time.passed-since')).toBe('(Notice of at least three months before a service ends, practice)');
    expect(sourceOf('decommission', 'review', 'time.passed-since')).toBe('(A review six months after a service ended, practice)');
  });

  test('a process is small up to £100,000 and standard up to £5 million, but for a grant and a placement, which grow sooner', () => {
    const limits = (id: string) => {
      const { small, standard, source } = pathways.find(id)!.tiers;
      return [small.upTo, standard.upTo, from(source)];
    };
    const ours = "(Concordat's own thresholds, our own)";
    const sooner: Readonly<Record<string, readonly number[]>> = { grant: [25_000, 250_000], placement: [100_000, 1_000_000] };
    for (const { id } of pathways.latest()) expect([id, ...limits(id)]).toEqual([id, ...(sooner[id] ?? [100_000, 5_000_000]), ours]);
  });
});

test('a key decision is announced 28 clear days before, 5 by the general exception and none by special urgency: common practice, and marked so', () => {
  expect(Object.values(keyDecisionNotice).map(({ clearDays, source }) => `${clearDays} clear days ${from(source)}`)).toEqual([
    '28 clear days (SI 2012/2089 reg 9, practice)', '5 clear days (SI 2012/2089 reg 10, practice)', '0 clear days (SI 2012/2089 reg 11, practice)',
  ]);
});
