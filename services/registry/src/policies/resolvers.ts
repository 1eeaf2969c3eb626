import {
  type CivilDate,
  effectivePolicy,
  type FigureName,
  type FigureValue,
  figureNames,
  figureOrigins,
  figureText,
  nationwide,
  type PolicyFigures,
  policyFigures,
  type Ratio,
  regionPath,
} from '@shixun/kernel';
import { connection, type GraphContext, type ResolverTable } from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { type PolicyVersionRow, policyVersions, versionOf } from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type Asked = { readonly regionCode: string; readonly date: CivilDate };
type FigureRow = {
  readonly name: FigureName;
  readonly value: FigureValue;
  /** Id of the version that it comes from. */
  readonly setBy?: string;
};

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
  Policy: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(policyVersions, id),
    id: (policy: PolicyVersionRow) => policy._id,
    region: ({ regionCode }: PolicyVersionRow, _args, context) =>
      context.loadOne(regions, regionCode),
    base: ({ base }: PolicyVersionRow, _args, context) =>
      base === null ? null : context.loadOne(policyVersions, base),
    figures: ({ _id, figures }: PolicyVersionRow) => rowsOf(figures, () => _id),
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
    setBy: ({ setBy }: FigureRow, _args, context) =>
      setBy === undefined ? null : context.loadOne(policyVersions, setBy),
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
  const versions = rows.map(versionOf);
  const { versionId, figures } = effectivePolicy(versions, regionCode, date);
  const origins = figureOrigins(versions, regionCode, date);
  return { regionCode, date, versionId, figures: rowsOf(figures, (name) => origins[name]) };
}

/** In the order of the rules. */
export function rowsOf(
  figures: Partial<PolicyFigures>,
  setBy?: (name: FigureName) => string,
): FigureRow[] {
  return figureNames.flatMap((name) => {
    const value = figures[name];
    if (value === undefined) return [];
    return [{ name, value, ...(setBy ? { setBy: setBy(name) } : {}) }];
  });
}

function isRatio(value: FigureValue): value is Ratio {
  return typeof value === 'object' && 'numerator' in value;
}
