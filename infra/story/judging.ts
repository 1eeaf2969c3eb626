import { prepareBallot } from '@shixun/evaluation/ballot-client';
import { yearOf } from '@shixun/kernel';
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

/** A class that is over, with those who were in it. */
export type Held = { readonly published: Published; readonly trainees: readonly Trainee[] };

/** Everyone evaluates: anonymous answers, an agency, an inspection; the grades are published and reach the registry. */
export async function judge(world: World, held: readonly Held[]): Promise<void> {
  const { bureau, evaluator } = world.cast;
  for (const { published, trainees } of held) {
    const survey = await openSurvey(world, published.projectId, trainees.length);
    await Promise.all(trainees.map((trainee) => answer(world, survey, trainee)));
    await command(world, bureau, 'CloseSurvey', { surveyId: survey.id });
    const agency = { projectId: published.projectId, kind: 'AGENCY', score: '92.00', remarks };
    await command(world, evaluator, 'RecordAssessment', agency);
  }
  const counts = held.map(({ trainees }) => trainees.length);
  world.tell({
    zh: `两个班 ${counts.join('、')} 位学员匿名作答：选票经盲签名，答卷与身份无法对应。`,
    en: `${counts.join(' and ')} trainees of the two classes answer anonymously: ballots are signed blind, answers can't be matched to people.`,
  });
  await drawSpotChecks(world, [...new Set(held.map(({ published }) => yearOf(published.opensOn)))]);
  const grades = [];
  for (const { published } of held) grades.push(await graded(world, published));
  world.tell(
    {
      zh: `评估结果公布：${grades.map(({ grade, score }) => `${grade} 等 ${score} 分`).join('，')}。`,
      en: `The grades are published: ${grades.map(({ grade, score }) => `${grade}, ${score}`).join('; ')}.`,
    },
    grades.map(({ components }) => components),
  );
  await reachInstitution(
    world,
    grades.map(({ id }) => id),
  );
}

const remarks = '目标明确，实践充分';

async function drawSpotChecks(world: World, years: readonly number[]): Promise<void> {
  const { monitor, regionCode } = world.cast;
  for (const year of years) {
    const { draw } = await command(world, monitor, 'DrawSpotChecks', { regionCode, year });
    world.tell(
      {
        zh: `质量监控机构公开抽签抽查：${year} 年 ${draw.projectsCount} 个项目参与，种子公布，人人可复核。`,
        en: `The quality-monitoring body draws lots for spot checks among ${draw.projectsCount} projects of ${year}; the seed is public, anyone can check.`,
      },
      draw,
    );
  }
}

async function graded(world: World, { projectId }: Published): Promise<Answered> {
  const { bureau, monitor } = world.cast;
  const inspection = { projectId, kind: 'INSPECTION', score: '90.00', remarks };
  await command(world, monitor, 'RecordAssessment', inspection);
  const { grade } = await command(world, bureau, 'PublishGrade', { projectId });
  return grade;
}

async function reachInstitution(world: World, gradeIds: readonly string[]): Promise<void> {
  const { bureau, institutionId } = world.cast;
  const institution = await eventually('the grades reach the institution', async () => {
    const page = await ask(world, bureau, 'Institution', { id: institutionId, first: 100 });
    const known: string[] = page.institution.grades.edges.map(({ node }: Answered) => node.id);
    return gradeIds.every((id) => known.includes(id)) && page.institution;
  });
  world.tell(
    {
      zh: `结果进入机构资质档案：${institution.name}，资质状态 ${institution.qualification.state}。`,
      en: `They reach the institution's qualification: ${institution.name} is ${institution.qualification.state}.`,
    },
    institution.moves.edges.map(({ node: { move, to, at } }: Answered) => ({ move, to, at })),
  );
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
