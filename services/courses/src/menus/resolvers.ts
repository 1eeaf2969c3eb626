import { civilDateOf, explain, regionPath } from '@shixun/kernel';
import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import { eligibilityFactsOf, seatsOf } from '../enrollment/commands-facts.ts';
import { eligibilityFaults } from '../enrollment/eligibility.ts';
import { noPlace } from '../enrollment/enroll.ts';
import { hasPlace } from '../enrollment/seating.ts';
import { enrollments, seatRows } from '../enrollment/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes } from '../projects/store.ts';
import { openMenuCommand, putOnMenuCommand } from './commands.ts';
import { type MenuItemRow, type MenuRow, menuItems, menus } from './store.ts';
import { wordsOf } from './words.ts';

type Page = { readonly first?: number; readonly after?: string };
type Filter = {
  readonly text?: string | null;
  readonly stage?: string | null;
  readonly subject?: string | null;
  readonly modality?: string | null;
  readonly institutionId?: string | null;
};

const soonestClosing = [
  ['closesAt', 1],
  ['_id', 1],
] as const;

export const menuResolvers: ResolverTable = {
  Query: {
    menu: (_parent, { id }: { id: string }, context) => context.loadOne(menus, id),
    menuItem: (_parent, { id }: { id: string }, context) => context.loadOne(menuItems, id),
    menuItems: async (_parent, args: Page & { filter?: Filter | null }, context) => {
      const teacher = await ownTeacher(context);
      const regions = teacher ? regionPath(teacher.regionCode) : [];
      const filter = teacher
        ? {
            regionCode: { $in: regions },
            closesAt: { $gt: context.now },
            ...matching(args.filter ?? {}),
          }
        : null;
      return connection(context.db.model(menuItems), { ...args, filter, sort: soonestClosing });
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
    menu: ({ menuId }: MenuItemRow, _args, context) => context.loadOne(menus, menuId),
    trainingClass: ({ classId }: MenuItemRow, _args, context) => context.loadOne(classes, classId),
    placesLeft: async ({ classId }: MenuItemRow, _args, context) => placesLeft(classId, context),
    waiting: async ({ classId }: MenuItemRow, _args, context) =>
      (await context.loadOne(seatRows, classId))?.waiting ?? 0,
    openToMe: async (item: MenuItemRow, _args, context) =>
      (await ownTeacher(context)) !== null && (await closedReasons(item, context)).length === 0,
    closedReasons: (item: MenuItemRow, _args, context) => closedReasons(item, context),
  },
};

/** Places of a class not yet taken. */
export async function placesLeft(classId: string, context: GraphContext): Promise<number> {
  const trainingClass = await context.loadOne(classes, classId);
  const counters = await context.loadOne(seatRows, classId);
  return Math.max(0, (trainingClass?.capacity ?? 0) - (counters?.taken ?? 0));
}

function matching({ text, ...exact }: Filter): Record<string, unknown> {
  const words = text ? wordsOf(text) : [];
  const given = Object.entries(exact).filter(([, value]) => value !== null && value !== undefined);
  return { ...Object.fromEntries(given), ...(words.length > 0 ? { words: { $all: words } } : {}) };
}

async function ownTeacher(context: GraphContext): Promise<TeacherRow | null> {
  const grant = context.caller?.grants.find(({ role }) => role === 'Teacher');
  if (!grant || !context.caller) return null;
  return context.loadOne(teachers, grant.personId ?? context.caller.subject);
}

/** The very decision that enrollment takes, asked beforehand: the reasons can't differ from the refusals. [CRS-40] */
async function closedReasons(item: MenuItemRow, context: GraphContext) {
  const teacher = await ownTeacher(context);
  const trainingClass = await context.loadOne(classes, item.classId);
  if (!teacher || !trainingClass) return [];
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
  const full = hasPlace(seats, facts.teacher) ? [] : [noPlace({ seats, teacher: facts.teacher })];
  return [...faults, ...full].map((fault) => explain(fault, facts.policyVersion));
}
