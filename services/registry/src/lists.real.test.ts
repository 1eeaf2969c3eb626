/** Every list that a user can ask for, explained by the database as it really ran: no scan, no sorting in memory. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { recordInstitution } from './institutions/store.ts';
import { noticeHandlers } from './notices/events.ts';
import { as, city, county, province, RealRegistry } from './real-registry.example.ts';
import { recordSchool } from './schools/store.ts';
import { sealingWith } from './teachers/sealing.ts';
import { recordTeacher, sealPerson } from './teachers/store.ts';
import { recordTrainer } from './trainers/store.ts';

let registry: RealRegistry;
const townships = ['140105001', '140105200', '140105201', '140106001'];
const rows = Array.from({ length: 200 }, (_, n) => n);

beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
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
        postings: [],
        registeredAt,
      });
    }
  });
  await registry.db.connection.db?.setProfilingLevel('all');
});
afterAll(async () => {
  await registry.db.connection.db?.setProfilingLevel('off');
  await registry.close();
});

const school = as('SchoolAdmin', { schoolId: 'sch_001' });
const twoRoles: Caller = {
  subject: 'usr_two',
  grants: [...county.grants, { role: 'SchoolAdmin', schoolId: 'sch_003' }],
};
const lists: readonly (readonly [query: string, filters: readonly string[], callers: Caller[]])[] =
  [
    ['regions', ['', 'parentCode: "140105"'], [county]],
    [
      'schools',
      ['', ...filters('regionCode: "140105"', 'kind: PRIMARY', 'sector: BASIC')],
      [county, province],
    ],
    [
      'institutions',
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
    ],
    [
      'teachers',
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
      [county, city, province, school, twoRoles, as('QualityMonitor', { regionCode: '140100' })],
    ],
    [
      'trainers',
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
    ],
    ['policies', ['', 'regionCode: "140000"'], [county]],
    [
      'policyDrafts',
      ['', ...filters('state: SUBMITTED', 'regionCode: "140105"')],
      [county, city, province],
    ],
  ];

/** Each alone, and all together. */
function filters(...parts: readonly string[]): readonly string[] {
  return [...parts, parts.join(', ')].map((part) => `filter: { ${part} }`);
}

test.each(
  lists.flatMap(([query, args, callers]) => args.map((arg) => [query, arg, callers] as const)),
)(
  'GOV-06: %s(%s) reads by an index alone, on the first page and the next',
  async (query, arg, callers) => {
    const id = query === 'regions' ? 'code' : 'id';
    for (const caller of callers) {
      const page = async (after: string) => {
        const args = [arg, 'first: 2', after].filter((part) => part !== '').join(', ');
        const source = `{ list: ${query}(${args}) { edges { node { ${id} } } pageInfo { hasNextPage endCursor } } }`;
        const { data, errors } = await registry.ask(caller, source);
        expect(errors).toBeUndefined();
        return data.list;
      };
      const first = await page('');
      if (first.pageInfo.hasNextPage) {
        const second = await page(`after: "${first.pageInfo.endCursor}"`);
        expect(second.edges[0].node[id]).not.toBe(first.edges[1].node[id]);
      }
    }
    expect(await badPlans()).toEqual([]);
  },
);

test('GOV-06: what hangs below a record is read by an index too', async () => {
  const source = `{
    institution(id: "ins_001") { moves { edges { node { move } } } }
    school(id: "sch_000") { teachingPoints { id } centralSchool { id } region { children { code } } }
    policy(regionCode: "140105", date: "2026-09-01") { versionId }
    entities: teachers(first: 50) { edges { node { id school { id region { name } } } } }
  }`;
  const { data, errors } = await registry.ask(county, source);
  expect(errors).toBeUndefined();
  expect(data.school.teachingPoints).toHaveLength(67);
  expect(await badPlans()).toEqual([]);
});

test('GOV-04, GOV-06: an inbox is read by an index, whatever is asked of it', async () => {
  const handler = noticeHandlers.find(({ contract }) => contract === courses.noticeRequested);
  const { example } = courses.noticeRequested;
  const events = rows.map((n) => ({
    envelope: { id: `evt_${n}`, sequence: String(n) },
    data: {
      ...example,
      noticeId: `ntc_${n}`,
      rule: n % 2 === 0 ? 'CRS-42' : 'CRS-54',
      recipientKind: 'school',
      recipientId: `sch_00${n % 5}`,
    },
  }));
  await registry.unit((unit) => handler?.handle(events as never, unit, registry.room));
  const asked = filters('unread: true', 'rule: "CRS-54"', 'since: "2020-01-01T00:00:00Z"');
  for (const filter of ['', ...asked, 'filter: { unread: false }']) {
    const page = async (after: string) => {
      const args = [filter, 'first: 2', after].filter((part) => part !== '').join(', ');
      const source = `{ inbox(recipient: { kind: SCHOOL, id: "sch_001" }) {
        notices(${args}) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }`;
      const { data, errors } = await registry.ask(school, source);
      expect(errors).toBeUndefined();
      return data.inbox.notices;
    };
    const { pageInfo } = await page('');
    if (pageInfo.hasNextPage) await page(`after: "${pageInfo.endCursor}"`);
    expect([filter, await badPlans()]).toEqual([filter, []]);
  }
});

test('a collection scan would be seen', async () => {
  await registry.db.connection.collection('teachers').find({ name: '教师7' }).toArray();
  expect(await badPlans()).toEqual([expect.stringContaining('COLLSCAN')]);
});

/** What the profiler saw since the last look that scanned a collection or sorted in memory. */
let seen = new Date(0);
async function badPlans(): Promise<string[]> {
  const profile = registry.db.connection.collection('system.profile');
  const entries = await profile
    .find({
      ts: { $gt: seen },
      ns: { $not: /system\.profile$/ },
      'command.find': { $exists: true },
    })
    .sort({ ts: 1 })
    .toArray();
  seen = (entries.at(-1)?.ts as Date | undefined) ?? seen;
  return entries
    .filter(({ planSummary, hasSortStage }) => /COLLSCAN/.test(String(planSummary)) || hasSortStage)
    .map(({ planSummary, command }) => `${planSummary}: ${JSON.stringify(command.filter)}`);
}
