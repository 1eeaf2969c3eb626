/** The columns of each kind of file: what they are called, what may stand in them. The template says the same. [REG-06] */
import {
  careerStageWords,
  schoolKindWords,
  stageWords,
  subjectWords,
  titleWords,
  trainerKindWords,
} from './words.ts';

export const importKinds = ['regions', 'schools', 'teachers', 'trainers'] as const;
export type ImportKind = (typeof importKinds)[number];

type Words = Readonly<Record<string, readonly string[]>>;

export type ColumnForm =
  | { readonly form: 'text'; readonly min: number; readonly max: number }
  /** Checked by the decision that knows it: identity numbers and phones. */
  | { readonly form: 'number'; readonly max: number }
  | { readonly form: 'digits'; readonly lengths: readonly number[] }
  | { readonly form: 'date' }
  | { readonly form: 'flag' }
  | { readonly form: 'word'; readonly words: Words }
  | { readonly form: 'words'; readonly words: Words; readonly max: number };

export type Column = {
  /** The field of the record. */
  readonly field: string;
  readonly zh: string;
  readonly en: string;
  /** Other names people give it. */
  readonly also: readonly string[];
  readonly required: boolean;
  readonly read: ColumnForm;
  /** For the template's notes. */
  readonly example: string;
};

const yesOrNo = { form: 'flag' } as const;

function flag(field: string, zh: string, en: string, also: readonly string[]): Column {
  return { field, zh, en, also, required: false, read: yesOrNo, example: '否' };
}

const schoolCode: Column = {
  field: 'schoolCode',
  zh: '学校标识码',
  en: 'School code',
  also: ['学校代码', '单位代码', '所在学校标识码', '所在学校代码', '学校编码'],
  required: true,
  read: { form: 'digits', lengths: [10] },
  example: '2114000001',
};

const name: Column = {
  field: 'name',
  zh: '姓名',
  en: 'Name',
  also: ['教师姓名', '培训者姓名', '专家姓名', '名字'],
  required: true,
  read: { form: 'text', min: 2, max: 50 },
  example: '张三',
};

const subjects: Column = {
  field: 'subjects',
  zh: '任教学科',
  en: 'Subjects',
  also: ['学科', '任教科目', '科目', '所教学科', '专业学科'],
  required: true,
  read: { form: 'words', words: subjectWords, max: 10 },
  example: '语文、道德与法治',
};

const teacherColumns: readonly Column[] = [
  name,
  {
    field: 'identityNumber',
    zh: '身份证号',
    en: 'Identity number',
    also: ['身份证号码', '身份证件号', '身份证件号码', '公民身份号码', '证件号码', '身份证'],
    required: true,
    read: { form: 'number', max: 64 },
    example: '18 位，文本格式',
  },
  {
    field: 'phone',
    zh: '手机号',
    en: 'Phone',
    also: ['手机', '手机号码', '联系电话', '电话', '移动电话', '联系方式'],
    required: false,
    read: { form: 'number', max: 40 },
    example: '11 位',
  },
  schoolCode,
  {
    field: 'since',
    zh: '到校日期',
    en: 'At the school since',
    also: ['到校时间', '入校时间', '任现职时间', '到岗日期', '来校时间', '入职日期', '入职时间'],
    required: true,
    read: { form: 'date' },
    example: '2020-09-01',
  },
  {
    field: 'stage',
    zh: '学段',
    en: 'Stage',
    also: ['任教学段', '教学学段', '任教阶段'],
    required: true,
    read: { form: 'word', words: stageWords },
    example: '小学',
  },
  subjects,
  {
    field: 'title',
    zh: '职称',
    en: 'Professional title',
    also: ['专业技术职务', '职称等级', '专业技术职称', '教师职称'],
    required: false,
    read: { form: 'word', words: titleWords },
    example: '一级教师',
  },
  {
    field: 'careerStage',
    zh: '发展阶段',
    en: 'Career stage',
    also: ['教师发展阶段', '教师类别', '专业发展阶段'],
    required: false,
    read: { form: 'word', words: careerStageWords },
    example: '骨干',
  },
  flag('rural', '乡村教师', 'Rural teacher', ['是否乡村教师', '是否乡村', '是否农村教师']),
  flag('minorityBilingual', '双语教师', 'Minority-bilingual', [
    '民族地区双语教师',
    '是否双语教师',
    '是否民族双语教师',
  ]),
  flag('dualQualified', '双师型', 'Dual-qualified', ['双师型教师', '是否双师型', '是否双师型教师']),
  flag('principal', '校（园）长', 'Principal', ['校长', '园长', '是否校长', '是否校园长']),
  flag('graduatingClass', '毕业班教师', 'Graduating class', [
    '毕业班',
    '是否毕业班',
    '是否毕业班教师',
  ]),
];

const schoolColumns: readonly Column[] = [
  { ...schoolCode, field: 'code' },
  {
    ...name,
    zh: '学校名称',
    en: 'School name',
    also: ['学校', '单位名称', '校名', '学校全称'],
    read: { form: 'text', min: 2, max: 100 },
    example: '示例小学',
  },
  {
    field: 'kind',
    zh: '学校类型',
    en: 'Kind of school',
    also: ['办学类型', '学校类别', '类型'],
    required: true,
    read: { form: 'word', words: schoolKindWords },
    example: '小学',
  },
  {
    field: 'regionCode',
    zh: '行政区划代码',
    en: 'Region code',
    also: ['区划代码', '所在地区划代码', '所在区划代码', '属地代码'],
    required: true,
    read: { form: 'digits', lengths: [6, 9] },
    example: '140105001',
  },
  flag('rural', '乡村学校', 'Rural school', ['是否乡村学校', '是否乡村', '是否农村学校']),
  {
    ...schoolCode,
    field: 'centralSchoolCode',
    zh: '中心学校标识码',
    en: 'Code of the central school',
    also: ['所属中心学校标识码', '中心校标识码', '所属中心校代码', '中心学校代码'],
    required: false,
  },
];

const regionColumns: readonly Column[] = [
  {
    field: 'code',
    zh: '行政区划代码',
    en: 'Region code',
    also: ['区划代码', '代码', '统计用区划代码'],
    required: true,
    read: { form: 'digits', lengths: [6, 9] },
    example: '140105001',
  },
  {
    ...name,
    zh: '名称',
    en: 'Name of the region',
    also: ['区划名称', '行政区划名称', '单位名称', '地区名称'],
    read: { form: 'text', min: 2, max: 100 },
    example: '坞城街道',
  },
];

const trainerColumns: readonly Column[] = [
  name,
  {
    field: 'kind',
    zh: '培训者类别',
    en: 'Kind of trainer',
    also: ['类别', '人员类别', '专家类别'],
    required: true,
    read: { form: 'word', words: trainerKindWords },
    example: '教研员',
  },
  { ...subjects, zh: '学科', en: 'Subjects', also: ['任教学科', '专业学科', '科目', '擅长学科'] },
  flag('fullTime', '专职', 'Full-time', ['是否专职', '专职培训者']),
  {
    field: 'homeProvinceCode',
    zh: '所在省代码',
    en: 'Code of the home province',
    also: ['省份代码', '所在省份代码', '来源省代码'],
    required: false,
    read: { form: 'digits', lengths: [6] },
    example: '140000',
  },
  {
    field: 'specialty',
    zh: '专长',
    en: 'Specialty',
    also: ['研究方向', '擅长领域', '特长', '研究专长'],
    required: false,
    read: { form: 'text', min: 0, max: 200 },
    example: '小学语文阅读教学',
  },
  { ...schoolCode, required: false },
];

export const columnsOf: Readonly<Record<ImportKind, readonly Column[]>> = {
  regions: regionColumns,
  schools: schoolColumns,
  teachers: teacherColumns,
  trainers: trainerColumns,
};
