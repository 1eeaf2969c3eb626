import type { Checked } from './check.ts';

/** The part of jest's own result that counts. */
export type JestResult = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Files that did not even load. */
  readonly numRuntimeErrorTestSuites: number;
};

export type Counts = { readonly passed: number; readonly failed: number };

/** Counts checks and tests together. A run without a result, and one that tested nothing, has failed. */
export function tally(checks: readonly Checked[], jest: JestResult | null): Counts {
  const failedChecks = checks.filter(({ passed }) => !passed).length;
  const passedChecks = checks.length - failedChecks;
  if (jest === null) return { passed: passedChecks, failed: failedChecks + 1 };
  const failedTests = jest.numFailedTests + jest.numRuntimeErrorTestSuites;
  const nothing = jest.numPassedTests + failedTests === 0 ? 1 : 0;
  return {
    passed: passedChecks + jest.numPassedTests,
    failed: failedChecks + failedTests + nothing,
  };
}

/** The line that a run ends with. */
export function lastLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}
