import { Database, Problem } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { AgreementFilter } from './agreement-list.store.js';

/** A look at the agreements that somebody keeps: how it is shown and what it is narrowed to. */
export interface SavedFilter {
  readonly id: string;
  readonly name: string;
  readonly view: 'table' | 'board' | 'roadmap';
  readonly filter: AgreementFilter;
  /** Whoever sees all agreements of the organisation finds it; for nobody else is it there. */
  readonly shared: boolean;
  /** Whether whoever asks made it: they alone may remove it. */
  readonly own: boolean;
}

/** So many of one's own. */
const mostKept = 50;

/** The filters that people keep. */
@Injectable()
export class SavedFilters {
  constructor(private readonly database: Database) {}

  /** One's own, and for whoever `seesAll` agreements those that are shared, by name. */
  async list(tenant: string, person: string, seesAll: boolean): Promise<readonly SavedFilter[]> {
    const rows = await this.database.inTenant(tenant, (tx) =>
      tx.query<(Omit<SavedFilter, 'filter'> & { stage: string | null; lifecycle: string | null; text: string | null })[]>(
        `SELECT id, name, view, stage, lifecycle, text, shared, person = $2 AS own FROM register.saved_filter
         WHERE tenant = $1 AND (person = $2 OR (shared AND $3)) ORDER BY lower(name), id LIMIT 500`,
        [tenant, person, seesAll],
      ),
    );
    return rows.map(({ stage, lifecycle, text, ...row }) => ({
      ...row,
      filter: { ...(stage !== null && { stage }), ...(lifecycle !== null && { lifecycle }), ...(text !== null && { text }) },
    }));
  }

  /**
   * Keeps it; the same request sent again changes nothing, and another under its id is `key-reused`.
   * @throws Problem 422 `filter.too-many` past 50 of one's own.
   */
  async keep(tenant: string, person: string, { id, name, view, filter: { stage, lifecycle, text }, shared }: Omit<SavedFilter, 'own'>): Promise<'kept' | 'key-reused'> {
    return this.database.inTenant(tenant, async (tx) => {
      const own = await tx.query<{ id: string }[]>('SELECT id FROM register.saved_filter WHERE tenant = $1 AND person = $2', [tenant, person]);
      if (own.length >= mostKept && !own.some((one) => one.id === id)) {
        throw new Problem({ status: 422, code: 'filter.too-many', title: 'You keep as many filters as can be kept', detail: `At most ${mostKept}. Remove one you no longer use.` });
      }
      const row = [tenant, id, person, name, view, stage ?? null, lifecycle ?? null, text ?? null, shared];
      await tx.query(
        `INSERT INTO register.saved_filter (tenant, id, person, name, view, stage, lifecycle, text, shared)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        row,
      );
      const same = await tx.query<object[]>(
        `SELECT FROM register.saved_filter WHERE (tenant, id, person, name, view, shared) = ($1, $2, $3, $4, $5, $9)
           AND (stage, lifecycle, text) IS NOT DISTINCT FROM ($6::text, $7::text, $8::text)`,
        row,
      );
      return same.length > 0 ? 'kept' : 'key-reused';
    });
  }

  /** False where there is none of this person's by this id. */
  async remove(tenant: string, person: string, id: string): Promise<boolean> {
    const [rows] = await this.database.inTenant(tenant, (tx) =>
      tx.query<[object[], number]>('DELETE FROM register.saved_filter WHERE tenant = $1 AND person = $2 AND id = $3 RETURNING id', [tenant, person, id]),
    );
    return rows.length > 0;
  }
}

/** What whoever does not see all agreements is told who would share a look at them. */
export function notShared(): Problem {
  return new Problem({ status: 403, code: 'filter.not-shared', title: 'This look is kept for yourself alone', detail: 'Whoever sees all agreements of the organisation may share one. Keep it without sharing it.' });
}
