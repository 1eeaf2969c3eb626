import type { DifferenceKind } from './difference-kinds.ts';

/** What a difference is called. `{about}`, `{before}` and `{after}` are put in. [CRS-19] */
export const differenceWords: Readonly<Record<DifferenceKind, { zh: string; en: string }>> = {
  session_room_moved: {
    zh: '{about}：教室由“{before}”调整为“{after}”',
    en: '{about}: room “{before}” becomes “{after}”',
  },
  session_shifted: {
    zh: '{about}：当日时间由 {before} 调整为 {after}',
    en: '{about}: {before} becomes {after}, on the same day',
  },
  session_substituted: {
    zh: '{about}：授课教师 {before} 由同类培训者 {after} 代课',
    en: '{about}: {after}, of the same kind, teaches for {before}',
  },
  session_trainer_replaced: {
    zh: '{about}：授课教师由 {before} 更换为不同类别的 {after}',
    en: '{about}: trainer {before} is replaced by {after}, who is of another kind',
  },
  session_moved: {
    zh: '{about}：课次由 {before} 改期至 {after}',
    en: '{about}: the session of {before} moves to {after}',
  },
  session_length_changed: {
    zh: '{about}：课次时长由 {before} 分钟改为 {after} 分钟',
    en: '{about}: the session takes {after} minutes instead of {before}',
  },
  session_dropped: {
    zh: '{about}：取消 {before} 的课次',
    en: '{about}: the session of {before} is dropped',
  },
  session_added: {
    zh: '{about}：增加 {after} 的课次',
    en: '{about}: a session on {after} is added',
  },
  module_dropped: {
    zh: '取消课程“{about}”（{before} 学时）',
    en: 'Module “{about}” ({before} hours) is dropped',
  },
  module_added: {
    zh: '增加课程“{about}”（{after} 学时）',
    en: 'Module “{about}” ({after} hours) is added',
  },
  module_hours_changed: {
    zh: '课程“{about}”由 {before} 学时改为 {after} 学时',
    en: 'Module “{about}” has {after} hours instead of {before}',
  },
  module_changed: {
    zh: '课程内容“{about}”由“{before}”改为“{after}”',
    en: 'Module “{about}”: “{before}” becomes “{after}”',
  },
  hours_changed: {
    zh: '总学时由 {before} 改为 {after}',
    en: 'The plan has {after} hours instead of {before}',
  },
  class_dropped: {
    zh: '取消班级“{about}”（{before}）',
    en: 'Class “{about}” ({before}) is dropped',
  },
  class_added: {
    zh: '增加班级“{about}”（{after}）',
    en: 'Class “{about}” ({after}) is added',
  },
  class_place_moved: {
    zh: '班级“{about}”的培训地点由“{before}”改为“{after}”',
    en: 'Class “{about}” meets at “{after}” instead of “{before}”',
  },
  class_dates_changed: {
    zh: '班级“{about}”的日期由 {before} 改为 {after}',
    en: 'The dates of class “{about}” are {after} instead of {before}',
  },
  class_head_changed: {
    zh: '班级“{about}”的班主任由 {before} 改为 {after}',
    en: 'The head of class “{about}” is {after} instead of {before}',
  },
  trainer_dropped: {
    zh: '培训者 {about} 退出方案',
    en: 'Trainer {about} leaves the plan',
  },
  trainer_added: {
    zh: '培训者 {about} 加入方案但无授课',
    en: 'Trainer {about} joins the plan without a session',
  },
  text_changed: {
    zh: '方案“{about}”由“{before}”改为“{after}”',
    en: '“{about}” of the plan: “{before}” becomes “{after}”',
  },
};

type Spoken = {
  readonly kind: DifferenceKind;
  readonly about: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** A difference as a sentence, in one of the two languages. */
export function sayDifference(
  { kind, about, before, after }: Spoken,
  language: 'zh' | 'en',
): string {
  const parts: Readonly<Record<string, string>> = {
    about,
    before: before ?? '—',
    after: after ?? '—',
  };
  return differenceWords[kind][language].replaceAll(
    /\{(\w+)\}/g,
    (_all, name: string) => parts[name] ?? '',
  );
}
