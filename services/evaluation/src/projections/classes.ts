/** What evaluation knows of classes: to which project they belong, and whether their training has ended. */
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { ClassFacts } from '../surveys/open.ts';

export type ClassRow = RowBase & {
  /** Sequence of the newest event absorbed; an older one changes nothing. */
  readonly sequence: number;
  readonly projectId: string;
  readonly state: string;
};

const text = { type: String, required: true };

export const classes = defineCollection<ClassRow>(
  'classes',
  { sequence: { type: Number, required: true }, projectId: text, state: text },
  [{ keys: { projectId: 1, _id: 1 } }],
);

/** Takes over the rows that are newer than what is known, and answers those. */
export async function keepNewestClasses(
  rows: readonly ClassRow[],
  unit: Unit,
): Promise<readonly ClassRow[]> {
  const known = await unit.find(classes, { _id: { $in: rows.map(({ _id }) => _id) } });
  const newest = new Map(known.map(({ _id, sequence }) => [_id, sequence]));
  const taken = rows.filter(({ _id, sequence }) => {
    if ((newest.get(_id) ?? 0) >= sequence) return false;
    newest.set(_id, sequence);
    return true;
  });
  for (const { _id, ...fields } of taken) unit.upsert(classes, { _id }, { $set: fields });
  return taken;
}

export function hasEnded({ state }: Pick<ClassRow, 'state'>): boolean {
  return state === 'closing' || state === 'closed';
}

/** The class as the decisions of a survey look at it. */
export function classFacts({ _id, state }: Pick<ClassRow, '_id' | 'state'>): ClassFacts {
  if (hasEnded({ state })) return { id: _id, standing: 'ended' };
  return { id: _id, standing: state === 'cancelled' ? 'cancelled' : 'ahead' };
}
