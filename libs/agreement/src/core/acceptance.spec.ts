import type { AcceptingParty, Discipline, SignOffAsked } from '@concordat/pathway/core';
import { expect, test } from '@jest/globals';
import { id, inDesign, otherProvider, people, provider, refusals, type Scene, type Who } from './given.js';
import { missingAt } from './given-involvement.js';
import type { SignOffOutcome } from './sign-off.js';

const granted: SignOffOutcome = { is: 'granted', conditions: [] };
const [approval, acceptance] = [id(50), id(51)];
const asked = (scene: Scene, discipline: Discipline, of?: AcceptingParty) =>
  scene.did('request-sign-off', { signOff: acceptance, kind: 'acceptance', discipline, ...(of !== undefined && { of }) });
const accept = (scene: Scene, discipline: Discipline, who: Who) => scene.when('sign-off', { signOff: acceptance, versionRead: scene.agreement.content[discipline], outcome: granted }, who);
const gate = (scene: Scene, ...signOffs: SignOffAsked[]) => missingAt(scene, 'sign-offs.granted', { signOffs }).map(({ what }) => what);
const governance = 'information-governance';
const decision = { decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'Price.' } as const;
/** Proposed to the provider and decided on, so that it is offered to them. */
const offered = (scene: Scene, to: string, decided: string) => {
  const proposed = scene.did('invite-provider', { provider: to }).did('propose-award', { provider: to, value: { amount: '9000.00', currency: 'GBP' } });
  return proposed.did('record-decision', { ...decision, decision: decided, versionRead: proposed.decisionVersion }, 'decisionMaker');
};

test('whoever is named as acting for the controller accepts what is done with data, and nobody else', () => {
  const scene = asked(inDesign.did('amend-facts', { facts: { controller: people.colleague } }), governance);
  expect(refusals(accept(scene, governance, 'approver'))).toEqual(['sign-off.not-the-party']);
  expect(accept(scene, governance, 'approver')).toMatchObject({ refused: [{ missing: [{ what: `person-${people.colleague}, who acts for the controller` }] }] });
  expect(refusals(accept(scene, governance, 'colleague'))).toEqual([]);
});

test('where nobody is named for the party, nobody accepts, and the refusal says which fact is missing', () => {
  expect(accept(asked(inDesign, governance), governance, 'approver')).toMatchObject({
    refused: [{ code: 'sign-off.not-the-party', missing: [{ what: 'controller', suppliedBy: 'commissioner', by: 'amend-facts' }] }],
  });
});

test('the named owner accepts in every other discipline, without being its approver', () => {
  const scene = asked(inDesign.did('amend-facts', { facts: { sponsor: people.decisionMaker } }), 'finance');
  const owner = scene.knowing('decisionMaker', { grants: [{ grant: id(900), role: 'senior-responsible-owner' }] });
  expect(refusals(accept(owner, 'finance', 'colleague'))).toEqual(['sign-off.not-the-party']);
  expect(refusals(accept(owner, 'finance', 'decisionMaker'))).toEqual([]);
});

test('a provider accepts by a signatory of its own, and another provider’s is not the party', () => {
  const scene = asked(offered(inDesign, provider, id(60)), 'safeguarding', 'provider');
  expect(refusals(accept(scene, 'safeguarding', 'signatory'))).toEqual([]);
  expect(refusals(accept(scene, 'safeguarding', 'otherSignatory'))).toEqual(['right.missing']);
  expect(refusals(accept(scene, 'safeguarding', 'colleague'))).toEqual(['sign-off.not-the-party']);
  expect(gate(scene.did('sign-off', { signOff: acceptance, versionRead: scene.agreement.content.safeguarding, outcome: granted }, 'signatory'), { kind: 'acceptance', discipline: 'safeguarding', of: 'provider' })).toEqual([]);
});

test('an acceptance is never counted as an approval, nor that of one party as another’s', () => {
  const named = inDesign.did('amend-facts', { facts: { sponsor: people.colleague, controller: people.colleague } });
  const accepted = asked(named, governance, 'owner').did('sign-off', { signOff: acceptance, versionRead: named.agreement.content[governance], outcome: granted }, 'colleague');
  expect(gate(accepted, { kind: 'approval', discipline: governance })).toEqual([`approval of ${governance}: not asked for`]);
  expect(gate(accepted, { kind: 'acceptance', discipline: governance })).toEqual([`acceptance of ${governance}: not asked for`]);
  expect(gate(accepted, { kind: 'acceptance', discipline: governance, of: 'owner' })).toEqual([]);
});

test('but for the sponsor, one person does not both approve and accept, whichever comes first, though they hold every role', () => {
  const named = inDesign.did('amend-facts', { facts: { controller: people.approver } });
  const both = asked(named.did('request-sign-off', { signOff: approval, kind: 'approval', discipline: governance }), governance);
  const { content } = both.agreement;
  const approve = { signOff: approval, versionRead: content[governance], outcome: granted };
  expect(refusals(accept(both.did('sign-off', approve, 'approver'), governance, 'approver'))).toEqual(['sign-off.approved-it']);
  const accepted = both.did('sign-off', { ...approve, signOff: acceptance }, 'approver');
  expect(accepted.when('sign-off', approve, 'approver')).toMatchObject({ refused: [{ missing: [{ what: 'someone other than the one who accepted it for the party that answers for it' }] }] });
});

test('the sponsor who approved accepts as the owner too, whichever comes first: they are one party, of whom the gates ask both', () => {
  const both = asked(inDesign.did('amend-facts', { facts: { sponsor: people.approver } }).did('request-sign-off', { signOff: approval, kind: 'approval', discipline: 'sponsor' }), 'sponsor');
  const sign = { versionRead: both.agreement.content.sponsor, outcome: granted };
  const [approves, accepts] = [{ ...sign, signOff: approval }, { ...sign, signOff: acceptance }];
  const asks: readonly SignOffAsked[] = [{ kind: 'approval', discipline: 'sponsor' }, { kind: 'acceptance', discipline: 'sponsor' }];
  for (const [first, then] of [[approves, accepts], [accepts, approves]] as const) {
    expect(gate(both.did('sign-off', first, 'approver').did('sign-off', then, 'approver'), ...asks)).toEqual([]);
  }
});

test('whoever approved another discipline, or took the approval back, accepts this one', () => {
  const named = inDesign.did('amend-facts', { facts: { controller: people.approver } });
  const approving = (discipline: Discipline) => {
    const scene = named.did('request-sign-off', { signOff: approval, kind: 'approval', discipline });
    return scene.did('sign-off', { signOff: approval, versionRead: scene.agreement.content[discipline], outcome: granted }, 'approver');
  };
  expect(refusals(accept(asked(approving('finance'), governance), governance, 'approver'))).toEqual([]);
  const back = approving(governance).did('withdraw-sign-off', { signOff: approval, reason: 'I am the controller now.' }, 'approver');
  expect(refusals(accept(asked(back, governance), governance, 'approver'))).toEqual([]);
});

test('an approval and the acceptances of several parties are awaited side by side, and each is asked for once', () => {
  const approvalAsked = inDesign.did('request-sign-off', { signOff: approval, kind: 'approval', discipline: 'finance' });
  const owner = asked(approvalAsked, 'finance', 'owner');
  const why = (of: AcceptingParty) => refusals(owner.when('request-sign-off', { signOff: id(52), kind: 'acceptance', discipline: 'finance', of }));
  expect([why('provider'), why('owner')]).toEqual([[], ['already-so']]);
});

test('an acceptance that holds until some day is renewed by the very party, unless it approved the same', () => {
  const named = inDesign.did('amend-facts', { facts: { sponsor: people.colleague } }).did('request-sign-off', { signOff: approval, kind: 'approval', discipline: 'equality' });
  const approved = named.did('sign-off', { signOff: approval, versionRead: named.agreement.content.equality, outcome: granted }, 'approver');
  const accepted = asked(approved, 'equality').did('sign-off', { signOff: acceptance, versionRead: approved.agreement.content.equality, outcome: { ...granted, expiresOn: '2026-06-30' } }, 'colleague');
  const renewing = (scene: Scene, who: Who) =>
    refusals(scene.when('renew-sign-off', { signOff: acceptance, versionRead: scene.agreement.content.equality, expiresOn: '2026-12-31', review: { reference: 'DMS/review', title: 'Review' } }, who));
  expect([renewing(accepted, 'colleague'), renewing(accepted, 'commissioner')]).toEqual([[], ['sign-off.not-the-party']]);
  expect(renewing(accepted.did('amend-facts', { facts: { sponsor: people.approver } }), 'approver')).toEqual(['sign-off.approved-it']);
});

test('an acceptance is not delegated: whoever stands in is not the party', () => {
  const scene = asked(inDesign.did('amend-facts', { facts: { controller: people.approver } }), governance).knowing('approver', {
    delegations: [{ delegation: id(70), to: people.decisionMaker, discipline: governance, from: '2026-01-01', until: '2026-12-31', agreements: null, upTo: null, when: 'always' }],
  });
  const inPlace = { signOff: acceptance, versionRead: scene.agreement.content[governance], outcome: granted, onBehalfOf: people.approver };
  expect(refusals(scene.when('sign-off', inPlace, 'decisionMaker'))).toEqual(['sign-off.not-the-party']);
});

test('a party accepts and does not approve, and one party accepts alone', () => {
  expect(refusals(inDesign.when('request-sign-off', { signOff: approval, kind: 'approval', discipline: 'finance', of: 'owner' }))).toEqual(['sign-off.approval-of-no-party']);
  const panel = { of: [people.approver, people.colleague], quorum: { is: 'at-least', least: 2 }, veto: [] } as const;
  expect(refusals(inDesign.when('request-sign-off', { signOff: acceptance, kind: 'acceptance', discipline: 'finance', panel }))).toEqual(['sign-off.acceptance-by-one']);
});

test('an acceptance is of the very party: it is stale once another provider is proposed, another owns it, or another is the controller', () => {
  const accepted = (scene: Scene, discipline: Discipline, of: AcceptingParty, who: Who) =>
    asked(scene, discipline, of).did('sign-off', { signOff: acceptance, versionRead: scene.agreement.content[discipline], outcome: granted }, who);
  const stale = (discipline: Discipline) => [`acceptance of ${discipline}: stale, because what it rests on changed`];
  const byProvider = accepted(offered(inDesign, provider, id(60)), 'safeguarding', 'provider', 'signatory');
  const ask = { kind: 'acceptance', discipline: 'safeguarding', of: 'provider' } as const;
  expect([gate(byProvider, ask), gate(offered(byProvider, otherProvider, id(61)), ask)]).toEqual([[], stale('safeguarding')]);

  const owned = accepted(inDesign.did('amend-facts', { facts: { sponsor: people.approver } }), 'equality', 'owner', 'approver');
  const byOwner = { kind: 'acceptance', discipline: 'equality' } as const;
  expect([gate(owned, byOwner), gate(owned.did('amend-facts', { facts: { sponsor: people.colleague } }), byOwner)]).toEqual([[], stale('equality')]);

  const controlled = accepted(inDesign.did('amend-facts', { facts: { controller: people.approver } }), governance, 'controller', 'approver');
  const byController = { kind: 'acceptance', discipline: governance } as const;
  const another = controlled.did('amend-facts', { facts: { controller: people.colleague } });
  expect([gate(controlled, byController), gate(another, byController)]).toEqual([[], stale(governance)]);
  const anew = another.did('request-sign-off', { signOff: id(52), kind: 'acceptance', discipline: governance });
  expect(gate(anew.did('sign-off', { signOff: id(52), versionRead: anew.agreement.content[governance], outcome: granted }, 'colleague'), byController)).toEqual([]);
});

test('what the owner accepted before the award was proposed, or before the review reports, does not stand at the review', () => {
  const owned = inDesign.did('amend-facts', { facts: { sponsor: people.approver } });
  const accepting = (scene: Scene, signOff: string) => {
    const again = scene.did('request-sign-off', { signOff, kind: 'acceptance', discipline: 'sponsor' });
    return again.did('sign-off', { signOff, versionRead: again.agreement.content.sponsor, outcome: granted }, 'approver');
  };
  const asks = { kind: 'acceptance', discipline: 'sponsor' } as const;
  const stale = ['acceptance of sponsor: stale, because what it rests on changed'];
  const early = accepting(owned, acceptance);
  const proposed = offered(early, provider, id(60));
  const awarded = accepting(proposed, id(52));
  const reported = awarded.did('amend-facts', { facts: { 'review-report': { reference: 'DMS/review', title: 'Review' } } }, 'colleague');
  expect([early, proposed, awarded, reported, accepting(reported, id(53))].map((scene) => gate(scene, asks))).toEqual([[], stale, [], stale, []]);
});
