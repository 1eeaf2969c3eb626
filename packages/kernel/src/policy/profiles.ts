import type { PolicyVersion } from './version.ts';

const share = (numerator: number, denominator: number) => ({ numerator, denominator });

/**
 * What 晋教师〔2023〕4号 itself sets for Shanxi, from its date on; everything else is inherited. A figure equal to
 * the base's stands here all the same: it is then the province's own, and outlives a change of a default.
 */
export const shanxi2023 = {
  id: 'shanxi-2023@1',
  profile: 'shanxi-2023',
  regionCode: '140000',
  effectiveFrom: '2023-05-04',
  base: 'national@1',
  figures: {
    fundingBureauPayrollShareMin: share(25, 1000),
    fundingSchoolPublicFundsShareMin: share(5, 100),
    fundingHigherPayrollShareMin: share(15, 1000),
    ethicsFirst: true,
    cycleYears: 5,
    yearlyHoursMinBasicCenti: 72_00,
    yearlyHoursMinVocationalCenti: 90_00,
    cycleHoursMinBasicCenti: 360_00,
    cycleHoursMinVocationalCenti: 450_00,
  },
} as const satisfies PolicyVersion;

/**
 * What 浙教办师〔2014〕14号 itself sets for Zhejiang; everything else is inherited. The document at hand carries its
 * year only, so it is in force from the first day of it.
 */
export const zhejiang2014 = {
  id: 'zhejiang-2014@1',
  profile: 'zhejiang-2014',
  regionCode: '330000',
  effectiveFrom: '2014-01-01',
  base: 'national@1',
  figures: {
    assessmentFromHoursCenti: 90_00,
    splitFromHoursCenti: 90_00,
    segmentsMax: 2,
    schedulePublishedBeforeMinDays: 5,
    absenceLimit: share(1, 5),
    absenceRuleFromHoursCenti: 90_00,
    spotCheckShareMin: share(20, 100),
    directorObservationsMin: 2,
    managerObservationsMin: 4,
  },
} as const satisfies PolicyVersion;
