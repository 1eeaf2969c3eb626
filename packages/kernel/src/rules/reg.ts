import type { RuleEntry } from './rule.ts';

/** Registry of regions, institutions, schools, teachers and trainers. */
export const reg = [
  {
    number: 'REG-01',
    effects: ['FEATURE'],
    title: { zh: '行政区划与管辖范围', en: 'Regions and scope' },
    text: {
      zh: '行政区划按省、市、县、乡镇四级排列，采用本省真实的 GB/T 2260 代码；每个单位归属一个区划，管理人员只能查看和办理本辖区内的事项。',
      en: 'Regions form province, city, county and township under the real GB/T 2260 codes; every organisation sits in one, and an administrator sees and acts only inside the own subtree.',
    },
    source: 'SX 三(一)',
  },
  {
    number: 'REG-02',
    effects: ['FEATURE', 'BLOCK'],
    title: { zh: '三类教育的分级负责', en: 'Three sectors, each with its chain' },
    text: {
      zh: '基础教育由省、市、县、校分级负责，职业教育由省、市、校负责，高等教育由省、校负责；某类教育没有的层级不得办理该类事项。',
      en: 'Basic education is run by province, city, county and school; vocational by province, city and school; higher by province and school. A level that its sector does not have is refused.',
    },
    source: 'SX 三(一)(二)',
  },
  {
    number: 'REG-03',
    effects: ['FEATURE'],
    title: { zh: '质量监控机构', en: 'Quality-monitoring body' },
    text: {
      zh: '各级教育行政部门指定本地的教师培训质量监控机构；只有该机构及其上级可以在当地组织抽查。',
      en: 'Each bureau names its quality-monitoring body; only that body and its superiors run spot checks there.',
    },
    source: 'ZJ 五',
  },
  {
    number: 'REG-04',
    effects: ['BLOCK'],
    title: { zh: '村小、教学点归属中心学校', en: 'Village schools under a central school' },
    text: {
      zh: '村小和教学点须归属本乡镇的中心学校，并纳入该校的校本研修体系。',
      en: "A village school or teaching point belongs to a central school of its own township and is covered by that school's school-based programme.",
    },
    source: 'M16-2 二2',
  },
  {
    number: 'REG-05',
    effects: ['FEATURE'],
    title: { zh: '教师档案', en: 'Teacher record' },
    text: {
      zh: '一人一档，身份证件号码唯一并校验（GB 11643），加密保存，除本人和确有需要的岗位外一律隐去；调动保留履历和学分账户，离职、退休、返岗均有记录。',
      en: 'The identity number is unique, checksum-verified (GB 11643), encrypted, and masked except for its owner and roles that need it; transfers keep history and the credit account; leaving, retirement and return are recorded.',
    },
    source: null,
  },
  {
    number: 'REG-06',
    effects: ['FEATURE'],
    title: { zh: '批量导入', en: 'Bulk import' },
    text: {
      zh: '支持 .xlsx 和 .csv（UTF-8、GB18030）导入：先试运行，按行列给出中英文错误，可选全部成功才导入或只导入有效行，可续传，重复导入同一文件不产生变化。',
      en: 'Spreadsheets (.xlsx, .csv in UTF-8 or GB18030): dry run first, errors by row and column in both languages, all-or-nothing or valid rows only, resumable, and the same file twice changes nothing.',
    },
    source: null,
  },
  {
    number: 'REG-07',
    effects: ['FEATURE'],
    title: { zh: '任教安排与毕业班', en: 'Teaching assignment and graduating classes' },
    text: {
      zh: '按学年登记任教安排，标明是否任教初三、高三毕业班，供安排培训时间时使用。',
      en: 'Teaching assignments are kept per school year with a flag for graduating classes (grades 9 and 12), used when training is scheduled.',
    },
    source: 'ZJ 六',
  },
  {
    number: 'REG-08',
    effects: ['BLOCK'],
    title: { zh: '培训机构资质', en: 'Qualification of institutions' },
    text: {
      zh: '资质依次为申请、审核、合格（注明范围和期限）、观察、暂停、撤销或到期；只有资质在项目全程覆盖其层级、学段、学科和方式的机构才可承办。',
      en: "Applied, under review, qualified (with scope and dates), probation, suspended, revoked or expired; only an institution whose qualification covers a project's level, stage, subject and modality for its whole duration may be commissioned.",
    },
    source: 'M13 八; SX 三(六); ZJ 五',
  },
  {
    number: 'REG-09',
    effects: ['FEATURE'],
    title: { zh: '评估结果决定资质变动', en: 'Results move the qualification' },
    text: {
      zh: '公布等级为 D，或连续 2 次为 C，转为观察；观察期内低于 B，予以暂停；认定严重质量问题的，复核后撤销；连续 2 次为 A，期满免重新申请。每次变动列明依据，可申诉一次。',
      en: 'Grade D, or C twice running: probation. Below B on probation: suspended. A serious-quality finding: revoked after review. A twice running: renewal without re-application. Every move names the results behind it and can be appealed once.',
    },
    source: 'M13 八; SX 三(六); ZJ 五',
    ownDefault: true,
  },
  {
    number: 'REG-10',
    effects: ['FEATURE'],
    title: { zh: '培训专家库', en: 'Expert pool' },
    text: {
      zh: '专家由教育行政部门或机构推荐，经审核按聘期入库，每年依评价、工作量和纪律动态调整并说明理由；全省可查询各地专家，省外专家予以标明。',
      en: 'Nomination, review, admission for a term, and a yearly adjustment with reasons; pools of all regions are searchable across the province, and out-of-province experts are marked.',
    },
    source: 'M13 六; ZJ 二',
  },
  {
    number: 'REG-11',
    effects: ['FLAG'],
    title: { zh: '专职培训者的研修与下校', en: 'Full-time trainers study and go to schools' },
    text: {
      zh: '专职培训者每年研修不少于 100 学时，深入学校原则上不少于 2 个月（按 60 天计）；年末未达到且未获豁免的，不予续聘。',
      en: "A full-time trainer has at least 100 study hours and, in principle, 2 months (counted as 60 days) in schools per calendar year; below either at year's end he or she is not reconfirmed without a waiver.",
    },
    source: 'M13 六',
    inPrinciple: true,
    ownDefault: true,
  },
  {
    number: 'REG-12',
    effects: ['FEATURE'],
    title: { zh: '兼职培训计入教学工作量', en: 'Part-time training counts as teaching workload' },
    text: {
      zh: '一线教师受委托承担的培训任务计入教学工作量，每学期向所在学校出具证明。',
      en: "A front-line part-time trainer's commissioned sessions count as teaching workload; the school gets a statement per term.",
    },
    source: 'M13 六',
  },
  {
    number: 'REG-13',
    effects: ['INDICATOR', 'FLAG'],
    title: { zh: '县级培训团队配比', en: 'Size of the county training team' },
    text: {
      zh: '县级培训团队与本地乡村教师之比不低于 1:30，按县统计，并分学科统计。',
      en: 'Trainers to rural teachers are not below 1:30 in each county, also by subject.',
    },
    source: 'M16-1 三2(3)',
  },
  {
    number: 'REG-14',
    effects: ['FEATURE'],
    title: { zh: '网络研修社区', en: 'Online communities' },
    text: {
      zh: '建立“个人空间、工作坊、学校社区、区域社区”一体化的研修社区和“县域、片区、学校”三位一体的组织体系，成员随登记信息变化。',
      en: 'Personal space, workshop, school and regional community, organised by county, area and school; membership follows the registry.',
    },
    source: 'M16-2 二2',
  },
  {
    number: 'REG-15',
    effects: ['FEATURE'],
    title: { zh: '县级教师发展中心', en: 'County teacher development centre' },
    text: {
      zh: '每县指定一个教师发展机构，负责全员培训的规划、组织和服务；合并前的机构作为历史保留。',
      en: 'Each county names one institution that plans, organises and serves whole-staff training; merged former bodies are kept as history.',
    },
    source: 'M13 七; SX 三(一)',
  },
  {
    number: 'REG-16',
    effects: ['FEATURE'],
    title: { zh: '一人一档与合并', en: 'One person, one record' },
    text: {
      zh: '自动发现疑似重复档案；合并后原编号永久指向新档案，并以事件告知各方；合并可以撤销。',
      en: 'Probable duplicates are found; a merge keeps the old id as a redirect for ever and tells consumers by event; an unmerge is possible.',
    },
    source: 'M13 八',
  },
  {
    number: 'REG-17',
    effects: ['BLOCK'],
    title: { zh: '高校校级统一管理', en: 'Universities act as one' },
    text: {
      zh: '高校申请资质、投标和签约须由学校统一办理，二级学院不得单独办理。',
      en: 'A university applies, bids and signs at university level only; a department or college of it cannot.',
    },
    source: 'ZJ 三',
  },
  {
    number: 'REG-18',
    effects: ['FEATURE'],
    title: { zh: '协同承担与结对帮扶', en: 'Consortia and pairing' },
    text: {
      zh: '项目可由牵头高校、远程培训机构、教师发展中心和优质学校协同承担，各自具备相应环节的资质并明确职责、学时和经费；登记高校、机构与中小学的结对关系。',
      en: 'A leading university, online provider, development centre and practice schools may carry a project together, each qualified for its stage, with its duties, hours and money; pairing with schools is recorded.',
    },
    source: 'M16-4 二1; M13 五',
  },
] as const satisfies readonly RuleEntry[];
