import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  SURVEY_EXISTS: {
    rule: null,
    zh: '该项目已开设调查。',
    en: 'The project has its survey already.',
  },
  NO_CLASS_ENDED: {
    rule: 'EVL-01',
    zh: '该项目尚无结束的班，学员还不能评价。',
    en: 'No class of the project has ended yet, so there is nobody to ask.',
  },
  NO_QUESTIONNAIRE: {
    rule: 'EVL-13',
    zh: '{region} 及其上级均未发布学员评价问卷。',
    en: 'Neither {region} nor a region above it has published a questionnaire for trainees.',
  },
  LAST_DAY_TOO_EARLY: {
    rule: 'EVL-01',
    zh: '调查须开放足够天数，截止日期最早为 {required}，现为 {actual}。',
    en: 'Trainees need their days to answer: the last day is {required} at the earliest; it is {actual}.',
  },
  SURVEY_COUNTED: {
    rule: null,
    zh: '该调查已经计票，结果不再变动。',
    en: 'The survey has been counted; its results never change again.',
  },
  CLASSES_RUNNING: {
    rule: 'EVL-01',
    zh: '还有 {actual} 个班尚未结束，其学员还未能评价。',
    en: '{actual} classes have not ended; their trainees could not answer yet.',
  },
  COVERAGE_BELOW_FLOOR: {
    rule: 'EVL-01',
    zh: '截止日（{lastDay}）前覆盖率须达到 {required}，现为 {actual}，尚不能提前计票。',
    en: 'Before the last day ({lastDay}) counting needs {required} of the trainees; {actual} have answered.',
  },
  ENVELOPES_SPOILED: {
    rule: 'EVL-02',
    zh: '有 {actual} 份答卷无法打开，未计入结果：数据库可能被人为改动。',
    en: '{actual} answers did not open and were not counted: somebody may have written into the database.',
  },
  ANSWERS_EXCEED_BALLOTS: {
    rule: 'EVL-02',
    zh: '答卷 {actual} 份多于发出的匿名凭证 {required} 张：凭证被伪造，不能计票。',
    en: 'There are {actual} answers for {required} ballots issued: ballots were forged, nothing is counted.',
  },
});
