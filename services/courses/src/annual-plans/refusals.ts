import { defineRefusals } from '@shixun/kernel';

/** In the order in which the decisions on a yearly plan check them. */
export const codes = defineRefusals({
  ANNUAL_PLAN_STEP_NOT_NEXT: {
    rule: 'PLN-03',
    zh: '年度计划当前状态为 {actual}，此步骤要求 {required}。',
    en: 'The yearly plan is {actual}; this step needs {required}.',
  },
  ANNUAL_PLAN_NOT_AMENDED: {
    rule: 'PLN-03',
    zh: '没有正在进行的调整：此计划尚无已获接受的版本。',
    en: 'No amendment is on its way: no version of this plan has been accepted.',
  },
  ANNUAL_PLAN_STEP_OF_OTHERS: {
    rule: 'PLN-03',
    zh: '此步骤由该单位或其上级主管部门的 {required} 办理。',
    en: 'This step belongs to {required} of the body itself or of its superior.',
  },
  ANNUAL_PLAN_REASON_MISSING: {
    rule: 'PLN-03',
    zh: '退回或调整年度计划须写明理由。',
    en: 'A plan is returned, or amended, with a reason.',
  },
  ANNUAL_PLAN_SECTOR_WITHOUT_LEVEL: {
    rule: 'REG-02',
    zh: '{actual} 类教育没有本级；本单位负责 {required}。',
    en: 'The {actual} sector has no such level; this body is responsible for {required}.',
  },
  ANNUAL_PLAN_EMPTY: {
    rule: 'PLN-03',
    zh: '年度计划至少须列一个培训项目。',
    en: 'A yearly plan names at least one project.',
  },
  ANNUAL_PLAN_ITEM_REPEATED: {
    rule: 'PLN-03',
    zh: '项目代码“{actual}”重复。',
    en: 'The code "{actual}" is used twice.',
  },
  ANNUAL_PLAN_BASE_MISSING: {
    rule: 'PLN-04',
    zh: '须申报大于零的经费基数，现为 {actual}。',
    en: 'The base of the funding floor must be declared and above zero; it is {actual}.',
  },
  ANNUAL_PLAN_AMENDMENT_EMPTY: {
    rule: 'PLN-03',
    zh: '调整后的计划与已获接受的计划没有区别。',
    en: 'The amendment says the same as the accepted plan.',
  },
  FUNDING_BELOW_FLOOR: {
    rule: 'PLN-04',
    zh: '培训经费 {actual} 元低于要求的 {required} 元（基数 {base} 元），缺口 {gap} 元。',
    en: 'Training funds of CNY {actual} are below the required CNY {required} (base CNY {base}); CNY {gap} are lacking.',
  },
  PROJECT_WITHOUT_ACCEPTED_PLAN: {
    rule: 'PLN-03',
    zh: '开展项目时，{region} 的 {year} 年度培训计划状态为 {actual}，未获上级接受。',
    en: 'A project was opened while the plan of {region} for {year} was {actual}, not accepted.',
  },
});
