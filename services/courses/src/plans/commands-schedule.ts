import { courses } from '@shixun/contracts';
import type { Unit } from '@shixun/runtime';
import type { TrainingClassRow } from '../projects/store.ts';

/** Tells who gives which session: workload and yearly adjustment of trainers are counted from it. [REG-10, REG-12] */
export function tellSchedule(unit: Unit, { _id, projectId, level, sessions }: TrainingClassRow) {
  unit.emit(courses.classScheduled, _id, {
    classId: _id,
    projectId,
    level,
    sessions: sessions.map(({ _id: sessionId, trainerId, date, minutes }) => ({
      sessionId,
      trainerId,
      date,
      minutes,
    })),
  });
}
