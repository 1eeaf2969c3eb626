/** What belongs to an abolished region besides schools goes to its one successor, some records at a time. [REG-01] */
import type { Unit } from '@shixun/runtime';
import { centres } from '../centres/store.ts';
import { areas, workshops } from '../communities/store.ts';
import { institutions, relocateInstitution } from '../institutions/store.ts';
import { endMonitor, monitors, recordMonitor } from '../monitors/store.ts';
import { trainers } from '../trainers/store.ts';

const batchRows = 100;
const batch = { sort: { _id: 1 }, limit: batchRows } as const;

export type Successor = { readonly regionCode: string; readonly effectiveOn: string };

/** Moves one batch of one kind. Answers whether there was anything to move. */
export async function moveRecordsOnce(unit: Unit, code: string, to: Successor): Promise<boolean> {
  for (const move of [moveInstitutions, moveTrainers, moveCommunities, moveMonitor, moveCentre]) {
    if (await move(unit, code, to)) return true;
  }
  return false;
}

async function moveInstitutions(unit: Unit, code: string, to: Successor): Promise<boolean> {
  const rows = await unit.find(institutions, { regionCode: code }, batch);
  for (const row of rows) relocateInstitution(unit, row, to.regionCode);
  return rows.length > 0;
}

/** Those of a school or an institution are where that is; the others were registered by the region itself. */
async function moveTrainers(unit: Unit, code: string, to: Successor): Promise<boolean> {
  const rows = await unit.find(trainers, { regionCode: code }, batch);
  const { regionCode } = to;
  for (const { _id } of rows) {
    unit.update(trainers, { _id, regionCode: code }, { $set: { regionCode } });
  }
  return rows.length > 0;
}

async function moveCommunities(unit: Unit, code: string, to: Successor): Promise<boolean> {
  const { regionCode } = to;
  const groups = await unit.find(areas, { countyCode: code }, batch);
  for (const { _id } of groups) {
    unit.update(areas, { _id, countyCode: code }, { $set: { countyCode: regionCode } });
  }
  const held = await unit.find(workshops, { regionCode: code }, batch);
  for (const { _id } of held) {
    unit.update(workshops, { _id, regionCode: code }, { $set: { regionCode } });
  }
  return groups.length + held.length > 0;
}

/** The body ends with its region. It goes on in the successor where that has named none of its own. [REG-03] */
async function moveMonitor(unit: Unit, code: string, to: Successor): Promise<boolean> {
  const { regionCode, effectiveOn } = to;
  const last = { sort: { from: -1 }, limit: 1 } as const;
  const [row] = await unit.find(monitors, { regionCode: code }, last);
  if (row === undefined || (row.to !== null && row.to <= effectiveOn)) return false;
  endMonitor(unit, row, effectiveOn);
  const [own] = await unit.find(monitors, { regionCode }, last);
  if (own === undefined || (own.to !== null && own.to <= effectiveOn)) {
    const from = later(row.from, effectiveOn);
    const { monitorName, institutionId } = row;
    const goesOn = { regionCode, monitorName, institutionId, from, to: row.to };
    recordMonitor(unit, { _id: unit.newId('monitor'), ...goesOn, designatedAt: unit.now });
  }
  return true;
}

/** Likewise a county's centre; the successor's own one stays the only one. [REG-15] */
async function moveCentre(unit: Unit, code: string, to: Successor): Promise<boolean> {
  const { regionCode: countyCode, effectiveOn } = to;
  const row = await unit.findOne(centres, { countyCode: code, to: null });
  if (row === null) return false;
  unit.update(centres, { _id: row._id, to: null }, { $set: { to: effectiveOn } });
  if ((await unit.findOne(centres, { countyCode, to: null })) === null) {
    const from = later(row.from, effectiveOn);
    const _id = unit.newId('centre');
    unit.insert(centres, { ...row, _id, countyCode, from, to: null, designatedAt: unit.now });
  }
  return true;
}

function later(one: string, other: string): string {
  return [one, other].toSorted().at(-1) ?? other;
}
