/** What a teacher can do about each reason that keeps an item of a menu closed. [CRS-40] */
import type { RefusalCode } from '@shixun/kernel';
import { codes } from '../enrollment/refusals.ts';

/** `command` is the mutation that helps; null where waiting, or somebody else, does. */
export type Remedy = { readonly zh: string; readonly en: string; readonly command: string | null };

type Closing =
  | 'WINDOW_CLOSED'
  | 'WINDOW_NOT_YET_OPEN'
  | 'CLASS_NOT_OPEN'
  | 'TEACHER_NOT_ACTIVE'
  | 'AUDIENCE_MISMATCH'
  | 'ENROLLED_ALREADY'
  | 'TIME_CLASH'
  | 'CONTENT_TAKEN_IN_CYCLE'
  | 'CONCURRENT_CEILING'
  | 'QUOTA_FULL'
  | 'CLASS_FULL';

const remedies: { readonly [Name in Closing]: Remedy } = {
  WINDOW_CLOSED: {
    zh: '请在开放时间内报名；已截止的，请关注下一期菜单。',
    en: 'Enroll within the window; when it is over, look out for the next menu.',
    command: null,
  },
  WINDOW_NOT_YET_OPEN: {
    zh: '请在对您开放的时间再来报名。',
    en: 'Come back when it opens for you.',
    command: null,
  },
  CLASS_NOT_OPEN: {
    zh: '请等待主办方开放报名，或另选其他班。',
    en: 'Wait until the organiser opens the class, or choose another one.',
    command: null,
  },
  TEACHER_NOT_ACTIVE: {
    zh: '请联系所在学校核对您的教师档案。',
    en: 'Ask your school to check your teacher record.',
    command: 'requestCorrection',
  },
  AUDIENCE_MISMATCH: {
    zh: '请另选面向您的学段、学科或地区的班；档案有误的，请申请更正。',
    en: 'Choose a class meant for your stage, subject or region; if your record is wrong, ask for its correction.',
    command: 'requestCorrection',
  },
  ENROLLED_ALREADY: {
    zh: '您已报名，无需操作。',
    en: 'You are in already: nothing to do.',
    command: null,
  },
  TIME_CLASH: {
    zh: '可先退选时间冲突的班，或另选其他时间的班。',
    en: 'Withdraw from the class it clashes with, or choose one at another time.',
    command: 'withdrawEnrollment',
  },
  CONTENT_TAKEN_IN_CYCLE: {
    zh: '请另选本周期内尚未参加过的内容。',
    en: 'Choose content that you have not taken in this cycle.',
    command: null,
  },
  CONCURRENT_CEILING: {
    zh: '可先退选一个班，或待一个班结业后再报名。',
    en: 'Withdraw from a class, or enroll once one of them is completed.',
    command: 'withdrawEnrollment',
  },
  QUOTA_FULL: {
    zh: '可进入候补队列，有名额退出时依次递补。',
    en: 'Join the waitlist: places given back go to the first in line.',
    command: 'enrollTeacher',
  },
  CLASS_FULL: {
    zh: '可进入候补队列，有名额退出时依次递补。',
    en: 'Join the waitlist: places given back go to the first in line.',
    command: 'enrollTeacher',
  },
};

/** The codes that have a remedy: every one that can close an item, as a test holds. */
export const closingCodes: readonly RefusalCode[] = (Object.keys(remedies) as Closing[]).map(
  (name) => codes[name],
);

export function remedyOf(code: string): Remedy {
  return remedies[code as Closing];
}
