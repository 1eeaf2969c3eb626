import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  INSTITUTION_REGION_UNKNOWN: {
    rule: 'REG-01',
    zh: '行政区划表中没有现行代码 {actual}。',
    en: 'No region {actual} is in force in the official table.',
  },
  PARENT_NOT_A_UNIVERSITY: {
    rule: 'REG-17',
    zh: '所属高校须是已登记的高等学校（{required}），且其本身不是二级单位；现为 {actual}。',
    en: 'The parent must be a registered university ({required}) and no part of another; it is {actual}.',
  },
  UNIVERSITY_PART: {
    rule: 'REG-17',
    zh: '高校的二级学院、部门不得自行申请资质、投标或签约，须由学校（{required}）统一办理。',
    en: 'A department or college of a university cannot apply, bid or sign itself; its university ({required}) does.',
  },
  SCOPE_MISSING: {
    rule: 'REG-08',
    zh: '登记培训机构须写明所申请的资质范围。',
    en: 'An institution is registered with the scope that it applies for.',
  },
  SCOPE_EMPTY: {
    rule: 'REG-08',
    zh: '资质范围须至少包括一项“{required}”。',
    en: 'The scope must name at least one of: {required}.',
  },
  SCOPE_STAGE_WITHOUT_LEVEL: {
    rule: 'REG-02',
    zh: '资质范围中的学段 {stage} 没有对应的层级：该类教育的项目层级为 {required}，申请的是 {actual}。',
    en: 'No level of the scope has the stage {stage}: projects of its sector are {required}; asked for are {actual}.',
  },
  SCOPE_LEVEL_WITHOUT_STAGE: {
    rule: 'REG-02',
    zh: '资质范围中的层级 {level} 没有对应的学段：{actual} 所属的教育类别没有这一级。',
    en: 'No stage of the scope has projects of the level {level}: the sectors of {actual} lack it.',
  },
  PERIOD_REVERSED: {
    rule: 'REG-08',
    zh: '资质有效期起始日（{actual}）须早于截止日（{required}）。',
    en: 'The period must begin ({actual}) before it ends ({required}).',
  },
  PERIOD_OVER: {
    rule: 'REG-08',
    zh: '资质有效期截止日 {actual} 已过，须不早于 {required}。',
    en: 'The period ended on {actual}; it must reach {required} or later.',
  },
  PERIOD_TOO_LONG: {
    rule: 'REG-08',
    zh: '资质有效期最长 {required} 年，所申请的截止日为 {actual}。（平台默认值）',
    en: 'A qualification runs for {required} years at most; this one would end on {actual}. (our own default)',
  },
  UNDER_REVIEW: {
    rule: 'REG-08',
    zh: '资质申请正在审核（{actual}），审核期间不得修改。',
    en: 'The application is {actual} and cannot be changed while it is reviewed.',
  },
  MOVE_NOT_POSSIBLE: {
    rule: 'REG-08',
    zh: '当前资质状态为 {actual}，此操作要求 {required}。',
    en: 'The qualification is {actual}; this needs {required}.',
  },
  REVIEWER_LEVEL: {
    rule: 'REG-08',
    zh: '申请范围包括{required}级项目，须由{required}级或以上主管部门审核，当前身份为{actual}。',
    en: 'The scope includes projects of level {required}; a bureau of that level or above decides. You act as: {actual}.',
  },
  REASON_MISSING: {
    rule: 'REG-08',
    zh: '退回、撤销须说明理由。',
    en: 'A return or a revocation needs a reason.',
  },
  FINDING_MISSING: {
    rule: 'REG-09',
    zh: '撤销资质须列明所依据的严重质量问题。',
    en: 'A revocation names the serious-quality findings behind it.',
  },
});
