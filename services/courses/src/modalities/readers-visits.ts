/** The visits of a county's year: those that were made, and where teachers wait for one. [CRS-30] */
import { isWithin, type PolicyFigures, regionLevel, regionPath } from '@shixun/kernel';
import { within } from '@shixun/runtime';
import { teachers } from '../projections/teachers.ts';
import type { Audience } from '../projects/project.ts';
import { classes } from '../projects/store.ts';
import { figureWaivers } from '../waivers/store.ts';
import type { Reader } from './readers.ts';
import { visits } from './store-people.ts';
import { cellsOf, type PlannedVisits, type VisitCell } from './visits.ts';

export type CountyYear = { readonly countyCode: string; readonly year: number };

/** The cells of the matrix; a project whose figure is waived asks nothing of its cells. */
export async function visitCells(
  reader: Reader,
  asked: CountyYear,
  { visitsPerYearMin }: Pick<PolicyFigures, 'visitsPerYearMin'>,
): Promise<readonly VisitCell[]> {
  const made = await reader.find(visits, asked);
  const planned = await plannedVisits(reader, asked);
  const projectIds = [...new Set([...made, ...planned].map(({ projectId }) => projectId))];
  const waivers = await reader.find(figureWaivers, {
    projectId: { $in: projectIds },
    figure: 'visitsPerYearMin',
  });
  const waived = new Set(waivers.map(({ projectId }) => projectId));
  return cellsOf({ made, planned, waived }, visitsPerYearMin);
}

/** Classes that were begun: what is only published may still be cancelled. */
const begun = ['running', 'closing', 'closed'];

/** Each township in which rural teachers of the subject are in the audience of a visiting class of the year. */
async function plannedVisits(
  reader: Reader,
  { countyCode, year }: CountyYear,
): Promise<readonly PlannedVisits[]> {
  const visiting = await reader.find(classes, {
    modality: 'visiting',
    year,
    ownerRegionCode: { $in: regionPath(countyCode) },
    state: { $in: begun },
  });
  const planned: PlannedVisits[] = [];
  for (const { projectId, subject, audience, ownerRegionCode } of visiting) {
    const parts = partsOf(countyCode, audience, ownerRegionCode);
    if (parts.length === 0) continue;
    const found = await reader.find(teachers, {
      rural: true,
      status: 'active',
      subjects: subject,
      ...(audience.stages.length > 0 ? { stage: { $in: [...audience.stages] } } : {}),
      $or: parts.map((code) => ({ regionCode: within(code) })),
    });
    const townships = new Set(found.map(({ regionCode }) => regionCode));
    for (const townshipCode of townships) {
      if (regionLevel(townshipCode) === 'township')
        planned.push({ townshipCode, subject, projectId });
    }
  }
  return planned;
}

/** Where the audience and the county meet. An empty audience is the owner's region. */
function partsOf(countyCode: string, { regionCodes }: Audience, owner: string): readonly string[] {
  const regions = regionCodes.length > 0 ? regionCodes : [owner];
  if (regions.some((code) => isWithin(countyCode, code))) return [countyCode];
  return regions.filter((code) => isWithin(code, countyCode));
}
