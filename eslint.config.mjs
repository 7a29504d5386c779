import tseslint from 'typescript-eslint';

const suffixes = 'controller|guard|filter|handler|consumer|store|table|module|migration|page|spec|int\\.spec|model\\.spec';
const bannedFolders = ['common', 'shared', 'core-utils', 'utils', 'helpers', 'generic', 'types'];
const bannedWords = ['manager', 'helper', 'helpers', 'util', 'utils', 'service', 'base', 'abstract', 'impl', 'common', 'data', 'info'];
const bannedTypeName = /(Manager|Helpers?|Utils?|Service|Base|Abstract|Impl|Common|Data|Info)$|^(Abstract|Base|Common)[A-Z]|^I[A-Z][a-z]/;

const house = {
  rules: {
    'file-name': {
      create: (context) => ({
        Program(node) {
          const path = context.filename.replaceAll('\\', '/');
          const folders = path.split('/').slice(0, -1);
          const name = path.split('/').at(-1);
          // Only below apps, libs and test: the clone itself may lie anywhere.
          const start = folders.findLastIndex((folder) => ['apps', 'libs', 'test'].includes(folder));
          const banned = folders.slice(start + 1).find((folder) => bannedFolders.includes(folder));
          const report = (message) => context.report({ node, message });
          if (banned) report(`A folder called ${banned} collects what nobody placed. Name it after what it holds.`);
          if (!new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(\\.(${suffixes}))?\\.ts$`).test(name)) {
            report(`${name} is not a kebab-case noun with one of the known suffixes (${suffixes.replaceAll('\\', '')}) or none.`);
          }
          if (bannedWords.includes(name.split('.')[0].split('-').at(-1))) {
            report(`${name} says nothing about what it holds. Name it with a word of the glossary.`);
          }
        },
      }),
    },
    'type-name': {
      create(context) {
        const check = ({ id }) => {
          if (id && bannedTypeName.test(id.name)) {
            context.report({ node: id, message: `${id.name} says nothing about what it is. Name it with a word of the glossary.` });
          }
        };
        return { ClassDeclaration: check, TSInterfaceDeclaration: check, TSTypeAliasDeclaration: check };
      },
    },
  },
};

const noDefaultExport = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name, so that a thing is called the same everywhere.' },
  { selector: "ExportSpecifier[exported.name='default']", message: 'Export by name, so that a thing is called the same everywhere.' },
];

// Whoever asks the database writes SQL, and SQL stays in the stores.
const noSqlOutsideStores = [
  {
    selector: "CallExpression[callee.property.name='query'][callee.object.name=/^(tx|manager|client|pool|dataSource|queryRunner)$/]",
    message: 'SQL stays in *.store.ts and *.migration.ts: give the store a method that says what is asked.',
  },
  {
    selector: "CallExpression[callee.property.name='statement'][callee.object.name='database'], CallExpression[callee.property.name='statement'][callee.object.property.name=/^#?database$/]",
    message: 'SQL stays in *.store.ts and *.migration.ts: give the store a method that says what is asked.',
  },
];

const onlyTheCaller = 'The core learns nothing by itself: the caller hands it in, in the context.';
const pure = [
  { selector: 'AwaitExpression', message: 'The core waits for nothing: it takes states and gives events.' },
  { selector: ':function[async=true]', message: 'The core waits for nothing: it takes states and gives events.' },
  { selector: 'ForOfStatement[await=true]', message: 'The core waits for nothing: it takes states and gives events.' },
  { selector: 'ImportExpression', message: 'The core knows what it needs when it is loaded.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: onlyTheCaller },
  { selector: "ObjectExpression > SpreadElement > Identifier[name='agreement']", message: 'agreementWith(agreement, { … }) changes it: all agreements then have one shape, and are copied and read fast.' },
];
const impureGlobals = [
  'Date', 'Intl', 'process', 'console', 'crypto', 'performance', 'fetch', 'globalThis', 'global', 'Buffer', 'Promise',
  'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'require',
].map((name) => ({ name, message: onlyTheCaller }));

const specs = ['**/*.spec.ts', 'test/**/*.ts'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/coverage/**', '**/*.mjs'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    plugins: { house },
    languageOptions: {
      // With these the rule below knows that a class Nest injects must stay a value import.
      parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true },
    },
    rules: {
      'house/file-name': 'error',
      'house/type-name': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A Nest module is a class with nothing in it; tsc reports what is unused.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
      'no-restricted-syntax': ['error', ...noDefaultExport, ...noSqlOutsideStores],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['libs/platform/src/config.ts', ...specs],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only libs/platform/src/config.ts reads the environment; take what you need from Config.' },
      ],
      'no-restricted-imports': [
        'error',
        { paths: ['process', 'node:process'].map((name) => ({ name, message: 'Use the global process; the environment is read in config.ts alone.' })) },
      ],
    },
  },
  {
    files: ['**/*.store.ts', '**/*.migration.ts', 'libs/platform/**/*.ts', ...specs],
    rules: { 'no-restricted-syntax': ['error', ...noDefaultExport] },
  },
  {
    files: ['libs/*/src/core/**/*.ts'],
    ignores: specs,
    rules: {
      'no-restricted-syntax': ['error', ...noDefaultExport, ...noSqlOutsideStores, ...pure],
      'no-restricted-globals': ['error', ...impureGlobals],
    },
  },
  {
    // A command line speaks on stdout.
    files: ['apps/concordat/src/**/*.ts', 'test/**/*.ts', '**/*.spec.ts'],
    rules: { 'no-console': 'off' },
  },
);
