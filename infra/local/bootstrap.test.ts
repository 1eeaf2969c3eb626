import { expect, test } from '@jest/globals';
import { explainFailure, missingPackages } from './bootstrap.mjs';

const lock = {
  packages: {
    '': { version: '0.1.0' },
    'packages/kernel': { version: '0.1.0' },
    'node_modules/@shixun/kernel': { link: true },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/other-platform': { version: '1.0.0', optional: true },
  },
};

test('nothing is missing when each package is there in its version', () => {
  const installed = {
    packages: {
      'node_modules/@shixun/kernel': { link: true },
      'node_modules/zod': { version: '4.6.7' },
    },
  };
  expect(missingPackages(lock, installed)).toEqual([]);
});

test('a package in another version is missing, an optional one never', () => {
  const installed = {
    packages: {
      'node_modules/@shixun/kernel': { link: true },
      'node_modules/zod': { version: '4.6.6' },
    },
  };
  expect(missingPackages(lock, installed)).toEqual(['node_modules/zod']);
});

test('everything is missing after an install that was broken off', () => {
  expect(missingPackages(lock, {})).toEqual(['node_modules/@shixun/kernel', 'node_modules/zod']);
});

test.each([
  ['npm error code ENOSPC', 'disk is full'],
  ['npm error code ENOTFOUND\nnpm error network request failed', 'cannot be reached'],
  ['npm error code EACCES', 'cannot be written'],
  ['npm error code ETARGET', 'lacks a package'],
  ['npm error something else', 'something else'],
])('%s is explained', (output, words) => {
  expect(explainFailure(output)).toContain(words);
});
