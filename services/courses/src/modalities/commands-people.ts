import { accept, decide, regionPath } from '@shixun/kernel';
import {
  type Command,
  type CommandContext,
  defineCommand,
  type Scope,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { chosen, id, regionCode } from '../projects/input.ts';
import type { Stage } from '../projects/project.ts';
import { groupFaults, proposeGroups, type TraineeGroup } from './groups.ts';
import { type ClassRoom, gatherClass, groupFactsOf, releasedOf } from './readers.ts';
import {
  type ClassPeopleRow,
  classPeople,
  type SubstituteRow,
  substitutes,
} from './store-people.ts';
import { type Match, matchFaults, matchSubstitutes, periodFaults } from './substitutes.ts';

const classInput = z.strictObject({ classId: id });

export function classScope({ trainingClass, host }: ClassRoom): Scope {
  return {
    regionCode: trainingClass.ownerRegionCode,
    schoolId: trainingClass.schoolId,
    institutionId: trainingClass.institutionId,
    personId: host?.teacherId ?? trainingClass.classHeadId,
  };
}

const emptyPeople = (_id: string): ClassPeopleRow => ({
  _id,
  groups: [],
  matches: [],
  leftIds: [],
  turn: 0,
});

function keepPeople(
  unit: Unit,
  { trainingClass, people }: ClassRoom,
  change: Partial<Pick<ClassPeopleRow, 'groups' | 'matches' | 'leftIds'>>,
): void {
  const { _id } = trainingClass;
  if (people === null) unit.insert(classPeople, { ...emptyPeople(_id), ...change, turn: 1 });
  else unit.update(classPeople, { _id, turn: people.turn }, { $set: change, $inc: { turn: 1 } });
}

/** Proposes groups and mentor teams and keeps the proposal; what is wrong with it is shown by the class. [CRS-33] */
export const proposeGroupsCommand: Command = defineCommand({
  name: 'proposeGroups',
  input: classInput,
  gather: ({ classId }, unit, context) => gatherClass(classId, unit, context),
  scope: classScope,
  decide: (_input, room) => {
    const facts = groupFactsOf(room);
    const none = room.template.grouping === null ? groupFaults([], facts) : [];
    return decide(none, () => proposeGroups(facts));
  },
  record: (groups: readonly TraineeGroup[], room, unit) => {
    keepPeople(unit, room, { groups, leftIds: [] });
    return room.trainingClass;
  },
  stream: ({ trainingClass }) => trainingClass._id,
  policyVersion: (room) => room.policyVersion,
});

const group = z
  .strictObject({
    memberIds: z.array(id).max(200),
    leaderId: id.nullish(),
    mentorIds: z.array(id).max(20),
  })
  .transform((given) => ({ ...given, leaderId: given.leaderId ?? null }));

/** Groups as people want them, if nothing speaks against them. [CRS-32, CRS-33] */
export const setGroupsCommand: Command = defineCommand({
  name: 'setGroups',
  input: z.strictObject({ classId: id, groups: z.array(group).max(200) }).transform((given) => ({
    classId: given.classId,
    groups: given.groups.map((each, index) => ({ ...each, number: index + 1 })),
  })),
  gather: ({ classId }, unit, context) => gatherClass(classId, unit, context),
  scope: classScope,
  decide: ({ groups }, room) => decide(groupFaults(groups, groupFactsOf(room)), () => groups),
  record: (groups: readonly TraineeGroup[], room, unit) => {
    keepPeople(unit, room, { groups, leftIds: [] });
    return room.trainingClass;
  },
  stream: ({ trainingClass }) => trainingClass._id,
  policyVersion: (room) => room.policyVersion,
});

const substituteInput = z
  .strictObject({
    regionCode,
    institutionId: id.nullish(),
    kind: chosen<SubstituteRow['kind']>(),
    stage: chosen<Stage>(),
    subjects: z
      .array(z.string().regex(/^[a-z][a-z_]*$/))
      .min(1)
      .max(20),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
  })
  .transform((given) => ({ ...given, institutionId: given.institutionId ?? null }));

/** Adds a student teacher or town teacher to the pool: a number and what he or she teaches, no name. [CRS-33] */
export const recordSubstituteCommand: Command = defineCommand({
  name: 'recordSubstitute',
  input: substituteInput,
  gather: async () => ({}),
  scope: (_facts, { regionCode: of, institutionId }) => ({ regionCode: of, institutionId }),
  decide: (input) => decide(periodFaults(input), () => input),
  record: (input, _facts, unit): SubstituteRow => {
    const _id = unit.newId('substitute');
    const row = { ...input, _id, bookings: [], recordedAt: unit.now, turn: 1 };
    unit.insert(substitutes, row);
    return row;
  },
  stream: (_facts, _outcome, { _id }) => _id,
});

/** How many of the pool are looked at for one class. */
const poolMax = 5_000;

async function gatherPool(classId: string, unit: Unit, context: CommandContext) {
  const room = await gatherClass(classId, unit, context);
  if (!('trainingClass' in room)) return room;
  const { opensOn, closesOn } = room.trainingClass;
  const released = releasedOf(room);
  const stages = [...new Set(released.map(({ stage }) => stage))];
  const regions = [...new Set(released.flatMap(({ regionCode: at }) => regionPath(at)))];
  const filter = {
    regionCode: { $in: regions },
    stage: { $in: stages },
    endsOn: { $gte: closesOn },
  };
  const serving = await unit.find(substitutes, filter, { sort: { _id: 1 }, limit: poolMax });
  const booked = await unit.find(substitutes, { 'bookings.classId': classId });
  const pool = [...new Map([...serving, ...booked].map((row) => [row._id, row])).values()];
  return { room, pool, release: { classId, startsOn: opensOn, endsOn: closesOn } };
}

type PoolFacts = Exclude<
  Awaited<ReturnType<typeof gatherPool>>,
  Exclude<Awaited<ReturnType<typeof gatherClass>>, ClassRoom>
>;

/** Books the substitutes of the matches for the release, and lets those go who are no longer matched. */
function keepMatches(unit: Unit, { room, pool, release }: PoolFacts, matches: readonly Match[]) {
  const wanted = new Map(matches.map(({ substituteId, teacherId }) => [substituteId, teacherId]));
  for (const row of pool) {
    const teacherId = wanted.get(row._id);
    const booked = row.bookings.find(({ classId }) => classId === release.classId);
    if (teacherId === booked?.teacherId) continue;
    const others = row.bookings.filter((each) => each !== booked);
    const bookings = teacherId === undefined ? others : [...others, { ...release, teacherId }];
    unit.update(
      substitutes,
      { _id: row._id, turn: row.turn },
      { $set: { bookings }, $inc: { turn: 1 } },
    );
  }
  keepPeople(unit, room, { matches });
  return room.trainingClass;
}

/** Matches as many trainees as can be with substitutes for the whole release; the unmatched are reported. [CRS-33] */
export const proposeSubstitutesCommand: Command = defineCommand({
  name: 'proposeSubstitutes',
  input: classInput,
  gather: ({ classId }, unit, context) => gatherPool(classId, unit, context),
  scope: ({ room }) => classScope(room),
  decide: (_input, { room, pool, release }) =>
    accept(matchSubstitutes(releasedOf(room), pool, release, room.people?.matches ?? [])),
  record: (matches: readonly Match[], facts, unit) => keepMatches(unit, facts, matches),
  stream: ({ room }) => room.trainingClass._id,
  policyVersion: ({ room }) => room.policyVersion,
});

/** Matches as people want them. [CRS-33] */
export const setSubstitutesCommand: Command = defineCommand({
  name: 'setSubstitutes',
  input: z.strictObject({
    classId: id,
    matches: z.array(z.strictObject({ teacherId: id, substituteId: id })).max(1_000),
  }),
  gather: ({ classId }, unit, context) => gatherPool(classId, unit, context),
  scope: ({ room }) => classScope(room),
  decide: ({ matches }, { room, pool, release }) =>
    decide(matchFaults(matches, releasedOf(room), pool, release), () => matches),
  record: (matches: readonly Match[], facts, unit) => keepMatches(unit, facts, matches),
  stream: ({ room }) => room.trainingClass._id,
  policyVersion: ({ room }) => room.policyVersion,
});
