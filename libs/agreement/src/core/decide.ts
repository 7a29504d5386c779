import { may, rightMissing } from '@concordat/access/core';
import { accept, type Decision, type Refusal, refuse } from '@concordat/journal/core';
import * as award from './award.js';
import * as callIn from './call-in.js';
import * as callOff from './call-off.js';
import * as carriedOver from './carried-over.js';
import * as grantedOnCondition from './granted-on-condition.js';
import * as kpi from './kpi.js';
import * as objection from './objection.js';
import * as obligation from './obligation.js';
import * as reviewMeeting from './review-meeting.js';
import * as expiry from './expiry.js';
import * as funding from './funding.js';
import * as qualityVisit from './quality-visit.js';
import * as providerConcern from './provider-concern.js';
import * as variation from './variation.js';
import * as variationAcceptance from './variation-acceptance.js';
import * as exit from './exit.js';
import * as providerEngagement from './provider-engagement.js';
import * as outcome from './outcome.js';
import * as benefit from './benefit.js';
import * as challenge from './challenge.js';
import type { AgreementCommandBody, CommandName } from './command.js';
import * as commitment from './commitment.js';
import { conditions } from './conditions.js';
import { refuseForOwnProvider } from './own-provider.js';
import * as partner from './partner.js';
import * as publication from './publication.js';
import * as conflict from './conflict.js';
import * as interestLifted from './interest-lifted.js';
import * as consultation from './consultation.js';
import * as concern from './concern.js';
import * as contribution from './contribution.js';
import * as decision from './decision.js';
import * as dissent from './dissent.js';
import type { Agreement } from './agreement.js';
import { type AgreementEvent, agreementStream } from './event.js';
import * as existingActivity from './existing-activity.js';
import * as facts from './facts.js';
import * as feedback from './feedback.js';
import * as gateCondition from './gate-condition.js';
import * as involvement from './involvement.js';
import * as lots from './lots.js';
import * as notice from './notice.js';
import { comingIn, refuseErased, refuseRegistered, refuseStrangers } from './known-participant.js';
import { knownToday } from './known-today.js';
import { refuseWords } from './placement.js';
import * as pathwayChange from './pathway-change.js';
import * as information from './information.js';
import * as erasure from './erasure.js';
import * as payment from './payment.js';
import * as proxy from './proxy.js';
import { alreadySo, refusal } from './refusal.js';
import { actingIn, personalRights, rightOf, scopesOf } from './rights.js';
import * as carryOn from './carry-on.js';
import * as reversal from './reversal.js';
import * as risk from './risk.js';
import * as riskClosing from './risk-closing.js';
import * as escalation from './escalation.js';
import * as opportunity from './opportunity.js';
import * as control from './control.js';
import * as incident from './incident.js';
import * as riskPrompt from './risk-prompt.js';
import * as riskPanel from './risk-panel.js';
import * as signOff from './sign-off.js';
import * as split from './split.js';
import * as beginning from './beginning.js';
import * as stage from './stage.js';
import * as tierRaise from './tier-raise.js';
import type { Lifecycle } from './stage.js';
import * as statement from './statement.js';
import * as readiness from './readiness.js';
import * as evaluation from './evaluation.js';
import * as option from './option.js';
import * as answerCheck from './answer-check.js';
import * as ownAnswer from './own-answer.js';
import * as theme from './theme.js';
import * as transfer from './transfer.js';
import * as tree from './tree.js';
import * as uninviting from './uninviting.js';
import * as unlinking from './unlinking.js';
import * as routeChoice from './route-choice.js';
import * as urgency from './urgency.js';
import * as waiver from './waiver.js';
import type { Context, Decide, States } from './topic.js';

const table = {
  ...beginning.decide,
  ...stage.decide,
  ...tierRaise.decide,
  ...facts.decide,
  ...existingActivity.decide,
  ...involvement.decide,
  ...carriedOver.decide,
  ...dissent.decide,
  ...information.decide,
  ...payment.decide,
  ...erasure.decide,
  ...proxy.decide,
  ...contribution.decide,
  ...concern.decide,
  ...theme.decide,
  ...ownAnswer.decide,
  ...answerCheck.decide,
  ...feedback.decide,
  ...commitment.decide,
  ...carryOn.decide,
  ...reversal.decide,
  ...risk.decide,
  ...riskClosing.decide,
  ...escalation.decide,
  ...opportunity.decide,
  ...control.decide,
  ...incident.decide,
  ...riskPrompt.decide,
  ...riskPanel.decide,
  ...statement.decide,
  ...objection.decide,
  ...conflict.decide,
  ...interestLifted.decide,
  ...signOff.decide,
  ...grantedOnCondition.decide,
  ...option.decide,
  ...consultation.decide,
  ...evaluation.decide,
  ...decision.decide,
  ...callIn.decide,
  ...challenge.decide,
  ...partner.decide,
  ...publication.decide,
  ...award.decide,
  ...uninviting.decide,
  ...lots.decide,
  ...split.splitting(conditions),
  ...callOff.decide,
  ...tree.decide,
  ...unlinking.decide,
  ...notice.decide,
  ...waiver.decide,
  ...gateCondition.decide,
  ...gateCondition.renewing(conditions),
  ...urgency.decide,
  ...readiness.decide,
  ...routeChoice.choosing(conditions),
  ...kpi.decide,
  ...obligation.decide,
  ...reviewMeeting.decide,
  ...providerConcern.decide,
  ...expiry.decide,
  ...qualityVisit.decide,
  ...funding.decide,
  ...variation.decide,
  ...variationAcceptance.decide,
  ...exit.decide,
  ...providerEngagement.decide,
  ...outcome.decide,
  ...benefit.decide,
  ...pathwayChange.decide,
  ...transfer.decide,
} satisfies { [C in CommandName]: Decide<C> };

const beginnings: readonly CommandName[] = ['open-agreement', 'take-over-agreement', 'accept-transfer'];

// Whatever becomes of an agreement, people may say no, choose how often they are asked and about what, who sees what they said or do, dissent,
// have an answer, judge it, and are told of it, also of what is undone later; and what was entered for them is theirs once they confirmed it.
const owedToPeople: readonly CommandName[] = [
  'decline-invitation',
  'choose-ask-budget',
  'choose-interests',
  'answer-payment-offer',
  'erase-participant',
  'record-dissent',
  'choose-who-sees',
  'take-off-record',
  'triage-contribution',
  'pass-on-concern',
  'answer-theme',
  'ask-for-own-answer',
  'answer-contribution',
  'rate-answer',
  'check-answer',
  'record-feedback',
  'tell-what-came-of-it',
  'record-whether-heard',
  'record-proxy-entry',
  'keep-commitment',
  'break-commitment',
  'reverse-answer',
  'tell-of-reversal',
  'reply-to-objection',
  'second-reply',
];
// Nor does it stop what is published about it, keep a partner body in, leave a team's waivers unlooked at, or keep it from a successor.
const always: readonly CommandName[] = [
  ...owedToPeople, 'review-waiver', 'record-notice', 'end-partner', 'plan-publication', 'withhold-publication', 'lift-withholding', 'publish', 'offer-transfer', 'agree-transfer', 'withdraw-transfer',
];
// Harm is reported whatever became of the agreement: by whoever saw it, by its provider, and as what happened. Once it is over, of what
// people say a concern alone is taken in.
const harm: readonly CommandName[] = ['record-contribution', 'record-incident', 'withdraw-incident', 'raise-provider-concern', 'answer-provider-concern'];
// An effect may be seen long after a service is over, by people who are met then, and what it cost to the last day is known.
const seenAfterwards: readonly CommandName[] = ['plan-activity', 'record-attendance', 'record-measurement', 'answer-plain-questions', 'observe-benefit', 'record-cost', 'record-hours-wanted'];
// A hold stops what the team does. What others say is heard on their own days: a standstill, a call-in, an invitation, and the time to give a view all run on.
const saidMeanwhile: readonly CommandName[] = [
  'record-challenge',
  'conclude-challenge',
  'accept-invitation',
  'record-statement',
  'give-view-on-waiver',
  'call-in-decision',
  'declare-conflict',
  'declare-no-conflict',
];
// A call-in that was made in time is put on record late, too, and what it comes to is said where it was decided.
const decidedAnew: readonly CommandName[] = ['call-in-decision', 'conclude-call-in', 'record-decision', 'second-decision'];
const whileHeld: readonly CommandName[] = [...always, ...harm, ...saidMeanwhile, 'resume', 'cancel', 'withdraw-sign-off', 'meet-sign-off-condition', 'migrate-pathway'];

/** What an agreement admits besides reading, by where its life stands. */
const admitted: Readonly<Record<Lifecycle, (command: CommandName) => boolean>> = {
  none: (command) => beginnings.includes(command),
  open: (command) => !beginnings.includes(command) && command !== 'resume',
  held: (command) => whileHeld.includes(command),
  cancelled: (command) => always.includes(command) || harm.includes(command),
  closed: (command) => always.includes(command) || harm.includes(command) || seenAfterwards.includes(command),
  // Its life goes on in its contracts, and there what happens is reported; what it owes to people it still owes, and whoever took part here may see harm.
  split: (command) => always.includes(command) || command === 'record-contribution' || decidedAnew.includes(command),
  // All of it goes on elsewhere, and with it what is owed; what is kept here of somebody is not the agreement's.
  transferred: (command) => command === 'erase-participant',
};

/** Does an agreement admit this command, where its life stands so? */
export const admits = (lifecycle: Lifecycle, command: CommandName): boolean => admitted[lifecycle](command);

/** The refusal of every command but a beginning where no agreement has this id. */
export const agreementUnknown: Refusal = refusal('agreement.unknown', 'The agreement was opened.', {
  what: 'agreement',
  suppliedBy: 'commissioner',
  by: 'open-agreement',
});

const notAdmitted: Readonly<Record<Exclude<Lifecycle, 'transferred'>, Refusal>> = {
  none: agreementUnknown,
  open: alreadySo('the agreement is open'),
  held: refusal('agreement.held', 'The agreement is not on hold.', { what: 'resume', suppliedBy: 'commissioner', by: 'resume' }),
  cancelled: refusal('agreement.cancelled', 'The agreement is not cancelled; what is cancelled stays so.'),
  closed: refusal('agreement.closed', 'The agreement is not closed; what is closed stays so.'),
  split: refusal('agreement.split', 'The agreement is not split: what is split goes on in its contracts.'),
};
const notHeld: Refusal = refusal('already-so', 'Nothing to resume: the agreement is open.');

const whyNot = (agreement: Agreement, command: CommandName): Refusal => {
  const { lifecycle } = agreement;
  if (lifecycle === 'transferred') return transfer.refuseGone(agreement);
  return lifecycle === 'open' && command === 'resume' ? notHeld : notAdmitted[lifecycle];
};

/** Why nothing is written beside it in the record of another agreement that went to a successor. */
function writtenElsewhere({ others }: States, decision: Decision<AgreementEvent>): readonly Refusal[] {
  const streams = 'accepted' in decision ? decision.accepted.map(({ stream }) => stream) : [];
  return Object.entries(others).flatMap(([id, other]) => (other.lifecycle === 'transferred' && streams.includes(agreementStream(id)) ? [transfer.refuseGone(other)] : []));
}

/**
 * The one place where something happens to an agreement: the events a command leads to, or every refusal at once.
 * Without a record it is a dry run. Who may not ask is told so and nothing else about the agreement.
 */
export function decide(read: States, command: AgreementCommandBody, context: Context): Decision<AgreementEvent> {
  const agreement = knownToday(read.agreement, read.persons);
  const states = { ...read, agreement };
  const { actor, today } = context;
  const right = rightOf[command.name];

  const now = actingIn(states, command, actor, today);
  const scopes = scopesOf(agreement, command, today);
  const permitted = scopes.some((scope) => may(now, right, scope, today));
  if (!permitted) return refuse(partner.refuseAsPartner(now, right, scopes, today) ?? rightMissing(right));
  if (actor.kind === 'system' && personalRights.includes(right)) return refuse(rightMissing(right));
  const outOfPlace = !admits(agreement.lifecycle, command.name) && whyNot(agreement, command.name);
  // What is on hold goes on, and is then met by whatever else is wrong; what is over, or not begun, is judged no further.
  if (outOfPlace !== false && agreement.lifecycle !== 'held') return refuse(outOfPlace);

  const decideThis = table[command.name] as (states: States, command: AgreementCommandBody, context: Context) => Decision<AgreementEvent>;
  const decision = decideThis(states, command, context);
  const refused = [outOfPlace, refuseWords(states, command), refuseStrangers(states, command), refuseRegistered(states, command), refuseForOwnProvider(states, command, actor), refuseErased(states, command)];
  const [first, ...more] = [...refused, ...writtenElsewhere(states, decision)].filter((rule) => rule !== false);
  if (first !== undefined) return refuse(first, ...more, ...('refused' in decision ? decision.refused : []));
  return 'refused' in decision ? decision : accept(...decision.accepted, ...comingIn(states, decision.accepted));
}
