import type { Missing, Refusal } from '@concordat/journal/core';
import { heldOpenUntil, type HolidayCalendar, isEarlier, type Route, standstillPeriod, unknownYears } from '@concordat/pathway/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { noticeMissing, noticeOfAward } from './award-notice.js';
import { dayInUtc } from './began.js';
import { isGivenUp, upsetAward } from './challenge.js';
import { type Content, contentAfter } from './content.js';
import { awardingStage } from './deciding-stage.js';
import { decisionMissing } from './decision.js';
import { happened } from './event.js';
import { type Money, type Period, refuseBesideTree } from './facts.js';
import { type Lot, mustAccept, providersIn, refuseAwarded, refuseBeyondEstimate, refuseNobodyOutside } from './lots.js';
import { everyBidder, refusePartnersAsProviders, refuseSameCompany } from './partner.js';
import { isBidding, leftAt, partiesStill, proposersWith } from './party.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { refuseBeyondGround } from './route-choice.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';
import { comesAfter } from './tree.js';
import { isToldOnGround, routeOf } from './urgency.js';

export interface AwardCommands {
  'invite-provider': { readonly provider: string };
  /** Who is to be awarded what, for the decision-maker to decide on. */
  'propose-award': { readonly provider: string; readonly value: Money };
  /**
   * `reference`: the official number of the notice, or the organisation's own. `voluntaryStandstill`: the working days that the
   * notice offers where the route asks for none (PA 2023 s.51(5)).
   */
  'publish-award-notice': { readonly publishedOn: CivilDate; readonly reference: string; readonly voluntaryStandstill?: number };
  /** By a signatory of the very provider, who names the content hash of what they read. Only whom it is offered to may (`isOffered`): to all others it is as if nothing were proposed. */
  'accept-award': { readonly versionRead: string };
}

export interface AwardEvents {
  'concordat.agreement.provider-invited.v1': { readonly provider: string };
  /** Whoever provides so far what this agreement is to provide: of the one it renews or replaces, or of one that was taken over before its award. */
  'concordat.agreement.incumbent-recorded.v1': { readonly provider: string };
  'concordat.agreement.award-proposed.v1': { readonly provider: string; readonly value: Money; readonly stage: string; readonly content: Content };
  /** `ends`: the last day of the standstill as it was computed then; `null` where the route has none. */
  'concordat.agreement.award-notice-published.v1': {
    readonly publishedOn: CivilDate;
    readonly reference: string;
    readonly stage: string;
    readonly voluntaryStandstill: number | null;
    readonly ends: CivilDate | null;
    readonly warnings: readonly string[];
  };
  'concordat.agreement.award-accepted.v1': { readonly provider: string; readonly version: string; readonly stage: string };
  /** The gate that asked for the provider's acceptance opened: from now on the provider is `provider`. */
  'concordat.agreement.awarded.v1': { readonly provider: string; readonly value: Money };
}

/** Before award nobody is `provider`; an `incumbent` bids for nothing until it is invited like any other. */
export type PartyRole = 'incumbent' | 'invited' | 'provider';

export interface AwardState {
  /** By provider id. */
  readonly parties: Readonly<Record<string, PartyRole>>;
  /** Whoever provides so far what this is to provide, by provider id, also where they were invited since: it was so when it was taken over, or it is by a link. */
  readonly soFar: Readonly<Record<string, 'taken-over' | 'linked'>>;
  /** Who is to be invited no more, by provider id, and waits for a second person to say so; `everyId`: all ids of whoever asks for it. */
  readonly uninviting: Readonly<Record<string, { readonly reason: string; readonly everyId: readonly string[] }>>;
  /** Those parties for whom the sourcing is over, by provider id: the version at which it was awarded to others. */
  readonly left: Readonly<Record<string, number>>;
  /**
   * `lots`: where more than one provider is to be awarded; then `provider` leads the first of them and `value` is their sum. `proposers`: everybody
   * who proposed since it last went back behind an award, the last of them `proposedBy`.
   */
  readonly proposed: { readonly provider: string; readonly value: Money; readonly proposedBy: string; readonly proposers: readonly string[]; readonly proposedAt: string; readonly stage: string; readonly lots: readonly Lot[] } | null;
  readonly notice: {
    readonly publishedOn: CivilDate;
    /** The civil day (UTC) on which it was put on record. */
    readonly recordedOn: CivilDate;
    readonly reference: string;
    readonly stage: string;
    /** The content hash of the award that it told of. */
    readonly version: string;
    readonly voluntaryStandstill: number | null;
    /** Such as a year whose bank holidays are not known yet; to be shown beside the standstill. */
    readonly warnings: readonly string[];
  } | null;
  /** The last notice that began a standstill, whatever became of the award it told of. */
  readonly told: AwardState['notice'];
  /** The first day on which a notice told of an award here, whatever became of it: what is said against it comes from then on. */
  readonly firstToldOn: CivilDate | null;
  /** The last word of each provider who accepted. */
  readonly acceptances: readonly { readonly provider: string; readonly acceptedBy: string; readonly version: string; readonly stage: string }[];
  /** The contracts a sourcing in lots ended in, and the stage whose gate awarded them. */
  readonly awarded: { readonly lots: readonly Lot[]; readonly stage: string } | null;
  /**
   * What was awarded, or taken over with its provider: from then on its value and period change by a variation, and all variations
   * together are held against these (PSR reg 13). `value`, `period`: null while nobody knows what a taken-over one was worth, or
   * how long it was for. `on`: the day it was awarded, in UTC; null of a taken-over one.
   */
  readonly original: { readonly value: Money | null; readonly period: Period | null; readonly stage: string; readonly on: CivilDate | null } | null;
  /** Something was awarded and fell, because the agreement went back over it: it may have been delivered and paid for all the same. */
  readonly fell: boolean;
}
export const initialAward: AwardState = { parties: {}, soFar: {}, uninviting: {}, left: {}, proposed: null, notice: null, told: null, firstToldOn: null, acceptances: [], awarded: null, original: null, fell: false };

const commissioner = (by: string) => ({ suppliedBy: 'commissioner', by });
const noAwardProposed = refusal('award.not-proposed', 'Someone was proposed for the award.', { ...commissioner('propose-award'), what: 'the proposed award' });
const signatory = { suppliedBy: 'provider-signatory', by: 'accept-award' };

/** Those who were invited and are proposed for nothing: what becomes of the award they hear of by its notice, and nobody before them. */
function notProposed({ award }: Agreement): readonly string[] {
  const { proposed } = award;
  const named = proposed === null ? [] : [proposed.provider, ...providersIn(proposed.lots)];
  return partiesStill(award).filter((party) => isBidding(award, party) && !named.includes(party));
}

/** What all who were invited hear by at one instant, and is still to come; none where nobody else was. */
const toldByNotice = (agreement: Agreement): readonly Missing[] =>
  noticeOfAward(agreement) === null && notProposed(agreement).length > 0 ? [{ ...commissioner('publish-award-notice'), what: 'the published award notice, by which all who were invited hear of it at once' }] : [];

/**
 * Is the award offered to this provider: proposed to it, decided on as it stands and known to all who were invited, or accepted? Of a proposal no
 * provider hears.
 */
export function isOffered(agreement: Agreement, provider: string): boolean {
  const { award, content } = agreement;
  const accepted = award.acceptances.some((one) => one.provider === provider && one.version === content.award);
  return mustAccept(award).includes(provider) && (accepted || (decisionMissing(agreement).length === 0 && toldByNotice(agreement).length === 0));
}

/** Where the route of an earlier award is kept, something goes on that was awarded by it: under the agreement that this one renews, by whoever provides it. */
function refuseOtherThanVaried({ tree: { links } }: Agreement, others: States['others'], provider: string): Refusal | false {
  return (
    !links.some(({ agreement, as }) => as === 'renews' && others[agreement]?.award.parties[provider] === 'provider') &&
    refusal('award.nothing-varied', 'What is extended or varied was awarded, and goes on with whoever provides it: a new contract is awarded by its own route.', {
      ...commissioner('link-agreement'),
      what: `the agreement that this one renews, provided by provider-${provider}`,
    })
  );
}

/** Nothing is offered or published on a decision that nobody took, or that is stale. */
function notDecided(agreement: Agreement) {
  const missing = decisionMissing(agreement);
  return missing.length > 0 && refusal('award.not-decided', 'The award was decided on as it stands.', ...missing);
}

function lastDayBegunBy(notice: AwardState['notice'], route: Route, holidays: HolidayCalendar): CivilDate | undefined {
  const standstill = notice === null ? undefined : standstillPeriod(route, notice.publishedOn, holidays, notice.voluntaryStandstill);
  return standstill === undefined || 'none' in standstill ? undefined : standstill.ends;
}

/** The last day of the standstill that the notice of the award as it stands began, by the holidays known now; undefined where it began none. */
export function standstillEnds(agreement: Agreement, documents: Pick<Context, 'pathway' | 'route'>, holidays: HolidayCalendar): CivilDate | undefined {
  return lastDayBegunBy(noticeOfAward(agreement), routeOf(agreement, documents), holidays);
}

/** What providers were told they have to challenge an award in is not taken back: of the one that stands never, of one that changed since not while it runs. */
function refuseSoonerThanTold(agreement: Agreement, ends: CivilDate | undefined, context: Context): Refusal | false {
  const told = lastDayBegunBy(agreement.award.told, routeOf(agreement, context), context.holidays);
  const running = told !== undefined && context.today <= told ? told : undefined;
  const until = [standstillEnds(agreement, context, context.holidays), running].filter((day) => day !== undefined).sort().at(-1);
  return (
    until !== undefined &&
    (ends === undefined || ends < until) &&
    refusal('award.standstill-told', 'A standstill that providers were told of ends no sooner by a later notice.', { ...commissioner('publish-award-notice'), what: `a standstill until the end of ${until} or later` })
  );
}

/** Nothing is told of or accepted as awarded before the stage whose gate awards it. */
function refuseTooEarly(agreement: Agreement, { pathway }: Pick<Context, 'pathway'>): Refusal | false {
  const awards = awardingStage(pathway);
  return (
    awards !== undefined &&
    isEarlier(pathway, agreement.stage, awards) &&
    refusal('award.too-early', 'An award is told of and accepted in the stage that awards it.', { ...commissioner('request-gate'), what: `the stage ${awards}` })
  );
}

/** What was said of the award as it stands by the notice on record. */
function noticeOf(agreement: Agreement) {
  const notice = noticeOfAward(agreement);
  return notice && { publishedOn: notice.publishedOn, reference: notice.reference, voluntaryStandstill: notice.voluntaryStandstill };
}

export const decide = {
  'invite-provider': ({ agreement, others, providers }, { provider }, { today, pathway }) =>
    unless(
      [
        pathway.keepsRoute === true && refuseOtherThanVaried(agreement, others, provider),
        providers[provider]?.registered !== true &&
          refusal('provider.unknown', 'The provider is registered in this organisation.', { ...commissioner('register-provider'), what: `provider-${provider}` }),
        isBidding(agreement.award, provider) && alreadySo(`the provider is ${agreement.award.parties[provider]}`),
        refusePartnersAsProviders({ agreement, providers }, [provider], today),
        refuseSameCompany(providers, [...everyBidder(agreement.award), provider], 'invite-provider'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.provider-invited.v1', { provider })],
    ),

  'propose-award': ({ agreement }, { provider, value }, context) => {
    const { proposed } = agreement.award;
    const award = { ...agreement.award, proposed: { provider, value, proposedBy: '', proposers: [], proposedAt: '', stage: agreement.stage, lots: [] } };
    const content = contentAfter(agreement, agreementWith(agreement, { award }), context.sha256);
    return unless(
      [
        refuseNobodyOutside(context),
        refuseAwarded(agreement, context),
        !isBidding(agreement.award, provider) &&
          refusal('award.not-invited', 'An award goes to a provider who was invited.', { ...commissioner('invite-provider'), what: `provider-${provider}` }),
        proposed !== null && content.award === agreement.content.award && !isGivenUp(agreement) && !isToldOnGround(agreement) && alreadySo('this award is proposed'),
        ...refuseBesideTree(agreement, { value }, 'propose-award'),
        ...refuseBeyondEstimate(agreement, value, context),
        refuseBeyondGround(agreement, value, context),
      ],
      () => [happened(agreement.id, 'concordat.agreement.award-proposed.v1', { provider, value, stage: agreement.stage, content })],
    );
  },

  'publish-award-notice': ({ agreement }, { publishedOn, reference, voluntaryStandstill = null }, context) => {
    const route = routeOf(agreement, context);
    const standstill = standstillPeriod(route, publishedOn, context.holidays, voluntaryStandstill);
    const { proposed } = agreement.award;
    const offers = route.standstill.kind === 'none' ? route.standstill.voluntary : undefined;
    return unless(
      [
        voluntaryStandstill !== null &&
          (offers === undefined || voluntaryStandstill < offers.days) &&
          refusal(
            'award.no-such-standstill',
            offers === undefined ? 'A standstill is offered where the route asks for none and knows a voluntary one.' : `A voluntary standstill lasts at least ${offers.days} working days.`,
            { ...commissioner('publish-award-notice'), what: 'voluntaryStandstill' },
          ),
        proposed === null && noAwardProposed,
        refuseTooEarly(agreement, context),
        notDecided(agreement),
        publishedOn > context.today &&
          refusal('award.notice-not-published-yet', 'A notice is recorded once it is published.', { ...commissioner('publish-award-notice'), what: 'publishedOn' }),
        agreement.decision !== null &&
          publishedOn < agreement.decision.decidedOn &&
          refusal('award.notice-before-decision', 'A notice tells of a decision that was taken.', { ...commissioner('publish-award-notice'), what: `publishedOn: ${agreement.decision.decidedOn} or later` }),
        proposed !== null &&
          publishedOn < dayInUtc(proposed.proposedAt) &&
          refusal('award.notice-before-proposal', 'A notice tells of the award as it was proposed last.', { ...commissioner('publish-award-notice'), what: `publishedOn: ${dayInUtc(proposed.proposedAt)} or later` }),
        refuseSoonerThanTold(agreement, 'none' in standstill ? undefined : standstill.ends, context),
        canonical(noticeOf(agreement)) === canonical({ publishedOn, reference, voluntaryStandstill }) && alreadySo(`the notice was published on ${publishedOn}`),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.award-notice-published.v1', {
          publishedOn,
          reference,
          stage: agreement.stage,
          voluntaryStandstill,
          ends: 'none' in standstill ? null : standstill.ends,
          warnings: 'none' in standstill ? [] : standstill.warnings,
        }),
      ],
    );
  },

  'accept-award': ({ agreement, persons }, { versionRead }, context) => {
    const { actor } = context;
    const { proposed, acceptances } = agreement.award;
    const member = (actor.kind === 'person' ? persons[actor.person] : undefined)?.memberOf;
    const own = member?.kind === 'provider' ? member.provider : undefined;
    const provider = mustAccept(agreement.award).find((asked) => asked === own) ?? proposed?.provider ?? '';
    return unless(
      [
        proposed === null && noAwardProposed,
        refuseTooEarly(agreement, context),
        versionRead !== agreement.content.award &&
          refusal('award.other-version', 'Whoever accepts has read what stands now.', { ...signatory, what: `version ${agreement.content.award}` }),
        acceptances.some((one) => one.provider === provider && one.version === agreement.content.award) && alreadySo('the award is accepted'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.award-accepted.v1', { provider, version: versionRead, stage: agreement.stage })],
    );
  },
} satisfies { [C in keyof AwardCommands]: Decide<C> };

function withParty(agreement: Agreement, provider: string, role: PartyRole): Agreement {
  const { parties, left } = agreement.award;
  return agreementWith(agreement, { award: { ...agreement.award, parties: { ...parties, [provider]: role }, left: Object.fromEntries(Object.entries(left).filter(([party]) => party !== provider)) } });
}

export const evolve = {
  'concordat.agreement.provider-invited.v1': (agreement, { data }) => withParty(agreement, data.provider, 'invited'),
  'concordat.agreement.incumbent-recorded.v1': (agreement, { data: { provider } }) => {
    const { parties, soFar } = agreement.award;
    const since = soFar[provider] ?? (parties[provider] === 'provider' || comesAfter(agreement).length === 0 ? 'taken-over' : 'linked');
    const { award } = withParty(agreement, provider, 'incumbent');
    return agreementWith(agreement, { award: { ...award, soFar: { ...soFar, [provider]: since } } });
  },
  // A notice and an acceptance are of one award: they fall when another is proposed. What providers were told stays told.
  'concordat.agreement.award-proposed.v1': (agreement, { data: { content, ...proposed }, meta, recordedAt }) => agreementWith(agreement, {
    content,
    award: { ...agreement.award, proposed: { ...proposed, proposedBy: meta.actor, proposers: proposersWith(agreement.award, meta.actor), proposedAt: recordedAt, lots: [] }, notice: null, acceptances: [] },
  }),
  'concordat.agreement.award-notice-published.v1': (agreement, { data: { ends, ...published }, recordedAt }) => {
    const notice = { ...published, version: agreement.content.award, recordedOn: dayInUtc(recordedAt) };
    const { told, firstToldOn } = agreement.award;
    const first = firstToldOn !== null && firstToldOn < notice.publishedOn ? firstToldOn : notice.publishedOn;
    return agreementWith(agreement, { award: { ...agreement.award, notice, told: ends === null ? told : notice, firstToldOn: first } });
  },
  'concordat.agreement.award-accepted.v1': (agreement, { data, meta }) => agreementWith(agreement, {
    award: { ...agreement.award, acceptances: [...agreement.award.acceptances.filter(({ provider }) => provider !== data.provider), { ...data, acceptedBy: meta.actor }] },
  }),
  'concordat.agreement.awarded.v1': (agreement, { data: { provider, value }, recordedAt, version }) => {
    const { award } = withParty(agreement, provider, 'provider');
    return agreementWith(agreement, { award: { ...award, left: leftAt(version, award), original: { value, period: agreement.facts['contract-period']?.value ?? null, stage: agreement.stage, on: dayInUtc(recordedAt) } } });
  },
} satisfies { [T in keyof AwardEvents]: Evolve<T> };

export const conditions = {
  // Computed anew from the day of publication: a bank holiday proclaimed since counts. Where those of a year are not known nobody can say that it is over.
  'standstill.over': (agreement, _, context): readonly Missing[] => {
    const { holidays, today } = context;
    const route = routeOf(agreement, context);
    const notice = noticeOfAward(agreement);
    // A voluntary standstill that was offered is kept, although the award changed since.
    const begun = lastDayBegunBy(agreement.award.told, route, holidays) !== undefined;
    if (notice === null) return route.standstill.kind === 'none' && !begun ? [] : [{ ...commissioner('publish-award-notice'), what: noticeMissing(agreement) }];
    const standstill = standstillPeriod(route, notice.publishedOn, holidays, notice.voluntaryStandstill);
    if ('none' in standstill) return [];
    const holding = agreement.challenges.flatMap(({ kind, from, receivedOn, concluded }) => {
      // What a provider was told of late it had no day to act on: the days after a representation run from one that is on record.
      const concludedOn = concluded && (kind === 'representation' && concluded.recordedOn > concluded.on ? concluded.recordedOn : concluded.on);
      const until = heldOpenUntil(route, standstill, { kind, receivedOn, concludedOn }, holidays);
      return until === undefined ? [] : [{ until, by: `the ${kind} of ${from}` }];
    });
    const held = holding.flatMap(({ until, by }): readonly Missing[] => {
      if (until === 'open') return [{ what: `standstill held open by ${by}`, suppliedBy: 'commissioner', by: 'conclude-challenge' }];
      return until > standstill.ends && today <= until ? [{ what: `standstill until the end of ${until}, after ${by}`, suppliedBy: 'time' }] : [];
    });
    const last = holding.reduce((latest, { until }) => (until !== 'open' && until > latest ? until : latest), standstill.ends);
    return [
      ...(today > standstill.ends ? [] : [{ what: `standstill until the end of ${standstill.ends}`, suppliedBy: 'time' }]),
      ...held,
      ...unknownYears(standstill.begins, last, holidays).map((year) => ({ what: `the bank holidays of ${year}, without which nobody can say when the standstill ends`, suppliedBy: 'administrator', by: 'change-calendar' })),
    ];
  },

  // Whoever leads a consortium cannot bind its members.
  'provider.accepted': (agreement) => {
    const { award, content } = agreement;
    const upset = upsetAward(agreement);
    if (upset.length > 0) return upset;
    if (award.proposed === null) return [{ ...commissioner('propose-award'), what: 'the proposed award' }];
    const unanswered = mustAccept(award).flatMap((provider): readonly Missing[] => {
      const acceptance = award.acceptances.find((one) => one.provider === provider);
      if (acceptance === undefined) return [{ ...signatory, what: `acceptance by provider-${provider}` }];
      return acceptance.version === content.award ? [] : [{ ...signatory, what: `acceptance by provider-${provider}: stale, because what it rests on changed` }];
    });
    return unanswered.length > 0 ? [...toldByNotice(agreement), ...unanswered] : [];
  },
} satisfies Partial<Conditions>;
