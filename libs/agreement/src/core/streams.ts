import { type Actor, personStream, providerStream } from '@concordat/access/core';
import { above } from './above.js';
import type { Agreement } from './agreement.js';
import type { AgreementCommandBody, CommandName, CommandOf } from './command.js';
import { arrivalStream } from './arrival.js';
import { agreementStream } from './event.js';
import { peopleNamed } from './facts.js';
import { checkersOf } from './answer-check.js';
import { confirmersOf } from './carried-over.js';
import { everythingSaid, whoSees } from './contribution.js';
import { consultersOf } from './consultation.js';
import { splitFrom } from './decision-above.js';
import { seersOf } from './escalation.js';
import { refusersOf as conditionRefusersOf } from './gate-condition.js';
import { liftersOf, signersOf, speakersOf, streamsOfPeople } from './known-today.js';
import { panellistsOf } from './risk-panel.js';
import { offerersOf } from './transfer.js';
import { refusersOf, reviewersOf } from './waiver.js';
import { calledOffFrom } from './conflict.js';
import { participantStream } from './participant.js';
import { carriedOnFrom } from './carry-on.js';
import { everyBidder } from './partner.js';
import { comesAfter } from './tree.js';
import type { States } from './topic.js';

/** Those who are told something themselves: whoever was erased is told nothing more. */
const toldInPerson = ({ participants, outcome }: CommandOf<'record-feedback' | 'tell-what-came-of-it' | 'tell-of-reversal'>): readonly string[] => (outcome === 'delivered' ? participants.map(participantStream) : []);

/** Somebody who takes part, and whether their pseudonym is one: no account is theirs under it. */
const pseudonym = (participant: string): readonly string[] => [participantStream(participant), personStream(participant)];

/** The streams of those a command names, besides its agreement and whoever acts. One line per command, none forgotten. */
const named: { readonly [C in CommandName]: (command: CommandOf<C>) => readonly string[] } = {
  'open-agreement': () => [],
  'take-over-agreement': ({ provider }) => (provider === undefined ? [] : [providerStream(provider)]),
  'amend-facts': ({ facts }) => peopleNamed(facts).map(personStream),
  'raise-tier': () => [],
  'request-gate': () => [],
  'refuse-gate': () => [],
  'return-to-stage': () => [],
  hold: () => [],
  resume: () => [],
  cancel: () => [],
  'record-what-people-do': () => [],
  'take-off-record': () => [],
  'record-stages-that-matter': () => [],
  'plan-involvement': () => [],
  'plan-activity': () => [],
  'void-activity': () => [],
  'record-attendance': ({ participants }) => participants.flatMap(pseudonym),
  'record-effort': ({ participant }) => pseudonym(participant),
  'record-joint-decision': () => [],
  'record-could-it-change': ({ participant }) => [participantStream(participant)],
  'invite-participant': ({ participant }) => pseudonym(participant),
  'accept-invitation': ({ participant }) => [participantStream(participant)],
  'decline-invitation': ({ participant }) => [participantStream(participant)],
  'record-nobody-wished': () => [],
  'choose-ask-budget': ({ participant }) => [participantStream(participant)],
  'record-asked-what-people-do': () => [],
  'record-vote': () => [],
  'choose-interests': ({ participant }) => [participantStream(participant)],
  'erase-participant': ({ participant }) => pseudonym(participant),
  'carry-over': ({ from }) => [agreementStream(from)],
  'answer-carry-over': () => [],
  'issue-information': () => [],
  'record-information-given': () => [],
  'record-benefits-advice': ({ participant }) => [participantStream(participant)],
  'offer-payment': ({ participant }) => [participantStream(participant)],
  'answer-payment-offer': ({ participant }) => [participantStream(participant)],
  'record-dissent': ({ dissenter }) => [personStream(dissenter), participantStream(dissenter)],
  'record-no-dissent': () => [],
  'record-proxy-entry': ({ onBehalfOf }) => [participantStream(onBehalfOf)],
  'record-contribution': ({ author }) => pseudonym(author),
  'triage-contribution': () => [],
  'pass-on-concern': () => [],
  'choose-who-sees': ({ author }) => [participantStream(author)],
  'note-late-entries': () => [],
  'create-theme': () => [],
  'put-in-theme': () => [],
  'answer-theme': () => [],
  'ask-for-own-answer': () => [],
  'answer-contribution': ({ author }) => [participantStream(author)],
  'rate-answer': ({ participant }) => [participantStream(participant)],
  'check-answer': () => [],
  'record-feedback': toldInPerson,
  'tell-what-came-of-it': toldInPerson,
  'record-whether-heard': ({ participant }) => [participantStream(participant)],
  'make-commitment': () => [],
  'keep-commitment': () => [],
  'break-commitment': () => [],
  'reverse-answer': () => [],
  'tell-of-reversal': toldInPerson,
  'carry-on': ({ from }) => [agreementStream(from)],
  'raise-risk': ({ owner }) => [personStream(owner)],
  'rescore-risk': () => [],
  'close-risk': () => [],
  'review-risk': ({ owner }) => (owner === undefined ? [] : [personStream(owner)]),
  'acknowledge-risk': () => [],
  'raise-opportunity': ({ owner }) => [personStream(owner)],
  'rescore-opportunity': () => [],
  'close-opportunity': () => [],
  'add-control': ({ owner }) => [personStream(owner)],
  'record-control-proof': ({ owner }) => (owner === undefined ? [] : [personStream(owner)]),
  'end-control': () => [],
  'record-incident': () => [],
  'withdraw-incident': () => [],
  'answer-risk-prompt': () => [],
  'convene-risk-panel': ({ chair, members }) => [personStream(chair), ...members.flatMap(({ member }) => [personStream(member), participantStream(member)])],
  'record-panel-advice': () => [],
  'answer-panel-advice': () => [],
  'seek-statement': () => [],
  'record-statement': ({ spokenBy }) => [personStream(spokenBy), participantStream(spokenBy)],
  'reply-to-objection': ({ secondPerson }) => [personStream(secondPerson)],
  'second-reply': () => [],
  'declare-conflict': () => [],
  'declare-no-conflict': () => [],
  'lift-conflict': ({ person }) => [personStream(person)],
  'request-sign-off': ({ panel }) => (panel?.of ?? []).map(personStream),
  'sign-off': ({ onBehalfOf }) => (onBehalfOf === undefined ? [] : [personStream(onBehalfOf)]),
  'second-sign-off': () => [],
  'meet-sign-off-condition': () => [],
  'renew-sign-off-condition': () => [],
  'renew-sign-off': ({ onBehalfOf }) => (onBehalfOf === undefined ? [] : [personStream(onBehalfOf)]),
  'withdraw-sign-off': () => [],
  'open-consultation': () => [],
  'extend-consultation': () => [],
  'withdraw-consultation': () => [],
  'answer-for-consultation': () => [],
  'consider-consultation': () => [],
  'record-decision': () => [],
  'second-decision': () => [],
  'call-in-decision': () => [],
  'conclude-call-in': () => [],
  'record-challenge': () => [],
  'conclude-challenge': () => [],
  'record-partner': () => [],
  'end-partner': () => [],
  'plan-publication': () => [],
  'withhold-publication': () => [],
  'lift-withholding': () => [],
  publish: () => [],
  'invite-provider': ({ provider }) => [providerStream(provider)],
  'uninvite-provider': () => [],
  'propose-award': () => [],
  'publish-award-notice': () => [],
  'accept-award': () => [],
  'set-criterion': () => [],
  'appoint-evaluator': ({ evaluator }) => [personStream(evaluator)],
  'record-evaluator-declaration': ({ evaluator }) => [personStream(evaluator)],
  'record-evaluator-training': () => [],
  'record-assessment': () => [],
  'stand-down-evaluator': () => [],
  'consider-option': () => [],
  'discuss-option': ({ with: other }) => (other.is === 'provider' ? [providerStream(other.provider)] : []),
  'confirm-readiness': () => [],
  'set-kpi': () => [],
  'record-observation': () => [],
  'record-finding': () => [],
  'discuss-difference': () => [],
  'agree-obligation': () => [],
  'withdraw-obligation': () => [],
  'meet-obligation': () => [],
  'begin-cycle': () => [],
  'end-cycle': () => [],
  'hold-review-meeting': () => [],
  'agree-action': ({ owner }) => [personStream(owner)],
  'complete-action': () => [],
  'raise-provider-concern': () => [],
  'answer-provider-concern': () => [],
  'record-expiry': () => [],
  'record-quality-visit': () => [],
  'show-improvement': () => [],
  'set-rate': () => [],
  'commit-funding': () => [],
  'record-spend': () => [],
  'propose-variation': () => [],
  'record-asked-again': () => [],
  'record-not-asked-again': () => [],
  'test-modification': () => [],
  'decide-variation': () => [],
  'second-variation': () => [],
  'accept-variation': () => [],
  'carry-out-variation': () => [],
  'plan-exit': () => [],
  'record-transition': () => [],
  'plan-staff-transfer': () => [],
  'record-staff-information': () => [],
  'record-provider-engagement': () => [],
  'name-outcome': () => [],
  'link-outcome': () => [],
  'record-measurement': () => [],
  'answer-plain-questions': () => [],
  'name-benefit': () => [],
  'observe-benefit': () => [],
  'record-cost': () => [],
  'record-hours-wanted': () => [],
  'propose-lots': ({ lots }) => lots.flatMap(({ agreement, subcontractors }) => [agreementStream(agreement), ...subcontractors.map(providerStream)]),
  split: ({ agreements }) => agreements.map(({ agreement }) => agreementStream(agreement)),
  'call-off': ({ child }) => [agreementStream(child)],
  'place-people': ({ child }) => [agreementStream(child)],
  'link-agreement': ({ to }) => [agreementStream(to)],
  'unlink-agreement': ({ to }) => [agreementStream(to)],
  'record-notice': () => [],
  'ask-waiver': () => [],
  'seek-view-on-waiver': () => [],
  'give-view-on-waiver': ({ spokenBy }) => [personStream(spokenBy), participantStream(spokenBy)],
  'waive-condition': () => [],
  'refuse-waiver': () => [],
  'review-waiver': () => [],
  'propose-condition': () => [],
  'agree-condition': () => [],
  'agree-condition-for-discipline': () => [],
  'refuse-condition': () => [],
  'renew-condition': () => [],
  'choose-route': () => [],
  'record-urgency': () => [],
  'record-late-by-us': () => [],
  'migrate-pathway': () => [],
  'record-published-notice': () => [],
  'offer-transfer': () => [],
  'agree-transfer': () => [],
  'withdraw-transfer': () => [],
  'accept-transfer': ({ agreement, providers, people }) => [
    arrivalStream(agreement), ...providers.map(({ to }) => providerStream(to)), ...people.flatMap((one) => (one.is === 'stays' ? [] : [personStream(one.to)])),
  ],
};

type Besides = (agreement: Agreement, persons: States['persons'], others: States['others']) => readonly string[];
const whatItCameFrom = (as: 'split-from' | 'called-off-from'): Besides => (agreement) => {
  const parent = above(agreement);
  return parent?.as === as ? [agreementStream(parent.agreement)] : [];
};

const whatEndsIt: Besides = ({ tree: { links } }) => links.flatMap(({ agreement, as }) => (as === 'ended-by' ? [agreementStream(agreement)] : []));
const whatItEnds: Besides = ({ tree: { links } }) => links.flatMap(({ agreement, as }) => (as === 'ends' ? [agreementStream(agreement)] : []));
/** What else ends those whom it ends. */
const whatEndsThem: Besides = (_, __, others) => Object.values(others).flatMap((one) => whatEndsIt(one, {}, {}));
/** What carries on what was adopted in it, and what does so in turn. */
const whatCarriesOn: Besides = (agreement, _, others) =>
  [...agreement.contributions.themes, ...Object.values(others).flatMap(({ carried }) => carried)].flatMap(({ goesOnIn }) => (goesOnIn === null ? [] : [agreementStream(goesOnIn)]));
/** What it carries on of what was adopted or promised, and what those did. */
const whatItCarriesOn: Besides = (agreement, _, others) => [agreement, ...Object.values(others)].flatMap(carriedOnFrom).map(agreementStream);
const whoBids: Besides = ({ award }) => everyBidder(award).map(providerStream);
const whatItComesAfter: Besides = (agreement) => comesAfter(agreement).map(agreementStream);
const whatWasSplit: Besides = (agreement) => splitFrom(agreement).map(agreementStream);
/** What it extends or varies. */
const whatItRenews: Besides = ({ tree: { links } }) => links.flatMap(({ agreement, as }) => (as === 'renews' ? [agreementStream(agreement)] : []));
/** What ends it, or goes on from it in its place. */
const whatFollowsIt: Besides = ({ tree: { links } }) => links.flatMap(({ agreement, as }) => (as === 'ended-by' || as === 'renewed-by' || as === 'replaced-by' ? [agreementStream(agreement)] : []));
/** What goes on from those whom it names. */
const whatRenewsThem: Besides = (_, __, others) => Object.values(others).flatMap(({ tree: { links } }) => links.flatMap(({ agreement, as }) => (as === 'renewed-by' ? [agreementStream(agreement)] : [])));
const whatWasCalledOff: Besides = (agreement, _, others) => calledOffFrom(agreement, others).map(agreementStream);

const and = (...all: readonly Besides[]): Besides => (...read) => all.flatMap((rests) => rests(...read));
/** All that those come after whom it names, however far back: each agreement is read once, since none comes after itself. */
const whatTheyComeAfter: Besides = (_, __, others) => Object.values(others).flatMap(comesAfter).map(agreementStream);
/** Everybody whom it names or who asks it, under their other ids: whoever is staff under one is staff. */
const otherIds: Besides = (_, persons) => Object.values(persons).flatMap(({ identities }) => identities.map(({ person }) => personStream(person)));
/** These people, under every id they have today. */
const those = (...who: readonly ((agreement: Agreement) => readonly string[])[]): Besides => (agreement) => streamsOfPeople(who.flatMap((of) => of(agreement)));
/** Those who were asked together and are awaited. */
const panelsAwaited = ({ signOffs }: Agreement): readonly string[] => signOffs.flatMap(({ panel, answer }) => (answer.is === 'awaited' ? (panel?.of ?? []) : []));
const panelsHeard: Besides = (agreement) => Object.values(agreement.panelsHeard).flatMap(({ of }) => of.map(personStream));

/**
 * The few commands that rest, too, on what they do not name and their agreement does: what it was split or called off from, what was
 * called off from it, who bids, what another comes after. Whatever rests on what was signed or decided rests on who that is today, and what people say for
 * themselves on who says it.
 */
const besides: { readonly [C in CommandName]?: Besides } = {
  'amend-facts': and(whatItEnds, whatEndsIt, (agreement, ...read) => (agreement.kind === 'placement' ? whatItCameFrom('called-off-from')(agreement, ...read) : [])),
  'put-in-theme': whatCarriesOn,
  'answer-theme': whatEndsIt,
  'answer-contribution': whatEndsIt,
  'reverse-answer': and(whatItCameFrom('split-from'), whatItCarriesOn, whatFollowsIt, whatRenewsThem),
  'break-commitment': and(whatItCameFrom('split-from'), whatItCarriesOn),
  cancel: and(whatItCameFrom('called-off-from'), whatEndsIt, whatItEnds, whatEndsThem, (agreement) => carriedOnFrom(agreement).map(agreementStream)),
  'plan-exit': whatItEnds,
  'choose-route': and(whatItCameFrom('called-off-from'), signersOf),
  'propose-variation': and(whatFollowsIt, whatRenewsThem),
  'carry-out-variation': and(whatItCameFrom('called-off-from'), whatFollowsIt, whatRenewsThem, signersOf),
  'request-gate': and(whatEndsIt, whatItRenews, signersOf),
  'ask-waiver': signersOf,
  'second-sign-off': signersOf,
  'second-variation': and(whatFollowsIt, signersOf),
  'seek-statement': those(speakersOf),
  'record-statement': otherIds,
  'answer-carry-over': and(otherIds, those(confirmersOf)),
  'acknowledge-risk': those(seersOf),
  'check-answer': those(checkersOf),
  'consider-consultation': those(consultersOf),
  'review-waiver': those(reviewersOf),
  'agree-transfer': those(offerersOf),
  'record-panel-advice': those(panellistsOf),
  'answer-panel-advice': those(panellistsOf),
  'seek-view-on-waiver': those(speakersOf),
  'give-view-on-waiver': and(otherIds, those(speakersOf)),
  'reply-to-objection': those(speakersOf),
  'convene-risk-panel': otherIds,
  'rate-answer': otherIds,
  'erase-participant': otherIds,
  'record-whether-heard': otherIds,
  'record-could-it-change': otherIds,
  'choose-ask-budget': otherIds,
  'choose-interests': otherIds,
  'choose-who-sees': otherIds,
  'record-contribution': otherIds,
  'decline-invitation': otherIds,
  'answer-payment-offer': otherIds,
  'refuse-gate': and(whatEndsIt, whatItRenews, signersOf),
  'propose-condition': signersOf,
  'renew-condition': signersOf,
  split: signersOf,
  'publish-award-notice': signersOf,
  'accept-award': signersOf,
  publish: signersOf,
  'request-sign-off': and(panelsHeard, those(liftersOf)),
  'declare-conflict': whatWasCalledOff,
  // Whoever had no interest before takes none back.
  'declare-no-conflict': (agreement, ...read) => (agreement.conflicts.some(({ interest }) => interest !== 'none') ? whatWasCalledOff(agreement, ...read) : []),
  'lift-conflict': and(whatWasCalledOff, those(liftersOf)),
  'sign-off': those(liftersOf),
  'withdraw-sign-off': those(liftersOf, panelsAwaited),
  'meet-sign-off-condition': those(liftersOf),
  'renew-sign-off-condition': those(liftersOf),
  'call-in-decision': whatWasSplit,
  'second-decision': and(whatWasSplit, signersOf),
  'conclude-call-in': and(whatWasSplit, those(liftersOf)),
  'renew-sign-off': those(liftersOf),
  'record-decision': and(whatWasSplit, those(liftersOf, speakersOf)),
  'decide-variation': and(whatFollowsIt, those(liftersOf)),
  'migrate-pathway': those(liftersOf),
  'agree-condition': those(liftersOf, conditionRefusersOf),
  'agree-condition-for-discipline': those(liftersOf),
  'waive-condition': those(liftersOf, speakersOf, refusersOf),
  'appoint-evaluator': and(otherIds, those(liftersOf)),
  'link-agreement': and(whatTheyComeAfter, whatRenewsThem),
  'unlink-agreement': and(whatItComesAfter, whatEndsThem),
  'invite-provider': and(whatItRenews, whoBids),
  'propose-lots': whoBids,
  'test-modification': and(whatItRenews, whatRenewsThem),
  'record-partner': whoBids,
};

/** The streams a command rests on besides those it names, read off its agreement as it stands; undefined for one that rests on no others. */
export function restsBesides(command: AgreementCommandBody): Besides | undefined {
  const rests = besides[command.name];
  // What everybody was told is not told of whoever let it be seen and was erased.
  return 'outcome' in command && command.outcome === 'published' ? and(rests ?? (() => []), whoLetItBeSeen) : rests;
}

const whoLetItBeSeen: Besides = (agreement) => everythingSaid(agreement).flatMap((said) => (said.themes.length > 0 && whoSees(agreement, said) === 'public' ? [participantStream(said.author)] : []));

/**
 * Every stream a command is decided on, the agreement's first. All of them are expected unchanged when it is recorded,
 * so that a role withdrawn meanwhile, or two invitations on one ask budget, conflict instead of slipping through.
 */
export function streamsOf(command: AgreementCommandBody, agreement: string, actor: Actor): readonly string[] {
  const others = (named[command.name] as (command: AgreementCommandBody) => readonly string[])(command);
  return [...new Set([agreementStream(agreement), ...(actor.kind === 'person' ? [personStream(actor.person)] : []), ...others])];
}
