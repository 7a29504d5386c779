import { expect, test } from '@jest/globals';
import { given, type Happening, id, inDesign, people, refusals, type Who } from './given.js';
import { ada } from './given-involvement.js';
import { ask, carried, score, sought, spoken, stillAsked, twins } from './given-statements.js';
import { type BearerGroup, noLevels } from './risk.js';
import type { View, Voice } from './statement.js';

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

test('silence is asked-no-answer after two asks and fifteen working days, and not a day sooner', () => {
  const twice = given(carried('burden', 'carers'), sought('2026-06-01'), sought('2026-06-08'));
  // Fifteen working days of England after Monday 8 June end on Monday 29 June.
  expect(stillAsked(twice.on('2026-06-29'))).toEqual([
    { what: `the statement of carers: ${ask.statement}`, suppliedBy: 'carers', by: 'record-statement' },
  ]);
  expect(stillAsked(twice.on('2026-06-30'))).toEqual([]);
});

test('one ask is not two, however long it is ago', () => {
  const once = given(carried('burden', 'carers'), sought('2026-06-01')).on('2026-12-01');
  expect(stillAsked(once)).toMatchObject([{ by: 'record-statement' }, { by: 'seek-statement' }]);
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
  expect(stillAsked(objected)).toMatchObject([{ by: 'reply-to-objection' }]);
  expect(JSON.stringify(objected.agreement.statements)).not.toContain('b64');
  expect(refusals(objected.when('record-statement', words, 'representative'))).toEqual(['already-so']);
  expect(refusals(inDesign.asked(ada).when('record-statement', words))).toEqual(['statement.unknown']);
});

test('a group asked again is asked in a form it can read, and offered someone to stand by them, as the first time', () => {
  const again = given(carried('burden', 'carers'), sought()).on('2026-06-08');
  expect(refusals(again.when('seek-statement', { ...ask, form: 'spoken', advocacyOffered: false }))).toEqual(['statement.no-advocacy-offered']);
  expect(again.did('seek-statement', { ...ask, form: 'spoken' }).agreement.statements).toMatchObject([{ asks: [{ form: 'easy-read' }, { form: 'spoken' }] }]);
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
});

test('a group that has answered is asked through nobody further down the table before it carries something new: it may think otherwise itself', () => {
  const another = { ...ask, statement: id(82), because: 'They object.' } as const;
  const lower = ['advocate', 'lived-experience-elsewhere'] as const;
  const asked = (scene: typeof inDesign, of: Voice) => refusals(scene.on('2026-06-08').when('seek-statement', { ...another, of }));
  const answered = given(carried('burden', 'carers'), sought(), spoken('object'));
  expect(answered.when('seek-statement', { ...another, of: 'advocate' })).toMatchObject({
    refused: [{ code: 'statement.one-per-stage', missing: [{ what: 'carer-led-body', suppliedBy: 'commissioner', by: 'seek-statement' }] }],
  });
  for (const of of lower) expect(asked(answered, of)).toEqual(['statement.one-per-stage']);
  expect(asked(answered, 'carer-led-body')).toEqual([]);
  // Nor is what they are asked again turned to somebody else.
  const again = answered.did('seek-statement', another);
  for (const of of lower) expect(asked(again, of)).toEqual(['statement.one-per-stage']);
  for (const anew of [answered.given(carried('money', 'carers')), answered.did('rescore-risk', { risk: 'burden', scores: { 'co-produced': { likelihood: 5, impact: 5 }, 'professional-only': null, 'not-acting': null }, reason: 'Two fell.' })]) {
    for (const of of lower) expect(asked(anew, of)).toEqual([]);
  }
  const notTheirs = given(carried('burden', 'carers'), sought(), spoken('content'));
  for (const of of lower) expect(asked(twins(notTheirs, 'representative', 'commissioner'), of)).toEqual([]);
});

test('where somebody else spoke for them, the group itself is asked all the same', () => {
  const elsewhere = given(carried('burden', 'carers'), ['concordat.agreement.statement-sought.v1', { ...ask, of: 'advocate', because: 'No body meets here.', stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }], spoken('content'));
  const asked = (of: Voice) => refusals(elsewhere.when('seek-statement', { ...ask, statement: id(82), of, because: 'x' }));
  expect([asked('carer-led-body'), asked('advocate'), asked('lived-experience-elsewhere')]).toEqual([[], [], ['statement.one-per-stage']]);
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

test('what staff write down for somebody without an account is confirmed by them first, unless it is an objection; who speaks for them says it', () => {
  const scene = given(carried('burden', 'carers'), sought()).asked(ada);
  const says = (at: typeof scene, view: View, who: Who) => at.when('record-statement', { statement: ask.statement, view, spokenBy: ada, words: { subject: ada, sealed: 'x' } }, who);
  for (const view of ['content', 'content-if', 'cannot-say'] as const) {
    expect(says(scene, view, 'colleague')).toMatchObject({ refused: [{ code: 'statement.not-confirmed', missing: [{ what: `that ${ada} confirms it: ${ask.statement}`, suppliedBy: 'facilitator', by: 'record-proxy-entry' }, { suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }] });
    expect(refusals(says(scene, view, 'representative'))).toEqual([]);
    expect(refusals(says(scene.did('record-proxy-entry', { entry: ask.statement, onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' }), view, 'colleague'))).toEqual([]);
  }
  expect(refusals(says(scene, 'object', 'colleague'))).toEqual([]);
});
