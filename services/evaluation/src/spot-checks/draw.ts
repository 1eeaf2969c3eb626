import { type Decision, decide, fault, type PolicyFigures } from '@shixun/kernel';
import { codes } from './refusals.ts';

/** A project that can be drawn. */
export type DrawnFrom = {
  readonly id: string;
  readonly level: string;
  readonly modality: string;
  /** SHA-256 of seed, newline and project id: random to everybody until the seed is published. */
  readonly lot: string;
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
  readonly figures: Pick<PolicyFigures, 'spotCheckShareMin'>;
};

/** Draws the year's spot checks 抽查 from the projects not yet drawn from. [EVL-05] */
export function drawSpotChecks(facts: DrawFacts): Decision<readonly Lot[]> {
  const { regionCode: region, year, projects, figures } = facts;
  const faults =
    projects.length > 0
      ? []
      : [fault(codes.NO_PROJECTS_TO_DRAW_FROM, ['year'], { region, year, required: 1, actual: 0 })];
  return decide(faults, () => stratifiedDraw(projects, figures.spotCheckShareMin));
}

/**
 * A stratified random sample that anyone can redo: in each stratum the projects stand in the order of their lots, and
 * the first fifth, rounded up, is drawn.
 */
export function stratifiedDraw(
  projects: readonly DrawnFrom[],
  share: PolicyFigures['spotCheckShareMin'],
): readonly Lot[] {
  const strata = Map.groupBy(projects, ({ level, modality }) => `${level}/${modality}`);
  return [...strata]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([stratum, members]) => {
      const drawnCount = shareRoundedUp(members.length, share);
      return members
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
