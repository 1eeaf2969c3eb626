import { courses } from '@shixun/contracts';
import { type EventHandler, on } from '@shixun/runtime';
import { projects } from '../projects/store.ts';
import { saveLines } from './commands-money.ts';
import { budgets } from './store.ts';

/**
 * A project's step may approve its budget or set its money free: the region's counters follow, and its entries are
 * then the commissioned institution's to see too. Courses hears its own word, so that no step waits for it. [PLN-05]
 */
export const projectMoneyHandler: EventHandler = on(
  courses.projectRecorded,
  async (events, unit) => {
    const ids = [...new Set(events.map(({ data }) => data.projectId))];
    const known = await unit.find(budgets, { _id: { $in: ids } });
    if (known.length === 0) return;
    const rows = await unit.find(projects, { _id: { $in: known.map(({ _id }) => _id) } });
    const byId = new Map(rows.map((row) => [row._id, row]));
    for (const budget of known) {
      const row = byId.get(budget._id);
      if (row !== undefined) saveLines(unit, { row, budget }, budget.lines);
    }
  },
);
