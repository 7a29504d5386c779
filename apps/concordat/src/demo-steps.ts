import type { Role } from '@concordat/access/core';
import { versionOfDecision, versionOfVariation } from '@concordat/agreement';
import { everythingSaid } from '@concordat/agreement/core';
import type { Discipline, SubType } from '@concordat/pathway/core';
import type { Step, Teller } from './teller.js';

// Steps that several of the demo's stories have in common.

export const pounds = (amount: string) => ({ amount, currency: 'GBP' });
export const score = (likelihood: number, impact: number) => ({ likelihood, impact });
export const documentCalled = (title: string) => ({ reference: `DMS/${title.toLowerCase().replaceAll(' ', '-')}`, title });
/** Somebody who takes part in an agreement's activities, by their number. */
export const participant = ({ id }: Pick<Teller, 'id'>, at: number): string => id(`participant ${at}`);

export async function facts(teller: Teller, amended: Extract<Step, { name: 'amend-facts' }>['facts']): Promise<void> {
  await teller.did('commissioner', { name: 'amend-facts', facts: amended });
}

// What does not rest on one another is sent side by side: the journal commits it in one round trip.

/** Each of these says that they have no interest, but for whoever said what they have. */
export async function noConflict(teller: Teller, ...called: readonly string[]): Promise<void> {
  const { conflicts } = await teller.seen();
  const silent = called.filter((who) => !conflicts.some(({ person }) => person === teller.person(who)));
  await Promise.all(silent.map((who) => teller.did(who, { name: 'declare-no-conflict', person: teller.person(who), role: who.split(':')[0] as Role })));
}

interface Wish {
  readonly kind: 'approval' | 'acceptance';
  readonly discipline: Discipline;
  readonly by: string;
}
export const approval = (discipline: Discipline): Wish => ({ kind: 'approval', discipline, by: `approver:${discipline}` });

/** Each of these is asked for and granted without a condition. */
export async function signedOff(teller: Teller, ...wishes: readonly Wish[]): Promise<void> {
  const { stage, signOffs } = await teller.seen();
  const asked = wishes.map((wish, at) => ({ ...wish, signOff: teller.id(`${wish.kind} ${wish.discipline} ${stage} ${signOffs.length + at}`) }));
  await Promise.all(asked.map(({ signOff, kind, discipline }) => teller.did('commissioner', { name: 'request-sign-off', signOff, kind, discipline })));
  const { content } = await teller.seen();
  await Promise.all(asked.map(({ signOff, discipline, by }) => teller.did(by, { name: 'sign-off', signOff, versionRead: content[discipline], outcome: { is: 'granted', conditions: [] } })));
}

/** A body decides today on what stands, to be in force from that day on. */
export async function decided(teller: Teller, how: Pick<Extract<Step, { name: 'record-decision' }>, 'key' | 'callIn' | 'inForceFrom'>, name = 'decision'): Promise<void> {
  await teller.did('decision-maker', {
    name: 'record-decision', decision: teller.id(name), decidedBy: { kind: 'body', body: 'Cabinet', noticeOn: teller.today(), minute: `${teller.today()}/7` }, scheme: 'Constitution 4.1',
    ...how, decidedOn: teller.today(), weighed: 'What people said, the price, and the risk of being alone at night.', versionRead: versionOfDecision(await teller.seen()),
  });
}

/** Whoever decides on a variation has read it as it stands. */
export async function decidedToVary(teller: Teller, decision: Omit<Extract<Step, { name: 'decide-variation' }>, 'name' | 'versionRead'>): Promise<void> {
  const agreement = await teller.seen();
  const variation = agreement.variations.find((one) => one.variation === decision.variation)!;
  await teller.did('decision-maker', { name: 'decide-variation', ...decision, versionRead: versionOfVariation(agreement, variation) });
}

/** Whoever provides accepts what was agreed to and offered. */
export async function acceptedToVary(teller: Teller, variation: string): Promise<void> {
  const offered = (await teller.seen()).variations.find((one) => one.variation === variation)?.offer ?? null;
  await teller.did('provider-signatory', { name: 'accept-variation', variation, versionRead: offered?.version ?? '' });
}

/** Those who use the service are asked about what they carry of its risks, and somebody who speaks for them writes down what they say. */
export async function saidByUsers(teller: Teller, name: string, view: 'content' | 'content-if' | 'object', words: string): Promise<string> {
  const statement = teller.id(name);
  await teller.did('risk-owner', { name: 'seek-statement', statement, group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true });
  await teller.did('representative', { name: 'record-statement', statement, view, spokenBy: participant(teller, 0), words });
  return statement;
}

const partsOf: Readonly<Record<string, readonly SubType[]>> = { needs: ['co-planning'], priorities: ['co-prioritisation'] };

/** Five people of a group meet, and the first of them says something that waits for an answer. */
export async function meet(teller: Teller, stage: string, { mode, group, does, text }: { readonly mode: 'co-commissioning' | 'co-design'; readonly group: string; readonly does: 0 | 1 | 2; readonly text: string }): Promise<void> {
  const activity = teller.id(`activity ${stage}`);
  await teller.did('commissioner', {
    name: 'plan-involvement', stage, mode, subTypes: [...(partsOf[stage] ?? [])], say: 3, do: does, groups: [group], method: 'Evenings at the hall', people: 5,
    resources: { is: 'budget', amount: pounds('500.00') }, accessCosts: { is: 'budget', amount: pounds('80.00') },
  });
  await teller.did('facilitator', { name: 'plan-activity', activity, stage, title: `An evening on ${stage}`, groups: [group], right: 'advise', ledBy: 'together', closesOn: teller.today() });
  await teller.did('facilitator', { name: 'record-attendance', activity, participants: [0, 1, 2, 3, 4].map((at) => participant(teller, at)), on: teller.today() });
  await teller.did('representative', { name: 'record-contribution', contribution: teller.id(`contribution ${stage}`), activity, author: participant(teller, 0), text, givenOn: teller.today() });
}

/** What was said in a stage, put into a theme of its own that nobody answered yet. */
export async function theme(teller: Teller, stage: string, title: string): Promise<string> {
  const id = teller.id(`theme ${stage}`);
  await teller.did('facilitator', { name: 'create-theme', theme: id, title });
  await teller.did('facilitator', { name: 'put-in-theme', theme: id, contributions: [teller.id(`contribution ${stage}`)] });
  return id;
}

/** What came of what people said in each stage. */
const answers: Readonly<Record<string, { readonly reasons: string; readonly changed: string }>> = {
  needs: { reasons: 'A week is long enough for everything to go wrong.', changed: 'The specification asks for a first visit within two days, on page 3.' },
  priorities: { reasons: 'Two in three who wrote to us wrote on a Monday about the weekend.', changed: 'Weekends stand first among the priorities.' },
  design: { reasons: 'It is what people ask for before anything else, and it costs nothing.', changed: 'The specification names two people for everybody, on page 5.' },
  sourcing: { reasons: 'Nobody had asked it of a provider yet.', changed: 'It is the third question that providers answer, with fifteen points in a hundred.' },
};

/** The same, answered, and the answer read by a second person where it was drawn. */
export async function answer(teller: Teller, stage: string, title: string): Promise<void> {
  await teller.did('commissioner', { name: 'answer-theme', theme: await theme(teller, stage, title), response: { outcome: 'adopted', ...answers[stage]!, links: [{ to: 'document', which: 'DMS/specification' }] } });
  // Which answers are drawn for a second look follows from ids, which differ from one installation to the next.
  for (const { id, checked } of everythingSaid(await teller.seen())) {
    if (checked === 'due') await teller.did('facilitator', { name: 'check-answer', contribution: id, finding: 'fits' });
  }
}
