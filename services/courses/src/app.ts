import { defineService } from '@shixun/runtime';
import { access } from './access.ts';
import { planningBodyHandlers } from './annual-plans/events.ts';
import { annualPlanResolvers } from './annual-plans/resolvers.ts';
import { annualPlans, fundingRollups, planningBodies } from './annual-plans/store.ts';
import { projectMoneyHandler } from './budgets/events.ts';
import { budgetResolvers } from './budgets/resolvers.ts';
import { budgets, budgetTallies, expenditures, reallocations } from './budgets/store.ts';
import { completionResolvers } from './completion/resolvers.ts';
import { completions } from './completion/store.ts';
import { consortiumResolvers } from './consortia/resolvers.ts';
import { consortia } from './consortia/store.ts';
import { deliveryResolvers } from './delivery/resolvers.ts';
import { participations } from './delivery/store.ts';
import { runDrawsChore } from './draws/commands-run.ts';
import { drawResolvers } from './draws/resolvers.ts';
import { drawApplications, draws } from './draws/store.ts';
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
import { itemRatedHandler } from './menus/events.ts';
import { menuResolvers } from './menus/resolvers.ts';
import { menuItems, menus } from './menus/store.ts';
import { planResolvers } from './plans/resolvers.ts';
import { plans } from './plans/store.ts';
import { institutionGradedHandler, institutionGrades } from './projections/institution-grades.ts';
import { institutionRecordedHandler, institutions } from './projections/institutions.ts';
import { needsSurveyClosedHandler, needsSurveys } from './projections/needs-surveys.ts';
import { schoolRecordedHandler, schools } from './projections/schools.ts';
import { teacherRecordedHandler, teachers } from './projections/teachers.ts';
import { trainerRecordedHandler, trainers } from './projections/trainers.ts';
import { gradePublishedHandler } from './projects/events.ts';
import { projectResolvers } from './projects/resolvers.ts';
import { classes, projects } from './projects/store.ts';
import { projectConfirmations } from './projects/store-joint.ts';
import { countTeachersChore } from './supply/commands-count-teachers.ts';
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
import { waiverResolvers } from './waivers/resolvers.ts';
import { figureWaivers } from './waivers/store.ts';

/** From plan to completion: projects, plans, menus, enrollment, delivery, completion. */
export const service = defineService({
  name: 'courses',
  directory: import.meta.dirname,
  resolvers: [
    projectResolvers,
    annualPlanResolvers,
    budgetResolvers,
    supplyResolvers,
    forecastResolvers,
    consortiumResolvers,
    planResolvers,
    waiverResolvers,
    menuResolvers,
    drawResolvers,
    enrollmentResolvers,
    deliveryResolvers,
    completionResolvers,
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
    figureWaivers,
    menus,
    menuItems,
    draws,
    drawApplications,
    enrollments,
    seatRows,
    classReleases,
    participations,
    completions,
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
    schools,
    teachers,
    trainers,
  ],
  chores: [
    lapseOffersChore,
    lapseSchoolQuestionsChore,
    runDrawsChore,
    releaseCancelledChore,
    countTeachersChore,
  ],
  handlers: [
    institutionRecordedHandler,
    schoolRecordedHandler,
    needsSurveyClosedHandler,
    ...planningBodyHandlers,
    teacherRecordedHandler,
    trainerRecordedHandler,
    gradePublishedHandler,
    institutionGradedHandler,
    itemRatedHandler,
    projectMoneyHandler,
    projectSuppliedHandler,
    needsSurveyCountedHandler,
    traineeConfirmedHandler,
    traineeWithdrawnHandler,
    classMeetingsHandler,
  ],
});
