import { describe, expect, test } from '@jest/globals';
import { given, type Happening, id, inDesign, people, refusals, type Scene, type Who } from './given.js';
import { ada, missingAt } from './given-involvement.js';
import { type BearerGroup, noLevels } from './risk.js';
import { objections } from './objection.js';
import { type View, type Voice } from './statement.js';

const asked = { top: 10 };
const score = { likelihood: 3, impact: 3 };
const carried = (risk: string, ...bearers: BearerGroup[]): Happening => [
  'concordat.agreement.risk-raised.v1',
  { risk, title: risk, domain: 'service', bearers, owner: people.commissioner, levels: noLevels, reviewOn: null, on: '2026-06-01', scores: { 'co-produced': score, 'professional-only': score, 'not-acting': score } },
];
const ask = { statement: id(81), group: 'carers', of: 'carer-led-body', form: 'easy-read', advocacyOffered: true } as const;
const sought = (askedOn = '2026-06-01', stage = 'design'): Happening => [
  'concordat.agreement.statement-sought.v1', { ...ask, stage, risks: ['burden'], askedOn },
];
const spoken = (view: View): Happening => [
  'concordat.agreement.statement-recorded.v1', { statement: ask.statement, view, spokenBy: ada, words: { subject: ada, sealed: 'b64' } }, 'representative',
];
const reply = { statement: ask.statement, reply: 'We pay for respite first.', secondPerson: people.colleague } as const;

test('a risk carried by people whose statement was not sought shuts the gate, group by group and risk by risk', () => {
  const scene = given(carried('burden', 'carers', 'service-users'), carried('money', 'carers'));
  expect(missingAt(scene, 'risk.statements-sought', asked)).toEqual([
    { what: 'the statement of carers on burden', suppliedBy: 'commissioner', by: 'seek-statement' },
    { what: 'the statement of carers on money', suppliedBy: 'commissioner', by: 'seek-statement' },
    { what: 'the statement of service-users on burden', suppliedBy: 'commissioner', by: 'seek-statement' },
  ]);
});

test('a group is asked once about all the risks it carries of the top ten', () => {
  const scene = given(carried('burden', 'carers'), carried('money', 'carers', 'public'), carried('food', 'public'));
  expect(scene.when('seek-statement', ask)).toMatchObject({ accepted: [{ data: { risks: ['burden', 'money'], stage: 'design', askedOn: '2026-06-01' } }] });
});

test('a view is sought of those who can speak for the group, with someone offered to stand by them', () => {
  const decision = given(carried('burden', 'carers')).when('seek-statement', { ...ask, of: 'provider', advocacyOffered: false });
  expect(refusals(decision)).toEqual(['statement.not-their-voice', 'statement.no-advocacy-offered']);
  expect(decision).toMatchObject({ refused: [{ missing: [{ what: 'carer-led-body' }, { what: 'advocate' }, { what: 'lived-experience-elsewhere' }] }, {}] });
  expect(refusals(inDesign.when('seek-statement', ask))).toEqual(['statement.nothing-carried']);
});

test('every answer but an objection opens the gate, whatever it says', () => {
  const scene = given(carried('burden', 'carers'), sought());
  for (const view of ['content', 'content-if', 'cannot-say'] as const) expect(missingAt(scene.given(spoken(view)), 'risk.statements-sought', asked)).toEqual([]);
});

test('an objection does not block, but waits for the written reply of the decision-maker, read by a second person', () => {
  const scene = given(carried('burden', 'carers'), sought(), spoken('object'));
  expect(missingAt(scene, 'risk.statements-sought', asked)).toMatchObject([{ suppliedBy: 'decision-maker', by: 'reply-to-objection' }]);
  expect(refusals(scene.when('reply-to-objection', { ...reply, reply: '', secondPerson: people.decisionMaker }, 'decisionMaker'))).toEqual([
    'statement.empty-reply', 'statement.no-second-person',
  ]);
  expect(refusals(scene.when('reply-to-objection', { ...reply, secondPerson: id(99) }, 'decisionMaker'))).toEqual(['person.unknown']);
  const replied = scene.did('reply-to-objection', reply, 'decisionMaker');
  expect(missingAt(replied, 'risk.statements-sought', asked)).toMatchObject([{ suppliedBy: `person-${people.colleague}`, by: 'second-reply' }, { suppliedBy: 'decision-maker', by: 'reply-to-objection' }]);
  expect(refusals(replied.when('reply-to-objection', reply, 'decisionMaker'))).toEqual(['already-so']);
  expect(refusals(replied.when('second-reply', { statement: ask.statement }, 'approver'))).toEqual(['statement.not-the-second-person']);
  // Whoever turns out since to be who replied, or one of a provider's people, is no second person either.
  for (const [also, more] of [[{ person: people.decisionMaker, provider: null }, []], [{ person: people.signatory, provider: id(2) }, ['statement.second-own-work']]] as const) {
    expect(refusals(replied.knowing('colleague', { identities: [also] }).when('second-reply', { statement: ask.statement }, 'colleague'))).toEqual(['statement.not-the-second-person', ...more]);
  }
  const read = replied.did('second-reply', { statement: ask.statement }, 'colleague');
  expect(missingAt(read, 'risk.statements-sought', asked)).toEqual([]);
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
  expect(missingAt(read, 'risk.statements-sought', asked)).toEqual([]);
  expect(refusals(read.when('reply-to-objection', reply, 'decisionMaker'))).toContain('already-so');
});

test('there is nothing to reply to where nobody objects', () => {
  const scene = given(carried('burden', 'carers'), sought(), spoken('content'));
  expect(refusals(scene.when('reply-to-objection', reply, 'decisionMaker'))).toEqual(['statement.no-objection']);
  expect(refusals(inDesign.when('reply-to-objection', reply, 'decisionMaker'))).toEqual(['statement.unknown']);
});

test('silence is asked-no-answer after two asks and fifteen working days, and not a day sooner', () => {
  const twice = given(carried('burden', 'carers'), sought('2026-06-01'), sought('2026-06-08'));
  // Fifteen working days of England after Monday 8 June end on Monday 29 June.
  expect(missingAt(twice.on('2026-06-29'), 'risk.statements-sought', asked)).toEqual([
    { what: `the statement of carers: ${ask.statement}`, suppliedBy: 'carers', by: 'record-statement' },
  ]);
  expect(missingAt(twice.on('2026-06-30'), 'risk.statements-sought', asked)).toEqual([]);
});

test('one ask is not two, however long it is ago', () => {
  const once = given(carried('burden', 'carers'), sought('2026-06-01')).on('2026-12-01');
  expect(missingAt(once, 'risk.statements-sought', asked)).toMatchObject([{ by: 'record-statement' }, { by: 'seek-statement' }]);
});

test('the second ask is on another day, of the same group, in the same stage, and only while it is silent', () => {
  const scene = given(carried('burden', 'carers', 'public'), sought());
  expect(refusals(scene.when('seek-statement', ask))).toEqual(['already-so']);
  expect(refusals(scene.on('2026-06-08').when('seek-statement', ask))).toEqual([]);
  expect(refusals(scene.when('seek-statement', { ...ask, group: 'public', of: 'elected-member' }))).toEqual(['statement.of-another-group', 'already-so']);
  expect(refusals(scene.given(spoken('content')).on('2026-06-08').when('seek-statement', ask))).toEqual(['already-so']);
});

test('an answer that comes after the silence is recorded, once', () => {
  const scene = given(carried('burden', 'carers'), sought('2026-06-01'), sought('2026-06-02')).asked(ada).on('2026-09-01');
  const words = { statement: ask.statement, view: 'object', spokenBy: ada, words: { subject: ada, sealed: 'b64' } } as const;
  const objected = scene.did('record-statement', words, 'representative');
  expect(missingAt(objected, 'risk.statements-sought', asked)).toMatchObject([{ by: 'reply-to-objection' }]);
  expect(JSON.stringify(objected.agreement.statements)).not.toContain('b64');
  expect(refusals(objected.when('record-statement', words, 'representative'))).toEqual(['already-so']);
  expect(refusals(inDesign.asked(ada).when('record-statement', words))).toEqual(['statement.unknown']);
});

test('a group that thinks otherwise by now is asked anew in the same stage: what it said first is not taken back, and both are on record', () => {
  const again = given(carried('burden', 'carers'), sought(), spoken('content')).asked(ada).did('seek-statement', { ...ask, statement: id(82) });
  expect(missingAt(again, 'risk.statements-sought', asked)).toMatchObject([{ suppliedBy: 'carers', by: 'record-statement' }, { by: 'seek-statement' }]);
  const objected = again.did('record-statement', { statement: id(82), view: 'object', spokenBy: ada, words: { subject: ada, sealed: 'x' } }, 'representative');
  expect(objected.agreement.statements.map(({ view }) => view)).toEqual(['content', 'object']);
  expect(missingAt(objected, 'risk.statements-sought', asked)).toMatchObject([{ suppliedBy: 'decision-maker', by: 'reply-to-objection' }]);
});

test('a group asked again is asked in a form it can read, and offered someone to stand by them, as the first time', () => {
  const again = given(carried('burden', 'carers'), sought()).on('2026-06-08');
  expect(refusals(again.when('seek-statement', { ...ask, form: 'spoken', advocacyOffered: false }))).toEqual(['statement.no-advocacy-offered']);
  expect(again.did('seek-statement', { ...ask, form: 'spoken' }).agreement.statements).toMatchObject([{ asks: [{ form: 'easy-read' }, { form: 'spoken' }] }]);
});

test('a risk that came up after the group spoke asks for its word again', () => {
  const scene = given(carried('burden', 'carers'), sought(), spoken('content'), carried('money', 'carers'));
  expect(missingAt(scene, 'risk.statements-sought', asked)).toEqual([{ what: 'the statement of carers on money', suppliedBy: 'commissioner', by: 'seek-statement' }]);
});

const rescored = (risk: string, likelihood: number, impact: number) => {
  const now = { likelihood, impact };
  return { risk, scores: { 'co-produced': now, 'professional-only': now, 'not-acting': now }, reason: 'Two fell.' };
};
const larger = { what: 'the statement of carers on burden, anew: it is larger than when they were asked', suppliedBy: 'commissioner', by: 'seek-statement' };

test('a risk that grew after the group spoke asks for its word again, scored or reviewed, and one that shrank or came back does not', () => {
  const spoke = given(carried('burden', 'carers'), carried('money', 'carers')).did('seek-statement', ask).given(spoken('content'));
  const grown = spoke.did('rescore-risk', rescored('burden', 5, 5));
  expect(missingAt(grown, 'risk.statements-sought', asked)).toEqual([larger]);
  expect(missingAt(spoke.did('review-risk', { risk: 'burden', levels: { ...noLevels, current: { likelihood: 2, impact: 5 } }, reviewOn: '2026-12-01', reason: 'x' }), 'risk.statements-sought', asked)).toEqual([larger]);
  const shrunk = spoke.did('rescore-risk', rescored('burden', 1, 1));
  for (const same of [shrunk, shrunk.did('rescore-risk', rescored('burden', 3, 3)), grown.did('rescore-risk', rescored('burden', 1, 3))]) {
    expect(missingAt(same, 'risk.statements-sought', asked)).toEqual([]);
  }
  const again = grown.did('seek-statement', { ...ask, statement: id(82) });
  expect(missingAt(again, 'risk.statements-sought', asked)).toMatchObject([{ what: `the statement of carers: ${id(82)}` }, { by: 'seek-statement' }]);
  expect(missingAt(again.asked(ada).did('record-statement', { statement: id(82), view: 'content-if', spokenBy: ada, words: { subject: ada, sealed: 'x' } }, 'representative'), 'risk.statements-sought', asked)).toEqual([]);
});

test('what is said counts of a risk as large as it was when it was asked about: one that grew before the answer is asked about again', () => {
  const scene = given(carried('burden', 'carers')).did('seek-statement', ask).did('rescore-risk', rescored('burden', 5, 5)).given(spoken('content'));
  expect(missingAt(scene, 'risk.statements-sought', asked)).toEqual([larger]);
});

test('a risk that nobody had scored when the group was asked is asked about again once it is', () => {
  const unscored: Happening = ['concordat.agreement.risk-rescored.v1', { risk: 'burden', scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null }, reason: 'x' }];
  const scene = given(carried('burden', 'carers'), unscored).did('seek-statement', ask).given(spoken('content'));
  expect(missingAt(scene, 'risk.statements-sought', asked)).toEqual([]);
  expect(missingAt(scene.did('rescore-risk', rescored('burden', 1, 1)), 'risk.statements-sought', asked)).toEqual([larger]);
});

test('a group that was silent about a smaller risk is asked about the larger one twice, and has fifteen working days again', () => {
  const silent = given(carried('burden', 'carers')).did('seek-statement', ask).on('2026-06-08').did('seek-statement', ask).on('2026-06-30');
  expect(missingAt(silent, 'risk.statements-sought', asked)).toEqual([]);
  const once = silent.did('rescore-risk', rescored('burden', 5, 5)).did('seek-statement', ask);
  expect(missingAt(once.on('2026-07-31'), 'risk.statements-sought', asked)).toMatchObject([{ by: 'record-statement' }, { by: 'seek-statement' }]);
  const twice = once.on('2026-07-01').did('seek-statement', ask);
  // Fifteen working days of England after Wednesday 1 July end on Wednesday 22 July.
  expect(missingAt(twice.on('2026-07-22'), 'risk.statements-sought', asked)).toMatchObject([{ by: 'record-statement' }]);
  expect(missingAt(twice.on('2026-07-23'), 'risk.statements-sought', asked)).toEqual([]);
});

test('each stage asks anew: what was said in an earlier one is not the word of this one', () => {
  const scene = given(carried('burden', 'carers'), sought('2026-06-01', 'mandate'), spoken('content'));
  expect(missingAt(scene, 'risk.statements-sought', asked)).toMatchObject([{ by: 'seek-statement' }]);
  expect(refusals(scene.when('seek-statement', ask))).toContain('statement.of-another-stage');
  expect(refusals(scene.when('seek-statement', { ...ask, statement: id(82) }))).toEqual([]);
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

test('where someone further down the table is asked, it is said why', () => {
  const scene = given(carried('burden', 'carers'));
  const elsewhere = { ...ask, of: 'lived-experience-elsewhere' } as const;
  expect(refusals(scene.when('seek-statement', elsewhere))).toEqual(['statement.fallback-unexplained']);
  const because = 'No body of carers meets here.';
  expect(scene.did('seek-statement', { ...elsewhere, because }).agreement.statements).toMatchObject([{ asks: [{ of: 'lived-experience-elsewhere', form: 'easy-read', because }] }]);
});

const saying = (scene: typeof inDesign, spokenBy: string, who: Who) =>
  refusals(scene.asked(ada).when('record-statement', { statement: ask.statement, view: 'content', spokenBy, words: { subject: spokenBy, sealed: 'x' } }, who));

test('who provides the service speaks for nobody who carries its risks, under any id, and writes down no view but their own', () => {
  const invited: Happening = ['concordat.agreement.provider-invited.v1', { provider: id(2) }];
  const scene = given(invited, carried('burden', 'carers', 'provider'), sought());
  expect(saying(scene, ada, 'signatory')).toEqual(['statement.not-their-view']);
  expect(saying(scene, people.signatory, 'representative')).toEqual(['statement.not-their-view', 'statement.not-their-voice']);
  expect(saying(scene.knowing('representative', { identities: [{ person: people.signatory, provider: id(2) }] }), ada, 'representative')).toEqual(['statement.not-their-view']);
  const ofProvider = given(invited, carried('burden', 'provider'), ['concordat.agreement.statement-sought.v1', { ...ask, group: 'provider', of: 'provider', stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
  expect(saying(ofProvider, people.signatory, 'signatory')).toEqual([]);
});

test('who asked for a view writes down nobody’s, under any id, and their own is no view of a group they are not of', () => {
  const scene = given(carried('burden', 'carers'), sought());
  expect(saying(scene, ada, 'commissioner')).toEqual(['statement.not-their-view']);
  expect(saying(scene.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }), ada, 'colleague')).toEqual(['statement.not-their-view']);
  expect(saying(scene, ada, 'representative')).toEqual([]);
  expect(saying(scene, people.commissioner, 'commissioner')).toEqual(['statement.not-their-view', 'statement.not-their-voice']);
  const representing = { grants: [{ grant: id(900), role: 'representative' as const }, { grant: id(901), role: 'risk-owner' as const }] };
  expect(saying(scene.knowing('commissioner', representing), people.commissioner, 'commissioner')).toEqual(['statement.not-their-view']);
  const ofItself = given(carried('burden', 'commissioner'), ['concordat.agreement.statement-sought.v1', { ...ask, group: 'commissioner', of: 'senior-responsible-owner', stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
  expect(saying(ofItself, people.commissioner, 'commissioner')).toEqual([]);
});

test('staff speak for nobody who carries a risk: a name of this organisation is that of a representative, a participant or an advocate, and for providers one of their own', () => {
  const asking = (group: BearerGroup, of: Voice) => given(carried('burden', group), ['concordat.agreement.statement-sought.v1', { ...ask, group, of, stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
  const spoken = { statement: ask.statement, view: 'content', spokenBy: people.approver, words: { subject: people.approver, sealed: 'x' } } as const;
  for (const [group, of] of [['carers', 'carer-led-body'], ['service-users', 'user-led-body'], ['community', 'community-body'], ['provider-staff', 'staff-body']] as const) {
    expect(refusals(asking(group, of).when('record-statement', spoken, 'representative'))).toEqual(['statement.not-their-voice']);
    expect(saying(asking(group, of), people.representative, 'representative')).toEqual([]);
  }
  expect(asking('carers', 'carer-led-body').when('record-statement', spoken, 'representative')).toMatchObject({
    refused: [{ missing: [{ what: 'someone who is representative' }, { what: 'someone who is participant' }, { what: 'someone who is advocate' }] }],
  });
  expect(asking('provider', 'provider').when('record-statement', { ...spoken, spokenBy: people.representative }, 'colleague')).toMatchObject({
    refused: [{ code: 'statement.not-their-voice', missing: [{ what: 'someone who is one of the provider’s people' }] }],
  });
  expect(saying(asking('provider-staff', 'staff').given(['concordat.agreement.provider-invited.v1', { provider: id(2) }]), people.signatory, 'signatory')).toEqual([]);
  const participant = { grants: [{ grant: id(900), role: 'participant' as const }] };
  expect(saying(asking('carers', 'carer-led-body').knowing('stranger', participant), people.stranger, 'stranger')).toEqual([]);
});

test('the view of the commissioner is that of a senior responsible owner, and no staff speak as advocate who are none', () => {
  const asking = (group: BearerGroup, of: 'senior-responsible-owner' | 'advocate') =>
    given(carried('burden', group), ['concordat.agreement.statement-sought.v1', { ...ask, group, of, stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
  expect(saying(asking('commissioner', 'senior-responsible-owner'), ada, 'representative')).toEqual(['statement.not-their-voice']);
  expect(saying(asking('commissioner', 'senior-responsible-owner'), people.approver, 'representative')).toEqual(['statement.not-their-voice']);
  expect(saying(asking('commissioner', 'senior-responsible-owner'), people.colleague, 'colleague')).toEqual([]);
  expect(saying(asking('carers', 'advocate'), people.approver, 'representative')).toEqual(['statement.not-their-voice']);
  expect(saying(asking('carers', 'advocate'), ada, 'representative')).toEqual([]);
});

test('a group is asked for one statement in a stage: while it has not answered, nobody opens a second beside it', () => {
  const scene = given(carried('burden', 'carers'), sought());
  const decision = scene.on('2026-06-08').when('seek-statement', { ...ask, statement: id(82) });
  expect(decision).toMatchObject({ refused: [{ code: 'statement.one-per-stage', missing: [{ what: `statement ${ask.statement}` }] }] });
  expect(refusals(scene.given(spoken('content')).when('seek-statement', { ...ask, statement: id(82) }))).toEqual([]);
});

test('having helped to write the risk table disqualifies nobody from giving their view on it', () => {
  const owner = { grants: [{ grant: id(900), role: 'risk-owner' as const }, { grant: id(901), role: 'participant' as const }] };
  const scene = inDesign.knowing('stranger', owner).did(
    'raise-risk',
    { risk: 'burden', title: 'Carers wear out', domain: 'service', bearers: ['carers'], owner: people.stranger, levels: noLevels, scores: { 'co-produced': score, 'professional-only': score, 'not-acting': score } },
    'stranger',
  ).did('seek-statement', ask);
  const view = { statement: ask.statement, view: 'content-if', spokenBy: people.stranger, words: { subject: people.stranger, sealed: 'x' } } as const;
  expect(refusals(scene.when('record-statement', view, 'stranger'))).toEqual([]);
});

test('nobody speaks by a pseudonym for a provider or in an elected member’s place: who those are is known', () => {
  const asking = (group: BearerGroup, of: Voice) => given(carried('burden', group), ['concordat.agreement.statement-sought.v1', { ...ask, group, of, stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
  for (const [group, of] of [['provider', 'provider'], ['public', 'elected-member'], ['community', 'elected-member']] as const) {
    expect(saying(asking(group, of), ada, 'representative')).toEqual(['statement.not-their-voice']);
  }
  expect(saying(asking('public', 'elected-member'), people.member, 'member')).toEqual([]);
  expect(saying(asking('public', 'community-body'), ada, 'representative')).toEqual([]);
  expect(saying(asking('provider-staff', 'staff'), ada, 'representative')).toEqual([]);
});

test('whoever is registered here says themselves what their group thinks, under any of their ids: nobody puts a view into their mouth', () => {
  const asking = (group: BearerGroup, of: Voice) => given(carried('burden', group), ['concordat.agreement.statement-sought.v1', { ...ask, group, of, stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
  const voices = [
    ['commissioner', 'senior-responsible-owner', 'colleague'], ['public', 'elected-member', 'member'], ['carers', 'advocate', 'representative'], ['provider', 'provider', 'signatory'], ['carers', 'carer-led-body', 'representative'],
  ] as const;
  for (const [group, of, who] of voices) {
    const scene = asking(group, of).given(['concordat.agreement.provider-invited.v1', { provider: id(2) }]).knowing('representative', { grants: [{ grant: id(900), role: 'representative' }, { grant: id(901), role: 'advocate' }] });
    const spokenBy = people[who];
    const by = (writer: Who, at = scene) => at.when('record-statement', { statement: ask.statement, view: 'content', spokenBy, words: { subject: spokenBy, sealed: 'x' } }, writer);
    const another = who === 'colleague' ? 'representative' : 'colleague';
    expect(by(another)).toMatchObject({ refused: [{ code: 'statement.not-your-own', missing: [{ what: 'their own word', suppliedBy: `person-${spokenBy}`, by: 'record-statement' }] }] });
    expect(refusals(by(who))).toEqual([]);
  }
  const twice = asking('public', 'elected-member').knowing('stranger', { grants: [{ grant: id(900), role: 'elected-member' }], identities: [{ person: people.member, provider: null }] });
  expect(saying(twice, people.member, 'stranger')).toEqual([]);
});

test('a provider’s word is that of one who is a party still: nobody of another provider, nor of one that was not awarded it', () => {
  const asking = (group: BearerGroup, of: Voice, ...before: readonly Happening[]) =>
    given(...before, carried('burden', group), ['concordat.agreement.statement-sought.v1', { ...ask, group, of, stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
  const invited = (provider: string): Happening => ['concordat.agreement.provider-invited.v1', { provider }];
  const awarded: Happening = ['concordat.agreement.awarded.v1', { provider: id(2), value: { amount: '1.00', currency: 'GBP' } }];
  for (const [group, of] of [['provider', 'provider'], ['provider-staff', 'staff']] as const) {
    // Before anybody is invited every provider may come to be one, and says so itself once it is invited.
    expect(asking(group, of).when('record-statement', { statement: ask.statement, view: 'content', spokenBy: people.otherSignatory, words: { subject: people.otherSignatory, sealed: 'x' } }, 'colleague')).toMatchObject({
      refused: [{ code: 'statement.not-your-own', missing: [{ what: 'their own word' }, { what: 'the provider, invited', suppliedBy: 'commissioner', by: 'invite-provider' }] }],
    });
    expect(saying(asking(group, of, invited(id(2))), people.otherSignatory, 'colleague')).toEqual(['statement.not-their-voice']);
    expect(saying(asking(group, of, invited(id(2)), invited(id(3))), people.otherSignatory, 'otherSignatory')).toEqual([]);
    expect(saying(asking(group, of, invited(id(2)), invited(id(3)), awarded), people.otherSignatory, 'colleague')).toEqual(['statement.not-their-voice']);
    expect(saying(asking(group, of, invited(id(2)), invited(id(3)), awarded), people.signatory, 'signatory')).toEqual([]);
  }
});

test('whoever looks after involvement speaks for nobody, though they hold another role besides or are registered a second time in it', () => {
  const scene = given(carried('burden', 'carers'), sought());
  const participant = { grants: [{ grant: id(900), role: 'participant' as const }] };
  const speaks = (world: typeof inDesign) => saying(world.knowing('stranger', participant), people.stranger, 'stranger');
  const staff = { grants: [{ grant: id(901), role: 'facilitator' as const }] };
  expect(speaks(scene)).toEqual([]);
  expect(saying(scene.knowing('stranger', { grants: [...participant.grants, ...staff.grants] }), people.stranger, 'stranger')).toEqual(['statement.not-their-voice']);
  const twice = scene.knowing('member', staff).knowing('stranger', { identities: [{ person: people.member, provider: null }] });
  expect(speaks(twice)).toEqual(['statement.not-their-voice']);
  // Who left the house speaks for those they are among now.
  expect(speaks(twice.knowing('member', { disabled: true }))).toEqual([]);
  expect(speaks(scene.knowing('stranger', { identities: [{ person: people.commissioner, provider: null }] }))).toEqual(['statement.not-their-view', 'statement.not-their-voice']);
});

describe('whoever spoke turns out to be no other than who may not', () => {
  const twins = (scene: Scene, one: Who, other: Who) => scene.knowing(one, { identities: [{ person: people[other], provider: null }] }).knowing(other, { identities: [{ person: people[one], provider: null }] });
  const ofProvider = (scene: Scene, who: Who) => scene.knowing(who, { identities: [{ person: people.signatory, provider: id(2) }] });
  const view = { statement: ask.statement, view: 'content', spokenBy: people.stranger, words: { subject: people.stranger, sealed: 'x' } } as const;
  const asking = given(carried('burden', 'carers'), sought()).knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }] });
  const said = asking.did('record-statement', view, 'stranger');
  const writtenDown = asking.given(spoken('content'));
  const open = (scene: Scene) => missingAt(scene, 'risk.statements-sought', asked);

  test.each([
    ['asked', said, twins(said, 'stranger', 'commissioner')],
    ['asked, and wrote it down', writtenDown, twins(writtenDown, 'representative', 'commissioner')],
    ['works for a provider', said, ofProvider(said, 'stranger')],
    ['works for a provider, and wrote it down', writtenDown, ofProvider(writtenDown, 'representative')],
  ])('the group has not spoken where they turn out to be one who %s: it is asked anew', (_, before, found) => {
    expect(open(before)).toEqual([]);
    expect(open(found)).toEqual([{ what: 'the statement of carers on burden, anew: whoever spoke for them turns out to have asked, or to work for a provider', suppliedBy: 'commissioner', by: 'seek-statement' }]);
    const anew = found.asked(ada).did('seek-statement', { ...ask, statement: id(82) }, 'colleague');
    expect(open(anew)).toContainEqual({ what: `the statement of carers: ${id(82)}`, suppliedBy: 'carers', by: 'record-statement' });
    expect(open(anew.did('record-statement', { ...view, statement: id(82), spokenBy: ada, words: { subject: ada, sealed: 'x' } }, 'commissioner'))).toEqual([]);
  });

  test('what a provider’s own people say of what they carry stays theirs', () => {
    const theirs = given(['concordat.agreement.provider-invited.v1', { provider: id(2) }], carried('burden', 'provider'), ['concordat.agreement.statement-sought.v1', { ...ask, group: 'provider', of: 'provider', stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
    expect(open(theirs.did('record-statement', { ...view, spokenBy: people.signatory, words: { subject: people.signatory, sealed: 'x' } }, 'signatory'))).toEqual([]);
  });

  test('an objection keeps its reply all the same, beside the word that is asked of the group anew', () => {
    const objected = given(carried('burden', 'carers'), sought()).knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }] }).did('record-statement', { ...view, view: 'object' }, 'stranger');
    expect(open(ofProvider(objected, 'stranger'))).toMatchObject([{ by: 'seek-statement' }, { by: 'reply-to-objection' }]);
  });

  test('a reply that was read by who wrote it, or by a provider, is read by nobody: another is named', () => {
    const read = given(carried('burden', 'carers'), sought(), spoken('object')).did('reply-to-objection', reply, 'decisionMaker').did('second-reply', { statement: ask.statement }, 'colleague');
    for (const found of [twins(read, 'colleague', 'decisionMaker'), ofProvider(read, 'colleague')]) {
      expect(open(read)).toEqual([]);
      expect(open(found)).toMatchObject([{ by: 'second-reply' }, { what: `or another second person for the objection of carers: ${ask.statement}`, by: 'reply-to-objection' }]);
      expect(missingAt(found, 'risk.objections-answered', {})).toHaveLength(2);
      expect(refusals(found.when('second-reply', { statement: ask.statement }, 'colleague'))).toContain('statement.not-the-second-person');
      const again = found.did('reply-to-objection', { ...reply, secondPerson: people.approver }, 'decisionMaker');
      expect(open(again)).toMatchObject([{ suppliedBy: `person-${people.approver}`, by: 'second-reply' }, {}]);
      expect(open(again.did('second-reply', { statement: ask.statement }, 'approver'))).toEqual([]);
    }
  });
});
