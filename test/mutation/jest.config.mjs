/** The specs of the cores as one: loaded once, not seventy times, a changed line costs seconds. They are pure, so without a database. */
import whole from '../../jest.config.mjs';

const { globalSetup: _, globalTeardown: __, testEnvironmentOptions, ...settings } = whole;
export default {
  ...settings,
  rootDir: '../..',
  testEnvironment: 'node',
  testEnvironmentOptions,
  testMatch: ['<rootDir>/test/mutation/cores.ts'],
  // A door leads into the copy that is changed, not past it.
  moduleNameMapper: { ...settings.moduleNameMapper, '^@concordat/([a-z]+)/core$': '<rootDir>/libs/$1/src/core/index.ts' },
};
