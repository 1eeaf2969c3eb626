/** Rows in every list of the registry, for the test that asks how the database serves them. */
import { auditEntries, type Collection, type RowBase } from '@shixun/runtime';
import { appeals } from './appeals/store.ts';
import { teachingAssignments } from './assignments/store.ts';
import { centres } from './centres/store.ts';
import { areas, workshops } from './communities/store.ts';
import { countyTeams, teamMembers } from './county-teams/store.ts';
import { poolAdjustments, poolMemberships } from './expert-pool/store.ts';
import { duplicatePairs } from './identities/store.ts';
import { importFaults, imports } from './imports/store.ts';
import { recordInstitution } from './institutions/store.ts';
import { monitors } from './monitors/store.ts';
import { pairings } from './pairings/store.ts';
import { corrections, disclosures } from './personal-data/store.ts';
import { policyDrafts } from './policies/store.ts';
import type { RealRegistry } from './real-registry.example.ts';
import { recordSchool } from './schools/store.ts';
import { sealingWith } from './teachers/sealing.ts';
import { recordTeacher, sealPerson } from './teachers/store.ts';
import { trainerYears } from './trainer-years/store.ts';
import { recordTrainer } from './trainers/store.ts';

const townships = ['140105001', '140105200', '140105201', '140106001'];
const rows = Array.from({ length: 200 }, (_, n) => n);

/** Schools, institutions, trainers and teachers as they are registered; everything that hangs on them as bare rows. */
export async function fillLists(registry: RealRegistry): Promise<void> {
  await fillDirectory(registry);
  for (const [collection, row] of hanging) {
    const filled = rows.map((n) => ({ _id: `row_${String(n).padStart(3, '0')}`, ...row(n) }));
    await registry.db
      .model(collection as Collection<RowBase>)
      .collection.insertMany(filled as never);
  }
}

async function fillDirectory(registry: RealRegistry): Promise<void> {
  const sealing = sealingWith(registry.room.personalDataKey);
  const registeredAt = registry.now;
  await registry.unit((unit) => {
    for (const n of rows) {
      const regionCode = townships[n % 4] ?? '140105001';
      const number = String(n).padStart(3, '0');
      recordSchool(unit, {
        _id: `sch_${number}`,
        code: `2114000${number}`,
        name: `学校${n}`,
        kind: 'primary',
        sector: 'basic',
        regionCode,
        rural: false,
        centralSchoolId: n % 3 === 0 ? 'sch_000' : null,
        registeredAt,
      });
      const qualification = {
        state: 'qualified',
        levels: ['county'],
        stages: ['primary'],
        subjects: ['chinese'],
        modalities: ['blended'],
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
        termDays: 365,
        run: [],
      } as const;
      recordInstitution(
        unit,
        {
          _id: `ins_${number}`,
          name: `机构${n}`,
          kind: 'practice_base',
          regionCode,
          qualification,
          application: null,
          registeredAt,
          movesCount: 1,
        },
        [{ move: 'grant', from: 'under_review', to: 'qualified', reason: '', gradeIds: [] }],
      );
      recordTrainer(unit, {
        _id: `trn_${number}`,
        name: `培训者${n}`,
        kind: 'frontline_teacher',
        fullTime: false,
        homeProvinceCode: '140000',
        inPool: true,
        subjects: ['chinese'],
        specialty: '',
        schoolId: null,
        institutionId: null,
        registeredAt,
      });
      const person = { identityNumber: `140000199001010${number}`, phone: null };
      recordTeacher(unit, {
        _id: `tch_${number}`,
        name: `教师${n}`,
        ...sealPerson(sealing, `tch_${number}`, person),
        status: 'active',
        mergedInto: null,
        sector: 'basic',
        stage: 'primary',
        subjects: ['chinese'],
        title: 'none',
        careerStage: 'young',
        rural: false,
        minorityBilingual: false,
        dualQualified: false,
        principal: false,
        graduatingClass: false,
        schoolId: `sch_${number}`,
        regionCode,
        postings: [{ schoolId: 'sch_001', regionCode, from: '2020-09-01', to: null }],
        registeredAt,
      });
    }
  });
}

const id = (prefix: string, n: number) => `${prefix}_${String(n % 200).padStart(3, '0')}`;
const regionOf = (n: number) => townships[n % 4] ?? '140105001';
const countyOf = (n: number) => regionOf(n).slice(0, 6);
const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n));

type Hanging = readonly [collection: Collection<never>, row: (n: number) => object];
const of = <Row extends RowBase>(
  collection: Collection<Row>,
  row: (n: number) => object,
): Hanging => [collection as never, row];

/** What the lists ask by; the test reads ids alone. */
const hanging: readonly Hanging[] = [
  of(auditEntries, (n) => ({
    stream: id(['tch', 'sch', 'ins'][n % 3] ?? '', 1),
    sequence: 1_000 + n,
  })),
  of(appeals, (n) => ({
    institutionId: id('ins', n % 3),
    regionCode: regionOf(n),
    moveId: `${id('ins', n)}/000001`,
    state: n % 2 === 0 ? 'lodged' : 'upheld',
  })),
  of(teachingAssignments, (n) => ({
    teacherId: id('tch', n),
    schoolId: id('sch', n % 5),
    regionCode: regionOf(n),
    schoolYear: 2026,
    subject: n % 2 === 0 ? 'chinese' : 'mathematics',
    grade: 1 + (n % 6),
  })),
  of(centres, (n) => ({ countyCode: countyOf(n), from: `2026-${n}`, to: null })),
  of(monitors, (n) => ({ regionCode: regionOf(n), monitorName: '', from: `2026-${n}`, to: null })),
  of(areas, (n) => ({
    countyCode: countyOf(n),
    name: '',
    schoolIds: [id('sch', n), id('sch', n + 1)],
  })),
  of(workshops, (n) => ({
    name: '',
    subject: 'chinese',
    stage: 'primary',
    regionCode: countyOf(n),
    schoolId: n % 2 === 0 ? null : 'sch_001',
  })),
  of(countyTeams, (n) => ({
    _id: `1401${String(n).padStart(2, '0')}`,
    ruralTeachers: 0,
    trainers: 0,
  })),
  of(teamMembers, (n) => ({ regionCode: countyOf(n), subjects: [], since: at(n) })),
  of(poolMemberships, (n) => ({
    trainerId: id('trn', n),
    regionCode: countyOf(n),
    kind: 'frontline_teacher',
    subjects: ['chinese', 'mathematics'],
    stages: ['primary'],
    outOfProvince: n % 3 === 0,
    state: n % 2 === 0 ? 'admitted' : 'nominated',
    adjustedYear: 2026,
  })),
  of(poolAdjustments, (n) => ({
    membershipId: 'row_000',
    trainerId: id('trn', n),
    regionCode: countyOf(n),
    year: 2026,
    proposal: n % 2 === 0 ? 'keep' : 'remove',
    reasons: [],
    state: 'proposed',
  })),
  of(trainerYears, (n) => ({
    trainerId: id('trn', n),
    year: 2026,
    regionCode: regionOf(n),
    studyHoursCenti: 0,
    schoolDays: 0,
    state: n % 2 === 0 ? 'met' : 'proposed',
  })),
  of(pairings, (n) => ({
    institutionId: id('ins', n % 5),
    schoolId: id('sch', n % 7),
    regionCode: regionOf(n),
  })),
  of(duplicatePairs, (n) => ({
    teacherId: id('tch', n),
    otherId: id('tch', n + 1),
    regionCode: regionOf(n),
    likeness: [],
    state: n % 2 === 0 ? 'open' : 'dismissed',
  })),
  of(imports, (n) => ({
    kind: n % 2 === 0 ? 'teachers' : 'schools',
    state: n % 3 === 0 ? 'applied' : 'validated',
    regionCode: regionOf(n),
    schoolId: id('sch', n % 5),
    createdBy: 'usr_CountyAdmin',
    createdAt: at(n),
    removeAt: new Date('2099-01-01'),
  })),
  of(importFaults, (n) => ({ importId: 'row_000', row: n, removeAt: new Date('2099-01-01') })),
  of(corrections, (n) => ({
    teacherId: n < 100 ? 'tch_001' : id('tch', n),
    schoolId: id('sch', n % 5),
    regionCode: regionOf(n),
    state: n % 2 === 0 ? 'applied' : 'declined',
    requestedAt: at(n),
  })),
  of(disclosures, (n) => ({ teacherId: 'tch_001', fields: [], purpose: '', at: at(n) })),
  of(policyDrafts, (n) => ({
    regionCode: countyOf(n),
    state: n % 2 === 0 ? 'submitted' : 'draft',
    steps: [],
    authors: [],
  })),
];
