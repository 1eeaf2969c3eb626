/** Funding floors of a yearly plan, in exact fen 分. [PLN-04] */
import { compareRatio, type PolicyFigures, type Ratio, regionLevel } from '@shixun/kernel';
import type { PlanningBody } from './body.ts';

/** On what the share is reckoned: the staff payroll 工资总额, or the public-funds budget 公用经费. */
export type BaseKind = 'payroll' | 'public_funds';

export type FundingFigures = Pick<
  PolicyFigures,
  | 'fundingBureauPayrollShareMin'
  | 'fundingSchoolPublicFundsShareMin'
  | 'fundingHigherPayrollShareMin'
>;

export type FundingFloor = { readonly base: BaseKind; readonly share: Ratio };

/** The floor that binds a body: bureaus, schools up to secondary vocational, higher education. */
export function fundingFloorOf(body: PlanningBody, figures: FundingFigures): FundingFloor {
  if (body.schoolId === null)
    return { base: 'payroll', share: figures.fundingBureauPayrollShareMin };
  return body.sector === 'higher'
    ? { base: 'payroll', share: figures.fundingHigherPayrollShareMin }
    : { base: 'public_funds', share: figures.fundingSchoolPublicFundsShareMin };
}

export type Funding = {
  readonly baseCents: number;
  readonly plannedCents: number;
  /** The least that reaches the floor, in whole fen. */
  readonly requiredCents: number;
  readonly gapCents: number;
  readonly below: boolean;
};

/** What is required, planned and lacking; exactly the floor is enough. */
export function fundingOf(
  baseCents: number,
  plannedCents: number,
  { share }: FundingFloor,
): Funding {
  const { numerator, denominator } = share;
  const product = BigInt(baseCents) * BigInt(numerator);
  const requiredCents = Number((product + BigInt(denominator) - 1n) / BigInt(denominator));
  return {
    baseCents,
    plannedCents,
    requiredCents,
    gapCents: Math.max(0, requiredCents - plannedCents),
    below: compareRatio(plannedCents, baseCents, numerator, denominator) < 0,
  };
}

/** Townships file nothing: a bureau stands at county level or above. */
export function isBureauRegion(regionCode: string): boolean {
  const level = regionLevel(regionCode);
  return level !== undefined && level !== 'township';
}
