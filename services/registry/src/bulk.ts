/** The bulk path: the very functions that commands record with, for loaders that write many rows in one unit. */

export { recordExpert } from './expert-pool/store.ts';
export type { QualificationRecord } from './institutions/institution.ts';
export type { InstitutionRow } from './institutions/store.ts';
export { recordInstitution } from './institutions/store.ts';
export { type MonitorRow, recordMonitor } from './monitors/store.ts';
export { keysByMaster, rotateKeys } from './personal-data/store-rotate.ts';
export { recordShippedPolicies } from './policies/store.ts';
export type { RegionVersion } from './regions/history.ts';
export { type RegionRow, recordRegion, recordRegionPast } from './regions/store.ts';
export { type SchoolKind, schoolKindFacts } from './schools/kinds.ts';
export { recordSchool, type SchoolRow } from './schools/store.ts';
export { checkDigit } from './teachers/identity-number.ts';
export { sealingWith } from './teachers/sealing.ts';
export {
  type PersonToRecord,
  recordTeacher,
  type SealedPerson,
  sealPerson,
  type TeacherRow,
} from './teachers/store.ts';
export { recordTrainer, type TrainerRow } from './trainers/store.ts';
