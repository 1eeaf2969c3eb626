import type { Question } from './questionnaire.ts';

type Topic = Question['about'];

const scale = (code: string, about: Topic, zh: string, en: string): Question => ({
  code,
  kind: 'scale',
  about,
  zh,
  en,
  required: true,
  points: 5,
  options: [],
  lengthMax: null,
});

const text = (code: string, about: Topic, zh: string, en: string): Question => ({
  ...scale(code, about, zh, en),
  kind: 'text',
  required: false,
  points: null,
  lengthMax: 500,
});

const option = (code: string, zh: string, en: string) => ({ code, zh, en });

/**
 * The questionnaire with which a province begins: trainees rate the project and its trainers. The questions follow
 * what the documents ask of a project (needs, practice, trainers, management); the wording is our own default.
 */
export const defaultQuestionnaire = {
  zh: '学员评价问卷（项目与培训者）',
  en: 'Trainees rate the project and its trainers',
  questions: [
    scale('needs', 'project', '培训目标和内容符合我的需要', 'Goals and content met my needs'),
    scale(
      'practice',
      'project',
      '实践性课程贴近课堂教学实际',
      'The practical modules were close to real teaching',
    ),
    scale(
      'organisation',
      'project',
      '培训组织管理规范，服务到位',
      'The training was well organised and well served',
    ),
    scale(
      'application',
      'project',
      '所学能够用于我的教育教学工作',
      'I can use in my work what I learned',
    ),
    scale(
      'trainers_expertise',
      'trainers',
      '培训者专业水平高，准备充分',
      'The trainers knew their subject and were well prepared',
    ),
    scale(
      'trainers_interaction',
      'trainers',
      '培训者注重互动，回应学员问题',
      "The trainers involved us and answered the trainees' questions",
    ),
    {
      code: 'modality',
      kind: 'choice',
      about: 'project',
      zh: '您认为这类培训最适合的方式是',
      en: 'Which modality suits this kind of training best?',
      required: false,
      points: null,
      options: [
        option('concentrated', '集中培训', 'Concentrated'),
        option('blended', '线上线下混合', 'Blended'),
        option('online', '网络研修', 'Online'),
        option('visiting', '送教下乡', 'Visiting teaching'),
      ],
      lengthMax: null,
    },
    text('suggestions', 'project', '您对本项目的建议', 'What would you change in this project?'),
  ],
} as const satisfies {
  readonly zh: string;
  readonly en: string;
  readonly questions: readonly Question[];
};
