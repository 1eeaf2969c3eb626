/** A bureau names a trainer member of a county's team. [REG-13] */
import { type Decision, decide, type Fault, fault, regionLevel } from '@shixun/kernel';
import { codes } from './refusals.ts';

export function nameTeamMember(
  { regionCode }: { readonly regionCode: string },
  { member }: { readonly member: boolean },
): Decision<{ readonly regionCode: string }> {
  const faults: Fault[] = [];
  if (regionLevel(regionCode) !== 'county') {
    faults.push(fault(codes.NO_COUNTY, ['regionCode'], { actual: regionCode }));
  }
  if (member) faults.push(fault(codes.MEMBER_ALREADY, ['trainerId'], { actual: regionCode }));
  return decide(faults, () => ({ regionCode }));
}
