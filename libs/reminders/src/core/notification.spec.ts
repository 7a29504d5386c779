import { initialPerson, type Person, type RoleGrant } from '@concordat/access/core';
import { initialAgreement } from '@concordat/agreement/core';
import { dayKinds } from '@concordat/register/core';
import { describe, expect, test } from '@jest/globals';
import { dayType, notifiedTypes, partiesTold, partyTypes, tellsTheInvited, thirdWaiver, toldOf, toldOfThirdWaiver, wordsOf } from './index.js';

const day = '2026-06-01';
const agreement = { ...initialAgreement, id: '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a' };
const somebody = (id: string, grant: RoleGrant, more: Partial<Person> = {}) => ({
  id,
  person: { ...initialPerson, registered: true, memberOf: { kind: 'organisation' } as const, grants: [{ ...grant, grant: id }], ...more },
});
const people = [
  somebody('commissioner', { role: 'commissioner' }),
  somebody('another commissioner', { role: 'commissioner' }),
  somebody('safeguarding', { role: 'approver', discipline: 'safeguarding' }),
  somebody('finance', { role: 'approver', discipline: 'finance' }),
  somebody('decision-maker', { role: 'decision-maker' }),
  somebody('signatory', { role: 'provider-signatory', provider: 'ours' }),
  somebody('rival', { role: 'provider-signatory', provider: 'theirs' }),
  somebody('gone', { role: 'approver', discipline: 'safeguarding' }, { disabled: true }),
  somebody('elsewhere', { role: 'commissioner', agreements: ['another agreement'] }),
];
const told = (type: Parameters<typeof toldOf>[0]['type'], data: object, by = 'nobody of these', of = agreement) => toldOf({ type, data: data as never, by, agreement: of }, people, day);

/** An award that is proposed to `ours` and decided on, with these parties. */
const offered = (parties: typeof agreement.award.parties, lots: readonly object[] = []) => {
  const decision = { decision: 'd', content: agreement.content.decision, opened: 'award', recordedBy: 'decider', everyId: ['decider'], second: { is: 'not-needed' }, calledIn: null };
  return { ...agreement, decision: decision as never, award: { ...agreement.award, parties, proposed: { provider: 'ours', lots, proposers: [] } as never } };
};

describe('who is told by e-mail', () => {
  test('of a sign-off that is asked: those who give it, in its discipline, and nobody who has left', () => {
    expect(told('concordat.agreement.sign-off-requested.v1', { of: null, discipline: 'safeguarding' })).toEqual(['safeguarding']);
  });

  test('of a gate that opened: whoever moves agreements, but for the one who did, and those of other agreements', () => {
    expect(told('concordat.agreement.gate-opened.v1', { stage: 'mandate' }, 'commissioner')).toEqual(['another commissioner']);
  });

  test('of a consultation that opens: whoever speaks for people who take part in that agreement', () => {
    const speaking = [...people, somebody('representative', { role: 'representative', agreements: [agreement.id] }), somebody('of another', { role: 'representative', agreements: ['another agreement'] }), somebody('participant', { role: 'participant' })];
    const toldOfIt = toldOf({ type: 'concordat.agreement.consultation-opened.v1', data: {} as never, by: 'commissioner', agreement }, speaking, day);
    expect(toldOfIt).toEqual(['representative']);
  });

  test('of a call-in on the page of the agreement, which leads to the award as to a variation', () => {
    expect(['concordat.agreement.decision-called-in.v1', 'concordat.agreement.call-in-concluded.v1'].map((type) => wordsOf(type)?.part)).toEqual(['', '']);
  });

  test('of an objection: the decision-maker, who owes a reply; of a view that is content, nobody', () => {
    expect(told('concordat.agreement.statement-recorded.v1', { view: 'object' })).toEqual(['decision-maker']);
    expect(told('concordat.agreement.statement-recorded.v1', { view: 'content' })).toEqual([]);
  });

  test('of an award: the people of the provider it is made to, and no rival', () => {
    expect(told('concordat.agreement.awarded.v1', { provider: 'ours' })).toEqual(['signatory']);
    const proposed = offered({ ours: 'invited' });
    expect(told('concordat.agreement.decision-recorded.v1', {}, 'decision-maker', proposed)).toEqual(['signatory']);
    expect(told('concordat.agreement.decision-recorded.v1', { needsSecond: true }, 'decision-maker', proposed)).toEqual([]);
    expect(told('concordat.agreement.decision-seconded.v1', {}, 'decision-maker', proposed)).toEqual(['signatory']);
  });

  test('of an award where others were invited: nobody by the decision, and all at one instant by the notice, whoever is awarded it that it waits for them', () => {
    const bidding = offered({ ours: 'invited', theirs: 'invited' });
    for (const type of ['decision-recorded', 'decision-seconded'] as const) expect(told(`concordat.agreement.${type}.v1`, {}, 'decision-maker', bidding)).toEqual([]);
    const notice = 'concordat.agreement.award-notice-published.v1';
    const parties = (of: typeof agreement) => partiesTold({ type: notice, data: {} as never, by: 'commissioner', agreement: of }, people).map((one) => [one.person, wordsOf(one.type)?.says, wordsOf(one.type)?.kind]);
    const waits = expect.stringContaining('it waits for you to accept it');
    expect([told(notice, {}, 'commissioner', bidding), parties(bidding)]).toEqual([['rival'], [['signatory', waits, 'asked']]]);
    // Of several in one lot each who must accept.
    const lot = { lead: 'ours', members: ['theirs'], subcontractors: [] };
    expect([told(notice, {}, 'commissioner', offered({ ours: 'invited', theirs: 'invited' }, [lot])), parties(offered({ ours: 'invited', theirs: 'invited' }, [lot]))]).toEqual([[], [['signatory', waits, 'asked'], ['rival', waits, 'asked']]]);
  });

  test('of what is changed in what they bid for, and of the notice of its award: the people of all who are invited, and nobody of what is the organisation’s own', () => {
    const bidding = { ...agreement, award: { ...agreement.award, parties: { ours: 'invited', theirs: 'invited' } as const } };
    expect(told('concordat.agreement.facts-amended.v1', { facts: { specification: {} } }, 'commissioner', bidding)).toEqual(['signatory', 'rival']);
    expect(told('concordat.agreement.facts-amended.v1', { facts: { value: {} } }, 'commissioner', bidding)).toEqual([]);
    expect(told('concordat.agreement.award-notice-published.v1', {}, 'commissioner', bidding)).toEqual(['signatory', 'rival']);
    const over = { ...bidding, award: { ...bidding.award, parties: { ours: 'provider', theirs: 'invited' } as const, left: { theirs: 9 } } };
    expect(told('concordat.agreement.facts-amended.v1', { facts: { specification: {} } }, 'commissioner', over)).toEqual([]);
  });

  describe('of what concerns every party', () => {
    const sourcing = { ...agreement, award: { ...agreement.award, parties: { ours: 'invited', theirs: 'incumbent' } as const } };
    const provided = { ...agreement, award: { ...agreement.award, parties: { ours: 'provider', theirs: 'invited' } as const, left: { theirs: 9 } } };
    const heard = (type: Parameters<typeof toldOf>[0]['type'], of: typeof agreement, data: object = {}) => partiesTold({ type, data: data as never, by: 'nobody of these', agreement: of }, people).map((one) => [one.person, wordsOf(one.type)?.says ?? '']);

    test('that it went back, waits, goes on or was cancelled: the people of each, in words that say what it means to it', () => {
      for (const type of ['returned', 'held', 'resumed', 'cancelled'] as const) {
        const told = heard(`concordat.agreement.${type}.v1`, sourcing);
        expect(told).toEqual([['signatory', expect.stringMatching(/^A sourcing that you (are|were) invited to/)], ['rival', expect.stringContaining('the service that you provide so far')]]);
        expect(heard(`concordat.agreement.${type}.v1`, provided)).toEqual([['signatory', expect.stringContaining('agreement of yours')]]);
      }
      expect(heard('concordat.agreement.cancelled.v1', sourcing)[0]?.[1]).toContain('ask whoever invited you for the reasons');
      expect(partiesTold({ type: 'concordat.agreement.held.v1', data: {} as never, by: 'signatory', agreement: provided }, people)).toEqual([]);
    });

    test('that it went back behind its award: its parties, who are invited anew by then, that the award fell', () => {
      const original = { value: null, period: null, stage: 'award', on: '2026-06-01' };
      const anew = { ...agreement, award: { ...agreement.award, parties: { ours: 'invited' } as const, original } };
      const back = (undone: readonly string[]) => heard('concordat.agreement.returned.v1', anew, { from: 'mobilisation', stage: 'sourcing', reason: 'x', undone });
      expect(back(['award', 'mobilisation'])).toEqual([['signatory', expect.stringContaining('went back behind its award, which fell')]]);
      expect(back(['mobilisation'])).toEqual([['signatory', expect.stringMatching(/^A sourcing that you are invited to went back/)]]);
    });

    test('that it was awarded: whoever bid or provides it so far and does not get it, each once, and no provider of an earlier award to others', () => {
      expect(heard('concordat.agreement.awarded.v1', sourcing, { provider: 'ours' })).toEqual([['rival', expect.stringMatching(/^What you provide so far was awarded to another\. .*when and how the service passes over\.$/)]]);
      const bidding = { ...agreement, award: { ...agreement.award, parties: { ours: 'invited', theirs: 'invited' } as const } };
      expect(heard('concordat.agreement.awarded.v1', bidding, { provider: 'ours' })).toEqual([['rival', expect.stringMatching(/^What you were invited to bid for was awarded to another\. .*standstill it is over: ask whoever invited you for the reasons/)]]);
      // A subcontractor was no party before.
      expect(heard('concordat.agreement.lots-awarded.v1', { ...agreement, award: { ...agreement.award, parties: { theirs: 'invited' } as const } }, { providers: ['ours', 'theirs'] })).toHaveLength(2);
      expect(heard('concordat.agreement.lots-awarded.v1', bidding, { providers: ['ours'] })).toEqual([['signatory', expect.stringContaining('An award was made to you')], ['rival', expect.stringContaining('was awarded to others')]]);
    });

    test('that a notice of its award was published: until when a standstill runs stands on the page, and reasons are asked for before it ends', () => {
      expect(wordsOf('concordat.agreement.award-notice-published.v1')?.says).toContain('Where a standstill runs its page says until when: ask for the reasons, or challenge the award, before it ends.');
      expect(heard('concordat.agreement.award-notice-published.v1', sourcing)).toEqual([['rival', expect.stringContaining('Where a standstill runs')]]);
    });

    test('that it came over from another organisation: as what its parties are here', () => {
      expect(heard('concordat.agreement.gone-on.v1', agreement, { parties: [{ provider: 'theirs', role: 'provider' }] })).toEqual([['rival', expect.stringContaining('goes on here')]]);
    });

    test('that notice was given of the end of a service: whoever provides it so far, and of no other fact', () => {
      expect(heard('concordat.agreement.facts-amended.v1', sourcing, { facts: { 'notice-given': '2026-06-01' } })).toEqual([['rival', expect.stringContaining('what you provide so far ends')]]);
      expect(heard('concordat.agreement.facts-amended.v1', sourcing, { facts: { title: 'x' } })).toEqual([]);
      // Whether it ends, goes on or is awarded anew is open when it is named.
      expect(wordsOf('concordat.agreement.incumbent-recorded.v1')?.says).toContain('whether it ends');
    });

    test('of nothing else', () => {
      expect(heard('concordat.agreement.gate-opened.v1', sourcing)).toEqual([]);
    });
  });

  test('of what changes for whoever provides a service, or is owed by it: the people of its providers, and no bidder', () => {
    const provided = { ...agreement, award: { ...agreement.award, parties: { ours: 'provider', theirs: 'invited' } as const, left: { theirs: 9 } } };
    for (const type of ['kpi-set', 'variation-carried-out', 'exit-planned', 'staff-transfer-planned'] as const) expect([type, told(`concordat.agreement.${type}.v1`, {}, 'commissioner', provided)]).toEqual([type, ['signatory']]);
    // Of what waits for them to accept it those who may, of the very party it is offered to.
    expect(['ours', 'theirs'].map((provider) => told('concordat.agreement.variation-offered.v1', { provider }, 'commissioner', provided))).toEqual([['signatory'], ['rival']]);
    expect(told('concordat.agreement.obligation-agreed.v1', { provider: 'ours' }, 'commissioner', provided)).toEqual(['signatory']);
    expect(told('concordat.agreement.obligation-agreed.v1', { provider: null }, 'commissioner', provided)).toEqual([]);
  });

  test('of what is of one provider: its people and no rival’s, whatever else they do here', () => {
    const both = { ...somebody('both', { role: 'commissioner', agreements: ['another agreement'] }), person: { ...initialPerson, registered: true, grants: [{ role: 'commissioner', agreements: ['another agreement'], grant: 'a' }, { role: 'provider-signatory', provider: 'ours', grant: 'b' }] as never } };
    for (const type of ['provider-invited', 'incumbent-recorded', 'quality-visit-recorded', 'provider-concern-answered', 'called-off'] as const) {
      const happened = { type: `concordat.agreement.${type}.v1` as const, data: { provider: 'ours', improvements: [{}] } as never, by: 'nobody of these', agreement };
      expect([type, toldOf(happened, [...people, both], day)]).toEqual([type, ['signatory', 'both']]);
    }
  });

  test('of the third waiver: whoever reviews it, and nobody who had a part in it', () => {
    const owner = { role: 'senior-responsible-owner' } as const;
    const waiver = { id: 'w', askedBy: 'asker', viewBy: [], answer: { is: 'waived', by: 'giver', at: '' } } as never;
    const happened = { type: 'concordat.agreement.condition-waived.v1', data: { waiver: 'w' } as never, by: 'giver', agreement: { ...agreement, waivers: [waiver] } } as const;
    const linked = somebody('linked', owner, { identities: [{ person: 'asker', provider: null }] });
    expect(toldOfThirdWaiver(happened, [...people, somebody('owner', owner), somebody('asker', owner), somebody('giver', owner), linked], day)).toEqual(['owner']);
    expect(wordsOf(thirdWaiver)?.says).toContain('third waiver');
  });

  test('those who were invited then are told of what they read, as it was then, and of nothing else', () => {
    const tells = (type: Parameters<typeof tellsTheInvited>[0], data: object) => tellsTheInvited(type, data as never);
    expect([tells('concordat.agreement.facts-amended.v1', { facts: { title: 'x' } }), tells('concordat.agreement.facts-amended.v1', { facts: { value: {} } }), tells('concordat.agreement.award-notice-published.v1', {}), tells('concordat.agreement.gate-opened.v1', {})]).toEqual([true, false, true, false]);
  });

  test('of a risk above the appetite: whoever holds the role that must see it', () => {
    expect(told('concordat.agreement.risk-escalated.v1', { to: 'decision-maker' })).toEqual(['decision-maker']);
  });

  test('of a risk: whoever answers for it', () => {
    expect(told('concordat.agreement.risk-raised.v1', { owner: 'finance' })).toEqual(['finance']);
  });

  test('of a concern: whoever passes it on, as much where it came in as one as where it was seen for one later, and of what is something else nobody', () => {
    expect(told('concordat.agreement.concern-raised.v1', { kind: 'safeguarding-concern' })).toEqual(['commissioner', 'another commissioner']);
    for (const kind of ['safeguarding-concern', 'allegation-about-staff']) expect(told('concordat.agreement.contribution-triaged.v1', { kind }, 'commissioner')).toEqual(['another commissioner']);
    for (const kind of ['view', 'complaint', 'compliment']) expect(told('concordat.agreement.contribution-triaged.v1', { kind })).toEqual([]);
  });

  test('of what people said: nobody, because whoever is told of everything reads nothing', () => {
    expect(told('concordat.agreement.contribution-recorded.v1', {})).toEqual([]);
  });
});

test('what a mail says is a sentence to somebody, and the same whatever happened to whom', () => {
  // What parties alone are told has words for each of their roles.
  const alone = notifiedTypes.filter((type) => wordsOf(type) === undefined);
  expect(alone.filter((type) => !partyTypes.some((one) => one.startsWith(`${type}#`)))).toEqual([]);
  for (const type of [...notifiedTypes, ...partyTypes].filter((one) => !(alone as readonly string[]).includes(one))) expect(wordsOf(type)?.says).toMatch(/^[A-Z][^{}$]*\.$/);
});

test('of days that come each kind of work says what waits, or what is over, and nothing that nobody is told', () => {
  const says = dayKinds.map((kind) => [kind, wordsOf(dayType(kind, 'waits'))?.says, wordsOf(dayType(kind, 'over'))?.says] as const);
  for (const [, waits, over] of says) for (const one of [waits, over]) if (one !== undefined) expect(one).toMatch(/^[A-Z][^{}$]*\.$/);
  expect(says.filter(([, waits, over]) => waits === undefined && over === undefined)).toEqual([]);
  expect([wordsOf(dayType('gate', 'waits')), wordsOf('work.nothing'), wordsOf(dayType('own-answer', 'waits'))]).toEqual([undefined, undefined, undefined]);
});
