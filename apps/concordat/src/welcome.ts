import type { Config } from '@concordat/platform';
import type { DemoKey } from './demo-keys-file.js';

function box(lines: readonly string[]): string[] {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '─'.repeat(width + 2);
  return [`┌${edge}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd());
}

/** What `npm start` prints once all is up: where to go, as whom, where the data lies, how to stop. */
export function welcome({ config, port, keys }: { config: Config; port: number; keys: readonly DemoKey[] }): string {
  const local = `http://localhost:${port}`;
  const facts = [
    ['Pages', local],
    ['API', `${local}/api/v1  (document: ${local}/api/openapi.json)`],
    ...(config.mode === 'demo' ? [['Receiver', `${local}/demo/receiver  (what a provider gets)`]] : []),
    ['Data', config.databaseUrl === undefined ? config.dataDir : 'in the PostgreSQL of DATABASE_URL'],
    ['Queues', config.redisUrl === undefined ? 'PostgreSQL' : 'Redis'],
    ['Stop', 'Ctrl-C; the data stays'],
    ...(config.databaseUrl === undefined && config.mode === 'demo' ? [['Reset', 'stop, then npm run demo:reset']] : []),
  ];
  const lines = ['Concordat is up.', '', ...table(facts)];
  if (config.mode !== 'demo') return `${lines.join('\n')}\n`;
  const people = keys.map(({ organisation, role, person, key }) => [organisation, role, person, key]);
  const demo = people.length > 0 ? ['', 'Demo people and their API keys', ...table([['ORGANISATION', 'ROLE', 'PERSON', 'KEY'], ...people])] : [];
  return `${box(['Demo mode, not for real data.', '', ...lines, ...demo]).join('\n')}\n`;
}
