import { registry } from '@shixun/contracts';
import {
  type CivilDate,
  type EffectivePolicy,
  effectivePolicy,
  type PolicyVersion,
} from '@shixun/kernel';
import { type Database, defineCollection, type RowBase } from './database.ts';
import { type EventHandler, on } from './inbox/handler.ts';

/** A service's own copy of every published policy version, filled by the registry's events. */
type PolicyRow = RowBase & { readonly version: PolicyVersion };

export const policyRows = defineCollection<PolicyRow>(
  'policies',
  { version: { type: Object, required: true } },
  [],
);

const refreshedMs = 5_000;
const knownMax = 5_000;

/**
 * The policies in force, in memory: there are a few hundred at most and every decision asks. Read again from the
 * service's own projection after each event and every few seconds, since another replica may have heard the event.
 */
export class PolicyBook {
  readonly #db: Database;
  #versions: readonly PolicyVersion[] = [];
  /** What was worked out from these versions already: an enrollment rush asks the same thing thousands of times. */
  #known = new Map<string, EffectivePolicy>();
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The figures in force in a region on a date, and the version to record with a decision. */
  effective(regionCode: string, date: CivilDate): EffectivePolicy {
    const key = `${regionCode}/${date}`;
    const known = this.#known.get(key);
    if (known) return known;
    const policy = effectivePolicy(this.#versions, regionCode, date);
    if (this.#known.size >= knownMax) this.#known.clear();
    this.#known.set(key, policy);
    return policy;
  }

  /** Every version known, the newest policies included that are not yet in force. */
  get versions(): readonly PolicyVersion[] {
    return this.#versions;
  }

  async start(): Promise<void> {
    await this.refresh();
    this.#timer = setInterval(() => void this.refresh().catch(() => {}), refreshedMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async refresh(): Promise<void> {
    const rows = await this.#db.model(policyRows).find({}).lean<PolicyRow[]>();
    this.#versions = rows.map((row) => row.version);
    this.#known.clear();
  }
}

/** Keeps the projection; a version is never changed, so its id alone makes the effect happen once. */
export const policyPublishedHandler: EventHandler = on(
  registry.policyPublished,
  async (events, unit) => {
    for (const { data } of events) {
      const { versionId, ...fields } = data;
      unit.upsert(
        policyRows,
        { _id: versionId },
        { $set: { version: { ...fields, id: versionId } } },
      );
    }
  },
);
