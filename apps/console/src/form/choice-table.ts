import { adviceOpen, affectedGroups, canBeRenewed, canStillBeGiven, type CommandName, consultationRuleNames, consultationRules, contributionOf, everythingSaid, extendsAnother, groundsOf, isAwaitedOn, isDeferred, toldOfNoReversal, waits, wasGiven, withheldNow } from '@concordat/agreement/core';
import { routes } from '@concordat/pathway';
import { uuidv5 } from '@concordat/platform';
import { dayOf, moneyOf, upper } from '../words/say.js';
import {
  type Asked, type Choices, type Lists, type Scene, actions, activities, adopted, allRoutes, allSaid, approvers, assessors, authors, benefits, bothSides, callInsToConclude, carriedOver, chairs, commitments, comparisons, concernsWaiting, consultationsToAnswerFor, consultationsToConsider, controls, costs, cycles, decisionsToCallIn, differences, dissenters, documentsOf,
  domains, erasable, evaluators, excusable, fittingRoutes, fundings, gateConditions, improvements, incidentsThatStand, incidentsToRaiseFor, interestsSaidOver, invitations, invited, isAhead, isAwaited, isOpen, isTheirs, kpis, kpisOfFeedback, linkedAs, linkedTo, made, madeBeside, meetings, metAt, modificationGrounds, nameable, notAsked, notAskedAgain,
  obligations, obligationsToMeet, obligationsToWithdraw, offerRead, officialNotices, openConsultations, opportunities, options, others, outcomeLinks, outcomes, owners, panellists, participants, partners, processes, processesFor, providerConcerns, providers, providing, publications, renewedVersion, risks, risksToName,
  recorded, routeGrounds, said, saidOrConcern, secondReaders, self, setAnew, several, signOffConditions, signOffs, signOffsToGive, signedVersion, speakersForViews, speakersOnWaivers, stages, stagesOfAll, standingDecision, standsInFor, statements, themes, toBeAskedAgain, toUninvite, variationRead, variationsToAccept, variations, variationsNotAsked, variationsToCarryOut, variationsToDecide, version, usersAskedAt, viewersToAnswerFor, waivers,
} from './choices.js';
import type { Field } from './field.js';

const ofOthers: Readonly<Record<string, Asked>> = {
  activity: activities,
  stage: (scene) => stages(scene, isAhead(scene)),
  stages: (scene) => stages(scene),
  participants: several,
  participant: (scene) => participants(scene, true),
  risk: risks,
  risks,
  domain: domains,
  control: controls,
  opportunity: opportunities,
  provider: providers,
  person: self,
  theme: (scene) => themes(scene, () => true),
  commitment: commitments,
  owner: owners,
  'facts.sponsor': nameable('sponsor'),
  'facts.lead': nameable('lead'),
  'facts.controller': nameable('controller'),
};

/** Where a command asks for its ids in a way of its own. */
const ofCommand: { readonly [C in CommandName]?: Readonly<Record<string, Asked>> } = {
  'open-agreement': {
    'pathway.id': processes,
    'route.id': allRoutes,
  },
  'take-over-agreement': {
    'pathway.id': processes,
    'route.id': allRoutes,
    stage: stagesOfAll,
  },
  // Of what another organisation offers there is a page of its own.
  'accept-transfer': { 'providers.*.from': providers, 'providers.*.to': providers },
  'request-gate': { stage: ({ agreement, named }) => ({ is: 'given', value: agreement.stage, shown: named.said(agreement.stage, 'stage') }) },
  'refuse-gate': { stage: ({ agreement, named }) => ({ is: 'given', value: agreement.stage, shown: named.said(agreement.stage, 'stage') }) },
  'ask-waiver': { waiver: made, commitment: madeBeside, condition: (scene) => excusable(scene, 'involvement') },
  'seek-view-on-waiver': { waiver: (scene) => waivers(scene, isAwaited) },
  'give-view-on-waiver': { waiver: (scene) => waivers(scene, isAwaited), spokenBy: speakersOnWaivers },
  'waive-condition': { waiver: (scene) => waivers(scene, (waiver) => canStillBeGiven(waiver, scene.today)) },
  'refuse-waiver': { waiver: (scene) => waivers(scene, isAwaited) },
  'review-waiver': { waiver: (scene) => waivers(scene, (waiver) => wasGiven(waiver) && waiver.review === null) },
  'propose-condition': { condition: made, code: (scene) => excusable(scene, 'assurance') },
  'agree-condition': { condition: (scene) => gateConditions(scene, (condition) => isAwaitedOn(condition, scene.today)) },
  'agree-condition-for-discipline': { condition: (scene) => gateConditions(scene, (condition) => isAwaitedOn(condition, scene.today) && isTheirs(scene, condition.discipline)) },
  'refuse-condition': { condition: (scene) => gateConditions(scene, isOpen) },
  'renew-condition': { condition: (scene) => gateConditions(scene, (condition) => canBeRenewed(condition, scene.today)) },
  'record-notice': { 'notice.proves': (scene) => stages(scene) },
  'choose-route': { 'route.id': fittingRoutes, ground: routeGrounds },
  'record-urgency': {
    ground: (scene) => {
      const { pathway, route } = documentsOf(scene);
      const grounds = pathway === undefined || route === undefined ? [] : groundsOf({ pathway, route });
      return options(grounds.map(({ id, says, source }) => ({ value: id, text: says, hint: source.cites })), 'This process is not one for urgency.');
    },
  },
  'migrate-pathway': {
    'pathway.id': processes,
    stage: stagesOfAll,
  },
  'return-to-stage': { stage: (scene) => stages(scene, (stage) => !isAhead(scene)(stage), 'It stands in its first stage.') },
  'record-what-people-do': { activity: (scene) => (scene.chosen('about') === undefined ? made(scene) : { is: 'given', value: scene.chosen('about')! }) },
  'record-stages-that-matter': {
    activity: metAt,
    carried: (scene) => carriedOver(scene, ({ answer }) => answer === 'confirmed'),
  },
  'record-vote': { vote: made },
  'erase-participant': { participant: erasable },
  'choose-interests': { participant: (scene) => participants(scene, false) },
  'carry-over': { carried: made, from: others, fromStage: (scene) => stages(scene) },
  'answer-carry-over': {
    carried: (scene) => carriedOver(scene, () => true),
  },
  'issue-information': {
    pack: (scene) => {
      const packs = scene.agreement.information;
      const first = { value: uuidv5(scene.key, 'made'), text: 'Something new' };
      return packs.length === 0 ? made(scene) : options([first, ...packs.map(({ id, title, versions }) => ({ value: id, text: `Version ${versions.length + 1} of “${title}”` }))], '');
    },
  },
  'record-information-given': {
    pack: ({ agreement }) => options(agreement.information.map(({ id, title, versions }) => ({ value: id, text: title, hint: `The latest is version ${versions.length}` })), 'No information was given out yet.', 'issue-information'),
    participants: (scene) => participants(scene, false),
  },
  'record-benefits-advice': { participant: (scene) => participants(scene, false) },
  'offer-payment': { offer: made },
  'answer-payment-offer': {
    offer: ({ agreement, named }) =>
      options(agreement.payments.map(({ id, participant, activity, amount }) => ({ value: id, text: `${moneyOf(amount)} to ${named.of(participant)}`, hint: named.of(activity) })), 'No payment is offered.', 'offer-payment'),
    participant: notAsked,
  },
  'record-dissent': { dissent: made, dissenter: dissenters },
  'record-proxy-entry': {
    entry: ({ agreement, named }) =>
      options(
        [
          ...everythingSaid(agreement).map(({ id }) => ({ value: id, text: upper(named.of(id)) })),
          ...agreement.involvement.invitations.map(({ id }) => ({ value: id, text: upper(named.of(id)) })),
          ...agreement.payments.map(({ id }) => ({ value: id, text: upper(named.of(id)) })),
          ...agreement.dissents.dissents.map(({ id }) => ({ value: id, text: upper(named.of(id)) })),
          ...agreement.involvement.activities.filter(({ id, answeredForThem }) => answeredForThem.length > 0 || agreement.contributions.heard.some(({ activity }) => activity === id)).map(({ id }) => ({ value: id, text: upper(named.of(id)), hint: 'What they answered there' })),
          ...agreement.contributions.themes.filter(({ ratings }) => ratings.length > 0).map(({ id }) => ({ value: id, text: upper(named.of(id)), hint: 'How they rated the answer' })),
          ...agreement.contributions.notWished.map((participant) => ({ value: participant, text: upper(named.of(participant)), hint: 'That they wish to hear nothing more' })),
          ...agreement.kpis.kpis.filter(({ writtenBy }) => writtenBy.is !== 'staff').map(({ kpi, title }) => ({ value: kpi, text: title, hint: 'That people wrote it' })),
          ...agreement.evaluation.criteria.filter(({ chosenBy }) => chosenBy.is !== 'staff').map(({ criterion, title }) => ({ value: criterion, text: title, hint: 'That people chose it' })),
          ...agreement.statements.filter(({ view }) => view === null).map(({ id, group }) => ({ value: id, text: `The view of ${named.group(group)}`, hint: 'Before it is written down' })),
          ...agreement.waivers.filter(isAwaited).map(({ id, planned }) => ({ value: id, text: `The view on what is to be waived: ${planned}`, hint: 'Before it is written down' })),
        ],
        'Nothing was entered yet.',
        'record-contribution',
      ),
    onBehalfOf: (scene) => participants(scene, false),
  },
  'take-off-record': { activity: ({ agreement }) => options(agreement.activitiesOfPeople.map(({ activity, group, does }) => ({ value: activity, text: group, hint: does })), 'Nothing is on record.', 'record-what-people-do') },
  'plan-activity': { activity: made },
  'record-could-it-change': { participant: (scene) => participants(scene, false) },
  'choose-ask-budget': { participant: (scene) => participants(scene, false) },
  'invite-participant': { invitation: made },
  'accept-invitation': { invitation: invitations, participant: notAsked },
  'decline-invitation': { invitation: invitations, participant: notAsked },
  'record-contribution': { contribution: made, author: (scene) => participants(scene, true) },
  'create-theme': { theme: made },
  'put-in-theme': {
    contributions: allSaid,
  },
  'triage-contribution': { contribution: saidOrConcern },
  'pass-on-concern': { concern: (scene) => options(concernsWaiting(scene), 'No concern waits.', 'record-contribution') },
  'choose-who-sees': { contribution: allSaid, author: notAsked },
  'note-late-entries': { contributions: (scene) => said(scene, ({ late, noted }) => late && !noted, 'Nothing came late.') },
  'answer-theme': { theme: (scene) => themes(scene, (theme) => waits(theme) || isDeferred(theme)) },
  'ask-for-own-answer': { contribution: (scene) => said(scene, ({ own }) => own === null, 'Nobody said anything yet.'), author: notAsked },
  'answer-contribution': { contribution: (scene) => said(scene, ({ late, own }) => (own === null ? late : waits(own) || isDeferred(own)), 'Nobody waits for an answer of their own.'), author: notAsked },
  'rate-answer': {
    answer: (scene) => {
      const own = everythingSaid(scene.agreement).filter(({ own: one }) => one !== null && one.response !== null);
      const answered = scene.agreement.contributions.themes.filter(({ response }) => response !== null);
      return options([...answered, ...own].map(({ id }) => ({ value: id, text: upper(scene.named.of(id)) })), 'Nothing is answered yet.', 'answer-theme');
    },
    participant: authors,
  },
  'check-answer': { contribution: (scene) => said(scene, ({ checked }) => checked === 'due', 'No answer was drawn for a check.') },
  'tell-what-came-of-it': { participants: (scene) => participants(scene, false) },
  'record-whether-heard': { participant: (scene) => participants(scene, false) },
  'make-commitment': { commitment: made },
  'carry-on': { from: others },
  'reverse-answer': { theme: adopted },
  'tell-of-reversal': {
    theme: ({ agreement, named }) => options([...new Set(toldOfNoReversal(agreement).map(({ theme }) => theme))].map((id) => ({ value: id, text: upper(named.of(id)) })), 'Nobody waits to be told.'),
    participants: ({ agreement, named }) => options([...new Set(toldOfNoReversal(agreement).map(({ author }) => author))].map((id) => ({ value: id, text: upper(named.of(id)) })), 'Nobody waits to be told.'),
  },
  'record-feedback': {
    participants: authors,
  },
  'raise-risk': { risk: made, incidents: incidentsToRaiseFor },
  'raise-opportunity': { opportunity: made },
  'add-control': { control: made },
  'record-incident': { incident: made },
  'withdraw-incident': { incident: incidentsThatStand },
  'answer-risk-prompt': { 'answer.risk': risksToName },
  'convene-risk-panel': {
    panel: made,
    chair: chairs,
    'members.*.member': panellists,
  },
  'record-panel-advice': {
    advice: made,
    panel: ({ agreement, named }) => options(agreement.riskPanels.panels.map(({ id }) => ({ value: id, text: upper(named.of(id)) })), 'No panel is convened.', 'convene-risk-panel'),
  },
  'answer-panel-advice': {
    advice: ({ agreement }) => options(adviceOpen(agreement).map(({ id, says, on }) => ({ value: id, text: says, hint: `Given on ${dayOf(on)}` })), 'No advice waits for a word.'),
  },
  'seek-statement': {
    statement: (scene) => {
      const open = scene.agreement.statements.filter(({ view, stage }) => view === null && stage === scene.agreement.stage);
      return open.length === 0 ? made(scene) : options([{ value: uuidv5(scene.key, 'made'), text: 'A first ask' }, ...open.map(({ id }) => ({ value: id, text: `Ask again for ${scene.named.of(id)}` }))], '');
    },
  },
  'record-statement': {
    statement: (scene) => {
      const one = scene.agreement.statements.find(({ id, view }) => id === scene.chosen('statement') && view === null);
      return one === undefined ? statements(scene, 'open') : { is: 'given', value: one.id, shown: upper(scene.named.of(one.id)) };
    },
    spokenBy: speakersForViews,
  },
  'reply-to-objection': { statement: (scene) => statements(scene, 'objections'), secondPerson: secondReaders },
  'second-reply': { statement: (scene) => statements(scene, 'replies') },
  'lift-conflict': { person: (scene) => interestsSaidOver(scene, ({ person }) => ({ value: person, text: upper(scene.named.of(person)) })), role: (scene) => interestsSaidOver(scene, ({ role }) => ({ value: role, text: upper(scene.named.said(role, 'role')) })) },
  'request-sign-off': { signOff: made, 'panel.of': approvers, 'panel.veto': approvers },
  'sign-off': {
    signOff: signOffsToGive((is) => is === 'awaited'),
    versionRead: signedVersion,
    onBehalfOf: standsInFor,
  },
  'second-sign-off': { signOff: (scene) => signOffs(scene, (is) => is === 'granted') },
  'meet-sign-off-condition': { signOff: (scene) => signOffs(scene, (is) => is === 'granted'), condition: signOffConditions },
  'renew-sign-off-condition': { signOff: (scene) => signOffs(scene, (is) => is === 'granted'), condition: signOffConditions },
  'renew-sign-off': { signOff: signOffsToGive((is) => is === 'granted'), versionRead: renewedVersion, onBehalfOf: standsInFor },
  'withdraw-sign-off': { signOff: (scene) => signOffs(scene, (is) => is === 'awaited' || is === 'granted') },
  'record-decision': { decision: made, versionRead: (scene) => version(scene, 'decision') },
  'second-decision': { decision: standingDecision },
  'call-in-decision': { decision: decisionsToCallIn },
  'conclude-call-in': { decision: callInsToConclude },
  'open-consultation': { consultation: made },
  'extend-consultation': { consultation: openConsultations },
  'withdraw-consultation': { consultation: openConsultations },
  'answer-for-consultation': {
    consultation: consultationsToAnswerFor,
    rule: () => options(consultationRuleNames.map((rule) => ({ value: rule, text: consultationRules[rule].question, hint: consultationRules[rule].rule })), ''),
  },
  'consider-consultation': { consultation: consultationsToConsider },
  'record-challenge': { challenge: made },
  'conclude-challenge': {
    challenge: ({ agreement }) =>
      options(
        agreement.challenges.filter(({ concluded }) => concluded === null).map(({ challenge, from, about }) => ({ value: challenge, text: from, hint: about })),
        'No challenge is open.',
        'record-challenge',
      ),
  },
  'record-partner': {
    partner: (scene) => {
      const known = partners(scene.agreement);
      // Of a body that the agreement above knows by that id already.
      return known.length === 0 || scene.chosen('about') !== undefined ? setAnew(scene) : options([...known, { value: uuidv5(scene.key, 'made'), text: 'A body that is new here' }], '');
    },
  },
  'plan-publication': { publication: made, 'of.notice': officialNotices, 'releaseWhen.notice': officialNotices },
  'withhold-publication': { publication: (scene) => publications(scene, (one) => withheldNow(one) === undefined, 'Nothing is planned that could be withheld.') },
  'lift-withholding': { publication: (scene) => publications(scene, (one) => withheldNow(one) !== undefined, 'Nothing is withheld.', 'withhold-publication') },
  publish: { publication: (scene) => publications(scene, ({ published }) => published === null, 'Nothing is planned that is not out already.') },
  'end-partner': { partner: ({ agreement }) => options(partners(agreement, ({ ended }) => ended === null), 'No partner body is on record.', 'record-partner') },
  'record-published-notice': {
    notice: ({ agreement }) =>
      options((routes.find(agreement.route.id, agreement.route.version)?.notices ?? []).map(({ code, title }) => ({ value: code, text: title })), 'The route knows no notices.'),
  },
  'set-criterion': { criterion: made, 'chosenBy.activity': activities },
  'appoint-evaluator': { evaluator: assessors, criteria: ({ agreement }) => options(agreement.evaluation.criteria.map(({ criterion, title }) => ({ value: criterion, text: title })), 'No criterion is set.', 'set-criterion') },
  'record-evaluator-declaration': { evaluator: (scene) => evaluators(scene, ({ registered }) => !registered) },
  'record-evaluator-training': { evaluators: (scene) => evaluators(scene, () => true) },
  'record-assessment': {
    evaluator: (scene) => evaluators(scene, ({ stoodDown }) => !stoodDown),
    criteria: ({ agreement: { evaluation }, chosen }) => {
      const meant = chosen('evaluator') ?? chosen('about');
      const theirs = evaluation.evaluators.filter(({ evaluator }) => meant === undefined || evaluator === meant).flatMap(({ criteria }) => criteria);
      return options(evaluation.criteria.filter(({ criterion }) => theirs.includes(criterion)).map(({ criterion, title }) => ({ value: criterion, text: title })), 'Nobody is named who evaluates.', 'appoint-evaluator');
    },
  },
  'stand-down-evaluator': { evaluator: (scene) => evaluators(scene, ({ stoodDown }) => !stoodDown) },
  'consider-option': {
    option: (scene) => {
      const { options: named } = scene.agreement;
      return named.length === 0 ? made(scene) : options([{ value: uuidv5(scene.key, 'made'), text: 'Another one' }, ...named.map(({ option, title }) => ({ value: option, text: title }))], '');
    },
  },
  'discuss-option': { option: ({ agreement }) => options(agreement.options.map(({ option, title }) => ({ value: option, text: title })), 'No option is named.', 'consider-option'), 'with.activity': activities, 'with.provider': providers },
  'set-kpi': { kpi: made, measures: obligations, 'writtenBy.theme': (scene) => themes(scene, () => true), 'writtenBy.activity': activities, 'writtenBy.contribution': allSaid },
  'record-observation': { observation: made, kpi: kpis, provider: providing },
  'record-finding': { finding: recorded, kpi: kpisOfFeedback },
  'agree-obligation': { obligation: made, provider: providing },
  'begin-cycle': { cycle: setAnew },
  'hold-review-meeting': { meeting: made },
  'agree-action': { action: made, meeting: meetings, owner: bothSides },
  'raise-provider-concern': { concern: made, provider: providing },
  'propose-variation': { variation: made, touches: adopted },
  'name-outcome': { outcome: made },
  'link-outcome': { link: made, outcome: outcomes },
  'record-measurement': { measurement: made, link: outcomeLinks },
  'name-benefit': { benefit: made, outcome: outcomes },
  'record-cost': { cost: recorded, outcome: outcomes },
  'discuss-difference': { finding: differences, provider: providing },
  'meet-obligation': { obligation: obligationsToMeet },
  'withdraw-obligation': { obligation: obligationsToWithdraw },
  'end-cycle': { cycle: cycles },
  'complete-action': { action: actions },
  'answer-provider-concern': { concern: providerConcerns },
  'record-expiry': { expiry: setAnew, provider: providing },
  'record-quality-visit': { visit: made, provider: providing, 'improvements.*.improvement': ({ key }, name) => ({ is: 'given', value: uuidv5(key, name) }) },
  'show-improvement': { improvement: improvements },
  'set-rate': { rate: setAnew },
  'commit-funding': { funding: setAnew },
  'record-spend': { spend: recorded, funding: fundings },
  'record-asked-again': { variation: variations, theme: toBeAskedAgain },
  'record-not-asked-again': { variation: variationsNotAsked, themes: toBeAskedAgain },
  'test-modification': { variation: (scene) => (extendsAnother(scene.agreement) ? notAsked() : variationsToDecide(scene)), ground: modificationGrounds },
  'decide-variation': { variation: variationsToDecide, notAsked: notAskedAgain, versionRead: variationRead },
  'record-transition': { group: ({ agreement }) => options(affectedGroups(agreement).map((group) => ({ value: group, text: group })), 'No group affected is on record.', 'amend-facts') },
  'record-provider-engagement': { engagement: made },
  'second-variation': { variation: ({ agreement }) => options(agreement.variations.filter(({ decided }) => decided?.second.is === 'awaited').map(({ variation, what }) => ({ value: variation, text: what })), 'No decision on a variation waits for a second person.') },
  'accept-variation': { variation: variationsToAccept, versionRead: offerRead },
  'carry-out-variation': { variation: variationsToCarryOut },
  'answer-plain-questions': { outcome: outcomes, viewer: viewersToAnswerFor, provider: providing, activity: usersAskedAt },
  'observe-benefit': { benefit: benefits, against: comparisons },
  'record-hours-wanted': { cost: costs, activity: metAt },
  'accept-award': { versionRead: (scene) => version(scene, 'award') },
  'propose-lots': {
    'lots.*.agreement': ({ key }, name) => ({ is: 'given', value: uuidv5(key, name) }),
    'lots.*.lead': (scene) => invited(scene),
    'lots.*.members': (scene) => invited(scene),
    'lots.*.subcontractors': providers,
  },
  split: {
    'agreements.*.agreement': ({ agreement }, name) => {
      const lot = agreement.award.awarded?.lots[Number(name.split('.')[1])];
      return { is: 'given', value: lot?.agreement ?? '', shown: lot === undefined ? 'No contract was awarded.' : `${lot.lot}: ${lot.title}` };
    },
    'agreements.*.commitments': commitments,
  },
  'call-off': { child: made, 'pathway.id': processesFor('call-off'), 'route.id': allRoutes, provider: providing },
  'place-people': { child: made, 'pathway.id': processesFor('placement'), 'route.id': allRoutes, provider: providing },
  'link-agreement': { to: others },
  'unlink-agreement': { to: linkedTo, as: linkedAs },
  'uninvite-provider': { provider: toUninvite },
};

/** Whose the word, invitation or offer is that was chosen: there is no choice in it. */
const whoseIs: { readonly [C in CommandName]?: readonly [name: string, of: (scene: Scene) => string | undefined] } = {
  'choose-who-sees': ['author', authorOf],
  'ask-for-own-answer': ['author', authorOf],
  'answer-contribution': ['author', authorOf],
  'accept-invitation': ['participant', invitedBy],
  'decline-invitation': ['participant', invitedBy],
  'answer-payment-offer': ['participant', ({ agreement, chosen }) => agreement.payments.find(({ id }) => id === chosen('offer'))?.participant],
};

function authorOf({ agreement, chosen }: Scene): string | undefined {
  return contributionOf(agreement, chosen('contribution') ?? '')?.author;
}

function invitedBy({ agreement, chosen }: Scene): string | undefined {
  return agreement.involvement.invitations.find(({ id }) => id === chosen('invitation'))?.participant;
}

/** What follows from what was chosen in a form, as if it had been typed. */
export function followsIn(command: CommandName, scene: Scene): Readonly<Record<string, string>> {
  const [name, of] = whoseIs[command] ?? [];
  const value = of?.(scene);
  return name === undefined || value === undefined ? {} : { [name]: value };
}

/** Does this follow from what is chosen beside it, so that whoever fills in the form is told of nothing missing here? */
export const follows = (command: CommandName, name: string): boolean => whoseIs[command]?.[0] === name;

/** How this field of this command is asked about this agreement; undefined where its kind says enough. */
export function choicesFor(command: CommandName, name: string, scene: Scene & Lists): Choices | undefined {
  return chosen(asksFor(command, name), name, scene);
}

/** What the command itself says of a member: even of a text, such as the code of a notice, which nobody knows by heart. */
export function ownChoices(command: CommandName, name: string, scene: Scene & Lists): Choices | undefined {
  return chosen(rowOf(command, name), name, scene);
}

/** The lists these fields of a command choose from. */
export function listsFor(command: CommandName, fields: readonly Field[]): ReadonlySet<keyof Lists> {
  return new Set(
    fields.flatMap((field) => {
      const row = asksFor(command, field.name);
      return [...(typeof row === 'object' ? row.lists : []), ...('fields' in field ? listsFor(command, field.fields) : [])];
    }),
  );
}

/** The row about this member. */
export function asksFor(command: CommandName, name: string): Asked | undefined {
  return rowOf(command, name) ?? ofOthers[name];
}

const rowOf = (command: CommandName, name: string): Asked | undefined => ofCommand[command]?.[name.replaceAll(/\.\d+\./g, '.*.')];
const chosen = (asked: Asked | undefined, name: string, scene: Scene & Lists): Choices | undefined => (typeof asked === 'object' ? asked.choices(scene, name) : asked?.(scene, name));
