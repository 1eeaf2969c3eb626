import { addDays, civilDateOf, type PolicyFigures, yearOf } from '@shixun/kernel';
import { type Chore, type Command, defineCommand, runUnit, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { teachers } from '../projections/teachers.ts';
import { id } from '../projects/input.ts';
import { classScope } from './commands-people.ts';
import { gatherClass } from './readers.ts';
import { visitCells } from './readers-visits.ts';
import { type VisitRow, visits, visitYears } from './store-people.ts';
import { cellFlags, recordVisit, type VisitCell } from './visits.ts';

export const recordVisitCommand: Command = defineCommand({
  name: 'recordVisit',
  input: z.strictObject({
    classId: id,
    townshipCode: z.string().max(12),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
  }),
  gather: async ({ classId, townshipCode }, unit, context) => {
    const room = await gatherClass(classId, unit, context);
    if (!('trainingClass' in room)) return room;
    return { room, others: await unit.find(visits, { classId, townshipCode }) };
  },
  scope: ({ room }) => classScope(room),
  decide: (input, { room, others }) => {
    const policy = { visitMinDays: room.policy.visitMinDays ?? 0 };
    return recordVisit(input, { trainingClass: room.trainingClass, others, policy });
  },
  record: (visit, { room }, unit): VisitRow => {
    const { _id: classId, projectId, subject } = room.trainingClass;
    const _id = unit.newId('visit');
    const row = { ...visit, _id, classId, projectId, subject, recordedAt: unit.now };
    unit.insert(visits, row);
    return row;
  },
  stream: ({ room }) => room.trainingClass._id,
  policyVersion: ({ room }) => room.policyVersion,
});

/** Once a year is over, each township and subject that was visited too seldom, or never, is a finding, once. [CRS-30] */
export const judgeVisitYearChore: Chore = {
  name: 'judge-visit-year',
  daily: '05:10',
  run: async ({ db, run, policies }, turn) => {
    const figuresOf = (code: string, date: string) => policies.effective(code, date).figures;
    let after = '';
    while (turn?.signal.aborted !== true) {
      const last = await runUnit(
        db,
        async (unit) => {
          await turn?.fence(unit);
          return judgeNextCounty(unit, after, figuresOf);
        },
        run,
      );
      if (last === null) return;
      after = last;
    }
  },
};

type FiguresOf = (regionCode: string, date: string) => PolicyFigures;

/** Judges the county after that one, and answers which it was; null when there is none. */
async function judgeNextCounty(
  unit: Unit,
  after: string,
  figuresOf: FiguresOf,
): Promise<string | null> {
  const year = yearOf(civilDateOf(unit.now)) - 1;
  const countyCode = await nextCounty(unit, after, year);
  if (countyCode === null) return null;
  const figures = figuresOf(countyCode, addDays(`${year + 1}-01-01`, -1));
  const cells = await visitCells(unit, { countyCode, year }, figures);
  const idOf = ({ townshipCode, subject }: VisitCell) => `${townshipCode}/${subject}/${year}`;
  const judged = await unit.find(visitYears, { _id: { $in: cells.map(idOf) } });
  const known = new Set(judged.map(({ _id }) => _id));
  for (const cell of cells) {
    const _id = idOf(cell);
    if (known.has(_id)) continue;
    const { visits: count, required } = cell;
    unit.insert(visitYears, { _id, visits: count, required, judgedAt: unit.now });
    for (const { figures: found } of cellFlags(cell, year)) {
      unit.openFinding({ rule: 'CRS-30', regionCode: countyCode, subject: _id, figures: found });
    }
  }
  return countyCode;
}

/** The next county with a visit of the year, or with rural teachers, by code. */
async function nextCounty(unit: Unit, after: string, year: number): Promise<string | null> {
  // A colon comes after every digit: what is beyond the county, townships included.
  const beyond = after === '' ? '' : `${after}:`;
  const [visited] = await unit.find(
    visits,
    { year, townshipCode: { $gt: beyond } },
    { sort: { townshipCode: 1 }, limit: 1 },
  );
  const [teacher] = await unit.find(
    teachers,
    { rural: true, regionCode: { $gt: beyond } },
    { sort: { regionCode: 1 }, limit: 1 },
  );
  const codes = [visited?.townshipCode, teacher?.regionCode].filter((code) => code !== undefined);
  return codes.map((code) => code.slice(0, 6)).sort()[0] ?? null;
}
