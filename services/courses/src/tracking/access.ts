import {
  allFields,
  bureaus,
  by,
  defineAccess,
  everyone,
  type Row,
  signedIn,
} from '@shixun/runtime';
import type { TrackingRow } from './store.ts';

/** Those who were asked, and who runs or supervises the training. */
export const trackingReaders: Row = [
  by('Teacher', 'own'),
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
  ...bureaus,
  by('QualityMonitor', 'region'),
];

export const trackingAccess = defineAccess({
  types: {
    Tracking: {
      scope: (row: TrackingRow) => ({
        personId: row.teacherId,
        schoolId: row.schoolId,
        institutionId: row.institutionId,
        regionCode: row.ownerRegionCode,
      }),
      fields: allFields(trackingReaders),
    },
    TrackingConnection: { fields: allFields(signedIn) },
    TrackingEdge: { fields: allFields(signedIn) },
    AnswerTrackingPayload: { fields: allFields(everyone) },
  },
  Query: { trackings: signedIn },
  Mutation: {
    answerTracking: [
      by('Teacher', 'own'),
      by('SchoolAdmin', 'school'),
      by('InstitutionAdmin', 'institution'),
    ],
  },
});
