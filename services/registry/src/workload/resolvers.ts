import { centiText, civilDateOf } from '@shixun/kernel';
import { badInput, type GraphContext, may, type ResolverTable } from '@shixun/runtime';
import { schools } from '../schools/store.ts';
import { trainers } from '../trainers/store.ts';
import { workloadReaders } from './access.ts';
import { closeWorkloadStatementCommand, type StatementAnswer } from './commands.ts';
import { type WorkloadLine, workloadLines } from './statement.ts';
import { statementId, trainerSessions, workloadStatements } from './store.ts';
import { daysOfTerm, isTerm } from './term.ts';

/** The statement as closed, or as it stands today; null for a school that is not there or not the caller's. */
async function statementOf(
  { schoolId, term }: { readonly schoolId: string; readonly term: string },
  context: GraphContext,
) {
  const school = await context.loadOne(schools, schoolId);
  const scope = { schoolId, regionCode: school?.regionCode };
  if (school === null || !may(context.caller, workloadReaders, scope)) return null;
  const days = daysOfTerm(term);
  const closed = await context.loadOne(workloadStatements, statementId(schoolId, term));
  if (closed !== null) {
    return { school, term, ...days, lines: closed.lines, closedAt: closed.closedAt };
  }
  const today = civilDateOf(context.now);
  const staff = await context.loadMany(trainers, 'schoolId', schoolId);
  const trainerId = { $in: staff.map(({ _id }) => _id) };
  const sessions = await context.db.model(trainerSessions).find({ trainerId, term }).lean();
  const { minutesPerHour } = context.policies.effective(school.regionCode, today).figures;
  const over = today > days.to;
  const asOf = over ? days.to : today;
  const lines = workloadLines(staff, sessions, { asOf, minutesPerHour });
  return { school, term, ...days, lines, closedAt: null };
}

export const workloadResolvers: ResolverTable = {
  Query: {
    workloadStatement: (_parent, args: { schoolId: string; term: string }, context) => {
      if (!isTerm(args.term)) throw badInput(`${args.term} is no term, e.g. 2026-autumn`);
      return statementOf(args, context);
    },
  },
  Mutation: {
    closeWorkloadStatement: async (_parent, { input }: { input: unknown }, context) => {
      const { answer, refusals } = await context.execute(closeWorkloadStatementCommand, input);
      const closed = answer as StatementAnswer | null;
      return { statement: closed === null ? null : await statementOf(closed, context), refusals };
    },
  },
  WorkloadStatement: {
    hours: ({ lines }: { lines: readonly WorkloadLine[] }) =>
      centiText(lines.reduce((sum, { hoursCenti }) => sum + hoursCenti, 0)),
  },
  WorkloadLine: {
    trainer: ({ trainerId }: WorkloadLine, _args, context) => context.loadOne(trainers, trainerId),
    hours: ({ hoursCenti }: WorkloadLine) => centiText(hoursCenti),
  },
};
