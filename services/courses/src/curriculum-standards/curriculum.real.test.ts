import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOfDay } from '@shixun/kernel';
import { type Caller, runUnit } from '@shixun/runtime';
import { county, institution, openCourses } from '../plan-changes/plan-changes.example.ts';
import { examplePlan } from '../plans/plan.example.ts';
import { planInput } from '../projects/real-steps.example.ts';
import type { RealCourses } from '../real-courses.example.ts';
import { recordSampleStandards } from './commands-sample.ts';
import { curriculumStandards } from './store.ts';

const province: Caller = {
  subject: 'p',
  grants: [{ role: 'ProvinceAdmin', regionCode: '140000' }],
};
const document = readFileSync(join(import.meta.dirname, 'sample-standards.json'), 'utf8');
const topics = ['literacy', 'reading', 'writing', 'inquiry', 'assessment'];

let courses: RealCourses;
beforeAll(async () => {
  courses = await openCourses(process.env.MONGODB_URI);
});
afterAll(() => courses.close());

/** Hands in the plan of a fresh project, whose first module serves these topics of junior Chinese. */
async function handIn(...served: string[]) {
  const { _id: projectId } = await courses.addProject({ state: 'commissioned' });
  const content = planInput(examplePlan);
  const plan = {
    ...content,
    modules: content.modules.map((module, at) => ({
      ...module,
      topics:
        at === 0
          ? served.map((topicCode) => ({ standardCode: 'sample-junior-chinese', topicCode }))
          : [],
    })),
  };
  const { refusals } = await courses.give(institution, 'submitPlan', { projectId, plan }, '');
  return { projectId, refusals };
}
async function coverageOf(projectId: string) {
  const { project } = await courses.ask<{
    project: {
      plan: {
        coverage: {
          standard: { code: string; version: number };
          topicsCount: number;
          covered: { topic: { code: string }; modules: string[] }[];
          missing: { code: string }[];
        }[];
      };
    };
  }>(
    county,
    `query($id: ID!) { project(id: $id) { plan { coverage { standard { code version } topicsCount
      covered { topic { code } modules } missing { code } } } } }`,
    { id: projectId },
  );
  return project.plan.coverage.map(({ standard, topicsCount, covered, missing }) => ({
    standard: `${standard.code}@${standard.version}`,
    topicsCount,
    covered: covered.map(({ topic, modules }) => [topic.code, ...modules]),
    missing: missing.map(({ code }) => code),
  }));
}

test('CRS-20: the library is brought as a document, whole or not at all, by the province alone', async () => {
  const bring = (text: string) =>
    courses.give<{ standards: { code: string; version: number }[] | null }>(
      province,
      'importCurriculumStandards',
      { document: text },
      'standards { code version }',
    );
  const broken = await bring(document.replace('"stage": "primary"', '"stage": "nursery"'));
  expect(broken.refusals.map(({ code, rule }) => [code, rule])).toEqual([
    ['CURRICULUM_DOCUMENT_UNREADABLE', 'CRS-20'],
  ]);
  expect(await courses.db.model(curriculumStandards).countDocuments()).toBe(0);
  const whole = await bring(document);
  expect(whole.standards).toContainEqual({ code: 'sample-junior-chinese', version: 1 });
  const other = await courses.give(county, 'importCurriculumStandards', { document }, '');
  expect(other.refusals.map(({ code }) => code)).toEqual(['FORBIDDEN']);
});

test('CRS-20: the plan shows what is covered by which module and what is missing for its audience', async () => {
  const some = await handIn('reading', 'writing');
  expect(some.refusals).toEqual([]);
  expect(await coverageOf(some.projectId)).toEqual([
    {
      standard: 'sample-junior-chinese@1',
      topicsCount: 5,
      covered: [
        ['reading', 'ethics'],
        ['writing', 'ethics'],
      ],
      missing: ['literacy', 'inquiry', 'assessment'],
    },
  ]);
  const none = await handIn();
  expect((await coverageOf(none.projectId))[0]?.missing).toEqual(topics);
  const all = await handIn(...topics);
  expect((await coverageOf(all.projectId))[0]?.missing).toEqual([]);
});

test('CRS-20: a topic that no standard has is refused where it stands, with module and topic', async () => {
  const { refusals } = await handIn('reading', 'nothing');
  expect(refusals).toEqual([
    {
      ...{ code: 'CURRICULUM_TOPIC_UNKNOWN', rule: 'CRS-20' },
      ...{ required: '2026-03-01', actual: 'sample-junior-chinese/nothing' },
    },
  ]);
});

test('CRS-20: the next version holds from its first day on; a plan handed in before keeps its own', async () => {
  const standard = {
    ...{ code: 'sample-junior-chinese', titleZh: '初中语文', titleEn: 'Junior Chinese' },
    ...{ stage: 'JUNIOR', subject: 'chinese', effectiveFrom: '2026-05-01' },
    topics: [{ code: 'media', titleZh: '跨媒介阅读', titleEn: 'Reading across media' }],
  };
  const published = await courses.give<{ standard: { version: number } }>(
    province,
    'publishCurriculumStandard',
    { standard },
    'standard { version }',
  );
  expect(published.standard).toEqual({ version: 2 });
  courses.now = new Date(startOfDay('2026-05-01').getTime() - 1);
  const before = await handIn('reading');
  expect(before.refusals).toEqual([]);
  courses.now = startOfDay('2026-05-01');
  expect((await handIn('reading')).refusals.map(({ code }) => code)).toEqual([
    'CURRICULUM_TOPIC_NOT_IN_FORCE',
  ]);
  const after = await handIn('media');
  expect((await coverageOf(after.projectId))[0]).toMatchObject({
    standard: 'sample-junior-chinese@2',
    missing: [],
  });
  expect((await coverageOf(before.projectId))[0]?.standard).toBe('sample-junior-chinese@1');
});

test('CRS-20: the sample of the demo province is put into the library once', async () => {
  const add = () => runUnit(courses.db, recordSampleStandards, { service: 'courses' });
  expect(await add()).toBe(0);
  await courses.db.model(curriculumStandards).deleteMany({});
  expect(await add()).toBe(3);
  expect(await add()).toBe(0);
});
