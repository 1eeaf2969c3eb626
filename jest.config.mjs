const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
];

/** Tests lie beside what they prove; `*.real.test.ts` need MONGODB_URI (and KAFKA_BROKERS), which `npm test` brings. */
export default {
  // The cache folder has whole programs in it.
  roots: ['packages', 'services', 'gateway', 'infra', 'test'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc },
  testMatch: ['**/*.test.ts'],
  testTimeout: 120_000,
  // Modules of a finished file are never given back: a worker of several gigabytes collects garbage more than it tests.
  workerIdleMemoryLimit: '1.5GB',
};
