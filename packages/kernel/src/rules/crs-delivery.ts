import type { RuleEntry } from './rule.ts';

/** Delivery and completion. */
export const crsDelivery = [
  {
    number: 'CRS-50',
    effects: ['FLAG'],
    title: { zh: '项目日志', en: 'Daily log' },
    text: {
      zh: '班主任每个培训日记录学员各课次出勤、表现和突发情况；缺一天，次日早晨记为问题。考勤可离线记录，事后提交一次。',
      en: 'The class head writes the log every training day: attendance per trainee and session, performance, incidents; a missing day is flagged the next morning. Attendance can be taken offline and sent later, once.',
    },
    source: 'ZJ 三',
  },
  {
    number: 'CRS-51',
    effects: ['FEATURE'],
    title: { zh: '请假与缺课', en: 'Leave and absence' },
    text: {
      zh: '一般不予准假；确需请假的说明理由并经批准，缺课时间从学时中扣除；未请假缺课同样扣除并如实记录。',
      en: 'Leave is the exception: asked for with a reason, decided, and its hours are deducted; absence without leave likewise and recorded as such.',
    },
    source: 'ZJ 三',
  },
  {
    number: 'CRS-52',
    effects: ['BLOCK'],
    title: { zh: '缺课超过五分之一不予结业', en: 'More than a fifth absent' },
    text: {
      zh: '90 学时及以上集中脱产培训，缺课（含请假）超过五分之一的，不予结业、不计学时学分；恰为五分之一的可以结业，扣除缺课学时。',
      en: 'Concentrated off-job training of 90 hours or more: absent, leave included, more than 1/5 of the hours means not completed, no hours, no credits; exactly 1/5 still completes with the hours deducted.',
    },
    source: 'ZJ 三',
  },
  {
    number: 'CRS-53',
    effects: ['BLOCK'],
    title: { zh: '严重违规违纪', en: 'Serious violation' },
    text: {
      zh: '培训期间严重违规违纪的立即终止培训，不予结业、不计学时学分；证据留存，可以申诉。',
      en: 'Training ends at once, not completed, no hours, no credits; recorded with evidence, appealable.',
    },
    source: 'ZJ 三',
  },
  {
    number: 'CRS-54',
    effects: ['FEATURE'],
    title: { zh: '不予结业及时抄告', en: 'Non-completion is told' },
    text: {
      zh: '不予结业的决定当日抄告学员所在教育局和学校。',
      en: 'Non-completion is told to the trainee’s bureau and school on the day it is decided.',
    },
    source: 'ZJ 三',
  },
  {
    number: 'CRS-55',
    effects: ['BLOCK'],
    title: { zh: '结业条件', en: 'Conditions of completion' },
    text: {
      zh: '出勤达标、每门必修课程作业合格、应设结业考核的考核通过、培训方式的各环节完成；决定逐项列明条件和数值。',
      en: 'Attendance, every required module’s homework accepted, the completion assessment passed where asked, the stages of the modality done; the decision lists each condition with its figure.',
    },
    source: 'ZJ 三',
  },
  {
    number: 'CRS-56',
    effects: ['FEATURE'],
    title: { zh: '实践成果与资源包', en: 'Results of practice' },
    text: {
      zh: '合格课、优质课、精品课和微课例、微案例、微故事经评审定级，汇入本土资源包，按学段学科推送教师，保留作者和使用许可。',
      en: 'Lessons (qualified, good, excellent), micro-lessons, micro-cases and micro-stories are reviewed, graded, collected into local resource packages and pushed to teachers; licence and author are kept.',
    },
    source: 'M16-1 二2–4; M16-2 二3; M16-4 二5',
  },
  {
    number: 'CRS-57',
    effects: ['FEATURE'],
    title: { zh: '学员培训档案', en: 'Trainee archive' },
    text: {
      zh: '按项目和教师建立学员培训档案，反馈所属教育行政部门和学校。',
      en: 'A trainee archive per project and per teacher, fed back to bureau and school.',
    },
    source: 'M13 八',
  },
  {
    number: 'CRS-58',
    effects: ['FEATURE'],
    title: { zh: '训后跟踪', en: 'Tracking after training' },
    text: {
      zh: '训后 3 个月和 6 个月由学员、学校和机构反馈应用情况，计入评估。',
      en: 'At 3 and 6 months after training the trainee, school and institution report what is applied; this feeds the evaluation.',
    },
    source: 'M13 八',
    ownDefault: true,
  },
  {
    number: 'CRS-59',
    effects: ['FEATURE'],
    title: { zh: '待办职责', en: 'Open duties' },
    text: {
      zh: '每个角色可见自己的待办职责及逾期情况。',
      en: 'Every role sees its open duties, with what is late.',
    },
    source: null,
  },
] as const satisfies readonly RuleEntry[];
