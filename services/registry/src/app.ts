import {
  auditTrails,
  type Collection,
  defineService,
  type RowBase,
  runUnit,
} from '@shixun/runtime';
import { access } from './access.ts';
import { appealResolvers } from './appeals/resolvers.ts';
import { appeals } from './appeals/store.ts';
import { turnSchoolYearChore } from './assignments/commands.ts';
import { assignmentResolvers } from './assignments/resolvers.ts';
import { teachingAssignments } from './assignments/store.ts';
import { centreResolvers } from './centres/resolvers.ts';
import { centres } from './centres/store.ts';
import { communityResolvers } from './communities/resolvers.ts';
import { areas, workshops } from './communities/store.ts';
import { checkCountyTeamsChore } from './county-teams/commands.ts';
import { countyTeamHandlers } from './county-teams/events.ts';
import { countyTeamResolvers } from './county-teams/resolvers.ts';
import { countyTeams, ruralTeachers, teamMembers } from './county-teams/store.ts';
import { endPoolTermsChore, proposeAdjustmentsChore } from './expert-pool/commands-terms.ts';
import { expertPoolResolvers } from './expert-pool/resolvers.ts';
import { expertYears, poolAdjustments, poolMemberships } from './expert-pool/store.ts';
import { findDuplicatesChore } from './identities/commands-find.ts';
import { identityResolvers } from './identities/resolvers.ts';
import { duplicatePairs, newcomers } from './identities/store.ts';
import { importResolvers } from './imports/resolvers.ts';
import { importRoutes } from './imports/routes/routes.ts';
import { importCollections } from './imports/store.ts';
import { importWorker } from './imports/working/worker.ts';
import { expireQualificationsChore } from './institutions/commands-expire.ts';
import { gradePublishedHandler } from './institutions/events.ts';
import { institutionResolvers } from './institutions/resolvers.ts';
import { institutions, qualificationMoves } from './institutions/store.ts';
import { monitorResolvers } from './monitors/resolvers.ts';
import { monitors } from './monitors/store.ts';
import { noticeHandlers } from './notices/events.ts';
import { noticeResolvers } from './notices/resolvers.ts';
import { inboxes, notices } from './notices/store.ts';
import { pairingResolvers } from './pairings/resolvers.ts';
import { pairings } from './pairings/store.ts';
import { personalDataResolvers } from './personal-data/resolvers.ts';
import { corrections, disclosures, personalKeys } from './personal-data/store.ts';
import { policyResolvers } from './policies/resolvers.ts';
import { policyDraftResolvers } from './policies/resolvers-drafts.ts';
import { policyDrafts, policyVersions, recordShippedPolicies } from './policies/store.ts';
import { regionResolvers } from './regions/resolvers.ts';
import { regionPast, regions } from './regions/store.ts';
import { ruleResolvers } from './rules/resolvers.ts';
import { followReorganizationsChore } from './schools/commands-moves.ts';
import { schoolResolvers } from './schools/resolvers.ts';
import { schools } from './schools/store.ts';
import { staffMoves } from './schools/store-moves.ts';
import { teacherResolvers } from './teachers/resolvers.ts';
import { sealingWith } from './teachers/sealing.ts';
import { teachers } from './teachers/store.ts';
import { judgeTrainerYearsChore } from './trainer-years/commands.ts';
import { trainerYearResolvers } from './trainer-years/resolvers.ts';
import { trainerEntries, trainerYears } from './trainer-years/store.ts';
import { trainerResolvers } from './trainers/resolvers.ts';
import { trainers } from './trainers/store.ts';
import { workloadHandlers } from './workload/events.ts';
import { workloadResolvers } from './workload/resolvers.ts';
import { trainerSessions, workloadStatements } from './workload/store.ts';

/** Who there is: regions, schools, institutions and their qualification, teachers, trainers; owner of policies. */
export const service = defineService({
  name: 'registry',
  directory: import.meta.dirname,
  resolvers: [
    auditTrails('Teacher', 'School', 'Institution'),
    regionResolvers,
    schoolResolvers,
    institutionResolvers,
    appealResolvers,
    teacherResolvers,
    identityResolvers,
    assignmentResolvers,
    monitorResolvers,
    centreResolvers,
    communityResolvers,
    personalDataResolvers,
    trainerResolvers,
    workloadResolvers,
    countyTeamResolvers,
    expertPoolResolvers,
    trainerYearResolvers,
    pairingResolvers,
    policyResolvers,
    policyDraftResolvers,
    noticeResolvers,
    importResolvers,
    ruleResolvers,
  ],
  access,
  collections: [
    regions,
    regionPast,
    schools,
    staffMoves,
    institutions,
    qualificationMoves,
    appeals,
    teachers,
    duplicatePairs,
    newcomers,
    teachingAssignments,
    monitors,
    centres,
    areas,
    workshops,
    personalKeys,
    disclosures,
    corrections,
    trainers,
    trainerSessions,
    countyTeams,
    ruralTeachers,
    teamMembers,
    pairings,
    trainerYears,
    trainerEntries,
    poolMemberships,
    poolAdjustments,
    expertYears,
    workloadStatements,
    policyVersions,
    policyDrafts,
    inboxes,
    notices,
    ...(importCollections as Collection<RowBase>[]),
  ],
  handlers: [gradePublishedHandler, ...workloadHandlers, ...countyTeamHandlers, ...noticeHandlers],
  chores: [
    followReorganizationsChore,
    findDuplicatesChore,
    turnSchoolYearChore,
    expireQualificationsChore,
    checkCountyTeamsChore,
    judgeTrainerYearsChore,
    endPoolTermsChore,
    proposeAdjustmentsChore,
  ],
  routes: importRoutes,
  worker: importWorker,
  prepare: async ({ db, run, personalDataKey }) => {
    // A key of the wrong length stops the start, not the first teacher.
    sealingWith(personalDataKey);
    await runUnit(db, recordShippedPolicies, run);
  },
});
