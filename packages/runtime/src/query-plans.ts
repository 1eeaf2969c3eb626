/** How MongoDB really served the queries of a piece of work, by its profiler. For tests and for looking into a database. */
import type { Database } from './database.ts';

export class QueryPlans {
  readonly #db: Database;
  #seen = new Date(0);

  private constructor(db: Database) {
    this.#db = db;
  }

  /** Profiles every query of this one database from now on. */
  static async watch(db: Database): Promise<QueryPlans> {
    await db.connection.db?.setProfilingLevel('all');
    return new QueryPlans(db);
  }

  /** The queries since the last look that scanned a whole collection or sorted in memory. [GOV-06] */
  async bad(): Promise<readonly string[]> {
    const profile = this.#db.connection.collection('system.profile');
    const entries = await profile
      .find({
        ts: { $gt: this.#seen },
        ns: { $not: /system\.profile$/ },
        $or: [{ 'command.find': { $exists: true } }, { 'command.aggregate': { $exists: true } }],
      })
      .sort({ ts: 1 })
      .toArray();
    this.#seen = (entries.at(-1)?.ts as Date | undefined) ?? this.#seen;
    return entries
      .filter(
        ({ planSummary, hasSortStage }) => /COLLSCAN/.test(String(planSummary)) || hasSortStage,
      )
      .map(({ ns, planSummary, command }) => {
        const asked = command.filter ?? command.pipeline;
        return `${String(ns).split('.').at(-1)} ${planSummary}: ${JSON.stringify(asked)}`;
      });
  }

  async stop(): Promise<void> {
    await this.#db.connection.db?.setProfilingLevel('off');
  }
}
