import { civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { schools } from '../schools/store.ts';
import { trainers } from '../trainers/store.ts';
import { closeWorkloadStatement, workloadLines } from './statement.ts';
import { statementId, trainerSessions, workloadStatements } from './store.ts';
import { daysOfTerm, isTerm } from './term.ts';

export type StatementAnswer = { readonly schoolId: string; readonly term: string };

export const closeWorkloadStatementCommand = defineCommand({
  name: 'closeWorkloadStatement',
  input: z.strictObject({ schoolId: z.string().max(64), term: z.string().refine(isTerm) }),
  gather: async ({ schoolId, term }, unit, { policies }) => {
    const school = await unit.findById(schools, schoolId);
    if (school === null) return notFound('school', schoolId, ['schoolId']);
    const staff = await unit.find(trainers, { schoolId });
    const trainerId = { $in: staff.map(({ _id }) => _id) };
    const sessions = await unit.find(trainerSessions, { trainerId, term });
    const policy = policies.effective(school.regionCode, civilDateOf(unit.now));
    const { minutesPerHour } = policy.figures;
    const closed = await unit.findById(workloadStatements, statementId(schoolId, term));
    return {
      school,
      policy,
      closed: closed !== null,
      lines: workloadLines(staff, sessions, { asOf: daysOfTerm(term).to, minutesPerHour }),
    };
  },
  scope: ({ school }) => ({ schoolId: school._id, regionCode: school.regionCode }),
  decide: ({ term }, facts, { now }) => closeWorkloadStatement(facts, term, civilDateOf(now)),
  record: (lines, _facts, unit, { schoolId, term }): StatementAnswer => {
    const _id = statementId(schoolId, term);
    unit.insert(workloadStatements, { _id, schoolId, term, lines, closedAt: unit.now });
    return { schoolId, term };
  },
  stream: ({ school }) => school._id,
  policyVersion: ({ policy }) => policy.versionId,
});
