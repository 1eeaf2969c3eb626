/** The four guides for rural teachers as templates. [M16-1 … M16-4; CRS-30 … CRS-33] */
import {
  ask,
  check,
  content,
  field,
  ofClass,
  ofSchool,
  ofTrainee,
  present,
  share,
  stage,
  support,
  template,
  words,
} from './shipped-parts.ts';
import type { TemplateContent } from './template.ts';

/** 送教下乡 [CRS-30] */
export const visiting = template('visiting', 'CRS-30', words('送教下乡', 'Visiting teaching'), {
  checks: [
    check('piece_days', words('每次送教的天数', 'Days of one visit'), { figure: 'visitMinDays' }),
  ],
  stages: [
    stage('diagnosis', words('诊断示范', 'Diagnosis and demonstration'), 'InstitutionAdmin', {
      asks: [
        ask('diagnosis', words('诊断报告与研修任务', 'Diagnosis and tasks'), {
          ...ofClass,
          fields: [
            field('findings', words('突出问题', 'Problems found')),
            field('demonstration', words('示范教学', 'Demonstration lesson')),
            field('tasks', words('研修任务', 'Tasks of study')),
          ],
        }),
      ],
    }),
    stage('polishing', words('研课磨课', 'Lesson study and polishing'), 'SchoolAdmin', {
      asks: [ask('lesson_study', words('研课磨课记录', 'Record of lesson study'), ofSchool)],
    }),
    stage('showcase', words('成果展示', 'Showcase'), 'InstitutionAdmin', {
      asks: [ask('showcase', words('阶段性成果展示', 'Showcase of results'), ofClass)],
    }),
    stage('summary', words('总结提升', 'Summary'), 'InstitutionAdmin', {
      asks: [
        ask('year_summary', words('年度总结', 'Summary of the year'), ofSchool),
        ask('next_school_plan', words('下一年度校本研修计划', 'School plan of the next year'), {
          ...ofSchool,
          yields: 'school_plan',
        }),
        ask('next_personal_plan', words('下一年度个人发展计划', 'Personal plan of the next year'), {
          ...ofTrainee,
          yields: 'personal_plan',
        }),
      ],
    }),
  ],
});

const schoolPlanFields = [
  field('principal', words('第一责任人（校长）', 'First responsible person (principal)'), {
    kind: 'principal',
  }),
  field('goals', words('目标', 'Goals')),
  field('measures', words('措施', 'Measures')),
];

/** 网络研修与校本研修整合 [CRS-31] */
export const onlineSchoolBased = template(
  'online_school_based',
  'CRS-31',
  words('网络研修与校本研修整合', 'Online and school-based study'),
  {
    stages: [
      stage('planning', words('规划设计', 'Planning'), 'CountyAdmin', {
        asks: [
          ask('county_plan', words('区县实施方案', 'Implementation plan of the county'), {
            by: 'CountyAdmin',
            per: 'county',
            fields: [
              field('goals', words('目标', 'Goals')),
              field('measures', words('措施', 'Measures')),
            ],
          }),
          ask('school_plan', words('学校校本研修实施方案', 'Implementation plan of the school'), {
            ...ofSchool,
            fields: schoolPlanFields,
          }),
          ask('study_plan', words('个人研修计划', 'Personal study plan'), ofTrainee),
        ],
      }),
      stage('study', words('组织实施研修', 'Study'), 'CountyAdmin', {
        asks: [
          ask('routine', words('常规研修', 'Routine study'), {
            ...ofSchool,
            fields: [content, ...support],
          }),
          ask('thematic', words('专题研修', 'Thematic study'), {
            ...ofSchool,
            atLeast: 2,
            ordered: true,
            fields: [field('theme', words('主题', 'Theme')), content, ...support],
          }),
          ask('practice', words('培训实践成果', 'Result of practice'), ofTrainee),
        ],
      }),
      stage('appraisal', words('监管评估', 'Appraisal'), 'CountyAdmin', {
        asks: [
          ask('school_appraisal', words('对学校的绩效评估', 'Appraisal of the school'), {
            by: 'CountyAdmin',
            per: 'school',
          }),
        ],
      }),
    ],
  },
);

const formats = [
  present(words('网络研修', 'Online study'), { label: 'online' }),
  present(words('集中培训', 'Face-to-face training'), { label: 'face_to_face' }),
  present(words('现场实践', 'Field practice'), { label: 'field' }),
];

/** 教师工作坊 [CRS-32] */
export const workshop = template('workshop', 'CRS-32', words('教师工作坊', 'Workshop'), {
  grouping: { minFigure: null, maxFigure: null, mentors: false, leader: true },
  checks: [
    check('one_audience', words('分学段、分学科组建', 'Members of one stage and subject')),
    share(words('主题研修', 'Thematic study'), { label: 'thematic' }, 'thematicShareOver', {
      over: true,
    }),
    ...formats,
  ],
  stages: [
    stage('building', words('建坊', 'Building'), 'CountyAdmin', {
      completesWith: ['host', 'groups'],
      asks: [
        ask('workshop_plan', words('工作坊研修方案', 'Plan of the workshop'), {
          by: 'WorkshopHost',
          per: 'class',
        }),
        ask('study_plan', words('个人研修计划', 'Personal study plan'), ofTrainee),
      ],
    }),
    stage('using', words('用坊', 'Using'), 'WorkshopHost', {
      asks: [
        ask('thematic', words('主题研修活动', 'Thematic study'), {
          by: 'WorkshopHost',
          per: 'class',
          atLeast: 2,
          ordered: true,
          fields: [
            field('theme', words('主题', 'Theme')),
            content,
            field('format', words('方式', 'Format'), {
              kind: 'choice',
              choices: ['online', 'face_to_face', 'field'],
            }),
          ],
        }),
        ask('routine', words('常规研修指导', 'Routine study'), {
          by: 'WorkshopHost',
          per: 'class',
        }),
      ],
    }),
    stage('evaluating', words('评坊', 'Evaluating'), 'WorkshopHost', {
      asks: [
        ask('group_evaluation', words('小组评价', 'Evaluation of the group'), {
          by: 'WorkshopHost',
          per: 'group',
        }),
        ask('member_evaluation', words('个体评价', 'Evaluation of the member'), {
          by: 'WorkshopHost',
          per: 'trainee',
        }),
      ],
    }),
  ],
});

/** 示范性教师工作坊: where hosts are trained before they host. [CRS-32] */
export const demonstrationWorkshop: TemplateContent = {
  ...workshop,
  code: 'demonstration_workshop',
  title: words('示范性教师工作坊', 'Demonstration workshop'),
  grouping: null,
  checks: formats,
  stages: [
    stage('first_meeting', words('集中面授', 'First face-to-face part'), 'InstitutionAdmin', {
      asks: [ask('host_training', words('主持能力培训', 'Training to host'), ofClass)],
    }),
    stage('hosting', words('网络研修与主持实践', 'Online study and hosting'), 'InstitutionAdmin', {
      asks: [ask('hosting_record', words('主持实践记录', 'Record of hosting'), ofTrainee)],
    }),
    stage('second_meeting', words('再次集中面授', 'Second face-to-face part'), 'InstitutionAdmin', {
      asks: [ask('sharing', words('主持经验分享', 'Sharing of experience'), ofClass)],
    }),
  ],
};
