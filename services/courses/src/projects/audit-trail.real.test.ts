import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Caller, runUnit } from '@shixun/runtime';
import { RealCourses } from '../real-courses.example.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
});
afterAll(() => courses.close());

const as = (role: Caller['grants'][number]['role'], scope: object): Caller => ({
  subject: `usr_${role}`,
  grants: [{ role, ...scope }],
});

test('GOV-02: the trail of a class unfolds what was committed together, without what was put in', async () => {
  const project = await courses.addProject();
  const classId = await courses.addClass(project, {});
  const actors = Array.from({ length: 9 }, (_, n) => `usr_${n}`);
  await runUnit(
    courses.db,
    async (unit) => {
      for (const actor of actors) {
        const note = { stream: classId, actor, command: 'enrollTeacher', policyVersion: null };
        unit.audit({ ...note, facts: { teacherId: actor } });
      }
    },
    { service: 'courses', clock: () => courses.now },
  );
  const source = `{ trainingClass(id: "${classId}") {
    auditTrail { edges { node { sequence commands { command actor policyVersion } } } } } }`;
  const answer = await courses.ask(as('Auditor', { regionCode: '140100' }), source);
  const commands = actors.map((actor) => ({
    command: 'enrollTeacher',
    actor,
    policyVersion: null,
  }));
  expect(answer).toEqual({
    trainingClass: { auditTrail: { edges: [{ node: { sequence: 1, commands } }] } },
  });
  const others = [
    as('InstitutionAdmin', { institutionId: 'ins_1' }),
    as('Auditor', { regionCode: '140200' }),
  ];
  for (const caller of others) {
    await expect(courses.ask(caller, source)).rejects.toThrow('Not yours to see.');
  }
});
