import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { registry } from '@shixun/contracts';
import { RealGraph } from '../projects/real-graph.example.ts';
import { institutionRecordedHandler, institutions, qualificationOf } from './institutions.ts';
import { schoolRecordedHandler, schools } from './schools.ts';
import { teacherRecordedHandler, teachers } from './teachers.ts';
import { trainerRecordedHandler, trainers } from './trainers.ts';

let graph: RealGraph;
beforeAll(async () => {
  graph = await RealGraph.open(process.env['MONGODB_URI']);
});
afterAll(() => graph.close());

describe('what courses knows of others is the registry’s last word', () => {
  test('REG-07: a teacher, twice in one batch and once more later', async () => {
    const { example } = registry.teacherRecorded;
    const heard = (change: Partial<typeof example>) => ({ ...example, ...change });
    await graph.hear(teacherRecordedHandler, registry.teacherRecorded, [
      heard({ careerStage: 'young' }),
      heard({ careerStage: 'backbone', graduatingClass: false }),
    ]);
    const { teacherId, ...fields } = heard({ careerStage: 'backbone', graduatingClass: false });
    const row = () => graph.db.model(teachers).findById(teacherId).lean();
    expect(await row()).toEqual({ ...fields, _id: teacherId, uncounted: true });
    await graph.hear(teacherRecordedHandler, registry.teacherRecorded, [
      heard({ status: 'retired' }),
    ]);
    expect(await row()).toMatchObject({ status: 'retired', careerStage: example.careerStage });
  });

  test('REG-01: a school', async () => {
    const { example } = registry.schoolRecorded;
    await graph.hear(schoolRecordedHandler, registry.schoolRecorded, [example]);
    const { schoolId, ...fields } = example;
    const row = await graph.db.model(schools).findById(schoolId).lean();
    expect(row).toEqual({ ...fields, _id: schoolId });
  });

  test('REG-08: an institution, whose qualification counts only once it has a period', async () => {
    const { example } = registry.institutionRecorded;
    const { institutionId, qualification } = example;
    const row = () => graph.db.model(institutions).findById(institutionId).lean();
    const applied = { ...qualification, state: 'applied' as const, validFrom: null, validTo: null };
    await graph.hear(institutionRecordedHandler, registry.institutionRecorded, [
      { ...example, qualification: applied },
    ]);
    const before = await row();
    expect(before && qualificationOf(before)).toBeNull();
    await graph.hear(institutionRecordedHandler, registry.institutionRecorded, [example]);
    const after = await row();
    expect(after && qualificationOf(after)).toEqual(qualification);
  });

  test('CRS-13: a trainer who leaves the pool is no member any more', async () => {
    const { example } = registry.trainerRecorded;
    const row = () => graph.db.model(trainers).findById(example.trainerId).lean();
    await graph.hear(trainerRecordedHandler, registry.trainerRecorded, [example]);
    expect(await row()).toMatchObject({ inPool: true });
    await graph.hear(trainerRecordedHandler, registry.trainerRecorded, [
      { ...example, inPool: false },
    ]);
    expect(await row()).toMatchObject({ inPool: false });
  });
});
