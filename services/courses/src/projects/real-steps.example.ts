/** Steps of a project through the real graph, taken by the people of one county. Tests bend them. */
import { evaluation, registry } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { examplePlan } from '../plans/plan.example.ts';
import type { PlanContent } from '../plans/plan.ts';
import { institutionRecordedHandler } from '../projections/institutions.ts';
import { needsSurveyClosedHandler } from '../projections/needs-surveys.ts';
import { trainerRecordedHandler } from '../projections/trainers.ts';
import { exampleDraft } from './project.example.ts';
import { RealGraph } from './real-graph.example.ts';
import { confirmationId, projectConfirmations } from './store-joint.ts';

export const county: Caller = {
  subject: 'person_county',
  grants: [{ role: 'CountyAdmin', regionCode: '140105' }],
};
export const province: Caller = {
  subject: 'person_province',
  grants: [{ role: 'ProvinceAdmin', regionCode: '140000' }],
};
export const institution: Caller = {
  subject: 'person_institution',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
export const teacher: Caller = {
  subject: 'tch_1',
  grants: [{ role: 'Teacher', personId: 'tch_1' }],
};

/** A survey of the whole county that every project of these tests may answer. [PLN-02] */
export const needsSurveyId = 'nsv_county';

const hours = (centi: number) => (centi / 100).toFixed(2);
const shout = (value: string) => value.toUpperCase();
/** A draft as the graph takes it. */
export function draftInput(change: Partial<typeof exampleDraft> = {}) {
  const { hoursCenti, schoolId, ...draft } = { ...exampleDraft, ...change };
  return {
    ...draft,
    hours: hours(hoursCenti),
    ...(schoolId === null ? {} : { schoolId }),
    level: shout(draft.level),
    sector: shout(draft.sector),
    modality: shout(draft.modality),
    channel: shout(draft.channel),
    stage: shout(draft.stage),
    audience: {
      ...draft.audience,
      stages: draft.audience.stages.map(shout),
      careerStages: draft.audience.careerStages.map(shout),
    },
  };
}
/** A plan as the graph takes it. */
export function planInput(plan: PlanContent) {
  return {
    ...plan,
    modules: plan.modules.map(({ hoursCenti, category, ...module }) => ({
      ...module,
      category: shout(category),
      hours: hours(hoursCenti),
    })),
    classes: plan.classes.map((planned) => ({
      ...planned,
      segments: planned.segments.map((segment) => ({ ...segment, part: shout(segment.part) })),
    })),
  };
}

type Refusal = {
  rule: string | null;
  code: string;
  actual: string | null;
  policyVersion: string | null;
};
type Answer = {
  project: { id: string; state: string } | null;
  refusals: Refusal[];
};

export class RealSteps {
  readonly graph: RealGraph;
  #keys = 0;

  private constructor(graph: RealGraph) {
    this.graph = graph;
  }

  /** A fresh database that has heard of one qualified institution, one that only applied, and two trainers. */
  static async open(uri: string | undefined): Promise<RealSteps> {
    const graph = await RealGraph.open(uri);
    const { example } = registry.institutionRecorded;
    await graph.hear(institutionRecordedHandler, registry.institutionRecorded, [
      { ...example, institutionId: 'ins_1', name: '旧名' },
      {
        ...example,
        institutionId: 'ins_1',
        qualification: {
          state: 'qualified',
          levels: ['county'],
          stages: ['junior'],
          subjects: ['chinese'],
          modalities: ['concentrated'],
          validFrom: '2026-01-01',
          validTo: '2026-12-31',
        },
      },
      {
        ...example,
        institutionId: 'ins_applying',
        qualification: {
          ...example.qualification,
          state: 'applied',
          validFrom: null,
          validTo: null,
        },
      },
    ]);
    const trainer = registry.trainerRecorded.example;
    await graph.hear(trainerRecordedHandler, registry.trainerRecorded, [
      { ...trainer, trainerId: 'trn_1', kind: 'frontline_teacher', inPool: true },
      { ...trainer, trainerId: 'trn_2', kind: 'university_expert', inPool: true },
    ]);
    const survey = evaluation.needsSurveyClosed.example;
    const audience = { ...survey.audience, stages: [] };
    await graph.hear(needsSurveyClosedHandler, evaluation.needsSurveyClosed, [
      { ...survey, surveyId: needsSurveyId, audience },
    ]);
    return new RealSteps(graph);
  }

  /** Gives a command by its mutation's name. */
  async give(caller: Caller | null, name: string, input: Record<string, unknown>): Promise<Answer> {
    const type = {
      draftProject: 'DraftProjectInput',
      submitProject: 'SubmitProjectInput',
      askSchools: 'AskSchoolsInput',
      confirmProject: 'ConfirmProjectInput',
      submitPlan: 'SubmitPlanInput',
      reviewPlan: 'ReviewPlanInput',
      commissionInstitution: 'CommissionInstitutionInput',
      rejectProject: 'ReasonedProjectStepInput',
      cancelProject: 'ReasonedProjectStepInput',
    }[name];
    this.#keys += 1;
    const source = `mutation Give($input: ${type ?? 'ProjectStepInput'}!) {
    ${name}(input: $input) { project { id state } refusals { rule code actual policyVersion } }
  }`;
    const data = await this.graph.ask<Record<string, Answer>>(caller, source, {
      input: {
        idempotencyKey: `key-of-test-${this.#keys}`,
        ...(name === 'submitProject' ? { needsSurveyId } : {}),
        ...input,
      },
    });
    const answer = data[name];
    if (answer === undefined) throw new Error('no answer');
    return answer;
  }

  async drafted(change: Partial<typeof exampleDraft> = {}): Promise<string> {
    const { project, refusals } = await this.give(county, 'draftProject', draftInput(change));
    if (project === null) throw new Error(JSON.stringify(refusals));
    await this.confirmed(project.id);
    return project.id;
  }

  /** As if a school of the county had been asked and had confirmed. [PLN-02] */
  async confirmed(projectId: string): Promise<void> {
    await this.graph.db.model(projectConfirmations).create({
      _id: confirmationId(projectId, 'sch_1'),
      projectId,
      schoolId: 'sch_1',
      answer: 'confirmed',
      reason: null,
      askedAt: this.graph.now,
      answeredAt: this.graph.now,
    });
  }

  /** A project brought as far as its institution can hand in a plan. */
  async commissioned(change: Partial<typeof exampleDraft> = {}): Promise<string> {
    const projectId = await this.drafted(change);
    await this.give(county, 'submitProject', { projectId });
    await this.give(county, 'approveProject', { projectId });
    await this.give(county, 'commissionInstitution', { projectId, institutionId: 'ins_1' });
    return projectId;
  }

  /** A project whose plan is published at the graph's present instant. */
  async published(change: Partial<typeof exampleDraft> = {}): Promise<string> {
    const projectId = await this.commissioned(change);
    await this.give(institution, 'submitPlan', { projectId, plan: planInput(examplePlan) });
    await this.give(county, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
    await this.give(county, 'publishProject', { projectId });
    return projectId;
  }
}
