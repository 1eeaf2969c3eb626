import { courses } from '@shixun/contracts';
import { civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { type Application, answerTracking, applications } from './due.ts';
import { type TrackingRow, trackings } from './store.ts';

type Answer = {
  readonly trackingId: string;
  readonly application: Application;
  readonly text: string;
};

/** The party says how far what was learnt is used; the evaluation hears of it. [CRS-58] */
export const answerTrackingCommand = defineCommand<
  Answer,
  TrackingRow,
  { readonly command: Answer; readonly late: boolean; readonly by: string },
  TrackingRow
>({
  name: 'answerTracking',
  input: z.object({
    trackingId: z.string(),
    application: z.enum(applications),
    text: z.string().trim().min(1).max(2000),
  }),
  gather: async ({ trackingId }, unit) =>
    (await unit.findById(trackings, trackingId)) ??
    notFound('tracking', trackingId, ['trackingId']),
  scope: askedScope,
  decide: (input, row, { now, caller }) => {
    const decision = answerTracking(input, row, civilDateOf(now));
    return decision.accepted
      ? { ...decision, outcome: { ...decision.outcome, by: caller?.subject ?? '' } }
      : decision;
  },
  record: ({ command: { application, text }, late, by }, row, unit) => {
    const answer = { application, text, answeredAt: unit.now, answeredBy: by };
    const change = { ...answer, late, state: 'answered' } as const;
    unit.update(trackings, { _id: row._id, state: row.state }, { $set: change });
    unit.emit(courses.trackingAnswered, row._id, {
      trackingId: row._id,
      completionId: row.completionId,
      enrollmentId: row.enrollmentId,
      classId: row.classId,
      projectId: row.projectId,
      teacherId: row.teacherId,
      institutionId: row.institutionId,
      party: row.party,
      months: row.months,
      application,
      late,
      answeredOn: civilDateOf(unit.now),
    });
    return { ...row, ...change };
  },
  stream: ({ classId }) => classId,
  audited: ({ trackingId, application }) => ({ trackingId, application }),
});

/** Whoever is asked: that party alone, in its own role. */
export function askedScope({ party, askedId }: Pick<TrackingRow, 'party' | 'askedId'>) {
  if (party === 'trainee') return { personId: askedId };
  return party === 'school' ? { schoolId: askedId } : { institutionId: askedId };
}
