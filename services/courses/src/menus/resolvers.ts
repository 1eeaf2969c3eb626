import { civilDateOf, explain, type Refusal } from '@shixun/kernel';
import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import { eligibilityFactsOf, seatsOf } from '../enrollment/commands-facts.ts';
import { eligibilityFaults } from '../enrollment/eligibility.ts';
import { noPlace } from '../enrollment/enroll.ts';
import { hasPlace } from '../enrollment/seating.ts';
import { enrollments, seatRows } from '../enrollment/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes } from '../projects/store.ts';
import { openMenuCommand, putOnMenuCommand } from './commands.ts';
import { distanceOf, ratingOf } from './facets.ts';
import { itemsFor, type MenuFilter, type MenuOrder, menuSorts } from './readers.ts';
import { menuFacets } from './readers-facets.ts';
import { remedyOf } from './remedies.ts';
import { type MenuItemRow, type MenuRow, menuItems, menus } from './store.ts';
import { opensFor } from './window.ts';

type Page = { readonly first?: number; readonly after?: string };
type Asked = Page & { readonly filter?: MenuFilter | null };

export const menuResolvers: ResolverTable = {
  Query: {
    menu: (_parent, { id }: { id: string }, context) => context.loadOne(menus, id),
    menuItem: (_parent, { id }: { id: string }, context) => context.loadOne(menuItems, id),
    menuItems: async (
      _parent,
      { filter, order, ...page }: Asked & { order?: MenuOrder },
      context,
    ) => {
      const teacher = await ownTeacher(context);
      return connection(context.db.model(menuItems), {
        ...page,
        filter: teacher && itemsFor(teacher, filter ?? {}, context.now),
        sort: menuSorts[order ?? 'soonest_closing'],
      });
    },
    menuFacets: async (_parent, { filter }: Asked, context) => {
      const teacher = await ownTeacher(context);
      return teacher && menuFacets(teacher, filter ?? {}, context);
    },
  },
  Mutation: {
    openMenu: mutation(openMenuCommand, 'menu'),
    putOnMenu: mutation(putOnMenuCommand, 'menuItem'),
  },
  Menu: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(menus, id),
    id: ({ _id }: MenuRow) => _id,
    staggers: ({ staggers }: MenuRow) => staggers ?? [],
    byDraw: ({ byDraw }: MenuRow) => byDraw ?? false,
    items: ({ _id }: MenuRow, page: Page, context) =>
      connection(context.db.model(menuItems), {
        ...page,
        filter: { menuId: _id },
        // One item per class, so the class alone names a place.
        sort: [['classId', 1]],
      }),
  },
  MenuItem: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(menuItems, id),
    id: ({ _id }: MenuItemRow) => _id,
    opensAt: async (item: MenuItemRow, _args, context) => {
      const teacher = await ownTeacher(context);
      return teacher ? opensFor(item, teacher) : item.opensAt;
    },
    byDraw: ({ byDraw }: MenuItemRow) => byDraw ?? false,
    rating: ({ ratingRank }: MenuItemRow) => ratingOf(ratingRank),
    distance: async ({ placeRegionCode }: MenuItemRow, _args, context) => {
      const teacher = await ownTeacher(context);
      return teacher && distanceOf(placeRegionCode, teacher.regionCode);
    },
    menu: ({ menuId }: MenuItemRow, _args, context) => context.loadOne(menus, menuId),
    trainingClass: ({ classId }: MenuItemRow, _args, context) => context.loadOne(classes, classId),
    placesLeft: async ({ classId }: MenuItemRow, _args, context) => placesLeft(classId, context),
    waiting: async ({ classId }: MenuItemRow, _args, context) =>
      (await context.loadOne(seatRows, classId))?.waiting ?? 0,
    openToMe: async (item: MenuItemRow, _args, context) =>
      (await ownTeacher(context)) !== null && (await closedReasons(item, context)).length === 0,
    closedReasons: (item: MenuItemRow, _args, context) => closedReasons(item, context),
    obstacles: async (item: MenuItemRow, _args, context) =>
      (await closedReasons(item, context)).map((refusal) => {
        const { zh, en, command } = remedyOf(refusal.code);
        return { refusal, remedyZh: zh, remedyEn: en, remedyCommand: command };
      }),
  },
};

/** Places of a class not yet taken. */
export async function placesLeft(classId: string, context: GraphContext): Promise<number> {
  const trainingClass = await context.loadOne(classes, classId);
  const counters = await context.loadOne(seatRows, classId);
  return Math.max(0, (trainingClass?.capacity ?? 0) - (counters?.taken ?? 0));
}

export async function ownTeacher(context: GraphContext): Promise<TeacherRow | null> {
  const grant = context.caller?.grants.find(({ role }) => role === 'Teacher');
  if (!grant || !context.caller) return null;
  return context.loadOne(teachers, grant.personId ?? context.caller.subject);
}

async function closedReasons(item: MenuItemRow, context: GraphContext) {
  const teacher = await ownTeacher(context);
  return teacher ? closedReasonsFor(item, teacher, context) : [];
}

/** The very decision that enrollment takes, asked beforehand: the reasons can't differ from the refusals. [CRS-40] */
export async function closedReasonsFor(
  item: MenuItemRow,
  teacher: TeacherRow,
  context: GraphContext,
): Promise<Refusal[]> {
  const trainingClass = await context.loadOne(classes, item.classId);
  if (!trainingClass) return [];
  const ids = context.persons.idsOf(teacher._id);
  const own = await Promise.all(ids.map((id) => context.loadMany(enrollments, 'teacherId', id)));
  const commitments = own.flat().filter(({ active }) => active);
  const others = await Promise.all(
    commitments.filter(({ done }) => !done).map(({ classId }) => context.loadOne(classes, classId)),
  );
  const known = [trainingClass, ...others].flatMap((row) => (row ? [row] : []));
  const sessions = new Map(known.map((row) => [row._id, row.sessions]));
  const sessionsOf = (classId: string) => sessions.get(classId) ?? [];
  const rows = { item, trainingClass, teacher, commitments, sessionsOf };
  const facts = eligibilityFactsOf(rows, context.policies, civilDateOf(context.now));
  const seats = seatsOf(trainingClass, await context.loadOne(seatRows, item.classId));
  const faults = eligibilityFaults(facts, context.now);
  // A draw has places for whoever the lot falls on.
  const full =
    item.byDraw || hasPlace(seats, facts.teacher)
      ? []
      : [noPlace({ seats, teacher: facts.teacher })];
  return [...faults, ...full].map((fault) => explain(fault, facts.policyVersion));
}
