import { allFields, bureaus, by, everyone, type Row, signedIn } from '@shixun/runtime';
import type { ProjectRow, TrainingClassRow } from './store.ts';

/** Those concerned with a project before the public is: owner and above, supervisors, school, institution. */
export const concerned: Row = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
];

/** Those who take a project's steps for its owner; the decision asks for the very owner among them. [CRS-01] */
export const ownerSteps: Row = [...bureaus, by('SchoolAdmin', 'school')];

/** Who sees the people of a class: its head, its institution or school, and those above. */
const ofTheClass: Row = [...concerned, by('ClassHead', 'own')];

/** Rows of projects and classes. A resolver gives only projects that are published or whose readers are concerned. */
export const projectsAccess = {
  types: {
    Audience: { fields: allFields(everyone) },
    Quota: { fields: allFields(everyone) },
    ClassModule: { fields: allFields(everyone) },
    ClassSession: { fields: allFields(everyone) },
    ProjectConnection: { fields: allFields(everyone) },
    ProjectEdge: { fields: allFields(everyone) },
    ProjectConfirmation: { fields: allFields(signedIn) },
    ProjectConfirmationConnection: { fields: allFields(signedIn) },
    ProjectConfirmationEdge: { fields: allFields(signedIn) },
    NeedsSurvey: { fields: allFields(everyone) },
    ProjectPayload: { fields: allFields(signedIn) },
    ProjectStep: { fields: allFields(signedIn) },
    NextAction: { fields: allFields(signedIn) },
    Project: {
      scope: (row: ProjectRow) => ({
        regionCode: row.ownerRegionCode,
        schoolId: row.schoolId,
        institutionId: row.institutionId,
      }),
      fields: {
        id: everyone,
        title: everyone,
        level: everyone,
        sector: everyone,
        modality: everyone,
        channel: everyone,
        stage: everyone,
        subject: everyone,
        audience: everyone,
        contentCode: everyone,
        ownerRegion: everyone,
        school: everyone,
        institution: everyone,
        keyProject: everyone,
        year: everyone,
        hours: everyone,
        plannedPlaces: everyone,
        dispatchPlaces: everyone,
        startsOn: everyone,
        endsOn: everyone,
        state: everyone,
        publishedAt: everyone,
        policyVersion: everyone,
        steps: concerned,
        nextActions: concerned,
        needsSurvey: everyone,
        confirmations: concerned,
        classes: everyone,
        tenders: everyone,
        plan: everyone,
        budget: concerned,
      },
    },
    TrainingClass: {
      scope: (row: TrainingClassRow) => ({
        regionCode: row.ownerRegionCode,
        schoolId: row.schoolId,
        institutionId: row.institutionId,
        personId: row.classHeadId,
      }),
      fields: {
        id: everyone,
        project: everyone,
        name: everyone,
        place: everyone,
        opensOn: everyone,
        closesOn: everyone,
        capacity: everyone,
        placesLeft: everyone,
        waiting: everyone,
        enrollments: ofTheClass,
        completions: ofTheClass,
        quotas: everyone,
        state: everyone,
        classHeadId: signedIn,
        projectLeaderId: signedIn,
        modules: everyone,
        sessions: everyone,
        assessmentRequired: everyone,
        hours: everyone,
      },
    },
    Region: { fields: allFields(everyone) },
    School: { fields: allFields(everyone) },
    Trainer: { fields: allFields(everyone) },
    Institution: { fields: { id: everyone, projects: everyone } },
  },
  Query: {
    project: everyone,
    projects: everyone,
    projectConfirmations: signedIn,
    trainingClass: everyone,
  },
  Mutation: {
    draftProject: ownerSteps,
    submitProject: ownerSteps,
    askSchools: ownerSteps,
    confirmProject: by('SchoolAdmin', 'school'),
    approveProject: ownerSteps,
    rejectProject: ownerSteps,
    commissionInstitution: ownerSteps,
    openProject: ownerSteps,
    startProject: ownerSteps,
    closeProject: ownerSteps,
    archiveProject: ownerSteps,
    cancelProject: ownerSteps,
  },
};
