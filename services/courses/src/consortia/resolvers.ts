import { centiText, explain, uncoveredPeriods } from '@shixun/kernel';
import { type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { institutions } from '../projections/institutions.ts';
import { concerned } from '../projects/access.ts';
import { scopeOf } from '../projects/commands.ts';
import { commissionFaults } from '../projects/commission.ts';
import { projects } from '../projects/store.ts';
import { recordConsortiumCommand } from './commands.ts';
import type { ConsortiumMember } from './consortium.ts';
import { withCandidates } from './readers.ts';
import { type ConsortiumRow, consortia } from './store.ts';

/** What would be refused if the consortium were commissioned now, member by member. */
async function gapsOf(row: ConsortiumRow, context: GraphContext) {
  const project = await context.loadOne(projects, row._id);
  if (project === null) return [];
  const known = await Promise.all(
    row.members.map(({ institutionId }) => context.loadOne(institutions, institutionId)),
  );
  const consortium = withCandidates(
    row,
    known.filter((each) => each !== null),
  );
  const leader = { _id: row.leaderId, qualification: null };
  return commissionFaults(project, leader, consortium).map((fault) => explain(fault));
}

export const consortiumResolvers: ResolverTable = {
  Query: {
    consortium: async (_parent, { projectId }: { projectId: string }, context) => {
      const project = await context.loadOne(projects, projectId);
      if (project === null || !may(context.caller, concerned, scopeOf(project))) return null;
      return context.loadOne(consortia, projectId);
    },
  },
  Mutation: { recordConsortium: mutation(recordConsortiumCommand, 'consortium') },
  Consortium: {
    project: (row: ConsortiumRow, _args, context) => context.loadOne(projects, row._id),
    leader: (row: ConsortiumRow) => ({ id: row.leaderId }),
    amount: (row: ConsortiumRow) => centiText(row.amountCents),
    gaps: (row: ConsortiumRow, _args, context) => gapsOf(row, context),
    daysOfNobody: async (row: ConsortiumRow, _args, context) => {
      const project = await context.loadOne(projects, row._id);
      if (project === null) return [];
      const { startsOn: opensOn, endsOn: closesOn } = project;
      const phases = row.members.map((member) => ({
        validFrom: member.startsOn,
        validTo: member.endsOn,
      }));
      return uncoveredPeriods({ opensOn, closesOn }, phases);
    },
  },
  ConsortiumMember: {
    institution: ({ institutionId }: ConsortiumMember) => ({ id: institutionId }),
    hours: ({ hoursCenti }: ConsortiumMember) => centiText(hoursCenti),
    amount: ({ amountCents }: ConsortiumMember) => centiText(amountCents),
  },
};
