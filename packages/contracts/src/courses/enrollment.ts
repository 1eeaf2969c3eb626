import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { channel, ids, instant, sample } from '../shared/fields.ts';

const parties = {
  enrollmentId: ids.enrollment,
  classId: ids.class,
  projectId: ids.project,
  teacherId: ids.teacher,
};

const example = {
  enrollmentId: sample.enrollment,
  classId: sample.class,
  projectId: sample.project,
  teacherId: sample.teacher,
};

/** A teacher has a place in a class. */
export const enrollmentConfirmed = defineEvent({
  type: 'courses.enrollment.confirmed.v1',
  topic: 'courses.enrollment',
  compacted: false,
  subject: 'classId',
  description: {
    zh: '教师已取得该班名额（自主选学或选派）。',
    en: 'A teacher has a place in the class, chosen or dispatched.',
  },
  data: z.strictObject({ ...parties, channel, confirmedAt: instant }),
  example: { ...example, channel: 'self_selected', confirmedAt: '2026-06-01T00:00:03.120Z' },
});

/** A full class put the teacher on its waitlist. */
export const enrollmentWaitlisted = defineEvent({
  type: 'courses.enrollment.waitlisted.v1',
  topic: 'courses.enrollment',
  compacted: false,
  subject: 'classId',
  description: {
    zh: '该班名额已满，教师进入候补队列。',
    en: 'The class is full and the teacher stands on its waitlist.',
  },
  data: z.strictObject({
    ...parties,
    position: z.int().positive().describe('Place in the waitlist 候补序号, 1 is next'),
    waitlistedAt: instant,
  }),
  example: { ...example, position: 1, waitlistedAt: '2026-06-01T00:00:09.480Z' },
});

/** The head of the waitlist got a freed place. */
export const enrollmentPromoted = defineEvent({
  type: 'courses.enrollment.promoted.v1',
  topic: 'courses.enrollment',
  compacted: false,
  subject: 'classId',
  description: {
    zh: '候补教师自动递补，须在期限内确认。',
    en: 'The first on the waitlist got a freed place and has until the given time to respond.',
  },
  data: z.strictObject({
    ...parties,
    promotedAt: instant,
    respondBy: instant.describe('Until when the place is held for the teacher'),
  }),
  example: {
    ...example,
    promotedAt: '2026-06-03T02:15:00.000Z',
    respondBy: '2026-06-05T02:15:00.000Z',
  },
});

/** An enrollment ended before completion. */
export const enrollmentWithdrawn = defineEvent({
  type: 'courses.enrollment.withdrawn.v1',
  topic: 'courses.enrollment',
  compacted: false,
  subject: 'classId',
  description: {
    zh: '教师退选，名额释放。',
    en: 'The enrollment was withdrawn and its place is free again.',
  },
  data: z.strictObject({
    ...parties,
    free: z
      .boolean()
      .describe('True in a free-withdrawal window; false when it needed a reason and consent'),
    withdrawnAt: instant,
  }),
  example: { ...example, free: true, withdrawnAt: '2026-06-02T08:30:00.000Z' },
});
