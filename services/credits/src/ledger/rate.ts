/** Hours → credits by the policy in force, by level and type of the training. [CRD-02] */
import type { PolicyFigures } from '@shixun/kernel';
import type { Level } from './account.ts';
import type { CreditRate } from './entry.ts';

/**
 * Credits per hour: the level's rate times the factor of the modality. Training that is online and school-based at
 * once takes both factors. An exact ratio; nothing is rounded before the hours are known.
 */
export function creditRateOf(figures: PolicyFigures, level: Level, modality: string): CreditRate {
  const rates = {
    national: figures.creditsPerHourNational,
    provincial: figures.creditsPerHourProvincial,
    city: figures.creditsPerHourCity,
    county: figures.creditsPerHourCounty,
    school: figures.creditsPerHourSchool,
  };
  const factors =
    {
      online: [figures.creditFactorOnline],
      school_based: [figures.creditFactorSchoolBased],
      online_school_based: [figures.creditFactorOnline, figures.creditFactorSchoolBased],
    }[modality] ?? [];
  return factors.reduce(
    (rate, factor) => ({
      numerator: rate.numerator * factor.numerator,
      denominator: rate.denominator * factor.denominator,
    }),
    rates[level],
  );
}
