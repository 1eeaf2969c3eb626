import { createHash } from 'node:crypto';
import { type Decision, decide, fault, type PolicyFigures } from '@shixun/kernel';
import { codes } from './refusals.ts';

/** A project that can be drawn. */
export type DrawnFrom = {
  readonly id: string;
  readonly level: string;
  readonly modality: string;
};

/** A project in the draw: its stratum, its place there, and whether the lot fell on it. */
export type Lot = {
  readonly projectId: string;
  /** `school/school_based`: level and modality. A sample of all kinds, school-based ones included. */
  readonly stratum: string;
  /** Place in the order of the stratum, from 1. */
  readonly rank: number;
  readonly drawn: boolean;
};

export type DrawFacts = {
  readonly regionCode: string;
  readonly year: number;
  /** The bureau's own projects of the year that have been in no draw before. */
  readonly projects: readonly DrawnFrom[];
  /** Made after the projects are fixed, so that nobody can look for one that suits; published with the draw. */
  readonly seed: string;
  readonly figures: Pick<PolicyFigures, 'spotCheckShareMin'>;
};

/** Draws the year's spot checks 抽查 from the projects not yet drawn from. [EVL-05] */
export function drawSpotChecks(facts: DrawFacts): Decision<readonly Lot[]> {
  const { regionCode: region, year, projects, seed, figures } = facts;
  const faults =
    projects.length > 0
      ? []
      : [fault(codes.NO_PROJECTS_TO_DRAW_FROM, ['year'], { region, year, required: 1, actual: 0 })];
  return decide(faults, () => stratifiedDraw(projects, figures.spotCheckShareMin, seed));
}

/**
 * A stratified random sample that anyone can redo with `sha256sum`: in each stratum the projects stand in the order
 * of SHA-256(seed, newline, project id), and the first fifth°, rounded up, is drawn.
 */
export function stratifiedDraw(
  projects: readonly DrawnFrom[],
  share: PolicyFigures['spotCheckShareMin'],
  seed: string,
): readonly Lot[] {
  const strata = Map.groupBy(projects, ({ level, modality }) => `${level}/${modality}`);
  return [...strata]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([stratum, members]) => {
      const drawnCount = shareRoundedUp(members.length, share);
      return members
        .map(({ id }) => ({ id, lot: lotOf(seed, id) }))
        .toSorted((a, b) => (a.lot < b.lot ? -1 : 1))
        .map(({ id }, index) => ({
          projectId: id,
          stratum,
          rank: index + 1,
          drawn: index < drawnCount,
        }));
    });
}

function shareRoundedUp(
  count: number,
  { numerator, denominator }: PolicyFigures['spotCheckShareMin'],
): number {
  return Math.ceil((count * numerator) / denominator);
}

function lotOf(seed: string, projectId: string): string {
  return createHash('sha256').update(`${seed}\n${projectId}`).digest('hex');
}
