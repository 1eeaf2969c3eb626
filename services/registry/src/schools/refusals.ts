import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  SCHOOL_SECTOR_WITHOUT_LEVEL: {
    rule: 'REG-02',
    zh: '该教育类别的学校由{required}登记，当前身份为{actual}。',
    en: 'Schools of this sector are registered by: {required}. You act as: {actual}.',
  },
  SCHOOL_REGION_UNKNOWN: {
    rule: 'REG-01',
    zh: '行政区划表中没有代码 {actual}。',
    en: 'There is no region {actual} in the official table.',
  },
  SCHOOL_CODE_LENGTH: {
    rule: null,
    zh: '学校标识码应为 {required} 位数字，现为“{actual}”。',
    en: 'A school code has {required} digits; this is {actual}.',
  },
  SCHOOL_CODE_CLASS: {
    rule: null,
    zh: '学校标识码前两位（办学类型）应为 {required}，现为 {actual}。',
    en: 'The first two digits (class) of the code of such a school are {required}, not {actual}.',
  },
  SCHOOL_CODE_PROVINCE: {
    rule: null,
    zh: '学校标识码第三、四位（省份）应为 {required}，现为 {actual}。',
    en: 'The third and fourth digits (province) of the code are {required} here, not {actual}.',
  },
  SCHOOL_CODE_TAKEN: {
    rule: null,
    zh: '学校标识码 {actual} 已被登记。',
    en: 'The school code {actual} is registered already.',
  },
  CENTRAL_SCHOOL_MISSING: {
    rule: 'REG-04',
    zh: '教学点、村小须隶属于本乡镇（{required}）的中心学校。',
    en: 'A teaching point or village school belongs to the central school of its township ({required}).',
  },
  CENTRAL_SCHOOL_KIND: {
    rule: 'REG-04',
    zh: '所属学校须为{required}，现为{actual}。',
    en: 'The school it belongs to must be {required}; this one is {actual}.',
  },
  CENTRAL_SCHOOL_ELSEWHERE: {
    rule: 'REG-04',
    zh: '中心学校须在同一乡镇（{required}），现在 {actual}。',
    en: 'The central school must be in the same township ({required}); it is in {actual}.',
  },
  CENTRAL_SCHOOL_NOT_ASKED: {
    rule: 'REG-04',
    zh: '只有教学点、村小隶属于中心学校，该校类型为{actual}。',
    en: 'Only teaching points and village schools belong to a central school; this is {actual}.',
  },
  CENTRAL_SCHOOL_NOT_OPEN: {
    rule: 'REG-04',
    zh: '中心学校当前状态为{actual}，须为{required}。',
    en: 'The central school is {actual}; it must be {required}.',
  },
  CENTRAL_SCHOOL_IN_USE: {
    rule: 'REG-04',
    zh: '仍有 {actual} 所村小、教学点隶属于该中心学校，请先改隶本乡镇的其他中心学校。',
    en: '{actual} village schools or teaching points belong to this central school; give them another one of their township first.',
  },
  SCHOOL_NOT_OPEN: {
    rule: 'REG-05',
    zh: '学校当前状态为{actual}，须为{required}。',
    en: 'The school is {actual}; it must be {required}.',
  },
  SCHOOL_NAME_SAME: {
    rule: null,
    zh: '校名没有变化：{actual}。',
    en: 'The school has this name already: {actual}.',
  },
  SCHOOL_PLACE_SAME: {
    rule: null,
    zh: '学校已在 {actual}，所属中心学校也没有变化。',
    en: 'The school lies in {actual} already, and its central school is the same.',
  },
  SCHOOL_CHANGE_TOO_EARLY: {
    rule: 'REG-05',
    zh: '变更日期须晚于上一次变更 {required}，现为 {actual}。',
    en: 'The change must lie after the last one ({required}); it is on {actual}.',
  },
  SCHOOL_CHANGE_IN_FUTURE: {
    rule: 'REG-05',
    zh: '变更日期不得晚于今天（{required}），现为 {actual}。',
    en: 'A change is recorded when it holds: not after {required}; it is on {actual}.',
  },
  SCHOOL_INTO_ITSELF: {
    rule: null,
    zh: '学校不能并入或分立为自身。',
    en: 'A school is not merged or split into itself.',
  },
  SCHOOL_SECTOR_DIFFERS: {
    rule: 'REG-02',
    zh: '承接学校的教育类别应为{required}，现为{actual}。',
    en: 'The school that takes over must belong to the sector {required}; it is {actual}.',
  },
  SCHOOL_HAS_TEACHERS: {
    rule: 'REG-05',
    zh: '学校仍有在岗教师，请先办理调动，或改用合并。',
    en: 'Teachers are still at the school; transfer them first, or merge the school into another.',
  },
  TEACHER_NOT_AT_SCHOOL: {
    rule: 'REG-05',
    zh: '教师 {actual} 不是该校在岗教师。',
    en: 'The teacher {actual} is not in service at this school.',
  },
  TEACHER_NAMED_TWICE: {
    rule: null,
    zh: '教师 {actual} 出现两次。',
    en: 'The teacher {actual} is named twice.',
  },
});
