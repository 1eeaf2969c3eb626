import { defineService, runUnit } from '@shixun/runtime';
import { access } from './access.ts';
import { appealResolvers } from './appeals/resolvers.ts';
import { appeals } from './appeals/store.ts';
import { expireQualificationsChore } from './institutions/commands-expire.ts';
import { gradePublishedHandler } from './institutions/events.ts';
import { institutionResolvers } from './institutions/resolvers.ts';
import { institutions, qualificationMoves } from './institutions/store.ts';
import { noticeHandlers } from './notices/events.ts';
import { noticeResolvers } from './notices/resolvers.ts';
import { inboxes, notices } from './notices/store.ts';
import { policyDraftResolvers } from './policies/draft-resolvers.ts';
import { personalDataResolvers } from './personal-data/resolvers.ts';
import { corrections, disclosures, personalKeys } from './personal-data/store.ts';
import { policyResolvers } from './policies/resolvers.ts';
import { policyDrafts, policyVersions, recordShippedPolicies } from './policies/store.ts';
import { regionResolvers } from './regions/resolvers.ts';
import { regionPast, regions } from './regions/store.ts';
import { ruleResolvers } from './rules/resolvers.ts';
import { schoolResolvers } from './schools/resolvers.ts';
import { schools } from './schools/store.ts';
import { teacherResolvers } from './teachers/resolvers.ts';
import { sealingWith } from './teachers/sealing.ts';
import { teachers } from './teachers/store.ts';
import { trainerResolvers } from './trainers/resolvers.ts';
import { trainers } from './trainers/store.ts';

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
    personalDataResolvers,
    trainerResolvers,
    policyResolvers,
    policyDraftResolvers,
    noticeResolvers,
    ruleResolvers,
  ],
  access,
  collections: [
    regions,
    regionPast,
    schools,
    institutions,
    qualificationMoves,
    appeals,
    teachers,
    personalKeys,
    disclosures,
    corrections,
    trainers,
    policyVersions,
    policyDrafts,
    inboxes,
    notices,
  ],
  handlers: [gradePublishedHandler, ...noticeHandlers],
  chores: [expireQualificationsChore],
  prepare: async ({ db, run, personalDataKey }) => {
    // A key of the wrong length stops the start, not the first teacher.
    sealingWith(personalDataKey);
    await runUnit(db, recordShippedPolicies, run);
  },
});
