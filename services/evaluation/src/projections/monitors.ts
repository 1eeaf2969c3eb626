/** What evaluation knows of quality-monitoring bodies, from the registry's events. [REG-03] */
import { registry } from '@shixun/contracts';
import { defineCollection, type EventHandler, on, type RowBase } from '@shixun/runtime';

/** The designation that the bureau of a region has made last; the id is the region's code. */
export type MonitorRow = RowBase & {
  /** Sequence of the newest event absorbed; an older one changes nothing. */
  readonly sequence: number;
  readonly from: string;
  readonly to: string | null;
  /** The designation before it, which stands until this one begins. */
  readonly previousFrom: string | null;
};

export const monitors = defineCollection<MonitorRow>(
  'monitors',
  {
    sequence: { type: Number, required: true },
    from: { type: String, required: true },
    to: { type: String, default: null },
    previousFrom: { type: String, default: null },
  },
  [],
);

export const monitorRecordedHandler: EventHandler = on(
  registry.monitorRecorded,
  async (events, unit) => {
    const codes = events.map(({ data }) => data.regionCode);
    const known = await unit.find(monitors, { _id: { $in: codes } });
    const newest = new Map(known.map((row) => [row._id, row]));
    for (const { data, envelope } of events) {
      const { regionCode: _id, from, to } = data;
      const before = newest.get(_id);
      const sequence = Number(envelope.sequence);
      if ((before?.sequence ?? 0) >= sequence) continue;
      const row = { sequence, from, to, previousFrom: before?.from ?? null };
      newest.set(_id, { _id, ...row });
      unit.upsert(monitors, { _id }, { $set: row });
    }
  },
);
