/** Cancelling a project ends what is on its way for it: its tender, a change of its plan. [CRS-01, CRS-02, CRS-19] */
import { defineCommand } from '@shixun/runtime';
import { pendingStates } from '../plan-changes/request-change.ts';
import { planChanges } from '../plan-changes/store.ts';
import { tenders } from '../tenders/store.ts';
import { actorOf, gatherProject, scopeOf } from './commands.ts';
import { recordStep } from './commands-record.ts';
import { reasonedInput } from './input.ts';
import type { ProjectRow } from './store.ts';
import { takeStep } from './transitions.ts';

export const cancelProjectCommand = defineCommand({
  name: 'cancelProject',
  input: reasonedInput,
  gather: async (input, unit, context) => {
    const facts = await gatherProject(input, unit, context);
    if (!('project' in facts)) return facts;
    const { projectId } = input;
    const standing = { $in: ['announced', 'opened', 'awarded'] };
    return {
      ...facts,
      tenders: await unit.find(tenders, { projectId, state: standing }),
      changes: await unit.find(planChanges, { projectId, state: { $in: pendingStates } }),
    };
  },
  scope: ({ project }) => scopeOf(project),
  decide: ({ reason }, { project }, { now, caller }) =>
    takeStep({ command: 'cancelProject', reason }, project, { actor: actorOf(caller), now }),
  record: (step, facts, unit): ProjectRow => {
    // The states and the number of bids are the guard: whatever came meanwhile makes the unit run again.
    for (const { _id, state, bidsTaken } of facts.tenders) {
      unit.update(tenders, { _id, state, bidsTaken }, { $set: { state: 'abandoned' } });
    }
    for (const { _id, state } of facts.changes) {
      const $set = { state: 'lapsed', lapsedBecause: 'cancelled', working: false };
      unit.update(planChanges, { _id, state }, { $set });
    }
    return recordStep(unit, facts, step);
  },
  stream: ({ project }) => project._id,
  policyVersion: ({ policy }) => policy.versionId,
});
