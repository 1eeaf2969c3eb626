import type { RuleEntry } from './rule.ts';

/** Hours, credits, credit bank. */
export const crd = [
  {
    number: 'CRD-01',
    effects: ['BLOCK'],
    title: { zh: '只增不改的复式账', en: 'Append-only double entry' },
    text: {
      zh: '分录不得修改或删除，更正以注明理由的冲正分录进行；全部账户合计恒为零，任一日期的余额可由分录重新算出并与存数一致。',
      en: 'An entry is never changed or deleted; a correction is a reversing entry with a reason; all accounts sum to zero, and a balance recomputed from entries at any date equals the stored one.',
    },
    source: null,
  },
  {
    number: 'CRD-02',
    effects: ['FEATURE'],
    title: { zh: '学时学分转化', en: 'Hours become credits' },
    text: {
      zh: '学时按培训类型和层级依当期政策折算为学分，进位方式写明，学时与学分并存。',
      en: 'Hours become credits by the policy of the date, by type and level of training, with the rounding stated; both are kept.',
    },
    source: 'M13 四',
  },
  {
    number: 'CRD-03',
    effects: ['BLOCK'],
    title: { zh: '结业只记一次', en: 'Credited once' },
    text: {
      zh: '一次结业无论消息到达几次、先后如何只记一次学分；撤销结业只冲正一次。认定学时等于计划学时减去缺课学时。',
      en: 'A completion is credited once, however often and in whatever order its event arrives; a withdrawn one is reversed once. Hours are planned less absent.',
    },
    source: 'M13 八; ZJ 三',
  },
  {
    number: 'CRD-04',
    effects: ['INDICATOR'],
    title: { zh: '年度与周期学时', en: 'Yearly and cycle floors' },
    text: {
      zh: '基础教育教师每年不少于 72 学时、五年 360 学时，职业教育教师每年不少于 90 学时、五年 450 学时，高校按本校规定；可查教师、学校和地区任一日期的达标情况。',
      en: 'Basic education at least 72 hours a year and 360 in the five-year cycle, vocational 90 and 450, higher education by the school’s own rule; the standing of every teacher, school and region on any date.',
    },
    source: 'SX 三(一); M13',
  },
  {
    number: 'CRD-05',
    effects: ['FEATURE'],
    title: { zh: '分类账户', en: 'Accounts by category' },
    text: {
      zh: '按类别（师德、专业标准、信息技术、学科、管理、其他）、渠道和层级设账；每周期必修类别须修满。',
      en: 'Accounts by category (ethics, professional standards, IT, subject, management, other), by channel and by level; required categories in each cycle.',
    },
    source: 'M13 二; SX 三(三)',
  },
  {
    number: 'CRD-06',
    effects: ['FEATURE'],
    title: { zh: '校本研修学时', en: 'School-based hours' },
    text: {
      zh: '校本研修学时经县级备案和抽查后认定，每年最多 24 学时。',
      en: 'School-based hours are recognised after the county’s filing and spot check, at most 24 hours a year.',
    },
    source: null,
    ownDefault: true,
  },
  {
    number: 'CRD-07',
    effects: ['FEATURE'],
    title: { zh: '培训者账户', en: 'Trainers’ own account' },
    text: {
      zh: '培训者自身的研修学时单独设账，供年度确认使用（见 REG-11）。',
      en: 'Trainers’ own study hours are kept in an account of their own (see REG-11).',
    },
    source: null,
  },
  {
    number: 'CRD-20',
    effects: ['FEATURE', 'BLOCK'],
    title: { zh: '学分银行互认', en: 'Credit bank' },
    text: {
      zh: '学历教育与非学历培训学分依协议（院校、课程对应、比例、上限、期限）双向互认，经申请、举证、审核并说明理由；同一成果不得重复计算。',
      en: 'Degree study and non-degree credits are recognised both ways under an agreement, with evidence, review and reasons; the same achievement is never counted twice.',
    },
    source: 'M13 四; SX 三(一)',
  },
  {
    number: 'CRD-21',
    effects: ['FEATURE', 'FLAG'],
    title: { zh: '第三方平台学习记录', en: 'Third-party learning records' },
    text: {
      zh: '认可平台且有协议的自动认定，否则待审核；设每年、每日上限，一日学时异常的记为问题；识别重复和时间重叠。',
      en: 'An accredited platform with an agreement: automatic; otherwise pending review. Ceilings per year and per day, implausible days are flagged, duplicates and overlaps are detected.',
    },
    source: 'M16-2 三3(7)',
  },
  {
    number: 'CRD-22',
    effects: ['FEATURE'],
    title: { zh: '外省学分', en: 'Credits of another province' },
    text: {
      zh: '外省学分凭签发方的签名证明认定。',
      en: 'Credits of another province are recognised with the issuer’s signed statement.',
    },
    source: null,
  },
  {
    number: 'CRD-23',
    effects: ['FEATURE'],
    title: { zh: '成果交换格式', en: 'Exchange formats' },
    text: {
      zh: '教师学习成果可导出为 ELMO 1.7 XML 和 JSON，并通过公开模式校验。',
      en: 'A teacher’s achievements as ELMO 1.7 XML and JSON, validated by the published schema.',
    },
    source: null,
  },
  {
    number: 'CRD-30',
    effects: ['FEATURE'],
    title: { zh: '结业证书', en: 'Certificate' },
    text: {
      zh: '证书有编号、验证码、二维码和可离线验证的签名，列明撤销名单，可导出 PDF 和 Open Badges 3.0；公开验证不显示证书以外的信息。',
      en: 'Number, verification code, QR, a signature verifiable offline, revocation list, PDF and an Open Badges 3.0 credential; public verification shows no more than the certificate does.',
    },
    source: null,
  },
  {
    number: 'CRD-31',
    effects: ['FEATURE'],
    title: { zh: '学分证明', en: 'Statement of standing' },
    text: {
      zh: '为定期注册、年度考核、职称评聘和经费报销出具证明：是否达标、原因、所依据的政策版本；签名，可按日期重现。',
      en: 'For periodic registration, yearly assessment, title appointment and reimbursement: satisfied or not, why, under which policy version; signed and reproducible for its date.',
    },
    source: 'M13 四; SX 四(三); ZJ 五',
  },
  {
    number: 'CRD-32',
    effects: ['FEATURE'],
    title: { zh: '学分申诉', en: 'Appeal' },
    text: {
      zh: '教师可在 30 天内申诉，由县级决定，对结果不服可再由市级复核一次；更正按 CRD-01 办理。',
      en: 'An appeal within 30 days, decided by the county and once more by the city; corrections are made through CRD-01.',
    },
    source: null,
    ownDefault: true,
  },
  {
    number: 'CRD-33',
    effects: ['FEATURE'],
    title: { zh: '学时预警', en: 'Early warning' },
    text: {
      zh: '按学校和县预测按目前进度年内学时不足的教师，留出报名时间。',
      en: 'Who will miss the year’s floor at today’s pace, per school and county, in time to enroll.',
    },
    source: null,
  },
] as const satisfies readonly RuleEntry[];
