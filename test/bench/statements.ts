import { newCommissioner, openAgreements } from './commissioner.js';
import { type Counted, CountingProxy } from './counting-proxy.js';
import { said, tableOf } from './figures.js';
import type { Ground } from './ground.js';
import type { Load } from './load.js';
import { assertRemembered } from './remembered.js';
import { WebProcess } from './web-process.js';

/** The bar of B13: statements a command may cost. */
export const mostStatements = 3;

/**
 * B13: statements, round trips and WAL per W1, counted on the wire between the web process and PostgreSQL. The way of the command
 * and the doorbell's queue are counted apart: a ring follows the answer, is not waited for, and many commands share one.
 */
export async function statements(ground: Ground, load: Load, measureMs: number): Promise<string> {
  const { databaseUrl } = ground.environment;
  const [way, queue] = await Promise.all([CountingProxy.before(databaseUrl), CountingProxy.before(databaseUrl)]);
  const web = await WebProcess.start({ ...ground.environment, databaseUrl: way.url, queueDatabaseUrl: queue.url });
  const rows = [['clients', 'commands', 'statements', 'round trips', 'WAL bytes', 'queue statements', 'events', '']];
  try {
    for (const clients of [1, 32]) {
      const commissioner = await newCommissioner(ground.app);
      const standings = await openAgreements(web.port, commissioner, clients);
      await new Promise((wake) => setTimeout(wake, 100)); // the last rings of the setting up
      const after = await ground.position(commissioner.tenant);
      way.take();
      queue.take();
      const wal = await ground.walBytes();
      const { acknowledged } = await load.run({ port: web.port, key: commissioner.key, standings, warmUpMs: 0, measureMs });
      const walBytes = (await ground.walBytes()) - wal;
      const [counted, rung] = [way.take(), queue.take()] as [Counted, Counted];
      await assertRemembered(ground.reader, ground.database, { tenant: commissioner.tenant, after, acknowledged });
      const commands = acknowledged.length;
      const each = (count: number, digits = 2) => (count / commands).toFixed(digits);
      const events = acknowledged.reduce((sum, one) => sum + one.events.length, 0);
      rows.push([`${clients}`, `${commands}`, each(counted.statements), each(counted.roundTrips), each(walBytes, 0), each(rung.statements), each(events), `bar ≤ ${mostStatements}: ${said(counted.statements / commands <= mostStatements)}`]);
    }
  } finally {
    await web.stop();
    await Promise.all([way.close(), queue.close()]);
  }
  return `B13  per W1, counted on the wire; WAL of everything, the queue and full pages included\n${tableOf(rows)}`;
}
