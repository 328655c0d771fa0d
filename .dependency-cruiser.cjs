/** The import directions of docs/architecture.md, as rules that fail the check. */
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  // A test beside a rule may use what tests share.
  from: { path: `^${from}`, pathNot: '\\.test\\.tsx?$' },
  to: {
    path: '^(backend|contract|frontend)/',
    pathNot: [`^${from}`, '^contract/src', ...allowed.map((place) => `^${place}`)],
  },
})
const notPackages = (name, from, packages, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: `^${from}` },
  to: { path: packages },
})
const src = 'backend/src'

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('contract-stands-alone', 'contract/src', [], 'The contract knows neither side.'),
    only('console-sees-only-the-contract', 'frontend/src', [], 'The console talks HTTP to the backend.'),
    only('domain-is-rules', `${src}/domain`, [`${src}/failures.ts`], 'Rules know values, not machinery.'),
    only(
      'upstream-below-runtime',
      `${src}/upstream`,
      [`${src}/domain`, `${src}/failures.ts`],
      'One talk with one channel.',
    ),
    only(
      'store-below-runtime',
      `${src}/store`,
      [`${src}/domain`, `${src}/failures.ts`],
      'SQL and nothing else.',
    ),
    only(
      'runtime-below-planes',
      `${src}/runtime`,
      [`${src}/domain`, `${src}/upstream`, `${src}/store`, `${src}/failures.ts`],
      'State serves both planes.',
    ),
    only(
      'proxy-is-one-plane',
      `${src}/proxy`,
      [`${src}/domain`, `${src}/upstream`, `${src}/runtime`, `${src}/failures.ts`],
      'No web framework, no SQL, no admin.',
    ),
    only(
      'admin-is-the-other',
      `${src}/admin`,
      [`${src}/domain`, `${src}/upstream`, `${src}/runtime`, `${src}/store`, `${src}/failures.ts`],
      'The planes never meet.',
    ),
    only(
      'jobs-beside-http',
      `${src}/jobs`,
      [`${src}/domain`, `${src}/upstream`, `${src}/runtime`, `${src}/store`, `${src}/failures.ts`],
      'Jobs are nobody’s servant.',
    ),
    only(
      'http-is-the-edge',
      `${src}/http`,
      [
        `${src}/proxy`,
        `${src}/admin`,
        `${src}/domain`,
        `${src}/runtime`,
        `${src}/store`,
        `${src}/failures.ts`,
      ],
      'The edge binds the planes to sockets.',
    ),
    notPackages(
      'domain-is-pure',
      `${src}/domain`,
      ['^node:', 'node_modules/(undici|kysely|pg|fastify)/'],
      'No I/O, no clock, no chance.',
    ),
    notPackages(
      'proxy-is-framework-free',
      `${src}/proxy`,
      ['node_modules/(fastify|kysely|pg)/', '^(node:)?sqlite$'],
      'The hot path depends on nothing heavy.',
    ),
    {
      name: 'sql-lives-in-store',
      severity: 'error',
      from: { path: `^${src}`, pathNot: `^${src}/store` },
      to: { path: ['node_modules/(kysely|pg)/', '^(node:)?sqlite$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'undici-lives-in-upstream',
      severity: 'error',
      from: { path: `^${src}`, pathNot: `^${src}/upstream` },
      to: { path: 'node_modules/undici/' },
    },
    {
      name: 'features-never-import-features',
      severity: 'error',
      from: { path: '^frontend/src/features/([^/]+)/' },
      to: { path: '^frontend/src/features/', pathNot: '^frontend/src/features/$1/' },
    },
    {
      name: 'nobody-imports-the-composition-root',
      severity: 'error',
      from: { path: `^${src}`, pathNot: `^${src}/main.ts$` },
      to: { path: `^${src}/(app|main).ts$` },
    },
    {
      name: 'tests-stay-outside',
      severity: 'error',
      from: { path: '^(backend|frontend|contract)/src', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^backend/test', '\\.test\\.tsx?$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
