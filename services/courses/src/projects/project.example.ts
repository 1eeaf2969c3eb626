/** A county's project as its bureau drafts it. Tests bend it. */
import type { DraftProject } from './draft.ts';
import type { Actor } from './owner.ts';

const county = '140105';

export const exampleDraft: DraftProject = {
  title: '初中语文骨干教师阅读教学研修',
  level: 'county',
  sector: 'basic',
  modality: 'concentrated',
  channel: 'self_selected',
  stage: 'junior',
  subject: 'chinese',
  audience: {
    stages: ['junior'],
    subjects: ['chinese'],
    careerStages: ['backbone'],
    regionCodes: [],
    ruralOnly: false,
    minorityBilingualOnly: false,
    principalsOnly: false,
    graduatingClasses: false,
  },
  contentCode: 'junior-chinese-reading',
  ownerRegionCode: county,
  schoolId: null,
  keyProject: false,
  year: 2026,
  hoursCenti: 90_00,
  plannedPlaces: null,
  dispatchPlaces: null,
  startsOn: '2026-07-01',
  endsOn: '2026-12-31',
};

export const countyAdmin: Actor = {
  subject: 'person_county',
  grants: [{ role: 'CountyAdmin', regionCode: county }],
};
export const provinceAdmin: Actor = {
  subject: 'person_province',
  grants: [{ role: 'ProvinceAdmin', regionCode: '140000' }],
};
export const schoolAdmin: Actor = {
  subject: 'person_school',
  grants: [{ role: 'SchoolAdmin', schoolId: 'sch_1' }],
};
export const institutionAdmin: Actor = {
  subject: 'person_institution',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
