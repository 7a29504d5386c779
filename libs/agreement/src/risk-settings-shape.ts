import { z } from 'zod';
import { bands, type RiskSettings, seers } from './core/risk-matrix.js';
import { label, slug, whole } from './fields.js';

const seer = z.enum(['nobody', ...seers]);

/** What an organisation says of its risks, as the API takes and shows it. */
export const riskSettingsShape = z.strictObject({
  bands: z.strictObject({ moderate: whole(2, 25), high: whole(2, 25), extreme: whole(2, 25) }).describe('From which product of likelihood and impact each band begins; low begins with 1.'),
  domains: z.array(z.strictObject({ id: slug, title: label, appetite: z.enum(bands).describe('The largest band that is carried without a word from above.') })).min(1).max(30),
  escalation: z.strictObject({ low: seer, moderate: seer, high: seer, extreme: seer }).describe('Who must have seen a risk of this band where it lies above the appetite of its domain.'),
  rescoreDays: whole(1, 366).describe('Within how many days after an incident was recorded its risk is scored anew.'),
}) satisfies z.ZodType<RiskSettings>;
