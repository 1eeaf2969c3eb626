import { defineRefusals } from '@shixun/kernel';

/** In the order in which the decisions on a project's money check them. */
export const codes = defineRefusals({
  BUDGET_OF_OTHERS: {
    rule: 'CRS-01',
    zh: '项目经费由项目所属单位的 {required} 办理。',
    en: 'The project’s money is for {required} of the body that owns it.',
  },
  BUDGET_FIXED: {
    rule: 'PLN-05',
    zh: '预算已随项目批准（项目当前状态为 {actual}），只能经调剂或冲正变更。',
    en: 'The budget was approved with the project ({actual}); it changes by reallocation and reversal only.',
  },
  BUDGET_NOT_APPROVED: {
    rule: 'PLN-05',
    zh: '项目当前状态为 {actual}，预算尚未批准，不得支出。',
    en: 'The project is {actual}: its budget is not approved and nothing can be spent.',
  },
  BUDGET_CLOSED: {
    rule: 'PLN-05',
    zh: '项目已于 {required} 结项或取消，之后不得支出或调剂。',
    en: 'The project closed or was cancelled at {required}; nothing is spent or moved from then on.',
  },
  BUDGET_CATEGORY_FORBIDDEN: {
    rule: 'PLN-05',
    zh: '不得列支 {actual}。',
    en: 'Nothing may be planned or spent on {actual}.',
  },
  BUDGET_CATEGORY_TWICE: {
    rule: null,
    zh: '科目 {actual} 重复。',
    en: 'The line {actual} is given twice.',
  },
  BUDGET_LINE_MISSING: {
    rule: 'PLN-05',
    zh: '预算中没有科目 {actual}。',
    en: 'The budget has no line {actual}.',
  },
  EXPENDITURE_OVER_LINE: {
    rule: 'PLN-05',
    zh: '超出科目 {category} 的余额：余额 {required}，支出 {actual}。',
    en: 'Over the line {category}: {required} is left, this is {actual}.',
  },
  EXPENDITURE_IN_FUTURE: {
    rule: null,
    zh: '支出日期 {actual} 晚于今日 {required}。',
    en: 'The day of the expenditure, {actual}, is after today, {required}.',
  },
  EXPENDITURE_PERSONS_MISSING: {
    rule: 'PLN-05',
    zh: '食宿费须写明人数和天数。',
    en: 'Board and lodging names the number of persons and days.',
  },
  BOARD_AND_LODGING_OVER_CEILING: {
    rule: 'PLN-05',
    zh: '食宿费每人每日超过限额：{persons} 人 {days} 天限额共 {required}，实际 {actual}。',
    en: 'Board and lodging above the daily ceiling: {required} for {persons} persons and {days} days, this is {actual}.',
  },
  EXPENDITURE_IS_REVERSAL: {
    rule: null,
    zh: '冲正分录不能再冲正。',
    en: 'A reversing entry cannot be reversed itself.',
  },
  EXPENDITURE_REVERSED_ALREADY: {
    rule: null,
    zh: '该支出已冲正（{actual}）。',
    en: 'The expenditure is reversed already ({actual}).',
  },
  BUDGET_ARCHIVED: {
    rule: 'PLN-05',
    zh: '项目已归档，账目不再变更。',
    en: 'The project is archived and its books are closed.',
  },
  REALLOCATION_SAME_LINE: {
    rule: null,
    zh: '调出与调入科目相同：{actual}。',
    en: 'The line to take from and the line to give to are the same: {actual}.',
  },
  REALLOCATION_OVER_LINE: {
    rule: 'PLN-05',
    zh: '科目 {category} 余额不足：余额 {required}，拟调出 {actual}。',
    en: 'The line {category} has {required} left; {actual} cannot be taken from it.',
  },
  REALLOCATION_ANSWERED: {
    rule: null,
    zh: '该调剂申请已处理：{actual}。',
    en: 'The reallocation is answered already: {actual}.',
  },
});
