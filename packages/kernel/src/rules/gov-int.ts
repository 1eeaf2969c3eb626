import type { RuleEntry } from './rule.ts';

/** Across all services. No policy document asks for these. */
export const gov = [
  {
    number: 'GOV-01',
    effects: ['FEATURE'],
    title: { zh: '说明理由', en: 'Refusals are explained' },
    text: {
      zh: '每次不予办理都说明规则编号、中英文理由、出错位置、要求与实际数值及文件条款。',
      en: 'Every refusal carries the rule’s number, a message in both languages, the offending path, the figures required and actual, and the source clause.',
    },
    source: null,
  },
  {
    number: 'GOV-02',
    effects: ['FEATURE'],
    title: { zh: '审计留痕', en: 'Audit trail' },
    text: {
      zh: '每次状态变化都有审计记录，以哈希链相连，任何角色不得更改。',
      en: 'Every state change leaves an audit entry, hash-chained, that no role can alter.',
    },
    source: null,
  },
  {
    number: 'GOV-03',
    effects: ['FEATURE'],
    title: { zh: '个人信息保护', en: 'Personal data' },
    text: {
      zh: '个人信息最少披露；查看身份证件号码须登记用途；本人可导出和更正（《个人信息保护法》）。',
      en: 'Least disclosure, purpose recorded on reading an identity number, export and correction for the owner (PIPL).',
    },
    source: null,
  },
  {
    number: 'GOV-04',
    effects: ['FEATURE'],
    title: { zh: '通知', en: 'Notices' },
    text: {
      zh: '规则要求告知的事项以中英文通知当事人（站内，并以事件对外发送）。',
      en: 'Whatever a rule says is told to someone is a notice in Chinese and English, in the application and outbound by event.',
    },
    source: null,
  },
  {
    number: 'GOV-05',
    effects: ['FEATURE'],
    title: { zh: '日期与时刻', en: 'Dates and instants' },
    text: {
      zh: '日期一律按 Asia/Shanghai（北京时间），时刻一律按 UTC。',
      en: 'All dates are in Asia/Shanghai, all instants in UTC.',
    },
    source: null,
  },
  {
    number: 'GOV-06',
    effects: ['FEATURE'],
    title: { zh: '分页', en: 'Paging' },
    text: {
      zh: '所有列表按键分页，不一次载入全省数据。',
      en: 'All lists are keyset-paged; nothing loads a whole province.',
    },
    source: null,
  },
] as const satisfies readonly RuleEntry[];

/** Third parties. No policy document asks for these. */
export const int = [
  {
    number: 'INT-01',
    effects: ['FEATURE'],
    title: { zh: '对外事件', en: 'Events to third parties' },
    text: {
      zh: '报名、结业、学分、公布结果和目录以 CloudEvents 形式经 Kafka 提供，附 JSON Schema 和 AsyncAPI 文档；不含协议以外的个人信息。',
      en: 'Enrollments, completions, credits, published results and catalogue as CloudEvents on Kafka with JSON Schema and an AsyncAPI document; no personal data beyond the agreement.',
    },
    source: null,
  },
  {
    number: 'INT-02',
    effects: ['FEATURE'],
    title: { zh: '对内记录', en: 'Records from third parties' },
    text: {
      zh: '第三方报送的学习和结业记录逐条校验、去重、答复，拒收的说明理由；错误消息不影响其他记录。',
      en: 'Learning records and completions come in, are validated, deduplicated and acknowledged one by one with the reason of each refusal; poison never blocks the rest.',
    },
    source: null,
  },
  {
    number: 'INT-03',
    effects: ['FEATURE'],
    title: { zh: '事件向后兼容', en: 'Backward compatibility' },
    text: {
      zh: '事件兼容性由持续集成检查；不兼容的变更须使用新的主题版本。',
      en: 'Backward compatibility of events is checked in CI; a breaking change is a new topic version.',
    },
    source: null,
  },
  {
    number: 'INT-04',
    effects: ['FEATURE'],
    title: { zh: '事件重放', en: 'Replay' },
    text: {
      zh: '可向某一接收方重放任一时段的事件，不影响其他接收方。',
      en: 'Any period can be replayed to one consumer without effect on the others.',
    },
    source: null,
  },
] as const satisfies readonly RuleEntry[];
