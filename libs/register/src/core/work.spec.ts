import { initialPerson, type Person } from '@concordat/access/core';
import { describe, expect, test } from '@jest/globals';
import { type Agreement, initialAgreement, type Publication, shippedRiskSettings, type Waiver } from '@concordat/agreement/core';
import { answeringIn, isOver, type Ruled, whoseStill, type Work, workBegins, workIn } from './index.js';

const open: Agreement = { ...initialAgreement, id: 'a', lifecycle: 'open', stage: 'design' };
const theme = {
  id: 'travel', title: 'Travel', contributions: ['c'], response: null, answeredBy: null, answeredOn: null, pointsTo: [], ratings: [], reopenedOn: null, reopenedForThem: false, again: false, reversed: null, goesOnIn: null,
};
const unmet = { code: 'facts.present', class: 'assurance', asks: '', parameters: { facts: [] }, doesNotApply: null, waived: null, onCondition: [], met: false } as const;
const asked = (['approval', 'acceptance'] as const).map((kind) => ({ kind, discipline: 'finance' as const }));
const ruled = (checklist: Ruled['checklist'], more: Partial<Ruled> = {}): Ruled => ({ checklist, notices: [], conditions: [], dues: [], signOffs: asked, readyToDecide: [], ...more });

test('a theme without an answer waits for those who answer, on hold and once it is cancelled, too', () => {
  const agreement = { ...open, contributions: { ...open.contributions, themes: [theme] } };
  const waits = { kind: 'theme', key: 'involvement.manage', subject: 'travel' };
  expect(workIn(agreement, ruled([{ ...unmet, missing: [{ what: 'lead', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, '2026-06-01')).toMatchObject([waits]);
  expect(workIn({ ...agreement, lifecycle: 'held' }, ruled([]), shippedRiskSettings, '2026-06-01')).toMatchObject([waits]);
  expect(workIn({ ...agreement, lifecycle: 'cancelled' }, ruled([]), shippedRiskSettings, '2026-06-01')).toMatchObject([waits]);
});

test('what waits for whoever answers for it waits for a role once they are disabled or hold no role any more, and until then for them', () => {
  const one = (kind: Work['kind'], key = 'person:leaver'): Work => ({ kind, key, subject: 's', askedBy: null, count: 1, from: null, dueOn: null });
  const kinds = ['control-ages', 'control-aged', 'control-fails', 'review-due', 'incident-unscored', 'action'] as const;
  const here: Person = { ...initialPerson, registered: true, grants: [{ role: 'risk-owner', grant: 'g' }] };
  const keys = (person: Person | undefined) => whoseStill(kinds.map((kind) => one(kind)), person === undefined ? {} : { leaver: person }).map(({ key }) => key);
  const theirs = kinds.map(() => 'person:leaver');
  const others = [...kinds.slice(1).map(() => 'role:risk-owner'), 'delivery.manage'];
  expect([keys(here), keys(undefined), keys(initialPerson)]).toEqual([theirs, theirs, theirs]);
  expect([keys({ ...here, disabled: true }), keys({ ...here, grants: [] })]).toEqual([others, others]);
  // What is asked of one person alone is asked of nobody else, and what waits for a role already stays there.
  const asked = [one('reply'), one('acceptance'), one('incident-unscored', 'role:decision-maker'), one('review-due', 'person:colleague')];
  expect(whoseStill(asked, { leaver: { ...here, disabled: true }, colleague: here })).toEqual(asked);
});

test('those who answer for a risk, a control or an action of a meeting are looked at again when they come or go', () => {
  const owned = (owner: string) => [{ owner }] as never;
  expect(answeringIn({ ...open, risk: owned('leaver'), controls: owned('colleague'), reviews: { meetings: [], actions: owned('leaver') } })).toEqual(['person-leaver', 'person-colleague']);
});

test('a concern waits to be passed on whatever became of the agreement, also once it is cancelled', () => {
  const concern = { id: 'harm', kind: 'safeguarding-concern', raisedOn: '2026-06-01', seenForOneBy: null, before: null, passedOn: null } as const;
  const agreement = { ...open, contributions: { ...open.contributions, themes: [theme], concerns: [concern, { ...concern, id: 'before', passedOn: '2026-06-01' }] } };
  const dues = ruled([], { dues: [{ kind: 'concern', about: 'harm', dueOn: '2026-06-01', overdue: false }] });
  const waits = { kind: 'concern', key: 'involvement.manage', subject: 'harm', dueOn: '2026-06-01' };
  expect(workIn({ ...agreement, lifecycle: 'cancelled' }, dues, shippedRiskSettings, '2026-06-01')).toMatchObject([waits, { kind: 'theme' }]);
  expect(workIn({ ...agreement, lifecycle: 'closed' }, dues, shippedRiskSettings, '2026-06-01')).toMatchObject([waits, { kind: 'theme' }]);
});

test('cancelling takes nothing that is owed to people out of anybody’s work, and all that moves the agreement', () => {
  const said = { id: 'c', activity: 'panel', stage: 'design', author: 'p', kind: 'comment', givenOn: '2026-06-01', late: false, unreadSince: '2026-06-01', praiseFor: [], themes: ['travel'], feedback: null, checked: 'not-drawn', own: null, noted: false };
  const undone = { id: 'meals', from: 'before', title: 'Meals', changed: 'x', authors: ['p'], reversed: { reasons: 'x', on: '2026-05-30', told: [], toldIn: null }, goesOnIn: null };
  const waiver = { id: 'w', askedBy: 'asker', stage: 'mandate', answer: { is: 'waived' }, review: null } as unknown as Waiver;
  const promise = { id: 'p', what: 'We will', by: '2026-06-05', theme: null, from: null, became: { is: 'open' } } as const;
  const agreement = { ...open, contributions: { ...open.contributions, themes: [theme], contributions: { shelves: [[said]], places: [] } as never }, carried: [undone], waivers: [waiver], commitments: [promise] };
  const kinds = (lifecycle: Agreement['lifecycle']) =>
    workIn({ ...agreement, lifecycle }, ruled([{ ...unmet, missing: [{ what: 'today', suppliedBy: 'time' }] }]), shippedRiskSettings, '2026-06-01', new Set(['w'])).map(({ kind }) => kind);
  const owed = ['reversal', 'theme', 'unread', 'waiver-review', 'commitment'];
  expect([kinds('open'), kinds('closed'), kinds('cancelled')]).toEqual([[...owed, 'gate'], owed, owed]);
});

test('an awaited sign-off waits for its own discipline, and whoever asked is named', () => {
  const signOff = { id: 's', kind: 'approval', discipline: 'finance', stage: 'design', requestedBy: 'asker', fromAgreement: null, of: null, acceptedFor: null, panel: null, voices: [], answer: { is: 'awaited' } } as const;
  const [first] = workIn({ ...open, signOffs: [signOff] }, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, '2026-06-01');
  expect(first).toEqual({ kind: 'sign-off', key: 'sign-off.give:finance', subject: 's', askedBy: 'asker', count: 1, from: null, dueOn: null });
});

test('what a sign-off was granted on condition of waits for whoever gives it to say that it is done, by the first day on which any of it is due, and whoever asked waits for that', () => {
  const conditions = ['2026-08-01', '2026-07-01', '2026-06-01'].map((dueOn, at) => ({ what: 'A rota', dueOn, met: at === 2 ? 'DMS/rota' : null, renewed: false }));
  const answer = { is: 'granted', by: 'finance', at: '2026-05-01T09:00:00Z', version: open.content.finance, conditions, expiresOn: null } as const;
  const signOff = { id: 's', kind: 'approval', discipline: 'finance', stage: 'design', requestedBy: 'asker', fromAgreement: null, of: null, acceptedFor: null, panel: null, voices: [], answer } as const;
  const waiting = workIn({ ...open, signOffs: [signOff] }, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, '2026-06-01');
  expect(waiting).toEqual([{ kind: 'condition', key: 'sign-off.give:finance', subject: 's', askedBy: 'asker', count: 2, from: null, dueOn: '2026-07-01' }]);
  const kinds = (changes: object) => workIn({ ...open, signOffs: [{ ...signOff, answer: { ...answer, ...changes } }] }, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, '2026-06-01').map(({ kind }) => kind);
  expect([kinds({ conditions: conditions.slice(2) }), kinds({ version: 'before' })]).toEqual([[], ['stale-sign-off']]);
});

test('a gate is work once nothing but time holds it up', () => {
  const waitsFor = (suppliedBy: string) => workIn(open, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy }] }]), shippedRiskSettings, '2026-06-01').map(({ kind }) => kind);
  expect(waitsFor('commissioner')).toEqual([]);
  expect(waitsFor('time')).toEqual(['gate']);
  const missing = (...suppliers: readonly string[]) => suppliers.map((suppliedBy) => ({ what: 'x', suppliedBy }));
  const gates = (...items: Ruled['checklist']) => workIn(open, ruled(items), shippedRiskSettings, '2026-06-01').map(({ kind, count }) => [kind, count]);
  expect(gates({ ...unmet, missing: missing('time', 'commissioner') })).toEqual([]);
  // What is waived, or follows by a day, holds nothing up.
  expect(gates({ ...unmet, missing: missing('time') }, { ...unmet, met: true, missing: missing('commissioner') })).toEqual([['gate', 1]]);
});

test('whatever waits from no day is dated by an event with which it begins', () => {
  expect(Object.entries(workBegins).filter(([, { types }]) => types.length === 0)).toEqual([]);
  expect(workBegins.theme).toEqual({ types: ['concordat.agreement.theme-created.v1'], subject: 'theme' });
});

describe('a control whose proof ages', () => {
  const control = { id: 'visits', risk: 'r', title: 'People come in', kind: 'people-from-outside', owner: 'owner', addedOn: '2026-03-01', proof: null, ended: false } as const;
  const risk = { id: 'r', title: 'Alone at night', domain: 'safety', bearers: [], owner: 'owner', scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null }, levels: { inherent: null, current: null, target: null }, raisedOn: '2026-03-01', hands: ['owner'], reviewOn: null, timesScored: 0, escalated: null, seen: null, closed: false } as const;
  const waiting = workIn({ ...open, controls: [control], risk: [risk] }, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, '2026-06-01').filter(({ subject }) => subject === 'visits');

  test('tells its owner two weeks before nobody can say that it works, and on the day', () => {
    expect(waiting.map(({ kind, key, from }) => [kind, key, from])).toEqual([['control-aged', 'person:owner', '2026-06-02'], ['control-ages', 'person:owner', '2026-05-19']]);
  });
});

test('what a provider holds for a time alone waits for whoever manages the agreement, from 60 days before it ends', () => {
  const insurance = { expiry: 'e', provider: 'p', of: 'insurance', document: { reference: 'r', title: 't' }, endsOn: '2026-09-30' } as const;
  expect(workIn({ ...open, expiries: [insurance] }, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, '2026-06-01').map(({ kind, key, from }) => [kind, key, from])).toEqual([['expiry', 'delivery.manage', '2026-08-01']]);
});

describe('a waiver', () => {
  const waiver = {
    id: 'w', condition: 'involvement.planned', stage: 'design', team: 'team', planned: '', offered: '', whyNot: '', instead: '', insteadBy: '2026-09-01', commitment: 'c', expiresOn: '2026-07-15', askedBy: 'asker', askedAt: '2026-06-01T09:00:00Z',
    viewSoughtOn: [], view: null, viewOf: null, viewAt: null, viewBy: [], answer: { is: 'awaited' }, review: null,
  } as const;
  const given = { ...waiver, answer: { is: 'waived', by: 'answerer', at: '2026-06-01T09:00:00Z' } } as const;
  const waits = (one: Waiver, third: readonly string[] = [], changes: Partial<Agreement> = {}) =>
    workIn({ ...open, waivers: [one], ...changes }, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, '2026-06-01', new Set(third)).map(({ kind, key, from }) => [kind, key, from]);

  test('waits for the representatives’ view, then for somebody who may answer it', () => {
    expect(waits(waiver)).toEqual([['waiver-view', 'statement.give', null]]);
    expect(waits({ ...waiver, view: 'object' })).toEqual([['waiver', 'waiver.answer', null]]);
  });

  test('waits for nobody once a day of it passed: then another is asked for', () => {
    const of = (one: Waiver, today: string) => workIn({ ...open, waivers: [one] }, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, today).length;
    expect([of(waiver, '2026-07-15'), of(waiver, '2026-07-16'), of({ ...waiver, view: 'object' }, '2026-07-16'), of({ ...waiver, insteadBy: '2026-06-30' }, '2026-07-01')]).toEqual([1, 0, 0, 0]);
    // The row was written on a day before.
    const over = (kind: Work['kind'], today: string, one: Waiver = waiver) => isOver({ ...open, waivers: [one] }, { kind, subject: 'w' }, today);
    expect([over('waiver-view', '2026-07-15'), over('waiver-view', '2026-07-16'), over('waiver', '2026-07-16', { ...waiver, view: 'object' }), over('waiver-expires', '2026-07-16', given)]).toEqual([false, true, true, false]);
  });

  test('in force at the gate that is next, ends: those who move the agreement are told two weeks before', () => {
    expect(waits(given)).toEqual([['waiver-expires', 'agreement.move', '2026-07-01']]);
    expect(waits(given, [], { stage: 'award' })).toEqual([]);
  });

  test('the third of its condition and team waits for its review, also on hold and once it is closed, until it was reviewed', () => {
    const review = ['waiver-review', 'waiver.review', null];
    expect(waits(given, ['w'], { stage: 'award' })).toEqual([review]);
    expect([waits(given, ['w'], { lifecycle: 'held' }), waits(given, ['w'], { lifecycle: 'closed' })]).toEqual([[review], [review]]);
    expect(waits({ ...given, answer: { is: 'undone', given: { by: 'answerer', at: given.answer.at } } }, ['w'])).toEqual([review]);
    expect(waits({ ...given, review: { by: 'owner', at: '2026-06-02T09:00:00Z', says: 'Seen.' } }, ['w'], { stage: 'award' })).toEqual([]);
  });
});

describe('what comes with a day', () => {
  const days = (agreement: Agreement, more: Partial<Ruled> = {}) =>
    workIn(agreement, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }], more), shippedRiskSettings, '2026-06-01').filter(({ dueOn }) => dueOn !== null).map(({ kind, key, subject, from, dueOn }) => [kind, key, subject, from, dueOn]);

  test('a notice whose clock runs waits for whoever may record it, from two weeks before its last day', () => {
    expect(days(open, { notices: [{ notice: 'UK7', dueOn: '2026-07-01' }] })).toEqual([['notice', 'award.make', 'UK7', '2026-06-17', '2026-07-01']]);
  });

  test('an obligation that comes again waits for its next day, and one that was met for good for none', () => {
    const obligation = { obligation: 'o', what: 'A report', due: { is: 'each', months: 3, from: '2026-07-31' }, evidence: 'the report', provider: null, met: [] } as const;
    const met = { on: '2026-07-30', evidence: { reference: 'r', title: 't' } };
    const delivering = (one: Agreement['delivery']['obligations'][number]) => ({ ...open, delivery: { ...open.delivery, obligations: [one], cycles: [] } });
    expect(days(delivering(obligation))).toEqual([['obligation', 'delivery.manage', 'o', '2026-07-17', '2026-07-31']]);
    expect(days(delivering({ ...obligation, met: [met] }))).toEqual([['obligation', 'delivery.manage', 'o', '2026-10-17', '2026-10-31']]);
    expect(days(delivering({ ...obligation, due: { is: 'once', on: '2026-07-31' }, met: [met] }))).toEqual([]);
    // Where it has a provider, it waits for its people, too: of several for those of whoever leads.
    const provided = { ...open.award, parties: { second: 'provider', first: 'provider' }, proposed: { provider: 'first' } as never } as const;
    expect(days({ ...delivering(obligation), award: provided })).toEqual([['obligation', 'delivery.manage', 'o', '2026-07-17', '2026-07-31'], ['own-obligation', 'delivery.report:first', 'o', '2026-07-17', '2026-07-31']]);
    // One that names who owes it waits for that one alone.
    expect(days({ ...delivering({ ...obligation, provider: 'second' }), award: provided }).map(([kind, key]) => [kind, key])).toEqual([['obligation', 'delivery.manage'], ['own-obligation', 'delivery.report:second']]);
  });

  test('what a quality visit asked to be improved waits for whoever manages the agreement and for the provider that was visited, until it is shown', () => {
    const improvement = { improvement: 'i', what: 'Everybody has the number', dueOn: '2026-07-31', shown: null };
    const visited = (shown: object | null) => ({ ...open, qualityVisits: [{ visit: 'v', provider: 'second', on: '2026-06-01', nextBy: null, improvements: [{ ...improvement, shown }] }] as never });
    expect(days(visited(null))).toEqual([['improvement', 'delivery.manage', 'i', '2026-07-17', '2026-07-31'], ['own-improvement', 'delivery.report:second', 'i', '2026-07-17', '2026-07-31']]);
    expect(days(visited({ how: 'A card', on: '2026-06-20' }))).toEqual([]);
  });

  test('information on staff who pass to another employer waits for whoever gives it, the provider, and for whoever manages the agreement, until it is given', () => {
    const provided = { ...open.award, parties: { first: 'provider' }, proposed: { provider: 'first' } as never } as const;
    const transfer = { transfersOn: '2026-10-01', informationBy: '2026-09-03', staff: 9 };
    const passing = (given: object | null) => ({ ...open, award: provided, staffTransfer: { ...transfer, given } as never });
    expect(days(passing(null))).toEqual([['staff-information', 'delivery.manage', '', '2026-08-20', '2026-09-03'], ['own-staff-information', 'delivery.report:first', '', '2026-08-20', '2026-09-03']]);
    expect(days({ ...passing(null), award: open.award })).toEqual([['staff-information', 'delivery.manage', '', '2026-08-20', '2026-09-03']]);
    expect(days(passing({ on: '2026-09-01', evidence: { reference: 'DMS/eli', title: 'Employee liability information' } }))).toEqual([]);
  });

  test('what a gate opened on, and what a review meeting agreed for somebody, wait two weeks before they are due', () => {
    const terms = { dueOn: '2026-08-01', askedBy: 'asker', agreedBy: { 'decision-maker': 'd', 'head-of-discipline': 'h' }, refusedBy: null };
    const condition = { id: 'c', code: 'facts.present', parameters: {}, stage: 'design', discipline: 'finance', what: 'The envelope', terms: [terms], opened: true, kept: false } as const;
    const action = { action: 'a', meeting: 'm', what: 'Ask the surgery', owner: 'owner', dueOn: '2026-08-01', provider: null, done: null };
    const all = days({ ...open, reviews: { meetings: [], actions: [action] } }, { conditions: [condition] });
    expect(all).toEqual([['gate-condition', 'agreement.move', 'c', '2026-07-18', '2026-08-01'], ['action', 'person:owner', 'a', '2026-07-18', '2026-08-01']]);
  });

  test('a promise made to people waits whatever becomes of the agreement, and one that was kept no more', () => {
    const promise = { id: 'p', what: 'We will', by: '2026-08-01', theme: null, from: null, became: { is: 'open' } } as const;
    const waits = ['commitment', 'involvement.manage', 'p', '2026-07-18', '2026-08-01'];
    for (const lifecycle of ['open', 'held', 'closed'] as const) expect(days({ ...open, lifecycle, commitments: [promise] })).toEqual([waits]);
    expect(days({ ...open, commitments: [{ ...promise, became: { is: 'kept', on: '2026-06-01', how: 'so' } }] })).toEqual([]);
  });

  test('what is planned to go out waits for a publisher from the day it may, in any life of the agreement, and not while it is withheld or once it is out', () => {
    const planned: Publication = { publication: 'u', of: { is: 'release', notice: 'UK4', ocid: 'o' }, releaseWhen: { is: 'day', on: '2026-07-01' }, withheld: [], published: null };
    const noticed = { ...open, publishedNotices: [{ notice: 'UK4', publishedOn: '2026-07-03', reference: 'r' } as never] };
    const waits = [['publication', 'publication.manage', 'u', '2026-07-03', '2026-07-03']];
    for (const lifecycle of ['open', 'held', 'closed'] as const) expect(days({ ...noticed, lifecycle, publications: [planned] })).toEqual(waits);
    expect(days({ ...noticed, publications: [{ ...planned, releaseWhen: { is: 'day', on: '2026-08-01' } }] })).toEqual([['publication', 'publication.manage', 'u', '2026-08-01', '2026-08-01']]);
    expect(days({ ...noticed, publications: [{ ...planned, withheld: [{ ground: 'personal-data', reason: 'x', on: '2026-06-01', lifted: null }] }] })).toEqual([]);
    expect(days({ ...noticed, publications: [{ ...planned, published: { on: '2026-07-03', at: '', version: 1, number: 'r', duty: null, election: null } }] })).toEqual([]);
    // Nobody can publish what waits for a decision, or for something to be told.
    expect(days({ ...open, publications: [{ ...planned, of: { is: 'you-said-we-did' } }, { ...planned, of: { is: 'you-said-we-did' }, releaseWhen: { is: 'decision-in-force' } }] })).toEqual([]);
  });

  test('data that waits for its official notice waits for whoever records notices, once for each notice', () => {
    const planned: Publication = { publication: 'u', of: { is: 'release', notice: 'UK4', ocid: 'o' }, releaseWhen: { is: 'notice', notice: 'UK4' }, withheld: [], published: null };
    const waiting = (agreement: Agreement) => workIn(agreement, ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]), shippedRiskSettings, '2026-06-01').map(({ kind, key, subject }) => [kind, key, subject]);
    expect(waiting({ ...open, publications: [planned, { ...planned, publication: 'v', of: { is: 'you-said-we-did' } }] })).toEqual([['publication-notice', 'award.make', 'UK4']]);
    expect(waiting({ ...open, lifecycle: 'closed', publications: [planned] })).toEqual([]);
    expect(waiting({ ...open, publications: [{ ...planned, withheld: [{ ground: 'personal-data', reason: 'x', on: '2026-06-01', lifted: null }] }] })).toEqual([]);
    expect(waiting({ ...open, publications: [{ ...planned, published: { on: '2026-07-03', at: '', version: 1, number: 'r', duty: null, election: null } }] })).toEqual([]);
  });

  test('a hold that says until when waits from that day on for whoever moves the agreement', () => {
    expect(days({ ...open, lifecycle: 'held', held: { reason: 'the budget', until: '2026-09-01' } })).toEqual([['held', 'agreement.move', '', '2026-09-01', '2026-09-01']]);
    expect(days({ ...open, lifecycle: 'held', held: { reason: 'the budget', until: null } })).toEqual([]);
  });

  test('a sign-off that ends is renewed by whoever gives it, unless it was asked for anew', () => {
    const signOff = {
      id: 's', kind: 'approval', discipline: 'finance', stage: 'design', requestedBy: 'asker', fromAgreement: null, of: null, acceptedFor: null, panel: null, voices: [],
      answer: { is: 'granted', by: 'finance', at: '2026-05-01T09:00:00Z', version: open.content.finance, conditions: [], expiresOn: '2026-08-01' },
    } as const;
    const anew = { ...signOff, id: 's2', answer: { is: 'awaited' } } as const;
    expect(days({ ...open, signOffs: [signOff] })).toEqual([['lapse', 'sign-off.give:finance', 's', '2026-07-18', '2026-08-01']]);
    expect(days({ ...open, signOffs: [signOff, anew] })).toEqual([]);
  });

  test('an effect is measured from the day on which it can be seen, and a consultation considered once it has closed', () => {
    const link = { link: 'l', visibleFrom: '2027-01-01', measurements: [{ measurement: 'm', on: '2026-12-31', value: 1, source: 's' }] } as never;
    const consultation = { consultation: 'k', closesOn: '2026-07-31', considered: null, withdrawn: null } as never;
    expect(days({ ...open, outcomes: [{ outcome: 'o', links: [link], views: {} } as never], consultations: [consultation] })).toEqual([
      ['consultation', 'agreement.edit', 'k', '2026-08-01', '2026-08-01'], ['effect', 'delivery.manage', 'l', '2027-01-01', '2027-01-01'],
    ]);
    // An effect comes after the service is over, too; of what was cancelled none does.
    const over = (lifecycle: Agreement['lifecycle']) => days({ ...open, lifecycle, outcomes: [{ outcome: 'o', links: [link], views: {} } as never], consultations: [consultation] });
    expect([over('closed'), over('cancelled')]).toEqual([[['effect', 'delivery.manage', 'l', '2027-01-01', '2027-01-01']], []]);
  });

  test('an answer that is owed to people says by when', () => {
    const asked = { ...open, contributions: { ...open.contributions, themes: [theme] } };
    expect(days(asked, { dues: [{ kind: 'reopened-answer', about: 'travel', dueOn: '2026-06-22', overdue: false }] })).toEqual([['theme', 'involvement.manage', 'travel', null, '2026-06-22']]);
  });

  test('an answer that was deferred waits from the day it names, or from the day a low rating opens it', () => {
    const deferred = (until?: string) => ({ ...theme, response: { outcome: 'deferred', reasons: 'x', until } }) as never;
    const from = (until?: string) => days({ ...open, contributions: { ...open.contributions, themes: [deferred(until)] } }, { dues: until === undefined ? [] : [{ kind: 'deferred-answer', about: 'travel', dueOn: until, overdue: false }] });
    const reopened = { ...theme, response: { outcome: 'deferred', reasons: 'x', until: '2026-09-01' }, reopenedOn: '2026-07-01', again: false } as never;
    expect(days({ ...open, contributions: { ...open.contributions, themes: [reopened] } }, { dues: [{ kind: 'reopened-answer', about: 'travel', dueOn: '2026-07-22', overdue: false }] })).toEqual([['theme', 'involvement.manage', 'travel', '2026-07-01', '2026-07-22']]);
    expect([from('2026-09-01'), from()]).toEqual([[['theme', 'involvement.manage', 'travel', '2026-09-01', '2026-09-01']], []]);
  });
});

describe('what waits in an open agreement', () => {
  const stuck = ruled([{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }]);
  const waiting = (changes: Partial<Agreement>) => workIn({ ...open, ...changes }, stuck, shippedRiskSettings, '2026-06-01').map(({ kind, key, subject, askedBy, count }) => [kind, key, subject, askedBy, count]);

  test('is nothing before it is opened and once it was handed over', () => {
    const made = { contributions: { ...open.contributions, themes: [theme] } };
    expect([waiting({ ...made, lifecycle: 'none' }), waiting({ ...made, lifecycle: 'transferred' })]).toEqual([[], []]);
    expect(waiting({ contributions: { ...open.contributions, themes: [theme, { ...theme, id: 'meals', response: { unchanged: 'x' } as never }] } })).toEqual([['theme', 'involvement.manage', 'travel', null, 1]]);
  });

  test('of what people said: what stands in no theme, what nobody read yet by activity, and an answer of their own', () => {
    const said = { id: 'a', activity: 'panel', stage: 'design', author: 'p', kind: 'comment', givenOn: '2026-06-01', late: false, unreadSince: null, praiseFor: [], themes: [], feedback: null, checked: 'not-drawn', own: null, noted: false };
    const own = { response: null, answeredBy: null, answeredOn: null, pointsTo: [], ratings: [], reopenedOn: null, reopenedForThem: false, again: false };
    const given = (...all: readonly object[]) => waiting({ contributions: { ...open.contributions, contributions: { shelves: [all], places: [] } as never } });
    expect(given(said, { ...said, id: 'b', themes: ['travel'] }, { ...said, id: 'c' })).toEqual([['unplaced', 'involvement.manage', '', null, 2]]);
    expect(given({ ...said, id: 'b', themes: ['travel'] })).toEqual([]);
    expect(given({ ...said, kind: 'compliment', praiseFor: ['x', 'y'] })).toEqual([]);
    const placed = { ...said, themes: ['travel'], unreadSince: '2026-05-30' };
    expect(given(placed, { ...placed, id: 'b' }, { ...placed, id: 'c', activity: 'post' })).toEqual([['unread', 'involvement.manage', 'panel', null, 2], ['unread', 'involvement.manage', 'post', null, 1]]);
    expect(given({ ...said, own }, { ...said, id: 'b', own: { ...own, response: { outcome: 'not-adopted', reasons: 'x' } } })).toEqual([['own-answer', 'involvement.manage', 'a', null, 1]]);
  });

  test('of what came late, by when it is answered: through its theme, or where it stands in none', () => {
    const said = { id: 'a', activity: 'panel', stage: 'design', author: 'p', kind: 'comment', givenOn: '2026-06-01', late: true, unreadSince: null, praiseFor: [], themes: [], feedback: null, checked: 'not-drawn', own: null, noted: false };
    const contributions = { ...open.contributions, themes: [{ ...theme, contributions: ['b', 'c', 'd'] }], contributions: { shelves: [[said, ...['b', 'c', 'd'].map((id) => ({ ...said, id, themes: ['travel'] }))]], places: [] } as never };
    const dues = [['late-entry', 'a', '2026-06-29'], ['late-entry', 'c', '2026-06-26'], ['late-entry', 'b', '2026-06-28'], ['own-answer', 'd', '2026-06-02']].map(([kind, about, dueOn]) => ({ kind, about, dueOn, overdue: false }) as never);
    const days = (...owed: readonly never[]) => workIn({ ...open, contributions }, { ...stuck, dues: owed }, shippedRiskSettings, '2026-06-01').map(({ kind, dueOn }) => [kind, dueOn]);
    expect(days(...dues)).toEqual([['theme', '2026-06-26'], ['unplaced', '2026-06-29']]);
    expect(days(...dues, { kind: 'reopened-answer', about: 'travel', dueOn: '2026-06-20', overdue: false } as never)).toEqual([['theme', '2026-06-20'], ['unplaced', '2026-06-29']]);
    expect(days()).toEqual([['theme', null], ['unplaced', null]]);
  });

  test('of what came late: each theme by the day of what stands in it, and what nobody has read by none of those days', () => {
    const said = { id: 'a', activity: 'panel', stage: 'design', author: 'p', kind: 'comment', givenOn: '2026-06-01', late: true, unreadSince: '2026-06-01', praiseFor: [], themes: [], feedback: null, checked: 'not-drawn', own: null, noted: false };
    const contributions = { ...open.contributions, themes: [theme, { ...theme, id: 'meals', contributions: ['b'] }], contributions: { shelves: [[said, { ...said, id: 'b', themes: ['meals'] }]], places: [] } as never };
    const dues = [['late-entry', 'a', '2026-06-29'], ['late-entry', 'b', '2026-06-26']].map(([kind, about, dueOn]) => ({ kind, about, dueOn, overdue: false }) as never);
    expect(workIn({ ...open, contributions }, { ...stuck, dues }, shippedRiskSettings, '2026-06-01').map(({ kind, subject, dueOn }) => [kind, subject, dueOn])).toEqual([
      ['theme', 'travel', null], ['theme', 'meals', '2026-06-26'], ['unread', 'panel', null], ['unplaced', '', '2026-06-29'],
    ]);
  });

  test('of what was undone: word of it to those who gave it, once for each theme', () => {
    const undone = (id: string, told: readonly string[]) => ({ id, from: 'before', title: 'Travel', changed: 'x', authors: ['p', 'q', 'r'], reversed: { reasons: 'x', on: '2026-05-30', told, toldIn: null }, goesOnIn: null });
    expect(waiting({ carried: [undone('travel', ['p']), undone('meals', ['p', 'q', 'r'])] })).toEqual([['reversal', 'involvement.manage', 'travel', null, 1]]);
  });

  test('of statements: one that nobody gave, an objection without a reply, and a reply that the person named for it did not read', () => {
    const statement = { id: 's', group: 'provider', stage: 'design', risks: [], sizes: {}, askedOn: [], asks: [], view: null, spoken: null, answeredAt: null, reply: null, repliedTo: false, from: null } as const;
    const reply = { says: 'x', by: 'decider', at: '', secondPerson: 'second', readAt: null };
    const of = (...statements: readonly object[]) => waiting({ statements: statements as never });
    expect(of(statement, { ...statement, id: 't', view: 'support' })).toEqual([['statement', 'statement.give', 's', null, 1]]);
    // What an office is asked, who holds it answers, and nobody in its place.
    const askedLast = (...voices: readonly string[]) => of({ ...statement, asks: voices.map((voice) => ({ of: voice })) }).map(([, key]) => key);
    expect([askedLast('community-body', 'elected-member'), askedLast('senior-responsible-owner'), askedLast('elected-member', 'community-body'), askedLast('advocate')]).toEqual([['role:elected-member'], ['role:senior-responsible-owner'], ['statement.give'], ['statement.give']]);
    // What was sought in the whole is given there.
    expect(of({ ...statement, from: 'whole' })).toEqual([]);
    expect(of({ ...statement, view: 'object' })).toEqual([['objection', 'decision.record', 's', null, 1]]);
    expect(of({ ...statement, view: 'object', reply })).toEqual([['reply', 'person:second', 's', 'decider', 1]]);
    expect(of({ ...statement, view: 'object', reply, repliedTo: true })).toEqual([]);
  });

  test('of sign-offs: one that lapsed, or is stale and asked by a gate ahead, is asked for anew, unless it was, and one that shows another hat waits for a second person', () => {
    const answer = { is: 'granted', by: 'finance', at: '2026-05-01T09:00:00Z', version: open.content.finance, conditions: [], expiresOn: null } as const;
    const signOff = { id: 's', kind: 'approval', discipline: 'finance', stage: 'design', requestedBy: 'asker', fromAgreement: null, of: null, acceptedFor: null, panel: null, voices: [], answer } as const;
    const [stale, lapsed] = [{ ...signOff, answer: { ...answer, version: 'before' } }, { ...signOff, answer: { ...answer, expiresOn: '2026-05-31' } }] as const;
    const again = ['stale-sign-off', 'agreement.move', 's', null, 1];
    expect([waiting({ signOffs: [signOff] }), waiting({ signOffs: [stale] }), waiting({ signOffs: [lapsed] }).filter(([kind]) => kind !== 'lapse')]).toEqual([[], [again], [again]]);
    const [anew, other, acceptance] = [{ ...signOff, id: 't' }, { ...signOff, id: 't', discipline: 'equality', answer: { ...answer, version: open.content.equality } }, { ...signOff, id: 't', kind: 'acceptance' }] as const;
    expect([anew, other, acceptance].map((later) => waiting({ signOffs: [stale, later] }))).toEqual([[], [again], [again]]);
    expect(waiting({ signOffs: [anew, stale] })).toEqual([again]);
    const past = (one: typeof signOff | typeof stale | typeof lapsed) => workIn({ ...open, signOffs: [one] }, { ...stuck, signOffs: [{ kind: 'approval', discipline: 'equality' }] }, shippedRiskSettings, '2026-06-01').filter(({ kind }) => kind === 'stale-sign-off').length;
    expect([past(stale), past(lapsed)]).toEqual([0, 1]);
    const accepting = workIn({ ...open, signOffs: [stale] }, { ...stuck, signOffs: [{ kind: 'acceptance', discipline: 'finance' }] }, shippedRiskSettings, '2026-06-01');
    expect(accepting).toEqual([]);
    const voice = { member: 'm', by: 'm', everyId: ['m'], at: '', version: open.content.finance, is: 'granted', conditions: [], expiresOn: null, overlaps: ['x'], second: { is: 'awaited' } } as const;
    expect(waiting({ signOffs: [{ ...signOff, voices: [voice] }] })).toEqual([['second', 'second.give', 's', 'asker', 1]]);
  });

  test('of what a gate may open on: the decision-maker and the head of its discipline, each until they said so, at its gate or for its renewal', () => {
    const terms = { dueOn: '2026-07-01', askedBy: 'q', agreedBy: {}, refusedBy: null };
    const condition = { id: 'k', code: 'facts.present', parameters: {}, stage: 'design', discipline: 'finance', what: 'x', terms: [terms], opened: false } as const;
    const [maker, head] = [['condition-proposed', 'decision.record', 'k', 'q', 1], ['condition-of-discipline', 'sign-off.give:finance', 'k', 'q', 1]];
    const of = (more: object) => waiting({ gateConditions: [{ ...condition, ...more }] } as never);
    expect([of({}), of({ terms: [{ ...terms, agreedBy: { 'decision-maker': 'm' } }] }), of({ terms: [{ ...terms, agreedBy: { 'head-of-discipline': 'h' } }] })]).toEqual([[maker, head], [head], [maker]]);
    expect([of({ terms: [{ ...terms, refusedBy: 'm' }] }), of({ terms: [{ ...terms, agreedBy: { 'decision-maker': 'm', 'head-of-discipline': 'h' } }] }), of({ stage: 'needs' })]).toEqual([[], [], []]);
    expect(of({ stage: 'needs', opened: true })).toEqual([maker, head]);
    // Once its day passed their words count for nothing, and another is proposed.
    expect(of({ terms: [{ ...terms, dueOn: '2026-05-31' }] })).toEqual([]);
    const over = (today: string) => isOver({ ...open, gateConditions: [condition] } as never, { kind: 'condition-proposed', subject: 'k' }, today);
    expect([over('2026-07-01'), over('2026-07-02')]).toEqual([false, true]);
  });

  test('of a provider who is to be invited no more: another than who asked for it, while that can still be', () => {
    const asked = { parties: { north: 'invited' }, uninviting: { north: { reason: 'x', everyId: ['asker', 'other id'] } } };
    const of = (award: object = {}, changes: object = {}) => waiting({ award: { ...open.award, ...asked, ...award }, ...changes } as never).filter(([kind]) => kind === 'uninviting');
    expect(of()).toEqual([['uninviting', 'award.make', 'north', 'asker', 1]]);
    expect([of({ parties: { north: 'incumbent' } }), of({ left: { north: 'v1' } }), of({ proposed: { provider: 'north', lots: [] } }), of({ notice: {} }), of({}, { lifecycle: 'held' })]).toEqual([[], [], [], [], []]);
  });

  test('of interests that the gate asks somebody for in person: their declaration, once for each, and not of what it asks of a role', () => {
    const ask = (suppliedBy: string, by = 'declare-conflict') => ({ what: 'x', suppliedBy, by });
    const of = (checklist: Ruled['checklist']) => workIn(open, ruled(checklist), shippedRiskSettings, '2026-06-01').map(({ kind, key, subject }) => [kind, key, subject]);
    const missing = [ask('person-p'), ask('commissioner'), ask('person-q'), ask('person-r', 'sign-off')];
    expect(of([{ ...unmet, missing }, { ...unmet, missing: [ask('person-p')] }])).toEqual([['declaration', 'person:p', 'p'], ['declaration', 'person:q', 'q']]);
    expect(of([{ ...unmet, met: true, missing }]).map(([kind]) => kind)).toEqual(['gate']);
  });

  test('of a provider’s challenge: those who award, until it is concluded', () => {
    const challenge = { challenge: 'r', from: 'Rival', about: 'x', concluded: null };
    expect(waiting({ challenges: [challenge, { ...challenge, challenge: 's', concluded: {} }] } as never)).toEqual([['challenge', 'award.make', 'r', null, 1]]);
  });

  test('of interests that somebody says are over: another person’s word, once for each', () => {
    const declared = { person: 'p', role: 'approver', interest: 'money', about: null, instead: 'none', mitigation: null } as const;
    expect(waiting({ conflicts: [declared, { ...declared, role: 'decision-maker' }, { ...declared, person: 'q', instead: null }] as never })).toEqual([['interest', 'second.give', 'p', 'p', 1]]);
  });

  test('of a panel’s advice and of a variation: the decision-maker’s answer, and a second person', () => {
    const panels = [{ id: 'p', chair: 'who chairs it', members: [] }] as never;
    expect(waiting({ riskPanels: { panels, advice: [{ id: 'a', panel: 'p', answer: null }, { id: 'b', panel: 'p', answer: { by: 'who decides' } }] as never } })).toEqual([['advice', 'decision.record', 'a', 'who chairs it', 1]]);
    const varied = (decided: object | null) => waiting({ variations: [{ variation: 'v', to: { is: 'value' }, test: null, decided: decided && { calledIn: null, ...decided }, carriedOut: true }] as never }).filter(([kind]) => kind === 'second-variation');
    expect([varied(null), varied({ by: 'decider', second: { is: 'not-needed' } }), varied({ by: 'decider', second: { is: 'awaited' } })]).toEqual([[], [], [['second-variation', 'second.give', 'v', 'decider', 1]]]);
  });

  test('of a provider’s concern: its answer, whatever became of the agreement', () => {
    const providerConcerns = [{ concern: 'c', answered: null }, { concern: 'd', answered: { answer: 'Paid from June', on: '2026-05-20' } }] as never;
    for (const lifecycle of ['open', 'held', 'cancelled', 'closed'] as const) expect([lifecycle, waiting({ lifecycle, providerConcerns })]).toEqual([lifecycle, [['provider-concern', 'delivery.manage', 'c', null, 1]]]);
  });

  test('of a difference between both figures: that somebody discusses it, until that was done', () => {
    const period = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
    const kpis = (value: number, discussed: readonly object[] = []) =>
      ({ kpis: [{ kpi: 'k', unit: 'percent', target: { is: 'at-least', value: 90 } }], observations: [{ observation: 'o', kpi: 'k', period, value: 96, provider: 'north' }], findings: [{ finding: 'f', kpi: 'k', period, answers: 34, value, discussed }] }) as never;
    expect([waiting({ kpis: kpis(71) }), waiting({ kpis: kpis(95) }), waiting({ kpis: kpis(71, [{ on: '2026-06-01', provider: 'north' }]) })]).toEqual([[['difference', 'delivery.manage', 'f', null, 1]], [], []]);
  });

  test('of hours that rose: that those who give them are asked, and nothing where they did not rise or said what they want', () => {
    const cost = (month: string, hours: number, asked: object | null = null) => ({ cost: month, outcome: 'o', period: { startsOn: `2026-${month}-01`, endsOn: `2026-${month}-28` }, spent: { amount: '800.00', currency: 'GBP' }, units: 10, hours, asked });
    const given = (...costs: readonly object[]) => waiting({ value: { benefits: [], costs } as never });
    expect(given(cost('01', 20), cost('02', 40))).toEqual([['hours-rose', 'involvement.manage', '02', null, 1]]);
    expect([given(cost('01', 20)), given(cost('01', 20), cost('02', 20)), given(cost('01', 20), cost('02', 40, { wanted: 3, ratherNot: 9 }))]).toEqual([[], [], []]);
  });

  test('of a variation: its decision once all that is asked before is answered, and from the day it is in force that somebody carries it out', () => {
    const proposed = { variation: 'v', to: { is: 'terms' }, touches: [], askedAgain: [], notAsked: [], proposedBy: 'manager', decided: null, carriedOut: false };
    const test = { ground: 'light-touch', lacks: [] };
    const decided = { by: 'decider', outcome: 'agreed', second: { is: 'not-needed' }, inForceFrom: '2026-07-01', calledIn: null };
    const varied = (changes: object) => waiting({ variations: [{ ...proposed, ...changes }] as never });
    const waits = (readyToDecide: readonly string[]) => workIn({ ...open, variations: [proposed] as never }, ruled([{ ...unmet, missing: [{ what: 'lead', suppliedBy: 'commissioner' }] }], { readyToDecide }), shippedRiskSettings, '2026-06-01').filter(({ kind }) => kind === 'variation').map(({ key, subject, askedBy }) => [key, subject, askedBy]);
    expect([waits([]), waits(['v']), waits(['another'])]).toEqual([[], [['decision.record', 'v', 'manager']], []]);
    expect([varied({ test, decided }), varied({ test, decided: { ...decided, second: { is: 'awaited' } } }).map(([kind]) => kind)]).toEqual([[['variation-agreed', 'delivery.manage', 'v', null, 1]], ['second-variation']]);
    expect([varied({ test, decided, carriedOut: true }), varied({ test, decided: { ...decided, outcome: 'refused' } })]).toEqual([[], []]);
    // What was called in is carried out once that is concluded.
    const calledIn = { reason: 'x', on: '2026-06-02', by: 'member', outcome: null, concludedOn: null };
    expect(varied({ test, decided: { ...decided, calledIn } }).map(([kind]) => kind)).not.toContain('variation-agreed');
    // What is offered waits for each who is a party to it, and to be carried out once all of them accepted.
    const provided = (...parties: readonly string[]) => ({ award: { ...open.award, parties: Object.fromEntries(parties.map((one) => [one, 'provider'])) } as never });
    const offered = (accepted: readonly string[], ...parties: readonly string[]) => waiting({ ...provided(...parties), variations: [{ ...proposed, test, decided, offer: { version: 'x', accepted: accepted.map((one) => ({ provider: one })) } }] as never });
    expect([offered([], 'north'), offered([], 'north', 'south'), offered(['south'], 'north', 'south')]).toEqual([
      [['variation-acceptance', 'award.accept:north', '', null, 1]], [['variation-acceptance', 'award.accept:north', 'north', null, 1], ['variation-acceptance', 'award.accept:south', 'south', null, 1]], [['variation-acceptance', 'award.accept:north', '', null, 1]],
    ]);
    expect(offered(['north'], 'north').map(([kind]) => kind)).toEqual(['variation-agreed']);
    const adopted = { ...theme, response: { outcome: 'adopted', changed: 'x' } };
    expect(waiting({ contributions: { ...open.contributions, themes: [adopted] } as never, variations: [{ ...proposed, test, touches: ['travel'] }] as never }).map(([kind]) => kind)).not.toContain('variation');
  });

  test('of an award until it is made: its decision, a second person who reads it, then each provider that accepts it', () => {
    const proposed = { provider: 'north', value: { amount: '1.00', currency: 'GBP' }, proposedBy: 'proposer', proposers: [], proposedAt: '', stage: 'design', lots: [] };
    const decision = { decision: 'd', recordedBy: 'decider', content: open.content.decision, opened: 'design', everyId: ['decider'], second: { is: 'not-needed' }, calledIn: null };
    const awarding = (changes: object, decided: object | null = decision) => waiting({ award: { ...open.award, proposed, ...changes }, decision: decided as never });
    expect([awarding({ proposed: null }), awarding({}, null), awarding({}, { ...decision, content: 'before' })]).toEqual([[], [['decision', 'decision.record', '', 'proposer', 1]], [['decision', 'decision.record', '', 'proposer', 1]]]);
    expect(awarding({}, { ...decision, second: { is: 'awaited' } })).toEqual([['second-decision', 'second.give', 'd', 'decider', 1]]);
    expect(awarding({})).toEqual([['acceptance', 'award.accept:north', '', 'proposer', 1]]);
    const accepted = { provider: 'north', version: open.content.award, stage: 'design', acceptedBy: 'signatory' };
    expect([awarding({ acceptances: [accepted] }), awarding({ acceptances: [{ ...accepted, version: 'before' }] })]).toEqual([[], [['acceptance', 'award.accept:north', '', 'proposer', 1]]]);
    const [made, takenOver] = ['2026-05-20', null].map((on) => ({ value: proposed.value, period: null, stage: 'design', on }));
    expect([awarding({ original: made }, { ...decision, content: 'before' }), awarding({ original: made }, { ...decision, second: { is: 'awaited' } }), awarding({ original: made })]).toEqual([[], [], []]);
    expect(awarding({ original: takenOver }, null)).toEqual([['decision', 'decision.record', '', 'proposer', 1]]);
    const lot = { agreement: 'l', lot: 'North', title: 'x', value: proposed.value, lead: 'north', members: ['south'], subcontractors: [] };
    expect(awarding({ proposed: { ...proposed, lots: [lot] }, acceptances: [accepted] })).toEqual([['acceptance', 'award.accept:south', 'south', 'proposer', 1]]);
  });

  test('of an award that rivals have not heard of: nothing by which its provider learns of it, to accept it or in a discipline, until the notice reaches all', () => {
    const proposed = { provider: 'north', value: { amount: '1.00', currency: 'GBP' }, proposedBy: 'proposer', proposers: [], proposedAt: '', stage: 'design', lots: [] };
    const decision = { decision: 'd', recordedBy: 'decider', content: open.content.decision, opened: 'design', everyId: ['decider'], second: { is: 'not-needed' }, calledIn: null };
    const signOffs = [{ id: 's', kind: 'acceptance', discipline: 'finance', stage: 'design', requestedBy: 'asker', fromAgreement: null, of: 'provider', acceptedFor: null, panel: null, voices: [], answer: { is: 'awaited' } }];
    const content = { ...open.content, award: 'as it stands' };
    const bidding = (changes: object, decided: object | null) => waiting({ content, signOffs: signOffs as never, award: { ...open.award, parties: { north: 'invited', south: 'invited' }, proposed, ...changes }, decision: decided as never }).map(([kind, key]) => `${String(kind)} ${String(key)}`);
    expect([bidding({}, null), bidding({}, decision)]).toEqual([['sign-off agreement.move', 'decision decision.record'], ['sign-off agreement.move']]);
    expect(bidding({ notice: { version: 'as it stands' } }, decision)).toEqual(['sign-off award.accept:north', 'acceptance award.accept:north']);
    expect(workBegins.acceptance.types).toContain('concordat.agreement.award-notice-published.v1');
  });

  test('of a decision that was called in: whoever decides says what became of that, before any other takes its place, and who called it in waits for it', () => {
    const calledIn = { by: 'member', on: '2026-05-30', reason: 'x', outcome: null };
    const decision = { decision: 'd', recordedBy: 'decider', content: open.content.decision, opened: 'design', second: { is: 'not-needed' }, calledIn };
    const proposed = { provider: 'north', value: { amount: '1.00', currency: 'GBP' }, proposedBy: 'proposer', proposers: [], proposedAt: '', stage: 'design', lots: [] };
    const called = (changes: object, award: object = {}) => waiting({ decision: { ...decision, ...changes } as never, award: { ...open.award, ...award } });
    const waits = ['call-in', 'decision.record', 'd', 'member', 1];
    expect([called({}), called({ content: 'before' }, { proposed }), called({ calledIn: null })]).toEqual([[waits], [waits], []]);
    expect(called({ calledIn: { ...calledIn, outcome: { is: 'stands', inForceFrom: '2026-06-02' } } })).toEqual([]);
    // What was split waits for it in its contracts: it is taken anew where it was, and read by a second person.
    const split = (changes: object) => waiting({ lifecycle: 'split', award: { ...open.award, proposed }, decision: { ...decision, ...changes } as never });
    const anew = split({ calledIn: { ...calledIn, outcome: { is: 'taken-anew' } }, second: { is: 'awaited' } });
    expect([split({}), anew, split({ calledIn: null, second: { is: 'awaited' } }), split({ calledIn: null })]).toEqual([[waits], [['decision', 'decision.record', '', 'proposer', 1]], [['second-decision', 'second.give', 'd', 'decider', 1]], []]);
  });

  test('of a decision that a gate asks for where nothing is awarded, such as the end of a service: from when that gate is next, and never before the award it would be about', () => {
    const proposed = { provider: 'north', value: { amount: '1.00', currency: 'GBP' }, proposedBy: 'proposer', proposers: [], proposedAt: '', stage: 'design', lots: [] };
    const original = { value: proposed.value, period: null, stage: 'design', on: '2026-05-20' };
    const decision = { decision: 'd', recordedBy: 'decider', content: open.content.decision, opened: 'design', second: { is: 'not-needed' }, calledIn: null };
    const toRecord = { what: 'the decision', suppliedBy: 'decision-maker', by: 'record-decision' };
    const ending = (missing: readonly object[], changes: object = {}, met = false) =>
      workIn({ ...open, ...changes }, ruled([{ ...unmet, code: 'sign-offs.granted', missing: [{ what: 'x', suppliedBy: 'approver' }] }, { ...unmet, code: 'decision.in-force', met, missing }] as never), shippedRiskSettings, '2026-06-01').map(({ kind, key, askedBy }) => [kind, key, askedBy]);
    const waits = ['decision', 'decision.record', null];
    expect([ending([toRecord]), ending([toRecord], { lifecycle: 'held' }), ending([{ what: 'in force from 2026-06-08', suppliedBy: 'time' }], { decision }), ending([toRecord], {}, true)]).toEqual([[waits], [], [], []]);
    expect(ending([toRecord, { what: 'the proposed award', suppliedBy: 'commissioner', by: 'propose-award' }])).toEqual([]);
    // A challenge that was upheld, or the end of a service that was awarded here.
    expect([ending([toRecord], { decision, award: { ...open.award, proposed } }), ending([toRecord], { decision, award: { ...open.award, original } })]).toEqual([[['decision', 'decision.record', 'proposer']], [waits]]);
    expect(ending([{ what: 'a second person', suppliedBy: 'someone else', by: 'second-decision' }], { decision: { ...decision, second: { is: 'awaited' } } })).toEqual([['second-decision', 'second.give', 'decider']]);
    expect(workBegins.decision.types).toEqual(expect.arrayContaining([...workBegins.gate.types]));
  });

  test('of an acceptance: its very party, and whoever moves the agreement where nobody is named', () => {
    const acceptance = (of: string, changes: Partial<Agreement> = {}) =>
      waiting({ signOffs: [{ id: 's', kind: 'acceptance', discipline: 'finance', stage: 'design', requestedBy: 'asker', fromAgreement: null, of, acceptedFor: null, panel: null, voices: [], answer: { is: 'awaited' } }] as never, ...changes }).map(([, key]) => key);
    const facts = { sponsor: { value: 'owner' }, controller: { value: 'controller' } } as never;
    expect([acceptance('owner'), acceptance('owner', { facts }), acceptance('controller', { facts })]).toEqual([['agreement.move'], ['person:owner'], ['person:controller']]);
    expect(acceptance('provider', { award: { ...open.award, parties: { north: 'provider' } } })).toEqual(['award.accept:north']);
  });
});
