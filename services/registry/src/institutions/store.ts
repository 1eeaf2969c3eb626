import { registry } from '@shixun/contracts';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { QualificationMovedTo } from './apply.ts';
import type { InstitutionKind, InstitutionQualification, MoveRecord } from './institution.ts';

export type InstitutionRow = RowBase &
  InstitutionQualification & {
    readonly name: string;
    readonly kind: InstitutionKind;
    readonly regionCode: string;
    /** The university of which this is a department or college; it cannot apply, bid or sign itself. [REG-17] */
    readonly parentInstitutionId?: string | null;
    readonly registeredAt: Date;
    /** How many moves the history holds. */
    readonly movesCount: number;
  };

/** One row of an institution's history; never changed. */
export type MoveRow = RowBase & MoveRecord & { readonly institutionId: string; readonly at: Date };

export const institutions = defineCollection<InstitutionRow>(
  'institutions',
  {
    name: { type: String, required: true },
    kind: { type: String, required: true },
    regionCode: { type: String, required: true },
    parentInstitutionId: { type: String, default: null },
    qualification: { type: Object, required: true },
    application: { type: Object, default: null },
    registeredAt: { type: Date, required: true },
    movesCount: { type: Number, required: true },
  },
  [
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { kind: 1, regionCode: 1, _id: 1 } },
    { keys: { 'qualification.state': 1, regionCode: 1, _id: 1 } },
    { keys: { 'qualification.levels': 1, regionCode: 1, _id: 1 } },
    { keys: { 'qualification.stages': 1, regionCode: 1, _id: 1 } },
    { keys: { 'qualification.subjects': 1, regionCode: 1, _id: 1 } },
    { keys: { 'qualification.modalities': 1, regionCode: 1, _id: 1 } },
    { keys: { 'qualification.state': 1, 'qualification.validTo': 1 } },
    { keys: { parentInstitutionId: 1, _id: 1 } },
  ],
);

export const qualificationMoves = defineCollection<MoveRow>(
  'qualification_moves',
  {
    institutionId: { type: String, required: true },
    move: { type: String, required: true },
    from: { type: String, default: null },
    to: { type: String, required: true },
    reason: { type: String },
    gradeIds: { type: [String], required: true },
    findingIds: { type: [String], default: [] },
    bureauLevel: { type: String, default: null },
    at: { type: Date, required: true },
  },
  [{ keys: { institutionId: 1, _id: 1 } }],
);

/** Adds an institution with the moves behind it and tells it. */
export function recordInstitution(
  unit: Unit,
  row: InstitutionRow,
  moves: readonly MoveRecord[],
): void {
  unit.insert(institutions, row);
  insertMoves(unit, row, moves, 0);
  tellInstitution(unit, row);
}

/** Writes what moved: the record, the history, the compacted state, and the fact when what stands has changed. */
export function recordMoves(unit: Unit, before: InstitutionRow, after: QualificationMovedTo): void {
  const { qualification, application, moves } = after;
  const row = { ...before, qualification, application };
  unit.update(
    institutions,
    { _id: before._id, movesCount: before.movesCount },
    { $set: { qualification, application, movesCount: before.movesCount + moves.length } },
  );
  insertMoves(unit, row, moves, before.movesCount);
  const last = moves.at(-1);
  if (last === undefined) return;
  tellInstitution(unit, row);
  const from = before.qualification.state;
  const stands = from !== qualification.state || last.move === 'renew' || last.move === 'grant';
  if (!stands) return;
  unit.emit(registry.qualificationMoved, row._id, {
    institutionId: row._id,
    from,
    to: qualification.state,
    reason: last.reason || last.move,
    gradeIds: [...last.gradeIds],
  });
}

function insertMoves(
  unit: Unit,
  { _id: institutionId }: InstitutionRow,
  moves: readonly MoveRecord[],
  already: number,
): void {
  for (const [index, move] of moves.entries()) {
    const sequence = String(already + index + 1).padStart(6, '0');
    unit.insert(qualificationMoves, {
      _id: `${institutionId}/${sequence}`,
      institutionId,
      ...move,
      at: unit.now,
    });
  }
}

/** Writes that the institution lies in another region now, and tells it. [REG-01] */
export function relocateInstitution(unit: Unit, row: InstitutionRow, regionCode: string): void {
  unit.update(institutions, { _id: row._id, regionCode: row.regionCode }, { $set: { regionCode } });
  tellInstitution(unit, { ...row, regionCode });
}

/** The compacted state: the period is told once something has been granted. */
function tellInstitution(unit: Unit, row: InstitutionRow): void {
  const { state, levels, stages, subjects, modalities, validFrom, validTo } = row.qualification;
  const granted = !['none', 'applied', 'under_review'].includes(state);
  unit.emit(registry.institutionRecorded, row._id, {
    institutionId: row._id,
    name: row.name,
    kind: row.kind,
    regionCode: row.regionCode,
    parentInstitutionId: row.parentInstitutionId ?? null,
    qualification: {
      state,
      levels: [...levels],
      stages: [...stages],
      subjects: [...subjects],
      modalities: [...modalities],
      validFrom: granted ? validFrom : null,
      validTo: granted ? validTo : null,
    },
  });
}
