import { civilDateOf } from '@shixun/kernel';
import {
  type Command,
  connection,
  type GraphContext,
  type Resolver,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { teachers } from '../teachers/store.ts';
import { trainers } from '../trainers/store.ts';
import { teamReaders } from './access.ts';
import {
  type CountyTeamAnswer,
  nameTeamMemberCommand,
  removeTeamMemberCommand,
} from './commands.ts';
import { type CountyTeamRow, countyTeams, type TeamMemberRow, teamMembers } from './store.ts';
import { subjectStandings, teamStanding } from './team.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };

const minOf = ({ _id }: CountyTeamRow, { policies, now }: GraphContext) =>
  policies.effective(_id, civilDateOf(now)).figures.trainersPerRuralTeacherMin;

function answeringTeam(command: Command): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const code = (answer as CountyTeamAnswer | null)?.regionCode;
    const team = code === undefined ? null : await context.loadOne(countyTeams, code);
    return { team, refusals };
  };
}

export const countyTeamResolvers: ResolverTable = {
  Query: {
    countyTeams: (_parent, page: Page, context) => {
      const visible = visibleTo(context.caller, teamReaders, { region: '_id' });
      if (visible === null) return { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
      return connection(context.db.model(countyTeams), {
        filter: visible,
        sort: [['_id', 1]],
        first: page.first,
        after: page.after,
      });
    },
  },
  Mutation: {
    nameTeamMember: answeringTeam(nameTeamMemberCommand),
    removeTeamMember: answeringTeam(removeTeamMemberCommand),
  },
  CountyTeam: {
    county: ({ _id }: CountyTeamRow, _args, context) => context.loadOne(regions, _id),
    meets: (row: CountyTeamRow, _args, context) => teamStanding(row, minOf(row, context)).meets,
    missing: (row: CountyTeamRow, _args, context) => teamStanding(row, minOf(row, context)).missing,
    bySubject: (row: CountyTeamRow, _args, context) => subjectStandings(row, minOf(row, context)),
    members: ({ _id }: CountyTeamRow, { first, after }: Page, context) =>
      connection(context.db.model(teamMembers), {
        filter: { regionCode: _id },
        sort: [['_id', 1]],
        first,
        after,
      }),
  },
  CountyTeamMember: {
    id: ({ _id }: TeamMemberRow) => _id,
    teacher: ({ teacherId }: TeamMemberRow, _args, context) =>
      teacherId === null ? null : context.loadOne(teachers, teacherId),
    trainer: ({ trainerId }: TeamMemberRow, _args, context) =>
      trainerId === null ? null : context.loadOne(trainers, trainerId),
  },
};
