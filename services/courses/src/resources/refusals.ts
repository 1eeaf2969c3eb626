import { defineRefusals } from '@shixun/kernel';

/** Refusals of results of practice, in the order in which they are checked. */
export const codes = defineRefusals({
  RESULT_CLASS_NOT_BEGUN: {
    rule: 'CRS-56',
    zh: '该班当前状态为 {actual}，开班后方可提交实践成果。',
    en: 'The class is {actual}; results of practice are handed in from its first day.',
  },
  RESULT_FILE_MISSING: {
    rule: 'CRS-56',
    zh: '成果文件尚未上传，或不是本人为本次培训上传的。',
    en: 'The file is not uploaded, or was not uploaded for this enrollment.',
  },
  RESULT_DUPLICATE: {
    rule: 'CRS-56',
    zh: '内容与已提交的成果 {actual} 完全相同。',
    en: 'The content is the same as that of result {actual}.',
  },
  RESULT_EXCLUDED: {
    rule: 'CRS-53',
    zh: '该学员的培训已因严重违规终止。',
    en: 'The training of this trainee has ended for a serious violation.',
  },
  RESULT_NOT_SUBMITTED: {
    rule: 'CRS-56',
    zh: '该成果当前状态为 {actual}，只有待评审的可以评定。',
    en: 'The result is {actual}; one that waits for review can be graded.',
  },
  RESULT_REMARK_MISSING: {
    rule: 'CRS-56',
    zh: '退回成果须写明意见。',
    en: 'A result is returned with a remark.',
  },
  RESULT_UNKNOWN: {
    rule: 'CRS-56',
    zh: '本地区没有成果 {actual}。',
    en: 'The region has no result {actual}.',
  },
  RESULT_NOT_GRADED: {
    rule: 'CRS-56',
    zh: '成果当前状态为 {actual}，评定等级后方可入库。',
    en: 'The result is {actual}; graded ones go into a package.',
  },
  RESULT_OF_OTHER_SUBJECT: {
    rule: 'CRS-56',
    zh: '成果属于 {actual}，资源包面向 {required}。',
    en: 'The result is for {actual}; the package is for {required}.',
  },
});
