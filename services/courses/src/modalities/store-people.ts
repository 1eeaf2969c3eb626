import { defineCollection } from '@shixun/runtime';
import type { TraineeGroup } from './groups.ts';
import type { HostState, HostVerdict } from './hosts.ts';
import type { Assessment, HostKind, PlacementState } from './placements.ts';
import type { Match, Substitute } from './substitutes.ts';
import type { Visit } from './visits.ts';

/** Groups and substitutes of a class; the id is the class's. */
export type ClassPeopleRow = {
  readonly _id: string;
  readonly groups: readonly TraineeGroup[];
  readonly matches: readonly Match[];
  /** Who left since the groups or matches were set last; empties when they are set again. */
  readonly leftIds: readonly string[];
  readonly turn: number;
};

export const classPeople = defineCollection<ClassPeopleRow>(
  'class_people',
  { groups: [Object], matches: [Object], leftIds: [String], turn: Number },
  [],
);

export type SubstituteRow = Substitute & {
  readonly kind: 'student_teacher' | 'town_teacher';
  readonly institutionId: string | null;
  readonly recordedAt: Date;
  readonly turn: number;
};

export const substitutes = defineCollection<SubstituteRow>(
  'substitutes',
  {
    kind: String,
    regionCode: String,
    institutionId: { type: String, default: null },
    stage: String,
    subjects: [String],
    startsOn: String,
    endsOn: String,
    bookings: [Object],
    recordedAt: Date,
    turn: Number,
  },
  [
    { keys: { regionCode: 1, _id: 1 } },
    // Who serves where a class's trainees come from. [CRS-33]
    { keys: { regionCode: 1, stage: 1, endsOn: 1 } },
    { keys: { 'bookings.classId': 1 } },
  ],
);

export type VisitRow = Visit & {
  readonly _id: string;
  readonly classId: string;
  readonly projectId: string;
  readonly subject: string;
  readonly recordedAt: Date;
};

export const visits = defineCollection<VisitRow>(
  'visits',
  {
    classId: String,
    projectId: String,
    townshipCode: String,
    countyCode: String,
    subject: String,
    startsOn: String,
    endsOn: String,
    days: Number,
    year: Number,
    recordedAt: Date,
  },
  [
    { keys: { countyCode: 1, year: 1, townshipCode: 1, subject: 1 } },
    { keys: { classId: 1, townshipCode: 1, startsOn: 1 } },
    { keys: { year: 1, townshipCode: 1, subject: 1 } },
  ],
);

/** A township's subject in a year that was judged at the year's end. [CRS-30] */
export type VisitYearRow = {
  readonly _id: string;
  readonly visits: number;
  readonly required: number;
  readonly judgedAt: Date;
};

export const visitYears = defineCollection<VisitYearRow>(
  'visit_years',
  { visits: Number, required: Number, judgedAt: Date },
  [],
);

export type WorkshopHostRow = {
  readonly _id: string;
  readonly classId: string;
  readonly projectId: string;
  readonly teacherId: string;
  readonly regionCode: string;
  readonly state: HostState;
  readonly verdict: HostVerdict | null;
  readonly steps: readonly {
    readonly state: HostState;
    readonly at: Date;
    readonly by: string;
    readonly reason: string | null;
  }[];
  /** True while hosting; at most one of a class. */
  readonly standing: boolean;
  /** 1 for the first host of the class, then one more each time: of two at once one decides again. */
  readonly turn: number;
};

export const workshopHosts = defineCollection<WorkshopHostRow>(
  'workshop_hosts',
  {
    classId: String,
    projectId: String,
    teacherId: String,
    regionCode: String,
    state: String,
    verdict: { type: String, default: null },
    steps: [Object],
    standing: Boolean,
    turn: Number,
  },
  [
    { keys: { classId: 1, turn: 1 }, unique: true },
    { keys: { classId: 1, _id: 1 } },
    { keys: { teacherId: 1, _id: 1 } },
  ],
);

/** What a host of placements takes at a time. The id is the school's or the institution's. */
export type PlacementHostRow = {
  readonly _id: string;
  readonly kind: HostKind;
  readonly capacity: number;
  /** Moves with every placement, so that of two at the same moment one decides again. */
  readonly turn: number;
};

export const placementHosts = defineCollection<PlacementHostRow>(
  'placement_hosts',
  { kind: String, capacity: Number, turn: Number },
  [],
);

export type PlacementRow = {
  readonly _id: string;
  readonly classId: string;
  readonly projectId: string;
  readonly enrollmentId: string;
  readonly teacherId: string;
  readonly hostId: string;
  readonly hostKind: HostKind;
  readonly mentorId: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly state: PlacementState;
  readonly diary: readonly { readonly date: string; readonly text: string }[];
  readonly assessment: (Assessment & { readonly at: Date }) | null;
  readonly institutionId: string | null;
  readonly ownerRegionCode: string;
};

export const placements = defineCollection<PlacementRow>(
  'placements',
  {
    classId: String,
    projectId: String,
    enrollmentId: String,
    teacherId: String,
    hostId: String,
    hostKind: String,
    mentorId: String,
    startsOn: String,
    endsOn: String,
    state: String,
    diary: [Object],
    assessment: { type: Object, default: null },
    institutionId: { type: String, default: null },
    ownerRegionCode: String,
  },
  [
    { keys: { classId: 1, _id: 1 } },
    { keys: { hostId: 1, endsOn: 1, _id: 1 } },
    { keys: { enrollmentId: 1, _id: 1 } },
    // What waits for a mentor's word. [CRS-59]
    { keys: { mentorId: 1, state: 1, _id: 1 } },
  ],
);
