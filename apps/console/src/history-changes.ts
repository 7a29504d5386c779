import { type Agreement, type AgreementEventType, contributionOf, dueOn, type Events, withheldNow } from '@concordat/agreement/core';
import { upper } from './words/say.js';

/** What of an agreement one reads off before and after an event, by what it is called; undefined where it is not there yet. */
export type Shown = Readonly<Record<string, unknown>>;
type Look<T extends AgreementEventType> = (agreement: Agreement, data: Events[T]) => Shown | undefined;

// It begins something of its own: nothing that stood before stands otherwise now.
const begins = () => undefined;
const words = (code: string): string => upper(code.replaceAll('-', ' '));

const place = ({ stage, lifecycle }: Agreement): Shown => ({ stage, state: words(lifecycle) });
const gateOf = ({ stages }: Agreement, { stage }: { readonly stage: string }): Shown => ({ gate: words(stages[stage]?.gate ?? 'shut') });
const activityOf = ({ involvement }: Agreement, { activity }: { readonly activity: string }) => involvement.activities.find(({ id }) => id === activity);
const themeOf = ({ contributions }: Agreement, { theme }: { readonly theme: string }) => contributions.themes.find(({ id }) => id === theme);
const riskOf = ({ risk: all }: Agreement, { risk }: { readonly risk: string }) => all.find(({ id }) => id === risk);
const evaluatorOf = ({ evaluation }: Agreement, { evaluator }: { readonly evaluator: string }) => evaluation.evaluators.find((one) => one.evaluator === evaluator);
const optionOf = ({ options }: Agreement, { option }: { readonly option: string }) => options.find((one) => one.option === option);
/** What was answered, and until when it was deferred. */
const answerOf = (response: { readonly outcome: string; readonly until?: string | undefined } | null): Shown => ({ 'answer-given': words(response?.outcome ?? 'awaited'), until: response?.until ?? null });
const openOrClosed = (closed: boolean) => (closed ? 'Closed' : 'Open');
const answerTo = ({ involvement }: Agreement, { invitation }: { readonly invitation: string }): Shown | undefined => some(involvement.invitations.find(({ id }) => id === invitation), ({ answer }) => ({ answer: words(answer) }));
const became = ({ commitments }: Agreement, { commitment }: { readonly commitment: string }): Shown | undefined => some(commitments.find(({ id }) => id === commitment), (one) => ({ state: words(one.became.is) }));
const interestOf = ({ conflicts }: Agreement, { person, role }: { readonly person: string; readonly role: string }): Shown | undefined => some(conflicts.find((one) => one.person === person && one.role === role), ({ interest, instead }) => ({ interest: words(interest), 'said-since': instead === null ? null : words(instead) }));
const signOffOf = ({ signOffs }: Agreement, { signOff }: { readonly signOff: string }): Shown | undefined =>
  some(signOffs.find(({ id }) => id === signOff), ({ answer, voices }) => ({
    state: words(answer.is),
    'second-awaited': voices.some(({ second }) => second.is === 'awaited'),
    ...(answer.is === 'granted' && { 'conditions-open': answer.conditions.filter(({ met }) => met === null).length, dueOn: answer.conditions.find(({ met }) => met === null)?.dueOn ?? null, expiresOn: answer.expiresOn }),
  }));
const statementOf = ({ statements }: Agreement, { statement }: { readonly statement: string }): Shown | undefined =>
  some(statements.find(({ id }) => id === statement), ({ view, reply, repliedTo }) => ({ view: view === null ? 'Awaited' : words(view), 'reply-to-it': reply?.says ?? null, 'second-read': repliedTo }));
const decisionOf = ({ decision }: Agreement): Shown => ({ decidedOn: decision?.decidedOn ?? null, 'second-awaited': decision?.second.is === 'awaited', 'called-in': (decision?.calledIn ?? null) !== null, 'after-call-in': words(decision?.calledIn?.outcome?.is ?? 'not-concluded') });
const publicationOf = ({ publications }: Agreement, { publication }: { readonly publication: string }): Shown | undefined =>
  some(publications.find((one) => one.publication === publication), (one) => ({ state: withheldNow(one) ? 'Withheld' : one.published === null ? 'Planned' : 'Published', number: one.published?.number ?? null }));
const linkedTo = ({ tree: { links }, tier }: Agreement): Shown => ({ links: links.length, tier: words(tier) });
const partyIs = ({ award }: Agreement, { provider }: { readonly provider: string }): Shown => ({ party: words(award.parties[provider] ?? 'no-party') });
const proposed = ({ award }: Agreement): Shown => ({ provider: award.proposed?.provider ?? null, value: award.proposed?.value ?? null });
const waiverOf = ({ waivers }: Agreement, { waiver }: { readonly waiver: string }): Shown | undefined =>
  some(waivers.find(({ id }) => id === waiver), ({ answer, view, review }) => ({ state: words(answer.is), 'view-on-it': view === null ? 'Not given' : words(view), review: review?.says ?? null }));
const conditionOf = ({ gateConditions }: Agreement, { condition }: { readonly condition: string }): Shown | undefined =>
  some(gateConditions.find(({ id }) => id === condition), (one) => {
    const { agreedBy = {}, refusedBy = null, dueOn: asked = null } = one.terms.at(-1) ?? {};
    return { agreed: Object.keys(agreedBy).length === 0 ? 'By nobody yet' : Object.keys(agreedBy).map(words).join('; '), state: refusedBy !== null ? 'Refused' : dueOn(one) === asked ? 'Agreed' : 'Proposed', dueOn: asked };
  });
const offerOf = ({ transfer: { offer } }: Agreement): Shown => ({ state: offer === null ? 'Offered to nobody' : offer.agreedBy === null ? `Offered to ${offer.to.name}` : `Agreed to go to ${offer.to.name}` });
const calledOff = ({ tree: { calledOff: so }, facts }: Agreement): Shown => ({ 'called-off-so-far': so.count, 'worth-together': facts.value === undefined ? so.amount : { amount: so.amount, currency: facts.value.value.currency } });
const variationOf = ({ variations }: Agreement, { variation }: { readonly variation: string }): Shown | undefined =>
  some(variations.find((one) => one.variation === variation), ({ askedAgain, notAsked, test, decided, offer, carriedOut }) => ({
    'asked-again': askedAgain.length,
    'not-asked-again': notAsked.length,
    permitted: test === null ? 'Not tested' : test.lacks.length === 0,
    state: carriedOut ? 'Carried out' : decided === null ? 'Proposed' : words(decided.outcome),
    'second-awaited': decided?.second.is === 'awaited',
    'providers-who-accepted': offer?.accepted.length ?? 0,
    'called-in': (decided?.calledIn ?? null) !== null,
  }));
/** Of the decision that was called in, or of the one on a variation. */
const calledInOf = (agreement: Agreement, { decision }: { readonly decision: string }): Shown | undefined =>
  agreement.variations.some(({ variation }) => variation === decision) ? variationOf(agreement, { variation: decision }) : decisionOf(agreement);

/**
 * What each type of event changes, as people know it. How it stands is read off the agreement before the event and after
 * it, and what differs is shown; that something is new says the event itself. A type without a row does not compile.
 */
export const changedBy: { readonly [T in AgreementEventType]: Look<T> } = {
  'concordat.agreement.opened.v1': begins,
  'concordat.agreement.taken-over.v1': begins,
  'concordat.agreement.split-off.v1': begins,
  'concordat.agreement.called-off.v1': begins,
  'concordat.agreement.gate-opened.v1': gateOf,
  'concordat.agreement.gate-refused.v1': gateOf,
  'concordat.agreement.stage-entered.v1': place,
  'concordat.agreement.closed.v1': place,
  'concordat.agreement.cancelled.v1': place,
  'concordat.agreement.returned.v1': (agreement) => ({ ...place(agreement), ...decisionOf(agreement), ...proposed(agreement), 'sign-offs-granted': agreement.signOffs.filter(({ answer }) => answer.is === 'granted').length }),
  'concordat.agreement.held.v1': (agreement) => ({ ...place(agreement), until: agreement.held?.until ?? null }),
  'concordat.agreement.resumed.v1': (agreement) => ({ ...place(agreement), until: agreement.held?.until ?? null }),
  'concordat.agreement.pathway-migrated.v1': ({ pathway, stage, tier }) => ({ process: `${words(pathway.id)}, version ${pathway.version}`, stage, tier }),
  'concordat.agreement.tier-raised.v1': ({ tier, raises }) => ({ tier, raises }),
  'concordat.agreement.tier-kept.v1': ({ raisesSaid }) => ({ state: raisesSaid ? 'Nothing raises its tier' : 'Nobody said what raises its tier' }),
  'concordat.agreement.facts-amended.v1': ({ facts, tier }, data) => ({ ...Object.fromEntries(Object.keys(data.facts).map((name) => [`facts.${name}`, facts[name as keyof typeof facts]?.value])), tier }),

  'concordat.agreement.what-people-do-recorded.v1': ({ activitiesOfPeople }, { activity }) => some(activitiesOfPeople.find((one) => one.activity === activity), without('activity')),
  'concordat.agreement.what-people-do-taken-off-record.v1': ({ activitiesOfPeople }, { activity }) => ({ 'on-record': activitiesOfPeople.some((one) => one.activity === activity) }),
  'concordat.agreement.asked-what-people-do.v1': ({ groupsAsked }, { group }) => some(groupsAsked.find((one) => one.group === group), ({ answer }) => ({ answer })),
  'concordat.agreement.stages-that-matter-recorded.v1': ({ involvement }, { group }) => some(involvement.stagesThatMatter.find((one) => one.group === group), ({ stages }) => ({ stages })),
  'concordat.agreement.involvement-planned.v1': ({ involvement }, { stage }) => some(involvement.plans[stage], (plan) => ({ ...without('stage')(plan), 'why-lowered': involvement.lowered[stage]?.why ?? null, 'said-by-a-second-person': involvement.lowered[stage]?.second?.why ?? null })),
  'concordat.agreement.activity-planned.v1': begins,
  'concordat.agreement.activity-voided.v1': (agreement, data) => some(activityOf(agreement, data), ({ voided }) => ({ state: voided ? 'Voided' : 'Planned' })),
  'concordat.agreement.attendance-recorded.v1': (agreement, data) => some(activityOf(agreement, data), ({ attended }) => ({ 'people-who-came': new Set(attended.map(({ participant }) => participant)).size })),
  'concordat.agreement.effort-recorded.v1': (agreement, data) => some(activityOf(agreement, data), ({ effort }) => ({ 'hours-given': effort.reduce((sum, { hours }) => sum + hours, 0) })),
  'concordat.agreement.joint-decision-recorded.v1': (agreement, data) => some(activityOf(agreement, data), ({ jointDecisions }) => ({ 'decided-together': jointDecisions.length })),
  'concordat.agreement.vote-recorded.v1': (agreement, data) => some(activityOf(agreement, data), ({ votes }) => ({ votes: votes.length })),
  'concordat.agreement.could-it-change-answered.v1': (agreement, data) => some(activityOf(agreement, data), ({ couldItChange }) => ({ answer: couldItChange[data.participant] ?? null })),
  'concordat.agreement.participant-invited.v1': begins,
  'concordat.agreement.invitation-accepted.v1': answerTo,
  'concordat.agreement.invitation-declined.v1': answerTo,
  'concordat.agreement.nobody-wished.v1': begins,
  'concordat.agreement.carried-over.v1': begins,
  'concordat.agreement.carry-over-answered.v1': ({ carriedOver }, { carried }) => some(carriedOver.find(({ id }) => id === carried), ({ answer }) => ({ answer: words(answer) })),
  'concordat.agreement.dissent-recorded.v1': begins,
  'concordat.agreement.no-dissent-recorded.v1': begins,
  'concordat.agreement.information-issued.v1': ({ information }, { pack }) => some(information.find(({ id }) => id === pack), ({ versions }) => ({ 'version-number': versions.length, document: versions.at(-1)?.document })),
  'concordat.agreement.information-given.v1': ({ information }, { pack }) => some(information.find(({ id }) => id === pack), ({ givenTo }) => ({ 'people-who-have-it': Object.keys(givenTo).length })),
  'concordat.agreement.payment-offered.v1': begins,
  'concordat.agreement.payment-offer-answered.v1': ({ payments }, { offer }) => some(payments.find(({ id }) => id === offer), ({ answer }) => ({ answer: words(answer.is) })),
  'concordat.agreement.proxy-entry-recorded.v1': begins,

  'concordat.agreement.contribution-recorded.v1': begins,
  'concordat.agreement.contribution-triaged.v1': (agreement, { contribution }) => ({ kind: contributionOf(agreement, contribution)?.kind ?? 'left-the-ledger' }),
  'concordat.agreement.concern-raised.v1': begins,
  'concordat.agreement.concern-passed-on.v1': ({ contributions }, { concern }) => some(contributions.concerns.find(({ id }) => id === concern), ({ passedOn }) => ({ passedOn })),
  'concordat.agreement.who-sees-chosen.v1': (agreement, { contribution }) => some(contributionOf(agreement, contribution), ({ seenBy }) => ({ seenBy: words(seenBy) })),
  'concordat.agreement.late-entries-noted.v1': begins,
  'concordat.agreement.theme-created.v1': begins,
  'concordat.agreement.put-in-theme.v1': (agreement, data) => some(themeOf(agreement, data), ({ contributions }) => ({ 'contributions-in-it': contributions.length })),
  'concordat.agreement.theme-answered.v1': (agreement, data) => some(themeOf(agreement, data), ({ response }) => answerOf(response)),
  'concordat.agreement.own-answer-asked.v1': (agreement, { contribution }) => some(contributionOf(agreement, contribution), ({ own }) => ({ 'own-answer-asked': own !== null })),
  'concordat.agreement.contribution-answered.v1': (agreement, { contribution }) => some(contributionOf(agreement, contribution), ({ own }) => answerOf(own?.response ?? null)),
  'concordat.agreement.answer-rated.v1': (agreement, { answer, participant }) => {
    const rated = themeOf(agreement, { theme: answer }) ?? contributionOf(agreement, answer)?.own;
    return some(rated ?? undefined, ({ ratings, reopenedOn }) => ({ rating: ratings.find((one) => one.participant === participant)?.rating ?? null, reopenedOn }));
  },
  'concordat.agreement.answer-checked.v1': (agreement, { contribution }) => some(contributionOf(agreement, contribution), ({ checked }) => ({ checked: words(checked) })),
  'concordat.agreement.feedback-recorded.v1': (agreement, { contributions }) => ({ 'answers-told': contributions.filter((id) => (contributionOf(agreement, id)?.feedback ?? null) !== null).length }),
  'concordat.agreement.what-came-of-it-told.v1': ({ contributions }, { stage }) => ({ 'people-told': contributions.told[stage]?.length ?? 0 }),
  'concordat.agreement.whether-heard-recorded.v1': begins,
  'concordat.agreement.commitment-made.v1': begins,
  'concordat.agreement.commitment-kept.v1': became,
  'concordat.agreement.commitment-broken.v1': became,
  'concordat.agreement.answer-reversed.v1': (agreement, data) => some(themeOf(agreement, data), ({ reversed }) => ({ state: reversed === null ? 'Stands' : 'Undone' })),
  'concordat.agreement.reversal-told.v1': (agreement, data) => some(themeOf(agreement, data), ({ id, reversed }) => ({
    'people-told': new Set([...(reversed?.told ?? []), ...agreement.commitments.flatMap(({ theme, became: now }) => (theme === id && now.is === 'broken' ? now.told : []))]).size,
  })),
  'concordat.agreement.carried-on.v1': begins,
  'concordat.agreement.carried-to.v1': ({ commitments }, data) => ({ 'commitments-open': commitments.filter(({ id, became: now }) => data.commitments.includes(id) && now.is === 'open').length }),

  'concordat.agreement.risk-raised.v1': begins,
  'concordat.agreement.risk-rescored.v1': (agreement, data) => some(riskOf(agreement, data), ({ scores }) => under('scores', scores)),
  'concordat.agreement.risk-reviewed.v1': (agreement, data) => some(riskOf(agreement, data), ({ levels, reviewOn, owner, bearers }) => ({ ...under('levels', levels), reviewOn, owner, bearers })),
  'concordat.agreement.risk-closed.v1': (agreement, data) => some(riskOf(agreement, data), ({ closed }) => ({ state: openOrClosed(closed) })),
  'concordat.agreement.risk-escalated.v1': begins,
  'concordat.agreement.risk-acknowledged.v1': (agreement, data) => some(riskOf(agreement, data), ({ seen }) => ({ 'seen-by': seen?.by ?? null })),
  'concordat.agreement.opportunity-raised.v1': begins,
  'concordat.agreement.opportunity-rescored.v1': ({ opportunities }, { opportunity }) => some(opportunities.find(({ id }) => id === opportunity), ({ score }) => ({ score })),
  'concordat.agreement.opportunity-closed.v1': ({ opportunities }, { opportunity }) => some(opportunities.find(({ id }) => id === opportunity), (one) => ({ state: words(one.became) })),
  'concordat.agreement.control-added.v1': begins,
  'concordat.agreement.control-proved.v1': ({ controls }, { control }) => some(controls.find(({ id }) => id === control), ({ proof, owner }) => ({ finding: proof?.finding ?? null, 'proof-of': proof?.on ?? null, owner })),
  'concordat.agreement.control-ended.v1': ({ controls }, { control }) => some(controls.find(({ id }) => id === control), ({ ended }) => ({ state: ended ? 'Ended' : 'In place' })),
  'concordat.agreement.incident-recorded.v1': begins,
  'concordat.agreement.incident-withdrawn.v1': ({ incidents }, { incident }) => some(incidents.find(({ id }) => id === incident), ({ withdrawn }) => ({ state: withdrawn === null ? 'Stands' : 'Withdrawn' })),
  'concordat.agreement.risk-prompt-answered.v1': ({ riskPrompts }, { prompt }) => some(riskPrompts[prompt], ({ answer }) => ({ answer: words(answer.is) })),
  'concordat.agreement.risk-panel-convened.v1': begins,
  'concordat.agreement.panel-advice-recorded.v1': begins,
  'concordat.agreement.panel-advice-answered.v1': ({ riskPanels }, { advice }) => some(riskPanels.advice.find(({ id }) => id === advice), ({ answer }) => ({ 'answer-given': answer === null ? 'Awaited' : words(answer.outcome) })),
  'concordat.agreement.statement-sought.v1': ({ statements }, { statement }) => some(statements.find(({ id }) => id === statement), ({ askedOn }) => ({ 'times-asked': askedOn.length })),
  'concordat.agreement.statement-recorded.v1': statementOf,
  'concordat.agreement.objection-replied-to.v1': statementOf,
  'concordat.agreement.reply-seconded.v1': statementOf,
  'concordat.agreement.conflict-declared.v1': interestOf,
  'concordat.agreement.no-conflict-declared.v1': interestOf,
  'concordat.agreement.conflict-lifted.v1': interestOf,

  'concordat.agreement.sign-off-requested.v1': begins,
  'concordat.agreement.signed-off.v1': signOffOf,
  'concordat.agreement.sign-off-seconded.v1': signOffOf,
  'concordat.agreement.sign-off-condition-met.v1': signOffOf,
  'concordat.agreement.sign-off-condition-renewed.v1': signOffOf,
  'concordat.agreement.sign-off-renewed.v1': signOffOf,
  'concordat.agreement.sign-off-withdrawn.v1': signOffOf,
  'concordat.agreement.consultation-opened.v1': begins,
  'concordat.agreement.consultation-extended.v1': ({ consultations }, { consultation }) => some(consultations.find((one) => one.consultation === consultation), ({ closesOn }) => ({ closesOn })),
  'concordat.agreement.consultation-withdrawn.v1': ({ consultations }, { consultation }) => some(consultations.find((one) => one.consultation === consultation), ({ closesOn, withdrawn }) => ({ closesOn, state: withdrawn === null ? 'Stands' : 'Withdrawn' })),
  'concordat.agreement.consultation-answered-for.v1': ({ consultations }, { consultation, rule }) => some(consultations.find((one) => one.consultation === consultation), ({ words: given }) => ({ 'answer-given': given[rule]?.words ?? null })),
  'concordat.agreement.consultation-considered.v1': ({ consultations }, { consultation }) => some(consultations.find((one) => one.consultation === consultation), ({ considered }) => ({ state: considered === null ? 'Not considered' : 'Considered' })),
  'concordat.agreement.decision-recorded.v1': decisionOf,
  'concordat.agreement.decision-seconded.v1': decisionOf,
  'concordat.agreement.decision-called-in.v1': calledInOf,
  'concordat.agreement.call-in-concluded.v1': calledInOf,
  'concordat.agreement.challenge-recorded.v1': begins,
  'concordat.agreement.challenge-concluded.v1': ({ challenges }, { challenge }) => some(challenges.find((one) => one.challenge === challenge), ({ concluded }) => ({ state: concluded === null ? 'Open' : words(concluded.outcome) })),
  'concordat.agreement.partner-recorded.v1': begins,
  'concordat.agreement.partner-ended.v1': ({ partners }, { partner }) => ({ state: partners.some((one) => one.partner === partner && one.ended === null) ? 'On record' : 'Ended' }),
  'concordat.agreement.publication-planned.v1': begins,
  'concordat.agreement.publication-withheld.v1': publicationOf,
  'concordat.agreement.withholding-lifted.v1': publicationOf,
  'concordat.agreement.published.v1': publicationOf,
  'concordat.agreement.provider-invited.v1': partyIs,
  'concordat.agreement.uninviting-asked.v1': ({ award }, { provider }) => ({ 'second-awaited': award.uninviting[provider] !== undefined }),
  'concordat.agreement.provider-uninvited.v1': partyIs,
  'concordat.agreement.award-proposed.v1': proposed,
  'concordat.agreement.lots-proposed.v1': proposed,
  'concordat.agreement.award-notice-published.v1': ({ award }) => ({ publishedOn: award.notice?.publishedOn ?? null, reference: award.notice?.reference ?? null }),
  'concordat.agreement.award-accepted.v1': ({ award }) => ({ 'providers-who-accepted': award.acceptances.length }),
  'concordat.agreement.awarded.v1': partyIs,
  'concordat.agreement.lots-awarded.v1': ({ award }, { providers }) => ({ 'providers-awarded': providers.filter((one) => award.parties[one] === 'provider').length }),
  'concordat.agreement.split.v1': place,
  'concordat.agreement.call-off-made.v1': calledOff,
  'concordat.agreement.call-off-freed.v1': calledOff,
  'concordat.agreement.interest-came-along.v1': ({ tree }, { person, role }) => some(tree.parent?.interests.find((one) => one.person === person && one.role === role), ({ interest }) => ({ interest: words(interest) })),
  'concordat.agreement.incumbent-recorded.v1': partyIs,
  'concordat.agreement.incumbent-taken-back.v1': partyIs,
  'concordat.agreement.decision-above-changed.v1': ({ tree }) => ({ 'decision-on-the-whole': words(tree.parent?.decided?.is ?? 'not-called-in') }),
  'concordat.agreement.linked.v1': begins,
  'concordat.agreement.linked-from.v1': begins,
  'concordat.agreement.unlinked.v1': linkedTo,
  'concordat.agreement.unlinked-from.v1': linkedTo,
  'concordat.agreement.notice-recorded.v1': begins,
  'concordat.agreement.notice-published.v1': begins,
  'concordat.agreement.waiver-asked.v1': begins,
  'concordat.agreement.waiver-view-sought.v1': ({ waivers }, { waiver }) => some(waivers.find(({ id }) => id === waiver), ({ viewSoughtOn }) => ({ asked: viewSoughtOn })),
  'concordat.agreement.waiver-view-given.v1': waiverOf,
  'concordat.agreement.condition-waived.v1': waiverOf,
  'concordat.agreement.waiver-refused.v1': waiverOf,
  'concordat.agreement.waiver-reviewed.v1': waiverOf,
  'concordat.agreement.condition-proposed.v1': begins,
  'concordat.agreement.condition-agreed.v1': conditionOf,
  'concordat.agreement.condition-refused.v1': conditionOf,
  'concordat.agreement.condition-renewal-asked.v1': conditionOf,
  'concordat.agreement.route-chosen.v1': ({ route, routeChoice }) => ({ route: `${route.id} ${route.version}`, 'chosen-on-ground': routeChoice?.ground ?? null }),
  'concordat.agreement.urgency-recorded.v1': begins,
  'concordat.agreement.late-by-us-recorded.v1': begins,

  'concordat.agreement.criterion-set.v1': ({ evaluation }, { criterion }) => some(evaluation.criteria.find((one) => one.criterion === criterion), ({ title, chosenBy }) => ({ title, 'chosen-by': words(chosenBy.is === 'staff' ? 'staff' : 'people') })),
  'concordat.agreement.evaluator-appointed.v1': (agreement, data) => some(evaluatorOf(agreement, data), ({ of, criteria }) => ({ of, criteria })),
  'concordat.agreement.evaluator-declaration-recorded.v1': (agreement, data) => some(evaluatorOf(agreement, data), ({ interest }) => ({ interest: interest === null ? null : words(interest) })),
  'concordat.agreement.evaluator-training-recorded.v1': ({ evaluation }, { evaluators }) => ({ 'evaluators-trained': evaluation.evaluators.filter(({ evaluator, trainedOn }) => evaluators.includes(evaluator) && trainedOn !== null).length }),
  'concordat.agreement.assessment-recorded.v1': (agreement, data) => some(evaluatorOf(agreement, data), ({ assessed }) => ({ 'assessed-on': [...new Set(data.criteria.flatMap((criterion) => assessed[criterion] ?? []))] })),
  'concordat.agreement.evaluator-stood-down.v1': (agreement, data) => ({ state: evaluatorOf(agreement, data)?.stoodDown === false ? 'Assesses' : 'Assesses nothing more' }),
  'concordat.agreement.option-considered.v1': (agreement, data) => some(optionOf(agreement, data), ({ title, outcome, reasons }) => ({ title, outcome, reasons })),
  'concordat.agreement.option-discussed.v1': (agreement, data) => some(optionOf(agreement, data), ({ discussed }) => ({ 'talked-about-times': discussed.length })),
  'concordat.agreement.readiness-confirmed.v1': ({ readiness }, { provider }) => some(readiness.find((one) => one.provider === provider), ({ startsOn }) => ({ startsOn })),
  'concordat.agreement.kpi-set.v1': ({ kpis }, { kpi }) => some(kpis.kpis.find((one) => one.kpi === kpi), without('kpi')),
  'concordat.agreement.observation-recorded.v1': begins,
  'concordat.agreement.finding-recorded.v1': ({ kpis }, { finding }) => some(kpis.findings.find((one) => one.finding === finding), ({ period, question, method, answers, value }) => ({ period, question, method, answers, value })),
  'concordat.agreement.difference-discussed.v1': ({ kpis }, { finding, provider }) => some(kpis.findings.find((one) => one.finding === finding), ({ discussed }) => ({ 'discussed-on': discussed.find((one) => one.provider === provider)?.on ?? null })),
  'concordat.agreement.obligation-agreed.v1': begins,
  'concordat.agreement.obligation-withdrawn.v1': ({ delivery }, { obligation }) => ({ state: delivery.withdrawn.some((one) => one.obligation === obligation) ? 'Withdrawn' : 'Stands' }),
  'concordat.agreement.obligation-met.v1': ({ delivery }, { obligation }) => some(delivery.obligations.find((one) => one.obligation === obligation), ({ met }) => ({ 'times-met': met.length })),
  'concordat.agreement.cycle-begun.v1': ({ delivery }, { cycle }) => some(delivery.cycles.find((one) => one.cycle === cycle), ({ period }) => ({ period })),
  'concordat.agreement.cycle-ended.v1': ({ delivery }, { cycle }) => some(delivery.cycles.find((one) => one.cycle === cycle), ({ endedOn }) => ({ 'ended-on': endedOn })),
  'concordat.agreement.review-meeting-held.v1': begins,
  'concordat.agreement.action-agreed.v1': begins,
  'concordat.agreement.action-completed.v1': ({ reviews }, { action }) => some(reviews.actions.find((one) => one.action === action), ({ done }) => ({ state: done === null ? 'Open' : 'Done' })),
  'concordat.agreement.provider-concern-raised.v1': begins,
  'concordat.agreement.expiry-recorded.v1': ({ expiries }, { expiry }) => some(expiries.find((one) => one.expiry === expiry), without('expiry')),
  'concordat.agreement.quality-visit-recorded.v1': begins,
  'concordat.agreement.improvement-shown.v1': ({ qualityVisits }, { improvement }) => some(qualityVisits.flatMap(({ improvements }) => improvements).find((one) => one.improvement === improvement), ({ shown }) => ({ state: shown === null ? 'Open' : 'Done' })),
  'concordat.agreement.rate-set.v1': ({ funding }, { rate }) => some(funding.rates.findLast((one) => one.rate === rate), without('rate')),
  'concordat.agreement.funding-committed.v1': ({ funding }, { funding: id }) => some(funding.committed.find((one) => one.funding === id), without('funding')),
  'concordat.agreement.spend-recorded.v1': ({ funding: { spent } }, { spend }) => some(spent.find((one) => one.spend === spend), ({ on, amount, source, funding }) => ({ amount, on, source, funding })),
  'concordat.agreement.provider-concern-answered.v1': ({ providerConcerns }, { concern }) => some(providerConcerns.find((one) => one.concern === concern), ({ answered }) => ({ 'answer-given': answered?.answer ?? null })),
  'concordat.agreement.variation-proposed.v1': begins,
  'concordat.agreement.asked-again.v1': variationOf,
  'concordat.agreement.not-asked-again.v1': variationOf,
  'concordat.agreement.modification-tested.v1': variationOf,
  'concordat.agreement.extension-tested.v1': ({ modification }) => some(modification ?? undefined, ({ ground, why }) => ({ 'on-ground': ground, why })),
  'concordat.agreement.variation-decided.v1': variationOf,
  'concordat.agreement.variation-seconded.v1': variationOf,
  'concordat.agreement.variation-offered.v1': variationOf,
  'concordat.agreement.variation-accepted.v1': variationOf,
  'concordat.agreement.variation-carried-out.v1': variationOf,
  'concordat.agreement.exit-planned.v1': ({ exit }) => some(exit ?? undefined, ({ counted: _, ...plan }) => ({ ...plan })),
  'concordat.agreement.transition-recorded.v1': ({ transitions }, { group }) => some(transitions.find((one) => one.group === group), ({ people, goesTo, without }) => ({ people, 'goes-to': goesTo, without })),
  'concordat.agreement.staff-transfer-planned.v1': ({ staffTransfer }) => some(staffTransfer ?? undefined, ({ transfersOn, informationBy, staff }) => ({ 'transfers-on': transfersOn, 'information-by': informationBy, staff })),
  'concordat.agreement.staff-information-given.v1': ({ staffTransfer }) => ({ 'information-given': staffTransfer?.given?.on ?? null }),
  'concordat.agreement.provider-engagement-recorded.v1': begins,
  'concordat.agreement.outcome-named.v1': ({ outcomes }, { outcome }) => some(outcomes.find((one) => one.outcome === outcome), ({ activity, change, title }) => ({ title, change, 'by-what': activity })),
  'concordat.agreement.outcome-linked.v1': ({ outcomes }, { outcome, link }) => some(outcomes.find((one) => one.outcome === outcome)?.links.find((one) => one.link === link), ({ baseline, target, visibleFrom, indicator }) => ({ indicator, baseline, target, visibleFrom })),
  'concordat.agreement.measurement-recorded.v1': begins,
  'concordat.agreement.plain-questions-answered.v1': ({ outcomes }, { outcome, viewer, provider = null }) => {
    const views = outcomes.find((one) => one.outcome === outcome)?.views;
    return some(viewer === 'provider' ? views?.provider?.find((one) => one.provider === provider) : views?.[viewer], (view) => ({ ...view }));
  },
  'concordat.agreement.benefit-named.v1': begins,
  'concordat.agreement.benefit-observed.v1': ({ value }, { benefit }) => some(value.benefits.find((one) => one.benefit === benefit), ({ seen }) => ({ state: seen === null ? 'Potential' : 'Observed', 'seen-on': seen?.on ?? null, ...(seen && { observed: seen.observed.is === 'money' ? seen.observed.amount : seen.observed.people, source: seen.source }) })),
  'concordat.agreement.cost-recorded.v1': ({ value }, { cost }) => some(value.costs.find((one) => one.cost === cost), ({ period, spent, units, hours }) => ({ period, spent, units, hours })),
  'concordat.agreement.hours-wanted-recorded.v1': ({ value }, { cost }) => some(value.costs.find((one) => one.cost === cost), ({ asked }) => ({ wanted: asked?.wanted ?? null, 'rather-not': asked?.ratherNot ?? null })),
  'concordat.agreement.transfer-offered.v1': offerOf,
  'concordat.agreement.transfer-agreed.v1': offerOf,
  'concordat.agreement.transfer-withdrawn.v1': offerOf,
  'concordat.agreement.transferred.v1': place,
  'concordat.agreement.transferred-in.v1': begins,
  // It is shown as it happened.
  'concordat.agreement.brought-over.v1': begins,
  'concordat.agreement.gone-on.v1': begins,
};

/** What an event changed: each thing that stood before and stands otherwise after it. */
export function changesIn(before: Agreement, after: Agreement, { type, data }: { readonly type: string; readonly data: unknown }): readonly { readonly name: string; readonly before: unknown; readonly after: unknown }[] {
  const look = (changedBy as Readonly<Record<string, ((agreement: Agreement, data: unknown) => Shown | undefined) | undefined>>)[type];
  const [was, is] = [look?.(before, data), look?.(after, data)];
  if (was === undefined || is === undefined) return [];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => was[name] !== undefined && JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((name) => ({ name, before: was[name], after: is[name] ?? null }));
}

function some<T>(thing: T | undefined, show: (thing: T) => Shown): Shown | undefined {
  return thing === undefined ? undefined : show(thing);
}

function under(path: string, members: object): Shown {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [`${path}.${name}`, value]));
}

function without(own: string): (thing: object) => Shown {
  return (thing) => Object.fromEntries(Object.entries(thing).filter(([name]) => name !== own));
}
