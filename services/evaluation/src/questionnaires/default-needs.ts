import type { ChoiceOption, Question } from './questionnaire.ts';

const option = (code: string, zh: string, en: string): ChoiceOption => ({ code, zh, en });

const question = (
  code: string,
  kind: Question['kind'],
  [zh, en]: readonly [string, string],
  given: Partial<Question> = {},
): Question => ({
  code,
  kind,
  about: 'needs',
  zh,
  en,
  required: true,
  points: null,
  options: [],
  lengthMax: null,
  ...given,
});

const topics = [
  option('classroom_practice', '课堂教学实践', 'Classroom practice'),
  option('subject_knowledge', '学科知识与课程标准', 'Subject and curriculum standards'),
  option('digital_teaching', '信息技术融合教学', 'Teaching with technology'),
  option('student_guidance', '学生发展与心理辅导', 'Guidance and mental health of students'),
  option('class_management', '班级管理', 'Managing a class'),
  option('teaching_research', '教学研究与课题', 'Research on teaching'),
  option('ethics', '师德修养', 'Ethics'),
];

const modalities = [
  option('concentrated', '集中培训', 'Concentrated'),
  option('blended', '线上线下混合', 'Blended'),
  option('online', '网络研修', 'Online'),
  option('school_based', '校本研修', 'School-based'),
  option('shadow', '跟岗实践', 'Shadowing'),
];

/**
 * The needs questionnaire with which a province begins; the topics follow what the documents ask training to be about,
 * the wording is our own default. A bureau, school or institution may publish its own.
 */
export const defaultNeedsQuestionnaire = {
  purpose: 'needs',
  zh: '教师培训需求调研问卷',
  en: 'What training do you need?',
  questions: [
    question(
      'topics',
      'choices',
      ['您最需要哪些方面的培训（至多三项）', 'What do you need most? (up to three)'],
      {
        options: topics,
        choicesMax: 3,
      },
    ),
    question(
      'modalities',
      'rank',
      ['请按偏好排列培训方式', 'Rank the modalities, the best first'],
      {
        options: modalities,
      },
    ),
    question(
      'satisfaction',
      'scale',
      ['过去一年的培训满足了我的需要', 'The past year’s training met my needs'],
      { points: 5 },
    ),
    question('wishes', 'text', ['其他培训需求', 'Anything else you need?'], {
      required: false,
      lengthMax: 500,
    }),
  ],
} as const satisfies {
  readonly purpose: 'needs';
  readonly zh: string;
  readonly en: string;
  readonly questions: readonly Question[];
};
