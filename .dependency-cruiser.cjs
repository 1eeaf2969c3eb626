/**
 * The walls. Each rule's comment says what it keeps apart and why; `npm run check` runs them.
 *
 * In a capability's folder the rooms that do I/O have fixed names (`commands.ts`, `store.ts`, `resolvers.ts`,
 * `events.ts` …, also with a part after a dash: `commands-enroll.ts`). Every other file decides, and is pure;
 * the type of something impure does no harm there.
 */
const room = 'commands|store|resolvers|events|access|queries|readers|sealing|signing|client';
const decision = `^services/[^/]+/src/(?!projections)[^/]+/(?!${room})[a-z-]+\\.ts$`;
const store = '^services/[^/]+/src/[^/]+/store[a-z-]*\\.ts$';
const proof = '\\.(test|example)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'decision-is-pure',
      comment:
        'A decision takes facts and gives an outcome: no database, clock, network or id comes near it.',
      severity: 'error',
      from: { path: decision, pathNot: proof },
      to: {
        pathNot: [decision, '^packages/(kernel|contracts)/src/', 'node_modules/zod/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'store-is-its-capability-s-own',
      comment:
        "A capability may know another's words and decisions; how it keeps them is met in the rooms that do I/O only, and as a type.",
      severity: 'error',
      from: {
        path: '^services/([^/]+)/src/([^/]+)/',
        pathNot: [proof, `^services/[^/]+/src/[^/]+/(${room})`],
      },
      to: {
        path: store,
        pathNot: '^services/$1/src/$2/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cross-service',
      comment: 'A service owns its data and its code; it hears of others by events.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'packages-look-down',
      comment: 'The shared floor knows nothing of what stands on it.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|gateway|infra|test)/' },
    },
    {
      name: 'kernel-is-the-ground',
      comment: 'The kernel is pure and stands on nothing of ours.',
      severity: 'error',
      from: { path: '^packages/kernel/', pathNot: proof },
      to: { path: '^packages/(?!kernel/)|node_modules/(mongoose|kafkajs|fastify)/' },
    },
    {
      name: 'kernel-asks-nobody',
      comment: 'Files, clock, network and chance come from outside, as arguments.',
      severity: 'error',
      from: { path: '^packages/kernel/', pathNot: proof },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contracts-know-the-kernel-only',
      severity: 'error',
      comment: 'A contract is a promise, not an implementation.',
      from: { path: '^packages/contracts/', pathNot: proof },
      to: { path: '^packages/runtime/|node_modules/(mongoose|kafkajs|fastify)/' },
    },
    {
      name: 'services-know-no-edge',
      comment: 'A service runs without the gateway, and in production without anything local.',
      severity: 'error',
      from: { path: '^(services|gateway)/', pathNot: proof },
      to: { path: '^(infra|test)/' },
    },
    {
      name: 'gateway-knows-no-service',
      comment: 'The gateway knows the composed supergraph, not who serves it.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^services/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|^test/)' },
      to: { path: '\\.test\\.ts$' },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
