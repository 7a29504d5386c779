import { type Actor, partnerLevels, type PartnerMay, type RoleGrant } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import { describe, expect, test } from '@jest/globals';
import { circleOf } from './contribution.js';
import { agreementId, id, inDesign, otherProvider, people, provider, refusals, type Scene } from './given.js';
import { partnersInForce } from './partner.js';

const trust = id(430);
const board = id(431);
const pounds = (amount: string) => ({ amount, currency: 'GBP' });
const joined = {
  partner: trust, title: 'Riverside NHS Trust', identifier: { scheme: 'GB-NHS', id: 'RXX' }, may: 'sign', basis: 's.75 National Health Service Act 2006', from: '2026-06-01', until: '2027-03-31',
  shares: [{ year: '2026-27', amount: pounds('4000.00') }],
} as const;
const worth = inDesign.did('amend-facts', { facts: { value: pounds('9000.00') } });
const withTrust = (may: PartnerMay = 'sign'): Scene => worth.did('record-partner', { ...joined, may });
const missing = (decision: ReturnType<Scene['when']>) => ('refused' in decision ? decision.refused.flatMap((refused: Refusal) => refused.missing) : []);

describe('a partner body', () => {
  test('is on record with what it may, between which days, on which basis, and its share by financial year', () => {
    const { agreement } = withTrust();
    expect(agreement.partners).toEqual([{ ...joined, fromAgreement: null, ended: null }]);
    expect(partnersInForce(agreement, '2026-05-31')).toEqual([]);
    expect(partnersInForce(agreement, '2027-03-31')).toHaveLength(1);
    expect(partnersInForce(agreement, '2027-04-01')).toEqual([]);
  });

  test('is recorded by whoever may make an award, and not by whoever only moves the agreement', () => {
    expect(refusals(worth.when('record-partner', joined, 'approver'))).toEqual(['right.missing']);
    expect(refusals(worth.when('record-partner', joined, 'decisionMaker'))).toEqual(['right.missing']);
  });

  test('is refused for every fault of its days and shares at once', () => {
    const shares = [{ year: '2026-28', amount: pounds('1.00') }, { year: '2026-27', amount: { amount: '1.00', currency: 'EUR' } }, { year: '2026-27', amount: pounds('1.00') }];
    expect(refusals(worth.when('record-partner', { ...joined, from: '2026-05-02', until: '2026-05-01', shares }))).toEqual([
      'partner.ends-before-it-begins', 'partner.over', 'partner.not-a-financial-year', 'partner.year-twice', 'partner.other-currency',
    ]);
  });

  test('shares of a financial year: 2099-00 is one, 2026-26 and 2026-28 are none, and nothing longer', () => {
    const ofYear = (year: string) => refusals(worth.when('record-partner', { ...joined, shares: [{ year, amount: pounds('1.00') }] }));
    expect([ofYear('2026-27'), ofYear('2099-00')]).toEqual([[], []]);
    for (const year of ['2026-26', '2026-28', '12026-27', '2026-27-28', '26-27']) expect([year, ofYear(year)]).toEqual([year, ['partner.not-a-financial-year']]);
  });

  test('pays with all partners together no more than the agreement is worth, where that is known', () => {
    const other = (amount: string) => ({ ...joined, partner: board, title: 'Health board', identifier: null, shares: [{ year: '2026-27', amount: pounds(amount) }] });
    expect(refusals(withTrust().when('record-partner', other('5000.00')))).toEqual([]);
    expect(missing(withTrust().when('record-partner', other('5000.01')))).toEqual([{ what: 'shares of at most 9000.00 GBP in all', suppliedBy: 'commissioner', by: 'record-partner' }]);
    expect(refusals(inDesign.when('record-partner', other('900000.00')))).toEqual([]);
    // What was ended is paid no more.
    expect(refusals(withTrust().did('end-partner', { partner: trust, reason: 'x' }).when('record-partner', other('9000.00')))).toEqual([]);
  });

  test('is the same body by its id, its name or its identifier, and is a partner once at a time', () => {
    for (const again of [{ ...joined, title: 'x', identifier: null }, { ...joined, partner: board, title: ' riverside  nhs trust', identifier: null }, { ...joined, partner: board, title: 'x' }]) {
      expect(refusals(withTrust().when('record-partner', { ...again, shares: [] }))).toEqual(['partner.twice']);
      expect(refusals(withTrust().when('record-partner', { ...again, shares: [], from: '2027-04-01', until: '2028-03-31' }))).toEqual([]);
    }
    expect(refusals(withTrust().when('record-partner', { ...joined, partner: board, title: 'x', identifier: { scheme: 'GB-NHS', id: 'RYY' }, shares: [] }))).toEqual([]);
  });

  test('does not bid for what it decides on, whichever of the two comes first', () => {
    const same = { ...joined, title: 'meals on time', identifier: null };
    expect(refusals(worth.did('invite-provider', { provider }).when('record-partner', same))).toEqual(['partner.bids-here']);
    expect(refusals(worth.did('invite-provider', { provider }).when('record-partner', { ...joined, partner: provider }))).toEqual(['partner.bids-here']);
    expect(refusals(worth.did('invite-provider', { provider }).when('record-partner', joined))).toEqual([]);
    const first = worth.did('record-partner', same);
    expect(missing(first.when('invite-provider', { provider }))).toEqual([{ what: 'the end of meals on time as a partner', suppliedBy: 'commissioner', by: 'end-partner' }]);
    expect(refusals(first.did('end-partner', { partner: trust, reason: 'It bids.' }).when('invite-provider', { provider }))).toEqual([]);
    expect(refusals(first.on('2027-04-01').when('invite-provider', { provider }))).toEqual([]);
  });

  test('is paid by no bidder for a part of it either, whichever of the two comes first', () => {
    const same = { ...joined, title: 'meals on time', identifier: null };
    const lots = [{ agreement: id(220), lot: 'North', title: 'Meals', value: pounds('9000.00'), lead: provider, members: [], subcontractors: [otherProvider] }];
    const invited = worth.did('invite-provider', { provider });
    const asSubcontractor = { ...joined, partner: otherProvider };
    expect(refusals(invited.did('propose-lots', { lots }).when('record-partner', asSubcontractor))).toEqual(['partner.bids-here']);
    expect(refusals(invited.when('record-partner', asSubcontractor))).toEqual([]);
    expect(missing(invited.did('record-partner', asSubcontractor).when('propose-lots', { lots }))).toEqual([{ what: 'the end of Riverside NHS Trust as a partner', suppliedBy: 'commissioner', by: 'end-partner' }]);
    expect(refusals(worth.did('record-partner', same).when('propose-lots', { lots }))).toEqual(['award.not-invited', 'partner.bids-here']);
  });

  test('ends once, with its reason, also where the agreement is held or over, and may come back', () => {
    const ended = withTrust().on('2026-07-01').did('end-partner', { partner: trust, reason: 'The pooled fund closed.' });
    expect(ended.agreement.partners).toMatchObject([{ ended: { on: '2026-07-01', reason: 'The pooled fund closed.' } }]);
    expect(refusals(ended.when('end-partner', { partner: trust, reason: 'x' }))).toEqual(['already-so']);
    expect(refusals(worth.when('end-partner', { partner: trust, reason: 'x' }))).toEqual(['partner.unknown']);
    expect(refusals(withTrust().did('hold', { reason: 'x' }).when('end-partner', { partner: trust, reason: 'x' }))).toEqual([]);
    expect(refusals(withTrust().did('cancel', { reason: 'x' }).when('end-partner', { partner: trust, reason: 'x' }))).toEqual([]);
    expect(refusals(withTrust().on('2027-04-01').when('end-partner', { partner: trust, reason: 'x' }))).toEqual(['already-so']);
    const back = ended.did('record-partner', { ...joined, from: '2026-07-01' }).did('end-partner', { partner: trust, reason: 'Again.' });
    expect(back.agreement.partners.map(({ ended }) => ended?.reason)).toEqual(['The pooled fund closed.', 'Again.']);
  });
});

describe('whoever acts for a partner body', () => {
  const grant = (role: RoleGrant['role'], more: Partial<RoleGrant> = {}) => ({ grant: id(1000), role, partner: trust, agreements: [agreementId], until: '2027-03-31', ...more });
  /** The stranger holds these roles for the trust; nobody else changed. */
  const officer = (scene: Scene, ...grants: ReturnType<typeof grant>[]): Scene => scene.knowing('stranger', { grants });
  const asked = worth.did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'colleague');
  const signing = (scene: Scene) =>
    officer(scene, grant('approver', { discipline: 'finance' })).when('sign-off', { signOff: id(50), versionRead: scene.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'stranger');
  const decision = (scene: Scene) => ({
    decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
    decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: scene.decisionVersion,
  }) as const;

  test('signs on the days of its record and on no other, as long as it is not ended', () => {
    const scene = asked.did('record-partner', joined);
    expect(refusals(signing(scene))).toEqual([]);
    expect(missing(signing(asked.did('record-partner', { ...joined, from: '2026-06-02' })))).toEqual([{ what: `partner-${trust}, in force today, that may sign`, suppliedBy: 'commissioner', by: 'record-partner' }]);
    expect(refusals(signing(asked.did('record-partner', { ...joined, until: '2026-06-30' }).on('2026-06-30')))).toEqual([]);
    expect(refusals(signing(asked.did('record-partner', { ...joined, until: '2026-06-30' }).on('2026-07-01')))).toEqual(['partner.not-in-force']);
    expect(refusals(signing(scene.did('end-partner', { partner: trust, reason: 'x' })))).toEqual(['partner.not-in-force']);
    expect(refusals(signing(asked))).toEqual(['partner.not-in-force']);
  });

  test('goes as far as the record allows: seeing is not signing, signing is not deciding', () => {
    const decides = (scene: Scene) => officer(scene, grant('decision-maker')).when('record-decision', decision(scene), 'stranger');
    const outcomes = partnerLevels.map((may) => {
      const scene = asked.did('record-partner', { ...joined, may });
      return [may, refusals(signing(scene)), refusals(decides(scene))];
    });
    expect(outcomes).toEqual([
      ['see', ['partner.not-in-force'], ['partner.not-in-force']],
      ['sign', [], ['partner.not-in-force']],
      ['decide', [], []],
    ]);
  });

  test('does nothing that the host alone does, whatever role they were given', () => {
    const scene = asked.did('record-partner', { ...joined, may: 'decide' });
    const tries = officer(scene, grant('commissioner'), grant('senior-responsible-owner'));
    expect(refusals(tries.when('request-gate', { stage: 'design' }, 'stranger'))).toEqual(['right.missing']);
    expect(refusals(tries.when('end-partner', { partner: trust, reason: 'x' }, 'stranger'))).toEqual(['right.missing']);
    expect(refusals(tries.when('amend-facts', { facts: { place: 'x' } }, 'stranger'))).toEqual(['right.missing']);
  });

  test('approves nothing of their own there either', () => {
    const scene = officer(worth.did('record-partner', joined), grant('approver', { discipline: 'finance' }));
    const own = scene.did('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'finance' }, 'stranger');
    expect(refusals(own.when('sign-off', { signOff: id(51), versionRead: own.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'stranger'))).toEqual(['sign-off.own-work']);
  });

  test('is asked as one of several, reads as a second person, and declares an interest, while the record is in force', () => {
    const scene = officer(worth.did('record-partner', joined), grant('approver', { discipline: 'finance' }));
    const panel = { signOff: id(52), kind: 'approval', discipline: 'finance', panel: { of: [people.stranger, people.approver], quorum: { is: 'at-least', least: 1 }, veto: [] } } as const;
    expect(refusals(scene.when('request-sign-off', panel, 'colleague'))).toEqual([]);
    expect(missing(scene.did('end-partner', { partner: trust, reason: 'x' }).when('request-sign-off', panel, 'colleague'))).toMatchObject([{ what: `person-${people.stranger} as approver of finance` }]);
    const declares = (at: Scene) => refusals(at.when('declare-no-conflict', { person: people.stranger, role: 'approver' }, 'stranger'));
    expect(declares(scene)).toEqual([]);
    expect(declares(scene.did('end-partner', { partner: trust, reason: 'x' }))).toEqual(['partner.not-in-force']);
  });

  test('reads of what people said only what is for everybody: nobody who gave it chose to tell a partner', () => {
    const { agreement } = withTrust('decide');
    const reader = (grants: readonly RoleGrant[]): Actor => ({ kind: 'person', person: people.stranger, grants, scopes: 'all' });
    const circles = [[grant('decision-maker')], [{ role: 'decision-maker' as const }], [{ role: 'commissioner' as const }]].map((grants) => circleOf(reader(grants), agreement, '2026-06-01'));
    expect(circles).toEqual(['public', 'organisation', 'those-who-answer']);
  });

  test('is nobody on an agreement that the grant or the record does not name', () => {
    const scene = asked.did('record-partner', { ...joined, partner: board });
    expect(refusals(signing(scene))).toEqual(['partner.not-in-force']);
    const other = asked.did('record-partner', joined).knowing('stranger', { grants: [grant('approver', { discipline: 'finance', agreements: [id(9)] })] });
    expect(refusals(other.when('sign-off', { signOff: id(50), versionRead: other.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'stranger'))).toEqual(['right.missing']);
  });
});
