import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  PLACE_OFFERED: {
    rule: 'CRS-42',
    title: { zh: '候补名额待您确认', en: 'A place is offered to you' },
    zh: '您候补的培训班 {classId} 已有空余名额，请在 {respondBy} 前确认，逾期名额将顺延给下一位。',
    en: 'A place in class {classId}, which you were waiting for, is free. Please answer before {respondBy}; after that it goes to the next in line.',
  },
  PLACES_ADJUSTED: {
    rule: 'CRS-42',
    title: { zh: '班级名额已调剂', en: 'The places of a class changed' },
    zh: '主办方已将培训班 {classId} 的名额由 {before} 个调整为 {after} 个，候补递补 {promoted} 人。',
    en: 'The owner changed the places of class {classId} from {before} to {after}; {promoted} of its waitlist are offered one.',
  },
  SCHOOL_ASKED: {
    rule: 'CRS-17',
    title: { zh: '教师自主选学待学校确认', en: 'Your school is asked about an enrollment' },
    zh: '教师 {teacherId} 已选报培训班 {classId}，因{reasonZh}须学校确认。请在 {respondBy} 前答复，逾期报名失效。',
    en: 'Teacher {teacherId} chose class {classId}; because {reasonEn}, your school has to confirm it. Please answer before {respondBy}; after that the enrollment lapses.',
  },
  SCHOOL_CONFIRMED: {
    rule: 'CRS-17',
    title: { zh: '学校已确认您的报名', en: 'Your school confirmed your enrollment' },
    zh: '学校已确认您报名培训班 {classId}，名额已为您保留。',
    en: 'Your school confirmed your enrollment in class {classId}: the place is yours.',
  },
  SCHOOL_DECLINED: {
    rule: 'CRS-17',
    title: { zh: '学校未同意您的报名', en: 'Your school declined your enrollment' },
    zh: '学校未同意您报名培训班 {classId}：{reason}',
    en: 'Your school declined your enrollment in class {classId}: {reason}',
  },
  SCHOOL_DID_NOT_ANSWER: {
    rule: 'CRS-17',
    title: { zh: '报名因学校未答复而失效', en: 'Your enrollment lapsed without the school’s word' },
    zh: '学校未在 {respondBy} 前确认您报名培训班 {classId}，报名已失效，名额已释放。',
    en: 'Your school did not confirm your enrollment in class {classId} before {respondBy}: it has lapsed.',
  },
  CLASS_CANCELLED: {
    rule: 'CRS-01',
    title: { zh: '培训班已取消', en: 'Your class is cancelled' },
    zh: '您报名的培训班 {classId} 已取消，报名随之取消，您可以另选其他班。',
    en: 'Class {classId} is cancelled and your enrollment in it has ended; you may choose another class.',
  },
});
