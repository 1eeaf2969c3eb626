/** Who may do what in the registry: one table, a part per capability. [REG-01] */
import { mergeAccess } from '@shixun/runtime';
import { appealAccess } from './appeals/access.ts';
import { assignmentAccess } from './assignments/access.ts';
import { centreAccess } from './centres/access.ts';
import { communityAccess } from './communities/access.ts';
import { countyTeamAccess } from './county-teams/access.ts';
import { expertPoolAccess } from './expert-pool/access.ts';
import { identityAccess } from './identities/access.ts';
import { importAccess } from './imports/access.ts';
import { institutionAccess } from './institutions/access.ts';
import { monitorAccess } from './monitors/access.ts';
import { noticeAccess } from './notices/access.ts';
import { pairingAccess } from './pairings/access.ts';
import { personalDataAccess } from './personal-data/access.ts';
import { policyAccess } from './policies/access.ts';
import { regionAccess } from './regions/access.ts';
import { ruleAccess } from './rules/access.ts';
import { schoolAccess } from './schools/access.ts';
import { teacherAccess } from './teachers/access.ts';
import { trainerYearAccess } from './trainer-years/access.ts';
import { trainerAccess } from './trainers/access.ts';
import { workloadAccess } from './workload/access.ts';

export const access = mergeAccess(
  regionAccess,
  schoolAccess,
  institutionAccess,
  appealAccess,
  teacherAccess,
  identityAccess,
  assignmentAccess,
  monitorAccess,
  centreAccess,
  communityAccess,
  personalDataAccess,
  trainerAccess,
  workloadAccess,
  countyTeamAccess,
  expertPoolAccess,
  trainerYearAccess,
  pairingAccess,
  policyAccess,
  noticeAccess,
  importAccess,
  ruleAccess,
);
