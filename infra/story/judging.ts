import { prepareBallot } from '@shixun/evaluation/ballot-client';
import type { Trainee } from './choosing.ts';
import type { Published } from './planning.ts';
import {
  type Answered,
  ask,
  attempt,
  command,
  eventually,
  expectThat,
  type World,
} from './world.ts';

/** Everyone evaluates: anonymous answers, an agency, an inspection; the grade is published and reaches the registry. */
export async function judge(
  world: World,
  { projectId, year }: Published,
  trainees: readonly Trainee[],
): Promise<Answered> {
  const { bureau, evaluator, monitor, institutionId } = world.cast;
  const survey = await openSurvey(world, projectId, trainees.length);
  for (const trainee of trainees) await answer(world, survey, trainee);
  world.tell({
    zh: `${trainees.length} 位学员匿名作答：选票经盲签名，答卷与身份无法对应。`,
    en: `${trainees.length} trainees answer anonymously: ballots are signed blind, answers can't be matched to people.`,
  });
  await command(world, bureau, 'CloseSurvey', { surveyId: survey.id });
  const remarks = '目标明确，实践充分';
  const agency = { projectId, kind: 'AGENCY', score: '92.00', remarks };
  await command(world, evaluator, 'RecordAssessment', agency);
  const { draw } = await command(world, monitor, 'DrawSpotChecks', {
    regionCode: world.cast.regionCode,
    year,
  });
  world.tell(
    {
      zh: `质量监控机构公开抽签抽查：${draw.projectsCount} 个项目参与，种子公布，人人可复核。`,
      en: `The quality-monitoring body draws lots for spot checks among ${draw.projectsCount} projects; the seed is public, anyone can check.`,
    },
    draw,
  );
  const inspection = { projectId, kind: 'INSPECTION', score: '90.00', remarks };
  await command(world, monitor, 'RecordAssessment', inspection);
  const { grade } = await command(world, bureau, 'PublishGrade', { projectId });
  world.tell(
    {
      zh: `评估结果公布：${grade.grade} 等，${grade.score} 分。`,
      en: `The grade is published: ${grade.grade}, ${grade.score}.`,
    },
    grade.components,
  );
  const institution = await eventually('the grade reaches the institution', async () => {
    const page = await ask(world, bureau, 'Institution', { id: institutionId });
    const reached = page.institution.grades.edges.some(
      ({ node }: Answered) => node.id === grade.id,
    );
    return reached && page.institution;
  });
  world.tell(
    {
      zh: `结果进入机构资质档案：${institution.name}，资质状态 ${institution.qualification.state}。`,
      en: `It reaches the institution's qualification: ${institution.name} is ${institution.qualification.state}.`,
    },
    institution.moves,
  );
  return grade;
}

async function openSurvey(world: World, projectId: string, trainees: number): Promise<Answered> {
  return eventually('the survey opens when the class ends', async () => {
    const { project } = await ask(world, world.cast.bureau, 'ProjectSurvey', { id: projectId });
    const { survey } = project;
    return survey?.coverage?.traineesCount === trainees && survey;
  });
}

async function answer(world: World, survey: Answered, { teacher }: Trainee): Promise<void> {
  const prepared = await prepareBallot({ id: survey.id, ballotKey: survey.ballotKey });
  const issued = await eventually('the trainee may answer', async () => {
    const input = { surveyId: survey.id, blindedMessage: prepared.blindedMessage };
    const payload = await attempt(world, teacher, 'IssueBallot', input);
    return payload.ballot;
  });
  const { ballot, signature } = await prepared.finish(issued.blindSignature);
  const answers = survey.questionnaire.questions
    .filter(({ required }: Answered) => required)
    .map(answerTo);
  const input = { surveyId: survey.id, ballot, signature, answers };
  const { submitAnswers } = await ask(world, null, 'SubmitAnswers', { input });
  expectThat(submitAnswers.refusals.length === 0, 'the anonymous answer is taken', submitAnswers);
}

function answerTo({ code, kind, points, options }: Answered) {
  if (kind === 'SCALE') return { question: code, points };
  if (kind === 'CHOICE') return { question: code, option: options[0].code };
  return { question: code, text: '收获很大' };
}
