import { auditTrails, defineService, runUnit } from '@shixun/runtime';
import { access } from './access.ts';
import { planningBodyHandlers } from './annual-plans/events.ts';
import { annualPlanResolvers } from './annual-plans/resolvers.ts';
import { annualPlans, fundingRollups, planningBodies } from './annual-plans/store.ts';
import { archiveResolvers } from './archives/resolvers.ts';
import { projectMoneyHandler } from './budgets/events.ts';
import { budgetResolvers } from './budgets/resolvers.ts';
import { budgets, budgetTallies, expenditures, reallocations } from './budgets/store.ts';
import { completionResolvers } from './completion/resolvers.ts';
import { completions } from './completion/store.ts';
import { consortiumResolvers } from './consortia/resolvers.ts';
import { consortia } from './consortia/store.ts';
import { curriculumResolvers } from './curriculum-standards/resolvers.ts';
import { curriculumStandards } from './curriculum-standards/store.ts';
import { missingLogsChore } from './delivery/commands-log.ts';
import { deliveryResolvers } from './delivery/resolvers.ts';
import { participations } from './delivery/store.ts';
import {
  attendanceBatches,
  attendanceDevices,
  checkInTries,
  classLogs,
} from './delivery/store-class.ts';
import { dispatchResolvers } from './dispatch/resolvers.ts';
import { dispatches, dispatchQuotas } from './dispatch/store.ts';
import { runDrawsChore } from './draws/commands-run.ts';
import { drawResolvers } from './draws/resolvers.ts';
import { drawApplications, draws } from './draws/store.ts';
import { dutyResolvers } from './duties/resolvers.ts';
import { lapseOffersChore } from './enrollment/commands-lapse.ts';
import { releaseCancelledChore } from './enrollment/commands-release.ts';
import { lapseSchoolQuestionsChore } from './enrollment/commands-school.ts';
import { enrollmentResolvers } from './enrollment/resolvers.ts';
import { classReleases, enrollments, seatRows } from './enrollment/store.ts';
import {
  classMeetingsHandler,
  traineeConfirmedHandler,
  traineeWithdrawnHandler,
} from './forecast/events.ts';
import { forecastResolvers } from './forecast/resolvers.ts';
import { schoolClasses } from './forecast/store.ts';
import { guidanceResolvers } from './guidance/resolvers.ts';
import { advice } from './guidance/store.ts';
import { completeItems } from './menus/commands-complete.ts';
import { itemDatedHandler, itemRatedHandler } from './menus/events.ts';
import { menuResolvers } from './menus/resolvers.ts';
import { menuItems, menus, menuVersions } from './menus/store.ts';
import { recordShippedTemplates } from './modalities/commands-templates.ts';
import { judgeVisitYearChore } from './modalities/commands-visits.ts';
import { traineeLeftHandler } from './modalities/events.ts';
import { modalityResolvers } from './modalities/resolvers.ts';
import { modalityPeopleResolvers } from './modalities/resolvers-people.ts';
import { classProgress, modalityTemplates, nextPlans, stageEvidence } from './modalities/store.ts';
import {
  classPeople,
  placementHosts,
  placements,
  substitutes,
  visits,
  visitYears,
  workshopHosts,
} from './modalities/store-people.ts';
import { planChangesChore } from './plan-changes/commands-progress.ts';
import { planChangeResolvers } from './plan-changes/resolvers.ts';
import { planChangeClashes, planChanges } from './plan-changes/store.ts';
import { planResolvers } from './plans/resolvers.ts';
import { plans } from './plans/store.ts';
import { institutionGradedHandler, institutionGrades } from './projections/institution-grades.ts';
import { institutionRecordedHandler, institutions } from './projections/institutions.ts';
import { needsSurveyClosedHandler, needsSurveys } from './projections/needs-surveys.ts';
import { regionRecordedHandler, regions } from './projections/regions.ts';
import { schoolRecordedHandler, schools } from './projections/schools.ts';
import { teacherRecordedHandler, teachers } from './projections/teachers.ts';
import { trainerRecordedHandler, trainers } from './projections/trainers.ts';
import { gradePublishedHandler } from './projects/events.ts';
import { projectResolvers } from './projects/resolvers.ts';
import { classes, projects } from './projects/store.ts';
import { projectConfirmations } from './projects/store-joint.ts';
import { pushPackagesChore } from './resources/commands-push.ts';
import { resourceResolvers } from './resources/resolvers.ts';
import { practiceResults, resourcePackages } from './resources/store.ts';
import { countTeachersChore } from './supply/commands-count-teachers.ts';
import { mandatedSharesChore } from './supply/commands-shares.ts';
import { needsSurveyCountedHandler, projectSuppliedHandler } from './supply/events.ts';
import { supplyResolvers } from './supply/resolvers.ts';
import {
  areaTallies,
  countedRows,
  duplicates,
  placeTallies,
  staffRows,
  teacherTallies,
} from './supply/store.ts';
import { tenderResolvers } from './tenders/resolvers.ts';
import { bids, objections, sheets, tenders } from './tenders/store.ts';
import { trackingChore } from './tracking/commands-track.ts';
import { trackingResolvers } from './tracking/resolvers.ts';
import { trackingPlans, trackings } from './tracking/store.ts';
import { removeAbandonedUploadsChore } from './uploads/commands-remove.ts';
import { uploadResolvers } from './uploads/resolvers.ts';
import { uploadRoutes } from './uploads/routes/routes.ts';
import { storedFiles, uploads } from './uploads/store.ts';
import { waiverResolvers } from './waivers/resolvers.ts';
import { figureWaivers } from './waivers/store.ts';

/** From plan to completion: projects, plans, menus, enrollment, delivery, completion. */
export const service = defineService({
  name: 'courses',
  directory: import.meta.dirname,
  resolvers: [
    auditTrails('Project', 'TrainingClass'),
    projectResolvers,
    annualPlanResolvers,
    budgetResolvers,
    supplyResolvers,
    forecastResolvers,
    consortiumResolvers,
    planResolvers,
    modalityResolvers,
    modalityPeopleResolvers,
    planChangeResolvers,
    curriculumResolvers,
    waiverResolvers,
    menuResolvers,
    drawResolvers,
    dispatchResolvers,
    guidanceResolvers,
    enrollmentResolvers,
    deliveryResolvers,
    completionResolvers,
    archiveResolvers,
    trackingResolvers,
    uploadResolvers,
    resourceResolvers,
    dutyResolvers,
    tenderResolvers,
  ],
  access,
  collections: [
    projects,
    classes,
    consortia,
    budgets,
    budgetTallies,
    expenditures,
    reallocations,
    duplicates,
    placeTallies,
    areaTallies,
    teacherTallies,
    staffRows,
    countedRows,
    schoolClasses,
    plans,
    planChanges,
    planChangeClashes,
    curriculumStandards,
    figureWaivers,
    modalityTemplates,
    classProgress,
    stageEvidence,
    nextPlans,
    classPeople,
    substitutes,
    visits,
    visitYears,
    workshopHosts,
    placementHosts,
    placements,
    menus,
    menuItems,
    menuVersions,
    draws,
    drawApplications,
    dispatches,
    dispatchQuotas,
    advice,
    enrollments,
    seatRows,
    classReleases,
    participations,
    completions,
    classLogs,
    attendanceDevices,
    attendanceBatches,
    checkInTries,
    trackingPlans,
    trackings,
    uploads,
    storedFiles,
    practiceResults,
    resourcePackages,
    institutionGrades,
    institutions,
    tenders,
    bids,
    sheets,
    objections,
    needsSurveys,
    projectConfirmations,
    annualPlans,
    planningBodies,
    fundingRollups,
    regions,
    schools,
    teachers,
    trainers,
  ],
  routes: uploadRoutes,
  chores: [
    judgeVisitYearChore,
    planChangesChore,
    lapseOffersChore,
    lapseSchoolQuestionsChore,
    runDrawsChore,
    releaseCancelledChore,
    countTeachersChore,
    mandatedSharesChore,
    missingLogsChore,
    trackingChore,
    pushPackagesChore,
    removeAbandonedUploadsChore,
  ],
  handlers: [
    institutionRecordedHandler,
    regionRecordedHandler,
    schoolRecordedHandler,
    needsSurveyClosedHandler,
    ...planningBodyHandlers,
    teacherRecordedHandler,
    trainerRecordedHandler,
    gradePublishedHandler,
    institutionGradedHandler,
    itemRatedHandler,
    itemDatedHandler,
    projectMoneyHandler,
    projectSuppliedHandler,
    needsSurveyCountedHandler,
    traineeConfirmedHandler,
    traineeWithdrawnHandler,
    traineeLeftHandler,
    classMeetingsHandler,
  ],
  prepare: async ({ db, run }) => {
    await runUnit(db, recordShippedTemplates, run);
    await completeItems({ db, run });
  },
});
