import { courses, evaluation } from '@shixun/contracts';
import { type EventHandler, on } from '@shixun/runtime';
import { raiseVersions } from './commands-versions.ts';
import { rankOf } from './facets.ts';
import { menuItems } from './store.ts';

/** A new grade of an institution shows on its items that are still open. [CRS-40] */
export const itemRatedHandler: EventHandler = on(
  evaluation.gradePublished,
  async (events, unit) => {
    const last = new Map(events.map(({ data }) => [data.institutionId, data.grade]));
    const open = await unit.findFields(
      menuItems,
      { institutionId: { $in: [...last.keys()] }, closesAt: { $gt: unit.now } },
      ['institutionId', 'regionCode'],
    );
    for (const { _id, institutionId } of open) {
      const ratingRank = rankOf(last.get(institutionId ?? ''));
      unit.upsert(menuItems, { _id }, { $set: { ratingRank } });
    }
    raiseVersions(
      unit,
      open.map(({ regionCode }) => regionCode),
    );
  },
);

/** A class whose dates a change of its plan has moved is found by its new ones. [CRS-19, CRS-40] */
export const itemDatedHandler: EventHandler = on(courses.classRecorded, async (events, unit) => {
  const last = new Map(events.map(({ data }) => [data.classId, data.opensOn]));
  const filter = { classId: { $in: [...last.keys()] } };
  const items = await unit.findFields(menuItems, filter, ['classId', 'opensOn', 'regionCode']);
  const moved = items.filter(({ classId, opensOn }) => last.get(classId) !== opensOn);
  for (const { _id, classId } of moved) {
    unit.update(menuItems, { _id }, { $set: { opensOn: last.get(classId) } });
  }
  raiseVersions(
    unit,
    moved.map(({ regionCode }) => regionCode),
  );
});
