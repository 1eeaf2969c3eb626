import type { CivilDate } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import { type Contribution, type CountyTeam, countChanges, type TeamCount } from './team.ts';

/** Counters of one county; the id is its code. */
export type CountyTeamRow = RowBase &
  CountyTeam & {
    /** The day of the last look, and the year for which a finding was opened. */
    readonly checkedOn: CivilDate;
    readonly findingYear: number;
  };

export const countyTeams = defineCollection<CountyTeamRow>(
  'county_teams',
  {
    ruralTeachers: { type: Number, default: 0 },
    trainers: { type: Number, default: 0 },
    bySubject: { type: Object, default: {} },
    checkedOn: { type: String, default: '' },
    findingYear: { type: Number, default: 0 },
  },
  [{ keys: { checkedOn: 1, _id: 1 } }],
);

/** What a teacher counts for as a rural teacher; the id is the teacher's. */
export type RuralTeacherRow = RowBase & Contribution;

export const ruralTeachers = defineCollection<RuralTeacherRow>(
  'rural_teachers',
  { regionCode: { type: String, required: true }, subjects: { type: [String], required: true } },
  [],
);

/** A member of a county's team; the id is county and person, so that nobody is in one team twice. */
export type TeamMemberRow = RowBase &
  Contribution & {
    readonly teacherId: string | null;
    readonly trainerId: string | null;
    /** The completion of release-time study behind it; null when the bureau named the member. [CRS-33] */
    readonly completionId: string | null;
    readonly since: Date;
  };

export const teamMembers = defineCollection<TeamMemberRow>(
  'team_members',
  {
    regionCode: { type: String, required: true },
    subjects: { type: [String], required: true },
    teacherId: { type: String, default: null },
    trainerId: { type: String, default: null },
    completionId: { type: String, default: null },
    since: { type: Date, required: true },
  },
  [{ keys: { regionCode: 1, _id: 1 } }, { keys: { completionId: 1 } }],
);

/** The county of a region code of six or nine digits. */
export function countyOf(regionCode: string): string {
  return regionCode.slice(0, 6);
}

export function memberId(regionCode: string, personId: string): string {
  return `${regionCode}/${personId}`;
}

/** Moves the counters. */
export function recount(
  unit: Unit,
  changes: Parameters<typeof countChanges>[0],
  field: keyof TeamCount,
): void {
  const none = field === 'trainers' ? { ruralTeachers: 0 } : { trainers: 0 };
  for (const [_id, $inc] of countChanges(changes, field)) {
    // What is counted up may not be named a second time in one update.
    const untouched = field in $inc ? none : { ...none, [field]: 0 };
    const $setOnInsert = { ...untouched, checkedOn: '', findingYear: 0 };
    unit.upsert(countyTeams, { _id }, { $inc, $setOnInsert });
  }
}
