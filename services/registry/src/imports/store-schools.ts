/** Files of schools: the natural key is the school code. [REG-06] */
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { regions } from '../regions/store.ts';
import type { SchoolKind } from '../schools/kinds.ts';
import { recordSchool, rewriteSchool, type SchoolRow, schools } from '../schools/store.ts';
import { planSchool, schoolColumnOf } from './plan-school.ts';
import {
  distinct,
  earlierRows,
  type KindWork,
  mapped,
  type Planned,
  type WorkRoom,
} from './store-work.ts';

/** The id that a school of the file will have is not known in the dry run; its code stands for it. */
const unborn = 'sch_of_this_file';

export const schoolWork: KindWork = {
  keyOf: ({ values }) => values.text('code') ?? '',
  columnOf: schoolColumnOf,
  gather: async (rows, room) => {
    const { unit } = room;
    const regionCodes = distinct(rows.map(({ values }) => values.text('regionCode')));
    const central = distinct(rows.map(({ values }) => values.text('centralSchoolCode')));
    const codes = distinct([...rows.map(({ values }) => values.text('code')), ...central]);
    const inForce = await unit.find(regions, { _id: { $in: regionCodes } });
    const known = new Set(inForce.filter((each) => !each.abolishedOn).map(({ _id }) => _id));
    const found = await unit.find(schools, { code: { $in: codes } });
    const byCode = new Map(found.map((school) => [school.code, school]));
    const earlier = await earlierRows(room, central);
    const inBatch = new Map<string, CentralSchool>();
    const centralOf = (code: string | undefined): CentralSchool | null => {
      if (code === undefined) return null;
      const onRecord = byCode.get(code);
      if (onRecord !== undefined) return { ...onRecord, schoolId: onRecord._id };
      const { kind, regionCode } = earlier.get(code)?.facts ?? {};
      return (
        inBatch.get(code) ??
        (kind === undefined || regionCode === undefined
          ? null
          : { schoolId: unborn, kind: kind as SchoolKind, regionCode })
      );
    };
    return ({ values }) => {
      const row = byCode.get(values.text('code') ?? '');
      const regionCode = values.text('regionCode') ?? '';
      const decision = planSchool(values, {
        area: room.area,
        regionKnown: known.has(regionCode),
        known: row === undefined ? null : { ...row, schoolId: row._id },
        centralSchool: centralOf(values.text('centralSchoolCode')),
        bureauLevels: bureauLevelsOf(room.import, regionCode),
      });
      return mapped(decision, (plan): Planned => {
        if (plan.verdict === 'added') {
          const { code, kind } = plan.school;
          const _id = unit.newId('school');
          inBatch.set(code, { schoolId: _id, kind, regionCode });
          return {
            verdict: 'added',
            facts: { kind, regionCode },
            write: () => {
              recordSchool(unit, { _id, ...plan.school, registeredAt: unit.now });
              return { id: _id, before: null };
            },
          };
        }
        if (plan.verdict === 'unchanged' || row === undefined) {
          return { verdict: 'unchanged', write: () => ({ id: row?._id ?? '', before: null }) };
        }
        return { verdict: 'changed', write: () => setRural(room, row, plan.rural) };
      });
    };
  },
  undo: async ({ verdict, id, before }, room) => {
    const { unit } = room;
    const row = await unit.findById(schools, id);
    if (row === null) return;
    if (verdict === 'added') {
      // Told as closed, so that nobody elsewhere goes on with it; then it is as if it had never been here.
      rewriteSchool(unit, row, { state: 'closed' });
      unit.remove(schools, { _id: id });
    } else if (typeof before?.rural === 'boolean') setRural(room, row, before.rural);
  },
};

type CentralSchool = {
  readonly schoolId: string;
  readonly kind: SchoolKind;
  readonly regionCode: string;
};

/** The state event of a school does not speak of it, so nothing is told. */
function setRural({ unit }: WorkRoom, row: SchoolRow, rural: boolean) {
  unit.update(schools, { _id: row._id, rural: row.rural }, { $set: { rural } });
  return { id: row._id, before: { rural: row.rural } };
}
