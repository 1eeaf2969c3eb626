import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';
import type { CorrectionRow } from './store.ts';

/** Roles that need the number itself: the owner, and who enters and checks it. Each reading says what for. [REG-05] */
const numberReaders: Row = [
  by('Teacher', 'own'),
  by('SchoolAdmin', 'school'),
  by('CountyAdmin', 'region'),
];

/** Who sees by whom a record was read: the owner, and who watches over the readers. */
export const disclosureReaders: Row = [
  by('Teacher', 'own'),
  by('Auditor', 'region'),
  by('ProvinceAdmin', 'region'),
];

/** Who decides on corrections, each in the own scope. */
export const correctionKeepers = [by('SchoolAdmin', 'school'), ...bureaus];

const correctionReaders: Row = [by('Teacher', 'own'), ...correctionKeepers];

export const personalDataAccess = defineAccess({
  types: {
    ReadIdentityNumberPayload: { fields: allFields(signedIn) },
    ReadPhonePayload: { fields: allFields(signedIn) },
    ExportMyPersonalDataPayload: { fields: allFields(signedIn) },
    ErasePersonalDataPayload: { fields: allFields(signedIn) },
    RequestCorrectionPayload: { fields: allFields(signedIn) },
    DecideCorrectionPayload: { fields: allFields(signedIn) },
    Disclosure: { fields: allFields(signedIn) },
    DisclosureConnection: { fields: allFields(signedIn) },
    DisclosureEdge: { fields: allFields(signedIn) },
    PersonalDataCorrection: {
      scope: ({ teacherId, schoolId, regionCode }: CorrectionRow) => ({
        personId: teacherId,
        schoolId,
        regionCode,
      }),
      fields: allFields(correctionReaders),
    },
    PersonalDataCorrectionConnection: { fields: allFields(signedIn) },
    PersonalDataCorrectionEdge: { fields: allFields(signedIn) },
  },
  Query: { corrections: correctionKeepers },
  Mutation: {
    readIdentityNumber: numberReaders,
    readPhone: numberReaders,
    exportMyPersonalData: by('Teacher', 'own'),
    erasePersonalData: by('ProvinceAdmin', 'region'),
    requestCorrection: by('Teacher', 'own'),
    decideCorrection: correctionKeepers,
  },
});
