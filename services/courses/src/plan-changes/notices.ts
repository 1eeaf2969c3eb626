import { defineNotices } from '@shixun/kernel';

/** Who is told what of a change of a published plan. [CRS-19] */
export const notices = defineNotices({
  PLAN_CHANGED: {
    rule: 'CRS-19',
    title: { zh: '培训安排有调整', en: 'Your class is arranged differently' },
    zh: '您参加的「{project}」有 {count} 处小调整，已生效。说明：{explanation}',
    en: 'Your class of “{project}” is changed in {count} small points, from now on. Explanation: {explanation}',
  },
  PLAN_CHANGE_CLASHES: {
    rule: 'CRS-19',
    title: { zh: '调整后的时间与您的其他培训冲突', en: 'The new time clashes with another class' },
    zh: '「{project}」调整后的课次（{date}）与您报名的班 {otherClassId} 时间冲突；{until} 前可自由退选其中一个班。',
    en: 'After its change “{project}” meets on {date}, when class {otherClassId} of yours meets too. You may withdraw freely from it before {until}.',
  },
  PLAN_CHANGE_ASKED: {
    rule: 'CRS-19',
    title: { zh: '重大方案变更待同意', en: 'A major change waits for your consent' },
    zh: '「{project}」申请重大方案变更，共 {count} 处（其中重大 {major} 处）。说明：{explanation}',
    en: 'A change of “{project}” in {count} points, {major} of them major, waits for consent. Explanation: {explanation}',
  },
  PLAN_CHANGE_CONSENTED: {
    rule: 'CRS-19',
    title: { zh: '方案变更已获同意', en: 'The change of the plan has consent' },
    zh: '「{project}」的方案变更已获同意。自由退选期满后生效，此前仍按原方案实施。',
    en: 'The change of “{project}” has consent. It takes effect when the free-withdrawal window ends; until then the published plan holds.',
  },
  PLAN_CHANGE_REFUSED: {
    rule: 'CRS-19',
    title: { zh: '方案变更未获同意', en: 'The change of the plan has no consent' },
    zh: '「{project}」的方案变更未获同意，仍按原方案实施。理由：{reason}',
    en: 'The change of “{project}” has no consent; the published plan holds. Reason: {reason}',
  },
  PLAN_CHANGE_ANNOUNCED: {
    rule: 'CRS-19',
    title: { zh: '培训方案有重大调整，可自由退选', en: 'A major change: you may withdraw freely' },
    zh: '经主管部门同意，您参加的「{project}」将有重大调整，共 {count} 处。说明：{explanation}。您至少在 {until} 前可自由退选；期满后按新方案实施。',
    en: 'With the bureau’s consent “{project}” will change in {count} points. Explanation: {explanation}. You may withdraw freely at least until {until}; after that the new plan holds.',
  },
  PLAN_CHANGE_LAPSED: {
    rule: 'CRS-19',
    title: { zh: '方案变更未能生效', en: 'The change of the plan did not take effect' },
    zh: '「{project}」的方案变更未能生效，仍按原方案实施。原因：{why}',
    en: 'The change of “{project}” did not take effect; the published plan holds. Reason: {why}',
  },
});
