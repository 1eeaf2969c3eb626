import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  PLACE_OFFERED: {
    rule: 'CRS-42',
    title: { zh: '候补名额待您确认', en: 'A place is offered to you' },
    zh: '您候补的培训班 {classId} 已有空余名额，请在 {respondBy} 前确认，逾期名额将顺延给下一位。',
    en: 'A place in class {classId}, which you were waiting for, is free. Please answer before {respondBy}; after that it goes to the next in line.',
  },
  CLASS_CANCELLED: {
    rule: 'CRS-01',
    title: { zh: '培训班已取消', en: 'Your class is cancelled' },
    zh: '您报名的培训班 {classId} 已取消，报名随之取消，您可以另选其他班。',
    en: 'Class {classId} is cancelled and your enrollment in it has ended; you may choose another class.',
  },
});
