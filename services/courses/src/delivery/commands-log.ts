import { accept, civilDateOf } from '@shixun/kernel';
import { type Chore, defineCommand, notFound, runUnit, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { enrollments } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { classHeadScope } from './commands-room.ts';
import { type LogFacts, missingDays, writeDailyLog } from './daily-log.ts';
import { excluded } from './participation.ts';
import { participations } from './store.ts';
import { type ClassLogRow, classLogId, classLogs } from './store-class.ts';

type WriteLog = {
  readonly classId: string;
  readonly date: string;
  readonly performance: string;
  readonly incidents: string;
  readonly remarks: readonly { readonly enrollmentId: string; readonly text: string }[];
};
type Facts = LogFacts & {
  readonly trainingClass: TrainingClassRow;
  readonly known: ClassLogRow | undefined;
};

const text = z.string().trim().max(2000);
/** More trainees than this is no class. */
const traineesMax = 1_000;

/** The class head writes the log of a training day; its attendance is taken before. [CRS-50] */
export const writeDailyLogCommand = defineCommand<
  WriteLog,
  Facts,
  WriteLog & { readonly by: string },
  ClassLogRow
>({
  name: 'writeDailyLog',
  input: z.object({
    classId: z.string(),
    date: z.iso.date(),
    performance: text.min(1),
    incidents: text,
    remarks: z
      .array(z.object({ enrollmentId: z.string(), text: z.string().trim().min(1).max(500) }))
      .max(500),
  }),
  gather: async ({ classId, date }, unit) => {
    const trainingClass = await unit.findById(classes, classId);
    if (trainingClass === null) return notFound('class', classId, ['classId']);
    const sessions = trainingClass.sessions.filter((session) => session.date === date);
    const known = await unit.findById(classLogs, classLogId(classId, date));
    return {
      trainingClass,
      classState: trainingClass.state,
      sessionsOfDay: sessions.length,
      missingMarks: await missingMarks(
        classId,
        sessions.map(({ _id }) => _id),
        unit,
      ),
      written: known !== null && known.writtenAt !== null,
      known: known ?? undefined,
    };
  },
  scope: classHeadScope,
  decide: (input, facts, { now, caller }) => {
    const decision = writeDailyLog(input, facts, civilDateOf(now));
    return decision.accepted ? accept({ ...input, by: caller?.subject ?? '' }) : decision;
  },
  record: ({ by, ...log }, { known }, unit) => writeLog(log, { known, by }, unit),
  stream: ({ trainingClass }) => trainingClass._id,
  audited: ({ classId, date }) => ({ classId, date }),
});

/** Writes a day's log where there is none yet; the flag of a day that was missed stays beside it. */
export function writeLog(
  { classId, date, performance, incidents, remarks }: WriteLog,
  { known, by }: { readonly known: ClassLogRow | undefined; readonly by: string },
  unit: Unit,
): ClassLogRow {
  const written = { performance, incidents, remarks, writtenAt: unit.now, writtenBy: by };
  const _id = classLogId(classId, date);
  if (known === undefined) {
    const row = { _id, classId, date, ...written, flaggedAt: null };
    unit.insert(classLogs, row);
    return row;
  }
  unit.update(classLogs, { _id, writtenAt: null }, { $set: written });
  return { ...known, ...written };
}

async function missingMarks(classId: string, sessionIds: readonly string[], unit: Unit) {
  const trainees = await unit.findFields(enrollments, { classId, state: 'confirmed' }, ['_id'], {
    limit: traineesMax,
  });
  const ids = trainees.map(({ _id }) => _id);
  const records = await unit.findFields(participations, { _id: { $in: ids } }, [
    'attendance',
    'violation',
  ]);
  const recordOf = new Map(records.map((row) => [row._id, row]));
  return ids.reduce((missing, id) => {
    const record = recordOf.get(id);
    if (record && excluded(record)) return missing;
    const taken = new Set(record?.attendance.map(({ sessionId }) => sessionId));
    return missing + sessionIds.filter((sessionId) => !taken.has(sessionId)).length;
  }, 0);
}

const classesAtOnce = 50;

/**
 * In the morning, every training day that has passed without a log is flagged, once; a class with one has one finding,
 * which names all the days that are missing by then. [CRS-50]
 */
export const missingLogsChore: Chore = {
  name: 'flag-missing-logs',
  daily: '08:30',
  run: async ({ db, run }, turn) => {
    for (const state of ['running', 'closing']) {
      let after = '';
      while (turn?.signal.aborted !== true) {
        const last = await runUnit(
          db,
          async (unit) => {
            await turn?.fence(unit);
            return flagMissing(state, after, unit);
          },
          run,
        );
        if (last === null) break;
        after = last;
      }
    }
  },
};

/** Answers the last class looked at; null when none was left. */
async function flagMissing(state: string, after: string, unit: Unit): Promise<string | null> {
  const rows = await unit.findFields(
    classes,
    { state, _id: { $gt: after } },
    ['sessions', 'ownerRegionCode', 'projectId'],
    { sort: { _id: 1 }, limit: classesAtOnce },
  );
  const ids = rows.map(({ _id }) => _id);
  const logs = await unit.findFields(classLogs, { classId: { $in: ids } }, [
    'classId',
    'date',
    'writtenAt',
  ]);
  const logsOf = Map.groupBy(logs, ({ classId }) => classId);
  for (const { _id: classId, sessions, ownerRegionCode, projectId } of rows) {
    const known = logsOf.get(classId) ?? [];
    const { toFlag, missing } = missingDays(sessions, known, civilDateOf(unit.now));
    for (const date of toFlag) {
      unit.insert(classLogs, {
        _id: classLogId(classId, date),
        classId,
        date,
        performance: null,
        incidents: null,
        remarks: [],
        writtenAt: null,
        writtenBy: null,
        flaggedAt: unit.now,
      });
    }
    if (toFlag.length === 0) continue;
    const figures = { required: 0, actual: missing.length, dates: missing.join(', ') };
    unit.openFinding({
      rule: 'CRS-50',
      regionCode: ownerRegionCode,
      subject: classId,
      figures: { classId, projectId, ...figures },
    });
  }
  return rows.at(-1)?._id ?? null;
}
