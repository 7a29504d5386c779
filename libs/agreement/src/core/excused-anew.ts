import { tiers } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { agreedAnew } from './gate-condition.js';
import { givenAnew } from './waiver.js';

/** After its tier rose: what was excused at the gate before it of a smaller agreement is excused anew, or asked. What was refused stays so, and what a gate opened on. */
export function withExcusedAnew(before: Agreement, after: Agreement): Agreement {
  if (before.lifecycle === 'none' || tiers.indexOf(after.tier) <= tiers.indexOf(before.tier)) return after;
  return agreementWith(after, { waivers: givenAnew(after.waivers, after.stage), gateConditions: agreedAnew(after.gateConditions, after.stage) });
}
