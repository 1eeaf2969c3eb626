import { civilDateOf } from '@shixun/kernel';
import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import type { PlanModule } from '../plans/plan.ts';
import type { PlanRow } from '../plans/store.ts';
import { projects } from '../projects/store.ts';
import { importCurriculumStandardsCommand, publishCurriculumStandardCommand } from './commands.ts';
import { type Coverage, coverageOf, standardsOn } from './standard.ts';
import { curriculumStandards, type StandardRow } from './store.ts';

type Asked = {
  readonly stage: string;
  readonly subject?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

/** Versions of all standards of some stages; a library has some dozens a stage. */
const versionsMax = 2_000;

/** What the plan covers of the standards that were in force when it was handed in. */
async function coverage(plan: PlanRow, context: GraphContext) {
  const project = await context.loadOne(projects, plan.projectId);
  if (project === null) return [];
  const { audience } = project;
  const versions = await context.db
    .model(curriculumStandards)
    .find({ stage: { $in: audience.stages.length > 0 ? audience.stages : [project.stage] } })
    .limit(versionsMax)
    .lean<StandardRow[]>();
  const inForce = standardsOn(versions, civilDateOf(plan.submittedAt));
  return coverageOf(plan.content.modules, audience, inForce);
}

export const curriculumResolvers: ResolverTable = {
  Query: {
    curriculumStandards: (_parent, { stage, subject, ...page }: Asked, context) =>
      connection(context.db.model(curriculumStandards), {
        filter: { stage, ...(typeof subject === 'string' ? { subject } : {}) },
        sort:
          typeof subject === 'string'
            ? [['_id', 1]]
            : [
                ['subject', 1],
                ['_id', 1],
              ],
        ...page,
      }),
  },
  Mutation: {
    publishCurriculumStandard: mutation(publishCurriculumStandardCommand, 'standard'),
    importCurriculumStandards: mutation(importCurriculumStandardsCommand, 'standards'),
  },
  TrainingPlan: { coverage: (plan: PlanRow, _arguments, context) => coverage(plan, context) },
  PlanModule: { topics: (module: PlanModule) => module.topics ?? [] },
  CurriculumStandard: { id: ({ _id }: StandardRow) => _id },
  CurriculumCoverage: {
    topicsCount: ({ standard }: Coverage<StandardRow>) => standard.topics.length,
  },
};
