import { defineService } from '@shixun/runtime';
import { access } from './access.ts';
import { completionResolvers } from './completion/resolvers.ts';
import { completions } from './completion/store.ts';
import { deliveryResolvers } from './delivery/resolvers.ts';
import { participations } from './delivery/store.ts';
import { lapseOffersChore } from './enrollment/commands-lapse.ts';
import { enrollmentResolvers } from './enrollment/resolvers.ts';
import { enrollees, enrollments, seatRows } from './enrollment/store.ts';
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
    plans,
    menus,
    menuItems,
    enrollments,
    seatRows,
    enrollees,
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
  ],
});
