/** The plan of the story's project: 90 hours, half of them practice, in fifteen days. */
import { addDays, type CivilDate } from '@shixun/kernel';

export type PlanTrainers = {
  readonly frontline: readonly string[];
  readonly others: readonly string[];
};

const sessionMinutes = 135;
const starts = [510, 840];

type Module = {
  key: string;
  category: string;
  hours: number;
  practical: boolean;
  title: string;
  /** Topics of the sample standards that it serves. [CRS-20] */
  topics: readonly { standardCode: string; topicCode: string }[];
};

const ethics = (topicCode: string) => ({ standardCode: 'sample-primary-ethics', topicCode });
const chinese = (topicCode: string) => ({ standardCode: 'sample-primary-chinese', topicCode });

const modules: readonly Module[] = [
  {
    ...{ key: 'ethics', title: '师德修养与教育家精神', category: 'ETHICS' },
    ...{ hours: 6, practical: false, topics: [ethics('ideals'), ethics('conduct')] },
  },
  {
    ...{ key: 'standards', title: '小学教师专业标准解读', category: 'PROFESSIONAL_STANDARDS' },
    ...{ hours: 6, practical: false, topics: [ethics('care')] },
  },
  {
    ...{ key: 'it', title: '信息技术与语文教学融合', category: 'IT' },
    ...{ hours: 6, practical: false, topics: [] },
  },
  {
    ...{ key: 'theory', title: '整本书阅读教学理论', category: 'SUBJECT' },
    ...{ hours: 27, practical: false, topics: [chinese('reading')] },
  },
  {
    ...{ key: 'practice', title: '课例研磨与跟岗实践', category: 'SUBJECT' },
    ...{ hours: 45, practical: true, topics: [chinese('reading'), chinese('speaking')] },
  },
];

/** A plan that keeps every rule. */
export function goodPlan(opensOn: CivilDate, classHeadId: string, trainers: PlanTrainers) {
  const trainerIds = [...trainers.frontline, ...trainers.others];
  const [first = ''] = trainerIds;
  return {
    audienceDescription: '小店区小学语文教师（在职）',
    goals: '能独立设计并实施整本书阅读课，完成一份课例报告',
    modules: modules.map(({ hours, ...module }) => ({
      ...module,
      main: true,
      required: true,
      methods: module.practical ? ['跟岗实践', '课例研究'] : ['专题讲座', '案例教学'],
      hours: hours.toFixed(2),
      goals: '理解并能在课堂中运用',
      requirement: '全程参与并提交作业',
      homework: module.key === 'practice' ? '提交一份课例报告' : '提交一份学习笔记',
      introduction: '以真实课例为载体展开',
      trainerIds: [first],
    })),
    trainers: trainerIds.map((trainerId) => ({ trainerId, specialty: '小学阅读教学' })),
    projectLeader: null,
    completionAssessment: '课例展示与答辩',
    classes: [
      {
        name: '一班',
        place: '小店区教师发展中心',
        capacity: 6,
        classHead: { personId: classHeadId, fullTime: true },
        segments: [{ startsOn: opensOn, endsOn: addDays(opensOn, 14), part: 'WHOLE' }],
        sessions: sessionsOf(opensOn, first),
      },
    ],
  };
}

/** The same plan gone wrong in three ways at once: no goals, too little practice, ethics not first. */
export function badPlan(...given: Parameters<typeof goodPlan>) {
  const plan = goodPlan(...given);
  const [ethics, standards, ...rest] = plan.modules;
  const practical = rest.map((module) =>
    module.key === 'practice' ? { ...module, practical: false } : module,
  );
  return { ...plan, goals: '', modules: [standards, ethics, ...practical] };
}

/** Two sessions of three hours a day, module after module. */
function sessionsOf(opensOn: CivilDate, trainerId: string) {
  const order = modules.flatMap(({ key, hours }) => Array.from({ length: hours / 3 }, () => key));
  return order.map((moduleKey, n) => ({
    moduleKey,
    date: addDays(opensOn, Math.floor(n / starts.length)),
    startMinute: starts[n % starts.length],
    minutes: sessionMinutes,
    place: '教学楼 301',
    trainerId,
  }));
}
