// `npm run mutation`: changes the cores a little, one change at a time, and asks whether a spec notices. See CONTRIBUTING.md.
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['libs/*/src/core/**/*.ts', '!libs/*/src/core/**/*.spec.ts', '!libs/*/src/core/given*.ts'],
  // How a sentence is worded is nobody's promise; codes are held by types and by the documents that are published.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['docs', 'docker', 'test/chaos', 'test/bench', '**/dist'],
  tempDirName: join(tmpdir(), `concordat-mutation-${userInfo().uid}`),
  plugins: ['./test/mutation/runner.mjs'],
  testRunner: 'cores',
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // A change that loops mostly counts its own rounds; for the others it is long enough that a busy machine is not taken for one that notices.
  timeoutMS: 20_000,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  thresholds: { high: 90, low: 80, break: 80 },
};
