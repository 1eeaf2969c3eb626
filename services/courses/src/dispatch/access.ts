import {
  allFields,
  bureaus,
  by,
  defineAccess,
  everyone,
  type Row,
  signedIn,
} from '@shixun/runtime';
import type { DispatchRow } from './store.ts';

/** The teacher, the teacher's school, the class's owner and those above, and who carries the class. */
export const dispatchParties: Row = [
  by('Teacher', 'own'),
  by('SchoolAdmin', 'school'),
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
  by('InstitutionAdmin', 'institution'),
  by('ProjectLeader', 'institution'),
  by('ClassHead', 'institution'),
];

export const dispatchScope = (
  row: Pick<DispatchRow, 'teacherId' | 'schoolId' | 'ownerRegionCode' | 'institutionId'>,
) => ({
  personId: row.teacherId,
  schoolId: row.schoolId,
  regionCode: row.ownerRegionCode,
  institutionId: row.institutionId,
});

export const dispatchAccess = defineAccess({
  types: {
    Dispatch: { scope: dispatchScope, fields: allFields(dispatchParties) },
    DispatchQuota: { fields: allFields(signedIn) },
    DispatchConnection: { fields: allFields(signedIn) },
    DispatchEdge: { fields: allFields(signedIn) },
    SetDispatchQuotasPayload: { fields: allFields(everyone) },
    NominateForDispatchPayload: { fields: allFields(everyone) },
    ConfirmDispatchPayload: { fields: allFields(everyone) },
    DeclineDispatchPayload: { fields: allFields(everyone) },
    ObjectToDispatchPayload: { fields: allFields(everyone) },
    DecideDispatchObjectionPayload: { fields: allFields(everyone) },
    WithdrawDispatchPayload: { fields: allFields(everyone) },
  },
  Query: { dispatch: signedIn, dispatches: signedIn },
  Mutation: {
    setDispatchQuotas: bureaus,
    nominateForDispatch: by('SchoolAdmin', 'school'),
    confirmDispatch: bureaus,
    declineDispatch: bureaus,
    objectToDispatch: by('Teacher', 'own'),
    decideDispatchObjection: bureaus,
    withdrawDispatch: [by('SchoolAdmin', 'school'), ...bureaus],
  },
});
