import { defineNotices } from '@shixun/kernel';

/** What the superior of an abolished region has to see to by hand. */
export const told = defineNotices({
  REGION_DIVIDED: {
    rule: 'REG-01',
    title: { zh: '区划拆分，须逐一划归', en: 'A divided region' },
    zh: '{code} 自 {effectiveOn} 起撤销，其区域由 {successors} 承接；该地的学校、机构、片区与质量监控机构须由上级逐一划归。',
    en: '{code} is abolished from {effectiveOn} and divided among {successors}; its schools, institutions, areas and quality monitor have to be assigned one by one by the superior.',
  },
});
