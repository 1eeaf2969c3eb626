import { prepareBallot } from '@shixun/evaluation/ballot-client';
import {
  type Actor,
  type Answered,
  ask,
  attempt,
  command,
  eventually,
  expectThat,
  type World,
} from './world.ts';

/** The county asks its teachers what they need; answers are anonymous, and small groups are not shown. [PLN-01] */
export async function askTeachers(world: World): Promise<string> {
  const { bureau, regionCode, teachers } = world.cast;
  const opened = await command(world, bureau, 'OpenNeedsSurvey', {
    title: '小店区小学语文教师培训需求调研',
    questionnaireId: 'qst_needs_140000',
    regionCode,
    audience: { stages: ['PRIMARY'], subjects: ['chinese'] },
  });
  const id: string = opened.survey.id;
  const survey = await eventually('the teachers are invited', async () => {
    const { needsSurvey } = await ask(world, bureau, 'NeedsSurvey', { id });
    return needsSurvey.state === 'OPEN' && needsSurvey;
  });
  await Promise.all(
    teachers.map((teacher, place) => answerNeeds(world, survey, { teacher, place })),
  );
  await world.advance(7);
  await attempt(world, bureau, 'CloseNeedsSurvey', { surveyId: id });
  const closed = await eventually('the survey is analysed', async () => {
    const { needsSurvey } = await ask(world, bureau, 'NeedsSurvey', { id });
    return needsSurvey.state === 'CLOSED' && needsSurvey;
  });
  const [topics] = closed.results;
  expectThat(topics.all[0].answersCount === teachers.length, 'PLN-01: every answer counts', closed);
  world.tell(
    {
      zh: `需求调研：邀请 ${closed.response.invitedCount} 位教师，匿名应答 ${closed.response.answersCount} 份；按学科汇总：`,
      en: `A needs survey: ${closed.response.invitedCount} teachers asked, ${closed.response.answersCount} anonymous answers. By subject:`,
    },
    topics.groups,
  );
  return id;
}

/** One teacher's answers: a ballot signed blind, then the answers without a token. */
export async function answerNeeds(
  world: World,
  survey: Answered,
  { teacher, place }: { readonly teacher: Actor; readonly place: number },
): Promise<void> {
  const prepared = await prepareBallot({ id: survey.id, ballotKey: survey.ballotKey });
  const blinded = { surveyId: survey.id, blindedMessage: prepared.blindedMessage };
  const issued = await command(world, teacher, 'IssueNeedsBallot', blinded);
  const { ballot, signature } = await prepared.finish(issued.ballot.blindSignature);
  const respondent = {
    regionCode: world.cast.regionCode,
    stage: 'PRIMARY',
    subject: 'chinese',
    careerStage: 'IN_SERVICE',
  };
  const answers = survey.questionnaire.questions
    .filter(({ required }: Answered) => required)
    .map((question: Answered) => answerTo(question, place));
  const input = { surveyId: survey.id, ballot, signature, respondent, answers };
  const { submitNeedsAnswers } = await ask(world, null, 'SubmitNeedsAnswers', { input });
  expectThat(submitNeedsAnswers.refusals.length === 0, 'the answers are taken', submitNeedsAnswers);
}

function answerTo({ code, kind, points, options }: Answered, place: number) {
  const codes: string[] = options.map((option: Answered) => option.code);
  if (kind === 'SCALE') return { question: code, points };
  if (kind === 'CHOICES') return { question: code, options: [codes[place % 2]] };
  if (kind === 'RANK') return { question: code, options: codes };
  return { question: code, option: codes[0] };
}

/** A school of the county confirms the project. [PLN-02] */
export async function confirmedBySchool(world: World, projectId: string): Promise<void> {
  const { bureau, school, schoolId } = world.cast;
  const early = await attempt(world, bureau, 'SubmitProject', { projectId });
  const codes = early.refusals.map(({ code }: Answered) => code);
  expectThat(
    ['PROJECT_SURVEY_MISSING', 'PROJECT_SCHOOLS_NOT_ASKED'].every((code) => codes.includes(code)),
    'PLN-02: without survey and schools a project is not submitted',
    codes,
  );
  await command(world, bureau, 'AskSchools', { projectId, schoolIds: [schoolId] });
  await command(world, school, 'ConfirmProject', { projectId, schoolId, confirmed: true });
  world.tell({
    zh: '未附需求调研、未征询学校的申报被拒；学校确认后可以申报。',
    en: 'Without survey and schools the project is refused; a school of the county confirms it.',
  });
}
