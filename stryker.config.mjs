// `npm run mutation`: changes the cores a little, one change at a time, and asks whether a spec notices. See CONTRIBUTING.md.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['libs/*/src/core/**/*.ts', '!libs/*/src/core/**/*.spec.ts', '!libs/*/src/core/given*.ts'],
  // How a sentence is worded is nobody's promise; codes are held by types and by the documents that are published.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['docs', 'docker', 'test/chaos', 'test/bench', '**/dist'],
  tempDirName: join(tmpdir(), 'concordat-mutation'),
  plugins: ['@stryker-mutator/jest-runner'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: { configFile: 'test/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  // Modules of a run stay in the memory of its process, so no process runs long; and a busy machine must not count as a change that is noticed.
  maxTestRunnerReuse: 25,
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: 'reports/mutation.json' },
  thresholds: { high: 90, low: 80, break: 80 },
};
