import { describe, expect, test } from '@jest/globals';
import type { Agreement } from './agreement.js';
import { consultationFindings, consultationRuleNames } from './consultation.js';
import { id, inDesign, people, provider, refusals, Scene } from './given.js';
import { seenByPeople } from './seen-by-people.js';

const consultation = id(170);
const proposal = {
  consultation,
  proposal: 'Close the Tuesday lunch club',
  reasons: 'The hall is sold in October.',
  options: ['Move to the school', 'Meet at home'],
  opensOn: '2026-06-01',
  closesOn: '2026-07-12',
};
const open = inDesign.did('open-consultation', proposal);
const considered = (scene: Scene, on = '2026-07-14') => scene.on(on).did('consider-consultation', { consultation, responses: 31, summary: 'Most would move.', on });
const answeredFor = (scene: Scene) =>
  consultationRuleNames
    .filter((rule) => rule !== 'considered' || scene.agreement.consultations.every(({ closesOn }) => closesOn < scene.today))
    .reduce((each, rule) => each.did('answer-for-consultation', { consultation, rule, words: `In my own words: ${rule}` }), scene);

const proposed = (scene: Scene) => scene.did('invite-provider', { provider }).did('propose-award', { provider, value: { amount: '9000.00', currency: 'GBP' } });
const decision = (scene: Scene, on: string, who: 'decisionMaker' = 'decisionMaker') =>
  scene.on(on).when(
    'record-decision',
    {
      decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: 'Constitution 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
      decidedOn: on, inForceFrom: on, weighed: 'What people said.', versionRead: scene.decisionVersion,
    },
    who,
  );
const asked = (whereServiceChanges: boolean) => ({ code: 'consultation.considered', parameters: { whereServiceChanges, atLeastDays: 28 } }) as const;
const findings = (scene: Scene) => consultationFindings(scene.agreement, scene.agreement.consultations[0]!, scene.asking(asked(true)).context()).map(({ rule, is }) => `${rule}: ${is}`);
const gate = (scene: Scene, whereServiceChanges = false) =>
  scene.asking(asked(whereServiceChanges)).when('request-gate', { stage: 'design' });

describe('a decision on a proposal', () => {
  test('is refused while its consultation is open, and until what people said was considered', () => {
    expect(decision(proposed(open), '2026-07-12')).toMatchObject({
      refused: [{ code: 'decision.consultation-open', missing: [{ what: 'consultation on “Close the Tuesday lunch club” (closes on 2026-07-12)', by: 'consider-consultation' }] }],
    });
    expect(refusals(decision(proposed(open), '2026-07-13'))).toEqual(['decision.consultation-open']);
    expect(refusals(decision(proposed(considered(open)), '2026-07-14'))).toEqual([]);
  });

  test('is not refused for a consultation on another matter, which stands for none that a gate asks', () => {
    const hours = proposed(inDesign.did('open-consultation', { ...proposal, proposal: 'Opening hours', onAnotherMatter: true }));
    expect(refusals(decision(hours, '2026-07-12'))).toEqual([]);
    expect(gate(hours)).toMatchObject({ refused: [{ missing: [{ what: 'a consultation', by: 'open-consultation' }] }] });
  });

  describe('that is dated the day before the opening', () => {
    const before = (scene: Scene) =>
      refusals(scene.when('record-decision', {
        decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: 'Constitution 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
        decidedOn: '2026-06-01', inForceFrom: '2026-06-02', weighed: 'What people said.', versionRead: scene.decisionVersion,
      }, 'decisionMaker'));
    const consulting = proposed(inDesign.did('open-consultation', { ...proposal, opensOn: '2026-06-02' }));

    test('is refused while its consultation is open', () => {
      expect(before(proposed(inDesign).on('2026-06-03'))).toEqual([]);
      expect(before(consulting.on('2026-06-03'))).toEqual(['decision.consultation-open']);
    });

    test('is refused still once its consultation is over and what people said was considered: nobody decided on that before they said it', () => {
      expect(before(consulting.on('2026-07-13'))).toEqual(['decision.consultation-open']);
      const heard = considered(consulting);
      expect(before(heard)).toEqual(['decision.consultation-open']);
      expect(refusals(decision(heard, '2026-07-14'))).toEqual([]);
    });

    test('waits for no consultation that opens tomorrow', () => {
      expect(before(consulting)).toEqual([]);
    });
  });

  test('cannot be dated before what people said was considered', () => {
    expect(refusals(decision(proposed(considered(open, '2026-07-20')), '2026-07-16'))).toEqual(['decision.consultation-open', 'decision.before-its-subject']);
  });
});

describe('the log of a consultation', () => {
  test('shows no breach where people had alternatives, time, and were heard before the decision', () => {
    expect(findings(open)).toEqual([]);
    expect(findings(considered(open))).toEqual([]);
  });

  test('warns before a breach, while it can still be mended', () => {
    const hasty = inDesign.did('open-consultation', { ...proposal, options: [], closesOn: '2026-06-14' });
    expect(findings(hasty)).toEqual(['reasons: warning', 'time: warning']);
    expect(findings(hasty.did('extend-consultation', { consultation, closesOn: '2026-06-28' }))).toEqual(['reasons: warning']);
    expect(findings(open.on('2026-07-13'))).toEqual(['considered: warning']);
  });

  test('warns until the end of the last day, while more time can be given', () => {
    const hasty = inDesign.did('open-consultation', { ...proposal, options: [], closesOn: '2026-06-14' });
    expect(findings(hasty.on('2026-06-14'))).toEqual(['reasons: warning', 'time: warning']);
  });

  test('says of a consultation on another matter nothing about the decision here', () => {
    const decided = decision(proposed(inDesign), '2026-06-01');
    const scene = 'accepted' in decided ? decided.accepted.reduce((before, event) => before.after(event, 'decisionMaker'), proposed(inDesign)) : inDesign;
    expect(findings(scene.did('open-consultation', proposal))).toEqual(['formative: breach']);
    expect(findings(scene.did('open-consultation', { ...proposal, onAnotherMatter: true }))).toEqual([]);
  });

  test('holds one on a variation against the decision on that, and not against the award before it', () => {
    const awarded = decision(proposed(inDesign), '2026-06-01');
    const scene = 'accepted' in awarded ? awarded.accepted.reduce((before, event) => before.after(event, 'decisionMaker'), proposed(inDesign)) : inDesign;
    const varying = { variation: id(511), proposedOn: '2026-06-01', decided: null } as unknown as Agreement['variations'][number];
    const found = (variation: Agreement['variations'][number], day = '2026-06-02') => {
      const { agreement, ...rest } = scene.did('open-consultation', proposal).on(day);
      return consultationFindings({ ...agreement, variations: [variation] }, agreement.consultations[0]!, { pathway: rest.pathway, today: day }).map(({ rule, is }) => `${rule}: ${is}`);
    };
    const decidedOn = (day: string) => ({ ...varying, decided: { decidedOn: day } }) as unknown as Agreement['variations'][number];
    expect([found(varying), found(decidedOn('2026-06-10')), found(decidedOn('2026-05-20'))]).toEqual([[], ['considered: breach'], ['formative: breach']]);
  });

  test('names a breach that is done: too short, no alternative, decided before people were asked or heard', () => {
    expect(findings(inDesign.did('open-consultation', { ...proposal, options: [], closesOn: '2026-06-14' }).on('2026-06-15'))).toEqual([
      'reasons: breach', 'time: breach', 'considered: warning',
    ]);
    const decidedOn = (today: string) => {
      const before = decision(proposed(inDesign), today);
      return 'accepted' in before ? before.accepted.reduce((scene, event) => scene.after(event, 'decisionMaker'), proposed(inDesign).on(today)) : inDesign;
    };
    expect(findings(decidedOn('2026-06-01').did('open-consultation', proposal))).toEqual(['formative: breach']);
    expect(findings(decidedOn('2026-06-10').did('open-consultation', proposal))).toEqual(['time: warning', 'considered: breach']);
  });
});

test('a consultation is put on record while people can still answer, and dated no earlier than what it is on', () => {
  const opening = (opensOn: string, closesOn: string, scene: Scene = inDesign) => refusals(scene.on('2026-07-01').when('open-consultation', { ...proposal, opensOn, closesOn }));
  expect(opening('2025-06-01', '2025-06-01')).toEqual(['consultation.over-before-it-is-on-record', 'consultation.before-its-subject']);
  expect(opening('2026-06-01', '2026-06-30')).toEqual(['consultation.over-before-it-is-on-record']);
  expect(opening('2025-12-31', '2026-07-12')).toEqual(['consultation.before-its-subject']);
  expect(opening('2026-01-01', '2026-07-01')).toEqual([]);
});

test('one that was put on record after it opened says so, for nobody here saw people being asked before', () => {
  expect(findings(open)).toEqual([]);
  expect(findings(inDesign.on('2026-06-02').did('open-consultation', proposal))).toEqual(['time: warning']);
});

describe('the gate', () => {
  const missing = (scene: Scene) => {
    const outcome = gate(scene);
    return 'refused' in outcome ? outcome.refused.flatMap((one) => one.missing.map(({ what, by }) => [by, what])) : [];
  };
  const lasting = (closesOn: string, options: readonly string[] = proposal.options) => inDesign.did('open-consultation', { ...proposal, options, closesOn });

  test('counts the days of a consultation from when it was put on record: that it was open before, nobody here saw', () => {
    const late = (recordedOn: string) => answeredFor(inDesign.on(recordedOn).did('open-consultation', { ...proposal, closesOn: '2026-06-28' }));
    expect(missing(late('2026-06-01'))[0]).toEqual([undefined, 'consultation on “Close the Tuesday lunch club” open until the end of 2026-06-28']);
    expect(missing(late('2026-06-28'))[0]).toEqual(['extend-consultation', '28 days for “Close the Tuesday lunch club”, which has 1 since it was put on record: open until 2026-07-25 or later']);
  });

  test('counts all days of one that was over when the agreement was taken over, and the log says that it saw none of them', () => {
    const taken = Scene.empty.did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'design', from: { source: 'Contract register', reference: 'C-1' } });
    const held = (closesOn: string) => ({ ...proposal, opensOn: '2026-04-01', closesOn });
    const before = (closesOn: string) => answeredFor(taken.on('2026-06-10').did('open-consultation', held(closesOn), 'colleague')).did('consider-consultation', { consultation, responses: 31, summary: 'Most would move.', on: '2026-06-10' });
    expect(missing(before('2026-04-28'))).toEqual([]);
    expect(findings(before('2026-04-28'))).toEqual(['time: warning']);
    expect(missing(before('2026-04-27'))).toEqual([['open-consultation', 'a consultation of 28 days or more: “Close the Tuesday lunch club” had 27']]);
    const opening = (scene: Scene, closesOn: string) => scene.on('2026-06-10').when('open-consultation', held(closesOn));
    expect(refusals(opening(taken, '2026-05-31'))).toEqual([]);
    expect(opening(taken, '2026-06-01')).toMatchObject({ refused: [{ code: 'consultation.over-before-it-is-on-record', missing: [{ what: 'closesOn: 2026-06-10 or later, or before 2026-06-01, when it was taken over' }] }] });
    // One that was still open then is counted from its record, as any other.
    expect(missing(answeredFor(taken.on('2026-06-10').did('open-consultation', held('2026-06-10'))))[0]).toEqual(['extend-consultation', '28 days for “Close the Tuesday lunch club”, which has 1 since it was put on record: open until 2026-07-07 or later']);
  });

  test('opens on one that was over when the agreement was taken over by the word of two people: who put it on record, and who says what it came to', () => {
    const taken = Scene.empty.did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'design', from: { source: 'Contract register', reference: 'C-1' } });
    const told = answeredFor(taken.on('2026-06-10').did('open-consultation', { ...proposal, opensOn: '2026-04-01', closesOn: '2026-05-12' }));
    const considering = { consultation, responses: 31, summary: 'Most would move.', on: '2026-06-10' };
    const alone = { refused: [{ code: 'consultation.one-word', missing: [{ what: 'someone other than the one who put it on record', suppliedBy: 'commissioner', by: 'consider-consultation' }] }] };
    expect(told.when('consider-consultation', considering)).toMatchObject(alone);
    const twin = { identities: [{ person: people.commissioner, provider: null }] };
    expect(told.knowing('colleague', twin).when('consider-consultation', considering, 'colleague')).toMatchObject(alone);
    const both = told.did('consider-consultation', considering, 'colleague');
    expect(missing(both)).toEqual([]);
    expect(refusals(both.when('consider-consultation', considering, 'colleague'))).toEqual(['already-so']);
    // They turn out to be one, or were when one person's word was enough: then another says what it came to.
    const turnedOut = both.knowing('colleague', twin);
    const before = told.given(['concordat.agreement.consultation-considered.v1', considering]);
    const another = [['consider-consultation', 'what people said to “Close the Tuesday lunch club”, by someone other than the one who put it on record: there is one person’s word']];
    for (const once of [turnedOut, before].map((scene) => scene.knowing('approver', { grants: [{ role: 'commissioner', grant: id(90) }] }))) {
      expect(missing(once)).toEqual(another);
      expect(once.when('consider-consultation', considering)).toMatchObject(alone);
      const again = once.did('consider-consultation', { ...considering, responses: 30 }, 'approver');
      expect([missing(again), again.agreement.consultations[0]?.considered]).toEqual([[], { by: people.approver, on: '2026-06-10', responses: 30, summary: 'Most would move.' }]);
    }
    // Of what the log has seen whoever put it on record says what it came to.
    expect(missing(answeredFor(considered(lasting('2026-07-12'))))).toEqual([]);
  });

  test('is opened by no consultation shorter than its days: it is made longer while it is open, and else there is another', () => {
    const short = lasting('2026-06-27');
    expect(missing(short)[0]).toEqual(['extend-consultation', '28 days for “Close the Tuesday lunch club”, which has 27: open until 2026-06-28 or later']);
    const over = answeredFor(considered(short));
    expect(missing(over)).toEqual([['open-consultation', 'a consultation of 28 days or more: “Close the Tuesday lunch club” had 27']]);
    expect(missing(answeredFor(considered(lasting('2026-06-28'))))).toEqual([]);
    const other = { ...proposal, consultation: id(171), opensOn: '2026-07-14', closesOn: '2026-08-10' };
    const again = over.did('open-consultation', other).on('2026-08-11').did('consider-consultation', { consultation: id(171), responses: 9, summary: 'As before.', on: '2026-08-11' });
    expect(missing(consultationRuleNames.reduce((each, rule) => each.did('answer-for-consultation', { consultation: id(171), rule, words: rule }), again))).toEqual([]);
  });

  test('is opened by none that told people of no alternative', () => {
    expect(missing(answeredFor(considered(lasting('2026-07-12', []))))).toEqual([['open-consultation', 'a consultation that tells people of an alternative: “Close the Tuesday lunch club” told them of none']]);
  });

  test('asks for a consultation where a service may change or end, and not elsewhere; whether it may is said either way', () => {
    expect(gate(inDesign, true)).toMatchObject({ refused: [{ code: 'consultation.considered', missing: [{ what: 'service-may-change', suppliedBy: 'commissioner', by: 'amend-facts' }] }] });
    const changes = inDesign.did('amend-facts', { facts: { 'service-may-change': 'yes' } });
    expect(gate(changes, true)).toMatchObject({ refused: [{ missing: [{ what: 'a consultation', by: 'open-consultation' }] }] });
    expect(refusals(gate(inDesign.did('amend-facts', { facts: { 'service-may-change': 'no' } }), true))).toEqual([]);
  });

  const mayChange = (value: 'yes' | 'no') => ({ facts: { 'service-may-change': value } });

  test('waits for what people are asked once they are, whatever is said since of whether a service may change, and asks for no more days of it then', () => {
    const asked = (scene: Scene) => {
      const outcome = gate(scene, true);
      return 'refused' in outcome ? outcome.refused.flatMap((one) => one.missing.map(({ by, suppliedBy }) => by ?? suppliedBy)) : [];
    };
    const running = inDesign.did('open-consultation', { ...proposal, closesOn: '2026-06-14' });
    const fourAnswers = consultationRuleNames.map(() => 'answer-for-consultation');
    expect(asked(running)).toEqual(['amend-facts', 'time', ...fourAnswers]);
    const no = running.did('amend-facts', mayChange('no'));
    expect(asked(no)).toEqual(['time', ...fourAnswers]);
    expect(asked(no.on('2026-06-15'))).toEqual(['consider-consultation', ...fourAnswers]);
    expect(asked(answeredFor(considered(no)))).toEqual([]);
    expect(asked(answeredFor(considered(running.did('amend-facts', mayChange('yes')))))).toEqual(['open-consultation']);
  });

  test('that a service may change is taken back by somebody else than who said so, and under no other id of theirs', () => {
    const said = inDesign.did('amend-facts', mayChange('yes'));
    expect(said.when('amend-facts', mayChange('no'))).toMatchObject({ refused: [{ code: 'facts.own-word-taken-back', missing: [{ suppliedBy: 'someone else', by: 'amend-facts' }] }] });
    expect(refusals(said.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }).when('amend-facts', mayChange('no'), 'colleague'))).toEqual(['facts.own-word-taken-back']);
    expect(refusals(said.when('amend-facts', mayChange('no'), 'colleague'))).toEqual([]);
    // That it may is said by anybody, whoever said before that it may not.
    expect(refusals(inDesign.did('amend-facts', mayChange('no')).when('amend-facts', mayChange('yes')))).toEqual([]);
  });

  test('whoever decides reads whether a service may change for people, and nothing of it where nobody said', () => {
    expect(new Set([inDesign, ...(['yes', 'no'] as const).map((value) => inDesign.did('amend-facts', mayChange(value)))].map(({ decisionVersion }) => decisionVersion)).size).toBe(3);
  });

  test('waits for its end, for what people said to be considered, and for a named person’s four answers, all at once', () => {
    expect(gate(open)).toMatchObject({ refused: [{ missing: [{ suppliedBy: 'time' }, { by: 'answer-for-consultation' }, {}, {}, { suppliedBy: 'time', by: 'answer-for-consultation' }] }] });
    expect(gate(open.on('2026-07-13'))).toMatchObject({ refused: [{ missing: [{ by: 'consider-consultation' }, {}, {}, {}, {}] }] });
    expect(refusals(gate(answeredFor(considered(open))))).toEqual([]);
    expect(answeredFor(open).agreement.consultations[0]!.words.time).toEqual({ by: id(11), words: 'In my own words: time' });
  });
});

test('what changed by what people say is told once all of them could say it; what was open, which options there were and why so long, at any time', () => {
  const answering = (scene: Scene) => consultationRuleNames.map((rule) => refusals(scene.when('answer-for-consultation', { consultation, rule, words: 'x' })));
  expect(answering(open.on('2026-07-12'))).toEqual([[], [], [], ['consultation.still-open']]);
  expect(open.when('answer-for-consultation', { consultation, rule: 'considered', words: 'x' })).toMatchObject({ refused: [{ missing: [{ what: 'a day after 2026-07-12', suppliedBy: 'time', by: 'answer-for-consultation' }] }] });
  expect(answering(open.on('2026-07-13'))).toEqual([[], [], [], []]);
  // Once it is given more time, that begins later.
  expect(answering(open.on('2026-07-12').did('extend-consultation', { consultation, closesOn: '2026-07-20' }).on('2026-07-13'))).toEqual([[], [], [], ['consultation.still-open']]);
});

test('people are never given less time than they were told, and what is over is not opened again', () => {
  const extend = (scene: Scene, closesOn: string) => refusals(scene.when('extend-consultation', { consultation, closesOn }));
  expect(extend(open, '2026-07-01')).toEqual(['consultation.shortened']);
  expect(extend(open, '2026-07-12')).toEqual(['already-so']);
  expect(extend(open.on('2026-07-13'), '2026-08-01')).toEqual(['consultation.closed']);
  expect(refusals(inDesign.when('extend-consultation', { consultation, closesOn: '2026-08-01' }))).toEqual(['consultation.unknown']);
  expect(refusals(inDesign.when('open-consultation', { ...proposal, opensOn: '2026-06-10', closesOn: '2026-06-09' }))).toEqual(['consultation.closes-before-it-opens']);
  expect(refusals(open.when('open-consultation', proposal))).toEqual(['already-so']);
});

test('a slip of the year keeps nobody from deciding: a consultation closes within a year, also where it is extended', () => {
  const opening = (opensOn: string, closesOn: string) => inDesign.when('open-consultation', { ...proposal, opensOn, closesOn });
  expect(opening('2026-06-01', '2206-07-12')).toMatchObject({ refused: [{ code: 'consultation.too-long', missing: [{ what: 'closesOn: 2027-05-31 or earlier', suppliedBy: 'commissioner', by: 'open-consultation' }] }] });
  expect([refusals(opening('2206-06-01', '2206-07-12')), refusals(opening('2026-06-01', '2027-06-01')), refusals(opening('2026-06-01', '2027-05-31'))]).toEqual([['consultation.too-long'], ['consultation.too-long'], []]);
  const extending = (closesOn: string) => refusals(open.when('extend-consultation', { consultation, closesOn }));
  expect([extending('2027-07-12'), extending('2026-08-01')]).toEqual([['consultation.too-long'], []]);
});

describe('a consultation that is withdrawn', () => {
  const why = { consultation, reason: 'The year was wrong.' };
  const withdrawn = open.did('withdraw-consultation', why);
  const begun = open.on('2026-06-20').did('withdraw-consultation', why, 'colleague');

  test('before anybody could answer stays in the log and stands for nothing: no decision or gate waits for it, and another is opened', () => {
    expect(withdrawn.agreement.consultations).toMatchObject([{ closesOn: '2026-07-12', withdrawn: { on: '2026-06-01', reason: 'The year was wrong.', asked: false } }]);
    expect(refusals(decision(proposed(withdrawn), '2026-06-01'))).toEqual([]);
    expect(findings(withdrawn)).toEqual([]);
    expect(gate(withdrawn)).toMatchObject({ refused: [{ missing: [{ what: 'a consultation', by: 'open-consultation' }] }] });
    // One that opens later was answered by nobody until then.
    const ahead = inDesign.did('open-consultation', { ...proposal, opensOn: '2026-06-20', closesOn: '2026-07-31' }).on('2026-06-20').did('withdraw-consultation', why);
    expect(refusals(decision(proposed(ahead), '2026-06-20'))).toEqual([]);
    expect(seenByPeople(withdrawn.agreement, id(80)).asked.consultations).toEqual([]);
  });

  test('while people can answer ends that day: what they said is considered before a decision, and it stands for no gate', () => {
    expect(begun.agreement.consultations).toMatchObject([{ closesOn: '2026-06-20', withdrawn: { on: '2026-06-20', asked: true } }]);
    expect(seenByPeople(begun.agreement, id(80)).asked.consultations).toMatchObject([{ consultation, withdrawnOn: '2026-06-20' }]);
    expect([refusals(decision(proposed(begun), '2026-06-20')), refusals(decision(proposed(begun), '2026-06-21'))]).toEqual([['decision.consultation-open'], ['decision.consultation-open']]);
    expect(refusals(begun.when('consider-consultation', { consultation, responses: 3, summary: 'x', on: '2026-06-20' }))).toEqual(['consultation.still-open']);
    const heard = considered(begun, '2026-06-21');
    expect(refusals(decision(proposed(heard), '2026-06-21'))).toEqual([]);
    expect(consultationFindings(heard.agreement, heard.agreement.consultations[0]!, heard.asking(asked(true)).context())).toEqual([
      { rule: 'time', is: 'warning', says: 'It was withdrawn on 2026-06-20, after 20 days: whatever people were asked about is decided on after another.' },
    ]);
    expect(gate(begun.on('2026-06-21'))).toMatchObject({ refused: [{ missing: [{ what: 'a consultation', by: 'open-consultation' }, { by: 'consider-consultation' }] }] });
    expect(gate(heard)).toMatchObject({ refused: [{ missing: [{ what: 'a consultation', by: 'open-consultation' }] }] });
  });

  test('is withdrawn once, before it has closed, and goes on no more', () => {
    const withdraw = (scene: Scene, of = consultation) => refusals(scene.when('withdraw-consultation', { ...why, consultation: of }, 'colleague'));
    expect([withdraw(withdrawn), withdraw(open, id(171)), withdraw(open.on('2026-07-12')), withdraw(open.on('2026-07-13'))]).toEqual([['already-so'], ['consultation.unknown'], [], ['consultation.closed']]);
    expect(withdrawn.when('extend-consultation', { consultation, closesOn: '2026-07-31' })).toMatchObject({ refused: [{ code: 'consultation.withdrawn', missing: [{ what: 'another consultation', suppliedBy: 'commissioner', by: 'open-consultation' }] }] });
    expect(refusals(begun.when('answer-for-consultation', { consultation, rule: 'time', words: 'x' }))).toEqual(['consultation.withdrawn']);
    expect(refusals(withdrawn.on('2026-07-14').when('consider-consultation', { consultation, responses: 0, summary: 'x', on: '2026-07-14' }))).toEqual(['consultation.withdrawn']);
  });

  test('once people could answer is withdrawn by somebody else than whoever put it on record, under no id of theirs: nobody alone cuts short what people were told', () => {
    const refused = { refused: [{ code: 'consultation.own-withdrawn', missing: [{ what: 'someone other than the one who put it on record', suppliedBy: 'commissioner', by: 'withdraw-consultation' }] }] };
    const withdraw = (scene: Scene, who: 'commissioner' | 'colleague') => scene.when('withdraw-consultation', why, who);
    expect(withdraw(open.on('2026-06-02'), 'commissioner')).toMatchObject(refused);
    expect(withdraw(open.on('2026-07-12').knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }), 'colleague')).toMatchObject(refused);
    expect([refusals(withdraw(open.on('2026-06-02'), 'colleague')), refusals(withdraw(open, 'commissioner'))]).toEqual([[], []]);
    // What opens later, or came on record today, nobody answered yet.
    const [ahead, late] = [inDesign.did('open-consultation', { ...proposal, opensOn: '2026-06-20' }).on('2026-06-20'), inDesign.on('2026-06-20').did('open-consultation', proposal)];
    expect([refusals(withdraw(ahead, 'commissioner')), refusals(withdraw(late, 'commissioner')), refusals(withdraw(ahead.on('2026-06-21'), 'commissioner'))]).toEqual([[], [], ['consultation.own-withdrawn']]);
    expect([refusals(withdraw(begun, 'commissioner')), refusals(withdraw(open.on('2026-07-13'), 'commissioner'))]).toEqual([['already-so'], ['consultation.closed']]);
  });

  test('is another paper than was read: whoever decided decides anew', () => {
    const read = proposed(considered(open, '2026-07-14'));
    expect(proposed(considered(begun, '2026-06-21')).decisionVersion).not.toBe(read.decisionVersion);
  });
});

test('what people say is considered after all of them could say it, once, and not ahead of time', () => {
  const consider = (scene: Scene, on: string) => refusals(scene.when('consider-consultation', { consultation, responses: 1, summary: 'x', on }));
  expect(consider(open, '2026-06-02')).toEqual(['consultation.not-considered-yet', 'consultation.still-open']);
  expect(consider(open.on('2026-07-12'), '2026-07-12')).toEqual(['consultation.still-open']);
  expect(consider(considered(open), '2026-07-14')).toEqual(['already-so']);
});
