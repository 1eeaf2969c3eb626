/** Who runs spot checks in the demo province: the county of the story has named its body, and so has its city. [REG-03] */
import { civilDateOf, yearOf } from '@shixun/kernel';
import type { MonitorRow } from '@shixun/registry/bulk';
import { idOf } from './seeded.ts';
import { focusCounty } from './size.ts';

const bodies = [
  [focusCounty, '小店区教师培训质量监控中心'],
  ['140100', '太原市教师培训质量监控中心'],
] as const;

/** Designations in force since the beginning of the year in which the province is loaded. */
export function demoMonitors(now: Date): readonly MonitorRow[] {
  const from = `${yearOf(civilDateOf(now))}-01-01`;
  return bodies.map(([regionCode, monitorName], n) => {
    const told = { regionCode, monitorName, institutionId: null, from, to: null };
    return { _id: idOf('monitor', n), ...told, designatedAt: now };
  });
}
