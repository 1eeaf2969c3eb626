/** What a modality asks for and is brought after completion was decided: decided anew where it decides otherwise. [CRS-55] */
import type { PolicyBook, Unit } from '@shixun/runtime';
import { decideAnew } from '../completion/commands-record.ts';
import { readTrainees, type Trainee } from '../delivery/commands-room.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import type { ClassStages } from './progress.ts';
import { classProgress } from './store.ts';

/** Those of the ids whose completion is decided. */
export async function readDecided(
  trainingClass: TrainingClassRow,
  ids: readonly string[],
  by: { readonly unit: Unit; readonly policies: PolicyBook },
): Promise<readonly Trainee[]> {
  // Nobody's is before the class closes, a violation apart, and that one stands whatever is brought.
  if (trainingClass.state === 'running') return [];
  const trainees = await readTrainees(trainingClass, ids, by);
  return [...trainees.values()].filter(({ standing }) => standing !== null);
}

/** Decides them anew under the stages as they are now. `why` is told, so it names no person. */
export function decideLate(
  trainees: readonly Trainee[],
  now: (stages: ClassStages) => Partial<ClassStages>,
  why: string,
  unit: Unit,
): void {
  for (const trainee of trainees) {
    const stages = { ...trainee.stages, ...now(trainee.stages) };
    decideAnew(trainee.standing, { ...trainee, stages }, why, unit);
  }
}

/**
 * Both the decision on completion and what is brought while a class closes write here, so that of two at the same moment
 * one decides again and sees the other.
 */
export function holdStages(
  unit: Unit,
  { _id, state }: Pick<TrainingClassRow, '_id' | 'state'>,
  { steps }: Pick<ClassStages, 'steps'>,
): void {
  // A class of which no stage was opened has no row, and nothing is brought to it.
  if (state !== 'closing' || steps.length === 0) return;
  unit.update(classProgress, { _id }, { $inc: { turn: 1 } });
}
