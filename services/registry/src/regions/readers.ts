/** Reads what a code meant on a date, and where its area has gone. [REG-01] */
import type { CivilDate } from '@shixun/kernel';
import type { GraphContext } from '@shixun/runtime';
import { endedBy, type RegionVersion, versionOn } from './history.ts';
import { type RegionPastRow, type RegionRow, regionPast, regions } from './store.ts';

/** A code on a date. */
export type RegionOn = {
  readonly code: string;
  readonly date: CivilDate;
  /** What the code stood for; null when it was not in force. */
  readonly version: RegionVersion | null;
  /** After its end: the regions in force on the date that took its area over, by code. */
  readonly successors: readonly RegionVersion[];
  /** Before its beginning: the regions in force on the date whose area it later took over, by code. */
  readonly predecessors: readonly RegionVersion[];
};

export async function regionOn(
  context: GraphContext,
  code: string,
  date: CivilDate,
): Promise<RegionOn | null> {
  const versions = await versionsOf(context, code);
  if (versions.length === 0) return null;
  const version = versionOn(versions, date) ?? null;
  const ended = version === null ? endedBy(versions, date) : undefined;
  const successors = ended === undefined ? [] : await walk(context, ended.successors, date);
  const early = version === null && ended === undefined;
  return {
    code,
    date,
    version,
    successors,
    predecessors: early ? await before(context, code, date) : [],
  };
}

/** Every version of the code, the earliest first. */
export async function versionsOf(context: GraphContext, code: string): Promise<RegionVersion[]> {
  const past = await context.loadMany(regionPast, 'code', code);
  const present = await context.loadOne(regions, code);
  const versions = past.map(versionOf).toSorted((a, b) => ((a.to ?? '') < (b.to ?? '') ? -1 : 1));
  return present === null || present.abolishedOn ? versions : [...versions, presentOf(present)];
}

/** Follows successors until they are in force on the date. A code is visited once, so a table with a loop ends too. */
async function walk(
  context: GraphContext,
  from: readonly string[],
  date: CivilDate,
): Promise<RegionVersion[]> {
  const found: RegionVersion[] = [];
  const codes = [...new Set(from)];
  for (const code of codes) {
    const versions = await versionsOf(context, code);
    const version = versionOn(versions, date);
    if (version !== undefined) found.push(version);
    const next = version === undefined ? (endedBy(versions, date)?.successors ?? []) : [];
    codes.push(...next.filter((each) => !codes.includes(each)));
  }
  return found.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

async function before(
  context: GraphContext,
  code: string,
  date: CivilDate,
): Promise<RegionVersion[]> {
  const rows = (await context.db
    .model(regionPast)
    .collection.find({ successors: code, to: { $gt: date } } as never)
    .sort({ to: 1 })
    .toArray()) as unknown as RegionPastRow[];
  return rows
    .map(versionOf)
    .filter((version) => versionOn([version], date) !== undefined)
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function versionOf({ _id, ...version }: RegionPastRow): RegionVersion {
  return version;
}

function presentOf(row: RegionRow): RegionVersion {
  const { _id: code, name, level, parentCode, since } = row;
  return {
    code,
    name,
    level,
    parentCode,
    from: since ?? null,
    to: null,
    successors: [],
    basis: null,
  };
}
