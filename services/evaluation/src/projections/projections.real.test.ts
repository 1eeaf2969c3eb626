import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { RealEvaluation } from '../real-evaluation.example.ts';
import { projects } from './projects.ts';
import { trainees } from './trainees.ts';

let evaluation: RealEvaluation;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
});
afterAll(() => evaluation.close());

const project = (title: string) => ({
  ...courses.projectRecorded.example,
  projectId: 'prj_p',
  title,
});
const parties = {
  enrollmentId: 'enr_p',
  classId: 'cls_p',
  projectId: 'prj_p',
  teacherId: 'tch_p',
};
const confirmed = { ...courses.enrollmentConfirmed.example, ...parties };
const promoted = { ...courses.enrollmentPromoted.example, ...parties };
const withdrawn = { ...courses.enrollmentWithdrawn.example, ...parties };
const refused = { ...courses.completionRefused.example, ...parties };

const traineeRow = () => evaluation.db.model(trainees).findById('enr_p').lean();
const titleOf = async () => (await evaluation.db.model(projects).findById('prj_p').lean())?.title;

test('the newest event of a project counts, whatever comes after it, in one batch or in several', async () => {
  await evaluation.deliver(courses.projectRecorded, [project('first'), project('second')], 10);
  expect(await titleOf()).toBe('second');
  await evaluation.deliver(courses.projectRecorded, [project('older')], 9);
  await evaluation.deliver(courses.projectRecorded, [project('the same')], 11);
  expect(await titleOf()).toBe('second');
  await evaluation.deliver(courses.projectRecorded, [project('newer')], 12);
  expect(await titleOf()).toBe('newer');
});

test('whoever withdrew is no trainee, also when an older confirmation comes again', async () => {
  await evaluation.deliver(courses.enrollmentConfirmed, [confirmed], 20);
  expect(await traineeRow()).toMatchObject({ takesPart: true, decided: false });
  await evaluation.deliver(courses.enrollmentWithdrawn, [withdrawn], 21);
  await evaluation.deliver(courses.enrollmentConfirmed, [confirmed], 20);
  expect(await traineeRow()).toMatchObject({ takesPart: false, enrolled: false });
  await evaluation.deliver(courses.enrollmentPromoted, [promoted], 22);
  expect(await traineeRow()).toMatchObject({ takesPart: true, enrolled: true });
});

test('EVL-01: whose completion was decided took part, whatever is heard of the enrollment', async () => {
  await evaluation.deliver(courses.completionRefused, [refused, refused]);
  await evaluation.deliver(courses.enrollmentWithdrawn, [withdrawn], 23);
  expect(await traineeRow()).toMatchObject({ takesPart: true, decided: true, enrolled: false });
});
