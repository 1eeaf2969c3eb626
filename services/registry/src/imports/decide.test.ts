import { expect, test } from '@jest/globals';
import { applyImport, createImport } from './decide.ts';
import { noCounts } from './store.ts';

const asked = {
  kind: 'teachers',
  fileName: 'a.xlsx',
  regionCode: '140105',
  schoolId: null,
} as const;
const codesOf = (decision: ReturnType<typeof createImport> | ReturnType<typeof applyImport>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

test('REG-06: an import is for a region or a school, one of the two', () => {
  expect(codesOf(createImport(asked))).toEqual([]);
  expect(codesOf(createImport({ ...asked, regionCode: null, schoolId: 'sch_1' }))).toEqual([]);
  expect(codesOf(createImport({ ...asked, schoolId: 'sch_1' }))).toEqual(['IMPORT_SCOPE_MISSING']);
  expect(codesOf(createImport({ ...asked, regionCode: null }))).toEqual(['IMPORT_SCOPE_MISSING']);
});

test('REG-06: a school imports its teachers and nothing else', () => {
  const own = { ...asked, regionCode: null, schoolId: 'sch_1' };
  for (const kind of ['regions', 'schools', 'trainers'] as const) {
    expect(codesOf(createImport({ ...own, kind }))).toEqual(['IMPORT_KIND_FORBIDDEN']);
    expect(codesOf(createImport({ ...asked, kind }))).toEqual([]);
  }
});

const validated = (faulty: number, read = 10) => ({
  state: 'validated' as const,
  validated: { ...noCounts, read, faulty },
});

test('REG-06: all-or-nothing takes no faulty row, valid-rows-only takes them as long as one is valid', () => {
  const all = { mode: 'all_or_nothing' } as const;
  const some = { mode: 'valid_rows_only' } as const;
  expect(codesOf(applyImport(all, validated(0)))).toEqual([]);
  expect(codesOf(applyImport(all, validated(1)))).toEqual(['IMPORT_HAS_FAULTS']);
  expect(codesOf(applyImport(some, validated(9)))).toEqual([]);
  expect(codesOf(applyImport(some, validated(10)))).toEqual(['IMPORT_NOTHING_VALID']);
});

test('REG-06: nothing is applied before its dry run, and nothing twice', () => {
  for (const state of ['awaiting_file', 'validating', 'applying', 'applied', 'undone'] as const) {
    const facts = { ...validated(0), state };
    expect(codesOf(applyImport({ mode: 'all_or_nothing' }, facts))).toEqual(['IMPORT_WRONG_STATE']);
  }
});
