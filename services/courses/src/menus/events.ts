import { evaluation } from '@shixun/contracts';
import { type EventHandler, on } from '@shixun/runtime';
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
      ['institutionId'],
    );
    for (const { _id, institutionId } of open) {
      const ratingRank = rankOf(last.get(institutionId ?? ''));
      unit.upsert(menuItems, { _id }, { $set: { ratingRank } });
    }
  },
);
