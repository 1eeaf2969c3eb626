import { courses, registry } from '@shixun/contracts';
import { type EventHandler, on } from '@shixun/runtime';
import { teachers } from '../teachers/store.ts';
import { countyOf, memberId, recount, ruralTeachers, teamMembers } from './store.ts';
import type { Contribution } from './team.ts';

/** Follows the registry's own word on teachers: who is rural, where, and in which subjects. [REG-13] */
const teacherRecorded = on(registry.teacherRecorded, async (events, unit) => {
  const newest = new Map(events.map(({ data }) => [data.teacherId, data]));
  const known = await unit.find(ruralTeachers, { _id: { $in: [...newest.keys()] } });
  const before = new Map(known.map((row) => [row._id, row]));
  const changes = [...newest.values()].map((teacher) => {
    const { teacherId: _id, subjects } = teacher;
    const counts = teacher.status === 'active' && teacher.rural;
    const after: Contribution | null = counts
      ? { regionCode: countyOf(teacher.regionCode), subjects }
      : null;
    if (after !== null) unit.upsert(ruralTeachers, { _id }, { $set: after });
    else if (before.has(_id)) unit.remove(ruralTeachers, { _id });
    return { before: before.get(_id) ?? null, after };
  });
  recount(unit, changes, 'ruralTeachers');
});

/** Those who complete release-time study join the team of their county. [CRS-33] */
const completionConfirmed = on(courses.completionConfirmed, async (events, unit) => {
  const completed = events.filter(({ data }) => data.modality === 'release_time');
  const ids = [...new Set(completed.map(({ data }) => data.teacherId))];
  if (ids.length === 0) return;
  const found = await unit.find(teachers, { _id: { $in: ids } });
  const rows = found.map((teacher) => {
    const regionCode = countyOf(teacher.regionCode);
    return { teacher, regionCode, _id: memberId(regionCode, teacher._id) };
  });
  const already = await unit.find(teamMembers, { _id: { $in: rows.map(({ _id }) => _id) } });
  const members = new Set(already.map(({ _id }) => _id));
  const joining = rows.filter(({ _id }) => !members.has(_id));
  for (const { _id, teacher, regionCode } of joining) {
    const subjects = [...teacher.subjects];
    const ground = completed.find(({ data }) => data.teacherId === teacher._id);
    unit.insert(teamMembers, {
      _id,
      regionCode,
      subjects,
      teacherId: teacher._id,
      trainerId: null,
      completionId: ground?.data.completionId ?? null,
      since: unit.now,
    });
  }
  const changes = joining.map(({ teacher, regionCode }) => ({
    before: null,
    after: { regionCode, subjects: teacher.subjects },
  }));
  recount(unit, changes, 'trainers');
});

/** A completion that was withdrawn takes the membership with it. */
const completionWithdrawn = on(courses.completionWithdrawn, async (events, unit) => {
  const ids = events.map(({ data }) => data.completionId);
  const leaving = await unit.find(teamMembers, { completionId: { $in: ids } });
  for (const { _id } of leaving) unit.remove(teamMembers, { _id });
  recount(
    unit,
    leaving.map((before) => ({ before, after: null })),
    'trainers',
  );
});

export const countyTeamHandlers: readonly EventHandler[] = [
  teacherRecorded,
  completionConfirmed,
  completionWithdrawn,
];
