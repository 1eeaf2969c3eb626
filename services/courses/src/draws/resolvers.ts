import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import { ownTeacher } from '../menus/readers-reasons.ts';
import { menuItems } from '../menus/store.ts';
import { classes } from '../projects/store.ts';
import { applyForDrawCommand, withdrawDrawApplicationCommand } from './commands.ts';
import { pseudonymOf } from './sealing.ts';
import { type DrawRow, drawApplications, draws } from './store.ts';

type Page = { readonly first?: number; readonly after?: string };

export const drawResolvers: ResolverTable = {
  Query: {
    draw: (_parent, { id }: { id: string }, context) => context.loadOne(draws, id),
  },
  Mutation: {
    applyForDraw: mutation(applyForDrawCommand, 'draw'),
    withdrawDrawApplication: mutation(withdrawDrawApplicationCommand, 'draw'),
  },
  MenuItem: {
    draw: async ({ _id }: { _id: string }, _args, context: GraphContext) =>
      (await context.loadMany(draws, 'menuItemId', _id))[0] ?? null,
  },
  Draw: {
    id: ({ _id }: DrawRow) => _id,
    menuItem: ({ menuItemId }: DrawRow, _args, context) => context.loadOne(menuItems, menuItemId),
    trainingClass: ({ classId }: DrawRow, _args, context) => context.loadOne(classes, classId),
    // Before the draw has run, the seed is nobody's business.
    seed: ({ seed, state }: DrawRow) => (state === 'drawn' ? seed : null),
    capacity: ({ seats }: DrawRow) => seats?.capacity ?? null,
    taken: ({ seats }: DrawRow) => seats?.taken ?? null,
    quotas: ({ seats }: DrawRow) =>
      seats?.quotas.map((quota, at) => ({ ...quota, taken: seats.takenByQuota[at] ?? 0 })) ?? [],
    myPseudonym: async ({ _id }: DrawRow, _args, context) => {
      const teacher = await ownTeacher(context);
      if (teacher === null) return null;
      const pseudonym = pseudonymOf(_id, teacher._id);
      return (await context.loadOne(drawApplications, `${_id}/${pseudonym}`)) && pseudonym;
    },
    lots: ({ _id, state }: DrawRow, page: Page, context) =>
      connection(context.db.model(drawApplications), {
        ...page,
        filter: state === 'drawn' ? { drawId: _id } : null,
        sort: [
          ['rank', 1],
          ['_id', 1],
        ],
      }),
  },
};
