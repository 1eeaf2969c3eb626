import { policyFigures } from '@shixun/kernel';
import { mutation, type ResolverTable } from '@shixun/runtime';
import type { ProjectRow } from '../projects/store.ts';
import { waiveFigureCommand } from './commands.ts';
import { type FigureWaiverRow, figureWaivers } from './store.ts';

export const waiverResolvers: ResolverTable = {
  Mutation: { waiveFigure: mutation(waiveFigureCommand, 'waiver') },
  Project: {
    waivers: ({ _id }: ProjectRow, _args, context) =>
      context.loadMany(figureWaivers, 'projectId', _id),
  },
  FigureWaiver: {
    rule: ({ figure }: FigureWaiverRow) => policyFigures[figure].rule,
    source: ({ figure }: FigureWaiverRow) => policyFigures[figure].source,
    meaningZh: ({ figure }: FigureWaiverRow) => policyFigures[figure].description.zh,
    meaningEn: ({ figure }: FigureWaiverRow) => policyFigures[figure].description.en,
  },
};
