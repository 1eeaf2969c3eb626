/** The rows that an enrollment rush needs: classes of thirty sessions, items of a menu, teachers. */

const audience = {
  stages: ['primary'],
  subjects: ['chinese'],
  careerStages: [],
  regionCodes: [],
  ruralOnly: false,
  minorityBilingualOnly: false,
  principalsOnly: false,
  graduatingClasses: false,
};

export function classRow(id: string, capacity: number) {
  const sessions = Array.from({ length: 30 }, (_, n) => ({
    _id: `ses_${id}_${n}`,
    moduleId: 'mod_1',
    date: `2026-07-${String(1 + Math.floor(n / 2)).padStart(2, '0')}`,
    startMinute: n % 2 === 0 ? 510 : 840,
    minutes: 135,
    place: '教学楼 301',
    trainerId: 'trn_1',
    required: true,
  }));
  return {
    _id: `cls_${id}`,
    projectId: `prj_${id}`,
    institutionId: 'ins_1',
    ownerRegionCode: '140105',
    state: 'open',
    capacity,
    quotas: [],
    audience,
    contentCode: `content-${id}`,
    year: 2026,
    channel: 'self_selected',
    sessions,
  };
}

export function itemRow(id: string) {
  const day = 24 * 3_600_000;
  return {
    _id: `mni_${id}`,
    menuId: 'mnu_1',
    classId: `cls_${id}`,
    regionCode: '140105',
    opensAt: new Date(Date.now() - day),
    closesAt: new Date(Date.now() + day),
    words: [],
  };
}

export function teacherRow(id: string) {
  return {
    _id: id,
    status: 'active',
    stage: 'primary',
    subjects: ['chinese'],
    careerStage: 'young',
    rural: false,
    minorityBilingual: false,
    principal: false,
    graduatingClass: false,
    schoolId: 'sch_1',
    regionCode: '140105001',
  };
}
