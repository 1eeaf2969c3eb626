import { defineRefusals } from '@shixun/kernel';

/** In the order in which the review of a plan checks them: the rules of the catalogue, then the plan's own sums. */
export const codes = defineRefusals({
  PLAN_AUDIENCE_UNDESCRIBED: {
    rule: 'CRS-10',
    zh: '方案没有描述培训对象。',
    en: 'The plan does not describe its audience.',
  },
  PLAN_AUDIENCE_TYPE_MISSING: {
    rule: 'CRS-10',
    zh: '培训对象没有界定类型（学段）。',
    en: 'The audience does not say its type (stage).',
  },
  PLAN_AUDIENCE_LEVEL_MISSING: {
    rule: 'CRS-10',
    zh: '培训对象没有界定层次（发展阶段）。',
    en: 'The audience does not say its level (career stage).',
  },
  PLAN_GOALS_MISSING: {
    rule: 'CRS-10',
    zh: '方案没有培训目标。',
    en: 'The plan names no goals.',
  },
  PLAN_MODULES_MISSING: {
    rule: 'CRS-10',
    zh: '方案没有课程（环节）。',
    en: 'The plan has no modules.',
  },
  PLAN_MAIN_MODULE_MISSING: {
    rule: 'CRS-10',
    zh: '方案没有标明主要课程（环节）。',
    en: 'The plan marks no module as a main one.',
  },
  MODULE_METHODS_MISSING: {
    rule: 'CRS-10',
    zh: '课程“{module}”没有写明培训方式。',
    en: 'Module “{module}” names no methods.',
  },
  MODULE_HOURS_MISSING: {
    rule: 'CRS-10',
    zh: '课程“{module}”的学时须大于 0。',
    en: 'Module “{module}” must have more than 0 hours.',
  },
  MODULE_GOALS_MISSING: {
    rule: 'CRS-10',
    zh: '主要课程或实践环节“{module}”没有明确的目标。',
    en: 'Main or practical module “{module}” has no goals.',
  },
  MODULE_REQUIREMENT_MISSING: {
    rule: 'CRS-10',
    zh: '主要课程或实践环节“{module}”没有明确的要求。',
    en: 'Main or practical module “{module}” has no requirement.',
  },
  MODULE_HOMEWORK_MISSING: {
    rule: 'CRS-10',
    zh: '主要课程或实践环节“{module}”没有作业。',
    en: 'Main or practical module “{module}” has no homework.',
  },
  MODULE_INTRODUCTION_MISSING: {
    rule: 'CRS-10',
    zh: '主要课程“{module}”没有内容介绍。',
    en: 'Main module “{module}” has no introduction of its content.',
  },
  PLAN_TRAINERS_MISSING: {
    rule: 'CRS-10',
    zh: '方案没有授课教师。',
    en: 'The plan names no trainers.',
  },
  TRAINER_SPECIALTY_MISSING: {
    rule: 'CRS-10',
    zh: '没有介绍授课教师 {trainer} 的专长。',
    en: 'The specialty of trainer {trainer} is not introduced.',
  },
  PRACTICE_TOO_SMALL: {
    rule: 'CRS-11',
    zh: '实践性课程 {practical} 学时，占全部 {total} 学时的 {actual}，不得低于 {required}。',
    en: '{practical} of {total} hours are practical, which is {actual}; {required} is the least.',
  },
  ETHICS_NOT_FIRST: {
    rule: 'CRS-12',
    zh: '第一模块须为师德教育，现为 {actual}。',
    en: 'The first module must be ethics; it is {actual}.',
  },
  GENERAL_MODULE_MISSING: {
    rule: 'CRS-12',
    zh: '{hours} 学时的项目须有必修通识课程：{required}。',
    en: 'A project of {hours} hours needs the required general module {required}.',
  },
  EXPERT_POOL_SHARE_TOO_SMALL: {
    rule: 'CRS-13',
    zh: '{trainers} 名培训者中 {members} 名来自专家库（{actual}），须超过 {required}。',
    en: '{members} of {trainers} trainers are from the expert pool ({actual}); more than {required} must be.',
  },
  FRONTLINE_SHARE_TOO_SMALL: {
    rule: 'CRS-13',
    zh: '{trainers} 名培训者中 {members} 名为一线教师（{actual}），不得少于 {required}。',
    en: '{members} of {trainers} trainers are front-line teachers ({actual}); at least {required} must be.',
  },
  ASSESSMENT_MISSING: {
    rule: 'CRS-14',
    zh: '{required} 学时及以上的项目须设结业考核，本项目 {actual} 学时。',
    en: 'A project of {required} hours or more needs a completion assessment; this one has {actual} hours.',
  },
  CLASS_HEAD_MISSING: {
    rule: 'CRS-15',
    zh: '班级“{class}”没有专职班主任。',
    en: 'Class “{class}” has no full-time class head.',
  },
  PROJECT_LEADER_MISSING: {
    rule: 'CRS-15',
    zh: '重点项目或 {required} 人及以上的项目须配备专职项目负责人，本项目 {actual} 人。',
    en: 'A key project, or one of {required} trainees or more, needs a full-time project leader; this one has {actual} places.',
  },
  PROJECT_LEADER_IS_CLASS_HEAD: {
    rule: 'CRS-15',
    zh: '项目负责人不得兼任班级“{class}”的班主任。',
    en: 'The project leader is also the head of class “{class}”.',
  },
  DATES_NOT_IN_ONE_PIECE: {
    rule: 'CRS-16',
    zh: '不足 {required} 学时的培训须集中一段进行；本项目 {actual} 学时，班级“{class}”分为 {segments} 段。',
    en: 'Below {required} hours the dates lie in one piece; with {actual} hours class “{class}” has {segments}.',
  },
  SEGMENTS_TOO_MANY: {
    rule: 'CRS-16',
    zh: '班级“{class}”分为 {actual} 段，最多 {required} 段。',
    en: 'Class “{class}” is in {actual} pieces; {required} is the most.',
  },
  SEGMENT_PARTS_UNCLEAR: {
    rule: 'CRS-16',
    zh: '班级“{class}”分段进行时，须一段为理论培训、一段为实践培训。',
    en: 'Class “{class}” in pieces needs one of theory and one of practice.',
  },
  THEORY_NOT_IN_SUMMER: {
    rule: 'CRS-16',
    zh: '班级“{class}”的理论培训须在暑假（{required}）进行，现为 {actual}。',
    en: 'The theory of class “{class}” belongs in the summer holiday ({required}), not {actual}.',
  },
  PRACTICE_NOT_IN_TERM: {
    rule: 'CRS-16',
    zh: '班级“{class}”的实践培训须在学期中进行，现为 {actual}，与暑假（{required}）重叠。',
    en: 'The practice of class “{class}” belongs in term; {actual} overlaps the summer holiday ({required}).',
  },
  SESSION_IN_OTHER_PART: {
    rule: 'CRS-16',
    zh: '课次（{actual}）与所在时段不符：该段为 {required}。',
    en: 'The session is {actual}, but its piece of the dates is {required}.',
  },
  GRADUATING_CLASS_PROJECT_IN_TERM: {
    rule: 'CRS-17',
    zh: '面向毕业班教师的班级“{class}”应安排在暑假（{required}），现为 {actual}。',
    en: 'Class “{class}” for teachers of graduating classes should lie in the summer holiday ({required}), not {actual}.',
  },
  PLAN_HOURS_DIFFER: {
    rule: null,
    zh: '各课程共 {actual} 学时，项目为 {required} 学时。',
    en: 'The modules add up to {actual} hours, the project has {required}.',
  },
  CLASS_NAME_TWICE: {
    rule: null,
    zh: '班级名称“{actual}”重复，学员须能区分各班。',
    en: 'Two classes are called “{actual}”; trainees tell them apart by their names.',
  },
  MODULE_KEY_TWICE: {
    rule: null,
    zh: '课程代号 {actual} 重复。',
    en: 'Two modules have the key {actual}.',
  },
  MODULE_TRAINER_UNLISTED: {
    rule: null,
    zh: '课程“{module}”的授课教师 {actual} 不在方案的培训者名单中。',
    en: 'Trainer {actual} of module “{module}” is not among the plan’s trainers.',
  },
  TRAINER_TWICE: {
    rule: null,
    zh: '培训者 {actual} 重复列出。',
    en: 'Trainer {actual} is listed twice.',
  },
  TRAINER_UNKNOWN: {
    rule: null,
    zh: '登记中没有培训者 {actual}。',
    en: 'No trainer {actual} is registered.',
  },
  PLAN_CLASSES_MISSING: { rule: null, zh: '方案没有班级。', en: 'The plan has no classes.' },
  CLASS_CAPACITY_INVALID: {
    rule: null,
    zh: '班级“{class}”的名额须至少为 1，现为 {actual}。',
    en: 'Class “{class}” must have at least 1 place; it has {actual}.',
  },
  QUOTA_INVALID: {
    rule: null,
    zh: '分配名额须写明一个区划或一所学校，且在 1 至 {required} 之间，现为 {actual}。',
    en: 'A quota names one region or one school and is between 1 and {required}; it is {actual}.',
  },
  CLASS_DATES_INVALID: {
    rule: null,
    zh: '班级“{class}”的起止日期有误或相互重叠：{actual}。',
    en: 'The dates of class “{class}” are missing, out of order or overlap: {actual}.',
  },
  CLASS_OUTSIDE_PROJECT: {
    rule: null,
    zh: '班级“{class}”的日期 {actual} 超出项目期限 {required}。',
    en: 'The dates of class “{class}”, {actual}, lie outside the project’s, {required}.',
  },
  SESSION_MODULE_UNKNOWN: {
    rule: null,
    zh: '方案没有代号为 {actual} 的课程。',
    en: 'The plan has no module {actual}.',
  },
  SESSION_OUTSIDE_DATES: {
    rule: null,
    zh: '课次日期 {actual} 不在班级“{class}”的日期之内。',
    en: 'The session on {actual} lies outside the dates of class “{class}”.',
  },
  SESSION_TIME_INVALID: {
    rule: null,
    zh: '课次时间有误：自第 {start} 分钟起 {minutes} 分钟，须在当日之内。',
    en: 'A session of {minutes} minutes from minute {start} does not lie within its day.',
  },
  SESSION_TRAINER_OF_OTHERS: {
    rule: null,
    zh: '课次的授课教师 {actual} 不是课程“{module}”的授课教师。',
    en: 'Trainer {actual} of the session does not teach module “{module}”.',
  },
  SESSIONS_OVERLAP: {
    rule: null,
    zh: '班级“{class}”在 {actual} 有两个课次时间重叠。',
    en: 'Two sessions of class “{class}” overlap on {actual}.',
  },
  TRAINER_DOUBLE_BOOKED: {
    rule: null,
    zh: '授课教师 {trainer} 在 {actual} 同时被安排在两个班。',
    en: 'Trainer {trainer} is booked by two classes at once on {actual}.',
  },
  // A warning: no rule of the catalogue, and nothing is refused for it.
  TRAINER_BOOKED_ELSEWHERE: {
    rule: null,
    zh: '授课教师 {trainer} 在 {actual} 已在另一项目的班 {class} 授课，时间重叠。',
    en: 'Trainer {trainer} teaches class {class} of another project on {actual}, at the same time.',
  },
  SESSION_MINUTES_DIFFER: {
    rule: null,
    zh: '班级“{class}”的课程“{module}”共排课 {actual} 分钟，按学时应为 {required} 分钟。',
    en: 'Class “{class}” gives module “{module}” {actual} minutes; its hours make {required}.',
  },
});
