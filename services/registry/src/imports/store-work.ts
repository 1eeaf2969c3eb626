/** What the work on any kind of file has in common; each kind has a `store-<kind>.ts` that meets its records. */
import { type CivilDate, civilDateOf, type Decision } from '@shixun/kernel';
import type { Unit } from '@shixun/runtime';
import type { Area, Verdict } from './area.ts';
import type { ReadRow } from './read-row.ts';
import { type ImportKeyRow, type ImportRow, importKeys, type Remark } from './store.ts';

export type WorkRoom = {
  readonly unit: Unit;
  readonly import: ImportRow;
  readonly area: Area;
  readonly today: CivilDate;
  readonly personalDataKey: Buffer;
  /** In the dry run nothing is written, so what earlier rows of the file would add is looked up here. */
  readonly pass: 'validation' | 'application';
};

/** What a row would do, and how it does it. */
export type Planned = {
  readonly verdict: Verdict;
  /** What later rows of the file must know of it. */
  readonly facts?: Readonly<Record<string, string>>;
  readonly remark?: Remark;
  /** Writes it; answers the record's id and the former values of what it changed. */
  readonly write: () => {
    readonly id: string;
    readonly before: Readonly<Record<string, unknown>> | null;
  };
};

/** Plans the rows of a batch one after another, on facts that were gathered for all of them at once. */
export type KindWork = {
  /** Which record a row is about; rows with the same key repeat each other. */
  readonly keyOf: (row: ReadRow, room: WorkRoom) => string;
  readonly gather: (rows: readonly ReadRow[], room: WorkRoom) => Promise<RowPlanner>;
  /** Takes back what a journalled row did. */
  readonly undo: (
    entry: {
      readonly verdict: Verdict;
      readonly id: string;
      readonly before: Readonly<Record<string, unknown>> | null;
    },
    room: WorkRoom,
  ) => Promise<void>;
  /** In which column a fault of a decision lies, where the decision has another word for it. */
  readonly columnOf: Readonly<Record<string, string>>;
};

export type RowPlanner = (row: ReadRow) => Decision<Planned>;

export function workRoom(
  unit: Unit,
  row: ImportRow,
  rest: Pick<WorkRoom, 'personalDataKey' | 'pass'>,
): WorkRoom {
  const area = { regionCode: row.regionCode, schoolId: row.schoolId };
  return { unit, import: row, area, today: civilDateOf(unit.now), ...rest };
}

/** What earlier rows of the file are about, by key. */
export async function earlierRows(
  { unit, import: { _id } }: WorkRoom,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ImportKeyRow>> {
  const ids = [...new Set(keys)].map((key) => `${_id}/${key}`);
  const rows = ids.length === 0 ? [] : await unit.find(importKeys, { _id: { $in: ids } });
  return new Map(rows.map((row) => [row._id.slice(_id.length + 1), row]));
}

/** The same decision, with what it decided in another form. */
export function mapped<From, To>(
  decision: Decision<From>,
  change: (outcome: From) => To,
): Decision<To> {
  return decision.accepted ? { ...decision, outcome: change(decision.outcome) } : decision;
}

export function distinct(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
