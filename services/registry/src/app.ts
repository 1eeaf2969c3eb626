import { type Collection, defineService, type RowBase, runUnit } from '@shixun/runtime';
import { access } from './access.ts';
import { appealResolvers } from './appeals/resolvers.ts';
import { appeals } from './appeals/store.ts';
import { findDuplicatesChore } from './identities/commands-find.ts';
import { identityResolvers } from './identities/resolvers.ts';
import { duplicatePairs } from './identities/store.ts';
import { importResolvers } from './imports/resolvers.ts';
import { importRoutes } from './imports/routes/routes.ts';
import { importCollections } from './imports/store.ts';
import { importWorker } from './imports/working/worker.ts';
import { expireQualificationsChore } from './institutions/commands-expire.ts';
import { gradePublishedHandler } from './institutions/events.ts';
import { institutionResolvers } from './institutions/resolvers.ts';
import { institutions, qualificationMoves } from './institutions/store.ts';
import { noticeHandlers } from './notices/events.ts';
import { noticeResolvers } from './notices/resolvers.ts';
import { inboxes, notices } from './notices/store.ts';
import { personalDataResolvers } from './personal-data/resolvers.ts';
import { corrections, disclosures, personalKeys } from './personal-data/store.ts';
import { policyDraftResolvers } from './policies/draft-resolvers.ts';
import { policyResolvers } from './policies/resolvers.ts';
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
    regionResolvers,
    schoolResolvers,
    institutionResolvers,
    appealResolvers,
    teacherResolvers,
    identityResolvers,
    personalDataResolvers,
    trainerResolvers,
    workloadResolvers,
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
    personalKeys,
    disclosures,
    corrections,
    trainers,
    trainerSessions,
    workloadStatements,
    policyVersions,
    policyDrafts,
    inboxes,
    notices,
    ...(importCollections as Collection<RowBase>[]),
  ],
  handlers: [gradePublishedHandler, ...workloadHandlers, ...noticeHandlers],
  chores: [followReorganizationsChore, findDuplicatesChore, expireQualificationsChore],
  routes: importRoutes,
  worker: importWorker,
  prepare: async ({ db, run, personalDataKey }) => {
    // A key of the wrong length stops the start, not the first teacher.
    sealingWith(personalDataKey);
    await runUnit(db, recordShippedPolicies, run);
  },
});
