import { centiText } from '@shixun/kernel';
import {
  by,
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
} from '@shixun/runtime';
import { itemsFor, menuSorts } from '../menus/readers.ts';
import { closedReasonsFor, ownTeacher } from '../menus/readers-reasons.ts';
import { type MenuItemRow, menuItems } from '../menus/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes } from '../projects/store.ts';
import { adviseTeacherCommand } from './commands.ts';
import { type Fit, fitsOf, type Gaps } from './gaps.ts';
import { readNeeds, readStudied } from './readers.ts';
import { type AdviceRow, advice } from './store.ts';

type Page = { readonly first?: number; readonly after?: string };
type Asked = Page & { readonly schoolId: string };

/** Items of a menu looked through for one teacher, the soonest closing ones, and how many of them are shown. */
const lookedMax = 40;
const shownMax = 5;

/** The items that are open to the teacher and fill a gap, those with most reasons first. */
async function fittingItems(teacher: TeacherRow, gaps: Gaps, context: GraphContext) {
  const filter = itemsFor(teacher, {}, context.now);
  const items = (await context.db
    .model(menuItems)
    .collection.find(filter as never)
    .sort(Object.fromEntries(menuSorts.soonest_closing))
    .limit(lookedMax)
    .toArray()) as unknown as MenuItemRow[];
  const needs = await readNeeds(teacher.regionCode, context);
  const fitting = await Promise.all(
    items.map(async (item) => {
      const row = await context.loadOne(classes, item.classId);
      const { stage, subject, title } = item;
      const categories = row?.modules.map(({ category }) => category) ?? [];
      const offered = { categories, hoursCenti: row?.hoursCenti ?? 0, stage, subject, title };
      const fits = fitsOf(gaps, offered, needs);
      const closed =
        fits.length === 0 || (await closedReasonsFor(item, teacher, context)).length > 0;
      return closed ? [] : [{ item, fits }];
    }),
  );
  return fitting
    .flat()
    .toSorted((a, b) => b.fits.length - a.fits.length)
    .slice(0, shownMax);
}

export const guidanceResolvers: ResolverTable = {
  Query: {
    schoolGuidance: (_parent, { schoolId, ...page }: Asked, context) => {
      const mine = may(context.caller, by('SchoolAdmin', 'school'), { schoolId });
      return connection(context.db.model(teachers), {
        ...page,
        filter: mine ? { schoolId } : null,
        sort: [['_id', 1]],
      });
    },
    myAdvice: async (_parent, page: Page, context) => {
      const teacher = await ownTeacher(context);
      return connection(context.db.model(advice), {
        ...page,
        filter: teacher && { teacherId: teacher._id },
        sort: [
          ['advisedAt', -1],
          ['_id', -1],
        ],
      });
    },
  },
  Mutation: { adviseTeacher: mutation(adviseTeacherCommand, 'advice') },
  TeacherGuidance: {
    teacher: ({ _id }: TeacherRow) => ({ id: _id }),
    yearHours: async (row: TeacherRow, _args, context: GraphContext) =>
      centiText((await readStudied(row, context)).yearHoursCenti),
    cycleHours: async (row: TeacherRow, _args, context) =>
      centiText((await readStudied(row, context)).cycleHoursCenti),
    hoursShort: async (row: TeacherRow, _args, context) =>
      centiText((await readStudied(row, context)).shortCenti),
    missingCategories: async (row: TeacherRow, _args, context) =>
      (await readStudied(row, context)).missing,
    fitting: async (row: TeacherRow, _args, context) =>
      fittingItems(row, await readStudied(row, context), context),
  },
  FittingItem: { menuItem: ({ item }: { item: MenuItemRow }) => item },
  Fit: {
    about: ({ reason, about }: Fit) =>
      reason === 'hours_short' ? centiText(Number(about)) : about,
  },
  Advice: {
    id: ({ _id }: AdviceRow) => _id,
    teacher: ({ teacherId }: AdviceRow) => ({ id: teacherId }),
    menuItem: ({ menuItemId }: AdviceRow, _args, context) => context.loadOne(menuItems, menuItemId),
  },
};
