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

function toldHere(receiver: string | undefined, port: number): string {
  const made = receiver === undefined ? port : Number(new URL(receiver).port);
  return made === port ? 'what a provider gets' : `hears nothing here: this demo was made on port ${made}, so start it with PORT=${made}`;
}

/**
 * What `npm start` prints once all is up: where to go, as whom, where the data lies, how to stop.
 * @param receiver the address the demo tells its provider at: of another port where it was made on that.
 */
export function welcome({ config, port, keys, receiver }: { config: Config; port: number; keys: readonly DemoKey[]; receiver: string | undefined }): string {
  const local = `http://localhost:${port}`;
  const facts = [
    ['Pages', local],
    ['API', `${local}/api/v1  (document: ${local}/api/openapi.json)`],
    ...(config.mode === 'demo' ? [['Receiver', `${local}/demo/receiver  (${toldHere(receiver, port)})`]] : []),
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
