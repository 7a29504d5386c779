import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { duesOf } from './due.js';
import { agreementId, given, id, inDesign, people, provider, refusals, type Scene, type Who } from './given.js';
import { aPlan, held, panel, said, theme } from './given-involvement.js';
import type { Commands } from './command.js';
import { knownToday } from './known-today.js';
import type { ViewOnWaiver } from './waiver.js';

const planned = { code: 'involvement.planned', parameters: { say: 3 } } as const;
const answered = { code: 'involvement.themes-answered', parameters: { stages: ['design'] } } as const;
const specification = { code: 'facts.present', parameters: { facts: ['specification'] } } as const;
const decision = { code: 'decision.in-force', parameters: {} } as const;

const explained = {
  waiver: id(170),
  condition: 'involvement.planned',
  planned: 'Three evenings at the hall',
  offered: 'A letter and a lift to each of forty people',
  whyNot: 'The hall was shut for repair',
  instead: 'An evening once it is open',
  insteadBy: '2026-09-01',
  commitment: id(420),
  expiresOn: '2026-06-30',
} as const;
const view = { waiver: id(170), view: 'content-if', spokenBy: id(80), words: { subject: id(80), sealed: 'x' } } as const;

const atGate = inDesign.asked(id(80)).asking(planned);
const unconfirmed = atGate.did('ask-waiver', explained);
const confirmation = { entry: id(170), onBehalfOf: id(80), confirmed: 'signed', on: '2026-06-01' } as const;
const asked = unconfirmed.did('record-proxy-entry', confirmation);
const ask = { waiver: id(170), how: 'By letter' } as const;
const askedTwice = asked.did('seek-view-on-waiver', ask).on('2026-06-04').did('seek-view-on-waiver', ask);
const waived = asked.did('give-view-on-waiver', view, 'colleague').did('waive-condition', { waiver: id(170) }, 'outsider');
const asks = (scene: Scene, who: Who = 'commissioner') => scene.when('request-gate', { stage: 'design' }, who);

test('a gate opens without one thing that involvement asks once somebody outside the team waived it, and says so for ever', () => {
  expect(refusals(asks(asked))).toEqual(['involvement.planned']);
  expect(check(waived.agreement, waived.context())).toMatchObject([{ code: 'involvement.planned', missing: [{}], waived: id(170), met: true }]);
  const passed = waived.did('request-gate', { stage: 'design' });
  expect(passed.agreement).toMatchObject({ stage: 'delivery', stages: { design: { gate: 'opened' } } });
  expect(passed.agreement.waivers).toEqual([
    {
      ...Object.fromEntries(Object.entries(explained).filter(([name]) => name !== 'waiver')),
      id: id(170), stage: 'design', team: people.commissioner, askedBy: people.commissioner, askedAt: '2026-06-01T09:00:00.000000Z', viewSoughtOn: [], view: 'content-if', viewOf: id(80), viewAt: '2026-06-01T09:00:00.000000Z', viewBy: [people.colleague],
      answer: { is: 'waived', by: people.outsider, at: '2026-06-01T09:00:00.000000Z' }, review: null,
    },
  ]);
});

test('nobody answers a waiver of their own team under a second id, nor gives the view on one they asked for', () => {
  const linked = asked.knowing('outsider', { identities: [{ person: people.commissioner, provider: null }] });
  expect(refusals(linked.when('give-view-on-waiver', view, 'outsider'))).toEqual(['waiver.not-their-view']);
  const viewed = linked.did('give-view-on-waiver', view, 'colleague');
  expect(viewed.when('waive-condition', { waiver: id(170) }, 'outsider')).toMatchObject({ refused: [{ code: 'waiver.own-team', missing: [{ what: 'someone other than the one who asked for it' }, { what: 'someone other than the one who opened the agreement' }, { what: 'someone other than the one who wrote what is on record here' }] }] });
  expect(refusals(viewed.when('refuse-waiver', { waiver: id(170), reason: 'No.' }, 'outsider'))).toEqual(['waiver.own-team']);
  const ofAProvider = asked.knowing('outsider', { identities: [{ person: people.signatory, provider: id(2) }] });
  expect(refusals(ofAProvider.when('refuse-waiver', { waiver: id(170), reason: 'No.' }, 'outsider'))).toEqual(['waiver.own-team']);
});

test('a waiver is of one condition: what else the gate asks stays asked', () => {
  expect(refusals(asks(waived.asking(planned, answered, specification)))).toEqual(['facts.present']);
});

test('a waiver is of one gate: another gate asks anew, and the last for what was promised instead', () => {
  const twice = { ...atGate.pathway, stages: atGate.pathway.stages.map((stage) => (stage.id === 'delivery' ? { ...stage, gate: atGate.pathway.stages[1]!.gate } : stage)) };
  const passed = waived.following(twice).did('request-gate', { stage: 'design' });
  expect(refusals(passed.when('request-gate', { stage: 'delivery' }))).toEqual(['involvement.planned', 'involvement.commitments-answered-for']);
});

test('what the law asks is never waived, and what assures a service opens on a condition instead', () => {
  const scene = atGate.asking(planned, decision, specification);
  for (const condition of ['decision.in-force', 'facts.present'] as const) {
    expect(refusals(scene.when('ask-waiver', { ...explained, condition }))).toEqual(['waiver.other-class']);
  }
});

test('what this gate does not ask cannot be waived, nor by days that lie behind', () => {
  const late = { ...explained, condition: 'involvement.people', insteadBy: '2026-06-01', expiresOn: '2026-05-31' } as const;
  expect(refusals(atGate.when('ask-waiver', late))).toEqual(['waiver.not-asked', 'waiver.instead-past', 'waiver.expired']);
});

test('nor what this gate would ask of a plan that nobody made', () => {
  const people = { ...explained, condition: 'involvement.people' } as const;
  expect(refusals(atGate.when('ask-waiver', people))).toEqual(['waiver.not-asked']);
  expect(refusals(atGate.did('plan-involvement', aPlan).when('ask-waiver', people))).toEqual([]);
});

test('it is asked once, and answered once', () => {
  expect(refusals(asked.when('ask-waiver', explained))).toEqual(['already-so']);
  expect(refusals(asked.when('ask-waiver', { ...explained, waiver: id(171), commitment: id(421) }))).toEqual(['already-so']);
  expect(refusals(waived.when('refuse-waiver', { waiver: id(170), reason: 'x' }, 'outsider'))).toEqual(['already-so']);
  expect(refusals(asked.when('waive-condition', { waiver: id(99) }, 'outsider'))).toEqual(['waiver.unknown']);
});

describe('whoever answers it', () => {
  test.each([
    ['asked for it and opened the agreement', 'commissioner', asked],
    ['leads the agreement', 'colleague', asked.given(['concordat.agreement.facts-amended.v1', { facts: { lead: people.colleague }, tier: 'standard', content: asked.agreement.content, material: [] }])],
    ['gives the money', 'colleague', asked.given(['concordat.agreement.facts-amended.v1', { facts: { sponsor: people.colleague }, tier: 'standard', content: asked.agreement.content, material: [] }])],
    ['wrote what is on record here', 'colleague', asked.did('amend-facts', { facts: { place: 'Leith' } }, 'colleague')],
    ['planned the involvement', 'colleague', asked.did('plan-involvement', aPlan, 'colleague')],
    ['planned an activity', 'colleague', asked.did('plan-activity', { ...held(panel)[1] as Commands['plan-activity'] }, 'colleague')],
    ['invited people', 'colleague', asked.given(held(panel)).did('invite-participant', { invitation: id(51), activity: panel, participant: id(80), answerBy: '2026-06-15' }, 'colleague')],
    ['put what people said in themes', 'colleague', asked.did('create-theme', { theme: id(140), title: 'Travel' }, 'colleague')],
    ['answered what people said', 'colleague', asked.given(held(panel), said('c1', id(80), panel), ...theme('travel', 'c1')).did('answer-theme', { theme: 'travel', response: { outcome: 'not-adopted', reasons: 'There is no bus.' } }, 'colleague')],
    ['planned it before somebody planned it anew', 'colleague', asked.did('plan-involvement', aPlan, 'colleague').did('plan-involvement', { ...aPlan, people: 9 })],
    ['proposed the award', 'colleague', asked.given(['concordat.agreement.award-proposed.v1', { provider, value: { amount: '1.00', currency: 'GBP' }, stage: 'design', content: asked.agreement.content }, 'colleague'])],
    ['wrote down the view beside it', 'colleague', asked.did('give-view-on-waiver', { ...view, view: 'object' }, 'colleague')],
    ['declared an interest', 'outsider', asked.given(['concordat.agreement.conflict-declared.v1', { person: people.outsider, role: 'decision-maker', interest: 'relative', about: { subject: id(0), sealed: 'x' } }])],
  ] as const)('is nobody who %s', (_, who, scene) => {
    const viewed = scene.did('give-view-on-waiver', view, who === 'outsider' ? 'colleague' : 'representative');
    expect(refusals(viewed.when('waive-condition', { waiver: id(170) }, who))).toEqual(['waiver.own-team']);
    expect(refusals(viewed.when('refuse-waiver', { waiver: id(170), reason: 'x' }, who))).toEqual(['waiver.own-team']);
  });

  test('is nobody who spoke for those it concerns, whose view stands beside it', () => {
    const spoke = asked.did('give-view-on-waiver', { ...view, spokenBy: people.outsider, words: { subject: people.outsider, sealed: 'x' } }, 'outsider');
    expect(spoke.when('waive-condition', { waiver: id(170) }, 'outsider')).toMatchObject({ refused: [{ code: 'waiver.own-team', missing: [{ what: 'someone other than the one who wrote down the view beside it' }, { what: 'someone other than the one who spoke for those it concerns' }] }] });
  });

  test('holds the right to: nobody else learns anything', () => {
    expect(refusals(asked.when('waive-condition', { waiver: id(170) }, 'approver'))).toEqual(['right.missing']);
  });

  test('has the representatives’ view beside it, or that they were asked and did not answer', () => {
    expect(asked.when('waive-condition', { waiver: id(170) }, 'outsider')).toMatchObject({
      refused: [{ code: 'waiver.no-view', missing: [{ suppliedBy: 'representative', by: 'give-view-on-waiver' }] }],
    });
    const silent = askedTwice.on('2026-06-26').did('give-view-on-waiver', { ...view, view: 'asked-no-answer' }, 'colleague');
    expect(refusals(silent.when('waive-condition', { waiver: id(170) }, 'outsider'))).toEqual([]);
  });
});

test('that nobody answered rests on two asks on record and 15 working days after the second, and not a day sooner', () => {
  const silence = { ...view, view: 'asked-no-answer' } as const;
  const why = (scene: Scene) => scene.when('give-view-on-waiver', silence, 'colleague');
  expect(why(asked)).toMatchObject({ refused: [{ code: 'waiver.not-silent', missing: [{ what: 'the first and the second ask for their view', suppliedBy: 'commissioner', by: 'seek-view-on-waiver' }] }] });
  const once = asked.did('seek-view-on-waiver', ask);
  expect(why(once.on('2026-08-01'))).toMatchObject({ refused: [{ code: 'waiver.not-silent', missing: [{ what: 'the second ask for their view', by: 'seek-view-on-waiver' }] }] });
  expect(refusals(once.when('seek-view-on-waiver', ask))).toEqual(['already-so']);
  expect(why(askedTwice.on('2026-06-25'))).toMatchObject({ refused: [{ code: 'waiver.not-silent', missing: [{ what: 'their answer until 2026-06-25', suppliedBy: 'time' }] }] });
  expect(refusals(why(askedTwice.on('2026-06-26')))).toEqual([]);
  // Who answers answers, however often they were asked.
  expect(refusals(askedTwice.did('give-view-on-waiver', view, 'colleague').on('2026-06-10').when('seek-view-on-waiver', ask))).toEqual(['already-so']);
  expect(refusals(asked.when('seek-view-on-waiver', { ...ask, waiver: id(171) }))).toEqual(['waiver.unknown']);
});

test('whoever answered is not silent: no day that passes afterwards takes their view away', () => {
  for (const says of ['object', 'content'] as const) {
    const answered = askedTwice.did('give-view-on-waiver', { ...view, view: says }, 'representative').on('2026-07-30');
    expect(refusals(answered.when('give-view-on-waiver', { ...view, view: 'asked-no-answer' }, 'colleague'))).toEqual(['already-so']);
  }
  const silent = askedTwice.on('2026-06-26').did('give-view-on-waiver', { ...view, view: 'asked-no-answer' }, 'colleague');
  expect(silent.did('give-view-on-waiver', { ...view, view: 'object' }, 'representative').agreement.waivers).toMatchObject([{ view: 'object' }]);
});

test('what staff write down for somebody without an account is confirmed by them first, unless it is an objection; who speaks for them says it', () => {
  const says = (scene: Scene, is: ViewOnWaiver, who: Who = 'colleague') => scene.when('give-view-on-waiver', { ...view, view: is }, who);
  for (const is of ['content', 'content-if', 'cannot-say'] as const) {
    expect(says(unconfirmed, is)).toMatchObject({ refused: [{ code: 'waiver.not-confirmed', missing: [{ what: `that ${id(80)} confirms it: ${id(170)}`, suppliedBy: 'facilitator', by: 'record-proxy-entry' }, { suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }] });
    expect([refusals(says(asked, is)), refusals(says(unconfirmed, is, 'representative'))]).toEqual([[], []]);
  }
  expect(refusals(says(unconfirmed, 'object'))).toEqual([]);
  expect(refusals(says(unconfirmed.did('record-proxy-entry', { ...confirmation, confirmed: 'not-confirmed' }), 'content'))).toEqual(['waiver.not-confirmed']);
});

test('an objection is taken back by whoever raised it alone, and keeps no waiver from being given', () => {
  const objected = asked.did('give-view-on-waiver', { ...view, view: 'object' }, 'representative');
  const content = (spokenBy: string, who: Who) => refusals(objected.when('give-view-on-waiver', { ...view, view: 'content', spokenBy, words: { subject: spokenBy, sealed: 'x' } }, who));
  expect(content(people.representative, 'representative')).toEqual(['waiver.objection-stands']);
  expect(content(id(80), 'representative')).toEqual([]);
  expect(refusals(objected.when('waive-condition', { waiver: id(170) }, 'decisionMaker'))).toEqual([]);
});

test('an objection takes back what was confirmed before it: that whoever raised it is content after all they confirm anew, or who speaks for them says it', () => {
  const objected = asked.did('give-view-on-waiver', { ...view, view: 'object' }, 'colleague');
  const content = (scene: Scene, who: Who = 'colleague') => refusals(scene.when('give-view-on-waiver', { ...view, view: 'content' }, who));
  expect([content(asked), content(objected), content(objected, 'representative')]).toEqual([[], ['waiver.not-confirmed'], []]);
  expect(content(objected.did('record-proxy-entry', confirmation))).toEqual([]);
  const later = asked.on('2026-06-10').did('give-view-on-waiver', { ...view, view: 'object' }, 'colleague');
  expect(later.when('record-proxy-entry', confirmation)).toMatchObject({ refused: [{ code: 'proxy.before-entry', missing: [{ what: 'a day from 2026-06-10 on' }] }] });
});

test('nobody who asked for a waiver writes down the view of those it concerns, and no provider does', () => {
  expect(refusals(asked.when('give-view-on-waiver', view, 'commissioner'))).toEqual(['waiver.not-their-view']);
  expect(refusals(asked.given(['concordat.agreement.provider-invited.v1', { provider: id(2) }]).when('give-view-on-waiver', view, 'signatory'))).toEqual(['waiver.not-their-view']);
});

test('who speaks for those it concerns under a name of this organisation is there to speak for them; that nobody answered is written down by anybody', () => {
  const spoken = (spokenBy: string, says: ViewOnWaiver = 'content', who: Who = 'colleague') => refusals(askedTwice.on('2026-06-26').when('give-view-on-waiver', { ...view, view: says, spokenBy, words: { subject: spokenBy, sealed: 'x' } }, who));
  expect(spoken(people.approver)).toEqual(['waiver.not-their-voice']);
  expect(spoken(people.colleague)).toEqual(['waiver.not-their-voice']);
  expect(spoken(people.representative, 'content', 'representative')).toEqual([]);
  expect(spoken(id(80))).toEqual([]);
  expect(spoken(people.colleague, 'asked-no-answer')).toEqual([]);
});

test('whoever is registered here says themselves what they think of a waiver: nobody puts a view into their mouth', () => {
  const spoken = (who: Who) => asked.when('give-view-on-waiver', { ...view, spokenBy: people.representative, words: { subject: people.representative, sealed: 'x' } }, who);
  expect(spoken('colleague')).toMatchObject({ refused: [{ code: 'waiver.not-your-own', missing: [{ what: 'their own word', suppliedBy: `person-${people.representative}`, by: 'give-view-on-waiver' }] }] });
  expect(refusals(spoken('representative'))).toEqual([]);
});

test('it ends on its day: the gate then asks again, and it may be asked for anew', () => {
  expect(refusals(asks(waived.on('2026-06-30')))).toEqual([]);
  const over = waived.on('2026-07-01');
  expect(refusals(asks(over))).toEqual(['involvement.planned']);
  expect(refusals(over.when('ask-waiver', { ...explained, waiver: id(171), commitment: id(421), expiresOn: '2026-07-30' }))).toEqual([]);
  expect(refusals(asked.on('2026-07-01').did('give-view-on-waiver', view, 'colleague').when('waive-condition', { waiver: id(170) }, 'outsider'))).toEqual(['waiver.expired']);
});

test('one of which a day passed while it was awaited is given no more, and another is asked for in its stead', () => {
  const anew = { ...explained, waiver: id(171), commitment: id(421), expiresOn: '2026-07-30' } as const;
  const asksAnew = (scene: Scene) => refusals(scene.when('ask-waiver', anew));
  const silent = askedTwice.on('2026-06-26').did('give-view-on-waiver', { ...view, view: 'asked-no-answer' }, 'colleague');
  expect([asksAnew(silent), asksAnew(silent.on('2026-06-30')), asksAnew(silent.on('2026-07-01'))]).toEqual([['already-so'], ['already-so'], []]);
  const promised = inDesign.asked(id(80)).asking(planned).did('ask-waiver', { ...explained, insteadBy: '2026-06-10' });
  expect([asksAnew(promised.on('2026-06-10')), asksAnew(promised.on('2026-06-11'))]).toEqual([['already-so'], []]);
  const given = silent.on('2026-07-01').did('ask-waiver', anew).did('record-proxy-entry', { ...confirmation, entry: id(171) }).did('give-view-on-waiver', { ...view, waiver: id(171) }, 'colleague').did('waive-condition', { waiver: id(171) }, 'outsider');
  expect(refusals(asks(given))).toEqual([]);
  expect(given.agreement.waivers).toMatchObject([{ id: id(170), answer: { is: 'awaited' } }, { id: id(171), answer: { is: 'waived' } }]);
  expect(refusals(given.when('waive-condition', { waiver: id(170) }, 'outsider'))).toEqual(['waiver.expired']);
});

test('after going back behind its gate it holds no more, and is still shown', () => {
  const before = { ...atGate.pathway, stages: [atGate.pathway.stages[0]!, atGate.pathway.stages[1]!, atGate.pathway.stages[2]!] };
  const back = waived.following(before).did('return-to-stage', { stage: 'mandate', reason: 'The need changed.' }).did('request-gate', { stage: 'mandate' });
  expect(back.agreement.waivers).toMatchObject([{ id: id(170), answer: { is: 'undone' } }]);
  expect(refusals(asks(back))).toEqual(['involvement.planned']);
});

test('going back to its own stage its gate is passed anew, and asks again', () => {
  const passed = waived.did('request-gate', { stage: 'design' });
  const back = passed.did('return-to-stage', { stage: 'design', reason: 'The need changed.' });
  expect(back.agreement.waivers).toMatchObject([{ id: id(170), answer: { is: 'undone' } }]);
  expect(refusals(asks(back))).toEqual(['involvement.planned']);
  expect(refusals(back.when('ask-waiver', { ...explained, waiver: id(171), commitment: id(421) }))).toEqual([]);
});

test('nothing is waived at a gate that was passed, and so nothing of it counts towards the third', () => {
  const met = asked.did('give-view-on-waiver', view, 'colleague').asking().did('request-gate', { stage: 'design' });
  expect(met.when('waive-condition', { waiver: id(170) }, 'outsider')).toMatchObject({ refused: [{ code: 'waiver.gate-passed', missing: [{ by: 'ask-waiver' }] }] });
});

test('a refused gate refuses what was asked to be excused at it', () => {
  const refused = asked.did('refuse-gate', { stage: 'design', reason: 'People were not heard.' }, 'decisionMaker');
  expect(refused.agreement).toMatchObject({ stages: { design: { gate: 'refused', leftAt: null } }, waivers: [{ answer: { is: 'refused' } }] });
  expect(refusals(refused.when('refuse-gate', { stage: 'design', reason: 'x' }, 'decisionMaker'))).toEqual(['already-so']);
  expect(refusals(refused.when('refuse-gate', { stage: 'mandate', reason: 'x' }, 'decisionMaker'))).toEqual(['stage.not-here']);
});

test('a gate whose evidence is all there is nobody’s to refuse', () => {
  expect(refusals(given().when('refuse-gate', { stage: 'design', reason: 'I do not like it.' }, 'decisionMaker'))).toEqual(['gate.everything-there']);
});

test('the senior responsible owner reviews one that was given, once, and it blocks nothing', () => {
  expect(refusals(asked.when('review-waiver', { waiver: id(170), says: 'x' }, 'outsider'))).toEqual(['waiver.not-given']);
  expect(refusals(waived.when('review-waiver', { waiver: id(170), says: 'x' }, 'outsider'))).toEqual(['waiver.own-review']);
  expect(refusals(waived.knowing('colleague', { identities: [{ person: people.outsider, provider: null }] }).when('review-waiver', { waiver: id(170), says: 'x' }, 'colleague'))).toEqual(['waiver.own-review']);
  expect(refusals(waived.when('review-waiver', { waiver: id(170), says: 'x' }))).toEqual(['waiver.own-review']);
  const reviewed = waived.did('review-waiver', { waiver: id(170), says: 'The hall is open again.' }, 'colleague');
  expect(reviewed.agreement.waivers).toMatchObject([{ review: { by: people.colleague, says: 'The hall is open again.' } }]);
  expect(refusals(asks(reviewed))).toEqual([]);
  expect(refusals(reviewed.when('review-waiver', { waiver: id(170), says: 'x' }, 'colleague'))).toEqual(['already-so']);
  expect(refusals(waived.when('review-waiver', { waiver: id(170), says: 'x' }, 'decisionMaker'))).toEqual(['right.missing']);
});

test('a review by who turns out to have asked for the waiver, or to have given it, is none: another reviews it', () => {
  const review = { waiver: id(170), says: 'The hall is open again.' };
  const reviewed = waived.did('review-waiver', review, 'colleague');
  for (const other of [people.commissioner, people.outsider]) {
    const found = reviewed.knowing('colleague', { identities: [{ person: other, provider: null }] });
    expect([knownToday(reviewed.agreement, reviewed.persons), knownToday(found.agreement, found.persons)].map(({ waivers }) => waivers[0]?.review?.by ?? null)).toEqual([people.colleague, null]);
    expect(refusals(found.when('review-waiver', review, 'colleague'))).toEqual(['waiver.own-review']);
  }
});

test('a waiver counts with those of its team, whatever the team is called today: by each name it had here, by who leads it, by who asked and by the agreement', () => {
  const countsWith = (scene: Scene) => {
    const decision = scene.asked(id(80)).did('ask-waiver', explained).did('record-proxy-entry', confirmation).did('give-view-on-waiver', view, 'colleague').when('waive-condition', { waiver: id(170) }, 'outsider');
    return 'accepted' in decision ? (decision.accepted[0]?.data as { readonly countsWith: readonly string[] }).countsWith : [];
  };
  const named = (...teams: readonly string[]) => teams.reduce((scene, team) => scene.did('amend-facts', { facts: { team } }), inDesign.asking(planned));
  expect(countsWith(inDesign.asking(planned))).toEqual([`person ${people.commissioner}`, `agreement ${agreementId}`]);
  expect(countsWith(named('Adult social care', ' Well-being', 'adult  Social Care '))).toEqual(['team adult social care', 'team well-being', `person ${people.commissioner}`, `agreement ${agreementId}`]);
  expect(countsWith(named('Meals').did('amend-facts', { facts: { lead: people.approver } }))).toEqual(['team meals', `person ${people.approver}`, `person ${people.commissioner}`, `agreement ${agreementId}`]);
});

test('it is the team that is looked at: one that fell when the agreement went back is reviewed too, and so is one of an agreement that is over', () => {
  const passed = waived.did('request-gate', { stage: 'design' });
  const review = { waiver: id(170), says: 'The hall is open again.' } as const;
  const back = passed.did('return-to-stage', { stage: 'design', reason: 'The need changed.' });
  expect(back.agreement.waivers).toMatchObject([{ answer: { is: 'undone', given: { by: people.outsider } } }]);
  expect(refusals(back.when('review-waiver', review, 'outsider'))).toEqual(['waiver.own-review']);
  expect(back.did('review-waiver', review, 'colleague').agreement.waivers).toMatchObject([{ answer: { is: 'undone' }, review: { by: people.colleague } }]);
  for (const over of [passed.did('keep-commitment', { commitment: passed.agreement.commitments[0]!.id, how: 'The hall is open.' }).did('request-gate', { stage: 'delivery' }), passed.did('cancel', { reason: 'No money' }), passed.did('hold', { reason: 'Snow' })]) {
    expect(refusals(over.when('review-waiver', review, 'colleague'))).toEqual([]);
  }
  // One that nobody had given is nobody's to review.
  expect(refusals(asked.did('return-to-stage', { stage: 'mandate', reason: 'The need changed.' }).when('review-waiver', review, 'colleague'))).toEqual(['waiver.not-given']);
});

test('what comes instead of what was waived is promised to people by its day: owed until it is kept or said to be broken', () => {
  const owed = (scene: Scene) => duesOf(scene.agreement, scene.context());
  expect(owed(asked)).toEqual([]);
  expect(owed(waived)).toEqual([{ kind: 'commitment', about: id(420), dueOn: '2026-09-01', overdue: false }]);
  expect(owed(waived.on('2026-09-02'))).toMatchObject([{ overdue: true }]);
  expect(waived.agreement.commitments).toMatchObject([{ what: 'An evening once it is open', by: '2026-09-01' }]);
  // It is owed although the gate was passed, and although what was waived is asked anew.
  const back = waived.did('request-gate', { stage: 'design' }).did('return-to-stage', { stage: 'design', reason: 'x' });
  expect(owed(back)).toMatchObject([{ about: id(420) }]);
  expect(owed(back.did('keep-commitment', { commitment: id(420), how: 'They met on Thursday.' }))).toEqual([]);
  expect(back.when('ask-waiver', { ...explained, waiver: id(171) })).toMatchObject({ refused: [{ code: 'waiver.promised-before', missing: [{ what: 'commitment', by: 'ask-waiver' }] }] });
  const late = inDesign.asked(id(80)).asking(planned).did('ask-waiver', { ...explained, expiresOn: '2026-12-01' }).did('record-proxy-entry', confirmation).did('give-view-on-waiver', view, 'colleague').on('2026-09-02');
  expect(late.when('waive-condition', { waiver: id(170) }, 'outsider')).toMatchObject({ refused: [{ code: 'waiver.instead-past', missing: [{ suppliedBy: 'commissioner', by: 'ask-waiver' }] }] });
});

test('waivers are counted by the team on record, else by the lead, else by who opened the agreement', () => {
  const amended = (facts: object) => inDesign.asking(planned).given(['concordat.agreement.facts-amended.v1', { facts, tier: 'standard', content: inDesign.agreement.content, material: [] }]).did('ask-waiver', explained);
  expect(amended({ lead: people.colleague }).agreement.waivers[0]?.team).toBe(people.colleague);
  expect(amended({ lead: people.colleague, team: 'Adult social care' }).agreement.waivers[0]?.team).toBe('Adult social care');
});

test('nobody speaks for those it concerns who is of staff, of a provider, or the one who asked, under any of their ids', () => {
  const participant = { grants: [{ grant: id(900), role: 'participant' as const }] };
  const spoken = (changes: object, scene = asked) => refusals(scene.knowing('stranger', { ...participant, ...changes }).when('give-view-on-waiver', { ...view, spokenBy: people.stranger, words: { subject: people.stranger, sealed: 'x' } }, 'stranger'));
  const also = (person: string, of: string | null = null) => ({ identities: [{ person, provider: of }] });
  expect(spoken({})).toEqual([]);
  expect(spoken(also(people.signatory, provider))).toEqual(['waiver.not-their-view']);
  expect(spoken(also(people.colleague))).toEqual(['waiver.not-their-voice']);
  expect(spoken(also(people.commissioner))).toEqual(['waiver.not-their-view', 'waiver.not-their-voice']);
  const byOwner = atGate.knowing('member', { grants: [{ grant: id(901), role: 'senior-responsible-owner' }] }).did('ask-waiver', explained, 'member');
  expect(spoken(also(people.member), byOwner)).toEqual(['waiver.not-their-view']);
});

test('what was waived of a smaller agreement is asked for anew once its tier rose, and stays on record and counted', () => {
  const risen = waived.did('raise-tier', { raises: ['untried-model'], reason: 'Nobody did it before.' });
  expect(risen.agreement).toMatchObject({ tier: 'major', waivers: [{ answer: { is: 'undone', given: { by: people.outsider } } }] });
  expect(refusals(asks(risen))).toEqual(['involvement.planned']);
  const anew = risen.did('ask-waiver', { ...explained, waiver: id(171), commitment: id(421) }).did('record-proxy-entry', { ...confirmation, entry: id(171) }).did('give-view-on-waiver', { ...view, waiver: id(171) }, 'colleague');
  expect(refusals(asks(anew.did('waive-condition', { waiver: id(171) }, 'outsider')))).toEqual([]);
  expect(asked.did('raise-tier', { raises: ['untried-model'], reason: 'x' }).agreement.waivers).toMatchObject([{ answer: { is: 'awaited' } }]);
  const passed = waived.did('request-gate', { stage: 'design' }).did('raise-tier', { raises: ['untried-model'], reason: 'x' });
  expect(passed.agreement.waivers).toMatchObject([{ answer: { is: 'waived' } }]);
});

describe('what somebody refused to waive', () => {
  const sro = { grants: [{ grant: id(900), role: 'senior-responsible-owner' as const }] };
  const twoOwners = asked.knowing('stranger', sro);
  const refused = twoOwners.did('refuse-waiver', { waiver: id(170), reason: 'They can be asked next week.' }, 'stranger');
  const anew = refused.did('ask-waiver', { ...explained, waiver: id(171), commitment: id(421) }).did('record-proxy-entry', { ...confirmation, entry: id(171) }).did('give-view-on-waiver', { ...view, waiver: id(171) }, 'colleague');
  const gives = (scene: Scene, who: Who) => scene.when('waive-condition', { waiver: id(171) }, who);

  test('is not asked of somebody else instead: whoever refused it answers', () => {
    expect(gives(anew, 'outsider')).toMatchObject({ refused: [{ code: 'waiver.refused-before', missing: [{ suppliedBy: `person-${people.stranger}`, by: 'waive-condition' }] }] });
    expect(refusals(asks(anew.did('waive-condition', { waiver: id(171) }, 'stranger')))).toEqual([]);
    expect(refusals(gives(anew.knowing('outsider', { identities: [{ person: people.stranger, provider: null }] }), 'outsider'))).toEqual([]);
  });

  test('stays refused by them when somebody else refuses it too, or the agreement went back over it', () => {
    const twice = anew.did('refuse-waiver', { waiver: id(171), reason: 'No.' }, 'outsider').did('ask-waiver', { ...explained, waiver: id(172), commitment: id(422) }).did('record-proxy-entry', { ...confirmation, entry: id(172) }).did('give-view-on-waiver', { ...view, waiver: id(172) }, 'colleague');
    expect(refusals(twice.when('waive-condition', { waiver: id(172) }, 'outsider'))).toEqual(['waiver.refused-before']);
    const back = refused.did('return-to-stage', { stage: 'mandate', reason: 'x' }).did('request-gate', { stage: 'mandate' });
    const again = back.did('ask-waiver', { ...explained, waiver: id(171), commitment: id(421) }).did('record-proxy-entry', { ...confirmation, entry: id(171) }).did('give-view-on-waiver', { ...view, waiver: id(171) }, 'colleague');
    expect(refusals(gives(again, 'outsider'))).toEqual(['waiver.refused-before']);
  });

  test('is answered by another once whoever refused it left, answers for no waivers any more, or came to be of the team', () => {
    expect(refusals(gives(anew.knowing('stranger', { ...sro, disabled: true }), 'outsider'))).toEqual([]);
    expect(refusals(gives(anew.knowing('stranger', { grants: [{ grant: id(900), role: 'commissioner' }] }), 'outsider'))).toEqual([]);
    expect(refusals(gives(anew.did('amend-facts', { facts: { lead: people.stranger } }), 'outsider'))).toEqual([]);
  });

  test('and was then given is refused no more: asked once more, anybody outside the team answers', () => {
    const over = anew.did('waive-condition', { waiver: id(171) }, 'stranger').on('2026-07-01');
    const third = over.did('ask-waiver', { ...explained, waiver: id(172), commitment: id(422), expiresOn: '2026-07-30' }).did('record-proxy-entry', { ...confirmation, entry: id(172) }).did('give-view-on-waiver', { ...view, waiver: id(172) }, 'colleague');
    expect(refusals(third.when('waive-condition', { waiver: id(172) }, 'outsider'))).toEqual([]);
  });
});

describe('the view beside a waiver turns out to be no view of those it concerns, and is sought anew', () => {
  const twins = (scene: Scene, one: Who, other: Who) => scene.knowing(one, { identities: [{ person: people[other], provider: null }] }).knowing(other, { identities: [{ person: people[one], provider: null }] });
  const ofProvider = (scene: Scene, who: Who) => scene.knowing(who, { identities: [{ person: people.signatory, provider }] });
  const spoken = asked.knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }] }).did('give-view-on-waiver', { ...view, spokenBy: people.stranger, words: { subject: people.stranger, sealed: 'x' } }, 'stranger');
  const writtenDown = asked.did('give-view-on-waiver', view, 'colleague');
  const silent = askedTwice.on('2026-06-26').did('give-view-on-waiver', { ...view, view: 'asked-no-answer' }, 'colleague');
  const waives = (scene: Scene) => refusals(scene.when('waive-condition', { waiver: id(170) }, 'outsider'));

  test.each([
    ['wrote it down asked for the waiver', (scene: Scene) => twins(scene, 'colleague', 'commissioner'), writtenDown],
    ['wrote it down works for a provider', (scene: Scene) => ofProvider(scene, 'colleague'), writtenDown],
    ['spoke asked for the waiver', (scene: Scene) => twins(scene, 'stranger', 'commissioner'), spoken],
    ['spoke works for a provider', (scene: Scene) => ofProvider(scene, 'stranger'), spoken],
    ['wrote down that nobody answered asked for the waiver', (scene: Scene) => twins(scene, 'colleague', 'commissioner'), silent],
  ])('where whoever %s', (_, found, scene) => {
    expect(waives(scene)).toEqual([]);
    expect(waives(found(scene))).toEqual(['waiver.no-view']);
    expect(refusals(found(scene).when('seek-view-on-waiver', ask))).toEqual([]);
    const anew = found(scene).knowing('decisionMaker', { grants: [{ grant: id(900), role: 'representative' }] }).did('give-view-on-waiver', view, 'decisionMaker');
    expect(waives(anew)).toEqual([]);
    // What it was given on holds no more either: it is asked for anew.
    const given = scene.did('waive-condition', { waiver: id(170) }, 'outsider');
    expect(refusals(asks(given))).toEqual([]);
    expect(refusals(asks(found(given)))).toEqual(['involvement.planned']);
    expect(refusals(found(given).when('ask-waiver', { ...explained, waiver: id(171), commitment: id(421) }))).toEqual([]);
  });

  test('and not where they turn out to be somebody else of the house', () => {
    expect(waives(twins(spoken, 'colleague', 'approver'))).toEqual([]);
  });
});
