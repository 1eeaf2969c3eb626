/**
 * The life of a project as one table: the commands obey it, the clients read it (`nextActions`), the documents are
 * drawn from it. [CRS-01]
 */
import { type Decision, decide, type Fault, fault, type Instant } from '@shixun/kernel';
import type { Ownership } from './owner.ts';
import {
  type Actor,
  actsForBureau,
  actsForExecutor,
  actsForOwner,
  bureauRole,
  executorRole,
  ownerRole,
} from './owner.ts';
import type { Level, ProjectState, Sector, Step } from './project.ts';
import { codes } from './refusals.ts';

export const projectCommands = [
  'submitProject',
  'approveProject',
  'rejectProject',
  'commissionInstitution',
  'announceTender',
  'awardTender',
  'decideObjection',
  'confirmAward',
  'abandonTender',
  'submitPlan',
  'reviewPlan',
  'publishProject',
  'requestPlanChange',
  'decidePlanChange',
  'withdrawPlanChange',
  'openProject',
  'startProject',
  'closeProject',
  'archiveProject',
  'cancelProject',
] as const;
export type ProjectCommand = (typeof projectCommands)[number];

export type Transition = {
  readonly command: ProjectCommand;
  readonly from: readonly ProjectState[];
  readonly to: ProjectState;
  /** Whose step it is: the body that owns the project, the bureau that answers for it, or who carries it out. */
  readonly by: 'owner' | 'bureau' | 'executor';
  /** Left out: every project. A school-based project is filed 备案 with the county instead of approved. */
  readonly only?: 'school_based' | 'bureau';
  readonly needsReason?: boolean;
};

const beforeRunning: readonly ProjectState[] = [
  'draft',
  'submitted',
  'filed',
  'approved',
  'tendering',
  'awarded',
  'commissioned',
  'plan_review',
  'plan_returned',
  'plan_accepted',
  'published',
  'open',
];

export const transitions: readonly Transition[] = [
  { command: 'submitProject', from: ['draft'], to: 'submitted', by: 'owner', only: 'bureau' },
  { command: 'submitProject', from: ['draft'], to: 'filed', by: 'owner', only: 'school_based' },
  { command: 'approveProject', from: ['submitted'], to: 'approved', by: 'owner' },
  {
    command: 'rejectProject',
    from: ['submitted'],
    to: 'rejected',
    by: 'owner',
    needsReason: true,
  },
  { command: 'commissionInstitution', from: ['approved'], to: 'commissioned', by: 'owner' },
  { command: 'announceTender', from: ['approved'], to: 'tendering', by: 'owner', only: 'bureau' },
  {
    command: 'awardTender',
    from: ['tendering'],
    to: 'awarded',
    by: 'owner',
    only: 'bureau',
    needsReason: true,
  },
  {
    command: 'decideObjection',
    from: ['awarded'],
    to: 'awarded',
    by: 'owner',
    only: 'bureau',
    needsReason: true,
  },
  {
    command: 'decideObjection',
    from: ['awarded'],
    to: 'tendering',
    by: 'owner',
    only: 'bureau',
    needsReason: true,
  },
  { command: 'confirmAward', from: ['awarded'], to: 'commissioned', by: 'owner', only: 'bureau' },
  {
    command: 'abandonTender',
    from: ['tendering'],
    to: 'approved',
    by: 'owner',
    only: 'bureau',
    needsReason: true,
  },
  {
    command: 'submitPlan',
    from: ['commissioned', 'filed', 'plan_returned'],
    to: 'plan_review',
    by: 'executor',
  },
  { command: 'reviewPlan', from: ['plan_review'], to: 'plan_accepted', by: 'owner' },
  {
    command: 'reviewPlan',
    from: ['plan_review'],
    to: 'plan_returned',
    by: 'owner',
    needsReason: true,
  },
  { command: 'publishProject', from: ['plan_accepted'], to: 'published', by: 'owner' },
  // A published plan is changed by these alone; the project stays where it is. [CRS-19]
  ...(['published', 'open', 'running'] as const).flatMap((state): Transition[] => [
    { command: 'requestPlanChange', from: [state], to: state, by: 'executor', needsReason: true },
    { command: 'decidePlanChange', from: [state], to: state, by: 'bureau', needsReason: true },
    { command: 'withdrawPlanChange', from: [state], to: state, by: 'executor' },
  ]),
  { command: 'openProject', from: ['published'], to: 'open', by: 'owner' },
  { command: 'startProject', from: ['open'], to: 'running', by: 'owner' },
  { command: 'closeProject', from: ['running'], to: 'closing', by: 'owner' },
  { command: 'archiveProject', from: ['evaluated'], to: 'archived', by: 'owner' },
  {
    command: 'cancelProject',
    from: beforeRunning,
    to: 'cancelled',
    by: 'owner',
    needsReason: true,
  },
];

/** What a step looks at. */
export type Standing = Ownership & { readonly state: ProjectState; readonly sector: Sector };

export type StepCommand = {
  readonly command: ProjectCommand;
  /** Which of the command's ends is meant, where it has several (a plan accepted or returned). */
  readonly to?: ProjectState;
  readonly reason?: string | null | undefined;
};

/**
 * Takes the next step of a project's life, or names everything that speaks against it.
 * `others` are the faults that the command itself found; they follow in the list.
 */
export function takeStep(
  { command, to, reason }: StepCommand,
  project: Standing,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
  others: readonly Fault[] = [],
): Decision<Step> {
  const candidates = transitionsOf(project.level).filter(
    (row) => row.command === command && (to === undefined || row.to === to),
  );
  const transition = candidates.find((row) => row.from.includes(project.state));
  const meant = transition ?? candidates[0];
  const faults: Fault[] = [];
  if (transition === undefined) {
    const required = [...new Set(candidates.flatMap((row) => row.from))].join(' / ');
    const figures = { command, required: required || '—', actual: project.state };
    faults.push(fault(codes.PROJECT_STEP_NOT_NEXT, ['projectId'], figures));
  }
  if (meant !== undefined && !actsFor(meant, actor, project)) {
    const required = roleOf(meant, project);
    faults.push(fault(codes.PROJECT_STEP_OF_OTHERS, ['projectId'], { required }));
  }
  const why = reason?.trim() ? reason.trim() : null;
  if (meant?.needsReason === true && why === null) {
    faults.push(fault(codes.PROJECT_REASON_MISSING, ['reason']));
  }
  return decide([...faults, ...others], () => ({
    command,
    from: project.state,
    to: meant?.to ?? project.state,
    role: meant ? roleOf(meant, project) : '',
    by: actor.subject,
    at: now,
    reason: why,
  }));
}

/**
 * The step that a published grade makes of a project that is closing; null in any other state, where the grade is
 * kept and takes effect when the project closes.
 */
export function evaluatedStep(state: ProjectState, now: Instant): Step | null {
  if (state !== 'closing') return null;
  return {
    command: 'gradePublished',
    from: 'closing',
    to: 'evaluated',
    role: 'platform',
    by: 'platform',
    at: now,
    reason: null,
  };
}

/** One thing that can be done next, by whom, and what is still missing for it. */
export type NextAction = {
  readonly command: ProjectCommand;
  readonly roles: readonly string[];
  readonly missing: readonly Fault[];
};

/** What can be done with a project as it stands, read from the table. */
export function nextActions(
  project: Standing,
  missing: Partial<Record<ProjectCommand, readonly Fault[]>> = {},
): readonly NextAction[] {
  const open = transitionsOf(project.level).filter((row) => row.from.includes(project.state));
  return [...new Set(open.map((row) => row.command))].map((command) => ({
    command,
    roles: [
      ...new Set(open.filter((row) => row.command === command).map((row) => roleOf(row, project))),
    ],
    missing: missing[command] ?? [],
  }));
}

function transitionsOf(level: Level): readonly Transition[] {
  const kind = level === 'school' ? 'school_based' : 'bureau';
  return transitions.filter((row) => row.only === undefined || row.only === kind);
}

function actsFor({ by }: Transition, actor: Actor, project: Standing): boolean {
  if (by === 'bureau') return actsForBureau(actor, project);
  return by === 'owner' ? actsForOwner(actor, project) : actsForExecutor(actor, project);
}

function roleOf({ by }: Transition, { level, sector }: Pick<Standing, 'level' | 'sector'>): string {
  if (by === 'bureau') return bureauRole(level, sector);
  return by === 'owner' ? ownerRole(level) : executorRole(level);
}
