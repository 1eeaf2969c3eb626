import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';

/** The trainee, the trainee's school and bureau, and who runs the training. */
export const archiveReaders: Row = [
  by('Teacher', 'own'),
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
];

/** The resolver gives only archives that the caller may read. */
export const archivesAccess = defineAccess({
  types: {
    TraineeArchive: { fields: allFields(signedIn) },
    ArchiveAssessment: { fields: allFields(signedIn) },
    ArchiveRemark: { fields: allFields(signedIn) },
    TraineeArchiveConnection: { fields: allFields(signedIn) },
    TraineeArchiveEdge: { fields: allFields(signedIn) },
  },
  Query: { traineeArchives: signedIn },
  Mutation: {},
});
