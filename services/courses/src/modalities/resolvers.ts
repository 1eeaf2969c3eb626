import { explain, type Fault } from '@shixun/kernel';
import {
  badInput,
  bureaus,
  by,
  connection,
  type GraphContext,
  may,
  mutation,
  type PageRequest,
  type ResolverTable,
} from '@shixun/runtime';
import type { EnrollmentRow } from '../enrollment/store.ts';
import { concerned } from '../projects/access.ts';
import { classes, type ProjectRow, type TrainingClassRow } from '../projects/store.ts';
import {
  completeStageCommand,
  openStageCommand,
  recordStageEvidenceCommand,
} from './commands-stages.ts';
import { publishModalityTemplateCommand } from './commands-templates.ts';
import { evidenceOf, subjectsOf } from './evidence.ts';
import {
  completingFaults,
  openingFaults,
  stageAtHand,
  stateOfStage,
  traineeStages,
} from './progress.ts';
import {
  type ClassRoom,
  gatherClass,
  progressFacts,
  type Reader,
  stagesOfClass,
} from './readers.ts';
import { templateShown } from './readers-template.ts';
import {
  type EvidenceRow,
  modalityTemplates,
  type NextPlanRow,
  nextPlans,
  stageEvidence,
  type TemplateRow,
} from './store.ts';
import { workshopHosts } from './store-people.ts';
import { closesByItself } from './template.ts';

type Page = { readonly first?: number; readonly after?: string };

/** Reads like a unit, outside of any transaction: a page may show what is a moment old. */
export function readerOf({ db, now }: GraphContext): Reader {
  const find: Reader['find'] = async (collection, filter, { sort, limit } = {}) => {
    const found = db.model(collection).collection.find(filter as never);
    if (sort) found.sort(sort);
    if (limit) found.limit(limit);
    return (await found.toArray()) as never;
  };
  const findOne: Reader['findOne'] = async (collection, filter) => {
    const [row] = await find(collection, filter, { limit: 1 });
    return row ?? null;
  };
  return { now, find, findOne, findById: (collection, _id) => findOne(collection, { _id }) };
}

/** Those of a class and those concerned with it; a workshop's host too. */
export async function mayLook(
  context: GraphContext,
  { _id, ownerRegionCode, schoolId, institutionId, classHeadId }: TrainingClassRow,
): Promise<boolean> {
  const scope = { regionCode: ownerRegionCode, schoolId, institutionId, personId: classHeadId };
  if (may(context.caller, concerned, scope)) return true;
  if (may(context.caller, [by('ClassHead', 'own')], scope)) return true;
  const hosts = await context.loadMany(workshopHosts, 'classId', _id);
  const host = hosts.find(({ standing }) => standing);
  const own = [by('WorkshopHost', 'own'), by('Teacher', 'own')];
  return host !== undefined && may(context.caller, own, { personId: host.teacherId });
}

export const explained = (faults: readonly Fault[], { policyVersion }: ClassRoom) =>
  faults.map((each) => explain(each, policyVersion));

/** The class as its commands see it; null when it is gone. */
export async function roomOf(context: GraphContext, classId: string): Promise<ClassRoom | null> {
  const room = await gatherClass(classId, readerOf(context), context);
  return 'trainingClass' in room ? room : null;
}

async function progressOf(row: TrainingClassRow, context: GraphContext) {
  if (!(await mayLook(context, row))) return null;
  const room = await roomOf(context, row._id);
  if (room === null) return null;
  const evidence = await readerOf(context).find(stageEvidence, { classId: row._id });
  const steps = room.progress?.steps ?? [];
  const template = await templateShown(context, room.project ?? row);
  return {
    template,
    stages: room.template.stages.map((stage) => {
      const step = steps.find(({ key }) => key === stage.key);
      return {
        stage,
        state: stateOfStage(steps, stage.key),
        closesByItself: closesByItself(stage),
        openedAt: step?.openedAt ?? null,
        completedAt: step?.completedAt ?? null,
        needs: stage.asks.flatMap((ask) =>
          subjectsOf(ask, room.concerned).flatMap((about) => {
            const recorded = evidenceOf(stage, ask, about, evidence);
            const missing = Math.max(0, ask.atLeast - recorded);
            return about !== null && ask.per === 'trainee' && missing === 0
              ? []
              : [{ ask, about, recorded, missing }];
          }),
        ),
      };
    }),
    nextActions: await nextActions(room, context),
  };
}

/** The one stage at hand: to be opened, or to be completed. */
async function nextActions(room: ClassRoom, context: GraphContext) {
  const steps = room.progress?.steps ?? [];
  const stage = stageAtHand(room.template, steps);
  if (stage === undefined) return [];
  const facts = await progressFacts(readerOf(context), room, stage.key);
  const open = stateOfStage(steps, stage.key) === 'open';
  const faults = open ? completingFaults(stage.key, facts) : openingFaults(stage.key, facts);
  return [
    {
      command: open ? 'completeStage' : 'openStage',
      stageKey: stage.key,
      role: stage.leads,
      missing: explained(faults, room),
    },
  ];
}

async function pageOfClass(row: TrainingClassRow, { first, after }: Page, context: GraphContext) {
  if (!(await mayLook(context, row))) return null;
  const sort: PageRequest['sort'] = [['_id', 1]];
  const filter = { classId: row._id };
  return connection(context.db.model(stageEvidence), { filter, sort, first, after });
}

type NextPlansAsked = Page & { readonly schoolId?: string; readonly teacherId?: string };

function nextPlansOf({ schoolId, teacherId, first, after }: NextPlansAsked, context: GraphContext) {
  if ((schoolId === undefined) === (teacherId === undefined)) {
    throw badInput('name a school or a teacher');
  }
  const ownerId = schoolId ?? teacherId;
  const { caller } = context;
  const own = may(caller, [by('SchoolAdmin', 'school'), by('Teacher', 'own')], {
    schoolId: schoolId ?? null,
    personId: teacherId ?? null,
  });
  // A bureau sees the plans of its region, a school those of its teachers.
  const regions = (caller?.grants ?? []).flatMap(({ role, regionCode }) =>
    regionCode !== undefined && bureaus.some((each) => each.role === role) ? [regionCode] : [],
  );
  const mine = (caller?.grants ?? []).flatMap(({ role, schoolId: at }) =>
    role === 'SchoolAdmin' && at !== undefined ? [{ schoolId: at }] : [],
  );
  const within = regions.map((code) => ({
    regionCode: { $regex: `^${code.replace(/(00)+$/, '')}` },
  }));
  const parts = [...within, ...mine];
  const filter = own ? { ownerId } : parts.length === 0 ? null : { ownerId, $or: parts };
  return connection(context.db.model(nextPlans), { filter, sort: [['_id', 1]], first, after });
}

export const modalityResolvers: ResolverTable = {
  Query: {
    modalityTemplate: async (_parent, { code }: { code: string }, context) => {
      const rows = await context.loadMany(modalityTemplates, 'code', code);
      return rows.find(({ newest }) => newest) ?? null;
    },
    modalityTemplates: (_parent, { base, first, after }: Page & { base?: string }, context) =>
      connection(context.db.model(modalityTemplates), {
        filter: { newest: true, ...(base ? { base } : {}) },
        sort: [
          ['code', 1],
          ['_id', 1],
        ],
        first,
        after,
      }),
    nextPlans: (_parent, asked: NextPlansAsked, context) => nextPlansOf(asked, context),
  },
  Mutation: {
    publishModalityTemplate: mutation(publishModalityTemplateCommand, 'template'),
    openStage: mutation(openStageCommand, 'trainingClass'),
    completeStage: mutation(completeStageCommand, 'trainingClass'),
    recordStageEvidence: mutation(recordStageEvidenceCommand, 'evidence'),
  },
  Project: {
    template: (project: ProjectRow, _arguments, context) => templateShown(context, project),
  },
  TrainingClass: {
    progress: (row: TrainingClassRow, _arguments, context) => progressOf(row, context),
    stageEvidence: (row: TrainingClassRow, asked: Page, context) =>
      pageOfClass(row, asked, context),
  },
  Enrollment: {
    stages: async ({ _id, classId }: EnrollmentRow, _arguments, context) => {
      const row = await context.loadOne(classes, classId);
      if (row === null) return null;
      const facts = await stagesOfClass(readerOf(context), row);
      return traineeStages(_id, facts).map((stage) => ({
        ...stage,
        owed: stage.owed.map((each) => explain(each, row.policyVersion)),
      }));
    },
  },
  ModalityTemplate: {
    id: (row: TemplateRow) => row._id,
    region: ({ regionCode }: TemplateRow) => (regionCode === null ? null : { code: regionCode }),
    title: ({ content }: TemplateRow) => content.title,
    stages: ({ content }: TemplateRow) => content.stages,
    checks: ({ content }: TemplateRow) => content.checks,
    grouping: ({ content }: TemplateRow) => content.grouping,
  },
  StageEvidence: { id: (row: EvidenceRow) => row._id },
  NextPlan: {
    id: (row: NextPlanRow) => row._id,
    evidence: (row: NextPlanRow, _arguments, context) => context.loadOne(stageEvidence, row._id),
  },
};
