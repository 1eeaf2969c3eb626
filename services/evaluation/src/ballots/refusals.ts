import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  SURVEY_CLOSED: {
    rule: null,
    zh: '该调查已于 {required} 截止，不再接受答卷。',
    en: 'This survey took answers until {required}; it takes none any more.',
  },
  NOT_A_TRAINEE: {
    rule: 'EVL-01',
    zh: '只有本项目的参训学员可以评价该项目。',
    en: 'Only trainees of the project may evaluate it.',
  },
  CLASS_STILL_RUNNING: {
    rule: null,
    zh: '您所在的班尚未结束，结束后方可评价。',
    en: 'Your class has not ended yet; you may answer when it has.',
  },
  BALLOT_ALREADY_ISSUED: {
    rule: 'EVL-02',
    zh: '您已领取过本调查的匿名凭证，每人只有一张。',
    en: 'You have had your ballot for this survey; there is one for each person.',
  },
  BLINDED_MESSAGE_INVALID: {
    rule: 'EVL-02',
    zh: '盲化消息无效：须为小于模数的 {required} 字节。',
    en: 'The blinded message is not valid: {required} bytes, less than the modulus, are needed.',
  },
  BALLOT_INVALID: {
    rule: 'EVL-02',
    zh: '匿名凭证无效：签名不符或不属于本调查。',
    en: 'The ballot is not valid: its signature does not verify for this survey.',
  },
  BALLOT_SPENT: {
    rule: 'EVL-02',
    zh: '该匿名凭证已用于另一份答卷。',
    en: 'This ballot was used for other answers.',
  },
  ANSWER_MISSING: {
    rule: 'EVL-13',
    zh: '必答题“{question}”未回答。',
    en: 'The required question "{question}" has no answer.',
  },
  QUESTION_UNKNOWN: {
    rule: 'EVL-13',
    zh: '问卷中没有问题“{question}”。',
    en: 'The questionnaire has no question "{question}".',
  },
  QUESTION_ANSWERED_TWICE: {
    rule: 'EVL-13',
    zh: '问题“{question}”回答了两次。',
    en: 'The question "{question}" is answered twice.',
  },
  ANSWER_OUT_OF_RANGE: {
    rule: 'EVL-13',
    zh: '问题“{question}”的回答须为 {required}。',
    en: 'The answer to "{question}" must be {required}.',
  },
});
