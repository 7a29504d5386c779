import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Say and Do of every stage of every agreement, who took part where, and what people were asked. A view of the journal, like the list of agreements. */
export class RegisterInvolvement1764000000570 implements MigrationInterface {
  readonly name = 'RegisterInvolvement1764000000570';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE register.involvement (
        tenant uuid NOT NULL,
        agreement uuid NOT NULL,
        stage text NOT NULL,
        version integer NOT NULL,
        -- its place in the pathway, from 1
        place_in_order integer NOT NULL,
        open boolean NOT NULL,
        here boolean NOT NULL,
        -- as people wrote them, and in plain words for comparing
        place text,
        theme text,
        place_key text,
        theme_key text,
        say_planned integer,
        do_planned integer,
        say integer NOT NULL,
        "do" integer NOT NULL,
        confirmed boolean NOT NULL,
        people integer NOT NULL,
        entered_at timestamptz,
        left_at timestamptz,
        PRIMARY KEY (tenant, agreement, stage)
      ) WITH (fillfactor = 85);
      CREATE TABLE register.took_part (
        tenant uuid NOT NULL,
        participant uuid NOT NULL,
        agreement uuid NOT NULL,
        last_on date NOT NULL,
        PRIMARY KEY (tenant, participant, agreement)
      ) WITH (fillfactor = 85);
      CREATE INDEX took_part_by_agreement ON register.took_part (tenant, agreement);
      CREATE TABLE register.asked (
        tenant uuid NOT NULL,
        activity uuid NOT NULL,
        agreement uuid NOT NULL,
        stage text NOT NULL,
        title text NOT NULL,
        groups text[] NOT NULL,
        people integer NOT NULL,
        last_on date NOT NULL,
        place_key text,
        theme_key text,
        PRIMARY KEY (tenant, agreement, activity)
      ) WITH (fillfactor = 85);
      CREATE INDEX asked_by_place_and_theme ON register.asked (tenant, place_key, theme_key, last_on);
      ${['involvement', 'took_part', 'asked']
        .map(
          (table) => `
      ALTER TABLE register.${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.${table}
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.${table} TO concordat_app;`,
        )
        .join('\n')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE register.involvement, register.took_part, register.asked');
  }
}
