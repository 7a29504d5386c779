import { describe, expect, test } from '@jest/globals';
import { pathways, routes } from '@concordat/pathway';
import type { CommandName } from './command.js';
import type { FactValues } from './facts.js';
import type { Agreement } from './agreement.js';
import { noneById, putById } from './by-id.js';
import { agreementId, id, inEnding, opened, otherProvider, people, provider, refusals, Scene, type Who } from './given.js';
import { ada, answered, ben, cat, confirmed, missingAt, panel, said, theme } from './given-involvement.js';
import { askBudgetOf } from './participant.js';
import { carriedFrom } from './carry-on.js';
import { toldOfNoReversal } from './reversal.js';
import { noLevels } from './risk.js';
import { childrenOf } from './tree.js';
import { beneath, gbp, lot, north, promised, south, split, tender, told, toValue, variation, varied } from './given-lots.js';

const framework = told.did('amend-facts', { facts: { 'most-call-offs': 2 } }, 'colleague');
const placement = { people: 3, rate: gbp('21.50'), per: 'hour' } as const;

describe('what is called off', () => {
  test('begins at its own first stage, with its provider invited to it', () => {
    const called = framework.did('call-off', { ...beneath(id(71), '30000.00', otherProvider), title: 'Winter visits' });
    expect(called.others[id(71)]).toMatchObject({ title: 'Winter visits', kind: 'call-off', stage: 'mandate', award: { parties: { [otherProvider]: 'invited' } }, tree: { parent: { agreement: agreementId, as: 'called-off-from' } } });
    expect(called.agreement).toMatchObject({ lifecycle: 'open', tree: { calledOff: { count: 1, amount: '30000.00' } } });
  });

  test('knows no partner body of what it was called off from, until it is recorded there too', () => {
    const joined = { partner: id(430), title: 'Riverside NHS Trust', identifier: null, may: 'see', basis: 's.75', from: '2026-06-01', until: '2027-03-31', shares: [] } as const;
    const called = framework.did('record-partner', joined).did('call-off', { ...beneath(id(71), '30000.00', otherProvider), title: 'x' }).inside(id(71));
    expect(called.agreement.partners).toEqual([]);
    expect(called.did('record-partner', joined).agreement.partners).toHaveLength(1);
  });

  describe('bars whom that bars which it was called off from', () => {
    const [role, about] = ['approver', { subject: people.approver, sealed: 'x' }] as const;
    const made = (scene: Scene, child = id(71)) => scene.did('call-off', { ...beneath(child, '100.00'), title: 'Winter visits' }, 'colleague');
    const declared = (scene: Scene) => scene.did('declare-conflict', { person: people.approver, role, interest: 'bid', about }, 'approver');
    /** Why the approver signs for nothing in this call-off. */
    const bar = (scene: Scene, child = id(71)) => {
      const asked = scene.inside(child).did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'colleague');
      const given = asked.when('sign-off', { signOff: id(50), versionRead: asked.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'approver');
      return 'refused' in given ? given.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
    };
    const barred = ['someone other than the one who declared an interest'];

    test('whether the interest was declared before it was called off or after', () => {
      const both = made(declared(made(framework)), id(72));
      expect([bar(made(framework)), bar(both), bar(both, id(72))]).toEqual([[], barred, barred]);
    });

    test('until another person agreed there that it is over; of what is called off nobody lifts it', () => {
      const over = made(declared(framework)).did('declare-no-conflict', { person: people.approver, role }, 'approver');
      expect(bar(over)).toEqual(barred);
      expect(refusals(over.inside(id(71)).when('lift-conflict', { person: people.approver, role, reasons: about }, 'decisionMaker'))).toEqual(['conflict.nothing-to-lift']);
      expect(bar(over.did('lift-conflict', { person: people.approver, role, reasons: about }, 'outsider'))).toEqual([]);
    });

    describe('also where it was lifted by somebody who turns out to be no other', () => {
      const twins = (scene: Scene, one: Who, other: Who) => scene.knowing(one, { identities: [{ person: people[other], provider: null }] }).knowing(other, { identities: [{ person: people[one], provider: null }] });
      const lifting = (scene: Scene) => scene.did('declare-no-conflict', { person: people.approver, role }, 'approver').did('lift-conflict', { person: people.approver, role, reasons: about }, 'outsider');

      test('whether it was called off before that or after, and whether people were placed with it', () => {
        const more = framework.did('amend-facts', { facts: { 'most-call-offs': 3 } }, 'colleague');
        const both = lifting(declared(made(more))).did('call-off', { ...beneath(id(72), '100.00'), title: 'x' }, 'colleague').did('place-people', { ...beneath(id(73), '100.00'), ...placement }, 'colleague');
        for (const child of [id(71), id(72), id(73)]) {
          expect(bar(both, child)).toEqual([]);
          expect(bar(twins(both, 'outsider', 'approver'), child)).toContain(barred[0]);
          expect(bar(both.knowing('outsider', { identities: [{ person: people.signatory, provider }] }), child)).toEqual(barred);
        }
      });

      test('where they turn out to have an interest above it, and not where they have one beneath alone', () => {
        const called = made(lifting(declared(framework)));
        const interested = (scene: Scene) => scene.did('declare-conflict', { person: people.decisionMaker, role: 'decision-maker', interest: 'other', about }, 'decisionMaker');
        expect(bar(twins(interested(called), 'outsider', 'decisionMaker'))).toEqual(barred);
        expect(bar(twins(interested(called.inside(id(71))).inside(agreementId), 'outsider', 'decisionMaker'))).toEqual([]);
      });

      test('until another lifts it above', () => {
        const found = twins(made(lifting(declared(framework))), 'outsider', 'approver');
        expect(bar(found)).toContain(barred[0]);
        expect(bar(found.did('lift-conflict', { person: people.approver, role, reasons: about }, 'decisionMaker'))).not.toContain(barred[0]);
      });
    });

    test('in every contract that what was called off from it is split into, but those that went to a successor', () => {
      const tendered = made(framework).inside(id(71));
      const lot = { agreement: id(75), lot: 'North', title: 'North', value: gbp('100.00'), lead: provider, members: [], subcontractors: [] };
      const child: Agreement = { ...tendered.agreement, lifecycle: 'split', tree: { ...tendered.agreement.tree, children: putById(noneById, { id: lot.agreement, as: 'split', kind: 'call-off', title: 'North', lot: 'North', provider, value: lot.value, people: null, openedAt: '' }) } };
      const parted = (lifecycle: Agreement['lifecycle']) => made(framework).beside(id(71), child).beside(lot.agreement, { ...tendered.agreement, lifecycle });
      const along = (scene: Scene) => {
        const decision = scene.when('declare-conflict', { person: people.approver, role, interest: 'bid', about }, 'approver');
        return 'accepted' in decision ? decision.accepted.map(({ stream }) => stream) : [];
      };
      const agreement = `agreement-${agreementId}`;
      expect(along(parted('open'))).toEqual([agreement, `agreement-${id(71)}`, `agreement-${lot.agreement}`]);
      expect(along(parted('transferred'))).toEqual([agreement, `agreement-${id(71)}`]);
      expect(bar(parted('open').did('declare-conflict', { person: people.approver, role, interest: 'bid', about }, 'approver'), lot.agreement)).toEqual(barred);
    });

    test('and asks a declaration of its own all the same, for that nobody has an interest in the one says nothing of the other', () => {
      const none = made(framework.did('declare-no-conflict', { person: people.approver, role }, 'approver')).inside(id(71)).asking({ code: 'conflicts.declared', parameters: { roles: [role] } });
      expect(none.did('request-gate', { stage: 'mandate' }).when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ code: 'conflicts.declared', missing: [{ what: 'declaration of the approver' }, { what: `declaration of person-${people.colleague}, who opened it` }] }] });
    });

    test('also what was called off at the very moment somebody declares one: they say it once more', () => {
      const unread = made(framework).without(id(71));
      expect(refusals(unread.when('declare-conflict', { person: people.approver, role, interest: 'bid', about }, 'approver'))).toEqual(['conflict.called-off-meanwhile']);
      expect(refusals(unread.when('declare-no-conflict', { person: people.approver, role }, 'approver'))).toEqual([]);
    });
  });

  describe('has by reference what people gave to what it was called off from', () => {
    const [winter, summer] = [id(71), id(72)];
    const wider = framework.did('amend-facts', { facts: { 'most-call-offs': 3 } }, 'colleague');
    const both = wider.did('call-off', { ...beneath(winter, '100.00'), title: 'Winter visits' }).did('call-off', { ...beneath(summer, '100.00'), title: 'Summer visits' });
    const reversed = (scene: Scene) => scene.did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' });
    const owed = ({ agreement }: Scene) => toldOfNoReversal(agreement).map(({ author }) => author);
    const telling = { theme: 'travel', participants: [ada], outcome: 'delivered' } as const;

    test('what was adopted there and stands, with whose word it was; there it stands as before', () => {
      for (const child of [winter, summer]) expect(both.others[child]?.carried).toEqual([{ id: 'travel', from: agreementId, title: 'travel', changed: 'Specification, clause 4', authors: [ada], reversed: null, goesOnIn: null }]);
      expect(both.agreement.contributions.themes).toEqual(framework.agreement.contributions.themes);
      expect(reversed(framework).did('call-off', { ...beneath(winter, '100.00'), title: 'x' }).others[winter]?.carried).toEqual([]);
    });

    test('a placement has no words of it', () => {
      const { others } = framework.did('place-people', { ...beneath(winter, '9000.00'), ...placement });
      expect(others[winter]?.carried).toEqual([{ id: 'travel', from: agreementId, title: 'Theme 1', changed: null, authors: [ada], reversed: null, goesOnIn: null }]);
    });

    test('undone in one it is told there, and stands in what it came from and in all others', () => {
      const undone = reversed(both.inside(winter));
      expect([owed(undone), owed(undone.inside(agreementId)), owed(undone.inside(summer))]).toEqual([[ada], [], []]);
      expect([undone.others[agreementId]?.contributions.themes, undone.others[summer]]).toEqual([both.agreement.contributions.themes, both.others[summer]]);
      expect(owed(undone.did('tell-of-reversal', telling))).toEqual([]);
      expect(missingAt(undone.asking().did('request-gate', { stage: 'mandate' }), 'involvement.reversals-told', {})).toEqual([{ what: `${ada}: travel was undone`, suppliedBy: 'facilitator', by: 'tell-of-reversal' }]);
      expect(refusals(undone.inside(agreementId).when('tell-of-reversal', telling))).toEqual(['answer.not-reversed']);
      expect(undone.inside(agreementId).did('call-off', { ...beneath(id(73), '100.00'), title: 'x' }).others[id(73)]?.carried).toMatchObject([{ id: 'travel', reversed: null }]);
    });

    test('undone in one that was split into contracts, it is told there for all of them', () => {
      const parted: Agreement = { ...both.others[winter]!, id: id(75), carried: carriedFrom(winter, [{ theme: 'travel', title: 'travel', changed: null, authors: [ada] }]), tree: { ...both.others[winter]!.tree, parent: { ...both.others[winter]!.tree.parent!, agreement: winter, as: 'split-from', root: winter } } };
      const undone = reversed(both.beside(winter, { ...both.others[winter]!, lifecycle: 'split' }).beside(id(75), parted).inside(id(75)));
      expect([owed(undone), owed(undone.inside(winter)), owed(undone.inside(agreementId))]).toEqual([[], [ada], []]);
    });

    test('whoever spoke to it there since hears of it, too, unless they wish not to', () => {
      const spoke = both.given(said('c2', ben, panel), said('c3', cat, panel), ['concordat.agreement.what-came-of-it-told.v1', { participants: [cat], outcome: 'declined', tried: [], stage: 'design' }], confirmed(cat, cat)).did('put-in-theme', { theme: 'travel', contributions: ['c2', 'c3'] });
      const undone = reversed(spoke.inside(winter));
      expect([owed(undone), owed(undone.inside(summer))]).toEqual([[ada, ben], []]);
      expect(undone.did('tell-of-reversal', { ...telling, participants: [ada, ben] }).agreement.carried).toMatchObject([{ authors: [ada, ben], reversed: { told: [ada, ben] } }]);
      // A renewal that carries it on from there asks who spoke, as far back as it came from.
      const renewed = spoke.beside(id(76), opened.agreement).inside(id(76)).did('link-agreement', { to: winter, as: 'replaces' }).did('carry-on', { from: winter });
      expect(owed(reversed(renewed))).toEqual([ada, ben]);
    });

    test('counts at its own gates where it has a stage of that name, for two years; of a stage that it does not have, nothing comes', () => {
      const asking = (scene: Scene) => missingAt(scene.inside(winter).asking().did('request-gate', { stage: 'mandate' }), 'involvement.achieved', { say: 1 });
      expect(both.others[winter]?.carriedOver).toMatchObject([{ from: agreementId, stage: 'design', answer: 'confirmed', people: 1, heldOn: '2026-06-01' }]);
      expect(asking(both)).toEqual([]);
      const late = (day: string) => framework.on(day).did('call-off', { ...beneath(winter, '100.00'), title: 'x' });
      expect([late('2028-06-01'), late('2028-06-02')].map((scene) => asking(scene).length > 0)).toEqual([false, true]);
      const placed = framework.following(pathways.find('placement')!).byRoute(routes.find('pa2023-light-touch')!).did('place-people', { ...beneath(winter, '9000.00'), pathway: { id: 'placement' }, route: { id: 'pa2023-light-touch' }, ...placement });
      expect(placed.others[winter]?.carriedOver).toEqual([]);
    });

    test('asks people once: who was asked there for a stage is not asked again for it, and their budget is used once', () => {
      const evening = { stage: 'delivery', title: 'Rota evening', groups: ['diners'], right: 'advise', ledBy: 'together', closesOn: '2026-09-01' } as const;
      const asking = (scene: Scene, n: number) => scene.did('plan-activity', { activity: id(40 + n), ...evening });
      const invite = (n: number) => ({ invitation: id(50 + n), activity: id(40 + n), participant: ada, answerBy: '2026-08-01' });
      const asked = asking(both, 1).did('invite-participant', invite(1));
      for (const child of [winter, summer]) {
        const again = asking(asked.inside(child), 2).when('invite-participant', invite(2));
        expect(again).toMatchObject({ refused: [{ code: 'invitation.asked-elsewhere', missing: [{ what: `what they give in agreement-${agreementId} in this stage`, suppliedBy: 'facilitator', by: 'carry-over' }] }] });
      }
      expect(askBudgetOf(asked.participants[ada]!, asked.today).used).toBe(1);
      // Each of what is called off is of something else than its fellows.
      const own = asking(both.inside(winter), 1).did('invite-participant', invite(1));
      expect([own.inside(summer), own.inside(agreementId)].map((scene) => refusals(asking(scene, 2).when('invite-participant', invite(2))))).toEqual([[], []]);
      // As whom a contract of a split asks, what is called off from it does not ask again.
      const under = split.inside(north).did('call-off', { ...beneath(winter, '100.00'), title: 'x' }).inside(south);
      const once = asking(under, 1).did('invite-participant', invite(1)).inside(winter);
      expect(refusals(asking(once, 2).when('invite-participant', invite(2)))).toEqual(['invitation.asked-elsewhere']);
    });

    test('keeps no promise of it, which is kept once and there, until it carries one on: then that is broken and told here', () => {
      const open = (scene: Scene) => scene.agreement.commitments.map(({ id: one, became }) => [one, became.is]);
      expect([open(both), open(both.inside(winter))]).toEqual([[[promised, 'open']], []]);
      const taken = both.inside(winter).did('carry-on', { from: agreementId });
      expect([open(taken), open(taken.inside(agreementId)), open(taken.inside(summer))]).toEqual([[[promised, 'open']], [[promised, 'carried-on']], []]);
      expect(taken.others[agreementId]?.contributions.themes).toEqual(both.agreement.contributions.themes);
      const cancelled = taken.did('cancel', { reason: 'The provider closed.' }).inside(agreementId);
      expect(open(cancelled)).toEqual([[promised, 'open']]);
    });

    test('carries on what was adopted there since, which stays there for all others', () => {
      const more = both.given(said('c2', ben, panel), ...theme('bells', 'c2'), answered('bells')).inside(winter);
      const taken = more.did('carry-on', { from: agreementId });
      expect(taken.agreement.carried.map((one) => [one.id, one.authors])).toEqual([['travel', [ada]], ['bells', [ben]]]);
      expect(taken.others[agreementId]?.contributions.themes.map(({ goesOnIn }) => goesOnIn)).toEqual([null, null]);
      expect(taken.inside(summer).did('carry-on', { from: agreementId }).agreement.carried.map((one) => one.id)).toEqual(['travel', 'bells']);
      // Those who are placed, too, have it once.
      const placed = both.did('place-people', { ...beneath(id(74), '9000.00'), ...placement });
      const spoke = placed.given(said('c2', ben, panel)).did('put-in-theme', { theme: 'travel', contributions: ['c2'] }).inside(id(74)).did('carry-on', { from: agreementId });
      expect(spoke.agreement.carried).toMatchObject([{ title: 'Theme 1', authors: [ada, ben] }]);
      expect(refusals(both.when('carry-on', { from: winter }))).toEqual(['already-so']);
    });

    test('goes with none of them when they are cancelled, and is carried on once by what ends them all', () => {
      const cancelled = both.inside(winter).asking().did('cancel', { reason: 'The provider closed.' }).inside(agreementId);
      expect(cancelled.agreement.contributions.themes).toEqual(both.agreement.contributions.themes);
      const ends = (to: string) => ({ to, as: 'ends' }) as const;
      const ending = both.beside(id(77), inEnding.agreement).following(inEnding.pathway).inside(id(77)).did('link-agreement', ends(winter));
      const all = ending.did('link-agreement', ends(summer)).did('link-agreement', ends(agreementId));
      expect(all.agreement.carried.map((one) => [one.id, one.from])).toEqual([['travel', winter]]);
      for (const child of [winter, summer]) expect(refusals(all.inside(child).asking().when('cancel', { reason: 'It ended.' }))).toEqual([]);
      // Once it went back where it came from, it would pass in silence with the others.
      const back = all.did('unlink-agreement', { to: winter, as: 'ends', reason: 'It goes on.' }, 'colleague');
      expect(refusals(back.inside(summer).asking().when('cancel', { reason: 'It ended.' }))).toEqual(['reversal.in-silence']);
    });
  });

  test('is as large as the service makes it: a closed setting or an untried model raises what is called off, and that another ended for the whole does not', () => {
    const raised = framework.did('raise-tier', { raises: ['closed-setting', 'ends-a-service'], reason: 'It came to light.' });
    const called = (scene: Scene) => scene.did('call-off', { ...beneath(id(71), '9000.00'), title: 'x' }).inside(id(71)).agreement;
    expect(called(framework)).toMatchObject({ tier: 'small', raises: [] });
    expect(called(raised)).toMatchObject({ tier: 'standard', raises: ['closed-setting'] });
    expect(called(framework.did('raise-tier', { raises: ['ends-a-service'], reason: 'It came to light.' }))).toMatchObject({ tier: 'small', raises: [] });
  });

  test('is never what it is called off from: what runs does not begin anew beneath itself', () => {
    const self = framework.agreement.id;
    const known = [{ code: 'tree.agreement-known', missing: [{ what: `another id than ${self}` }] }];
    expect(framework.when('call-off', { ...beneath(self, '1.00'), title: 'Self' })).toMatchObject({ refused: known });
    expect(framework.when('place-people', { ...beneath(self, '900.00'), ...placement })).toMatchObject({ refused: known });
    const itsOwn = tender.when('propose-lots', { lots: [lot(tender.agreement.id, 'North', provider, '90000.00')] });
    expect(refusals(itsOwn)).toContain('tree.agreement-known');
  });

  test('keeps the value and the number of what it is called off from', () => {
    const called = framework.did('call-off', { ...beneath(id(71), '60000.00'), title: 'x' });
    expect(refusals(called.when('call-off', { ...beneath(id(72), '40000.01'), title: 'x' }))).toEqual(['tree.over-value']);
    const full = called.did('place-people', { ...beneath(id(72), '40000.00'), ...placement });
    expect(refusals(full.when('place-people', { ...beneath(id(71), '900.00'), ...placement }))).toEqual(['tree.agreement-known', 'tree.over-value', 'call-off.too-many']);
    expect(refusals(full.when('propose-variation', toValue('99999.99')))).toEqual(['tree.value-committed']);
    const smaller = varied(called, '60000.00').did('place-people', { ...beneath(id(72), '900.00'), ...placement });
    expect(refusals(smaller.when('carry-out-variation', { variation }))).toEqual(['tree.value-committed']);
    expect(refusals(full.inside(id(71)).when('amend-facts', { facts: { value: gbp('60000.01') } }))).toEqual(['tree.over-value']);
  });

  test('leaves to the lots of others what they are worth, in a framework that was awarded in lots and stays whole', () => {
    const third = id(63);
    const shared = [lot(id(65), 'North', provider, '60000.00'), { ...lot(id(66), 'South', otherProvider, '30000.00'), members: [third] }];
    const inLots = framework.given(['concordat.agreement.lots-awarded.v1', { lots: shared, stage: 'design', providers: [provider, otherProvider, third] }]);
    const larger = varied(inLots, '110000.00').did('carry-out-variation', { variation });
    const called = (scene: Scene, at: number, amount: string, by: string) => scene.when('call-off', { ...beneath(id(at), amount, by), title: 'x' });
    // Ten thousand of the whole are in no lot.
    expect(called(inLots, 71, '70000.01', provider)).toMatchObject({ refused: [{ code: 'call-off.over-lots', missing: [{ what: 'at most 70000.00 GBP, not 70000.01', suppliedBy: 'commissioner', by: 'call-off' }] }] });
    expect([called(inLots, 71, '70000.00', provider), called(larger, 71, '80000.00', provider)].map(refusals)).toEqual([[], []]);
    // Those who share a lot share what it is worth.
    const one = inLots.did('call-off', { ...beneath(id(71), '30000.00', otherProvider), title: 'x' });
    expect([called(one, 72, '10000.01', third), called(one, 72, '10000.00', third), called(one, 72, '60000.00', provider)].map(refusals)).toEqual([['call-off.over-lots'], [], []]);
  });

  test('goes to whoever was awarded a lot, and to nobody whom they pay for a part of it: who has one lot has none of another by that', () => {
    const third = id(63);
    const lots = [lot(id(65), 'North', provider, '60000.00'), { ...lot(id(66), 'South', otherProvider, '30000.00'), subcontractors: [provider, third] }];
    const inLots = framework.given(['concordat.agreement.lots-awarded.v1', { lots, stage: 'design', providers: [provider, otherProvider, third] }]);
    const called = (amount: string, by: string) => inLots.when('call-off', { ...beneath(id(71), amount, by), title: 'x' });
    expect(called('100.00', third)).toMatchObject({ refused: [{ code: 'call-off.other-provider', missing: [{ what: `provider-${provider}` }, { what: `provider-${otherProvider}` }] }] });
    expect([called('70000.00', provider), called('70000.01', provider)].map(refusals)).toEqual([[], ['call-off.over-lots']]);
  });

  describe('gives back what it does not take', () => {
    const called = framework.did('call-off', { ...beneath(id(71), '60000.00'), title: 'Winter visits' });
    const full = called.did('place-people', { ...beneath(id(72), '40000.00'), ...placement }).asking();
    const more = { ...beneath(id(73), '60000.00'), ...placement };

    test('all of it, and its place among so many, where it is cancelled before it was awarded', () => {
      expect(refusals(full.when('place-people', more))).toEqual(['tree.over-value', 'call-off.too-many']);
      const freed = full.inside(id(71)).did('cancel', { reason: 'Nobody needs it.' }).inside(agreementId);
      expect(freed.agreement.tree.calledOff).toEqual({ count: 1, amount: '40000.00' });
      expect(childrenOf(freed.agreement).map(({ value }) => value.amount)).toEqual(['0.00', '40000.00']);
      expect(refusals(freed.when('place-people', more))).toEqual([]);
    });

    test('what a variation takes from its value, which it does not take again; by being cancelled later it gives back no more', () => {
      const under = full.inside(id(71)).given(['concordat.agreement.awarded.v1', { provider, value: gbp('60000.00') }]);
      const smaller = varied(under, '25000.00').did('carry-out-variation', { variation });
      expect(smaller.others[agreementId]?.tree.calledOff).toEqual({ count: 2, amount: '65000.00' });
      expect(refusals(smaller.when('propose-variation', { ...toValue('25000.01'), variation: id(381) }))).toEqual(['tree.over-value']);
      const cancelled = smaller.did('cancel', { reason: 'The provider closed.' });
      expect(cancelled.others[agreementId]?.tree.calledOff).toEqual({ count: 2, amount: '65000.00' });
    });

    test('and nothing by going back over its award and being cancelled then, for it may be paid for', () => {
      const inDelivery = full.inside(id(71)).did('request-gate', { stage: 'mandate' }).given(['concordat.agreement.awarded.v1', { provider, value: gbp('60000.00') }]).did('request-gate', { stage: 'design' });
      const back = inDelivery.asking().did('return-to-stage', { stage: 'mandate', reason: 'The rota must be planned anew.' });
      expect(back.agreement.award).toMatchObject({ original: null, fell: true });
      expect(back.did('cancel', { reason: 'The provider closed.' }).others[agreementId]?.tree.calledOff).toEqual({ count: 2, amount: '100000.00' });
    });
  });

  test('comes from a framework or contract that is awarded and in force, and goes to a provider of it', () => {
    const over = framework.did('amend-facts', { facts: { 'contract-period': { startsOn: '2025-01-01', endsOn: '2026-05-31' } } });
    expect(refusals(over.when('call-off', { ...beneath(id(71), '1.00', id(98)), title: 'x' }))).toEqual(['call-off.other-provider', 'call-off.ended']);
    expect(refusals(tender.when('call-off', { ...beneath(id(71), '1.00'), title: 'x' }))).toEqual(['call-off.not-awarded']);
    const called = framework.did('call-off', { ...beneath(id(71), '2000.00'), title: 'x' }).inside(id(71));
    expect(refusals(called.when('place-people', { ...beneath(id(72), '900.00'), ...placement }))).toEqual(['call-off.not-from-this', 'call-off.not-awarded']);
    expect(refusals(framework.did('hold', { reason: 'x' }).when('call-off', { ...beneath(id(71), '1.00'), title: 'x' }))).toEqual(['agreement.held']);
  });

  test.each(['extend-or-vary', 'decommission'])('is new, and begins on no pathway for what was awarded before: %s', (pathway) => {
    const along = framework.following(pathways.find(pathway)!).byRoute(routes.find('pa2023-light-touch')!);
    const asked = { pathway: { id: pathway }, route: { id: 'pa2023-light-touch' } };
    expect(refusals(along.when('call-off', { ...beneath(id(71), '9000.00'), ...asked, title: 'x' }))).toEqual(['call-off.of-what-exists']);
    expect(refusals(along.when('place-people', { ...beneath(id(71), '9000.00'), ...placement, ...asked }))).toEqual(['pathway.words-of-the-placed', 'call-off.of-what-exists']);
  });

  test('is a placement of so many people at a rate, in which no words about a person have a place', () => {
    const placed = framework.did('place-people', { ...beneath(id(71), '9000.00'), ...placement }).inside(id(71));
    expect(placed.agreement).toMatchObject({ title: 'Placement 1', kind: 'placement', facts: { 'people-concerned': { value: 3 } }, tree: { parent: { placement } } });
    const many = framework.did('place-people', { ...beneath(id(71), '9000.00'), ...placement, people: 5 }).inside(id(71));
    expect(many.agreement.title).toBe('Placement 1: 5 people');
    expect(placed.when('amend-facts', { facts: { title: 'Mrs Smith', description: 'Lives alone', 'people-concerned': 2 } })).toMatchObject({ refused: [{ code: 'placement.no-words', missing: [{ what: 'title' }, { what: 'description' }] }] });
  });

  test('is at a rate in the currency of what it comes to, which is what people cost once at least', () => {
    const placing = (changes: object) => refusals(framework.when('place-people', { ...beneath(id(71), '9000.00'), ...placement, ...changes }));
    expect(placing({ rate: { amount: '20.00', currency: 'EUR' } })).toEqual(['placement.other-currency']);
    expect(framework.when('place-people', { ...beneath(id(71), '63.59'), ...placement, people: 3, rate: gbp('21.20'), per: 'night' })).toMatchObject({
      refused: [{ code: 'placement.under-rate', asks: '3 at this rate cost 63.60 GBP in one night; a placement is worth that at least.', missing: [{ what: 'value' }] }],
    });
    expect(placing({ value: gbp('63.60'), people: 3, rate: gbp('21.20'), per: 'night' })).toEqual([]);
  });

  test('takes words about whoever is placed by no command: they are said of the service, where people are placed under', () => {
    const placed = framework.did('place-people', { ...beneath(id(71), '9000.00'), ...placement }).inside(id(71));
    const worded = [
      placed.when('record-what-people-do', { activity: id(80), group: 'family', does: 'Her son cooks', people: 1, hoursAWeek: 3, dependsOnIt: 'Meals', needs: 'Rest', onRecord: 'internal' }),
      placed.when('raise-risk', { risk: id(81), title: 'Mrs Smith falls', bearers: ['service-users'], owner: people.colleague, domain: 'safety', levels: noLevels, scores: { 'co-produced': { likelihood: 1, impact: 1 }, 'professional-only': { likelihood: 1, impact: 1 }, 'not-acting': null } }),
      placed.when('hold-review-meeting', { meeting: id(82), on: '2026-06-01', present: 'Mrs Smith and her son', minutes: { reference: 'r', title: 'Minutes' } }),
    ];
    expect(worded.map((decision) => refusals(decision)[0])).toEqual(Array(3).fill('placement.no-words'));
    expect(refusals(placed.when('hold', { reason: 'The budget is not set.' }))).toEqual([]);
  });

  test('calls what is held with whoever is placed, and what they said, by what it is and a number, and its groups as they are called above', () => {
    const placed = framework.did('amend-facts', { facts: { 'affected-groups': ['older people'] } }).did('place-people', { ...beneath(id(71), '9000.00'), ...placement }).inside(id(71));
    const words = (name: CommandName, body: object) => {
      const decision = placed.when(name, body as never);
      return 'refused' in decision ? decision.refused.filter(({ code }) => code === 'placement.no-words').flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
    };
    const [groups, heldAs] = ['groups: as they are called in affected-groups', 'called “Meeting”, “Visit”, “Call” or “Letter”, and by a number'];
    const budget = { is: 'budget', amount: gbp('50.00') };
    const own = { is: 'nothing-needed', group: 'older people', because: 'Jo has a car' };
    const activity = (title: string, ...named: string[]) => words('plan-activity', { activity: id(80), stage: 'mandate', title, groups: named, right: 'advise', ledBy: 'together', closesOn: '2026-06-30' });
    const plan = (method: string, resources: object) => words('plan-involvement', { stage: 'mandate', mode: 'co-commissioning', subTypes: [], say: 2, do: 0, groups: ['Older people'], method, people: 1, resources, accessCosts: budget });
    expect([activity('Meeting with Jo Smith, who has dementia', 'Jo Smith'), activity('Meeting 2', 'older people'), activity('Visit', 'Older people')]).toEqual([[`title: ${heldAs}`, groups], [], []]);
    expect([plan('Visit Jo Smith', own), plan('Visit', budget)]).toEqual([[`method: ${heldAs}`, 'resources: a budget, or none yet'], []]);
    expect([words('record-stages-that-matter', { group: 'Jo Smith', stages: [], source: 'Her son said so' }), words('record-nobody-wished', { stage: 'mandate', group: 'older people', offered: 'advise', source: 'Call 1' })]).toEqual([[groups, `source: ${heldAs}`], []]);
    expect([words('create-theme', { theme: id(81), title: 'Jo Smith wants a room of her own' }), words('create-theme', { theme: id(81), title: 'Theme 1' })]).toEqual([['title: called “Theme”, and by a number'], []]);
    expect([words('record-joint-decision', { activity: id(80), decided: 'Jo moves', on: '2026-06-01' }), words('record-joint-decision', { activity: id(80), decided: 'DMS/17', on: '2026-06-01' })]).toEqual([['decided: the number by which it is found'], []]);
    const pack = (title: string, changed = '') => words('issue-information', { pack: id(84), activity: id(80), title, document: { reference: 'DMS/18', title }, forms: ['easy-read'], changed });
    expect([pack('What Jo needs').length, pack('Information 1'), pack('Information', 'Jo asked for pictures').length]).toEqual([2, [], 1]);
    expect([words('set-criterion', { criterion: id(85), title: 'Knows Jo', chosenBy: { is: 'staff' } }).length, words('set-criterion', { criterion: id(85), title: 'Criterion 1', chosenBy: { is: 'staff' } })]).toEqual([1, []]);
    const end = (reference: string, title: string) => words('plan-exit', { plan: { reference, title }, lastDay: '2027-01-31', people: 3 });
    expect([end('DMS/19', 'Where Jo Smith goes'), end('Jo Smith', 'Plan'), end('DMS/19', 'Plan 2')]).toEqual([['plan: called “Plan”, and found by a number'], ['plan: called “Plan”, and found by a number'], []]);
    const asked = (name: CommandName, body: object) => refusals(placed.when(name, body as never));
    expect([asked('record-vote', { activity: id(80), vote: id(82), question: 'Is Jo to move?', options: [{ option: 'Yes', votes: 1 }, { option: 'No', votes: 0 }], on: '2026-06-01' }), asked('consider-option', { option: id(83), title: 'Jo moves', outcome: 'undecided', reasons: '' })].map(([first]) => first)).toEqual(['placement.no-words', 'placement.no-words']);
  });

  test('calls its documents by what they are and a number, and its groups as those are called that people are placed under', () => {
    const placed = framework.did('amend-facts', { facts: { 'affected-groups': ['older people'] } }).did('place-people', { ...beneath(id(71), '9000.00'), ...placement }).inside(id(71));
    const words = (facts: FactValues) => {
      const decision = placed.when('amend-facts', { facts });
      return 'refused' in decision ? decision.refused.filter(({ code }) => code === 'placement.no-words').flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
    };
    const asAbove = ': as it is said in the agreement that people are placed under';
    const ownName = 'specification: called “specification”, and found by a number';
    expect(words({ specification: { reference: 'DMS/2026-17', title: 'Specification' }, dpia: { reference: '17', title: 'data protection impact assessment' } })).toEqual([]);
    expect([words({ specification: { reference: 'Jo', title: 'Specification' } }), words({ specification: { reference: '17', title: 'Care plan of Jo Smith' } })]).toEqual([[ownName], [ownName]]);
    expect([words({ 'affected-groups': ['Jo Smith'] }), words({ 'not-in-the-room': ['Jo Smith'] }), words({ 'affected-groups': ['older people'] })]).toEqual([[`affected-groups${asAbove}`], [`not-in-the-room${asAbove}`], []]);
    const varied = placed.when('propose-variation', { variation, what: 'Care plan', why: 'x', to: { is: 'specification', specification: { reference: 'Jo', title: 'Care plan of Jo Smith' } }, touches: [] });
    expect(refusals(varied)).toContain('placement.no-words');
  });

  test('has its groups from above also where those were said there after people were placed', () => {
    const placed = framework.did('place-people', { ...beneath(id(71), '9000.00'), ...placement });
    const groups = { facts: { 'affected-groups': ['older people'] } };
    expect(refusals(placed.inside(id(71)).when('amend-facts', groups))).toEqual(['placement.no-words']);
    expect(placed.did('amend-facts', groups).inside(id(71)).did('amend-facts', groups).agreement.facts['affected-groups']?.value).toEqual(['older people']);
  });

  const alone = (title: string) => ({ title, kind: 'placement', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] }) as const;
  const openedAs = (...titles: readonly string[]) => titles.map((title) => refusals(Scene.empty.when('open-agreement', alone(title))));

  test('is a placement also where it is opened or taken over without a framework: it is called so and by a number', () => {
    const from = { source: 'Contract register', reference: 'P-1' };
    expect(openedAs('Placement', 'Placement 2026/17', 'Placement WX-12', 'Placement JO-SMITH-1', 'Placement of Mrs Smith', 'Mrs Smith')).toEqual([[], [], [], ...Array<string[]>(3).fill(['placement.no-words'])]);
    expect(Scene.empty.when('take-over-agreement', { ...alone('Placement 4'), stage: 'delivery', from, facts: { description: 'Lives alone' } })).toMatchObject({ refused: [{ code: 'placement.no-words', missing: [{ what: 'description' }] }] });
  });

  test('is not called by how many are placed where they are fewer than five: its provider reads it, and where a notice is published everybody', () => {
    expect(openedAs('Placement 1: 5 people', 'Placement: 12 people')).toEqual([[], []]);
    expect(openedAs('Placement 1: 1 person', 'Placement 1: 3 people', 'Placement 1: 4 people', 'Placement 1: 03 people')).toEqual(Array<string[]>(4).fill(['placement.no-words']));
  });
});
