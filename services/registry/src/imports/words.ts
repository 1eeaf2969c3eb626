/** The words of each column as bureaus write them, official form first; the rest are read too. [REG-06] */
import type { SchoolKind } from '../schools/kinds.ts';
import type { Profession, Stage } from '../teachers/teacher.ts';
import type { TrainerRow } from '../trainers/store.ts';

type Words<Word extends string> = Readonly<Record<Word, readonly [string, ...string[]]>>;

export const stageWords: Words<Stage> = {
  kindergarten: ['幼儿园', '学前', '学前教育', '幼教'],
  primary: ['小学', '小学段'],
  junior: ['初中', '初级中学'],
  senior: ['高中', '普通高中', '高级中学', '普高'],
  vocational: ['中职', '职业教育', '中等职业', '职高', '中专', '技工'],
  higher: ['高等教育', '高校', '大学', '高职'],
};

export const titleWords: Words<Profession['title']> = {
  none: ['未定级', '无', '未评', '暂无', '未评职称'],
  third_grade: ['三级教师', '三级', '中小学三级', '中小学三级教师'],
  second_grade: ['二级教师', '二级', '中小学二级', '中小学二级教师'],
  first_grade: ['一级教师', '一级', '中小学一级', '中小学一级教师'],
  senior: ['高级教师', '高级', '副高', '副高级', '中小学高级', '中小学高级教师'],
  professor_grade_senior: ['正高级教师', '正高级', '正高', '中小学正高级教师'],
  assistant: ['助教'],
  lecturer: ['讲师'],
  associate_professor: ['副教授'],
  professor: ['教授'],
};

export const careerStageWords: Words<Profession['careerStage']> = {
  new: ['新任', '新任教师', '新教师'],
  in_service: ['在职', '在职教师'],
  young: ['青年', '青年教师'],
  backbone: ['骨干', '骨干教师'],
  master: ['名师', '卓越', '学科带头人'],
};

export const subjectWords: Words<string> = {
  chinese: ['语文'],
  mathematics: ['数学'],
  english: ['英语', '外语'],
  physics: ['物理'],
  chemistry: ['化学'],
  biology: ['生物', '生物学'],
  politics: ['道德与法治', '思想政治', '政治', '道法', '思政', '品德'],
  history: ['历史'],
  geography: ['地理'],
  music: ['音乐'],
  pe: ['体育', '体育与健康'],
  art: ['美术', '艺术'],
  it: ['信息技术', '信息科技', '信息', '计算机', '通用技术'],
  science: ['科学'],
  labour: ['劳动', '劳动技术', '综合实践'],
  mental_health: ['心理健康', '心理'],
  preschool: ['学前教育', '幼儿教育', '学前', '幼教', '保教'],
  management: ['管理', '学校管理'],
  minority_bilingual: ['民族双语', '双语'],
};

export const schoolKindWords: Words<SchoolKind> = {
  kindergarten: ['幼儿园'],
  primary: ['小学', '完全小学', '完小'],
  junior: ['初级中学', '初中'],
  nine_year: ['九年一贯制学校', '九年一贯制', '九年制学校'],
  senior: ['高级中学', '高中', '普通高中'],
  complete_secondary: ['完全中学', '完中'],
  vocational: ['中等职业学校', '中职', '职业高中', '职高'],
  higher: ['高等学校', '高校', '大学', '高职'],
  special: ['特殊教育学校', '特教学校', '特教'],
  central: ['乡镇中心学校', '中心学校', '中心小学', '中心校'],
  village: ['村小', '村小学', '村完小'],
  teaching_point: ['教学点', '小学教学点'],
};

export const trainerKindWords: Words<TrainerRow['kind']> = {
  university_expert: ['高校专家', '高校教师'],
  teaching_researcher: ['教研员'],
  frontline_teacher: ['一线教师', '一线名师', '中小学教师'],
  other: ['其他', '其它'],
};
