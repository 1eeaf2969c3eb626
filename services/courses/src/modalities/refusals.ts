import { defineRefusals } from '@shixun/kernel';

/** In the order in which the decisions on modalities check them; a template's own rule stands in for CRS-35. */
export const codes = defineRefusals({
  TEMPLATE_OF_OTHERS: {
    rule: 'CRS-35',
    zh: '培训方式模板 {actual} 属于 {required}，不能由他人更新。',
    en: 'Template {actual} belongs to {required}; nobody else publishes it.',
  },
  TEMPLATE_STAGES_MISSING: {
    rule: 'CRS-35',
    zh: '培训方式至少有一个环节，环节代号不得重复：{actual}。',
    en: 'A modality has at least one stage, each with a key of its own: {actual}.',
  },
  TEMPLATE_ASK_INVALID: {
    rule: 'CRS-35',
    zh: '环节“{stage}”的佐证要求“{actual}”有误：代号不得重复，至少一项填报内容，选项须列明。',
    en: 'Evidence “{actual}” of stage “{stage}” is not valid: keys differ, at least one field, choices named.',
  },
  TEMPLATE_CHECK_INVALID: {
    rule: 'CRS-35',
    zh: '底线“{actual}”有误：须指明政策数值或自有比例之一，且其环节存在。',
    en: 'Check “{actual}” is not valid: it names a figure of the policy or a share of its own, and stages that exist.',
  },
  TEMPLATE_LOOSER: {
    rule: 'CRS-35',
    zh: '以 {base} 为基础的模板须保留其全部底线，缺少“{requiredZh}”。',
    en: 'A template based on {base} keeps all of its minimums; “{requiredEn}” is missing.',
  },
  PROJECT_TEMPLATE_UNKNOWN: {
    rule: 'CRS-35',
    zh: '没有培训方式模板 {actual}，或它不适用于 {required}。',
    en: 'There is no template {actual}, or it does not hold in {required}.',
  },
  PROJECT_TEMPLATE_OF_OTHER_MODALITY: {
    rule: 'CRS-35',
    zh: '模板 {template} 属于 {actual}，而项目的培训方式为 {required}。',
    en: 'Template {template} is one of {actual}; the project is {required}.',
  },
  MODULE_STAGE_UNKNOWN: {
    rule: 'CRS-35',
    zh: '课程“{module}”须写明所属环节（{required}），现为 {actual}。',
    en: 'Module “{module}” names its stage ({required}); it is {actual}.',
  },
  STAGE_WITHOUT_HOURS: {
    rule: 'CRS-35',
    zh: '环节“{requiredZh}”没有课程学时。',
    en: 'Stage “{requiredEn}” has no hours.',
  },
  MODULE_SHARE_TOO_SMALL: {
    rule: 'CRS-35',
    zh: '“{nameZh}”{part} 学时，占 {whole} 学时的 {actual}，要求{boundZh} {required}。',
    en: '{nameEn}: {part} of {whole} hours is {actual}; it must be {boundEn} {required}.',
  },
  MODULES_ABSENT: {
    rule: 'CRS-35',
    zh: '方案缺少“{nameZh}”的课程。',
    en: 'The plan has no module of “{nameEn}”.',
  },
  TRAINER_SHARE_TOO_SMALL: {
    rule: 'CRS-35',
    zh: '{trainers} 名培训者中“{nameZh}”{members} 名，占 {actual}，要求{boundZh} {required}。',
    en: '{nameEn}: {members} of {trainers} trainers is {actual}; it must be {boundEn} {required}.',
  },
  CHIEF_EXPERT_MISSING: {
    rule: 'CRS-35',
    zh: '方案须从培训者中明确一名首席专家，现为 {actual}。',
    en: 'The plan names a chief expert among its trainers; it is {actual}.',
  },
  STUDY_MONTHS_WRONG: {
    rule: 'CRS-35',
    zh: '班级“{class}”为 {actual}，须历时 {required} 个月。',
    en: 'Class “{class}” is {actual}; it must last {required} months.',
  },
  PIECE_TOO_SHORT: {
    rule: 'CRS-35',
    zh: '班级“{class}”的一段（{period}）仅 {actual} 天，不得少于 {required} 天。',
    en: 'A piece of class “{class}” ({period}) has {actual} days; {required} is the least.',
  },
  AUDIENCE_NOT_ONE: {
    rule: 'CRS-35',
    zh: '学员须同一学段、同一学科，现为 {actual}。',
    en: 'The members are of one stage and one subject; they are {actual}.',
  },
  STAGE_CLASS_NOT_RUNNING: {
    rule: 'CRS-55',
    zh: '班级当前状态为 {actual}，环节在 {required} 时推进。',
    en: 'The class is {actual}; stages move on while it is {required}.',
  },
  STAGE_UNKNOWN: {
    rule: 'CRS-35',
    zh: '该培训方式没有环节 {actual}；环节依次为 {required}。',
    en: 'The modality has no stage {actual}; its stages are {required}.',
  },
  STAGE_NOT_NEXT: {
    rule: 'CRS-35',
    zh: '环节须依次进行：环节 {stage} 当前为 {actual}，须先完成 {required}。',
    en: 'Stages go in order: {stage} is {actual}; {required} is to be completed first.',
  },
  STAGE_NOT_OPEN: {
    rule: 'CRS-35',
    zh: '环节 {stage} 当前为 {actual}，此操作要求 {required}。',
    en: 'Stage {stage} is {actual}; this needs {required}.',
  },
  STAGE_OF_OTHERS: {
    rule: 'CRS-35',
    zh: '此步由 {required} 办理。',
    en: 'This is done by {required}.',
  },
  EVIDENCE_UNKNOWN: {
    rule: 'CRS-35',
    zh: '环节 {stage} 不要求佐证 {actual}；要求：{required}。',
    en: 'Stage {stage} asks for no evidence {actual}; it asks for {required}.',
  },
  EVIDENCE_ABOUT_NOBODY: {
    rule: 'CRS-35',
    zh: '佐证须针对本班的一个{required}，现为 {actual}。',
    en: 'The evidence is about one {required} of the class; it is {actual}.',
  },
  EVIDENCE_FIELD_MISSING: {
    rule: 'CRS-35',
    zh: '佐证缺少“{requiredZh}”。',
    en: 'The evidence lacks “{requiredEn}”.',
  },
  EVIDENCE_FIELD_INVALID: {
    rule: 'CRS-35',
    zh: '“{nameZh}”填写有误：{actual}，应为 {required}。',
    en: '“{nameEn}” is not valid: {actual}; it must be {required}.',
  },
  EVIDENCE_OUT_OF_ORDER: {
    rule: 'CRS-31',
    zh: '系列活动须依次记录：下一步为第 {required} 步，现为第 {actual} 步。',
    en: 'A series is recorded in order: step {required} is next, not {actual}.',
  },
  EVIDENCE_TOO_LITTLE: {
    rule: 'CRS-35',
    zh: '“{nameZh}”（{about}）要求 {required} 份，现有 {actual} 份。',
    en: '{nameEn} ({about}): {required} needed, {actual} recorded.',
  },
  GROUPS_MISSING: {
    rule: 'CRS-33',
    zh: '尚未将 {required} 名学员分组，已分组 {actual} 名。',
    en: 'Of {required} trainees {actual} are in a group.',
  },
  GROUP_SIZE_WRONG: {
    rule: 'CRS-33',
    zh: '第 {group} 组 {actual} 人，每组须 {required} 人。',
    en: 'Group {group} has {actual} trainees; a group has {required}.',
  },
  GROUP_MENTOR_MISSING: {
    rule: 'CRS-33',
    zh: '第 {group} 组的“三人行”导师组缺少 {required}，现为 {actual}。',
    en: 'The mentor team of group {group} lacks its {required}; it has {actual}.',
  },
  GROUP_LEADER_MISSING: {
    rule: 'CRS-32',
    zh: '第 {group} 组没有从组员中选出的组长。',
    en: 'Group {group} has no leader among its members.',
  },
  GROUP_MEMBER_WRONG: {
    rule: 'CRS-33',
    zh: '{actual} 不是本班学员，或已在另一小组。',
    en: '{actual} is no trainee of the class, or is in a group already.',
  },
  GROUPS_NOT_ASKED: {
    rule: null,
    zh: '该培训方式不分组。',
    en: 'This modality has no groups.',
  },
  SUBSTITUTE_PERIOD_INVALID: {
    rule: 'CRS-33',
    zh: '可顶岗期间有误：{actual}。',
    en: 'The period of the substitute is not in order: {actual}.',
  },
  SUBSTITUTE_UNFIT: {
    rule: 'CRS-33',
    zh: '顶岗教师 {actual} 不能顶替学员 {trainee}：服务地区、学段、学科须相符，且整个脱产期间（{required}）可用。',
    en: 'Substitute {actual} cannot stand in for {trainee}: region, stage and subject must fit, there for the whole release ({required}).',
  },
  SUBSTITUTE_TAKEN: {
    rule: 'CRS-33',
    zh: '顶岗教师 {actual} 在 {required} 期间已有安排。',
    en: 'Substitute {actual} is taken in {required}.',
  },
  SUBSTITUTES_MISSING: {
    rule: 'CRS-33',
    zh: '{required} 名学员中仅 {actual} 名有整个脱产期间的顶岗教师，缺：{missing}。',
    en: 'Of {required} trainees {actual} have a substitute for the whole release; without: {missing}.',
  },
  VISIT_NOT_OF_PROJECT: {
    rule: 'CRS-30',
    zh: '班级的培训方式为 {actual}，送教记录属于 {required}。',
    en: 'The class is {actual}; visits belong to {required}.',
  },
  VISIT_TOWNSHIP_WRONG: {
    rule: 'CRS-30',
    zh: '{actual} 不是 {required} 的乡镇。',
    en: '{actual} is no township of {required}.',
  },
  VISIT_DATES_WRONG: {
    rule: 'CRS-30',
    zh: '送教日期 {actual} 有误，或不在班级日期 {required} 之内，或与另一次重叠。',
    en: 'The days of the visit, {actual}, are not in order, outside the class ({required}) or overlap another visit.',
  },
  VISIT_TOO_SHORT: {
    rule: 'CRS-30',
    zh: '每次送教不少于 {required} 天，本次 {actual} 天。',
    en: 'A visit has at least {required} days; this one has {actual}.',
  },
  VISITS_TOO_FEW: {
    rule: 'CRS-30',
    zh: '{township} 的 {subject} 学科 {year} 年送教 {actual} 次，要求不少于 {required} 次。',
    en: '{township}, {subject}: {actual} visits in {year}; at least {required} are asked for.',
  },
  HOST_WITHOUT_DEMONSTRATION: {
    rule: 'CRS-32',
    zh: '教师 {actual} 尚未完成示范性工作坊研修，不能主持工作坊。',
    en: 'Teacher {actual} has completed no demonstration workshop and cannot host.',
  },
  HOST_APPOINTED_ALREADY: {
    rule: 'CRS-32',
    zh: '该工作坊已有主持人 {actual}。',
    en: 'The workshop has its host {actual}.',
  },
  HOST_NOT_ASKED: {
    rule: 'CRS-32',
    zh: '班级的培训方式为 {actual}，主持人属于 {required}。',
    en: 'The class is {actual}; hosts belong to {required}.',
  },
  HOST_STEP_NOT_NEXT: {
    rule: 'CRS-32',
    zh: '主持人当前为 {actual}，此步要求 {required}。',
    en: 'The host is {actual}; this step needs {required}.',
  },
  HOST_MISSING: {
    rule: 'CRS-32',
    zh: '工作坊没有主持人。',
    en: 'The workshop has no host.',
  },
  PLACEMENT_DATES_WRONG: {
    rule: 'CRS-34',
    zh: '跟岗日期 {actual} 有误，或不在班级日期 {required} 之内，或与学员的另一次跟岗重叠。',
    en: 'The days of the placement, {actual}, are not in order, outside the class ({required}) or overlap the trainee’s other placement.',
  },
  PLACEMENT_HOST_UNKNOWN: {
    rule: 'CRS-34',
    zh: '跟岗基地 {actual} 尚未登记接收能力。',
    en: 'Host {actual} has not said how many it takes.',
  },
  PLACEMENT_HOST_FULL: {
    rule: 'CRS-34',
    zh: '跟岗基地 {host} 最多同时接收 {required} 人，此安排将达 {actual} 人。',
    en: 'Host {host} takes {required} at a time; this would make it {actual}.',
  },
  PLACEMENT_CAPACITY_BELOW: {
    rule: 'CRS-34',
    zh: '已安排同时跟岗 {required} 人，接收能力不能降至 {actual} 人。',
    en: '{required} are placed at a time; the capacity cannot fall to {actual}.',
  },
  PLACEMENT_TRAINEE_UNKNOWN: {
    rule: 'CRS-34',
    zh: '{actual} 不是本班学员。',
    en: '{actual} is no trainee of the class.',
  },
  PLACEMENT_OVER: {
    rule: 'CRS-34',
    zh: '跟岗当前为 {actual}，此操作要求 {required}。',
    en: 'The placement is {actual}; this needs {required}.',
  },
  PLACEMENT_DIARY_DAY_WRONG: {
    rule: 'CRS-34',
    zh: '跟岗日志日期 {actual} 须在跟岗期间 {required} 之内，每日一篇。',
    en: 'The day of the diary, {actual}, lies in the placement ({required}), one entry a day.',
  },
  PLACEMENT_NOT_ASSESSED: {
    rule: 'CRS-34',
    zh: '{required} 名学员中 {actual} 名有导师已评定的跟岗（{kind}）。',
    en: 'Of {required} trainees {actual} have an assessed placement ({kind}).',
  },
  PLACEMENT_NOT_PASSED: {
    rule: 'CRS-34',
    zh: '{actual} 尚无导师评定合格的跟岗（{kind}）。',
    en: '{actual} has no placement that the mentor passed ({kind}).',
  },
});
