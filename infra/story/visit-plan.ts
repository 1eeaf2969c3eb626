/** The second class of the story: 送教下乡. Two days in a township, in four stages. [CRS-30] */
import { randomUUID } from 'node:crypto';
import { addDays, type CivilDate, yearOf } from '@shixun/kernel';
import type { PlanTrainers } from './plan.ts';
import { type Published, trainersByKind } from './planning.ts';
import { type Answered, attempt, command, eventually, reasonsOf, type World } from './world.ts';

const hours = '12.00';

const modules = [
  { stageKey: 'diagnosis', title: '师德与课堂诊断', category: 'ETHICS', practical: false },
  { stageKey: 'polishing', title: '研课磨课', category: 'SUBJECT', practical: true },
  { stageKey: 'showcase', title: '课例展示', category: 'SUBJECT', practical: true },
  { stageKey: 'summary', title: '总结与下一年规划', category: 'SUBJECT', practical: false },
];

/** A day begins with a session of three hours at half past eight; the other one is at two. */
const starts = [510, 840];

function visitPlan(opensOn: CivilDate, classHeadId: string, trainers: PlanTrainers) {
  const trainerIds = [...trainers.frontline, ...trainers.others];
  const [trainerId = ''] = trainerIds;
  return {
    audienceDescription: '乡镇小学语文教师（在职）',
    goals: '在自己的课堂上诊断、磨课、展示，带走下一年的计划',
    modules: modules.map(({ stageKey, practical, ...module }) => ({
      ...module,
      key: stageKey,
      stageKey,
      practical,
      main: practical,
      required: true,
      methods: practical ? ['研课磨课'] : ['诊断示范'],
      hours: '3.00',
      goals: '解决本校课堂的突出问题',
      requirement: '全程参与',
      homework: stageKey === 'polishing' ? '提交一份磨课记录' : practical ? '展示一节课' : '',
      introduction: '专家进校，以本校课例为载体',
      trainerIds: [trainerId],
    })),
    trainers: trainerIds.map((id) => ({ trainerId: id, specialty: '小学语文课例研究' })),
    projectLeader: null,
    completionAssessment: '',
    classes: [
      {
        name: '送教班',
        place: '乡镇中心学校',
        capacity: 5,
        classHead: { personId: classHeadId, fullTime: true },
        segments: [{ startsOn: opensOn, endsOn: addDays(opensOn, 1), part: 'WHOLE' }],
        sessions: modules.map(({ stageKey: moduleKey }, n) => ({
          moduleKey,
          date: addDays(opensOn, Math.floor(n / starts.length)),
          startMinute: starts[n % starts.length],
          minutes: 135,
          place: '会议室',
          trainerId,
        })),
      },
    ],
  };
}

/** The county plans a visit to a township, for the days after the first class, and puts it on the same menu. */
export async function planVisit(
  world: World,
  { needsSurveyId, menuId, closesOn }: Published,
  narrowInstitutionId: string,
): Promise<Published> {
  const { bureau, institution, institutionId, classHead } = world.cast;
  const opensOn = addDays(closesOn, 1);
  const title = `小学语文送教下乡 ${randomUUID().slice(0, 4)}`;
  const projectId = await approvedVisit(world, title, needsSurveyId, opensOn);
  await refusedFor(world, projectId, narrowInstitutionId);
  await command(world, bureau, 'CommissionInstitution', { projectId, institutionId });
  const plan = visitPlan(opensOn, classHead.id, await trainersByKind(world));
  await command(world, institution, 'SubmitPlan', { projectId, plan });
  await command(world, bureau, 'ReviewPlan', { projectId, verdict: 'ACCEPT' });
  const { project } = await command(world, bureau, 'PublishProject', { projectId });
  const [row] = project.classes;
  await command(world, bureau, 'OpenProject', { projectId });
  const { menuItem } = await command(world, bureau, 'PutOnMenu', { menuId, classId: row.id });
  world.tell({
    zh: `「${title}」四个环节的方案通过并公布，${opensOn} 起两天，列入同一菜单。`,
    en: 'A plan in four stages, two days in a township, is accepted, published and put on the same menu.',
  });
  return {
    title,
    projectId,
    classId: row.id,
    menuId,
    menuItemId: menuItem.id,
    needsSurveyId,
    opensOn,
    closesOn: row.closesOn,
    year: yearOf(addDays(row.closesOn, 1)),
    sessions: row.sessions,
    modules: row.modules,
  };
}

async function approvedVisit(
  world: World,
  title: string,
  needsSurveyId: string,
  opensOn: CivilDate,
): Promise<string> {
  const { bureau, regionCode, township } = world.cast;
  const { schoolId } = township;
  const { project } = await command(world, bureau, 'DraftProject', {
    title,
    level: 'COUNTY',
    sector: 'BASIC',
    modality: 'VISITING',
    stage: 'PRIMARY',
    subject: 'chinese',
    audience: {
      stages: ['PRIMARY'],
      subjects: ['chinese'],
      careerStages: ['NEW', 'IN_SERVICE', 'YOUNG', 'BACKBONE', 'MASTER'],
      regionCodes: [township.regionCode],
      ruralOnly: true,
    },
    contentCode: `visit-${randomUUID().slice(0, 8)}`,
    ownerRegionCode: regionCode,
    year: yearOf(opensOn),
    hours,
    startsOn: opensOn,
    endsOn: addDays(opensOn, 6),
  });
  const projectId: string = project.id;
  await command(world, bureau, 'AskSchools', { projectId, schoolIds: [schoolId] });
  const word = { projectId, schoolId, confirmed: true };
  await command(world, township.school, 'ConfirmProject', word);
  await command(world, bureau, 'SubmitProject', { projectId, needsSurveyId });
  await command(world, bureau, 'ApproveProject', { projectId });
  return projectId;
}

/** Who is qualified for other modalities only hears what is missing. [REG-08] */
async function refusedFor(world: World, projectId: string, institutionId: string): Promise<void> {
  const { bureau } = world.cast;
  const refused = await eventually('what the narrow qualification covers is known', async () => {
    const narrow = { projectId, institutionId };
    const { refusals } = await attempt(world, bureau, 'CommissionInstitution', narrow);
    return refusals.some(({ required }: Answered) => required === 'visiting') && refusals;
  });
  world.tell(
    {
      zh: '第二个项目是送教下乡；委托刚取得资质的机构被拒，资质范围缺什么说得清楚：',
      en: 'The second project is visiting teaching; the new institution is refused, and what its qualification lacks is named:',
    },
    reasonsOf(refused),
  );
}
