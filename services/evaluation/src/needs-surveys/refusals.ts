import { defineRefusals } from '@shixun/kernel';

/** In the order in which the decisions on a needs survey check them. */
export const codes = defineRefusals({
  NEEDS_QUESTIONNAIRE_UNFIT: {
    rule: 'PLN-01',
    zh: '所选问卷不是需求调研问卷，或不属于您及上级单位。',
    en: 'The questionnaire is not one for needs surveys, or belongs neither to you nor to a bureau above.',
  },
  NEEDS_QUESTIONNAIRE_SUCCEEDED: {
    rule: 'EVL-13',
    zh: '该问卷已有后继版本 {required}；新的调研使用最新版本。',
    en: 'The questionnaire has a successor, {required}; a new survey uses the newest version.',
  },
  NEEDS_SECTOR_WITHOUT_LEVEL: {
    rule: 'REG-02',
    zh: '{sector} 类教育由 {required} 级负责，没有 {actual} 级，不得由该级调研。',
    en: 'The {sector} sector is run at the level of {required}; it has no {actual} level to ask its teachers.',
  },
  NEEDS_AUDIENCE_EMPTY: {
    rule: 'PLN-01',
    zh: '调研对象须至少写明一个行政区划或学校。',
    en: 'The audience names at least one region or school.',
  },
  NEEDS_AUDIENCE_ELSEWHERE: {
    rule: 'REG-01',
    zh: '调研对象 {actual} 不在 {required} 之内。',
    en: 'The audience {actual} lies outside {required}.',
  },
  NEEDS_WINDOW_TOO_SHORT: {
    rule: 'PLN-01',
    zh: '需求调研须开放足够天数，截止日期最早为 {required}，现为 {actual}。',
    en: 'Teachers need their days to answer: the last day is {required} at the earliest; it is {actual}.',
  },
  NEEDS_SHARE_OUT_OF_RANGE: {
    rule: 'PLN-01',
    zh: '抽样比例须为 {required}，现为 {actual}。',
    en: 'The share of a sample is {required}; it is {actual}.',
  },
  NEEDS_SURVEY_NOT_OPEN: {
    rule: null,
    zh: '该调研当前为 {actual}，此操作要求 {required}。',
    en: 'The survey is {actual}; this needs {required}.',
  },
  NEEDS_SURVEY_OVER: {
    rule: null,
    zh: '该调研已于 {required} 截止，不再接受答卷。',
    en: 'This survey took answers until {required}; it takes none any more.',
  },
  NEEDS_CLOSING_TOO_EARLY: {
    rule: 'PLN-01',
    zh: '调研须至少开放到 {required}，今天是 {actual}。',
    en: 'The survey stays open until {required} at least; today is {actual}.',
  },
  NOT_INVITED: {
    rule: 'PLN-01',
    zh: '您不在本次调研的抽样范围内。',
    en: 'You are not among those whom this survey asks.',
  },
  NEEDS_BALLOT_ISSUED: {
    rule: 'PLN-01',
    zh: '您已领取过本次调研的匿名凭证，每人只有一张。',
    en: 'You have had your ballot for this survey; there is one for each person.',
  },
  NEEDS_BLINDED_MESSAGE_INVALID: {
    rule: 'PLN-01',
    zh: '盲化消息无效：须为小于模数的 {required} 字节。',
    en: 'The blinded message is not valid: {required} bytes, less than the modulus, are needed.',
  },
  NEEDS_BALLOT_INVALID: {
    rule: 'PLN-01',
    zh: '匿名凭证无效：签名不符或不属于本次调研。',
    en: 'The ballot is not valid: its signature does not verify for this survey.',
  },
  NEEDS_BALLOT_SPENT: {
    rule: 'PLN-01',
    zh: '该匿名凭证已用于另一份答卷。',
    en: 'This ballot was used for other answers.',
  },
  RESPONDENT_NOT_OF_AUDIENCE: {
    rule: 'PLN-01',
    zh: '所填地区、学段、学科或发展阶段不在调研对象之内。',
    en: 'Region, stage, subject and career stage are not those of anybody whom this survey asks.',
  },
});
