import type { GraphContext, ResolverTable } from '@shixun/runtime';
import { teacherPlace } from './teacher-place.ts';

export const teacherResolvers: ResolverTable = {
  Teacher: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      teacherPlace(context, id),
  },
};
