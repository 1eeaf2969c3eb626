import { decide } from '@shixun/kernel';
import {
  type Command,
  type CommandContext,
  defineCommand,
  notFound,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { enrollments } from '../enrollment/store.ts';
import { institutions } from '../projections/institutions.ts';
import { schools } from '../projections/schools.ts';
import { trainers } from '../projections/trainers.ts';
import { chosen, id } from '../projects/input.ts';
import { classes } from '../projects/store.ts';
import { decideLate, holdStages, readDecided } from './commands-late.ts';
import {
  assessPlacement,
  capacityFaults,
  type HostKind,
  placeTrainee,
  writeDiary,
} from './placements.ts';
import { type ClassStages, stagesOfClass } from './readers.ts';
import {
  type PlacementHostRow,
  type PlacementRow,
  placementHosts,
  placements,
} from './store-people.ts';

const standing = { $in: ['placed', 'assessed'] };

/** A school or centre says how many it takes at a time. [CRS-34] */
export const setPlacementCapacityCommand: Command = defineCommand({
  name: 'setPlacementCapacity',
  input: z.strictObject({
    hostId: id,
    kind: chosen<HostKind>(),
    capacity: z.int().min(0).max(10_000),
  }),
  gather: async ({ hostId, kind }, unit) => {
    const host =
      kind === 'school'
        ? await unit.findById(schools, hostId)
        : await unit.findById(institutions, hostId);
    if (host === null) return notFound('school', hostId, ['hostId']);
    return {
      regionCode: host.regionCode,
      before: await unit.findById(placementHosts, hostId),
      arranged: await unit.find(placements, { hostId, state: standing }),
    };
  },
  scope: ({ regionCode }, { hostId }) => ({ regionCode, schoolId: hostId, institutionId: hostId }),
  decide: (input, { arranged }) => decide(capacityFaults(input.capacity, arranged), () => input),
  record: ({ hostId: _id, kind, capacity }, { before }, unit): PlacementHostRow => {
    const row = { _id, kind, capacity, turn: (before?.turn ?? 0) + 1 };
    if (before === null) unit.insert(placementHosts, row);
    else moveHost(unit, before, { kind, capacity });
    return row;
  },
  stream: (_facts, { hostId }) => hostId,
});

function moveHost(unit: Unit, { _id, turn }: PlacementHostRow, change: object = {}): void {
  unit.update(placementHosts, { _id, turn }, { $set: { ...change, turn: turn + 1 } });
}

export const placeTraineeCommand: Command = defineCommand({
  name: 'placeTrainee',
  input: z.strictObject({
    enrollmentId: id,
    hostId: id,
    mentorId: id,
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
  }),
  gather: async ({ enrollmentId, hostId, mentorId, startsOn }, unit) => {
    const enrollment = await unit.findById(enrollments, enrollmentId);
    const trainingClass =
      enrollment === null ? null : await unit.findById(classes, enrollment.classId);
    if (enrollment === null || trainingClass === null) {
      return notFound('enrollment', enrollmentId, ['enrollmentId']);
    }
    const mentor = await unit.findById(trainers, mentorId);
    if (mentor === null) return notFound('trainer', mentorId, ['mentorId']);
    const later = { endsOn: { $gte: startsOn }, state: standing };
    return {
      enrollment,
      trainingClass,
      isTrainee: enrollment.state === 'confirmed',
      host: await unit.findById(placementHosts, hostId),
      atHost: await unit.find(placements, { hostId, ...later }),
      own: await unit.find(placements, { enrollmentId, state: standing }),
    };
  },
  scope: ({ trainingClass }) => ({
    regionCode: trainingClass.ownerRegionCode,
    institutionId: trainingClass.institutionId,
    personId: trainingClass.classHeadId,
  }),
  decide: (input, facts) => placeTrainee(input, facts),
  record: (placed, { enrollment, trainingClass, host }, unit, { mentorId }): PlacementRow => {
    const { classId, projectId, teacherId } = enrollment;
    const row: PlacementRow = {
      ...placed,
      _id: unit.newId('placement'),
      classId,
      projectId,
      teacherId,
      mentorId,
      hostKind: host?.kind ?? 'school',
      state: 'placed',
      diary: [],
      assessment: null,
      institutionId: trainingClass.institutionId,
      ownerRegionCode: trainingClass.ownerRegionCode,
    };
    unit.insert(placements, row);
    if (host !== null) moveHost(unit, host);
    return row;
  },
  stream: ({ enrollment }) => enrollment.classId,
});

/** The same, with the trainee's decision on completion where there is one already. */
async function gatherAssessed(
  input: { readonly placementId: string },
  unit: Unit,
  { policies }: CommandContext,
) {
  const placement = await gatherPlacement(input, unit);
  if (!('classId' in placement)) return placement;
  const { classId, enrollmentId } = placement;
  const trainingClass = await unit.findById(classes, classId);
  if (trainingClass === null) return notFound('class', classId, ['placementId']);
  const decided = await readDecided(trainingClass, [enrollmentId], { unit, policies });
  const stages = await stagesOfClass(unit, trainingClass);
  return { placement, trainingClass, decided, stages };
}

async function gatherPlacement({ placementId }: { readonly placementId: string }, unit: Unit) {
  return (
    (await unit.findById(placements, placementId)) ??
    notFound('placement', placementId, ['placementId'])
  );
}

/** Told with a decision that is withdrawn: what changed, and of nobody. */
const placementAssessed = '跟岗评定，重新认定';

const diaryText = z.string().trim().min(1).max(4000);

export const writePlacementDiaryCommand: Command = defineCommand({
  name: 'writePlacementDiary',
  input: z.strictObject({ placementId: id, date: z.iso.date(), text: diaryText }),
  gather: gatherPlacement,
  scope: ({ teacherId }) => ({ personId: teacherId }),
  decide: ({ date, text }, placement) => writeDiary({ date, text }, placement),
  record: (entry, placement, unit): PlacementRow => {
    const same = { _id: placement._id, state: 'placed', diary: { $size: placement.diary.length } };
    unit.update(placements, same, { $push: { diary: entry } });
    return { ...placement, diary: [...placement.diary, entry] };
  },
  stream: ({ enrollmentId }) => enrollmentId,
  audited: ({ placementId, date }) => ({ placementId, date }),
});

export const assessPlacementCommand: Command = defineCommand({
  name: 'assessPlacement',
  input: z.strictObject({ placementId: id, passed: z.boolean(), comment: diaryText }),
  gather: gatherAssessed,
  scope: ({ placement }) => ({ personId: placement.mentorId }),
  decide: ({ passed, comment }, { placement }) => assessPlacement({ passed, comment }, placement),
  record: (given, { placement, trainingClass, decided, stages }, unit): PlacementRow => {
    const change = { state: 'assessed', assessment: { ...given, at: unit.now } } as const;
    const { _id } = placement;
    unit.update(placements, { _id, state: 'placed' }, { $set: change });
    const row = { ...placement, ...change };
    holdStages(unit, trainingClass, stages);
    const assessed = ({ placements: all }: ClassStages) => ({ placements: [...all, row] });
    decideLate(decided, assessed, placementAssessed, unit);
    return row;
  },
  stream: ({ trainingClass }) => trainingClass._id,
  audited: ({ placementId, passed }) => ({ placementId, passed }),
});
