import { type Missing, refuse } from '@concordat/journal/core';
import type { Route } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { noticeOfAward } from './award-notice.js';
import { conditions as onDecision, decisionMissing, inForceFrom } from './decision.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Context, Decide, Evolve } from './topic.js';

/** The notice of the award, which `publish-award-notice` records under every route alike. */
export const awardNotice = 'award-notice';

/** What goes out: one official notice told again as data (OCDS), or what people said and what was done with it. */
export type PublicationOf = { readonly is: 'release'; readonly notice: string; readonly ocid: string } | { readonly is: 'you-said-we-did' };

/** The embargo: what must have come before it goes out. */
export type ReleaseWhen =
  | { readonly is: 'day'; readonly on: CivilDate }
  | { readonly is: 'notice'; readonly notice: string }
  | { readonly is: 'decision-in-force' };

/** Why something is kept back. The first two are the exemptions of s.94 Procurement Act 2023. */
export const withheldGrounds = ['national-security', 'sensitive-commercial-information', 'personal-data', 'before-the-courts', 'other-law'] as const;
export type WithheldGround = (typeof withheldGrounds)[number];

/** A time before an election, its first and its last day, as the organisation set it for its renewals. */
export interface ElectionTime {
  readonly title: string;
  readonly begins: CivilDate;
  readonly ends: CivilDate;
}

export interface PublicationCommands {
  'plan-publication': { readonly publication: string; readonly of: PublicationOf; readonly releaseWhen: ReleaseWhen };
  /** Before it goes out, or to take it down again; why is shown for ever. */
  'withhold-publication': { readonly publication: string; readonly ground: WithheldGround; readonly reason: string };
  /** `duty`: as in `publish`, where it was out before and is public again by this. */
  'lift-withholding': { readonly publication: string; readonly reason: string; readonly duty?: string };
  /** `duty`: the law that asks for it before an election too, where it goes out in such a time. */
  publish: { readonly publication: string; readonly duty?: string };
}

type Withheld = { readonly ground: WithheldGround; readonly reason: string; readonly on: CivilDate };

export interface PublicationEvents {
  'concordat.agreement.publication-planned.v1': PublicationCommands['plan-publication'];
  'concordat.agreement.publication-withheld.v1': { readonly publication: string } & Withheld;
  /** `duty` and `election`: where it was out before, and is public again in the time before one. */
  'concordat.agreement.withholding-lifted.v1': PublicationCommands['lift-withholding'] & { readonly on: CivilDate; readonly election?: string };
  /** `number`: of the official notice, where it tells one again. `election`: the time before one in which it went out. */
  'concordat.agreement.published.v1': {
    readonly publication: string;
    readonly on: CivilDate;
    readonly number: string | null;
    readonly duty: string | null;
    readonly election: string | null;
  };
}

/** `at`: the instant it went out, ISO 8601 in UTC; `version`: of the agreement as it stood then, which is what is public. */
export type Published = { readonly on: CivilDate; readonly at: string; readonly version: number; readonly number: string | null; readonly duty: string | null; readonly election: string | null };

export interface Publication extends Readonly<PublicationCommands['plan-publication']> {
  /** Every one there was, shown for ever; the last may still hold. */
  readonly withheld: readonly (Withheld & { readonly lifted: Omit<PublicationEvents['concordat.agreement.withholding-lifted.v1'], 'publication'> | null })[];
  readonly published: Published | null;
}

/** In the order they were planned. */
export type PublicationState = readonly Publication[];
export const initialPublications: PublicationState = [];

const publisher = (what: string, by: keyof PublicationCommands): Missing => ({ what, suppliedBy: 'publisher', by });

/** The official notice of this code, the last where there are several. */
function officialNotice(agreement: Agreement, notice: string): { readonly reference: string; readonly publishedOn: CivilDate } | undefined {
  return (notice === awardNotice ? noticeOfAward(agreement) : agreement.publishedNotices.findLast((each) => each.notice === notice)) ?? undefined;
}

const recordNotice = (notice: string): Missing => ({ what: `the official notice ${notice}, with its number`, suppliedBy: 'commissioner', by: notice === awardNotice ? 'publish-award-notice' : 'record-published-notice' });

/** What its embargo still waits for. */
export function embargoWaitsFor(agreement: Agreement, { releaseWhen }: Publication, context: Context): readonly Missing[] {
  switch (releaseWhen.is) {
    case 'day':
      return context.today < releaseWhen.on ? [{ what: `from ${releaseWhen.on}`, suppliedBy: 'time' }] : [];
    case 'notice':
      return officialNotice(agreement, releaseWhen.notice) === undefined ? [recordNotice(releaseWhen.notice)] : [];
    case 'decision-in-force':
      return onDecision['decision.in-force'](agreement, {}, context);
  }
}

/** Why it is kept back today; undefined where it is not. */
export function withheldNow({ withheld }: Publication): Withheld | undefined {
  return withheld.find(({ lifted }) => lifted === null);
}

/** The official notices a planned publication waits for, by code. */
export function noticesAwaited(agreement: Agreement, publication: Publication): readonly string[] {
  return noticesOf(publication).filter((notice) => officialNotice(agreement, notice) === undefined);
}

const noticesOf = ({ of, releaseWhen }: Publication): readonly string[] =>
  [...new Set([...(releaseWhen.is === 'notice' ? [releaseWhen.notice] : []), ...(of.is === 'release' ? [of.notice] : [])])];

/**
 * The day from which what is planned may go out, whatever election comes; undefined while it is withheld or out, and while what it
 * waits for has no day yet.
 */
export function mayGoOutFrom(agreement: Agreement, publication: Publication): CivilDate | undefined {
  const { of, releaseWhen, published } = publication;
  const answered = agreement.contributions.themes.some(({ response }) => response !== null);
  if (published !== null || withheldNow(publication) !== undefined || noticesAwaited(agreement, publication).length > 0 || (of.is === 'you-said-we-did' && !answered)) return undefined;
  const noticed = noticesOf(publication).flatMap((notice) => officialNotice(agreement, notice)?.publishedOn ?? []);
  if (releaseWhen.is === 'decision-in-force' && decisionMissing(agreement).length > 0) return undefined;
  const embargo = releaseWhen.is === 'day' ? releaseWhen.on : releaseWhen.is === 'decision-in-force' ? inForceFrom(agreement) : undefined;
  return [...noticed, ...(embargo === undefined ? [] : [embargo])].sort().at(-1);
}

/** What is before everybody now: published, and not withheld since. */
export function isPublic(publication: Publication): boolean {
  return publication.published !== null && withheldNow(publication) === undefined;
}

/**
 * What everybody can read of the agreement, in the order it went out. Nothing of one that another organisation took over: there it is
 * told on, and taken down where something must not be told.
 */
export function publicOf(agreement: Agreement): readonly Publication[] {
  if (agreement.lifecycle === 'transferred') return [];
  const out = agreement.publications.filter((one) => isPublic(one) && !isOfThePlaced(agreement, one.of));
  return out.sort((a, b) => (a.published?.version ?? 0) - (b.published?.version ?? 0));
}

/** Is what people said and what was done with it before everybody, published since the agreement came to this stage? */
export function peoplesViewIsOut(agreement: Agreement, stage = agreement.stage): boolean {
  const entered = agreement.stages[stage]?.enteredAt ?? '';
  return agreement.publications.some((one) => one.of.is === 'you-said-we-did' && isPublic(one) && (one.published?.at ?? '') >= entered);
}

const isKnown = (route: Route, notice: string): boolean => notice === awardNotice || route.notices.some(({ code }) => code === notice);
const unknown = (route: Route, notice: string) =>
  !isKnown(route, notice) && refusal('publication.notice-unknown', `The route ${route.id} knows these notices: ${[...route.notices.map(({ code }) => code), awardNotice].join(', ')}.`, publisher(notice, 'plan-publication'));
const sameThing = (one: PublicationOf, other: PublicationOf): boolean => one.is === 'release' && other.is === 'release' && one.notice === other.notice;

/** What the few who are placed said is told to nobody outside, not even that something was. */
export const isOfThePlaced = ({ kind }: Agreement, of: PublicationOf): boolean => kind === 'placement' && of.is === 'you-said-we-did';
const ofThePlaced = (agreement: Agreement, of: PublicationOf, by: 'plan-publication' | 'publish') =>
  isOfThePlaced(agreement, of) && refusal('publication.of-the-placed', 'What those said who are placed goes out nowhere: they are few.', publisher('what people said of the service, of the agreement they are placed under', by));

/** The time before an election that today falls in. */
const electionNow = ({ elections, today }: Context) => elections.find(({ begins, ends }) => begins <= today && today <= ends);
const beforeElection = ({ ends, title }: ElectionTime, by: 'publish' | 'lift-withholding') =>
  refusal('publication.before-election', 'Before an election nothing goes out but what the law asks for then.', { what: `after ${ends}, the last day of ${title}`, suppliedBy: 'time' }, publisher('duty: the law that asks for it now', by));

const plannedOf = ({ publications }: Agreement, id: string): Publication | undefined => publications.find(({ publication }) => publication === id);
const notPlanned = refusal('publication.unknown', 'What goes out, is withheld or is let go is planned.', publisher('publication', 'plan-publication'));

export const decide = {
  'plan-publication': ({ agreement }, { publication, of, releaseWhen }, { route }) =>
    unless(
      [
        agreement.publications.some((one) => one.publication === publication) && alreadySo('this publication is planned'),
        ofThePlaced(agreement, of, 'plan-publication'),
        of.is === 'release' && unknown(route, of.notice),
        releaseWhen.is === 'notice' && unknown(route, releaseWhen.notice),
        agreement.publications.some((one) => one.published === null && sameThing(one.of, of)) &&
          refusal('publication.planned-twice', 'A notice is told again once at a time.', publisher('the publication that is planned already', 'publish')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.publication-planned.v1', { publication, of, releaseWhen })],
    ),

  'withhold-publication': ({ agreement }, { publication, ground, reason }, { today }) => {
    const found = plannedOf(agreement, publication);
    return unless([found === undefined && notPlanned, found !== undefined && withheldNow(found) !== undefined && alreadySo('it is withheld')], () => [
      happened(agreement.id, 'concordat.agreement.publication-withheld.v1', { publication, ground, reason, on: today }),
    ]);
  },

  'lift-withholding': ({ agreement }, { publication, reason, duty }, context) => {
    const found = plannedOf(agreement, publication);
    const election = found?.published ? electionNow(context) : undefined;
    return unless(
      [
        found === undefined && notPlanned,
        found !== undefined && withheldNow(found) === undefined && alreadySo('it is not withheld'),
        election !== undefined && duty === undefined && beforeElection(election, 'lift-withholding'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.withholding-lifted.v1', { publication, reason, on: context.today, ...(election !== undefined && { duty, election: election.title }) })],
    );
  },

  publish: ({ agreement }, { publication, duty = null }, context) => {
    const found = plannedOf(agreement, publication);
    if (found === undefined) return refuse(notPlanned);
    const { of, published } = found;
    const withheld = withheldNow(found);
    const waits = embargoWaitsFor(agreement, found, context);
    const official = of.is === 'release' ? officialNotice(agreement, of.notice) : undefined;
    const election = electionNow(context);
    return unless(
      [
        published !== null && alreadySo('it is published'),
        ofThePlaced(agreement, of, 'publish'),
        withheld !== undefined && refusal('publication.withheld', 'What is withheld goes out once that is lifted.', publisher(`${withheld.ground}: ${withheld.reason}`, 'lift-withholding')),
        waits.length > 0 && refusal('publication.embargoed', 'It goes out once what it waits for has come.', ...waits),
        of.is === 'release' && official === undefined && refusal('publication.notice-first', 'Data goes out after the official notice it tells of, under its number, and not before.', recordNotice(of.notice)),
        of.is === 'you-said-we-did' && agreement.contributions.themes.every(({ response }) => response === null) &&
          refusal('publication.nothing-answered', 'What people said and what was done is told once something is answered.', { what: 'an answer', suppliedBy: 'commissioner', by: 'answer-theme' }),
        election !== undefined && duty === null && beforeElection(election, 'publish'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.published.v1', { publication, on: context.today, number: official?.reference ?? null, duty: election === undefined ? null : duty, election: election?.title ?? null })],
    );
  },
} satisfies { [C in keyof PublicationCommands]: Decide<C> };

const change = (agreement: Agreement, publication: string, changes: (one: Publication) => Partial<Publication>): Agreement => agreementWith(agreement, {
  publications: agreement.publications.map((one) => (one.publication === publication ? { ...one, ...changes(one) } : one)),
});

export const evolve = {
  'concordat.agreement.publication-planned.v1': (agreement, { data }) => agreementWith(agreement, { publications: [...agreement.publications, { ...data, withheld: [], published: null }] }),
  'concordat.agreement.publication-withheld.v1': (agreement, { data: { publication, ...withheld } }) => change(agreement, publication, (one) => ({ withheld: [...one.withheld, { ...withheld, lifted: null }] })),
  'concordat.agreement.withholding-lifted.v1': (agreement, { data: { publication, ...lifted } }) =>
    change(agreement, publication, ({ withheld }) => ({ withheld: withheld.map((one) => (one.lifted === null ? { ...one, lifted } : one)) })),
  'concordat.agreement.published.v1': (agreement, { data: { publication, ...published }, recordedAt, version }) => change(agreement, publication, () => ({ published: { ...published, at: recordedAt, version } })),
} satisfies { [T in keyof PublicationEvents]: Evolve<T> };
