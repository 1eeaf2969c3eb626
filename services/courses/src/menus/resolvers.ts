import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import { seatRows } from '../enrollment/store.ts';
import { classes } from '../projects/store.ts';
import { openMenuCommand, putOnMenuCommand } from './commands.ts';
import { distanceOf, ratingOf } from './facets.ts';
import { indexFor, itemsFor, type MenuFilter, type MenuOrder, menuSorts } from './readers.ts';
import { menuFacets } from './readers-facets.ts';
import { closedReasons, ownTeacher, placesLeft } from './readers-reasons.ts';
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
      { filter, order = 'soonest_closing', ...page }: Asked & { order?: MenuOrder },
      context,
    ) => {
      const teacher = await ownTeacher(context);
      const items = teacher && itemsFor(teacher, filter ?? {}, context.now);
      return connection(context.db.model(menuItems), {
        ...page,
        filter: items,
        sort: menuSorts[order],
        index: items ? indexFor(items, order) : undefined,
        without: ['words'],
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
        without: ['words'],
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
