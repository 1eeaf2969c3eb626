import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';

/** A school's statement is for the school and the bureaus above it. */
export const workloadReaders: Row = [by('SchoolAdmin', 'school'), ...bureaus];

export const workloadAccess = defineAccess({
  types: {
    WorkloadStatement: { fields: allFields(signedIn) },
    WorkloadLine: { fields: allFields(signedIn) },
    CloseWorkloadStatementPayload: { fields: allFields(signedIn) },
  },
  Query: { workloadStatement: workloadReaders },
  Mutation: { closeWorkloadStatement: workloadReaders },
});
