import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RegisterInvolvement1764000000570 } from './involvement-view.migration.js';
import { RegisterWaivers1764000000580 } from './waiver-count.migration.js';
import { RegisterWork1764000000520 } from './work.migration.js';
import { RegisterWorkDays1764300000520 } from './work-days.migration.js';
import { RegisterSavedFilters1764000000560 } from './saved-filter.migration.js';
import { RegisterTree1764000000760 } from './tree.migration.js';
import { RegisterBoard1764000000770 } from './board.migration.js';
import { RegisterLeft1764300000780 } from './agreement-left.migration.js';
import { RegisterWaiverTeams1764300000790 } from './waiver-team.migration.js';
import { RegisterWorkPeople1764300000800 } from './work-person.migration.js';
import { RegisterReadAnew1764300000810 } from './read-anew.migration.js';
import { RegisterWhoAnswers1764300000820 } from './who-answers.migration.js';
import { RegisterTurnaround1764400000830 } from './turnaround.migration.js';
import { RegisterContracts1764000000510 } from './contract.migration.js';

/** One row an agreement, for lists and boards. A view of the journal: it may lag, can be rebuilt, and never refuses anything. */
export class RegisterAgreements1763900000500 implements MigrationInterface {
  readonly name = 'RegisterAgreements1763900000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS register;
      GRANT USAGE ON SCHEMA register TO concordat_app;
      CREATE TABLE register.agreement (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        version integer NOT NULL,
        title text NOT NULL,
        reference text,
        kind text NOT NULL,
        tier text NOT NULL,
        pathway text NOT NULL,
        route text NOT NULL,
        stage text NOT NULL,
        lifecycle text NOT NULL,
        -- providers that are a party, so that their people find it and nothing else
        parties uuid[] NOT NULL,
        opened_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, id)
      ) WITH (fillfactor = 85);
      CREATE INDEX agreement_by_opening ON register.agreement (tenant, opened_at DESC, id DESC);
      CREATE INDEX agreement_by_party ON register.agreement USING gin (parties);
      ALTER TABLE register.agreement ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.agreement FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.agreement
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.agreement TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA register CASCADE');
  }
}

export const migrations = [RegisterAgreements1763900000500, RegisterContracts1764000000510, RegisterWork1764000000520, RegisterSavedFilters1764000000560, RegisterInvolvement1764000000570, RegisterWaivers1764000000580, RegisterTree1764000000760, RegisterBoard1764000000770, RegisterWorkDays1764300000520, RegisterLeft1764300000780, RegisterWaiverTeams1764300000790, RegisterWorkPeople1764300000800, RegisterReadAnew1764300000810, RegisterWhoAnswers1764300000820, RegisterTurnaround1764400000830];
