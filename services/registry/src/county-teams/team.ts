/**
 * The county training team 县级培训团队: trainers to rural teachers not below 1:30, of the county and of each subject.
 * [REG-13, CRS-33]
 */
import { compareRatio, type Ratio } from '@shixun/kernel';

/** How many there are; kept by counting changes, never by counting the province. */
export type TeamCount = { readonly ruralTeachers: number; readonly trainers: number };

export type CountyTeam = TeamCount & {
  /** A count that nobody has touched yet is absent. */
  readonly bySubject?: Readonly<Record<string, Partial<TeamCount>>>;
};

export type TeamStanding = TeamCount & {
  readonly meets: boolean;
  /** Trainers that are missing; 0 when the ratio is met. */
  readonly missing: number;
};

/** Where a count stands: exactly the ratio is enough; where there is no rural teacher none is asked. */
export function teamStanding({ ruralTeachers, trainers }: TeamCount, min: Ratio): TeamStanding {
  const meets = compareRatio(trainers, ruralTeachers, min.numerator, min.denominator) >= 0;
  const needed = Math.ceil((ruralTeachers * min.numerator) / min.denominator);
  return { ruralTeachers, trainers, meets, missing: meets ? 0 : needed - trainers };
}

/** How each subject of a county stands, in order of their codes. */
export function subjectStandings(
  { bySubject = {} }: CountyTeam,
  min: Ratio,
): readonly (TeamStanding & { readonly subject: string })[] {
  return Object.entries(bySubject)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, { ruralTeachers = 0, trainers = 0 }]) => ({
      subject,
      ...teamStanding({ ruralTeachers, trainers }, min),
    }));
}

/** The subjects of a county below the ratio. */
export function subjectsBelow(team: CountyTeam, min: Ratio): readonly string[] {
  return subjectStandings(team, min)
    .filter(({ meets }) => !meets)
    .map(({ subject }) => subject);
}

/** What somebody counts for: a county and subjects; null for nothing. */
export type Contribution = { readonly regionCode: string; readonly subjects: readonly string[] };

/**
 * What changes when somebody no longer counts for the one and now counts for the other, as increments by county and
 * field of the count. Nothing changes when both are the same.
 */
export function countChanges(
  changes: readonly { readonly before: Contribution | null; readonly after: Contribution | null }[],
  field: keyof TeamCount,
): ReadonlyMap<string, Readonly<Record<string, number>>> {
  const counties = new Map<string, Record<string, number>>();
  const add = (contribution: Contribution | null, step: number) => {
    if (contribution === null) return;
    const { regionCode, subjects } = contribution;
    const county = counties.get(regionCode) ?? {};
    counties.set(regionCode, county);
    const fields = [field, ...new Set(subjects.map((subject) => `bySubject.${subject}.${field}`))];
    for (const name of fields) county[name] = (county[name] ?? 0) + step;
  };
  for (const { before, after } of changes) {
    add(before, -1);
    add(after, 1);
  }
  return new Map(
    [...counties]
      .map(
        ([code, fields]) =>
          [code, Object.fromEntries(Object.entries(fields).filter(([, by]) => by !== 0))] as const,
      )
      .filter(([, fields]) => Object.keys(fields).length > 0),
  );
}
