import { registry } from '@shixun/contracts';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { DesignateMonitor } from './designate.ts';

/** One designation of a quality-monitoring body; ended ones stay on record. [REG-03] */
export type MonitorRow = RowBase & DesignateMonitor & { readonly designatedAt: Date };

const text = { type: String, required: true };

export const monitors = defineCollection<MonitorRow>(
  'monitors',
  {
    regionCode: text,
    monitorName: text,
    institutionId: { type: String, default: null },
    from: text,
    to: { type: String, default: null },
    designatedAt: { type: Date, required: true },
  },
  [{ keys: { regionCode: 1, from: 1 }, unique: true }, { keys: { regionCode: 1, _id: 1 } }],
);

/** Ends the designation that a region made last, and tells it. */
export function endMonitor(unit: Unit, row: MonitorRow, to: string): void {
  unit.update(monitors, { _id: row._id, to: row.to }, { $set: { to } });
  const { _id, designatedAt, ...told } = row;
  unit.emit(registry.monitorRecorded, row.regionCode, { ...told, to });
}

/** Adds a designation and tells it. */
export function recordMonitor(unit: Unit, row: MonitorRow): void {
  unit.insert(monitors, row);
  const { _id, designatedAt, ...told } = row;
  unit.emit(registry.monitorRecorded, row.regionCode, told);
}
