import { addDays, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { leading } from './delivery-side.js';
import { expiryStands } from './expiry.js';
import { type Comparison, comparison, fewestAnswers, figuresBeside, type Finding, findingsFromOutside, isOfPeople, type Kpi, type Observation, reaches, tellsOfFew } from './kpi.js';
import { dueNext, obligationStands, owes, peopleAskedIn } from './obligation.js';
import { fundingView } from './funding.js';
import { viewOfProvider } from './outcome.js';
import { improvementStands } from './quality-visit.js';
import { isReadBy, type Sight } from './sight.js';
import { isSmall } from './small-numbers.js';
import { actionStands, agendaOf } from './review-meeting.js';
import { exitTold, staffInformationDays, staffTold } from './exit.js';
import { childrenOf } from './tree.js';
import { toAskAgain, whyAskAgain } from './variation.js';
import { stillToAccept } from './variation-acceptance.js';

/** A KPI in one period: what the provider says, and what people say beside it. */
export interface TwoFigures {
  readonly period: Observation['period'];
  /** `of`: which provider tells it; null where nobody was provider then. */
  readonly provider: { readonly of: string | null; readonly value: number; readonly source: string; readonly reached: boolean } | null;
  /**
   * `answers`: null to a provider where they are fewer than five, or could tell of so few beside the others; and then so is what they say,
   * which is kept back also where the figure itself tells of so few.
   * `discussed`: with the provider whose figure it is. `corrected`: what it said before, each time, to the organisation alone.
   */
  readonly people: (Pick<Finding, 'finding' | 'question' | 'method' | 'value' | 'corrected'> & { readonly discussed: Pick<Finding['discussed'][number], 'on' | 'by' | 'follows'> | null; readonly answers: number | null; readonly reached: boolean | null; readonly comparison: Comparison }) | null;
}

/**
 * What is delivered, as it stands on a day.
 * @param party the provider who looks; undefined for the organisation. A provider sees what it is held to, how it ends and its own words, and
 * nothing of how the organisation manages it; one that was invited and delivers nothing sees none of it.
 */
export function deliveryView(agreement: Agreement, today: CivilDate, party?: string) {
  const delivers = party === undefined || isReadBy('delivery', agreement.award.parties[party]);
  const readable = party === undefined ? agreement.kpis.findings : findingsFromOutside(agreement.kpis.findings);
  return {
    kpis: (delivers ? agreement.kpis.kpis : []).map((kpi) => ({
      ...kpi,
      writtenBy: party === undefined ? kpi.writtenBy : { is: kpi.writtenBy.is },
      /** Whether people wrote it, as one of them confirmed. */
      ofPeople: isOfPeople(agreement, kpi),
      periods: figuresOf(agreement, kpi, party, readable),
    })),
    cycles: (delivers ? agreement.delivery.cycles : []).map((cycle) => ({ ...cycle, peopleAsked: peopleAskedIn(agreement, cycle) })),
    obligations: (delivers ? agreement.delivery.obligations : []).filter((obligation) => party === undefined || owes(agreement, obligation, party)).map((obligation) => ({ ...obligation, dueOn: dueNext(agreement, obligation), stands: obligationStands(agreement, obligation, today) })),
    /** What was owed by mistake, or until a day; of itself to a provider, who is told of nobody of the staff. */
    withdrawn: (delivers ? agreement.delivery.withdrawn : []).filter(({ provider }) => party === undefined || provider === party).map(({ by, ...one }) => ({ ...one, by: party === undefined ? by : null })),
    concerns: agreement.providerConcerns.filter(({ provider }) => party === undefined || provider === party),
    expiries: (delivers ? agreement.expiries : []).filter(({ provider }) => party === undefined || provider === party).map((expiry) => ({ ...expiry, stands: expiryStands(expiry, today) })),
    visits: (delivers ? agreement.qualityVisits : []).filter(({ provider }) => party === undefined || provider === party).map(({ spokeWith, improvements, ...visit }) => ({
      ...visit,
      spokeWith: party !== undefined && isSmall(spokeWith) ? null : spokeWith,
      improvements: improvements.map((improvement) => ({ ...improvement, stands: improvementStands(improvement, today) })),
    })),
    /** Of review meetings what the one who looks does; all of it to the organisation. */
    actions: (delivers ? agreement.reviews.actions : []).filter(({ provider }) => party === undefined || provider === party).map((action) => ({ ...action, stands: actionStands(action, today) })),
    /** Variations that wait for whoever provides to accept them, with the version that they read; to a provider those that wait for it. */
    offered: (delivers ? agreement.variations : []).flatMap((one) => (one.offer !== null && stillToAccept(agreement, one).some((provider) => party === undefined || provider === party) ? [{ variation: one.variation, what: one.what, to: one.to, version: one.offer.version }] : [])),
    /** What it became by variations that were carried out, in their order. */
    varied: (delivers ? agreement.variations : []).filter(({ carriedOut }) => carriedOut).map(({ variation, to }) => ({ variation, to })),
    /** The outcomes that whoever delivers is asked the three plain questions of, with their last word; to the organisation that of whoever leads. */
    outcomes: (delivers ? agreement.outcomes : []).map((of) => ({ outcome: of.outcome, title: of.title, answered: viewOfProvider(agreement, of, party ?? leading(agreement) ?? null) ?? null })),
    ...(delivers ? endOf(agreement, party) : { exit: null, staffTransfer: null }),
    managed: party === undefined ? managed(agreement, today) : null,
  };
}

/**
 * How it ends, for both sides plan it. `people` and `staff`: null to a provider where they are fewer than five, and those it was told of before where fewer than five part the two; why fewer are counted than before tells of those few.
 * Of a whole and its parts one side alone is told: the whole less all but one of its parts would tell of that one. A placement tells how many it is for.
 */
function endOf(agreement: Agreement, party: string | undefined) {
  const { exit, staffTransfer, countsTold: { inTheWhole }, tree } = agreement;
  const isWhole = childrenOf(agreement).length > 0;
  const placed = tree.parent?.placement?.people;
  const seen = (now: number, told: number | null, toldAbove: boolean) => (party === undefined ? now : told === null || isSmall(told) || isWhole || toldAbove ? null : told);
  return {
    exit: exit && { ...exit, ...(party !== undefined && { why: undefined, counted: undefined }), people: seen(exit.people, exitTold(agreement), inTheWhole.exit || (placed !== undefined && placed !== exitTold(agreement))), staffInformationBy: staffTransfer?.informationBy ?? addDays(exit.lastDay, -staffInformationDays) },
    staffTransfer: staffTransfer && { ...staffTransfer, staff: seen(staffTransfer.staff, staffTold(agreement), inTheWhole.staff) },
  };
}

function managed(agreement: Agreement, today: CivilDate) {
  const { reviews, variations, transitions } = agreement;
  return {
    agenda: agendaOf(agreement, today),
    meetings: reviews.meetings.map((meeting) => ({
      ...meeting,
      actions: reviews.actions.filter((action) => action.meeting === meeting.meeting).map((action) => ({ ...action, stands: actionStands(action, today) })),
    })),
    variations: variations.map((variation) => ({ ...variation, toAskAgain: toAskAgain(agreement, variation), whyAskAgain: whyAskAgain(agreement, variation) ?? null, permitted: variation.test === null ? null : variation.test.lacks.length === 0 })),
    ...fundingView(agreement),
    transitions,
  };
}

function figuresOf(agreement: Agreement, kpi: Kpi, party: string | undefined, readable: readonly Finding[]): readonly TwoFigures[] {
  // No figure is everybody's: a provider is shown its own.
  const own = agreementWith(agreement, { kpis: { ...agreement.kpis, observations: agreement.kpis.observations.filter(({ provider }) => party === undefined || provider === party) } });
  const told = (observed: Observation | undefined): TwoFigures['provider'] =>
    observed === undefined ? null : { of: observed.provider, value: observed.value, source: observed.source, reached: reaches(kpi, observed.value) };
  const found = own.kpis.findings.filter((finding) => finding.kpi === kpi.kpi);
  const beside = found.map((finding) => figuresBeside(own, finding));
  const shownBeside = beside.flat();
  return [
    ...found.flatMap((finding, at) => {
      const { finding: id, question, method, period } = finding;
      const corrected = party === undefined ? finding.corrected : [];
      const kept = readable.includes(finding);
      const said = kept && (party === undefined || !tellsOfFew(kpi, finding));
      const answers = kept ? finding.answers : null;
      const value = said ? finding.value : null;
      const figures = beside[at] ?? [];
      return (figures.length === 0 ? [undefined] : figures).map((figure) => {
        // That a portion differs together with others would tell a provider of those it does not read.
        const compared = comparison(own, finding, figure === undefined ? [] : [figure]);
        // What was said of another's difference is for that one to read.
        const talked = figure && finding.discussed.find(({ provider }) => provider === figure.provider);
        const discussed = talked === undefined ? null : { on: talked.on, by: talked.by, follows: talked.follows };
        return { period, provider: told(figure), people: { finding: id, question, method, answers, value, corrected, discussed, reached: value === null ? null : reaches(kpi, value), comparison: said && (party === undefined || finding.answers >= fewestAnswers) ? compared : 'something-to-talk-about' } };
      });
    }),
    ...own.kpis.observations.filter((observed) => observed.kpi === kpi.kpi && !shownBeside.includes(observed)).map((observed) => ({ period: observed.period, provider: told(observed), people: null })),
  ].sort((a, b) => (a.period.startsOn < b.period.startsOn ? -1 : a.period.startsOn > b.period.startsOn ? 1 : 0));
}

/** What of delivery lies within somebody's sight; undefined for people who take part, who see none of it. */
export function deliverySeen(agreement: Agreement, today: CivilDate, sight: Sight): ReturnType<typeof deliveryView> | undefined {
  switch (sight.sees) {
    case 'all':
      return deliveryView(agreement, today);
    case 'people':
      return undefined;
    case 'party':
      return deliveryView(agreement, today, sight.provider);
  }
}
