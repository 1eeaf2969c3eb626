import { registry } from '@shixun/contracts';
import { decide, fault } from '@shixun/kernel';
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { rewriteTeacher, type TeacherRow, teachers } from '../teachers/store.ts';
import { pairId } from './likeness.ts';
import { mergeTeachers, unmergeTeacher } from './merge.ts';
import { codes } from './refusals.ts';
import { duplicatePairs, type PairRow } from './store.ts';

const id = z.string().max(64);
const reason = z.string().trim().min(2).max(300);
type Answer = { readonly teacherId: string };

export const mergeTeachersCommand = defineCommand({
  name: 'mergeTeachers',
  input: z.strictObject({ teacherId: id, survivorId: id, reason }),
  gather: async ({ teacherId, survivorId }, unit, { caller }) => {
    const teacher = await unit.findById(teachers, teacherId);
    if (teacher === null) return notFound('teacher', teacherId, ['teacherId']);
    const survivor = await unit.findById(teachers, survivorId);
    if (survivor === null) return notFound('teacher', survivorId, ['survivorId']);
    const inArea = [teacher, survivor].every(
      ({ regionCode }) => bureauLevelsOf(caller, regionCode).length > 0,
    );
    const pair = await unit.findById(duplicatePairs, pairId(teacherId, survivorId));
    return { teacher, survivor, inArea, pair };
  },
  scope: ({ teacher }) => ({ regionCode: teacher.regionCode }),
  decide: (_input, { teacher, survivor, inArea }) =>
    mergeTeachers({ teacher: named(teacher), survivor: named(survivor), inArea }),
  record: (merged, { teacher, survivor, pair }, unit): Answer => {
    rewriteTeacher(unit, teacher, merged);
    decidePair(unit, pair, 'merged');
    const told = { teacherId: teacher._id, survivorId: survivor._id };
    unit.emit(registry.teacherMerged, teacher._id, told);
    return { teacherId: survivor._id };
  },
  stream: ({ teacher }) => teacher._id,
});

export const unmergeTeacherCommand = defineCommand({
  name: 'unmergeTeacher',
  input: z.strictObject({ teacherId: id, reason }),
  gather: async ({ teacherId }, unit) => {
    const teacher = await unit.findById(teachers, teacherId);
    if (teacher === null) return notFound('teacher', teacherId, ['teacherId']);
    const survivorId = teacher.mergedInto;
    const pair =
      survivorId === null
        ? null
        : await unit.findById(duplicatePairs, pairId(teacherId, survivorId));
    return { teacher, survivorId, pair };
  },
  scope: ({ teacher }) => ({ regionCode: teacher.regionCode }),
  decide: (_input, { teacher }) => unmergeTeacher({ teacher }),
  record: (unmerged, { teacher, survivorId, pair }, unit): Answer => {
    rewriteTeacher(unit, teacher, unmerged);
    // The bureau has looked at the pair and found two people.
    decidePair(unit, pair, 'dismissed');
    if (survivorId !== null) {
      const told = { teacherId: teacher._id, survivorId };
      unit.emit(registry.teacherUnmerged, teacher._id, told);
    }
    return { teacherId: teacher._id };
  },
  stream: ({ teacher }) => teacher._id,
});

export const dismissDuplicateCommand = defineCommand({
  name: 'dismissDuplicate',
  input: z.strictObject({ pairId: z.string().max(140), reason }),
  gather: async (input, unit) => {
    const pair = await unit.findById(duplicatePairs, input.pairId);
    return pair === null ? notFound('teacher', input.pairId, ['pairId']) : { pair };
  },
  scope: ({ pair }) => ({ regionCode: pair.regionCode }),
  decide: (_input, { pair }) =>
    decide(
      pair.state === 'open'
        ? []
        : [fault(codes.PAIR_DECIDED, ['pairId'], { required: 'open', actual: pair.state })],
      () => 'dismissed' as const,
    ),
  record: (state, { pair }, unit, { reason: why }): PairRow => {
    const change = { state, reason: why };
    unit.update(duplicatePairs, { _id: pair._id, state: 'open' }, { $set: change });
    return { ...pair, ...change };
  },
  stream: ({ pair }) => pair._id,
});

function named({ _id: teacherId, status, sector }: TeacherRow) {
  return { id: teacherId, status, sector };
}

function decidePair(unit: Unit, pair: PairRow | null, state: 'merged' | 'dismissed'): void {
  if (pair === null) return;
  unit.update(duplicatePairs, { _id: pair._id, state: pair.state }, { $set: { state } });
}
