/** A teacher and a class that fit each other. Tests bend them. */
import { national } from '@shixun/kernel';
import type { EnrollFacts } from './enroll.ts';

export const opensAt = new Date('2026-06-01T00:00:00Z');
export const closesAt = new Date('2026-06-06T00:00:00Z');
export const within = new Date('2026-06-03T00:00:00Z');

export const exampleFacts: EnrollFacts = {
  window: { opensAt, closesAt },
  trainingClass: {
    classId: 'cls_1',
    state: 'open',
    audience: {
      stages: ['primary'],
      subjects: ['chinese'],
      careerStages: ['young', 'backbone'],
      regionCodes: [],
      ruralOnly: false,
      minorityBilingualOnly: false,
      principalsOnly: false,
      graduatingClasses: false,
    },
    ownerRegionCode: '140105',
    contentCode: 'reading',
    year: 2026,
    sessions: [
      { date: '2026-07-13', startMinute: 510, minutes: 135 },
      { date: '2026-07-14', startMinute: 510, minutes: 135 },
    ],
  },
  teacher: {
    teacherId: 'tch_1',
    status: 'active',
    stage: 'primary',
    subjects: ['chinese', 'politics'],
    careerStage: 'young',
    rural: false,
    minorityBilingual: false,
    principal: false,
    graduatingClass: false,
    schoolId: 'sch_1',
    regionCode: '140105001',
  },
  commitments: [],
  limits: national.figures,
  seats: { capacity: 30, quotas: [], taken: 29, takenByQuota: [] },
  byDraw: false,
  school: {
    graduatingClass: false,
    opensOn: '2026-07-13',
    closesOn: '2026-07-14',
    figures: national.figures,
    absence: null,
  },
  waiting: 0,
  waitingByBucket: [],
};
