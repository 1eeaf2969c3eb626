/** The stages of a modality that are due: to open, to bring evidence for, to complete. [CRS-55, CRS-59] */
import { isWithin } from '@shixun/kernel';
import { type Concerned, evidenceOf, shortOf, subjectsOf } from '../modalities/evidence.ts';
import {
  type ProgressFacts,
  stageAtHand,
  stateOfStage,
  type UnmetGate,
} from '../modalities/progress.ts';
import { type EvidenceAsk, type Gate, isOwn, type TemplateStage } from '../modalities/template.ts';
import type { Duty, DutyClass, DutyKind } from './duties.ts';

export type StageFacts = Pick<ProgressFacts, 'template' | 'steps' | 'evidence'> & {
  readonly concerned: Concerned;
  /** What keeps the stage at hand from opening, or from being completed, beside evidence. */
  readonly unmet: readonly UnmetGate[];
};
type StagedClass = Pick<DutyClass, '_id' | 'projectTitle' | 'state' | 'closesOn'>;

/** In whose name a role is filled: evidence about other schools and counties is theirs to bring. */
export type InNameOf = { readonly schoolId?: string; readonly regionCode?: string };

const bureauRoles: readonly string[] = ['ProvinceAdmin', 'CityAdmin', 'CountyAdmin'];
const arranging: Readonly<Record<Gate, DutyKind>> = {
  groups: 'form_groups',
  substitutes: 'match_substitutes',
  host: 'appoint_host',
  placement: 'place_trainees',
  placement_school: 'place_trainees',
  placement_centre: 'place_trainees',
};

/** Who arranges what a gate asks for: who leads the stage, where its command is theirs to give. */
function arranges(role: string, gate: Gate, leads: string): boolean {
  if (gate === 'host') return bureauRoles.includes(role);
  const may = leads === 'InstitutionAdmin' || bureauRoles.includes(leads);
  return role === (may ? leads : 'InstitutionAdmin');
}

/** The gates of the stage at hand that are looked at now: those of its opening, then those of its completion. */
export function gatesAtHand({ template, steps }: Pick<StageFacts, 'template' | 'steps'>) {
  const stage = stageAtHand(template, steps);
  if (stage === undefined) return [];
  return stateOfStage(steps, stage.key) === 'not_open' ? stage.opensWith : stage.completesWith;
}

/** Whether a role has anything to do with a stage. */
export function concernsRole(
  { leads, asks, opensWith, completesWith }: TemplateStage,
  role: string,
): boolean {
  const gates = [...opensWith, ...completesWith];
  return (
    leads === role ||
    asks.some(({ by }) => by === role) ||
    gates.some((gate) => arranges(role, gate, leads))
  );
}

/**
 * What a role owes the stage at hand: what its gates need is arranged, who leads opens it, those it names bring evidence,
 * and who leads completes it once nobody else owes any. Completion is decided at the end of the class, so its last day is
 * theirs.
 */
export function stageDuties(
  trainingClass: StagedClass,
  facts: StageFacts,
  role: string,
  inNameOf: InNameOf = {},
): readonly Duty[] {
  if (!moving(trainingClass)) return [];
  const { template, steps, concerned, evidence, unmet } = facts;
  const stage = stageAtHand(template, steps);
  if (stage === undefined) return [];
  const { _id: subject, projectTitle: title, closesOn: dueOn } = trainingClass;
  const duty = (kind: DutyKind, detail: string): Duty => ({
    ...{ kind, role, subject, detail, title, dueOn },
  });
  const leads = stage.leads === role;
  const arranged = unmet
    .filter(({ gate, waitsForMentors }) => !waitsForMentors && arranges(role, gate, stage.leads))
    .map(({ gate }) => duty(arranging[gate], detailOf(stage.key, gate)));
  if (stateOfStage(steps, stage.key) === 'not_open') {
    return leads && unmet.length === 0 ? [duty('open_stage', stage.key)] : arranged;
  }
  const shortAbout = (ask: EvidenceAsk) =>
    subjectsOf(ask, concerned).filter(
      (about) => shortOf(ask, about, evidenceOf(stage, ask, about, evidence)).length > 0,
    );
  const owed = stage.asks.filter((ask) => ask.by !== 'Teacher' && shortAbout(ask).length > 0);
  if (owed.length + unmet.length === 0) return leads ? [duty('complete_stage', stage.key)] : [];
  const own = owed.filter(
    (ask) => ask.by === role && shortAbout(ask).some((about) => isOurs(ask, about, inNameOf)),
  );
  return [...arranged, ...own.map(({ key }) => duty('bring_evidence', `${stage.key}/${key}`))];
}

function detailOf(stageKey: string, gate: Gate): string {
  return arranging[gate] === 'place_trainees' ? `${stageKey}/${gate}` : stageKey;
}

function isOurs({ per }: EvidenceAsk, about: string | null, inNameOf: InNameOf): boolean {
  const { schoolId, regionCode } = inNameOf;
  if (per === 'school' && schoolId !== undefined) return about === schoolId;
  if (per === 'county' && regionCode !== undefined) return isWithin(about ?? '', regionCode);
  return true;
}

/** What a trainee still owes the stages that were opened: evidence about himself or herself. */
export function ownStageDuties(
  enrollmentId: string,
  trainingClass: StagedClass,
  { template, steps, evidence }: Pick<StageFacts, 'template' | 'steps' | 'evidence'>,
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
