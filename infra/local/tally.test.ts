import { expect, test } from '@jest/globals';
import { lastLine, tally } from './tally.ts';

const checks = [
  { name: 'types', passed: true },
  { name: 'walls', passed: false },
];
const green = { numPassedTests: 40, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

test('checks and tests are counted together', () => {
  const jest = { numPassedTests: 40, numFailedTests: 2, numRuntimeErrorTestSuites: 0 };
  expect(lastLine(tally(checks, jest))).toBe('41 passed, 3 failed');
  expect(lastLine(tally([], green))).toBe('40 passed, 0 failed');
});

test('a file that does not load counts as one failure', () => {
  expect(tally([], { ...green, numRuntimeErrorTestSuites: 1 })).toEqual({ passed: 40, failed: 1 });
});

test('a run without a result, or without a test, has failed', () => {
  expect(tally([], null)).toEqual({ passed: 0, failed: 1 });
  expect(tally([], { ...green, numPassedTests: 0 })).toEqual({ passed: 0, failed: 1 });
});
