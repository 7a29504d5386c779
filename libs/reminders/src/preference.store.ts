import { Database, type Tx } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { type Preference, usualPreference, waysOf } from './core/index.js';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, HH:MM');

/** How somebody wishes to be told, as a caller writes it. */
export const preferenceShape = z.strictObject({
  ways: z.strictObject({ concern: z.enum(waysOf.concern), asked: z.enum(waysOf.asked), people: z.enum(waysOf.people), progress: z.enum(waysOf.progress) }),
  quiet: z
    .strictObject({ from: time, to: time })
    .refine(({ from, to }) => from !== to, 'must begin and end at different times')
    .nullable()
    .describe('hours in Europe/London in which nothing but concerns is mailed; null: none'),
}) satisfies z.ZodType<Preference>;

interface PreferenceRow {
  readonly person: string;
  readonly ways: Preference['ways'];
  readonly from: string | null;
  readonly to: string | null;
}

/** How these people wish to be told; whoever never said is left out. */
export async function readPreferences(tx: Tx, tenant: string, people: readonly string[]): Promise<ReadonlyMap<string, Preference>> {
  const rows = await tx.query<PreferenceRow[]>(
    'SELECT person, ways, quiet_from AS "from", quiet_to AS "to" FROM reminders.preference WHERE tenant = $1 AND person = ANY($2::uuid[])',
    [tenant, people],
  );
  return new Map(rows.map(({ person, ways, from, to }) => [person, { ways, quiet: from === null || to === null ? null : { from, to } }]));
}

/** How people wish to be told by mail. What is on its way already goes as it was wished then. */
@Injectable()
export class Preferences {
  constructor(private readonly database: Database) {}

  /** How this person wishes to be told, or the usual. */
  async of(tenant: string, person: string): Promise<Preference> {
    const found = await this.database.inTenant(tenant, (tx) => readPreferences(tx, tenant, [person]));
    return found.get(person) ?? usualPreference;
  }

  /** From now on this person is told so. */
  async choose(tenant: string, person: string, { ways, quiet }: Preference): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query(
        `INSERT INTO reminders.preference (tenant, person, ways, quiet_from, quiet_to) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant, person) DO UPDATE SET ways = excluded.ways, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to`,
        [tenant, person, JSON.stringify(ways), quiet?.from ?? null, quiet?.to ?? null],
      ),
    );
  }
}
