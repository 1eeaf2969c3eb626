import {
  type Command,
  type Connection,
  connection,
  type GraphContext,
  type Resolver,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { type SchoolRow, schools } from '../schools/store.ts';
import { teacherListReaders } from '../teachers/access.ts';
import { teachers } from '../teachers/store.ts';
import { type CommunityAnswer, openWorkshopCommand, setAreaCommand } from './commands.ts';
import {
  areaCommunity,
  type Community,
  type CommunityKind,
  communityOf,
  workshopCommunity,
} from './readers.ts';
import { areas, workshops } from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };

const byId = [['_id', 1]] as const;
const byRegion = [['regionCode', 1], ...byId] as const;

/** In the order of the index that finds them: an area is many schools, a personal space one person. */
const memberSort = {
  region: byRegion,
  area: [['schoolId', 1], ...byRegion],
  school: byRegion,
  workshop: byRegion,
  personal_space: byId,
} as const;

function mapped<Row, Node>(page: Connection<Row>, node: (row: Row) => Node): Connection<Node> {
  const edges = page.edges.map((edge) => ({ cursor: edge.cursor, node: node(edge.node) }));
  return { ...page, edges };
}

/** What is directly below: areas of a county, schools of an area; workshops are a list of their own. */
async function below(context: GraphContext, { kind, id }: Community, page: Page) {
  if (kind === 'region') {
    const filter = { countyCode: id };
    return mapped(
      await connection(context.db.model(areas), { filter, sort: byId, ...page }),
      areaCommunity,
    );
  }
  const area = kind === 'area' ? await context.loadOne(areas, id) : null;
  const filter = area === null ? null : { _id: { $in: area.schoolIds } };
  const found = await connection(context.db.model(schools), { filter, sort: byId, ...page });
  return mapped(found, (school: SchoolRow) => ({
    kind: 'school',
    id: school._id,
    name: school.name,
    members: { status: 'active', schoolId: school._id },
    above: [['area', id]],
  }));
}

export const communityResolvers: ResolverTable = {
  Query: {
    community: (_parent, { kind, id }: { kind: CommunityKind; id: string }, context) =>
      communityOf(context, kind, id),
  },
  Mutation: {
    setArea: answering(setAreaCommand, 'area'),
    openWorkshop: answering(openWorkshopCommand, 'workshop'),
  },
  Community: {
    above: async ({ above }: Community, _args, context) => {
      const found = await Promise.all(above.map(([kind, id]) => communityOf(context, kind, id)));
      return found.filter((each) => each !== null);
    },
    below: (community: Community, page: Page, context) => below(context, community, page),
    workshops: async ({ kind, id }: Community, page: Page, context) => {
      const filter =
        kind === 'school'
          ? { schoolId: id }
          : kind === 'region'
            ? { regionCode: id, schoolId: null }
            : null;
      const sort = byId;
      const found = await connection(context.db.model(workshops), { filter, sort, ...page });
      return mapped(found, workshopCommunity);
    },
    members: ({ kind, members }: Community, page: Page, context) => {
      const fields = { region: 'regionCode', school: 'schoolId' } as const;
      const visible = visibleTo(context.caller, teacherListReaders, fields);
      return connection(context.db.model(teachers), {
        filter: visible === null ? null : { $and: [visible, members] },
        sort: memberSort[kind],
        ...page,
      });
    },
  },
};

function answering(command: Command, kind: 'area' | 'workshop'): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const id = (answer as CommunityAnswer | null)?.id;
    return { community: id === undefined ? null : await communityOf(context, kind, id), refusals };
  };
}
