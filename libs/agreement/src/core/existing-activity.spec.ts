import { expect, test } from '@jest/globals';
import { onRecordNow } from './existing-activity.js';
import { id, inDesign, refusals } from './given.js';
import { involvementFromOutside } from './reach.js';
import { missingAt } from './given-involvement.js';

const rota = {
  activity: id(41), group: 'carers', does: 'Drive neighbours to the club', people: 8, hoursAWeek: 9, dependsOnIt: 'Nobody could come otherwise', needs: 'Insurance', onRecord: 'public',
} as const;

test('an agreement that rests on carers names what they do, on what scale, and what they need', () => {
  const { agreement } = inDesign.did('record-what-people-do', rota);
  expect(agreement.activitiesOfPeople).toEqual([rota]);
});

test('the same activity told again is told anew, and told the same way it is refused', () => {
  const told = inDesign.did('record-what-people-do', rota);
  expect(refusals(told.when('record-what-people-do', rota))).toEqual(['already-so']);
  expect(told.did('record-what-people-do', { ...rota, people: 6 }).agreement.activitiesOfPeople).toEqual([{ ...rota, people: 6 }]);
});

test('what fewer than five do everybody reads by their own word alone, whoever counts them, and however many there were before', () => {
  const few = { ...rota, people: 4 };
  for (const scene of [inDesign, inDesign.did('record-what-people-do', rota), inDesign.did('record-what-people-do', few, 'representative')]) {
    expect(scene.when('record-what-people-do', { ...few, needs: 'A lift' })).toMatchObject({ refused: [{ code: 'existing-activity.not-their-word', missing: [{ what: 'onRecord', suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }] });
    expect(refusals(scene.when('record-what-people-do', { ...few, needs: 'A lift' }, 'representative'))).toEqual([]);
    expect(refusals(scene.when('record-what-people-do', { ...few, onRecord: 'internal' }))).toEqual([]);
    expect(refusals(scene.when('record-what-people-do', { ...few, people: 5, needs: 'A lift' }))).toEqual([]);
  }
});

test('people who no longer wish it take it off the record', () => {
  const told = inDesign.did('record-what-people-do', rota);
  expect(told.did('take-off-record', { activity: rota.activity }).agreement.activitiesOfPeople).toEqual([]);
  expect(refusals(inDesign.when('take-off-record', { activity: rota.activity }))).toEqual(['already-so']);
});

test('a group and who speaks for it take it off and show it again; staff and whoever takes part do not show what the group wished to be seen by fewer', () => {
  const known = inDesign.knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }] });
  const told = known.did('record-what-people-do', rota);
  const off = told.did('take-off-record', { activity: rota.activity }, 'representative');
  const internal = told.did('record-what-people-do', { ...rota, onRecord: 'internal' });
  for (const scene of [off, internal]) {
    for (const who of ['commissioner', 'stranger'] as const) {
      expect(scene.when('record-what-people-do', rota, who)).toMatchObject({ refused: [{ code: 'existing-activity.not-their-word', missing: [{ suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }] });
    }
    expect(scene.did('record-what-people-do', rota, 'representative').agreement.activitiesOfPeople).toEqual([rota]);
  }
  // Neither under another id.
  expect(refusals(off.when('record-what-people-do', { ...rota, activity: id(42), group: 'Carers ' }))).toEqual(['existing-activity.not-their-word']);
  expect(refusals(off.when('record-what-people-do', { ...rota, activity: id(42), group: 'residents' }))).toEqual([]);
  const anew = { ...rota, activity: id(42), group: 'Carers ', does: 'drive neighbours to the club' };
  expect([internal, told].map((scene) => refusals(scene.when('record-what-people-do', anew)))).toEqual([['existing-activity.not-their-word'], []]);
  expect(refusals(internal.when('record-what-people-do', anew, 'representative'))).toEqual([]);
  for (const other of [{ group: 'residents' }, { does: 'Keep the garden' }]) expect(refusals(internal.when('record-what-people-do', { ...anew, ...other }))).toEqual([]);
  expect(refusals(known.when('record-what-people-do', rota, 'stranger'))).toEqual(['existing-activity.not-their-word']);
  // What everybody sees already is told anew, and less may always be shown.
  expect(refusals(told.when('record-what-people-do', { ...rota, people: 30 }))).toEqual([]);
  expect(refusals(off.when('record-what-people-do', { ...rota, onRecord: 'internal' }))).toEqual([]);
});

test('whoever takes part alone writes down what is not on record yet, and neither tells anew nor takes off what is', () => {
  const known = inDesign.knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }] });
  const internal = { ...rota, onRecord: 'internal' } as const;
  for (const recorded of [rota, internal]) {
    const told = known.did('record-what-people-do', recorded);
    for (const by of ['group', 'does'] as const) {
      expect(told.when('record-what-people-do', { ...recorded, [by]: 'Nothing' }, 'stranger')).toMatchObject({ refused: [{ code: 'existing-activity.not-their-word', missing: [{ what: rota.activity, suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }] });
    }
    expect(told.when('take-off-record', { activity: rota.activity }, 'stranger')).toMatchObject({ refused: [{ code: 'existing-activity.not-their-word', missing: [{ what: rota.activity, by: 'take-off-record' }, {}] }] });
    for (const who of ['commissioner', 'representative'] as const) {
      expect([refusals(told.when('record-what-people-do', { ...recorded, people: 6 }, who)), refusals(told.when('take-off-record', { activity: rota.activity }, who))]).toEqual([[], []]);
    }
    // Whoever takes part and speaks for a group, or is of staff besides, takes part in more than one way.
    const speaks = told.knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }, { grant: id(901), role: 'advocate' }] });
    expect(refusals(speaks.when('take-off-record', { activity: rota.activity }, 'stranger'))).toEqual([]);
  }
  expect(known.did('record-what-people-do', internal, 'stranger').agreement.activitiesOfPeople).toEqual([internal]);
});

test('a count that was told moves by five people at least, also where it is taken off and told again under another id', () => {
  const again = (people: number) => {
    const { agreement } = inDesign.did('record-what-people-do', { ...rota, people: 12 }).did('take-off-record', { activity: rota.activity }).did('record-what-people-do', { ...rota, activity: id(42), people }, 'representative');
    return involvementFromOutside(agreement).whatPeopleDo.map((one) => one.people);
  };
  expect([again(13), again(17)]).toEqual([[12], [17]]);
});

test('of an agreement as it was, what they do is there as far as they wish it on record now', () => {
  const then = inDesign.did('record-what-people-do', rota).did('record-what-people-do', { ...rota, activity: id(42) });
  const now = then.did('take-off-record', { activity: rota.activity }).did('record-what-people-do', { ...rota, activity: id(42), people: 9, onRecord: 'internal' });
  expect(onRecordNow(then.agreement, now.agreement).activitiesOfPeople).toEqual([{ ...rota, activity: id(42), onRecord: 'internal' }]);
  expect(onRecordNow(then.agreement, then.agreement)).toEqual(then.agreement);
});

test('of two activities one is told anew or taken off, and the other stays', () => {
  const garden = { ...rota, activity: id(42), group: 'residents', does: 'Keep the garden' };
  const both = inDesign.did('record-what-people-do', rota).did('record-what-people-do', garden);
  expect(both.did('record-what-people-do', { ...garden, people: 6 }).agreement.activitiesOfPeople).toEqual([rota, { ...garden, people: 6 }]);
  const off = both.did('take-off-record', { activity: garden.activity }).agreement;
  expect([off.activitiesOfPeople, off.groupsAsked]).toEqual([[rota], [{ group: 'residents', answer: 'not-on-record' }]]);
});

test('whatever becomes of the agreement, they take it off: it is shown for as long as there is a record', () => {
  const told = inDesign.did('record-what-people-do', rota);
  const afterwards = [told.did('cancel', { reason: 'x' }), told.did('hold', { reason: 'x' }), told.given(['concordat.agreement.closed.v1', { from: 'delivery' }]), told.given(['concordat.agreement.split.v1', { agreements: [] }])];
  expect(afterwards.map((scene) => refusals(scene.when('take-off-record', { activity: rota.activity })))).toEqual([[], [], [], []]);
});

const concerned = (...groups: string[]) => inDesign.did('amend-facts', { facts: { 'affected-groups': groups } });

test('the gate names every group affected that was not asked what it does by itself', () => {
  const scene = concerned('carers', 'residents', 'diners');
  const missing = () => missingAt(scene.did('record-what-people-do', rota), 'involvement.what-people-do-asked', {});
  expect(missing()).toMatchObject([{ what: expect.stringContaining('residents'), by: 'record-what-people-do' }, { what: expect.stringContaining('diners') }]);
  expect(missingAt(inDesign, 'involvement.what-people-do-asked', {})).toMatchObject([{ what: 'affected-groups', by: 'amend-facts' }]);
});

test('that a group does nothing, or wants nothing written down, is an answer, and so is taking it off the record', () => {
  const asked = concerned('carers', 'Residents')
    .did('record-what-people-do', rota)
    .did('record-asked-what-people-do', { group: 'residents', answer: 'nothing', source: 'Tenants’ meeting' });
  expect(missingAt(asked, 'involvement.what-people-do-asked', {})).toEqual([]);
  const off = asked.did('take-off-record', { activity: rota.activity });
  expect(missingAt(off, 'involvement.what-people-do-asked', {})).toEqual([]);
  expect(off.agreement.groupsAsked).toEqual([{ group: 'residents', answer: 'nothing' }, { group: 'carers', answer: 'not-on-record' }]);
});

test('a group with something on record did not answer that there is nothing', () => {
  const told = inDesign.did('record-what-people-do', rota);
  const nothing = { group: 'Carers', answer: 'nothing', source: 'A letter' } as const;
  expect(told.when('record-asked-what-people-do', nothing)).toMatchObject({ refused: [{ code: 'existing-activity.on-record', missing: [{ what: rota.activity, by: 'take-off-record' }] }] });
  expect(refusals(inDesign.did('record-asked-what-people-do', nothing).when('record-asked-what-people-do', nothing))).toEqual(['already-so']);
});

test('what nobody does is not what people do', () => {
  expect(refusals(inDesign.when('record-what-people-do', { ...rota, people: 0 }))).toEqual(['existing-activity.nobody']);
});
