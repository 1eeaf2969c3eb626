import { defineRefusals } from '@shixun/kernel';

/** In the order in which the decisions on a project check them. */
export const codes = defineRefusals({
  PROJECT_LEVEL_NOT_IN_SECTOR: {
    rule: 'REG-02',
    zh: '{sector} 类教师培训没有 {actual} 这一级；可选：{required}。',
    en: 'Training in the {sector} sector has no {actual} level; it has {required}.',
  },
  PROJECT_STAGE_NOT_IN_SECTOR: {
    rule: 'REG-02',
    zh: '学段 {actual} 不属于 {required} 类教师培训。',
    en: 'Stage {actual} does not belong to the {required} sector.',
  },
  PROJECT_OWNER_NOT_OF_LEVEL: {
    rule: 'REG-02',
    zh: '{required} 级项目不能归属行政区划 {actual}。',
    en: 'A project of level {required} cannot belong to region {actual}.',
  },
  PROJECT_SCHOOL_MISSING: {
    rule: 'CRS-01',
    zh: '校本项目须写明所属学校，其他级别的项目不得写。',
    en: 'A school-based project names its school, and only such a project does.',
  },
  PROJECT_SCHOOL_ELSEWHERE: {
    rule: 'REG-01',
    zh: '学校位于 {actual}，不在 {required}。',
    en: 'The school lies in {actual}, not in {required}.',
  },
  PROJECT_AUDIENCE_ELSEWHERE: {
    rule: 'REG-01',
    zh: '培训对象所在区划 {actual} 不在项目所属区划 {required} 之内。',
    en: 'Audience region {actual} lies outside the owner’s region {required}.',
  },
  PROJECT_DATES_INVALID: {
    rule: null,
    zh: '项目起止日期有误：{actual}。',
    en: 'The project’s dates are not in order: {actual}.',
  },
  PROJECT_YEAR_DIFFERS: {
    rule: null,
    zh: '项目年度为 {actual}，而开始日期在 {required} 年。',
    en: 'The project’s year is {actual}, but it starts in {required}.',
  },
  PROJECT_DISPATCH_OVER_PLACES: {
    rule: 'PLN-07',
    zh: '选派名额 {actual} 超过计划名额 {required}。',
    en: 'The {actual} dispatched places are more than the {required} planned places.',
  },
  PROJECT_STEP_NOT_NEXT: {
    rule: 'CRS-01',
    zh: '项目当前状态为 {actual}，此步骤要求 {required}。',
    en: 'The project is {actual}; this step needs {required}.',
  },
  PROJECT_STEP_OF_OTHERS: {
    rule: 'CRS-01',
    zh: '此步骤由项目所属单位的 {required} 办理。',
    en: 'This step belongs to {required} of the body that owns or carries out the project.',
  },
  PROJECT_REASON_MISSING: {
    rule: 'CRS-01',
    zh: '此步骤须写明理由。',
    en: 'This step needs a reason.',
  },
  UNIVERSITY_PART_COMMISSIONED: {
    rule: 'REG-17',
    zh: '{actual} 是高校的二级学院或部门，项目只能委托学校（{required}）。',
    en: '{actual} is a department or college; only its university ({required}) can be commissioned.',
  },
  CONSORTIUM_LEADER_DIFFERS: {
    rule: 'REG-18',
    zh: '该项目由联合体承担，须委托牵头高校 {required}，而非 {actual}。',
    en: 'A consortium carries this project: its leading university {required} is commissioned, not {actual}.',
  },
  PROJECT_SURVEY_MISSING: {
    rule: 'PLN-02',
    zh: '申报项目须附所依据的需求调研。',
    en: 'A project is submitted with the needs survey that it answers.',
  },
  PROJECT_SURVEY_NOT_CLOSED: {
    rule: 'PLN-02',
    zh: '没有该编号的已完成的需求调研。',
    en: 'No closed needs survey has this id.',
  },
  PROJECT_SURVEY_OTHER_YEAR: {
    rule: 'PLN-02',
    zh: '需求调研完成于 {actual} 年，须为 {required} 年。',
    en: 'The needs survey is of {actual}; it must be of {required}.',
  },
  PROJECT_SURVEY_ELSEWHERE: {
    rule: 'PLN-02',
    zh: '需求调研由 {actual} 开展，与项目所属 {required} 无隶属关系。',
    en: 'The needs survey is of {actual}, which is neither above nor below {required}.',
  },
  PROJECT_SURVEY_NOT_COVERING: {
    rule: 'PLN-02',
    zh: '需求调研未涵盖培训对象的{dimension}：{required}。',
    en: 'The needs survey did not ask the audience’s {dimension} {required}.',
  },
  PROJECT_SCHOOLS_NOT_ASKED: {
    rule: 'PLN-02',
    zh: '基础教育项目须与学校共同确定，尚未征询任何学校。',
    en: 'In basic education projects are determined together with schools; none has been asked.',
  },
  PROJECT_SCHOOLS_NOT_CONFIRMED: {
    rule: 'PLN-02',
    zh: '征询 {asked} 所学校，确认 {confirmed} 所（{actual}），不同意 {declined} 所；要求确认比例不低于 {required}。',
    en: 'Of {asked} schools asked {confirmed} confirmed ({actual}), {declined} declined; {required} must confirm.',
  },
  INSTITUTION_NOT_QUALIFIED: {
    rule: 'REG-08',
    zh: '培训机构资质不覆盖该项目的{dimension}：要求 {required}，现有 {actual}，尚缺 {missing}。',
    en: 'The institution’s qualification does not cover the project’s {dimension}: required {required}, actual {actual}, missing {missing}.',
  },
  CONSORTIUM_MEMBER_NOT_QUALIFIED: {
    rule: 'REG-18',
    zh: '联合体成员 {member} 的资质不覆盖其承担阶段“{phase}”的{dimension}：要求 {required}，现有 {actual}，尚缺 {missing}。',
    en: 'Member {member} is not qualified for its phase “{phase}” in {dimension}: required {required}, actual {actual}, missing {missing}.',
  },
  SCHEDULE_PUBLISHED_TOO_LATE: {
    rule: 'CRS-18',
    zh: '课程表须在开班前 {days} 整天公布；本班课程表仅提前 {kept} 整天公布。',
    en: 'The schedule must be published {days} full days before the class opens; it was published {kept} before.',
  },
  PROJECT_COVERAGE_TOO_SMALL: {
    rule: 'EVL-01',
    zh: '参训教师评价覆盖率为 {actual}，归档要求不低于 {required}。',
    en: '{actual} of the trainees answered the evaluation; archiving needs {required}.',
  },
});
