import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was kept of imports before told which entry of a public platform has whose pseudonym, and which was of somebody who was erased: it goes, as it is kept no more. */
export class ParticipationSources1764500000550 implements MigrationInterface {
  readonly name = 'ParticipationSources1764500000550';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As the owner, who otherwise sees no tenant's rows.
      ALTER TABLE exchange.participation_import NO FORCE ROW LEVEL SECURITY;
      UPDATE exchange.participation_import SET report = report
        || jsonb_build_object('items', (
          SELECT coalesce(jsonb_agg(CASE WHEN item->>'is' = 'left-out' THEN item ELSE item || '{"source": null}' END ORDER BY at), '[]')
          FROM jsonb_array_elements(report->'items') WITH ORDINALITY AS every (item, at)
          WHERE item->>'why' IS DISTINCT FROM 'Whoever made it was erased at their wish.'
        ))
        || CASE WHEN report ? 'lines' THEN jsonb_build_object('lines', (
          SELECT coalesce(jsonb_agg(line - 'source' ORDER BY at), '[]') FROM jsonb_array_elements(report->'lines') WITH ORDINALITY AS every (line, at)
        )) ELSE '{}' END;
      ALTER TABLE exchange.participation_import FORCE ROW LEVEL SECURITY;
    `);
  }

  async down(): Promise<void> {
    // What was taken away is known nowhere.
  }
}
