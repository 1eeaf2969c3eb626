import {
  type CivilDate,
  effectivePolicy,
  type FigureName,
  type FigureValue,
  figureNames,
  figureText,
  nationwide,
  type PolicyFigures,
  policyFigures,
  type Ratio,
  regionPath,
} from '@shixun/kernel';
import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { publishPolicyCommand } from './commands.ts';
import { type PolicyVersionRow, policyVersions, versionOf } from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type Asked = { readonly regionCode: string; readonly date: CivilDate };
type FigureRow = { readonly name: FigureName; readonly value: FigureValue };

export const policyResolvers: ResolverTable = {
  Query: {
    policy: (_parent, asked: Asked, context) => inForce(asked, context),
    policies: (_parent, args: Page & { regionCode?: string | null }, context) =>
      connection(context.db.model(policyVersions), {
        filter: args.regionCode ? { regionCode: args.regionCode } : {},
        sort: [['_id', 1]],
        first: args.first,
        after: args.after,
      }),
  },
  Mutation: { publishPolicy: mutation(publishPolicyCommand, 'policy') },
  Policy: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(policyVersions, id),
    id: (policy: PolicyVersionRow) => policy._id,
    region: ({ regionCode }: PolicyVersionRow, _args, context) =>
      context.loadOne(regions, regionCode),
    base: ({ base }: PolicyVersionRow, _args, context) =>
      base === null ? null : context.loadOne(policyVersions, base),
    figures: ({ figures }: PolicyVersionRow) => rowsOf(figures),
  },
  EffectivePolicy: {
    nearest: ({ versionId }: { versionId: string }, _args, context) =>
      context.loadOne(policyVersions, versionId),
  },
  PolicyFigure: {
    number: ({ value }: FigureRow) => (typeof value === 'number' ? value : null),
    ratio: ({ value }: FigureRow) => (isRatio(value) ? value : null),
    switch: ({ value }: FigureRow) => (typeof value === 'boolean' ? value : null),
    text: ({ value }: FigureRow) => (typeof value === 'string' ? value : null),
    list: ({ value }: FigureRow) => (Array.isArray(value) ? value : null),
    display: ({ name, value }: FigureRow) => figureText(name, value),
    unit: ({ name }: FigureRow) => policyFigures[name].unit,
    rule: ({ name }: FigureRow) => ({ number: policyFigures[name].rule }),
    tighter: ({ name }: FigureRow) => policyFigures[name].tighter,
    source: ({ name }: FigureRow) => policyFigures[name].source,
    inPrinciple: ({ name }: FigureRow) => policyFigures[name].inPrinciple,
    ownDefault: ({ name }: FigureRow) => policyFigures[name].ownDefault,
    meaningZh: ({ name }: FigureRow) => policyFigures[name].description.zh,
    meaningEn: ({ name }: FigureRow) => policyFigures[name].description.en,
  },
};

async function inForce({ regionCode, date }: Asked, context: GraphContext) {
  const path = [nationwide, ...regionPath(regionCode)];
  const rows = (
    await Promise.all(path.map((code) => context.loadMany(policyVersions, 'regionCode', code)))
  ).flat();
  const { versionId, figures } = effectivePolicy(rows.map(versionOf), regionCode, date);
  return { regionCode, date, versionId, figures: rowsOf(figures) };
}

/** In the order of the rules. */
function rowsOf(figures: Partial<PolicyFigures>): FigureRow[] {
  return figureNames.flatMap((name) => {
    const value = figures[name];
    return value === undefined ? [] : [{ name, value }];
  });
}

function isRatio(value: FigureValue): value is Ratio {
  return typeof value === 'object' && 'numerator' in value;
}
