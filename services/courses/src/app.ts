import { defineService } from '@shixun/runtime';
import { access } from './access.ts';
import { projectMoneyHandler } from './budgets/events.ts';
import { budgetResolvers } from './budgets/resolvers.ts';
import { budgets, budgetTallies, expenditures, reallocations } from './budgets/store.ts';
import { completionResolvers } from './completion/resolvers.ts';
import { completions } from './completion/store.ts';
import { consortiumResolvers } from './consortia/resolvers.ts';
import { consortia } from './consortia/store.ts';
import { deliveryResolvers } from './delivery/resolvers.ts';
import { participations } from './delivery/store.ts';
import { lapseOffersChore } from './enrollment/commands-lapse.ts';
import { enrollmentResolvers } from './enrollment/resolvers.ts';
import { classReleases, enrollments, seatRows } from './enrollment/store.ts';
import { menuResolvers } from './menus/resolvers.ts';
import { menuItems, menus } from './menus/store.ts';
import { planResolvers } from './plans/resolvers.ts';
import { plans } from './plans/store.ts';
import { institutionRecordedHandler, institutions } from './projections/institutions.ts';
import { schoolRecordedHandler, schools } from './projections/schools.ts';
import { teacherRecordedHandler, teachers } from './projections/teachers.ts';
import { trainerRecordedHandler, trainers } from './projections/trainers.ts';
import { gradePublishedHandler } from './projects/events.ts';
import { projectResolvers } from './projects/resolvers.ts';
import { classes, projects } from './projects/store.ts';

/** From plan to completion: projects, plans, menus, enrollment, delivery, completion. */
export const service = defineService({
  name: 'courses',
  directory: import.meta.dirname,
  resolvers: [
    projectResolvers,
    budgetResolvers,
    consortiumResolvers,
    planResolvers,
    menuResolvers,
    enrollmentResolvers,
    deliveryResolvers,
    completionResolvers,
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
    plans,
    menus,
    menuItems,
    enrollments,
    seatRows,
    classReleases,
    participations,
    completions,
    institutions,
    schools,
    teachers,
    trainers,
  ],
  chores: [lapseOffersChore],
  handlers: [
    institutionRecordedHandler,
    schoolRecordedHandler,
    teacherRecordedHandler,
    trainerRecordedHandler,
    gradePublishedHandler,
    projectMoneyHandler,
  ],
});
