/** Asking for a change of a published plan, deciding on it, taking it back. [CRS-19] */
import { civilDateOf, type Decision } from '@shixun/kernel';
import { defineCommand, type Scope, type Unit } from '@shixun/runtime';
import { topicsOffered, versionsNamed } from '../curriculum-standards/readers.ts';
import { topicFaults } from '../curriculum-standards/standard.ts';
import { actorOf, scopeOf } from '../projects/commands.ts';
import { changeClass, recordStep } from '../projects/commands-record.ts';
import type { Step } from '../projects/project.ts';
import { takeStep } from '../projects/transitions.ts';
import { applyChange } from './commands-apply.ts';
import { consentFaults, pendingFaults } from './decide-change.ts';
import { decideInput, requestInput, withdrawInput } from './input.ts';
import { notices } from './notices.ts';
import { type ChangeOfProject, changeFacts, gatherChange, gatherChangeById } from './readers.ts';
import { type Change, weighChange } from './request-change.ts';
import { type PlanChangeRow, planChanges } from './store.ts';

const policyVersion = ({ policy }: ChangeOfProject) => policy.versionId;
const stream = ({ project }: ChangeOfProject) => project._id;

type Requested = { readonly step: Step; readonly change: Change };

export const requestPlanChangeCommand = defineCommand({
  name: 'requestPlanChange',
  input: requestInput,
  gather: async (input, unit, context) => {
    const facts = await gatherChange(input, unit, context);
    if (!('project' in facts)) return facts;
    const standards = await versionsNamed(unit, topicsOffered(input.plan));
    return { ...facts, facts: await changeFacts(input.plan, facts, unit, context), standards };
  },
  scope: ({ project }) => scopeOf(project),
  decide: ({ plan, explanation }, { project, facts, standards }, { now, caller }) => {
    const change = weighChange(plan, facts, now);
    const decision = takeStep(
      { command: 'requestPlanChange', to: project.state, reason: explanation },
      project,
      { actor: actorOf(caller), now },
      [...change.faults, ...topicFaults(plan.modules, standards, civilDateOf(now))],
    );
    if (!decision.accepted) return decision;
    const outcome: Requested = { step: decision.outcome, change };
    const flags = change.severity === 'minor' ? change.flags : [];
    return { accepted: true, outcome, flags } satisfies Decision<Requested>;
  },
  record: ({ step, change }, facts, unit, { plan, explanation }): PlanChangeRow => {
    const row = newRow({ step, change }, facts, unit, { plan, explanation });
    if (change.severity === 'major') {
      recordStep(unit, facts, step);
      unit.insert(planChanges, row);
      const { title, ownerRegionCode } = facts.project;
      unit.notify({
        notice: notices.PLAN_CHANGE_ASKED,
        to: { regionCode: ownerRegionCode },
        subject: row._id,
        figures: { project: title, ...countsOf(row), explanation },
      });
      return row;
    }
    const planId = applyChange(unit, row, facts);
    recordStep(unit, facts, step, { planId });
    const applied = { ...row, state: 'applied', planId, appliedAt: unit.now } as const;
    unit.insert(planChanges, applied);
    return applied;
  },
  stream,
  policyVersion,
  audited: ({ projectId, explanation }, { _id, severity }) => ({
    ...{ projectId, explanation, changeId: _id, severity },
  }),
});

/** How many differences there are, and how many of them are major. */
function countsOf({ differences }: Pick<PlanChangeRow, 'differences'>) {
  const major = differences.filter(({ severity }) => severity === 'major').length;
  return { count: differences.length, major };
}

function newRow(
  { step, change }: Requested,
  { project, plan, rows, policy }: ChangeOfProject,
  unit: Unit,
  {
    plan: content,
    explanation,
  }: Pick<PlanChangeRow, 'explanation'> & { plan: PlanChangeRow['content'] },
): PlanChangeRow {
  const { severity, differences, substituted, substitutedInAll, sessions, share } = change;
  return {
    _id: unit.newId('planChange'),
    projectId: project._id,
    projectTitle: project.title,
    ownerRegionCode: project.ownerRegionCode,
    regionPath: project.regionPath,
    institutionId: project.institutionId,
    schoolId: project.schoolId,
    state: 'requested',
    ...{ severity, explanation, content, differences },
    ...{ substituted, substitutedInAll, sessions, share },
    fromPlanId: plan?._id ?? '',
    planId: null,
    requestedBy: step.by,
    requestedAt: step.at,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    announcedAt: null,
    freeWithdrawalUntil: null,
    appliedAt: null,
    lapsedBecause: null,
    policyVersion: policy.versionId,
    cursors: rows.flatMap((row) => (row ? [{ classId: row._id, ticket: -1 }] : [])),
    working: true,
  };
}

/** The party that carries the project out: whom a decision on its request is told. */
export function executorOf({ institutionId, schoolId, ownerRegionCode }: PlanChangeRow) {
  if (institutionId !== null) return { institutionId };
  return schoolId === null ? { regionCode: ownerRegionCode } : { schoolId };
}

export const decidePlanChangeCommand = defineCommand({
  name: 'decidePlanChange',
  input: decideInput,
  gather: async (input, unit, context) => {
    const facts = await gatherChangeById(input, unit, context);
    if (!('asked' in facts)) return facts;
    return { ...facts, facts: await changeFacts(facts.asked.content, facts, unit, context) };
  },
  // The bureau alone: who carries the project out has no say in the consent.
  scope: ({ project }): Scope => ({ regionCode: project.ownerRegionCode }),
  decide: ({ consent, reason }, { project, asked, facts }, { now, caller }) => {
    const others = [
      ...pendingFaults(asked.state, 'requested'),
      ...(consent ? consentFaults(asked, facts, now) : []),
    ];
    const command = { command: 'decidePlanChange', to: project.state, reason } as const;
    return takeStep(command, project, { actor: actorOf(caller), now }, others);
  },
  record: (step, facts, unit, { consent, reason }): PlanChangeRow => {
    const { asked, rows, project, policy } = facts;
    recordStep(unit, facts, step);
    const decided = {
      state: consent ? 'consented' : 'refused',
      decidedBy: step.by,
      decidedAt: step.at,
      decisionReason: reason,
      working: consent,
    } as const;
    // The trainees are gone through once more, now to be told.
    const cursors = asked.cursors.map(({ classId }) => ({ classId, ticket: -1 }));
    const changes = consent ? { ...decided, cursors } : decided;
    unit.update(planChanges, { _id: asked._id, state: 'requested' }, { $set: changes });
    if (consent) {
      const until = windowEnd(unit.now, policy.figures.changeWithdrawalWindowMinDays);
      for (const row of rows) if (row) changeClass(unit, row, { freeWithdrawalUntil: until });
    }
    const { title } = project;
    unit.notify({
      notice: consent ? notices.PLAN_CHANGE_CONSENTED : notices.PLAN_CHANGE_REFUSED,
      to: executorOf(asked),
      subject: asked._id,
      figures: { project: title, ...(consent ? {} : { reason }) },
    });
    return { ...asked, ...changes };
  },
  stream,
  policyVersion,
});

/** The window lasts whole days of 24 hours from the instant on which it opens. [CRS-19] */
export function windowEnd(from: Date, days: number): Date {
  return new Date(from.getTime() + days * 86_400_000);
}

export const withdrawPlanChangeCommand = defineCommand({
  name: 'withdrawPlanChange',
  input: withdrawInput,
  gather: gatherChangeById,
  scope: ({ project }) => scopeOf(project),
  decide: (_input, { project, asked }, { now, caller }) =>
    takeStep(
      { command: 'withdrawPlanChange', to: project.state },
      project,
      { actor: actorOf(caller), now },
      pendingFaults(asked.state, 'requested'),
    ),
  record: (step, facts, unit): PlanChangeRow => {
    recordStep(unit, facts, step);
    const $set = { state: 'withdrawn', working: false } as const;
    unit.update(planChanges, { _id: facts.asked._id, state: 'requested' }, { $set });
    return { ...facts.asked, ...$set };
  },
  stream,
});
