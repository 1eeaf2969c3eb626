/** Each bureau names its quality-monitoring body, for a time. [REG-03] */
import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

export type DesignateMonitor = {
  readonly regionCode: string;
  readonly monitorName: string;
  readonly institutionId: string | null;
  readonly from: CivilDate;
  /** First day no longer designated; null for an open end. */
  readonly to: CivilDate | null;
};

export type DesignateFacts = {
  /** True when the caller is the bureau of that very region, not of one above it. */
  readonly ownBureau: boolean;
  /** First day of the designation that stands; null without one. */
  readonly standingFrom: CivilDate | null;
};

export function designateMonitor(
  command: DesignateMonitor,
  { ownBureau, standingFrom }: DesignateFacts,
): Decision<DesignateMonitor> {
  const { regionCode, from, to } = command;
  const faults: Fault[] = [];
  if (!ownBureau) {
    faults.push(fault(codes.MONITOR_OF_OTHER_BUREAU, ['regionCode'], { required: regionCode }));
  }
  if (standingFrom !== null && from <= standingFrom) {
    const figures = { required: standingFrom, actual: from };
    faults.push(fault(codes.MONITOR_BEFORE_STANDING, ['from'], figures));
  }
  if (to !== null && to <= from) {
    faults.push(fault(codes.MONITOR_PERIOD_EMPTY, ['to'], { required: from, actual: to }));
  }
  return decide(faults, () => command);
}
