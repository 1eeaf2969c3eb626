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
  const all = { mode: 'all_or_nothing', withTransfers: null } as const;
  const some = { mode: 'valid_rows_only', withTransfers: null } as const;
  expect(codesOf(applyImport(all, validated(0)))).toEqual([]);
  expect(codesOf(applyImport(all, validated(1)))).toEqual(['IMPORT_HAS_FAULTS']);
  expect(codesOf(applyImport(some, validated(9)))).toEqual([]);
  expect(codesOf(applyImport(some, validated(10)))).toEqual(['IMPORT_NOTHING_VALID']);
});

test('REG-06: nothing is applied before its dry run, and nothing twice', () => {
  for (const state of ['awaiting_file', 'validating', 'applying', 'applied', 'undone'] as const) {
    const facts = { ...validated(0), state };
    const command = { mode: 'all_or_nothing', withTransfers: null } as const;
    expect(codesOf(applyImport(command, facts))).toEqual(['IMPORT_WRONG_STATE']);
  }
});

test.each([
  ['all_or_nothing', null, ['IMPORT_TRANSFERS_UNCONFIRMED']],
  ['all_or_nothing', false, ['IMPORT_TRANSFERS_UNCONFIRMED']],
  ['all_or_nothing', true, []],
  ['valid_rows_only', null, ['IMPORT_TRANSFERS_UNCONFIRMED']],
  ['valid_rows_only', false, []],
  ['valid_rows_only', true, []],
] as const)(
  'REG-05: one offered transfer, %s, withTransfers %s: %j',
  (mode, withTransfers, refusals) => {
    const { state, validated: counts } = validated(0);
    const apply = (transferred: number) =>
      codesOf(
        applyImport({ mode, withTransfers }, { state, validated: { ...counts, transferred } }),
      );
    expect(apply(1)).toEqual(refusals);
    expect(apply(0)).toEqual([]);
  },
);

test('REG-05: a file of transfers alone, left out, has nothing to import', () => {
  const command = { mode: 'valid_rows_only', withTransfers: false } as const;
  const of = (transferred: number) => {
    const { state, validated: counts } = validated(0, 2);
    return codesOf(applyImport(command, { state, validated: { ...counts, transferred } }));
  };
  expect(of(1)).toEqual([]);
  expect(of(2)).toEqual(['IMPORT_NOTHING_VALID']);
});
