import { courses, evaluation } from '@shixun/contracts';
import { type EventHandler, on, type Unit } from '@shixun/runtime';
import { classes, type ProjectRow, projects } from '../projects/store.ts';
import { regionsAbove } from './areas.ts';
import { contributionOf, moveAreas, replaceContributions, yearKey } from './commands-count.ts';
import type { Counts } from './counting.ts';
import { isDuplicate } from './duplicates.ts';
import { needsOf } from './needs.ts';
import { offersPlaces, placesOf } from './places.ts';
import { candidatesFor, comparedMax, isCompared } from './readers.ts';
import { duplicates, placeTallies, teacherTallies } from './store.ts';

/** Steps with which a project is compared with others: when it is handed in and when it is approved. [PLN-06] */
const comparedSteps = ['submitted', 'filed', 'approved'];

/**
 * After each step of a project its places are counted where they belong and its duplicates are looked for. Courses
 * hears its own word here, so that no step of a project waits for counters that a whole province shares.
 */
export const projectSuppliedHandler: EventHandler = on(
  courses.projectRecorded,
  async (events, unit) => {
    const ids = [...new Set(events.map(({ data }) => data.projectId))];
    const rows = await unit.find(projects, { _id: { $in: ids } });
    await countPlaces(rows, unit);
    const compared = new Set(
      events.flatMap(({ data }) => (comparedSteps.includes(data.state) ? [data.projectId] : [])),
    );
    const found = new Set<string>();
    for (const row of rows) {
      if (compared.has(row._id) && isCompared(row.state)) await flagDuplicates(row, found, unit);
    }
  },
);

async function countPlaces(rows: readonly ProjectRow[], unit: Unit): Promise<void> {
  const offering = rows.filter(({ state }) => offersPlaces(state)).map(({ _id }) => _id);
  const offered = await unit.find(classes, { projectId: { $in: offering } });
  const contributions = rows.map((row) => {
    const own = offered.filter(({ projectId }) => projectId === row._id);
    const none = { places: 0, mandated: 0 };
    return contributionOf(row, offersPlaces(row.state) ? placesOf(row, own) : none);
  });
  const { counts, more } = await replaceContributions(unit, contributions);
  moveAreas(unit, counts, 'places');
  moveShares(more, unit);
}

/** Moves the counters of the shares of regions; whether one lies above the ceiling is a chore's to see. [PLN-07] */
function moveShares(more: Counts, unit: Unit): void {
  const ids = [...new Set(Object.keys(more).map((key) => key.split('/').slice(0, 2).join('/')))];
  for (const _id of ids) {
    const [regionCode = '', year] = _id.split('/');
    const change = { places: more[`${_id}/places`] ?? 0, mandated: more[`${_id}/mandated`] ?? 0 };
    const $setOnInsert = { regionCode, year: Number(year) };
    unit.upsert(placeTallies, { _id }, { $setOnInsert, $inc: change });
  }
}

/** Keeps every pair once, and opens one finding for the pairs that a step brought to light. [PLN-06] */
async function flagDuplicates(row: ProjectRow, found: Set<string>, unit: Unit): Promise<void> {
  const options = { sort: { _id: -1 }, limit: comparedMax } as const;
  const candidates = await unit.find(projects, candidatesFor(row), options);
  const others = candidates.filter((other) => other._id !== row._id && isDuplicate(row, other));
  const pairs = others.map((other) => {
    const projectIds = [row._id, other._id].sort();
    const path = [...new Set([...row.regionPath, ...other.regionPath])];
    return { _id: projectIds.join('/'), projectIds, regionPath: path, other: other._id };
  });
  const known = await unit.find(duplicates, { _id: { $in: pairs.map(({ _id }) => _id) } });
  const fresh = pairs.filter(
    ({ _id }) => !found.has(_id) && !known.some((pair) => pair._id === _id),
  );
  if (fresh.length === 0) return;
  for (const { other: _other, ...pair } of fresh) {
    found.add(pair._id);
    unit.insert(duplicates, { ...pair, year: row.year, foundAt: unit.now });
  }
  unit.openFinding({
    rule: 'PLN-06',
    regionCode: row.ownerRegionCode,
    subject: row._id,
    figures: {
      required: 0,
      actual: fresh.length,
      projects: fresh
        .slice(0, 10)
        .map(({ other }) => other)
        .join(', '),
    },
  });
}

/** What a closed needs survey asks for is demand in the areas of its region and those above. [PLN-08] */
export const needsSurveyCountedHandler: EventHandler = on(
  evaluation.needsSurveyClosed,
  async (events, unit) => {
    const last = new Map(events.map(({ data }) => [data.surveyId, data]));
    const regionCodes = [...last.values()].map(({ ownerRegionCode }) => countyOf(ownerRegionCode));
    const tallies = await unit.find(teacherTallies, { regionCode: { $in: regionCodes } });
    const contributions = [...last.values()].map((survey) => {
      const own = tallies.filter((row) => row.regionCode === countyOf(survey.ownerRegionCode));
      const needs = needsOf(
        survey,
        (stage, subject) =>
          own.find((row) => row.stage === stage && row.subject === subject)?.teachers ?? 0,
      );
      const counts = regionsAbove(survey.ownerRegionCode).flatMap((region) =>
        needs.map(({ stage, subject, asked }) => [
          yearKey(region, survey.year, [stage, subject]),
          asked,
        ]),
      );
      return { _id: survey.surveyId, counts: Object.fromEntries(counts), more: {} };
    });
    const { counts } = await replaceContributions(unit, contributions);
    moveAreas(unit, counts, 'asked');
  },
);

function countyOf(regionCode: string): string {
  return regionCode.slice(0, 6);
}
