import { defineCommand } from '@shixun/runtime';
import { unplannedFlags } from '../annual-plans/plan.ts';
import { annualPlanState } from '../annual-plans/readers.ts';
import { actorOf, gatherProject, openingFaults, scopeOf } from './commands.ts';
import { recordStep } from './commands-record.ts';
import { stepInput } from './input.ts';
import type { ProjectRow } from './store.ts';
import { takeStep } from './transitions.ts';

/** Opens a published project; one whose owner's plan of the year is not accepted is opened and flagged. [PLN-03] */
export const openProjectCommand = defineCommand({
  name: 'openProject',
  input: stepInput,
  gather: async (input, unit, context) => {
    const facts = await gatherProject(input, unit, context);
    if (!('project' in facts)) return facts;
    const { ownerRegionCode: regionCode, schoolId, year } = facts.project;
    return { ...facts, planned: await annualPlanState(unit, { regionCode, schoolId }, year) };
  },
  scope: ({ project }) => scopeOf(project),
  decide: (_input, { planned, ...facts }, { now, caller }) => {
    const asked = { actor: actorOf(caller), now };
    const faults = openingFaults(facts);
    const decision = takeStep({ command: 'openProject' }, facts.project, asked, faults);
    if (!decision.accepted) return decision;
    const { ownerRegionCode: regionCode, year } = facts.project;
    return { ...decision, flags: unplannedFlags(planned, { regionCode, year }) };
  },
  record: (step, facts, unit): ProjectRow => recordStep(unit, facts, step),
  stream: ({ project }) => project._id,
  policyVersion: ({ policy }) => policy.versionId,
});
