import { addDays, civilDateOf, type PolicyFigures, yearOf } from '@shixun/kernel';
import { type Chore, type Command, defineCommand, runUnit, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { id } from '../projects/input.ts';
import { figureWaivers } from '../waivers/store.ts';
import { classScope } from './commands-people.ts';
import { gatherClass } from './readers.ts';
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

/** The cells of a matrix, by township and subject; a project whose figure is waived asks nothing of its cells. */
export function cellsOf(
  rows: readonly VisitRow[],
  waived: ReadonlySet<string>,
  { visitsPerYearMin }: Pick<PolicyFigures, 'visitsPerYearMin'>,
): readonly VisitCell[] {
  const cells = Map.groupBy(rows, ({ townshipCode, subject }) => `${townshipCode}/${subject}`);
  return [...cells.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { townshipCode, subject } = first;
    const open = own.every(({ projectId }) => !waived.has(projectId));
    const days = own.reduce((sum, visit) => sum + visit.days, 0);
    return [
      { townshipCode, subject, visits: own.length, days, required: open ? visitsPerYearMin : 0 },
    ];
  });
}

/** How many townships are judged in one transaction. */
const judgedAtATime = 50;

/** Once a year is over, each township and subject that was visited too seldom is a finding, once. [CRS-30] */
export const judgeVisitYearChore: Chore = {
  name: 'judge-visit-year',
  daily: '05:10',
  run: async ({ db, run, policies }, turn) => {
    let after = '';
    while (turn?.signal.aborted !== true) {
      const last = await runUnit(
        db,
        async (unit) => {
          await turn?.fence(unit);
          return judgeSome(unit, after, (code, date) => policies.effective(code, date).figures);
        },
        run,
      );
      if (last === null) return;
      after = last;
    }
  },
};

type FiguresOf = (regionCode: string, date: string) => PolicyFigures;

async function judgeSome(unit: Unit, after: string, figuresOf: FiguresOf): Promise<string | null> {
  const year = yearOf(civilDateOf(unit.now)) - 1;
  const townshipFilter = { year, townshipCode: { $gt: after } };
  const found = await unit.find(visits, townshipFilter, {
    sort: { townshipCode: 1, subject: 1 },
    limit: judgedAtATime * 20,
  });
  const townships = [...new Set(found.map(({ townshipCode }) => townshipCode))].slice(
    0,
    judgedAtATime,
  );
  const last = townships.at(-1);
  if (last === undefined) return null;
  // The whole of each township, however many visits it had.
  const rows = await unit.find(visits, { year, townshipCode: { $in: townships } });
  const waivers = await unit.find(figureWaivers, {
    projectId: { $in: [...new Set(rows.map(({ projectId }) => projectId))] },
  });
  const waived = new Set(
    waivers.filter(({ figure }) => figure === 'visitsPerYearMin').map(({ projectId }) => projectId),
  );
  const idOf = ({ townshipCode, subject }: VisitCell) => `${townshipCode}/${subject}/${year}`;
  const cells = townships.flatMap((townshipCode) => {
    const own = rows.filter((row) => row.townshipCode === townshipCode);
    return cellsOf(
      own,
      waived,
      figuresOf(townshipCode.slice(0, 6), addDays(`${year + 1}-01-01`, -1)),
    );
  });
  const judged = await unit.find(visitYears, { _id: { $in: cells.map(idOf) } });
  const known = new Set(judged.map(({ _id }) => _id));
  for (const cell of cells) {
    const _id = idOf(cell);
    if (known.has(_id)) continue;
    const { visits: count, required, townshipCode } = cell;
    unit.insert(visitYears, { _id, visits: count, required, judgedAt: unit.now });
    for (const { figures } of cellFlags(cell, year)) {
      const regionCode = townshipCode.slice(0, 6);
      unit.openFinding({ rule: 'CRS-30', regionCode, subject: _id, figures });
    }
  }
  return last;
}
