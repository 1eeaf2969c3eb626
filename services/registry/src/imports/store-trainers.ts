/** Files of trainers: a trainer has no number, so name, home province and school together are the natural key. [REG-06] */
import { schools } from '../schools/store.ts';
import { recordTrainer, type TrainerRow, tellTrainer, trainers } from '../trainers/store.ts';
import { planTrainer, trainerKey } from './plan-trainer.ts';
import { distinct, type KindWork, mapped, type Planned, type WorkRoom } from './store-work.ts';

export const trainerWork: KindWork = {
  keyOf: ({ values }, { area }) => trainerKey(values, area.regionCode),
  columnOf: {},
  gather: async (rows, room) => {
    const { unit, area } = room;
    const names = distinct(rows.map(({ values }) => values.text('name')));
    const codes = distinct(rows.map(({ values }) => values.text('schoolCode')));
    const named = await unit.find(trainers, { name: { $in: names } });
    const found = await unit.find(schools, { code: { $in: codes } });
    const byCode = new Map(found.map((school) => [school.code, school]));
    const province = `${area.regionCode.slice(0, 2)}0000`;
    const actsForProvince = room.import.grants.some(({ role }) => role === 'ProvinceAdmin');
    return ({ values }) => {
      const school = byCode.get(values.text('schoolCode') ?? '');
      const provinceCode = values.text('homeProvinceCode') ?? province;
      const known = named.filter(
        (each) =>
          each.name === values.text('name') &&
          each.homeProvinceCode === provinceCode &&
          each.schoolId === (school?._id ?? null),
      );
      const decision = planTrainer(values, {
        area,
        school: school === undefined ? null : { ...school, schoolId: school._id },
        provinceCode,
        known: known.map((each) => ({ ...each, trainerId: each._id })),
        actsForProvince,
      });
      return mapped(decision, (plan): Planned => {
        const [row] = known;
        if (plan.verdict === 'added') {
          return { verdict: 'added', write: () => added(room, plan.trainer) };
        }
        if (plan.verdict === 'unchanged' || row === undefined) {
          return { verdict: 'unchanged', write: () => ({ id: row?._id ?? '', before: null }) };
        }
        return { verdict: 'changed', write: () => changed(room, row, plan.changes) };
      });
    };
  },
  undo: async ({ verdict, id, before }, room) => {
    const { unit } = room;
    const row = await unit.findById(trainers, id);
    if (row === null) return;
    if (verdict === 'added') {
      unit.remove(trainers, { _id: id });
      tellTrainer(unit, { ...row, inPool: false });
    } else if (before !== null) changed(room, row, before as Partial<TrainerRow>);
  },
};

function added({ unit }: WorkRoom, trainer: Parameters<typeof said>[0]) {
  const _id = unit.newId('trainer');
  recordTrainer(unit, { _id, ...said(trainer), registeredAt: unit.now });
  return { id: _id, before: null };
}

/** The pool is entered by a term (REG-10), never by a file. */
function said(
  trainer: Omit<TrainerRow, '_id' | 'inPool' | 'institutionId' | 'registeredAt'>,
): Omit<TrainerRow, '_id' | 'registeredAt'> {
  return { ...trainer, inPool: false, institutionId: null };
}

function changed({ unit }: WorkRoom, row: TrainerRow, changes: Partial<TrainerRow>) {
  unit.update(trainers, { _id: row._id, name: row.name }, { $set: changes });
  tellTrainer(unit, { ...row, ...changes });
  const before = Object.fromEntries(
    Object.keys(changes).map((field) => [field, row[field as keyof TrainerRow]]),
  );
  return { id: row._id, before };
}
