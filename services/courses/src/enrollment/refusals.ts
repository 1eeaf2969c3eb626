import { defineRefusals } from '@shixun/kernel';

/** Refusals of enrollment, in the order in which they are checked. */
export const codes = defineRefusals({
  WINDOW_CLOSED: {
    rule: 'CRS-40',
    zh: '该选学菜单的开放时间为 {required}，现在不能报名。',
    en: 'This menu is open {required}; enrollment is not possible now.',
  },
  WINDOW_NOT_YET_OPEN: {
    rule: 'CRS-46',
    zh: '该菜单错峰开放，您可自 {required} 起报名。',
    en: 'This menu opens at staggered times; for you it opens {required}.',
  },
  BY_DRAW: {
    rule: 'CRS-46',
    zh: '该菜单以抽签方式分配名额，请先申请参加抽签，{required} 截止后公开抽签。',
    en: 'This menu gives its places by draw: apply for the draw, which runs when the menu closes {required}.',
  },
  CLASS_NOT_OPEN: {
    rule: 'CRS-01',
    zh: '该班当前状态为 {actual}，尚未开放或已停止报名。',
    en: 'The class is {actual}: it does not take enrollments.',
  },
  TEACHER_NOT_ACTIVE: {
    rule: 'CRS-41',
    zh: '您的教师档案状态为 {actual}，只有在职教师可以报名。',
    en: 'Your teacher record is {actual}; only active teachers can enroll.',
  },
  AUDIENCE_MISMATCH: {
    rule: 'CRS-41',
    zh: '培训对象（{facet}）要求为 {required}，您为 {actual}。',
    en: 'The audience ({facet}) is {required}; yours is {actual}.',
  },
  ENROLLED_ALREADY: {
    rule: 'CRS-42',
    zh: '您已在该班报名，无需重复报名。',
    en: 'You are enrolled in this class already.',
  },
  TIME_CLASH: {
    rule: 'CRS-41',
    zh: '上课时间与您已报名的班冲突（{actual}）。可先退选另一班。',
    en: 'Its sessions overlap with a class you are enrolled in ({actual}). You may withdraw from that one first.',
  },
  CONTENT_TAKEN_IN_CYCLE: {
    rule: 'CRS-41',
    zh: '同一内容在本周期（{required}）内只能参加一次，您已于 {actual} 年参加。',
    en: 'The same content counts once in a cycle ({required}); you took it in {actual}.',
  },
  CONCURRENT_CEILING: {
    rule: 'CRS-41',
    zh: '同时在修的班最多 {required} 个，您已有 {actual} 个。',
    en: 'At most {required} classes at the same time; you have {actual}.',
  },
  QUOTA_FULL: {
    rule: 'CRS-42',
    zh: '您所在地区或学校的名额 {required} 个已满。',
    en: 'The {required} places of your region or school are taken.',
  },
  CLASS_FULL: {
    rule: 'CRS-42',
    zh: '该班名额 {required} 个已满，可选择进入候补队列。',
    en: 'All {required} places are taken; you may join the waitlist.',
  },
  PLACES_FIXED: {
    rule: 'CRS-42',
    zh: '该班当前状态为 {actual}，名额只能在开班前（{required}）调剂。',
    en: 'The class is {actual}; its places change while it is {required}.',
  },
  PLACES_BELOW_TAKEN: {
    rule: 'CRS-42',
    zh: '已有 {required} 人占用名额，不能减为 {actual} 个。',
    en: '{required} places are taken; they cannot become {actual}.',
  },
  PLACES_QUOTA_INVALID: {
    rule: 'CRS-42',
    zh: '分配名额无效（{actual}）：须为主办地区内的一个区划或一所学校，且不超过班额 {required}。',
    en: 'The quota is not valid ({actual}): it is for one region of the owner or one school, and at most the class’s {required} places.',
  },
  NOTHING_ASKED_OF_SCHOOL: {
    rule: 'CRS-17',
    zh: '该报名当前状态为 {actual}，没有待学校确认的事项。',
    en: 'The enrollment is {actual}: nothing is asked of the school.',
  },
  SCHOOL_ANSWER_LATE: {
    rule: 'CRS-17',
    zh: '学校须在 {required} 前答复，该报名已失效。',
    en: 'The school had to answer before {required}; the enrollment has lapsed.',
  },
  SCHOOL_GIVES_REASON: {
    rule: 'CRS-17',
    zh: '学校不同意时须说明理由。',
    en: 'A school that declines says why.',
  },
  WITHDRAWAL_NOT_POSSIBLE: {
    rule: 'CRS-44',
    zh: '该报名当前状态为 {actual}，不能退选。',
    en: 'The enrollment is {actual} and cannot be withdrawn.',
  },
  WITHDRAWAL_NEEDS_CONSENT: {
    rule: 'CRS-44',
    zh: '自由退选已于 {required} 截止；此后须说明理由并经主办方同意。',
    en: 'Free withdrawal ended {required}; after that it needs a reason and the consent of the owner.',
  },
  WITHDRAWAL_NEEDS_REASON: {
    rule: 'CRS-44',
    zh: '自由退选期之后退选须说明理由。',
    en: 'After the free period a withdrawal needs a reason.',
  },
  NO_OFFER: {
    rule: 'CRS-42',
    zh: '该报名当前状态为 {actual}，没有待确认的名额。',
    en: 'The enrollment is {actual}: there is no offered place to answer.',
  },
  OFFER_LAPSED: {
    rule: 'CRS-42',
    zh: '递补名额须在 {required} 前确认，现已失效。',
    en: 'The offered place had to be answered before {required}; it has lapsed.',
  },
});
