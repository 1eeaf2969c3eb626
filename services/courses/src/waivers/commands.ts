import { figureText } from '@shixun/kernel';
import { defineCommand } from '@shixun/runtime';
import { z } from 'zod';
import { actorOf, gatherProject, scopeOf } from '../projects/commands.ts';
import { actsForOwner, ownerRole } from '../projects/owner.ts';
import type { ProjectState } from '../projects/project.ts';
import { type FigureWaiverRow, figureWaivers, waivedFigures } from './store.ts';
import { waiveFigure } from './waive.ts';

const endings: readonly ProjectState[] = [
  'rejected',
  'closing',
  'evaluated',
  'archived',
  'cancelled',
];

export const waiveFigureCommand = defineCommand({
  name: 'waiveFigure',
  input: z.strictObject({
    projectId: z.string().max(64),
    figure: z.string().max(60),
    reason: z.string().max(1000),
  }),
  gather: async (input, unit, context) => {
    const found = await gatherProject(input, unit, context);
    if (!('project' in found)) return found;
    const { project, policy } = found;
    return { project, policy, waived: await waivedFigures(unit, project._id) };
  },
  scope: ({ project }) => scopeOf(project),
  decide: (input, { project, waived }, { caller }) =>
    waiveFigure(input, {
      actsForOwner: actsForOwner(actorOf(caller), project),
      ownerRole: ownerRole(project.level),
      over: endings.includes(project.state),
      waived,
    }),
  record: ({ figure, reason }, { project, policy }, unit): FigureWaiverRow => {
    const row: FigureWaiverRow = {
      _id: `${project._id}/${figure}`,
      projectId: project._id,
      figure,
      reason,
      role: ownerRole(project.level),
      waivedAt: unit.now,
      required: figureText(figure, policy.figures[figure]),
      policyVersion: policy.versionId,
    };
    unit.insert(figureWaivers, row);
    return row;
  },
  stream: ({ project }) => project._id,
  policyVersion: ({ policy }) => policy.versionId,
});
