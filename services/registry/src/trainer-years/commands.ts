import { centiFrom, civilDateOf, isCivilDate, yearOf } from '@shixun/kernel';
import {
  type Chore,
  defineCommand,
  notFound,
  type PolicyBook,
  runUnit,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { schools } from '../schools/store.ts';
import { changeTrainer, regionOfTrainer, type TrainerRow, trainers } from '../trainers/store.ts';
import { type TrainerYearRow, trainerEntries, trainerYearId, trainerYears } from './store.ts';
import {
  decideYear,
  entryKinds,
  isJudged,
  judgeYear,
  recordEntry,
  shortfalls,
} from './trainer-year.ts';

export type TrainerYearAnswer = { readonly trainerYearId: string };

const date = z.string().refine(isCivilDate);
const year = z.int().min(2000).max(2100);

async function yearRow(unit: Unit, trainer: TrainerRow, of: number): Promise<TrainerYearRow> {
  const _id = trainerYearId(trainer._id, of);
  const known = await unit.findById(trainerYears, _id);
  if (known !== null) return known;
  return {
    _id,
    trainerId: trainer._id,
    year: of,
    regionCode: await regionOfTrainer(unit, trainer),
    studyHoursCenti: 0,
    schoolDays: 0,
    state: 'open',
    shortfalls: [],
    reason: null,
  };
}

/** Writes the row as a whole: two writers of one row conflict, and the second one decides again. */
function saveYear(unit: Unit, { _id, ...row }: TrainerYearRow): void {
  unit.upsert(trainerYears, { _id }, { $set: row });
}

const scopeOf = ({ trainer, row }: { trainer: TrainerRow; row: TrainerYearRow }) => ({
  regionCode: row.regionCode,
  institutionId: trainer.institutionId,
});

export const recordTrainerEntryCommand = defineCommand({
  name: 'recordTrainerEntry',
  input: z
    .strictObject({
      trainerId: z.string().max(64),
      kind: z.enum(entryKinds),
      from: date,
      to: date,
      hours: z.string().nullish(),
      schoolId: z.string().max(64).nullish(),
      evidence: z.string().trim().min(1).max(1000),
    })
    .transform(({ hours, schoolId, ...rest }) => ({
      ...rest,
      schoolId: schoolId ?? null,
      hoursCenti: hours ? (centiFrom(hours) ?? null) : null,
    })),
  gather: async ({ trainerId, from, schoolId }, unit) => {
    const trainer = await unit.findById(trainers, trainerId);
    if (trainer === null) return notFound('trainer', trainerId, ['trainerId']);
    const row = await yearRow(unit, trainer, yearOf(from));
    const entries = await unit.find(trainerEntries, { trainerYearId: row._id });
    return {
      trainer,
      row,
      fullTime: trainer.fullTime,
      state: row.state,
      schoolKnown: schoolId !== null && (await unit.findById(schools, schoolId)) !== null,
      schoolDays: entries.filter(({ kind }) => kind === 'school_days'),
    };
  },
  scope: scopeOf,
  decide: (input, facts, { now }) => recordEntry(input, facts, civilDateOf(now)),
  record: (added, { row }, unit, { trainerId: _trainer, ...entry }): TrainerYearAnswer => {
    unit.insert(trainerEntries, {
      _id: unit.newId('trainerEntry'),
      trainerYearId: row._id,
      ...entry,
      recordedAt: unit.now,
    });
    saveYear(unit, {
      ...row,
      studyHoursCenti: row.studyHoursCenti + added.studyHoursCenti,
      schoolDays: row.schoolDays + added.schoolDays,
    });
    return { trainerYearId: row._id };
  },
  stream: ({ trainer }) => trainer._id,
});

export const decideTrainerYearCommand = defineCommand({
  name: 'decideTrainerYear',
  input: z.strictObject({
    trainerId: z.string().max(64),
    year,
    verdict: z.enum(['waived', 'not_reconfirmed']),
    reason: z
      .string()
      .trim()
      .max(1000)
      .nullish()
      .transform((text) => text ?? ''),
  }),
  gather: async ({ trainerId, year: of }, unit) => {
    const trainer = await unit.findById(trainers, trainerId);
    if (trainer === null) return notFound('trainer', trainerId, ['trainerId']);
    return { trainer, row: await yearRow(unit, trainer, of) };
  },
  scope: scopeOf,
  decide: (input, { row }) => decideYear(input, row),
  record: ({ state }, { trainer, row }, unit, { reason }): TrainerYearAnswer => {
    saveYear(unit, { ...row, state, reason: reason === '' ? null : reason });
    // Who is not reconfirmed is no full-time trainer any more, and plans hear of it.
    if (state === 'not_reconfirmed' && trainer.fullTime) {
      changeTrainer(unit, trainer, { fullTime: false });
    }
    return { trainerYearId: row._id };
  },
  stream: ({ trainer }) => trainer._id,
});

/** How many trainers one run judges at most; the next run goes on. */
const runMax = 500;

/** Judges last year for full-time trainers, one after the other. [REG-11] */
export const judgeTrainerYearsChore: Chore = {
  name: 'judge-trainer-years',
  everyMs: 60_000,
  run: async ({ db, run, policies }) => {
    for (let done = 0; done < runMax; done += 1) {
      if (!(await runUnit(db, (unit) => judgeOneYear(unit, policies), run))) return;
    }
  },
};

/** Judges one trainer's last year; answers whether there was one left. */
export async function judgeOneYear(unit: Unit, policies: PolicyBook): Promise<boolean> {
  const today = civilDateOf(unit.now);
  const last = yearOf(today) - 1;
  const [trainer] = await unit.find(
    trainers,
    { fullTime: true, judgedYear: { $ne: last } },
    { limit: 1 },
  );
  if (trainer === undefined) return false;
  const { _id, judgedYear } = trainer;
  const guard = judgedYear === undefined ? { $exists: false } : judgedYear;
  unit.update(trainers, { _id, judgedYear: guard }, { $set: { judgedYear: last } });
  if (!isJudged(civilDateOf(trainer.registeredAt), last)) return true;
  const row = await yearRow(unit, trainer, last);
  const missing = shortfalls(row, policies.effective(row.regionCode, `${last}-12-31`).figures);
  const state = judgeYear(row.state, missing);
  saveYear(unit, { ...row, state, shortfalls: missing });
  if (state === 'proposed' && row.state === 'open') {
    unit.openFinding({
      rule: 'REG-11',
      regionCode: row.regionCode,
      subject: _id,
      figures: {
        year: last,
        required: missing.map(({ required }) => required).join(' / '),
        actual: missing.map(({ actual }) => actual).join(' / '),
        missing: missing.map(({ what }) => what).join(' / '),
      },
    });
  }
  return true;
}
