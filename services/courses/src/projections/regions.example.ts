/** Some regions of the official table, as the registry tells them; one county is no more. */
import { registry } from '@shixun/contracts';
import type { RealCourses } from '../real-courses.example.ts';
import { regionRecordedHandler } from './regions.ts';

export async function hearRegions(courses: Pick<RealCourses, 'hear'>): Promise<void> {
  await courses.hear(regionRecordedHandler, registry.regionRecorded, [
    { code: '140000', name: '山西省', level: 'province', parentCode: null },
    { code: '140100', name: '太原市', level: 'city', parentCode: '140000' },
    { code: '140105', name: '小店区', level: 'county', parentCode: '140100' },
    { code: '140106', name: '迎泽区', level: 'county', parentCode: '140100' },
    { code: '140107', name: '杏花岭区', level: 'county', parentCode: '140100' },
    { code: '140110', name: '晋源区', level: 'county', parentCode: '140100' },
    {
      ...{ code: '140102', name: '南城区', level: 'county', parentCode: '140100' },
      ...{ abolishedOn: '2026-03-02', successorCodes: ['140105', '140106'] },
    },
  ]);
}
