import { addDays } from '@concordat/platform/core';
import { keepDelivery } from './demo-delivery.js';
import { keepRisks } from './demo-risk.js';
import { answer, approval, decided, documentCalled, facts, meet as met, noConflict, participant, pounds, saidByUsers, score, signedOff, theme } from './demo-steps.js';
import type { Teller } from './teller.js';

/** A contract notice that the public record holds; `demo-notices.json` has the few fields a demo needs. */
export interface DemoNotice {
  readonly ocid: string;
  readonly source: string;
  readonly title: string;
  readonly value: string;
  readonly cpv: string;
  readonly period?: { readonly startsOn: string; readonly endsOn: string };
}

/** How a story ends: the stage its agreement stands in, and what is left open there. */
export interface Plot {
  readonly notice: DemoNotice;
  readonly group: string;
  /** The stage it reaches and waits in; `closed` for one that went all the way. */
  readonly reaches: string;
  readonly begins: number;
  /** How much people were to do themselves by the plan. They do nothing yet. */
  readonly plannedDo?: 1 | 2;
  /** What it is about, where people are asked about the same elsewhere. */
  readonly theme?: string;
  /** The notice of an agreement of the same theme, whose people's work is carried over instead of asking them again. */
  readonly carriesOver?: string;
  /** What else happens in a stage, once all that every story has there is told. */
  readonly besides?: Readonly<Record<string, (teller: Teller) => Promise<void>>>;
  /** How its award is proposed, decided and accepted, where that is not to one provider and on one day. */
  readonly awards?: { readonly propose?: (teller: Teller) => Promise<void>; readonly decide: (teller: Teller) => Promise<void> };
  /** What is special about it. */
  readonly twist?: 'objection-answered' | 'objection-open' | 'sign-off-stale' | 'theme-unanswered' | 'award-undecided' | 'answer-rated-low' | 'promises' | 'two-figures';
}

const stagesThatMatter = ['needs', 'design', 'sourcing'];

/**
 * Walks one agreement from its case for change to where its plot leaves it.
 * @param opens the day on which it was opened, on the versions in use then. Where that is before its story begins, others are in use since.
 */
export async function tell(plot: Plot, opens: number, teller: Teller): Promise<void> {
  const { notice, reaches, begins } = plot;
  await teller.on(opens);
  await teller.did('commissioner', {
    name: 'open-agreement', title: notice.title, kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' },
    value: pounds(notice.value), raises: [],
  });
  await teller.on(begins);
  if (opens < begins) await teller.did('commissioner', { name: 'choose-route', route: { id: 'pa2023-light-touch' }, why: 'The version of the route that is in use since it was opened' });
  const known = { reference: notice.ocid, ...(notice.period !== undefined && { 'contract-period': notice.period }) };
  await facts(teller, known);
  for (const [stage, chapter] of Object.entries(chapters)) {
    const last = stage === reaches;
    // Where it waits nothing is done, unless there is something special to see in that stage.
    if (!last || plot.twist !== undefined) {
      await teller.later(5);
      await chapter({ plot, teller, stage, last });
    }
    if (last && opens < begins) await migrated(teller);
    await plot.besides?.[stage]?.(teller);
    if (last) return;
    await teller.did('commissioner', { name: 'request-gate', stage });
  }
}

/** It began when version 1 was in use; an administrator moved it to the next. */
async function migrated(teller: Teller): Promise<void> {
  await teller.did('administrator', { name: 'migrate-pathway', pathway: { id: 'standard', version: 2 } });
}

interface Chapter {
  readonly plot: Plot;
  readonly teller: Teller;
  readonly stage: string;
  /** It ends in this stage, with what its twist leaves open. */
  readonly last: boolean;
}

const chapters: Readonly<Record<string, (chapter: Chapter) => Promise<void>>> = { mandate, needs, priorities, design, route, sourcing, award, mobilisation, delivery, review, close };

async function mandate({ plot, teller }: Chapter): Promise<void> {
  await facts(teller, {
    sponsor: teller.person('approver:sponsor'),
    lead: teller.person('contract-manager'),
    place: 'The whole area',
    ...(plot.theme !== undefined && { theme: plot.theme }),
    'people-concerned': 120,
    'affected-groups': [plot.group],
    'not-in-the-room': ['people without a phone'],
    description: `Taken from the public notice ${plot.notice.ocid}.`,
  });
  await noConflict(teller, 'commissioner', 'senior-responsible-owner', 'decision-maker', 'contract-manager', 'approver:sponsor');
  await signedOff(teller, approval('sponsor'));
}

async function needs({ plot, teller, last }: Chapter): Promise<void> {
  await teller.did('facilitator', { name: 'record-what-people-do', activity: teller.id('people already'), group: plot.group, does: 'Neighbours look in and bring meals.', people: 12, hoursAWeek: 30, dependsOnIt: 'Evenings and weekends.', needs: 'Somebody to ring.', onRecord: 'public' });
  await facts(teller, { 'safeguarding-screen': documentCalled('Safeguarding screen') });
  await signedOff(teller, approval('safeguarding'));
  await meet(plot, teller, 'needs', 'co-commissioning', 'Nobody should wait a week for a first visit.');
  await teller.did('facilitator', { name: 'record-stages-that-matter', group: plot.group, stages: [...stagesThatMatter], source: 'Asked at the first meeting', activity: teller.id('activity needs') });
  await answer(teller, 'needs', 'Waiting for a first visit');
  if (last && plot.twist === 'answer-rated-low') await ratedLow(teller);
}

async function priorities({ plot, teller, last }: Chapter): Promise<void> {
  await meet(plot, teller, 'priorities', 'co-commissioning', 'Weekends before anything else.');
  await facts(teller, { 'financial-envelope': documentCalled('Financial envelope'), eqia: documentCalled('Equality impact assessment'), 'service-may-change': 'no' });
  await signedOff(teller, approval('finance'));
  // A theme that stands there without an answer: the gate names it.
  if (last && plot.twist === 'theme-unanswered') await theme(teller, 'priorities', 'Weekends');
  else await answer(teller, 'priorities', 'Weekends');
}

async function design({ plot, teller, last }: Chapter): Promise<void> {
  const { twist } = plot;
  await facts(teller, { specification: documentCalled('Specification'), 'health-service': 'no', dpia: documentCalled('Data protection impact assessment'), controller: teller.person('senior-responsible-owner') });
  await meet(plot, teller, 'design', 'co-design', 'The same two faces each week, please.');
  await answer(teller, 'design', 'The same faces');
  const risk = teller.id('risk');
  const scores = { 'co-produced': score(2, 3), 'professional-only': score(3, 3), 'not-acting': score(4, 4) };
  await teller.did('risk-owner', {
    name: 'raise-risk', risk, title: 'Somebody is alone when help does not come', domain: 'safety', bearers: ['service-users'], owner: teller.person('risk-owner'), scores,
    levels: { inherent: score(4, 4), current: null, target: score(1, 3) },
  });
  const objects = twist === 'objection-answered' || twist === 'objection-open';
  const statement = await saidByUsers(teller, 'statement', objects ? 'object' : 'content', objects ? 'Nobody should be alone at night because a van is late.' : 'This is what we asked for.');
  if (twist === 'objection-answered') {
    await teller.did('decision-maker', { name: 'reply-to-objection', statement, reply: 'A second round is on call every night from the first day.', secondPerson: teller.person('panel-chair') });
    await teller.did('panel-chair', { name: 'second-reply', statement });
  }
  const accepted = { kind: 'acceptance', discipline: 'information-governance', by: 'senior-responsible-owner' } as const;
  await signedOff(teller, approval('safeguarding'), approval('equality'), approval('information-governance'), accepted);
  // What was approved rests on the specification, and that changes afterwards.
  if (last && twist === 'sign-off-stale') await facts(teller, { specification: documentCalled('Specification with evenings added') });
}

async function route({ plot, teller }: Chapter): Promise<void> {
  if (plot.twist === 'objection-answered') await keepRisks(teller, participant(teller, 0));
  await facts(teller, { 'conflicts-assessment': documentCalled('Conflicts assessment') });
  await teller.did('commissioner', {
    name: 'record-provider-engagement', engagement: teller.id('market'),
    outcome: { is: 'held', on: teller.today(), how: 'An afternoon to which every provider on the register was asked', providers: 6, said: 'Small ones need a year to find staff.', follows: 'The contract begins a year after its award.' },
  });
  await signedOff(teller, approval('legal-procurement'), approval('finance'));
  // Conflicts are assessed once everybody who acts here declared theirs.
  await noConflict(teller, ...['safeguarding', 'finance', 'equality', 'information-governance', 'legal-procurement'].map((discipline) => `approver:${discipline}`));
}

async function sourcing({ plot, teller, last }: Chapter): Promise<void> {
  await Promise.all([0, 1].map((at) => teller.did('commissioner', { name: 'invite-provider', provider: teller.provider(at) })));
  await meet(plot, teller, 'sourcing', 'co-commissioning', 'Ask them how they train people for nights.');
  await answer(teller, 'sourcing', 'Nights');
  await noConflict(teller, 'panel-chair');
  await facts(teller, { evaluation: documentCalled('Evaluation') });
  await signedOff(teller, approval('legal-procurement'));
  if (last && plot.twist === 'promises') await promises(teller);
}

async function award({ plot, teller, last }: Chapter): Promise<void> {
  const { propose = toTheFirst(plot), decide = decidedAtOnce(plot) } = plot.awards ?? {};
  await propose(teller);
  await teller.did('facilitator', { name: 'record-feedback', participants: [participant(teller, 0)], outcome: 'delivered' });
  if (last && plot.twist === 'award-undecided') return;
  await signedOff(teller, approval('finance'), approval('legal-procurement'));
  await decide(teller);
}

const toTheFirst = ({ notice }: Plot) => async (teller: Teller) => {
  await teller.did('commissioner', { name: 'propose-award', provider: teller.provider(0), value: pounds(notice.value) });
};

const decidedAtOnce = ({ notice }: Plot) => async (teller: Teller) => {
  await decided(teller, { key: { is: 'not-key' }, callIn: { is: 'not-open' }, inForceFrom: teller.today() });
  await teller.did('commissioner', { name: 'publish-award-notice', publishedOn: teller.today(), reference: `Demo notice for ${notice.ocid}` });
  await teller.did('provider-signatory', { name: 'accept-award', versionRead: (await teller.seen()).content.award });
};

async function mobilisation({ teller }: Chapter): Promise<void> {
  await facts(teller, { 'mobilisation-plan': documentCalled('Mobilisation plan') });
}
async function delivery({ plot, teller, last }: Chapter): Promise<void> {
  if (last && plot.twist === 'two-figures') return keepDelivery(teller, teller.id('activity needs'));
  await facts(teller, { 'delivery-report': documentCalled('Delivery report') });
}
async function review({ teller }: Chapter): Promise<void> {
  await facts(teller, { 'review-report': documentCalled('Review report') });
}
async function close({ teller }: Chapter): Promise<void> {
  await facts(teller, { 'closing-report': documentCalled('Closing report') });
}

/** The first answer satisfied nobody, and the second one, by someone else, is still to come. Somebody praised, too. */
async function ratedLow(teller: Teller): Promise<void> {
  const [activity, contribution] = [teller.id('activity needs'), teller.id('contribution needs')];
  await teller.did('representative', { name: 'rate-answer', answer: teller.id('theme needs'), participant: participant(teller, 0), rating: 1 });
  await teller.did('representative', { name: 'choose-who-sees', contribution, author: participant(teller, 0), seenBy: 'organisation' });
  await teller.did('representative', { name: 'record-whether-heard', activity, participant: participant(teller, 0), heard: 'no', askedBefore: true });
  await teller.did('representative', { name: 'record-whether-heard', activity, participant: participant(teller, 1), heard: 'yes', askedBefore: false });
  await teller.did('facilitator', { name: 'record-effort', activity, participant: participant(teller, 0), hours: 2, on: teller.today() });
  await teller.did('representative', { name: 'record-contribution', contribution: teller.id('praise'), activity, author: participant(teller, 1), text: 'The tea was good, and somebody listened.', givenOn: teller.today(), kind: 'compliment' });
  await teller.did('facilitator', { name: 'triage-contribution', contribution: teller.id('praise'), kind: 'compliment' });
}

/** One promise was kept and another is overdue; what was adopted before was undone, and its author knows. */
async function promises(teller: Teller): Promise<void> {
  const promise = (name: string, what: string, days: number) =>
    teller.did('commissioner', { name: 'make-commitment', commitment: teller.id(name), what, by: addDays(teller.today(), days) });
  await promise('kept', 'We will put a light over the door of the hall.', 5);
  await promise('overdue', 'We will write to everyone who came.', 7);
  await teller.did('commissioner', { name: 'keep-commitment', commitment: teller.id('kept'), how: 'It was put up on the same day.' });
  await teller.did('commissioner', { name: 'reverse-answer', theme: teller.id('theme needs'), reasons: 'The hospital took its nurse back.' });
  await teller.did('facilitator', { name: 'tell-of-reversal', theme: teller.id('theme needs'), participants: [participant(teller, 0)], outcome: 'delivered' });
  // One person said it, and lets everybody see it: only so is it told in public.
  await teller.did('representative', { name: 'choose-who-sees', contribution: teller.id('contribution needs'), author: participant(teller, 0), seenBy: 'public' });
  const publication = teller.id('you said');
  await teller.did('publisher', { name: 'plan-publication', publication, of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: teller.today() } });
  await teller.did('publisher', { name: 'publish', publication });
  // What is told of the next months waits for a publisher from its day on.
  await teller.did('publisher', { name: 'plan-publication', publication: teller.id('you said next'), of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: addDays(teller.today(), 1) } });
}

async function meet({ group, plannedDo }: Plot, teller: Teller, stage: string, mode: 'co-commissioning' | 'co-design', text: string): Promise<void> {
  await met(teller, stage, { mode, group, does: plannedDo ?? 0, text });
}
