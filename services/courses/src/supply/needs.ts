/** What a needs survey asks for, in teachers by area. [PLN-08] */
import type { Stage } from '../projects/project.ts';

export type ClosedSurvey = {
  readonly populationCount: number;
  readonly answersCount: number;
  readonly audience: { readonly stages: readonly Stage[] };
  readonly topNeeds: readonly {
    readonly stage: Stage | null;
    readonly subject: string | null;
    readonly answersCount: number;
  }[];
};

export type Need = { readonly stage: Stage; readonly subject: string; readonly asked: number };

/**
 * Those who named a need, projected from those who answered to all whom the survey stands for, rounded up. A subject
 * told without its stage goes to the survey's stages by how many teachers each has in it (`teachersOf`); with none
 * known nowhere.
 */
export function needsOf(
  survey: ClosedSurvey,
  teachersOf: (stage: Stage, subject: string) => number,
): readonly Need[] {
  const needs = new Map<string, Need>();
  const add = (need: Need) => {
    const key = `${need.stage}/${need.subject}`;
    // One teacher answers several questions: the question with most answers tells how many they were.
    if ((needs.get(key)?.asked ?? 0) < need.asked) needs.set(key, need);
  };
  const bySubject = survey.topNeeds.flatMap((need) =>
    need.subject === null ? [] : [{ ...need, subject: need.subject }],
  );
  for (const { stage, subject, answersCount } of bySubject) {
    const asked = projected(answersCount, survey);
    if (stage !== null) add({ stage, subject, asked });
    else if (!bySubject.some((need) => need.subject === subject && need.stage !== null)) {
      for (const need of apportioned(subject, asked, survey, teachersOf)) add(need);
    }
  }
  return [...needs.values()];
}

function projected(answers: number, { populationCount, answersCount }: ClosedSurvey): number {
  if (answersCount === 0) return 0;
  return Math.ceil((answers * Math.max(populationCount, answersCount)) / answersCount);
}

const everyStage: readonly Stage[] = [
  'kindergarten',
  'primary',
  'junior',
  'senior',
  'vocational',
  'higher',
];

function apportioned(
  subject: string,
  asked: number,
  { audience }: ClosedSurvey,
  teachersOf: (stage: Stage, subject: string) => number,
): readonly Need[] {
  const [only, ...others] = audience.stages;
  if (only !== undefined && others.length === 0) return [{ stage: only, subject, asked }];
  const stages = audience.stages.length > 0 ? audience.stages : everyStage;
  const all = stages.reduce((sum, stage) => sum + teachersOf(stage, subject), 0);
  if (all === 0) return [];
  return stages
    .map((stage) => ({
      stage,
      subject,
      asked: Math.ceil((asked * teachersOf(stage, subject)) / all),
    }))
    .filter((need) => need.asked > 0);
}
