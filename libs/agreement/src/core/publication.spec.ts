import { describe, expect, test } from '@jest/globals';
import { id, inDesign, opened, refusals, type Scene } from './given.js';
import { missingAt } from './given-involvement.js';
import { isOfThePlaced, isPublic, mayGoOutFrom, noticesAwaited, peoplesViewIsOut, publicOf, type ReleaseWhen, withheldNow } from './publication.js';

const publication = id(470);
const release = { is: 'release', notice: 'UK4', ocid: 'ocds-h6vhtk-04a1b2' } as const;
const tender = { notice: 'UK4', publishedOn: '2026-06-01', reference: '2026/S 000-012345' };
const plan = { publication, of: release, releaseWhen: { is: 'notice', notice: 'UK4' } } as const;
const planned = inDesign.did('plan-publication', plan);
const theme = (scene: Scene) => scene.given(['concordat.agreement.theme-created.v1', { theme: id(471), title: 'Evenings' } as never]);
const answered = theme(inDesign).did('answer-theme', { theme: id(471), response: { outcome: 'not-adopted', reasons: 'No hall' } });
const said = { publication, of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: '2026-06-10' } } as const;
const missing = (decision: object) => ('refused' in decision ? (decision.refused as { code: string; missing: { what: string; by?: string }[] }[]).flatMap((one) => one.missing.map(({ what, by }) => [what, by])) : []);

describe('data goes out after the official notice, under its number, and not before', () => {
  test('it is refused while the notice is not on record, and says what is missing and who records it', () => {
    const early = planned.when('publish', { publication });
    expect(refusals(early)).toEqual(['publication.embargoed', 'publication.notice-first']);
    expect(missing(early)).toContainEqual(['the official notice UK4, with its number', 'record-published-notice']);
    // A day of its own that has come does not go round the notice.
    expect(refusals(inDesign.did('plan-publication', { ...plan, releaseWhen: { is: 'day', on: '2026-06-01' } }).when('publish', { publication }))).toEqual(['publication.notice-first']);
  });

  test('it bears the number of the notice and the moment at which it went out', () => {
    const { agreement } = planned.did('record-published-notice', tender).did('publish', { publication });
    expect(agreement.publications[0]).toMatchObject({ published: { on: '2026-06-01', at: '2026-06-01T09:00:00.000000Z', number: '2026/S 000-012345', duty: null, election: null } });
    expect(isPublic(agreement.publications[0]!)).toBe(true);
  });

  test('the notice of the award is known under every route, and any other is one of the route', () => {
    const award = inDesign.did('plan-publication', { ...plan, of: { ...release, notice: 'award-notice' }, releaseWhen: { is: 'day', on: '2026-06-01' } });
    expect(missing(award.when('publish', { publication }))).toEqual([['the official notice award-notice, with its number', 'publish-award-notice']]);
    expect(inDesign.when('plan-publication', { ...plan, of: { ...release, notice: 'UK99' } })).toMatchObject({ refused: [{ asks: expect.stringMatching(/knows these notices: .*UK4.*, award-notice\./), missing: [{ what: 'UK99', suppliedBy: 'publisher', by: 'plan-publication' }] }] });
    expect(refusals(inDesign.when('plan-publication', { ...plan, of: { ...release, notice: 'UK99' }, releaseWhen: { is: 'notice', notice: 'UK98' } }))).toEqual(['publication.notice-unknown', 'publication.notice-unknown']);
  });

  test('a notice of the award that told of another than stands now is none of it', () => {
    const noticed = inDesign.did('plan-publication', { ...plan, of: { ...release, notice: 'award-notice' }, releaseWhen: { is: 'notice', notice: 'award-notice' } })
      .given(['concordat.agreement.award-notice-published.v1', { publishedOn: '2026-06-01', reference: 'UK6-1', stage: 'design', voluntaryStandstill: null, ends: null, warnings: [] }]);
    expect(refusals(noticed.when('publish', { publication }))).toEqual([]);
    const changed = noticed.did('amend-facts', { facts: { specification: { reference: 'S2', title: 'Specification' } } });
    expect(refusals(changed.when('publish', { publication }))).toEqual(['publication.embargoed', 'publication.notice-first']);
  });

  test('a notice is told again once at a time, and anew once it went out', () => {
    expect(refusals(planned.when('plan-publication', { ...plan, publication: id(472) }))).toEqual(['publication.planned-twice']);
    expect(refusals(planned.when('plan-publication', plan))).toEqual(['already-so', 'publication.planned-twice']);
    // What is another thing is planned beside it.
    for (const another of [{ ...release, notice: 'award-notice' }, { is: 'you-said-we-did' }] as const) expect(refusals(planned.when('plan-publication', { ...plan, publication: id(472), of: another }))).toEqual([]);
    expect(refusals(inDesign.did('plan-publication', said).when('plan-publication', { ...said, publication: id(472) }))).toEqual([]);
    const out = planned.did('record-published-notice', tender).did('publish', { publication });
    expect(refusals(out.when('plan-publication', { ...plan, publication: id(472) }))).toEqual([]);
    expect(refusals(out.when('publish', { publication }))).toEqual(['already-so']);
  });
});

test('what the few said who are placed goes out nowhere, also where that was planned before; a notice of it does', () => {
  const placed = (scene: Scene) => ({ ...scene.agreement, kind: 'placement' as const });
  const [fresh, before] = [inDesign.beside(id(8), placed(inDesign)).inside(id(8)), answered.did('plan-publication', said).beside(id(8), placed(answered.did('plan-publication', said))).inside(id(8)).on('2026-06-10')];
  expect(refusals(fresh.when('plan-publication', said))).toEqual(['publication.of-the-placed']);
  expect(refusals(before.when('publish', { publication }))).toEqual(['publication.of-the-placed']);
  expect(refusals(fresh.when('plan-publication', plan))).toEqual([]);
  expect([said.of, release].map((of) => [isOfThePlaced(fresh.agreement, of), isOfThePlaced(inDesign.agreement, of)])).toEqual([[true, false], [false, false]]);
});

describe('an embargo', () => {
  test('holds until its day, and no longer', () => {
    const scene = answered.did('plan-publication', said);
    expect(missing(scene.on('2026-06-09').when('publish', { publication }))).toEqual([['from 2026-06-10', undefined]]);
    expect(refusals(scene.on('2026-06-10').when('publish', { publication }))).toEqual([]);
  });

  test('holds until a decision is in force, and names what of it is missing', () => {
    const scene = answered.did('plan-publication', { ...said, releaseWhen: { is: 'decision-in-force' } });
    expect(missing(scene.when('publish', { publication }))).toEqual([['the decision', 'record-decision']]);
  });

  test('is no reason to tell of answers where nothing is answered', () => {
    const scene = theme(inDesign).did('plan-publication', { ...said, releaseWhen: { is: 'day', on: '2026-06-01' } });
    expect(missing(scene.when('publish', { publication }))).toEqual([['an answer', 'answer-theme']]);
  });
});

describe('what is withheld', () => {
  const withheld = planned.did('record-published-notice', tender).did('withhold-publication', { publication, ground: 'sensitive-commercial-information', reason: 'The price by the hour' });

  test('does not go out until that is lifted, and both stay on record', () => {
    expect(missing(withheld.when('publish', { publication }))).toEqual([['sensitive-commercial-information: The price by the hour', 'lift-withholding']]);
    const { agreement } = withheld.did('lift-withholding', { publication, reason: 'The contract is signed' }).did('publish', { publication });
    expect(agreement.publications[0]).toMatchObject({ withheld: [{ ground: 'sensitive-commercial-information', on: '2026-06-01', lifted: { on: '2026-06-01', reason: 'The contract is signed' } }] });
    expect(isPublic(agreement.publications[0]!)).toBe(true);
  });

  test('a second time is on record beside the first, and what is lifted then is the second', () => {
    const { agreement } = withheld.did('lift-withholding', { publication, reason: 'The contract is signed' })
      .on('2026-06-02').did('withhold-publication', { publication, ground: 'personal-data', reason: 'A name stands in it' })
      .on('2026-06-03').did('lift-withholding', { publication, reason: 'It was struck out' });
    expect(agreement.publications[0]?.withheld).toEqual([
      { ground: 'sensitive-commercial-information', reason: 'The price by the hour', on: '2026-06-01', lifted: { on: '2026-06-01', reason: 'The contract is signed' } },
      { ground: 'personal-data', reason: 'A name stands in it', on: '2026-06-02', lifted: { on: '2026-06-03', reason: 'It was struck out' } },
    ]);
  });

  test('is one of several: the others go out meanwhile, and are public by themselves', () => {
    const both = answered.did('plan-publication', plan).did('plan-publication', { ...said, publication: id(472), releaseWhen: { is: 'day', on: '2026-06-01' } });
    const { agreement } = both.did('withhold-publication', { publication, ground: 'personal-data', reason: 'x' }).did('publish', { publication: id(472) });
    expect(agreement.publications.map((one) => [one.publication, one.withheld.length, isPublic(one)])).toEqual([[publication, 1, false], [id(472), 0, true]]);
    expect(isPublic(both.agreement.publications[0]!)).toBe(false);
  });

  test('is taken down where it was out already, whatever became of the agreement', () => {
    const out = planned.did('record-published-notice', tender).did('publish', { publication }).did('cancel', { reason: 'x' });
    const { agreement } = out.did('withhold-publication', { publication, ground: 'personal-data', reason: 'A name stood in it' });
    expect([isPublic(agreement.publications[0]!), withheldNow(agreement.publications[0]!)?.reason, agreement.publications[0]?.published?.on]).toEqual([false, 'A name stood in it', '2026-06-01']);
  });

  test('and is public again before an election only as the law asks for it, which is recorded', () => {
    const down = planned.did('record-published-notice', tender).did('publish', { publication }).did('withhold-publication', { publication, ground: 'personal-data', reason: 'x' });
    const lifting = { publication, reason: 'It was struck out' };
    expect(missing(down.on('2026-09-01').when('lift-withholding', lifting))).toEqual([['after 2026-09-24, the last day of the by-election', undefined], ['duty: the law that asks for it now', 'lift-withholding']]);
    const { agreement } = down.on('2026-09-01').did('lift-withholding', { ...lifting, duty: 'PA 2023 s.53' });
    expect(agreement.publications[0]?.withheld[0]?.lifted).toEqual({ on: '2026-09-01', reason: 'It was struck out', duty: 'PA 2023 s.53', election: 'the by-election' });
    // What never went out goes out by being published, which asks for it then.
    expect(refusals(withheld.on('2026-09-01').when('lift-withholding', lifting))).toEqual([]);
    expect(down.on('2026-06-10').did('lift-withholding', { ...lifting, duty: 'x' }).agreement.publications[0]?.withheld[0]?.lifted).toEqual({ on: '2026-06-10', reason: 'It was struck out' });
  });

  test('is told in the order in which it went out, and nowhere here once another organisation took the agreement over', () => {
    const early = { ...said, publication: id(472), releaseWhen: { is: 'day', on: '2026-06-01' } } as const;
    const both = answered.did('plan-publication', said).did('plan-publication', early).did('publish', { publication: id(472) }).on('2026-06-10').did('publish', { publication });
    expect(publicOf(both.agreement).map((one) => one.publication)).toEqual([id(472), publication]);
    expect(publicOf({ ...both.agreement, lifecycle: 'transferred' })).toEqual([]);
  });

  test('is withheld once and lifted once, and nothing is said of what nobody planned', () => {
    expect(refusals(withheld.when('withhold-publication', { publication, ground: 'other-law', reason: 'x' }))).toEqual(['already-so']);
    expect(refusals(planned.when('lift-withholding', { publication, reason: 'x' }))).toEqual(['already-so']);
    expect([refusals(opened.when('publish', { publication })), refusals(opened.when('lift-withholding', { publication, reason: 'x' })), refusals(opened.when('withhold-publication', { publication, ground: 'other-law', reason: 'x' }))]).toEqual([['publication.unknown'], ['publication.unknown'], ['publication.unknown']]);
  });
});

describe('the day from which it may go out', () => {
  const from = ({ agreement }: Scene) => mayGoOutFrom(agreement, agreement.publications.at(-1)!);
  const tells = (scene: Scene, releaseWhen: ReleaseWhen) => scene.did('plan-publication', { ...said, releaseWhen });
  const tellsAgain = (releaseWhen: ReleaseWhen) => inDesign.on('2026-06-05').did('plan-publication', { ...plan, releaseWhen });
  const decided = (scene: Scene, inForceFrom: string) =>
    scene.did('record-decision', { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-05', inForceFrom, weighed: 'x', versionRead: scene.decisionVersion }, 'decisionMaker');

  test('is its own, or that of the notice it tells of, whichever is later', () => {
    const noticed = (on: string) => from(tellsAgain({ is: 'day', on }).did('record-published-notice', tender));
    expect([noticed('2026-05-20'), noticed('2026-06-10')]).toEqual(['2026-06-01', '2026-06-10']);
    expect(from(tells(answered, { is: 'day', on: '2026-06-10' }))).toBe('2026-06-10');
  });

  test('is not known while a notice, an answer or the decision is missing', () => {
    const waiting = tellsAgain({ is: 'day', on: '2026-06-10' });
    expect([from(waiting), noticesAwaited(waiting.agreement, waiting.agreement.publications[0]!)]).toEqual([undefined, ['UK4']]);
    expect(from(tells(answered, { is: 'notice', notice: 'UK4' }))).toBeUndefined();
    expect(from(tells(answered, { is: 'notice', notice: 'UK4' }).on('2026-06-05').did('record-published-notice', tender))).toBe('2026-06-01');
    expect(from(tells(theme(inDesign), { is: 'day', on: '2026-06-10' }))).toBeUndefined();
    expect(from(tells(answered, { is: 'decision-in-force' }))).toBeUndefined();
  });

  test('is that on which the decision comes into force, and none while that is stale', () => {
    const scene = decided(tells(answered.on('2026-06-05'), { is: 'decision-in-force' }), '2026-06-12');
    expect(from(scene)).toBe('2026-06-12');
    // What it rests on changed: it is decided on anew first.
    expect(from(scene.did('amend-facts', { facts: { value: { amount: '9000.00', currency: 'GBP' } } }))).toBeUndefined();
  });

  test('is not known of what is withheld, and past for what is out', () => {
    const scene = tells(answered, { is: 'day', on: '2026-06-01' });
    expect(from(scene)).toBe('2026-06-01');
    expect(from(scene.did('withhold-publication', { publication, ground: 'other-law', reason: 'x' }))).toBeUndefined();
    expect(from(scene.did('publish', { publication }))).toBeUndefined();
  });
});

describe('before an election', () => {
  const scene = answered.did('plan-publication', said);
  const on = (day: string, duty?: string) => scene.on(day).when('publish', { publication, ...(duty !== undefined && { duty }) });

  test('nothing goes out from the first day to the last', () => {
    expect(['2026-08-31', '2026-09-01', '2026-09-24', '2026-09-25'].map((day) => refusals(on(day)))).toEqual([[], ['publication.before-election'], ['publication.before-election'], []]);
    expect(missing(on('2026-09-01'))).toEqual([['after 2026-09-24, the last day of the by-election', undefined], ['duty: the law that asks for it now', 'publish']]);
  });

  test('but what the law asks for then, which is recorded with the time it went out in', () => {
    const { agreement } = scene.on('2026-09-01').did('publish', { publication, duty: 'PA 2023 s.53' });
    expect(agreement.publications[0]?.published).toMatchObject({ duty: 'PA 2023 s.53', election: 'the by-election' });
    // At any other time no law is needed, and none is recorded.
    expect(scene.on('2026-06-10').did('publish', { publication, duty: 'x' }).agreement.publications[0]?.published).toMatchObject({ duty: null, election: null });
  });
});

test('only a publisher publishes', () => {
  expect(refusals(planned.when('publish', { publication }, 'approver'))).toEqual(['right.missing']);
});

test('that people’s view is published is seen where it went out here since the agreement came to the stage, for as long as it is out; a document elsewhere is the word of whoever names it', () => {
  const asked = (scene: Scene) => missingAt(scene, 'facts.present', { facts: ['people-view-published'] });
  const out = (scene: Scene) => theme(scene).did('answer-theme', { theme: id(471), response: { outcome: 'not-adopted', reasons: 'No hall' } }).did('plan-publication', said).on('2026-06-10').did('publish', { publication });
  const byDocument = { what: 'people-view-published', suppliedBy: 'commissioner', by: 'amend-facts' };
  const published = out(inDesign);
  expect([asked(answered), asked(published)]).toEqual([[byDocument], []]);
  expect(asked(published.did('withhold-publication', { publication, ground: 'personal-data', reason: 'A name' }))).toEqual([byDocument]);
  expect(asked(out(opened).on('2026-06-11').did('request-gate', { stage: 'mandate' }))).toEqual([byDocument]);
  // A release tells a notice again, and nothing of what people said.
  expect(asked(planned.did('record-published-notice', tender).did('publish', { publication }))).toEqual([byDocument]);
  const elsewhere = answered.did('amend-facts', { facts: { 'people-view-published': { reference: 'https://council.example/view', title: 'What people say' } } });
  expect([asked(elsewhere), peoplesViewIsOut(elsewhere.agreement), peoplesViewIsOut(published.agreement)]).toEqual([[], false, true]);
});
