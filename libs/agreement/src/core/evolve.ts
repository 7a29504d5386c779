import type { Agreement } from './agreement.js';
import * as award from './award.js';
import { asItHappened } from './bringing-over.js';
import * as commitment from './commitment.js';
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
import * as extension from './extension.js';
import * as exit from './exit.js';
import * as providerEngagement from './provider-engagement.js';
import * as outcome from './outcome.js';
import * as benefit from './benefit.js';
import * as challenge from './challenge.js';
import * as partner from './partner.js';
import * as publication from './publication.js';
import * as conflict from './conflict.js';
import * as interestLifted from './interest-lifted.js';
import * as consultation from './consultation.js';
import * as concern from './concern.js';
import * as contribution from './contribution.js';
import * as decision from './decision.js';
import * as decisionAbove from './decision-above.js';
import * as dissent from './dissent.js';
import type { AgreementEventType, EventOf } from './event.js';
import * as existingActivity from './existing-activity.js';
import { withExcusedAnew } from './excused-anew.js';
import * as facts from './facts.js';
import * as feedback from './feedback.js';
import * as involvement from './involvement.js';
import * as lots from './lots.js';
import * as notice from './notice.js';
import * as carryOn from './carry-on.js';
import * as reversal from './reversal.js';
import * as gateCondition from './gate-condition.js';
import * as pathwayChange from './pathway-change.js';
import * as information from './information.js';
import * as payment from './payment.js';
import * as proxy from './proxy.js';
import * as risk from './risk.js';
import * as riskClosing from './risk-closing.js';
import * as escalation from './escalation.js';
import * as opportunity from './opportunity.js';
import * as control from './control.js';
import { withHands } from './hands.js';
import * as incident from './incident.js';
import { withReadersOf } from './separation.js';
import * as riskPrompt from './risk-prompt.js';
import * as riskPanel from './risk-panel.js';
import * as signOff from './sign-off.js';
import * as split from './split.js';
import * as beginning from './beginning.js';
import * as stage from './stage.js';
import * as tierRaise from './tier-raise.js';
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
import type { Evolve } from './topic.js';

const table = {
  ...beginning.evolve,
  ...stage.evolve,
  ...tierRaise.evolve,
  ...facts.evolve,
  ...existingActivity.evolve,
  ...involvement.evolve,
  ...carriedOver.evolve,
  ...dissent.evolve,
  ...information.evolve,
  ...payment.evolve,
  ...proxy.evolve,
  ...contribution.evolve,
  ...concern.evolve,
  ...theme.evolve,
  ...ownAnswer.evolve,
  ...answerCheck.evolve,
  ...feedback.evolve,
  ...commitment.evolve,
  ...carryOn.evolve,
  ...reversal.evolve,
  ...risk.evolve,
  ...riskClosing.evolve,
  ...escalation.evolve,
  ...opportunity.evolve,
  ...control.evolve,
  ...incident.evolve,
  ...riskPrompt.evolve,
  ...riskPanel.evolve,
  ...statement.evolve,
  ...objection.evolve,
  ...conflict.evolve,
  ...interestLifted.evolve,
  ...signOff.evolve,
  ...grantedOnCondition.evolve,
  ...option.evolve,
  ...consultation.evolve,
  ...evaluation.evolve,
  ...decision.evolve,
  ...callIn.evolve,
  ...decisionAbove.evolve,
  ...challenge.evolve,
  ...partner.evolve,
  ...publication.evolve,
  ...award.evolve,
  ...uninviting.evolve,
  ...lots.evolve,
  ...split.evolve,
  ...callOff.evolve,
  ...tree.evolve,
  ...unlinking.evolve,
  ...notice.evolve,
  ...waiver.evolve,
  ...gateCondition.evolve,
  ...urgency.evolve,
  ...readiness.evolve,
  ...routeChoice.evolve,
  ...kpi.evolve,
  ...obligation.evolve,
  ...reviewMeeting.evolve,
  ...providerConcern.evolve,
  ...expiry.evolve,
  ...qualityVisit.evolve,
  ...funding.evolve,
  ...extension.evolve,
  ...variation.evolve,
  ...variationAcceptance.evolve,
  ...exit.evolve,
  ...providerEngagement.evolve,
  ...outcome.evolve,
  ...benefit.evolve,
  ...pathwayChange.evolve,
  ...transfer.evolve,
  // The same code over the same event gives the same agreement, wherever it happened.
  'concordat.agreement.brought-over.v1': (agreement: Agreement, event: EventOf<'concordat.agreement.brought-over.v1'>): Agreement => evolve(agreement, asItHappened(event)),
} satisfies { [T in AgreementEventType]: Evolve<T> };

/** Every type an `agreement-` stream may hold. */
export const agreementEventTypes = Object.keys(table) as readonly AgreementEventType[];

/** The agreement after one more event. Total, and without effect for a type that is none of its own. */
export function evolve(agreement: Agreement, event: { readonly [T in AgreementEventType]: EventOf<T> }[AgreementEventType]): Agreement {
  const fold = table[event.type] as ((agreement: Agreement, happened: typeof event) => Agreement) | undefined;
  return fold === undefined ? agreement : withHands(agreement, withReadersOf(agreement, withExcusedAnew(agreement, stage.withWhatCame(agreement, fold(agreement, event), event.type))));
}
