import { civilDateOf, percentText, regionPath, yearOf } from '@shixun/kernel';
import { badInput, connection, type GraphContext, may, type ResolverTable } from '@shixun/runtime';
import { plannedPlacesIn } from '../annual-plans/readers.ts';
import { finderOf } from '../plans/resolvers-missing.ts';
import { concerned } from '../projects/access.ts';
import { scopeOf } from '../projects/commands.ts';
import { type ProjectRow, projects } from '../projects/store.ts';
import { planners } from './access.ts';
import { areasByGap, type ScarceArea, type YearTally } from './areas.ts';
import { isDuplicate } from './duplicates.ts';
import { isAboveCeiling, reckonShare } from './places.ts';
import { candidatesFor, comparedMax } from './readers.ts';
import {
  type AreaTallyRow,
  areaTallies,
  type DuplicateRow,
  duplicates,
  placeTallies,
  teacherTallies,
} from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type OfRegion = { readonly regionCode: string; readonly year: number };
type Area = ScarceArea & OfRegion;

async function duplicatesOf(context: GraphContext, projectId: string): Promise<ProjectRow[]> {
  const row = await context.loadOne(projects, projectId);
  if (row === null || !may(context.caller, concerned, scopeOf(row))) return [];
  const candidates = (await context.db
    .model(projects)
    .collection.find(candidatesFor(row) as never)
    .sort({ _id: -1 })
    .limit(comparedMax)
    .toArray()) as unknown as ProjectRow[];
  return candidates.filter((other) => other._id !== row._id && isDuplicate(row, other));
}

async function mandatedShare(context: GraphContext, { regionCode, year }: OfRegion) {
  if (!may(context.caller, planners, { regionCode })) return null;
  const row = await context.loadOne(placeTallies, `${regionCode}/${year}`);
  const { places, mandated } = { places: row?.places ?? 0, mandated: row?.mandated ?? 0 };
  const today = civilDateOf(context.now);
  const over = year < yearOf(today);
  const { mandatedShareMax: max } = context.policies.effective(
    regionCode,
    over ? `${year}-12-31` : today,
  ).figures;
  const known = await plannedPlacesIn(finderOf(context), [regionCode], year);
  const plannedPlaces = known.get(regionCode) ?? null;
  const { of, basis } = reckonShare(places, { plannedPlaces, over });
  return {
    region: { code: regionCode },
    year,
    places,
    mandated,
    selfChosen: places - mandated,
    plannedPlaces,
    reckonedOn: of,
    basis,
    share: percentText(mandated, of, max),
    ceiling: percentText(max.numerator, max.denominator),
    aboveCeiling: isAboveCeiling({ places: of, mandated }, max),
  };
}

/** The counters of one region: at most one row for each stage and subject, so they are sorted here. */
async function areasOf(context: GraphContext, { regionCode, year }: OfRegion): Promise<Area[]> {
  const rows = await context.db
    .model(areaTallies)
    .find({ regionCode, year: { $in: [year - 1, year] } })
    .lean<AreaTallyRow[]>();
  const teachers = await context.db.model(teacherTallies).find({ regionCode }).lean();
  return areasByGap(teachers, inYear(rows, year)).map((area) => ({ ...area, regionCode, year }));
}

/** Places of the year itself; a survey of the year before asks for this one. */
function inYear(rows: readonly AreaTallyRow[], year: number): readonly YearTally[] {
  const merged = new Map<string, YearTally>();
  for (const { stage, subject, places = 0, asked = 0, year: of } of rows) {
    const key = `${stage}/${subject}`;
    const known = merged.get(key) ?? { stage, subject, places: 0, asked: 0 };
    merged.set(key, {
      ...known,
      places: known.places + (of === year ? places : 0),
      asked: Math.max(known.asked, asked),
    });
  }
  return [...merged.values()];
}

function pageOf(areas: readonly Area[], { first, after }: Page) {
  const size = first ?? 20;
  if (size < 1 || size > 100) throw badInput('first must lie between 1 and 100');
  const cursorOf = ({ stage, subject }: Area) =>
    Buffer.from(`${stage}/${subject}`).toString('base64url');
  const from = after ? areas.findIndex((area) => cursorOf(area) === after) + 1 : 0;
  if (after && from === 0) throw badInput('the cursor is not one of this list');
  const edges = areas.slice(from, from + size).map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: areas.length > from + size,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Published projects for the area that can still be joined: of the region and below, or of those above it. */
export function fittingFilter({
  regionCode,
  year,
  stage,
  subject,
}: OfRegion & {
  readonly stage: string;
  readonly subject: string;
}): Readonly<Record<string, unknown>> {
  const state = { $in: ['published', 'open'] };
  if (subject === 'rural') {
    return { regionPath: regionCode, stage, year, state, 'audience.ruralOnly': true };
  }
  const shared = { stage, subject, year, state };
  const above = regionPath(regionCode).filter((code) => code !== regionCode);
  return {
    $or: [
      { regionPath: regionCode, ...shared },
      ...(above.length > 0 ? [{ ownerRegionCode: { $in: above }, ...shared }] : []),
    ],
  };
}

export const supplyResolvers: ResolverTable = {
  Query: {
    duplicateProjects: (_parent, { projectId }: { projectId: string }, context) =>
      duplicatesOf(context, projectId),
    duplicatePairs: (_parent, { regionCode, year, ...page }: OfRegion & Page, context) =>
      connection(context.db.model(duplicates), {
        ...page,
        filter: may(context.caller, planners, { regionCode })
          ? { regionPath: regionCode, year }
          : null,
        sort: [['_id', -1]],
      }),
    mandatedShare: (_parent, args: OfRegion, context) => mandatedShare(context, args),
    scarceAreas: async (_parent, args: OfRegion & Page & { specialOnly: boolean }, context) => {
      const mine = may(context.caller, planners, { regionCode: args.regionCode });
      const areas = mine ? await areasOf(context, args) : [];
      return pageOf(args.specialOnly ? areas.filter(({ special }) => special) : areas, args);
    },
  },
  DuplicatePair: {
    id: ({ _id }: DuplicateRow) => _id,
    projects: async ({ projectIds }: DuplicateRow, _args, context) =>
      (await Promise.all(projectIds.map((id) => context.loadOne(projects, id)))).filter(
        (row) => row !== null,
      ),
  },
  ScarceArea: {
    demandSource: ({ demandFrom }: Area) => demandFrom,
    projects: (area: Area, page: Page, context) =>
      connection(context.db.model(projects), {
        ...page,
        filter: fittingFilter(area),
        sort: [['_id', -1]],
      }),
  },
};
