import { describe, expect, test } from '@jest/globals';
import { id, inDesign, opened, refusals, type Scene } from './given.js';
import { isPublic, withheldNow } from './publication.js';

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

  test('is taken down where it was out already, whatever became of the agreement', () => {
    const out = planned.did('record-published-notice', tender).did('publish', { publication }).did('cancel', { reason: 'x' });
    const { agreement } = out.did('withhold-publication', { publication, ground: 'personal-data', reason: 'A name stood in it' });
    expect([isPublic(agreement.publications[0]!), withheldNow(agreement.publications[0]!)?.reason, agreement.publications[0]?.published?.on]).toEqual([false, 'A name stood in it', '2026-06-01']);
  });

  test('is withheld once and lifted once, and nothing is said of what nobody planned', () => {
    expect(refusals(withheld.when('withhold-publication', { publication, ground: 'other-law', reason: 'x' }))).toEqual(['already-so']);
    expect(refusals(planned.when('lift-withholding', { publication, reason: 'x' }))).toEqual(['already-so']);
    expect([refusals(opened.when('publish', { publication })), refusals(opened.when('lift-withholding', { publication, reason: 'x' })), refusals(opened.when('withhold-publication', { publication, ground: 'other-law', reason: 'x' }))]).toEqual([['publication.unknown'], ['publication.unknown'], ['publication.unknown']]);
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
