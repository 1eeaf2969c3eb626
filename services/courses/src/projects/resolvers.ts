import { centiText } from '@shixun/kernel';
import {
  by,
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { concerned } from './access.ts';
import * as commands from './commands.ts';
import { cancelProjectCommand } from './commands-cancel.ts';
import * as joint from './commands-joint.ts';
import { openProjectCommand } from './commands-open.ts';
import {
  type ClassModule,
  type ClassSession,
  classes,
  type ProjectRow,
  projects,
  type TrainingClassRow,
} from './store.ts';
import { type ConfirmationRow, projectConfirmations } from './store-joint.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };

/** The project, if it is published or the caller is concerned with it; otherwise null, as if there were none. */
async function visibleProject(context: GraphContext, id: string): Promise<ProjectRow | null> {
  const row = await context.loadOne(projects, id);
  if (row === null || row.publishedAt !== null) return row;
  return may(context.caller, concerned, commands.scopeOf(row)) ? row : null;
}

/** The same for a list. */
function visibleProjects({ caller }: GraphContext): Record<string, unknown> {
  const published = { publishedAt: { $ne: null } };
  const own = visibleTo(caller, concerned, {
    region: 'ownerRegionCode',
    school: 'schoolId',
    institution: 'institutionId',
  });
  return own === null ? published : { $or: [published, own] };
}

/** The newest projects that the filter leaves of what the caller may see. */
function projectPage(
  context: GraphContext,
  filter: Readonly<Record<string, unknown>>,
  { first, after }: Page,
) {
  return connection(context.db.model(projects), {
    filter: { ...filter, ...visibleProjects(context) },
    sort: [['_id', -1]],
    first,
    after,
  });
}

type ProjectsArguments = Page & {
  readonly regionCode: string;
  readonly year?: number | null;
  readonly state?: string | null;
};

const projectMutation = (command: Parameters<typeof mutation>[0]) => mutation(command, 'project');

export const projectResolvers: ResolverTable = {
  Query: {
    project: (_parent, { id }: { id: string }, context) => visibleProject(context, id),
    projects: (_parent, { regionCode, year, state, ...page }: ProjectsArguments, context) =>
      projectPage(
        context,
        {
          regionPath: regionCode,
          ...(typeof year === 'number' ? { year } : {}),
          ...(typeof state === 'string' ? { state } : {}),
        },
        page,
      ),
    projectConfirmations: (
      _parent,
      { schoolId, answer, ...page }: Page & { schoolId: string; answer: string },
      context,
    ) => {
      const asked = may(context.caller, by('SchoolAdmin', 'school'), { schoolId });
      return connection(context.db.model(projectConfirmations), {
        filter: asked ? { schoolId, answer } : null,
        sort: [['_id', -1]],
        ...page,
      });
    },
    trainingClass: (_parent, { id }: { id: string }, context) => context.loadOne(classes, id),
  },
  Mutation: {
    draftProject: projectMutation(commands.draftProjectCommand),
    submitProject: projectMutation(joint.submitProjectCommand),
    askSchools: projectMutation(joint.askSchoolsCommand),
    confirmProject: projectMutation(joint.confirmProjectCommand),
    approveProject: projectMutation(commands.approveProjectCommand),
    rejectProject: projectMutation(commands.rejectProjectCommand),
    commissionInstitution: projectMutation(commands.commissionInstitutionCommand),
    openProject: projectMutation(openProjectCommand),
    startProject: projectMutation(commands.startProjectCommand),
    closeProject: projectMutation(commands.closeProjectCommand),
    archiveProject: projectMutation(commands.archiveProjectCommand),
    cancelProject: projectMutation(cancelProjectCommand),
  },
  Project: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      visibleProject(context, id),
    id: (row: ProjectRow) => row._id,
    ownerRegion: (row: ProjectRow) => ({ code: row.ownerRegionCode }),
    school: (row: ProjectRow) => (row.schoolId === null ? null : { id: row.schoolId }),
    institution: (row: ProjectRow) =>
      row.institutionId === null ? null : { id: row.institutionId },
    hours: (row: ProjectRow) => centiText(row.hoursCenti),
    needsSurvey: (row: ProjectRow) => (row.needsSurveyId ? { id: row.needsSurveyId } : null),
    confirmations: (row: ProjectRow, _arguments, context) =>
      context.loadMany(projectConfirmations, 'projectId', row._id),
    classes: (row: ProjectRow, _arguments, context) =>
      context.loadMany(classes, 'projectId', row._id),
  },
  ProjectConfirmation: {
    project: ({ projectId }: ConfirmationRow, _arguments, context) =>
      context.loadOne(projects, projectId),
  },
  TrainingClass: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(classes, id),
    id: (row: TrainingClassRow) => row._id,
    project: (row: TrainingClassRow, _arguments, context) =>
      context.loadOne(projects, row.projectId),
    hours: (row: TrainingClassRow) => centiText(row.hoursCenti),
  },
  ClassModule: {
    id: (module: ClassModule) => module._id,
    hours: (module: ClassModule) => centiText(module.hoursCenti),
  },
  ClassSession: {
    id: (session: ClassSession) => session._id,
    trainer: (session: ClassSession) => ({ id: session.trainerId }),
  },
  Institution: {
    projects: ({ id }: { id: string }, page: Page, context) =>
      projectPage(context, { institutionId: id }, page),
  },
};
