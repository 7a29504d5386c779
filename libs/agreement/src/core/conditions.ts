import * as award from './award.js';
import * as commitment from './commitment.js';
import * as conflict from './conflict.js';
import * as contribution from './contribution.js';
import * as decision from './decision.js';
import * as facts from './facts.js';
import * as feedback from './feedback.js';
import * as involvement from './involvement.js';
import * as reversal from './reversal.js';
import * as risk from './risk.js';
import * as signOff from './sign-off.js';
import * as statement from './statement.js';
import * as theme from './theme.js';
import type { Conditions } from './topic.js';

/** What a gate can ask, every code once. */
export const conditions = {
  ...facts.conditions,
  ...conflict.conditions,
  ...involvement.conditions,
  ...contribution.conditions,
  ...theme.conditions,
  ...feedback.conditions,
  ...commitment.conditions,
  ...reversal.conditions,
  ...risk.conditions,
  ...statement.conditions,
  ...signOff.conditions,
  ...decision.conditions,
  ...award.conditions,
} satisfies Conditions;
