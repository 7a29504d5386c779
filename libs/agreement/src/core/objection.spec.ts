import { expect, test } from '@jest/globals';
import { given, type Happening, id, inDesign, people, refusals } from './given.js';
import { missingAt } from './given-involvement.js';
import { ask, carried, ofProvider, reply, sought, spoken, stillAsked, twins } from './given-statements.js';
import { objections } from './objection.js';

test('an objection does not block, but waits for the written reply of the decision-maker, read by a second person', () => {
  const scene = given(carried('burden', 'carers'), sought(), spoken('object'));
  expect(stillAsked(scene)).toMatchObject([{ suppliedBy: 'decision-maker', by: 'reply-to-objection' }]);
  expect(refusals(scene.when('reply-to-objection', { ...reply, reply: '', secondPerson: people.decisionMaker }, 'decisionMaker'))).toEqual([
    'statement.empty-reply', 'statement.no-second-person',
  ]);
  expect(refusals(scene.when('reply-to-objection', { ...reply, secondPerson: id(99) }, 'decisionMaker'))).toEqual(['person.unknown']);
  const replied = scene.did('reply-to-objection', reply, 'decisionMaker');
  expect(stillAsked(replied)).toMatchObject([{ suppliedBy: `person-${people.colleague}`, by: 'second-reply' }, { suppliedBy: 'decision-maker', by: 'reply-to-objection' }]);
  expect(refusals(replied.when('reply-to-objection', reply, 'decisionMaker'))).toEqual(['already-so']);
  expect(refusals(replied.when('second-reply', { statement: ask.statement }, 'approver'))).toEqual(['statement.not-the-second-person']);
  // Whoever turns out since to be who replied, or one of a provider's people, is no second person either.
  for (const [also, more] of [[{ person: people.decisionMaker, provider: null }, []], [{ person: people.signatory, provider: id(2) }, ['statement.second-own-work']]] as const) {
    expect(refusals(replied.knowing('colleague', { identities: [also] }).when('second-reply', { statement: ask.statement }, 'colleague'))).toEqual(['statement.not-the-second-person', ...more]);
  }
  const read = replied.did('second-reply', { statement: ask.statement }, 'colleague');
  expect(stillAsked(read)).toEqual([]);
  expect(refusals(read.when('second-reply', { statement: ask.statement }, 'colleague'))).toEqual(['already-so']);
  expect(refusals(scene.when('second-reply', { statement: ask.statement }, 'colleague'))).toEqual(['statement.no-reply']);
});

test('nobody is named as second person who cannot read it: someone disabled, of a provider, or without a role for it today, here', () => {
  const scene = given(carried('burden', 'carers'), sought(), spoken('object'));
  const role = scene.persons[people.colleague]!.grants[0]!;
  const naming = (at: typeof scene, secondPerson: string) => at.when('reply-to-objection', { ...reply, secondPerson }, 'decisionMaker');
  const cannot = [
    scene.knowing('colleague', { disabled: true }),
    scene.knowing('colleague', { grants: [] }),
    scene.knowing('colleague', { grants: [{ ...role, until: '2026-05-31' }] }),
    scene.knowing('colleague', { grants: [{ ...role, agreements: [id(99)] }] }),
  ];
  const ofProvider = scene.knowing('colleague', { identities: [{ person: people.signatory, provider: id(2) }] });
  expect(refusals(naming(ofProvider, people.colleague))).toEqual(['statement.second-own-work', 'statement.cannot-second']);
  for (const world of cannot) expect(refusals(naming(world, people.colleague))).toEqual(['statement.cannot-second']);
  expect(refusals(naming(scene, people.signatory))).toEqual(['statement.second-own-work', 'statement.cannot-second']);
  expect(refusals(naming(scene, people.stranger))).toEqual(['statement.cannot-second']);
  const decision = naming(scene, people.stranger);
  const missing = 'refused' in decision ? decision.refused[0].missing : [];
  expect(missing).toContainEqual({ what: 'someone who is panel-chair', suppliedBy: 'decision-maker', by: 'reply-to-objection' });
  expect(missing.filter(({ what }) => what.includes('provider'))).toEqual([]);
});

test('nobody whose hand is in what is objected to reads it as the second person, under any id: who opened or leads it, asked for the view, or has an interest', () => {
  const scene = given(carried('burden', 'carers'), ['concordat.agreement.statement-sought.v1', { ...ask, stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }, 'approver'], spoken('object'));
  const naming = (at: typeof scene, secondPerson: string) => at.when('reply-to-objection', { ...reply, secondPerson }, 'decisionMaker');
  const led: Happening = ['concordat.agreement.facts-amended.v1', { facts: { lead: people.colleague }, tier: 'standard', content: scene.agreement.content, material: [] }];
  const interested: Happening = ['concordat.agreement.conflict-declared.v1', { person: people.colleague, role: 'approver', interest: 'other', about: { subject: people.colleague, sealed: 'x' } }];
  for (const [at, who, hand] of [
    [scene, people.commissioner, 'opened the agreement'],
    [scene, people.approver, 'asked for the view'],
    [scene.given(led), people.colleague, 'leads the agreement'],
    [scene.given(interested), people.colleague, 'declared an interest'],
    [scene.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }), people.colleague, 'opened the agreement'],
  ] as const) {
    expect(naming(at, who)).toMatchObject({ refused: [{ code: 'statement.second-own-work', missing: [{ what: `someone other than the one who ${hand}`, suppliedBy: 'decision-maker', by: 'reply-to-objection' }] }] });
  }
  expect(refusals(naming(scene, people.colleague))).toEqual([]);
  const named = scene.did('reply-to-objection', reply, 'decisionMaker');
  expect(refusals(named.given(led).when('second-reply', { statement: ask.statement }, 'colleague'))).toEqual(['statement.second-own-work']);
  // Found since to be who opened it: the objection waits for another reader.
  const read = named.did('second-reply', { statement: ask.statement }, 'colleague');
  expect(missingAt(read, 'risk.objections-answered', {})).toEqual([]);
  expect(missingAt(read.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }), 'risk.objections-answered', {})).toHaveLength(2);
  // Two people suffice where little is at stake.
  const small: Happening = ['concordat.agreement.facts-amended.v1', { facts: {}, tier: 'small', content: scene.agreement.content, material: [] }];
  expect(refusals(naming(scene.given(small), people.commissioner))).toEqual([]);
});

test('another second person may be named until the first has read it, so that no objection stays open because somebody left', () => {
  const replied = given(carried('burden', 'carers'), sought(), spoken('object')).did('reply-to-objection', reply, 'decisionMaker').knowing('colleague', { disabled: true });
  expect(refusals(replied.when('second-reply', { statement: ask.statement }, 'colleague'))).toEqual(['right.missing']);
  const again = replied.did('reply-to-objection', { ...reply, secondPerson: people.approver }, 'decisionMaker');
  const read = again.did('second-reply', { statement: ask.statement }, 'approver');
  expect(stillAsked(read)).toEqual([]);
  expect(refusals(read.when('reply-to-objection', reply, 'decisionMaker'))).toContain('already-so');
});

test('there is nothing to reply to where nobody objects', () => {
  const scene = given(carried('burden', 'carers'), sought(), spoken('content'));
  expect(refusals(scene.when('reply-to-objection', reply, 'decisionMaker'))).toEqual(['statement.no-objection']);
  expect(refusals(inDesign.when('reply-to-objection', reply, 'decisionMaker'))).toEqual(['statement.unknown']);
});

test('an objection of any stage keeps the decision from being recorded until it has its reply and its second reader', () => {
  const scene = given(carried('burden', 'carers'), sought('2026-06-01', 'mandate'), spoken('object'));
  const deciding = (at: typeof scene) =>
    refusals(
      at.when(
        'record-decision',
        {
          decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01',
          weighed: 'Reach against price.', versionRead: at.decisionVersion,
        },
        'decisionMaker',
      ),
    );
  expect(deciding(scene)).toEqual(['decision.objection-unanswered']);
  expect(missingAt(scene, 'risk.objections-answered', {})).toMatchObject([{ by: 'reply-to-objection' }]);
  const read = scene.did('reply-to-objection', reply, 'decisionMaker').did('second-reply', { statement: ask.statement }, 'colleague');
  expect(deciding(read)).toEqual([]);
  expect(missingAt(read, 'risk.objections-answered', {})).toEqual([]);
  expect(objections(read.agreement)).toMatchObject([{ group: 'carers', reply: { says: reply.reply, secondPerson: people.colleague } }]);
});

test('an objection keeps its reply all the same, beside the word that is asked of the group anew', () => {
  const objected = given(carried('burden', 'carers'), sought()).knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }] }).did('record-statement', { statement: ask.statement, view: 'object', spokenBy: people.stranger, words: { subject: people.stranger, sealed: 'x' } }, 'stranger');
  expect(stillAsked(ofProvider(objected, 'stranger'))).toMatchObject([{ by: 'seek-statement' }, { by: 'reply-to-objection' }]);
});

test('a reply that was read by who wrote it, or by a provider, is read by nobody: another is named', () => {
  const read = given(carried('burden', 'carers'), sought(), spoken('object')).did('reply-to-objection', reply, 'decisionMaker').did('second-reply', { statement: ask.statement }, 'colleague');
  for (const found of [twins(read, 'colleague', 'decisionMaker'), ofProvider(read, 'colleague')]) {
    expect(stillAsked(read)).toEqual([]);
    expect(stillAsked(found)).toMatchObject([{ by: 'second-reply' }, { what: `or another second person for the objection of carers: ${ask.statement}`, by: 'reply-to-objection' }]);
    expect(missingAt(found, 'risk.objections-answered', {})).toHaveLength(2);
    expect(refusals(found.when('second-reply', { statement: ask.statement }, 'colleague'))).toContain('statement.not-the-second-person');
    const again = found.did('reply-to-objection', { ...reply, secondPerson: people.approver }, 'decisionMaker');
    expect(stillAsked(again)).toMatchObject([{ suppliedBy: `person-${people.approver}`, by: 'second-reply' }, {}]);
    expect(stillAsked(again.did('second-reply', { statement: ask.statement }, 'approver'))).toEqual([]);
  }
});
