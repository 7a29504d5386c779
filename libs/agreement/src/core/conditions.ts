import * as award from './award.js';
import * as commitment from './commitment.js';
import * as kpi from './kpi.js';
import * as obligation from './obligation.js';
import * as challenge from './challenge.js';
import * as consultation from './consultation.js';
import * as contribution from './contribution.js';
import * as decision from './decision.js';
import * as dissent from './dissent.js';
import * as existingActivity from './existing-activity.js';
import * as facts from './facts.js';
import * as feedback from './feedback.js';
import { conditionsKept } from './gate-condition.js';
import * as involvement from './involvement.js';
import * as whoCame from './who-came.js';
import * as carryOn from './carry-on.js';
import * as reversal from './reversal.js';
import * as information from './information.js';
import * as payment from './payment.js';
import * as notice from './notice.js';
import * as escalation from './escalation.js';
import * as risk from './risk.js';
import * as riskPanel from './risk-panel.js';
import * as riskPrompt from './risk-prompt.js';
import * as signOff from './sign-off-conditions.js';
import * as hadTheirSay from './had-their-say.js';
import * as readiness from './readiness.js';
import * as exit from './exit.js';
import * as providerEngagement from './provider-engagement.js';
import * as evaluation from './evaluation.js';
import * as option from './option.js';
import * as answerCheck from './answer-check.js';
import * as theme from './theme.js';
import type { Conditions } from './topic.js';
import * as tierRaise from './tier-raise.js';
import * as tree from './tree.js';
import * as extension from './extension.js';
import * as routeChoice from './route-choice.js';
import * as urgency from './urgency.js';
import * as whoActs from './who-acts.js';

const ofTopics = {
  ...facts.conditions,
  ...whoActs.conditions,
  ...existingActivity.conditions,
  ...involvement.conditions,
  ...whoCame.conditions,
  ...dissent.conditions,
  ...information.conditions,
  ...payment.conditions,
  ...contribution.conditions,
  ...theme.conditions,
  ...answerCheck.conditions,
  ...feedback.conditions,
  ...commitment.conditions,
  ...carryOn.conditions,
  ...reversal.conditions,
  ...risk.conditions,
  ...riskPrompt.conditions,
  ...escalation.conditions,
  ...riskPanel.conditions,
  ...hadTheirSay.conditions,
  ...signOff.conditions,
  ...option.conditions,
  ...consultation.conditions,
  ...evaluation.conditions,
  ...decision.conditions,
  ...challenge.conditions,
  ...notice.conditions,
  ...award.conditions,
  ...urgency.conditions,
  ...readiness.conditions,
  ...exit.conditions,
  ...providerEngagement.conditions,
  ...routeChoice.conditions,
  ...kpi.conditions,
  ...obligation.conditions,
  ...tree.conditions,
  ...extension.conditions,
  ...tierRaise.conditions,
} satisfies Omit<Conditions, 'gate.conditions-kept'>;

/** What a gate can ask, every code once. What an earlier gate opened on is met when what that gate asked is. */
export const conditions = { ...ofTopics, 'gate.conditions-kept': conditionsKept(ofTopics) } satisfies Conditions;
