import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  PAIRED_PART: {
    rule: 'REG-17',
    zh: '结对须由学校（{required}）统一办理，二级学院不得自行签约。',
    en: 'A university signs as a whole ({required}); a college of it is not paired itself.',
  },
  PAIRING_REVERSED: {
    rule: 'REG-18',
    zh: '结对起始日 {actual} 不得晚于截止日 {required}。',
    en: 'The pairing begins on {actual}, after its last day {required}.',
  },
  PAIRED_ALREADY: {
    rule: 'REG-18',
    zh: '该机构与该校在 {actual} 期间已结对。',
    en: 'The two are paired already ({actual}).',
  },
});
