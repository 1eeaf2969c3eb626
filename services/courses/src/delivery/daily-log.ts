/** The daily log 项目日志: every training day has one; where it is missing the next morning, it is flagged. [CRS-50] */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  type Instant,
} from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import { runningFaults } from './record-attendance.ts';
import { codes } from './refusals.ts';

export type LogFacts = {
  readonly classState: ClassState;
  readonly sessionsOfDay: number;
  /** Marks that are missing: sessions of the day times trainees, less those taken. */
  readonly missingMarks: number;
  readonly written: boolean;
};

/** Writes the log of a day, once; a late one is taken too. The attendance of the day belongs to it. */
export function writeDailyLog<Command extends { readonly date: CivilDate }>(
  command: Command,
  { classState, sessionsOfDay, missingMarks, written }: LogFacts,
  today: CivilDate,
): Decision<Command> {
  const { date } = command;
  const faults: Fault[] = [...runningFaults(classState)];
  if (sessionsOfDay === 0) faults.push(fault(codes.NO_TRAINING_DAY, ['date'], { actual: date }));
  if (today < date) faults.push(fault(codes.LOG_NOT_YET, ['date'], { required: date }));
  else if (missingMarks > 0) {
    faults.push(
      fault(codes.LOG_ATTENDANCE_MISSING, ['date'], { required: 0, actual: missingMarks }),
    );
  }
  if (written) faults.push(fault(codes.LOG_WRITTEN_ALREADY, ['date'], { actual: date }));
  return decide(faults, () => command);
}

/** A day of a class whose log is written, or was flagged as missing. */
export type KnownDay = { readonly date: CivilDate; readonly writtenAt: Instant | null };

/** Training days before today without a log: those not flagged yet, and all that are missing now; oldest first. */
export function missingDays(
  sessions: readonly { readonly date: CivilDate }[],
  known: readonly KnownDay[],
  today: CivilDate,
): { readonly toFlag: readonly CivilDate[]; readonly missing: readonly CivilDate[] } {
  const stateOf = new Map(known.map((day) => [day.date, day]));
  const over = [...new Set(sessions.map(({ date }) => date))].filter((date) => date < today).sort();
  return {
    toFlag: over.filter((date) => !stateOf.has(date)),
    missing: over.filter((date) => (stateOf.get(date)?.writtenAt ?? null) === null),
  };
}
