import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';

/** Who sees appeals: the institution that lodged them and the bureaus of its region. */
export const appealReaders: Row = [by('InstitutionAdmin', 'institution'), ...bureaus];

export const appealAccess = defineAccess({
  types: {
    QualificationAppeal: { fields: allFields(signedIn) },
    QualificationAppealConnection: { fields: allFields(signedIn) },
    QualificationAppealEdge: { fields: allFields(signedIn) },
    QualificationAppealPayload: { fields: allFields(signedIn) },
  },
  Query: { qualificationAppeals: appealReaders },
  Mutation: {
    appealQualificationMove: by('InstitutionAdmin', 'institution'),
    decideQualificationAppeal: bureaus,
  },
});
