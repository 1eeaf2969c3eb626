import { civilDateOf } from '@shixun/kernel';
import { badInput, type ResolverTable } from '@shixun/runtime';
import { type Duty, inOrder, isLate, orderOf } from './duties.ts';
import { dutiesOf } from './readers.ts';

type Asked = {
  readonly role?: string | null;
  readonly lateOnly?: boolean | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

const pageSizeMax = 100;
const pageSizeDefault = 20;

export const dutyResolvers: ResolverTable = {
  Query: {
    myDuties: async (_parent, { role, lateOnly, first, after }: Asked, context) => {
      const size = first ?? pageSizeDefault;
      if (size < 1 || size > pageSizeMax) {
        throw badInput(`first must lie between 1 and ${pageSizeMax}`);
      }
      const today = civilDateOf(context.now);
      const all = inOrder(await dutiesOf(context))
        .filter((duty) => !role || duty.role === role)
        .filter((duty) => !lateOnly || isLate(duty, today));
      const from = after ? Buffer.from(after, 'base64url').toString() : '';
      const rest = all.filter((duty) => orderOf(duty) > from);
      const edges = rest.slice(0, size).map((duty) => ({
        cursor: Buffer.from(orderOf(duty)).toString('base64url'),
        node: { ...duty, late: isLate(duty, today) },
      }));
      return {
        edges,
        pageInfo: { hasNextPage: rest.length > size, endCursor: edges.at(-1)?.cursor ?? null },
        count: all.length,
        lateCount: all.filter((duty) => isLate(duty, today)).length,
      };
    },
  },
  Duty: { id: (duty: Duty) => Buffer.from(orderOf(duty)).toString('base64url') },
};
