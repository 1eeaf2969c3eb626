/** The stages of a modality that are due: to open, to bring evidence for, to complete. [CRS-55, CRS-59] */
import { type Concerned, evidenceOf, shortOf, subjectsOf } from '../modalities/evidence.ts';
import { type ProgressFacts, stateOfStage } from '../modalities/progress.ts';
import { closesByItself, type EvidenceAsk, isOwn } from '../modalities/template.ts';
import type { Duty, DutyClass } from './duties.ts';

export type StageFacts = Pick<ProgressFacts, 'template' | 'steps' | 'evidence'> & {
  readonly concerned: Concerned;
};
type StagedClass = Pick<DutyClass, '_id' | 'projectTitle' | 'state' | 'closesOn'>;

/**
 * What a role owes the stage at hand: who leads opens it, those it names bring evidence, and who leads completes it once
 * nobody else owes any. Completion is decided at the end of the class, so its last day is theirs.
 */
export function stageDuties(
  trainingClass: StagedClass,
  facts: StageFacts,
  role: string,
): readonly Duty[] {
  if (!moving(trainingClass)) return [];
  const { template, steps, concerned, evidence } = facts;
  const stage = template.stages.find(
    (each) => !closesByItself(each) && stateOfStage(steps, each.key) !== 'completed',
  );
  if (stage === undefined) return [];
  const { _id: subject, projectTitle: title, closesOn: dueOn } = trainingClass;
  const duty = (
    kind: 'open_stage' | 'complete_stage' | 'bring_evidence',
    detail: string,
  ): Duty => ({
    ...{ kind, role, subject, detail, title, dueOn },
  });
  const leads = stage.leads === role;
  if (stateOfStage(steps, stage.key) === 'not_open') {
    return leads ? [duty('open_stage', stage.key)] : [];
  }
  const short = (ask: EvidenceAsk) =>
    subjectsOf(ask, concerned).some(
      (about) => shortOf(ask, about, evidenceOf(stage, ask, about, evidence)).length > 0,
    );
  const owed = stage.asks.filter((ask) => ask.by !== 'Teacher' && short(ask));
  if (owed.length === 0) return leads ? [duty('complete_stage', stage.key)] : [];
  return owed
    .filter(({ by }) => by === role)
    .map(({ key }) => duty('bring_evidence', `${stage.key}/${key}`));
}

/** What a trainee still owes the stages that were opened: evidence about himself or herself. */
export function ownStageDuties(
  enrollmentId: string,
  trainingClass: StagedClass,
  { template, steps, evidence }: Omit<StageFacts, 'concerned'>,
): readonly Duty[] {
  if (!moving(trainingClass)) return [];
  const { projectTitle: title, closesOn: dueOn } = trainingClass;
  return template.stages
    .filter(({ key }) => stateOfStage(steps, key) !== 'not_open')
    .flatMap((stage) =>
      stage.asks
        .filter(isOwn)
        .filter((ask) => {
          const brought = evidenceOf(stage, ask, enrollmentId, evidence);
          return shortOf(ask, enrollmentId, brought).length > 0;
        })
        .map(({ key }) => ({
          ...{ kind: 'bring_evidence' as const, role: 'Teacher', subject: enrollmentId, title },
          ...{ detail: `${stage.key}/${key}`, dueOn },
        })),
    );
}

function moving({ state }: StagedClass): boolean {
  return state === 'running' || state === 'closing';
}
