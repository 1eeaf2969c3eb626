/** The templates that ship with the platform; a province publishes others beside them. */

import type { Modality } from '../projects/project.ts';
import {
  ask,
  check,
  content,
  field,
  ofClass,
  ofTrainee,
  present,
  share,
  stage,
  template,
  words,
} from './shipped-parts.ts';
import { demonstrationWorkshop, onlineSchoolBased, visiting, workshop } from './shipped-rural.ts';
import type { TemplateContent } from './template.ts';

/** 置换脱产研修 [CRS-33] */
export const releaseTime = template(
  'release_time',
  'CRS-33',
  words('置换脱产研修', 'Release-time study'),
  {
    grouping: {
      minFigure: 'releaseGroupMinTrainees',
      maxFigure: 'releaseGroupMaxTrainees',
      mentors: true,
      leader: false,
    },
    checks: [
      check('months', words('研修时长', 'Length of the study'), {
        figure: 'releaseMinMonths',
        upperFigure: 'releaseMaxMonths',
      }),
      check('trainer_share', words('省域外专家', 'Out-of-province experts'), {
        whose: 'out_of_province',
        figure: 'releaseOutOfProvinceShareMin',
      }),
      check('trainer_share', words('教研员和一线优秀教师', 'Researchers and front-line teachers'), {
        whose: 'practitioner',
        figure: 'releasePractitionerShareMin',
      }),
      check('chief_expert', words('首席专家', 'Chief expert')),
      share(
        words('培训类课程', 'Training-type modules'),
        { label: 'training' },
        'releaseTrainingModuleShareMin',
      ),
      share(
        words('集中研修阶段的实践性培训', 'Practice in the centralised stage'),
        { stage: 'centralised', label: 'practical' },
        'releaseCentralisedPracticeShareMin',
        { among: { stage: 'centralised', label: null } },
      ),
      share(words('跟岗实践', 'Shadow practice'), { stage: 'shadow' }, 'releaseShadowShareMin'),
      present(words('优质中小学幼儿园跟岗实践', 'Shadow practice in schools'), {
        stage: 'shadow',
        label: 'school',
      }),
      present(words('市县教师发展中心跟岗实践', 'Shadow practice in development centres'), {
        stage: 'shadow',
        label: 'centre',
      }),
    ],
    stages: [
      stage('centralised', words('集中研修', 'Centralised study'), 'InstitutionAdmin', {
        opensWith: ['substitutes'],
        completesWith: ['groups'],
        asks: [
          ask('diagnosis', words('诊断测评', 'Diagnosis'), ofClass),
          ask('study_plan', words('个人研修计划', 'Personal study plan'), ofTrainee),
        ],
      }),
      stage('shadow', words('跟岗实践', 'Shadow practice'), 'InstitutionAdmin', {
        completesWith: ['placement_school', 'placement_centre'],
        asks: [ask('return_plan', words('返岗实践方案', 'Plan of return practice'), ofTrainee)],
      }),
      stage('return', words('返岗实践', 'Return practice'), 'InstitutionAdmin', {
        asks: [
          ask('county_arrangement', words('承担培训工作安排', 'Training work given to trainees'), {
            by: 'CountyAdmin',
            per: 'county',
          }),
          ask('training_case', words('培训实践案例', 'Case of training practice'), ofTrainee),
          ask('course_resource', words('培训课程资源', 'Resource for training courses'), ofTrainee),
        ],
      }),
      stage('summary', words('总结提升', 'Summary'), 'InstitutionAdmin', {
        asks: [
          ask('showcase', words('成果展示', 'Showcase of results'), ofClass),
          ask('development_plan', words('个人发展规划', 'Personal plan of development'), {
            ...ofTrainee,
            yields: 'personal_plan',
          }),
        ],
      }),
    ],
  },
);

/** 跟岗 [CRS-34] */
const shadow = template('shadow', 'CRS-34', words('跟岗实践', 'Shadow placement'), {
  stages: [
    stage('placement', words('跟岗实践', 'Placement'), 'InstitutionAdmin', {
      completesWith: ['placement'],
    }),
  ],
});

/** 校本研修: filed with the county, which inspects and guides in rounds. [CRS-35; SX 二(三)] */
const schoolBased = template('school_based', 'CRS-35', words('校本研修', 'School-based study'), {
  stages: [
    stage('study', words('校本研修', 'School-based study'), 'SchoolAdmin', {
      asks: [
        ask('inspection_round', words('县级巡回指导', 'Inspection round of the county'), {
          by: 'CountyAdmin',
          per: 'class',
          ordered: true,
          fields: [
            field('date', words('日期', 'Date'), { kind: 'date' }),
            field('findings', words('检查情况', 'What was found')),
            field('guidance', words('指导意见', 'Guidance')),
          ],
        }),
      ],
    }),
  ],
});

/** 学历提升: the credential is what CRD-20 converts. [CRS-35] */
const degree = template('degree', 'CRS-35', words('学历提升', 'Degree study'), {
  stages: [
    stage('study', words('学历学习', 'Degree study'), 'InstitutionAdmin', {
      asks: [
        ask('credential', words('学历证明', 'Proof of the degree'), {
          ...ofTrainee,
          fields: [
            field('credential_number', words('证书编号', 'Number of the certificate')),
            field('granted_on', words('授予日期', 'Granted on'), { kind: 'date' }),
          ],
        }),
      ],
    }),
  ],
});

const abroad = template('abroad', 'CRS-35', words('境外培训', 'Training abroad'), {
  stages: [
    stage('preparation', words('行前培训', 'Preparation'), 'InstitutionAdmin', {
      asks: [ask('preparation', words('行前培训记录', 'Record of the preparation'), ofClass)],
    }),
    stage('abroad', words('境外研修', 'Study abroad'), 'InstitutionAdmin', {
      asks: [
        ask('report', words('研修报告', 'Report'), {
          ...ofTrainee,
          fields: [content],
        }),
      ],
    }),
  ],
});

export const shippedTemplates: readonly TemplateContent[] = [
  template('concentrated', 'CRS-35', words('集中培训', 'Concentrated training')),
  template('blended', 'CRS-35', words('混合式培训', 'Blended training')),
  template('online', 'CRS-35', words('网络自主研修', 'Online self-paced study')),
  schoolBased,
  visiting,
  onlineSchoolBased,
  workshop,
  demonstrationWorkshop,
  releaseTime,
  shadow,
  template('out_of_province', 'CRS-35', words('省外培训', 'Training out of the province')),
  abroad,
  degree,
];

/** The template that a project of the modality has when it names none. */
export function shippedTemplate(modality: Modality): TemplateContent {
  const found = shippedTemplates.find(({ code }) => code === modality);
  if (found === undefined) throw new Error(`no template ships for ${modality}`);
  return found;
}
