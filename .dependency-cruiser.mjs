// Who may import whom. `npm run check:architecture` reports; test/architecture proves that every rule here can fire.

// Top to bottom: each lib imports only those after it.
const ladder = ['assembly', 'webhooks', 'exchange', 'reminders', 'register', 'agreement', 'pathway', 'access', 'journal', 'platform'];

// Specs, and the files beside them by which they tell and draw what is given.
const spec = '\\.spec\\.ts$|/given[a-z-]*\\.ts$';
const topics = '^libs/agreement/src/core/';
const stores = '\\.(store|migration)\\.ts$';
const npm = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;

const loadedLate = ['@nestjs/swagger', 'typeorm', 'bullmq', 'ioredis', 'undici', 'prom-client', 'nodemailer', 'read-excel-file', 'write-excel-file'];

// The topmost has nothing above it to keep away from.
const ladderRules = ladder.slice(1).map((lib, above) => ({
  name: `ladder-${lib}`,
  comment: `${lib} imports only the libs below it: ${ladder.slice(above + 2).join(', ') || 'none'}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: '^libs/', pathNot: `^libs/(${ladder.slice(above + 1).join('|')})/` },
}));

const coreRules = ladder.map((lib, at) => ({
  name: `core-alone-${lib}`,
  comment: 'A core imports its own files and the /core doors of lower libs: no npm, no node:, no other door.',
  severity: 'error',
  from: { path: `^libs/${lib}/src/core/`, pathNot: spec },
  to: {
    couldNotResolve: false,
    pathNot: [`^libs/${lib}/src/core/`, ...ladder.slice(at + 1).map((lower) => `^libs/${lower}/src/core/index\\.ts$`)],
  },
}));

export default {
  forbidden: [
    {
      name: 'known-lib',
      comment: 'A lib stands on the ladder before it is written: add it to `ladder` in .dependency-cruiser.mjs, in its place.',
      severity: 'error',
      from: { path: '^libs/', pathNot: `^libs/(${ladder.join('|')})/` },
      to: {},
    },
    ...ladderRules,
    ...coreRules,
    {
      name: 'two-doors',
      comment: 'Another lib is entered through its doors, @concordat/<lib> and @concordat/<lib>/core.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/(core/)?index\\.ts$'] },
    },
    {
      name: 'two-doors-from-outside',
      comment: 'Apps and tests enter a lib through its doors, @concordat/<lib> and @concordat/<lib>/core.',
      severity: 'error',
      from: { path: '^(apps|test)/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/(core/)?index\\.ts$' },
    },
    {
      name: 'door-by-name',
      comment: 'Another workspace is imported by its name, not by a path through the tree.',
      severity: 'error',
      from: { path: '^((?:apps|libs)/[^/]+|test)/' },
      to: { path: '^(apps|libs)/', pathNot: '^$1/', dependencyTypesNot: ['aliased-workspace'] },
    },
    {
      name: 'no-cycle',
      comment: 'Files that need each other are one file, or miss a third. Type imports count.',
      severity: 'error',
      from: { pathNot: topics },
      to: { circular: true },
    },
    {
      // A topic is typed by the union of all commands, events and slices, and that union is made of the topics: their
      // types need each other, and that is what makes a forgotten case fail to compile. What runs must not.
      name: 'no-cycle-between-topics',
      comment: 'Topics of the agreement core may need each other in types (import type), never in what runs.',
      severity: 'error',
      from: { path: topics },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'sql-in-stores',
      comment: 'typeorm and pg, their types too, are imported in *.store.ts, *.migration.ts and libs/platform alone.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/platform/', stores, '\\.int\\.spec\\.ts$'] },
      to: { path: npm('typeorm', 'pg', '@nestjs/typeorm') },
    },
    {
      name: 'queues-in-platform',
      comment: 'bullmq and ioredis stay in libs/platform: others see doorbell.ring(name, id) and handle(name, fn).',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/platform/' },
      to: { path: npm('bullmq', 'ioredis', '@nestjs/bullmq') },
    },
    {
      // A cold start is mostly the loading of files (docs/adr/0010-loaded-when-needed.md).
      name: 'loaded-late',
      comment: 'Large and seldom needed: `await import(…)` it where it is used; types as `import type`. Decorators of @nestjs/swagger come from apps/api/src/documented.ts.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [spec, '^libs/platform/src/queue-(bullmq|redis)\\.ts$', '^apps/api/src/meters\\.ts$'] },
      to: { path: npm(...loadedLate), dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'apps-apart',
      comment: 'Apps know nothing of each other; apps/concordat composes them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/concordat/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'apps-by-module',
      comment: 'apps/concordat takes of another app its *.module.ts and nothing else.',
      severity: 'error',
      from: { path: '^apps/concordat/' },
      to: { path: '^apps/', pathNot: ['^apps/concordat/', '\\.module\\.ts$'] },
    },
    {
      name: 'libs-below-apps',
      comment: 'A lib does not know who uses it.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'tests-apart',
      comment: 'The product does not run on its tests.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: spec },
      to: { path: ['^test/', spec] },
    },
    {
      name: 'installed-without-tests',
      comment: 'What the product imports must be among the dependencies, or an installation lacks it.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: spec },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    // The packages stand in the root's package.json, for all workspaces.
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
