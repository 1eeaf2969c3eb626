/** The institutions of the demo province. Development centres stand for every bureau; the others are invented. */

import { addDays } from '@shixun/kernel';
import type { InstitutionRow, QualificationRecord, RegionRow } from '@shixun/registry/bulk';
import { idOf } from './seeded.ts';
import { focusCounty } from './size.ts';

type Planned = Omit<InstitutionRow, 'registeredAt'>;
type Scope = Pick<QualificationRecord, 'levels' | 'stages' | 'subjects' | 'modalities'>;

const schoolStages = ['kindergarten', 'primary', 'junior', 'senior'] as const;
const subjects = (
  'chinese mathematics english physics chemistry biology politics history geography music pe art it ' +
  'science labour mental_health preschool management minority_bilingual'
).split(' ');
const offline = [
  'concentrated',
  'blended',
  'school_based',
  'visiting',
  'workshop',
  'shadow',
] as const;
const online = ['online', 'blended', 'online_school_based', 'workshop'] as const;

const university: Scope = {
  levels: ['national', 'provincial', 'city', 'county'],
  stages: [...schoolStages, 'vocational', 'higher'],
  subjects,
  modalities: [...offline, 'online', 'release_time', 'out_of_province', 'abroad', 'degree'],
};
const provider: Scope = {
  levels: ['provincial', 'city', 'county'],
  stages: [...schoolStages, 'vocational'],
  subjects,
  modalities: online,
};
const centre = (levels: Scope['levels']): Scope => ({
  levels,
  stages: [...schoolStages],
  subjects,
  modalities: [...offline, 'online_school_based'],
});
const base: Scope = {
  levels: ['county', 'school'],
  stages: ['primary', 'junior'],
  subjects: ['chinese', 'mathematics', 'english'],
  modalities: ['shadow', 'concentrated'],
};

/** The first is the development centre of the focus county: the institution of the story. */
export function plannedInstitutions(regions: readonly RegionRow[], today: string): Planned[] {
  const rows: Planned[] = [];
  const add = (name: string, kind: Planned['kind'], regionCode: string, scope: Scope) => {
    const n = rows.length;
    rows.push({
      _id: idOf('institution', n),
      name,
      kind,
      regionCode,
      application: null,
      ...qualified(scope, today),
    });
  };
  const bureaus = regions.filter(({ level }) => level !== 'township');
  const focusFirst = (region: RegionRow) => Number(region._id !== focusCounty);
  for (const region of bureaus.toSorted((a, b) => focusFirst(a) - focusFirst(b))) {
    const levels = levelsOf(region);
    add(`${region.name}教师发展中心`, 'development_centre', region._id, centre(levels));
  }
  add('山西示范师范大学（演示）', 'normal_university', focusCounty, university);
  add('汾河示范大学（演示）', 'university', focusCounty, university);
  add('晋师网络研修中心（演示）', 'online_provider', '140106', provider);
  add('三晋在线教育（演示）', 'online_provider', '140110', provider);
  for (const name of ['坞城', '北格', '平阳路']) {
    add(`小店区${name}研修基地（演示）`, 'practice_base', focusCounty, base);
  }
  return rows;
}

/** How many moves lie behind a qualification that was applied for, taken up and granted. */
const movesCount = 3;

function qualified(scope: Scope, today: string) {
  const validFrom = `${today.slice(0, 4)}-01-01`;
  const termDays = 3 * 365;
  const validTo = addDays(validFrom, termDays - 1);
  const qualification: QualificationRecord = {
    ...scope,
    state: 'qualified',
    validFrom,
    validTo,
    termDays,
    run: [],
  };
  return { qualification, movesCount };
}

function levelsOf({ level }: RegionRow): Scope['levels'] {
  if (level === 'province') return ['provincial', 'city', 'county'];
  return level === 'city' ? ['city', 'county'] : ['county', 'school'];
}
