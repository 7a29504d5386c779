import { readFileSync } from 'node:fs';
import { isRecordableDate } from '@concordat/platform/core';
import { Problem } from '@concordat/platform';
import { z } from 'zod';
import type { LengthByTier, RenewalSettings } from './core/index.js';
import { renewalSteps } from './core/index.js';

const source = z.strictObject({ cites: z.string().trim().min(1).max(1000), mark: z.enum(['text', 'practice', 'check']) });
const days = z.int().min(0).max(1000);
const length = z.discriminatedUnion('unit', [
  z.strictObject({ days, unit: z.literal('days') }),
  z.strictObject({ days, unit: z.literal('working-days'), calendar: z.enum(['any-uk', 'england']) }),
]);
const byTier = { small: length, standard: length, major: length, source };
const step = z.strictObject({ ...byTier, routes: z.record(z.string().regex(/^[a-z0-9-]{1,64}$/), z.strictObject(byTier) satisfies z.ZodType<LengthByTier>) });
const steps = z.array(z.enum(renewalSteps));
const day = z.string().refine(isRecordableDate, 'A day that exists, written YYYY-MM-DD.');
const period = z
  .strictObject({ title: z.string().trim().min(1).max(200), begins: day, ends: day, source })
  .refine(({ begins, ends }) => begins <= ends, { message: 'The last day lies before the first.', path: ['ends'] });

const times = z.strictObject({ periods: z.array(period).max(100), steps, source });

/** The document of renewal settings, as `documents/renewal-settings.v1.json` is written. */
export const renewalSettingsShape: z.ZodType<RenewalSettings> = z
  .object({
    steps: z.strictObject({
      involvement: step, design: step, tender: step, decision: step, 'call-in': step, standstill: step, mobilisation: step,
    }),
    preElection: times,
    closures: times,
    bankHolidays: z.strictObject({ steps, source }),
  });

/** What holds until an organisation says otherwise; each figure says who says so and how far that was verified. */
export const shippedRenewalSettings: RenewalSettings = renewalSettingsShape.parse(
  JSON.parse(readFileSync(new URL('./documents/renewal-settings.v1.json', import.meta.url), 'utf8')),
);

/**
 * Settings from JSON.
 * @throws Problem 400 `renewal-settings.invalid` naming everything that is wrong, by JSON pointer (RFC 6901).
 */
export function readRenewalSettings(json: unknown): RenewalSettings {
  const read = renewalSettingsShape.safeParse(json);
  if (read.success) return read.data;
  throw new Problem({
    status: 400,
    code: 'renewal-settings.invalid',
    title: 'The settings of the renewals pipeline cannot be used',
    detail: 'Mend what errors[] names, by the shape of documents/renewal-settings.v1.json.',
    errors: read.error.issues.map(({ path, message }) => ({ pointer: path.map((at) => `/${String(at)}`).join(''), detail: message })),
  });
}
