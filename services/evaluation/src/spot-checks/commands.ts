import { randomBytes } from 'node:crypto';
import { civilDateOf, decide, type EffectivePolicy, regionPath } from '@shixun/kernel';
import { defineCommand, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { monitors } from '../projections/monitors.ts';
import { type ProjectRow, projects } from '../projections/projects.ts';
import { type AuthorityFacts, authorityFaults } from './authority.ts';
import { lotOf } from './commands-lots.ts';
import { type DrawFacts, drawSpotChecks, type Lot } from './draw.ts';
import { type SpotCheckDrawRow, spotCheckDraws, spotCheckLots } from './store.ts';

type Input = { readonly regionCode: string; readonly year: number };
type Facts = {
  readonly authority: AuthorityFacts;
  readonly draw: DrawFacts;
  /** Made after the projects are fixed, so that nobody can look for one that suits; published with the draw. */
  readonly seed: string;
  readonly policy: EffectivePolicy;
};

const drawable = ['published', 'open', 'running', 'closing', 'evaluated', 'archived'];

export const drawSpotChecksCommand = defineCommand<Input, Facts, readonly Lot[], SpotCheckDrawRow>({
  name: 'drawSpotChecks',
  input: z.strictObject({
    regionCode: z.string().regex(/^\d{6}$/),
    year: z.int().min(2000).max(2100),
  }),
  gather: async ({ regionCode, year }, unit, { caller, policies }) => {
    const policy = policies.effective(regionCode, civilDateOf(unit.now));
    const own = await notDrawnFrom(regionCode, year, unit);
    const seed = randomBytes(32).toString('hex');
    const draw = {
      regionCode,
      year,
      projects: own.map(({ _id, level, modality }) => ({
        id: _id,
        level,
        modality,
        lot: lotOf(seed, _id),
      })),
      figures: policy.figures,
    };
    const grants = caller?.grants ?? [];
    const named = await unit.find(monitors, { _id: { $in: [...regionPath(regionCode)] } });
    const designations = new Map(named.map((row) => [row._id, row]));
    return { draw, seed, policy, authority: { regionCode, grants, designations } };
  },
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: (_input, { draw, authority }, { now }) => {
    const faults = authorityFaults(authority, civilDateOf(now));
    return faults.length > 0 ? decide(faults, () => []) : drawSpotChecks(draw);
  },
  record: (lots, { draw, seed, policy }, unit) => {
    const row: SpotCheckDrawRow = {
      _id: unit.newId('spotCheck'),
      regionCode: draw.regionCode,
      year: draw.year,
      seed,
      projectsCount: lots.length,
      drawnCount: lots.filter(({ drawn }) => drawn).length,
      drawnAt: unit.now,
      policyVersion: policy.versionId,
    };
    unit.insert(spotCheckDraws, row);
    for (const { projectId, ...lot } of lots) {
      unit.insert(spotCheckLots, { _id: projectId, drawId: row._id, ...lot });
    }
    return row;
  },
  stream: ({ draw }) => `spot-checks/${draw.regionCode}/${draw.year}`,
  policyVersion: ({ policy }) => policy.versionId,
});

/** The bureau's own projects of the year, school-based ones included, that have been in no draw. */
async function notDrawnFrom(
  ownerRegionCode: string,
  year: number,
  unit: Unit,
): Promise<readonly ProjectRow[]> {
  const own = await unit.find(projects, { year, ownerRegionCode });
  const published = own.filter(({ state }) => drawable.includes(state));
  const ids = published.map(({ _id }) => _id);
  const lots = await unit.find(spotCheckLots, { _id: { $in: ids } });
  const drawnFrom = new Set(lots.map(({ _id }) => _id));
  return published.filter(({ _id }) => !drawnFrom.has(_id));
}
