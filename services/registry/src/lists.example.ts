/** The lists of the registry, with everything that can be asked of each. */
import type { Caller, ExplainedList } from '@shixun/runtime';
import { as, city, county, province } from './real-registry.example.ts';

export const school = as('SchoolAdmin', { schoolId: 'sch_001' });
const owner = as('Teacher', { personId: 'tch_001' });
const twoRoles: Caller = {
  subject: 'usr_two',
  grants: [...county.grants, { role: 'SchoolAdmin', schoolId: 'sch_003' }],
};

const list = (
  field: string,
  asked: readonly string[],
  callers: readonly Caller[],
  more: Pick<ExplainedList, 'below'> = {},
): ExplainedList => ({ field, asked, callers, ...more });

const bureaus = [county, city, province];
export const lists: readonly ExplainedList[] = [
  ...['teacher(id: "tch_001")', 'school(id: "sch_001")', 'institution(id: "ins_001")'].map(
    (below) =>
      list(
        `${below.charAt(0).toUpperCase()}${below.slice(1, below.indexOf('('))}.auditTrail`,
        [''],
        [county, as('Auditor', { regionCode: '140000' })],
        { below: `${below} { … }` },
      ),
  ),
  list('Query.regions', ['', 'parentCode: "140105"'], [county]),
  list(
    'Query.schools',
    ['', ...filters('regionCode: "140105"', 'kind: PRIMARY', 'sector: BASIC')],
    [county, province],
  ),
  list('Query.schoolStaffOn', ['schoolId: "sch_001", date: "2026-09-01"'], [county, school]),
  list(
    'Query.institutions',
    [
      '',
      ...filters(
        'regionCode: "140105"',
        'kind: PRACTICE_BASE',
        'state: QUALIFIED',
        'level: COUNTY',
        'stage: PRIMARY',
        'subject: "chinese"',
        'modality: BLENDED',
      ),
    ],
    [county],
  ),
  list('Institution.moves', [''], [county], {
    below: 'institution(id: "ins_001") { … }',
  }),
  list(
    'Query.qualificationAppeals',
    ['', 'state: LODGED'],
    [...bureaus, as('InstitutionAdmin', { institutionId: 'ins_001' })],
  ),
  list(
    'Query.teachers',
    [
      '',
      ...filters(
        'regionCode: "140105"',
        'schoolId: "sch_001"',
        'stage: PRIMARY',
        'subject: "chinese"',
        'careerStage: YOUNG',
        'status: ACTIVE',
      ),
    ],
    [...bureaus, school, twoRoles, as('QualityMonitor', { regionCode: '140100' })],
  ),
  list('Teacher.disclosures', [''], [owner], { below: 'teacher(id: "tch_001") { … }' }),
  list('Teacher.corrections', [''], [owner], { below: 'teacher(id: "tch_001") { … }' }),
  list('Query.corrections', ['', 'state: APPLIED'], [...bureaus, school, twoRoles]),
  list(
    'Query.teachingAssignments',
    [
      'filter: { schoolYear: 2026 }',
      ...filters(
        'regionCode: "140105"',
        'schoolId: "sch_001"',
        'subject: "chinese"',
        'grade: 2',
      ).map((filter) => filter.replace('{ ', '{ schoolYear: 2026, ')),
    ],
    [...bureaus, school],
  ),
  list(
    'Query.probableDuplicates',
    ['', ...filters('regionCode: "140105"', 'state: DISMISSED')],
    bureaus,
  ),
  list('Query.developmentCentres', ['', 'regionCode: "140105"'], [county]),
  list('Query.qualityMonitors', ['', 'regionCode: "140105"'], [county]),
  list('Community.below', [''], [county], {
    below: 'community(kind: REGION, id: "140105") { … }',
  }),
  list('Community.below', [''], [county], { below: 'community(kind: AREA, id: "row_001") { … }' }),
  list('Community.workshops', [''], [county], {
    below: 'community(kind: REGION, id: "140105") { … }',
  }),
  list('Community.workshops', [''], [county], {
    below: 'community(kind: SCHOOL, id: "sch_001") { … }',
  }),
  ...[
    'REGION, id: "140100"',
    'AREA, id: "row_001"',
    'SCHOOL, id: "sch_001"',
    'WORKSHOP, id: "row_001"',
    'WORKSHOP, id: "row_000"',
    'PERSONAL_SPACE, id: "tch_001"',
  ].map((community) =>
    list('Community.members', [''], [...bureaus, school, twoRoles], {
      below: `community(kind: ${community}) { … }`,
    }),
  ),
  list(
    'Query.trainers',
    [
      '',
      ...filters(
        'kind: FRONTLINE_TEACHER',
        'subject: "chinese"',
        'inPool: true',
        'homeProvinceCode: "140000"',
      ),
    ],
    [county],
  ),
  list(
    'Query.experts',
    [
      '',
      ...filters(
        'subject: "chinese"',
        'kind: FRONTLINE_TEACHER',
        'stage: PRIMARY',
        'regionCode: "140105"',
        'outOfProvince: true',
      ),
    ],
    [county],
  ),
  list('Query.poolNominations', [''], bureaus),
  list('Query.poolAdjustments', ['year: 2026', 'year: 2026, proposal: REMOVE'], bureaus),
  list('Query.trainerYears', ['year: 2026', 'year: 2026, state: PROPOSED'], bureaus),
  list('Query.countyTeams', [''], bureaus),
  list('CountyTeam.members', [''], [county], {
    below: 'countyTeams(first: 1) { edges { node { … } } }',
  }),
  list(
    'Query.pairings',
    [
      '',
      'institutionId: "ins_001"',
      'schoolId: "sch_001"',
      'regionCode: "140105"',
      'institutionId: "ins_001", schoolId: "sch_001", regionCode: "140105"',
    ],
    [county],
  ),
  list(
    'Query.imports',
    ['', 'kind: TEACHERS', 'state: APPLIED', 'kind: TEACHERS, state: APPLIED'],
    [...bureaus, school, twoRoles],
  ),
  list('Import.faults', [''], [county], { below: 'import(id: "row_000") { … }' }),
  list('Query.policies', ['', 'regionCode: "140000"'], [county]),
  list('Query.policyDrafts', ['', ...filters('state: SUBMITTED', 'regionCode: "140105"')], bureaus),
];

/** Each alone, and all together. */
export function filters(...parts: readonly string[]): readonly string[] {
  return [...parts, parts.join(', ')].map((part) => `filter: { ${part} }`);
}
