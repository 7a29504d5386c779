import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FixedClock, newId } from '@concordat/platform';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// Rows of the table of claims (Bovaird & Loeffler 2012): each with how one sees that it holds, over the API.

const on = '2026-06-01';
const group = 'older people who live alone';
const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const plan = {
  stage: 'mandate', mode: 'co-commissioning', subTypes: ['co-planning'], say: 4, do: 0, groups: [group], method: 'Evenings at the hall', people: 5,
  resources: { is: 'budget', amount: gbp('400.00') }, accessCosts: { is: 'budget', amount: gbp('60.00') },
};

interface Shown {
  readonly reach: { readonly affected: string[]; readonly heard: string[]; readonly notHeard: string[]; readonly people: number };
  readonly stages: { readonly stage: string; readonly achieved: { readonly say: number; readonly do: number; readonly missing: { readonly what: string }[] } }[];
}
interface SeenOutside {
  readonly whatPeopleDo: { readonly group: string }[];
  readonly stages: { readonly stage: string; readonly people: { readonly parts: { readonly people: number | null }[]; readonly total: number | null } }[];
}

let here: TestInstallation;
let club: Journey;
const activity = newId();
const residents = Array.from({ length: 3 }, newId);
beforeAll(async () => {
  here = await openInstallation({ clock: new FixedClock(`${on}T10:00:00Z`) });
  club = await Journey.opened(here, { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value: gbp('9000.00') });
  await club.facts({ 'affected-groups': [group, 'family carers'], 'people-concerned': 12 });
}, 60_000);
afterAll(() => here.close());

const involvement = async (role = 'commissioner') => (await here.as(role).get<Shown>(`/api/v1/agreements/${club.id}/involvement`)).body;

describe('co-production is not resource-free', () => {
  test('Say 3 or more planned with neither a budget nor the group’s own word is refused', async () => {
    expect(await club.refused('commissioner', 'plan-involvement', { ...plan, resources: { is: 'not-yet' } })).toEqual({
      'involvement.not-resourced': ['a budget', 'the group’s own "we need nothing because…"'],
    });
    expect(await club.refused('commissioner', 'plan-involvement', { ...plan, subTypes: ['co-managing'] })).toEqual({ 'involvement.part-of-another-mode': ['co-managing'] });
    await club.did('commissioner', 'plan-involvement', plan);
  });

  test('payment is offered only after benefits advice, and what people make of it is their own word', async () => {
    const [offer, participant] = [newId(), residents[0]];
    await club.did('facilitator', 'plan-activity', { activity, stage: 'mandate', title: 'An evening', groups: [group], right: 'decide-jointly', ledBy: 'together', closesOn: on });
    await club.did('facilitator', 'record-attendance', { activity, participants: residents, on });
    const offering = { offer, activity, participant, amount: gbp('20.00') };
    expect(Object.keys(await club.refused('facilitator', 'offer-payment', offering))).toEqual(['payment.before-benefits-advice']);
    await club.did('facilitator', 'record-benefits-advice', { participant, on, source: 'Citizens Advice', taken: true });
    await club.did('facilitator', 'offer-payment', offering);
    await club.did('facilitator', 'answer-payment-offer', { offer, participant, answer: { is: 'accepted' } });
    await club.did('representative', 'answer-payment-offer', { offer, participant, answer: { is: 'to-a-charity', charity: 'The food bank' } });
    expect(Object.keys(await club.refused('facilitator', 'answer-payment-offer', { offer, participant, answer: { is: 'declined' } }))).toEqual(['payment.not-their-word']);
  });

  test('which charity somebody gives it to is read by whoever looks after involvement, and by nobody else', async () => {
    const [{ id: offer } = { id: '' }] = (await here.as('auditor').get<{ payments: { id: string }[] }>(`/api/v1/agreements/${club.id}`)).body.payments;
    const readBy = async (role: string) => {
      const visitor = new Visitor(here.origin);
      await visitor.signIn(here, role);
      const words = succeeded('words', await here.as(role).get<{ items: object[] }>(`/api/v1/agreements/${club.id}/words`)).body.items;
      return [words, /Gives it to [\w ]+/.exec((await visitor.get(`/agreements/${club.id}/involvement`)).html)?.[0]];
    };
    const of = 'payment-to-a-charity';
    expect(await readBy('facilitator')).toEqual([[{ of, about: offer, text: 'The food bank' }], 'Gives it to The food bank']);
    for (const role of ['elected-member', 'auditor']) expect([role, ...(await readBy(role))]).toEqual([role, [{ of, about: offer, text: null }], 'Gives it to a charity']);
    for (const role of ['facilitator', 'elected-member', 'auditor']) {
      const visitor = new Visitor(here.origin);
      await visitor.signIn(here, role);
      const read = [await here.as(role).get(`/api/v1/agreements/${club.id}`), await here.as(role).get(`/api/v1/agreements/${club.id}/history`), await visitor.get(`/agreements/${club.id}/history`)];
      expect([role, read.map(({ status }) => status), JSON.stringify(read).includes('The food bank')]).toEqual([role, [200, 200, 200], false]);
    }
  });
});

describe('always important, rarely noticed', () => {
  test('an agreement that rests on carers names them', async () => {
    const rides = { activity: newId(), group: 'family carers', does: 'They drive people there.', people: 4, hoursAWeek: 9, dependsOnIt: 'Nobody could come.', needs: '', onRecord: 'public' } as const;
    // Of so few, that everybody may see it is their own word.
    expect(Object.keys(await club.refused('facilitator', 'record-what-people-do', rides))).toEqual(['existing-activity.not-their-word']);
    await club.did('representative', 'record-what-people-do', rides);
    const { body } = await here.as('commissioner').get<{ activitiesOfPeople: { group: string }[] }>(`/api/v1/agreements/${club.id}`);
    expect(body.activitiesOfPeople).toMatchObject([{ group: 'family carers', people: 4 }]);
  });

  test('a stage planned at Say 4 without a joint decision shows 3 at most, and what is missing', async () => {
    const contribution = newId();
    const theme = newId();
    await club.did('facilitator', 'record-contribution', { contribution, activity, author: residents[0], text: 'Sundays are the loneliest.', givenOn: on });
    await club.did('facilitator', 'create-theme', { theme, title: 'Sundays' });
    await club.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
    await club.did('commissioner', 'answer-theme', { theme, response: { outcome: 'adopted', reasons: 'The hall is free.', changed: 'Lunch is on Sundays.' } });
    const { stages, reach } = await involvement();
    const mandate = stages.find(({ stage }) => stage === 'mandate');
    expect(mandate?.achieved.say).toBe(3);
    expect(mandate?.achieved.missing.map(({ what }) => what)).toContain('Say 4 (shared decisions): a decision made with the people who took part');
    expect(reach).toEqual({ affected: [group, 'family carers'], heard: [group], notHeard: ['family carers'], people: 3, alsoElsewhere: 0 });
  });
});

describe('a relatively narrow range that genuinely matters to them', () => {
  test('inviting beside what someone wants to be asked about is refused, and beyond their budget too, whichever agreement used it up', async () => {
    const participant = residents[1];
    const invite = { invitation: newId(), activity: newId(), participant, answerBy: on };
    await club.did('facilitator', 'plan-activity', { activity: invite.activity, stage: 'mandate', title: 'A second evening', groups: [group], right: 'consult', ledBy: 'staff', closesOn: on });
    await club.did('facilitator', 'choose-interests', { participant, themes: [], modes: ['co-delivery'] });
    expect(Object.keys(await club.refused('facilitator', 'invite-participant', invite))).toEqual(['invitation.beside-interests']);
    await club.did('representative', 'choose-interests', { participant, themes: [], modes: [] });
    await club.did('facilitator', 'choose-ask-budget', { participant, asksPerYear: 1 });
    await club.did('facilitator', 'invite-participant', invite);
    const outing = await Journey.opened(here, { title: 'Outings', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value: gbp('900.00') });
    const bus = newId();
    await outing.did('facilitator', 'plan-activity', { activity: bus, stage: 'mandate', title: 'On the bus', groups: [group], right: 'consult', ledBy: 'staff', closesOn: on });
    const again = { ...invite, invitation: newId(), activity: bus };
    expect(Object.keys(await outing.refused('facilitator', 'invite-participant', again))).toEqual(['ask-budget.exceeded']);
    await club.did('participant', 'decline-invitation', { invitation: invite.invitation, participant });
    expect(Object.keys(await outing.refused('facilitator', 'invite-participant', again))).toEqual(['ask-budget.exceeded']);
    await club.did('facilitator', 'record-proxy-entry', { entry: invite.invitation, onBehalfOf: participant, confirmed: 'read-back', on });
    await outing.did('facilitator', 'invite-participant', again);
    // Whoever may ask them reads on either page how often they were and may be, and nobody else does.
    const asksOn = async (role: string, journey: Journey) => {
      const visitor = new Visitor(here.origin);
      await visitor.signIn(here, role);
      const page = await visitor.get(`/agreements/${journey.id}/involvement`);
      const text = page.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
      const row = text.split('How often people may be asked, and how often they were')[1]?.match(new RegExp(`Person ${participant!.slice(-4)} (.*?) (?:Person|Information)`))?.[1];
      return [faultsOf(page), row];
    };
    for (const journey of [club, outing]) expect(await asksOn('facilitator', journey)).toEqual([[], expect.stringMatching(/^1 of 1 ask in twelve months One more fits on \d+ \w+ 20\d\d$/)]);
    expect(await asksOn('auditor', club)).toEqual([[], undefined]);
    // Whoever only came to the one is known in the other, and nobody else is.
    const [came, stranger] = [residents[2], newId()];
    expect(Object.keys(await outing.refused('facilitator', 'choose-ask-budget', { participant: stranger, asksPerYear: 0 }))).toEqual(['participant.unknown']);
    await outing.did('facilitator', 'choose-ask-budget', { participant: came, asksPerYear: 0 });
    expect(Object.keys(await club.refused('facilitator', 'invite-participant', { ...invite, invitation: newId(), participant: came }))).toEqual(['ask-budget.exceeded']);
  });

  /** A contract before the gate of its needs, where the stage matters to the group and involvement is planned. */
  const beforeNeeds = async (reference: string, facts: object = {}): Promise<Journey> => {
    const care = await Journey.takenOver(here, {
      title: 'Home care', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: gbp('90000.00'), stage: 'needs', from: { source: 'Contract register', reference }, facts,
    });
    await care.facts({ 'affected-groups': [group], 'people-concerned': 12 });
    await care.did('facilitator', 'record-stages-that-matter', { group, stages: ['needs'], source: 'Asked at the hall' });
    await care.did('commissioner', 'plan-involvement', { ...plan, stage: 'needs', people: 2 });
    return care;
  };
  const reachedIn = async (care: Journey) => {
    const { body } = await here.as('commissioner').get<Shown>(`/api/v1/agreements/${care.id}/involvement`);
    return body.stages.find(({ stage }) => stage === 'needs')?.achieved;
  };
  const shutFor = async (care: Journey) => Object.keys(await care.gateRefused()).filter((code) => /achieved|people/.test(code));

  test('a number of votes that somebody types is no consultation: those who took part are on record first', async () => {
    const care = await beforeNeeds('CR-4');
    const [poll, vote] = [newId(), newId()];
    await care.did('facilitator', 'plan-activity', { activity: poll, stage: 'needs', title: 'A show of hands', groups: [group], right: 'consult', ledBy: 'staff', closesOn: on });
    const cast = { activity: poll, vote, question: 'Evenings?', options: [{ option: 'Yes', votes: 1 }, { option: 'No', votes: 0 }], on };
    expect(await care.refused('facilitator', 'record-vote', cast)).toEqual({ 'activity.nobody-took-part': ['who took part'] });
    expect(await reachedIn(care)).toMatchObject({ say: 0 });
    await care.did('facilitator', 'record-attendance', { activity: poll, participants: residents, on });
    await care.did('facilitator', 'record-vote', cast);
    expect(await reachedIn(care)).toMatchObject({ say: 2 });
  });

  test('nobody takes back alone what a group wanted, nor says alone that nothing matters to it', async () => {
    const care = await beforeNeeds('CR-3');
    const evening = newId();
    await care.did('facilitator', 'plan-activity', { activity: evening, stage: 'needs', title: 'An evening at the hall', groups: [group], right: 'consult', ledBy: 'together', closesOn: on });
    await care.did('facilitator', 'record-attendance', { activity: evening, participants: residents, on });
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'facilitator');
    const shown = async () => (await visitor.get(`/agreements/${care.id}/involvement`)).html.includes('is said by one person so far: it counts once a second one says the same');
    const says = (stages: readonly string[]) => ({ group, stages, source: 'They said so that evening', activity: evening });
    await care.did('facilitator', 'record-stages-that-matter', says(['needs', 'priorities', 'delivery']));
    await care.did('facilitator', 'record-stages-that-matter', says(['needs']));
    expect(await shown()).toBe(true);
    expect(await care.refused('facilitator', 'record-stages-that-matter', says(['needs']))).toEqual({ 'second.same-person': ['someone other than the one who said so'] });
    await care.did('panel-chair', 'record-stages-that-matter', says(['needs']));
    expect(Object.keys(await care.refused('panel-chair', 'record-stages-that-matter', says(['needs'])))).toEqual(['already-so']);
    expect(await shown()).toBe(false);
  });

  test('an offer that is declined opens the gate at what was reached', async () => {
    const care = await beforeNeeds('CR-1');
    const evening = newId();
    await care.did('facilitator', 'plan-activity', { activity: evening, stage: 'needs', title: 'Evenings at the hall', groups: [group], right: 'decide-jointly', ledBy: 'together', closesOn: on });
    // As many as are needed: five, for half of the twelve concerned would be more.
    const asked = Array.from({ length: 5 }, () => ({ invitation: newId(), participant: newId() }));
    for (const one of asked) await care.did('facilitator', 'invite-participant', { ...one, activity: evening, answerBy: on });
    expect(await shutFor(care)).toEqual(['involvement.achieved', 'involvement.people']);
    for (const one of asked) await care.did('participant', 'decline-invitation', one);
    expect(await shutFor(care)).toEqual(['involvement.achieved', 'involvement.people']);
    for (const { invitation, participant } of asked) await care.did('facilitator', 'record-proxy-entry', { entry: invitation, onBehalfOf: participant, confirmed: 'signed', on });
    expect(await shutFor(care)).toEqual([]);
    expect(await reachedIn(care)).toMatchObject({ say: 0, do: 0 });
  });

  test('and where nothing else is missing the agreement goes on, at what was reached', async () => {
    const quiet = await Journey.opened(here, { title: 'Supper club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value: gbp('900.00') });
    await quiet.facts({ 'affected-groups': [group], 'people-concerned': 12, description: 'A weekly supper', 'safeguarding-screen': documentCalled('Screen') });
    await quiet.declaredNoConflict('commissioner');
    for (const stage of ['offer', 'panel']) expect(await quiet.throughGate()).toBe(stage);
    const evening = newId();
    await quiet.did('commissioner', 'plan-involvement', { ...plan, stage: 'panel', people: 3 });
    await quiet.did('facilitator', 'plan-activity', { activity: evening, stage: 'panel', title: 'A panel', groups: [group], right: 'decide-jointly', ledBy: 'together', closesOn: on });
    const asked = Array.from({ length: 3 }, () => ({ invitation: newId(), participant: newId() }));
    for (const one of asked) await quiet.did('facilitator', 'invite-participant', { ...one, activity: evening, answerBy: on });
    expect(Object.keys(await quiet.gateRefused())).toEqual(['involvement.achieved', 'involvement.people']);
    for (const one of asked) await quiet.did('representative', 'decline-invitation', one);
    expect(await quiet.throughGate()).toBe('award');
    const { body } = await here.as('commissioner').get<Shown>(`/api/v1/agreements/${quiet.id}/involvement`);
    expect(body.stages.find(({ stage }) => stage === 'panel')?.achieved).toMatchObject({ say: 0, do: 0 });
  });

  test('that nobody of a group wished to is evidence as well, where enough was offered', async () => {
    const care = await beforeNeeds('CR-2');
    const wished = { stage: 'needs', group, source: 'Asked at the hall, twice' };
    await care.did('facilitator', 'record-nobody-wished', { ...wished, offered: 'inform' });
    expect(await shutFor(care)).toEqual(['involvement.achieved', 'involvement.people']);
    const hall = newId();
    await care.did('facilitator', 'plan-activity', { activity: hall, stage: 'needs', title: 'Coffee at the hall', groups: [group], right: 'inform', ledBy: 'staff', closesOn: on });
    await care.did('facilitator', 'record-attendance', { activity: hall, participants: [newId()], on });
    expect(await shutFor(care)).toEqual(['involvement.achieved', 'involvement.people']);
    await care.did('facilitator', 'record-nobody-wished', { ...wished, offered: 'decide-jointly' });
    expect(await shutFor(care)).toEqual(['involvement.achieved', 'involvement.people']);
    expect(Object.keys(await care.refused('facilitator', 'record-nobody-wished', { ...wished, offered: 'decide-jointly' }))).toEqual(['second.same-person']);
    await care.did('commissioner', 'record-nobody-wished', { ...wished, offered: 'decide-jointly' });
    expect(await shutFor(care)).toEqual([]);
    expect(await reachedIn(care)).toMatchObject({ do: 0 });
  });

  test('what people gave about the same place and theme is carried over once a representative confirms it, and nobody is asked again', async () => {
    await club.facts({ place: 'Leith', theme: 'Meals' });
    const care = await beforeNeeds('CR-3', { place: 'leith', theme: 'home care' });
    const carrying = { carried: newId(), from: club.id, fromStage: 'mandate', stage: 'needs', why: 'They told us in the spring.' };
    expect(await care.refused('facilitator', 'carry-over', carrying)).toEqual({ 'carry-over.elsewhere': ['the same theme'] });
    await care.facts({ theme: 'meals' });
    expect(await care.refused('facilitator', 'carry-over', { ...carrying, fromStage: 'offer' })).toHaveProperty(['carry-over.nothing-there']);
    await care.did('facilitator', 'carry-over', carrying);
    expect(await shutFor(care)).toEqual(['involvement.achieved', 'involvement.people']);
    expect(Object.keys(await care.refused('facilitator', 'answer-carry-over', { carried: carrying.carried, answer: 'confirmed' }))).toEqual(['right.missing']);
    await care.did('representative', 'answer-carry-over', { carried: carrying.carried, answer: 'confirmed' });
    expect(await shutFor(care)).toEqual([]);
  });

  test('what people gave more than 24 months ago is carried over no more: they are asked anew', async () => {
    const facts = { place: 'Leith', theme: 'Meals' };
    const [care, earlier] = [await beforeNeeds('CR-4', facts), await beforeNeeds('CR-5', facts)];
    const came = async (day: string) => {
      const morning = newId();
      await earlier.did('facilitator', 'plan-activity', { activity: morning, stage: 'needs', title: `A morning on ${day}`, groups: [group], right: 'consult', ledBy: 'staff', closesOn: on });
      await earlier.did('facilitator', 'record-attendance', { activity: morning, participants: residents, on: day });
    };
    const carrying = { carried: newId(), from: earlier.id, fromStage: 'needs', stage: 'needs', why: 'They told us two years ago.' };
    await came('2024-05-31');
    expect(await care.refused('facilitator', 'carry-over', carrying)).toEqual({ 'carry-over.too-old': ['people asked anew'] });
    await came('2024-06-01');
    await care.did('facilitator', 'carry-over', carrying);
    const { body } = await here.as('commissioner').get<{ carriedOver: object[] }>(`/api/v1/agreements/${care.id}`);
    expect(body.carriedOver).toMatchObject([{ heldOn: '2024-06-01', people: residents.length }]);
  });
});

test('a party sees nothing of fewer than five people, and what people do as far as they wish it known', async () => {
  const { body: signatory } = await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me');
  await club.facts({ description: 'A weekly lunch' });
  await club.declaredNoConflict('commissioner');
  await club.throughGate();
  await club.did('commissioner', 'invite-provider', { provider: signatory.roles[0]?.provider });
  const seen = (await here.as('provider-signatory').get<SeenOutside>(`/api/v1/agreements/${club.id}/involvement`)).body;
  expect(seen.stages).toEqual([{ stage: 'mandate', people: { parts: [{ name: 'others', people: null, agreed: false }], total: null } }]);
  expect(seen.whatPeopleDo).toMatchObject([{ group: 'family carers', people: null }]);
  expect(JSON.stringify(seen)).not.toContain(residents[0]);
});
