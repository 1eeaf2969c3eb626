/** Hears completions 结业 confirmed and withdrawn; tells every entry posted (in `store.ts`). */
import { courses } from '@shixun/contracts';
import {
  type CivilDate,
  type EffectivePolicy,
  effectivePolicy,
  national,
  type PolicyVersion,
  shanxi2023,
  zhejiang2014,
} from '@shixun/kernel';
import { type EventHandler, EventRefused, on, type PolicyBook } from '@shixun/runtime';
import { awardCompletion, contradictionOf, type RatePolicy } from './award.ts';
import { creditRateOf } from './rate.ts';
import { appendEntries, chainsOf, firstEntriesOf, type PostedBy } from './store.ts';
import { withdrawCompletion } from './withdraw.ts';

/** Versions that ship with the platform never change, so they needn't have been heard of. */
const shipped: readonly PolicyVersion[] = [national, shanxi2023, zhejiang2014];

/** The policy version that decided a completion hasn't been heard of yet; a redrive will find it. */
export class PolicyNotYetKnown extends Error {
  override readonly name = 'PolicyNotYetKnown';
}

export const completionConfirmedHandler: EventHandler = on(
  courses.completionConfirmed,
  async (events, unit, { policies }) => {
    const chains = await firstEntriesOf(
      events.map(({ data }) => data.completionId),
      unit,
    );
    const begun = new Set(chains.keys());
    const rates = new RateBook(policies);
    const posted: PostedBy[] = [];
    for (const { data, envelope } of events) {
      if (begun.has(data.completionId)) continue;
      const contradiction = contradictionOf(data);
      if (contradiction !== null) {
        throw new EventRefused(`CRD-03: ${data.completionId}: ${contradiction}`);
      }
      const entry = awardCompletion(data, [], rates.of(data));
      if (entry === null) continue;
      begun.add(data.completionId);
      posted.push({ entry, postedBy: `event:${envelope.id}` });
    }
    appendEntries(posted, unit);
  },
);

export const completionWithdrawnHandler: EventHandler = on(
  courses.completionWithdrawn,
  async (events, unit) => {
    const ids = events.map(({ data }) => data.completionId);
    const chains = await chainsOf([...new Set(ids)], unit);
    const posted: PostedBy[] = [];
    for (const { data, envelope } of events) {
      const chain = chains.get(data.completionId) ?? [];
      const entry = withdrawCompletion(data, chain);
      if (entry === null) continue;
      chains.set(data.completionId, [...chain, entry]);
      posted.push({ entry, postedBy: `event:${envelope.id}` });
    }
    appendEntries(posted, unit);
  },
);

type Decided = {
  readonly policyVersion: string;
  readonly completedOn: CivilDate;
  readonly level: Parameters<typeof creditRateOf>[1];
  readonly modality: string;
};

/**
 * The rate of a completion: from the policy in force, on the day of completion, in the region whose policy decided
 * the completion. So the rate follows from the event alone, at every replay. [CRD-02]
 */
class RateBook {
  readonly #versions: readonly PolicyVersion[];
  readonly #known = new Map<string, EffectivePolicy>();

  constructor(policies: PolicyBook) {
    this.#versions = [...shipped, ...policies.versions];
  }

  of({ policyVersion, completedOn, level, modality }: Decided): RatePolicy {
    const key = `${policyVersion}/${completedOn}`;
    const policy = this.#known.get(key) ?? this.#read(policyVersion, completedOn);
    this.#known.set(key, policy);
    return {
      rate: creditRateOf(policy.figures, level, modality),
      policyVersion: policy.versionId,
    };
  }

  #read(policyVersion: string, completedOn: CivilDate): EffectivePolicy {
    const version = this.#versions.find((each) => each.id === policyVersion);
    if (version === undefined) {
      throw new PolicyNotYetKnown(`policy version ${policyVersion} is not known here yet`);
    }
    return effectivePolicy(this.#versions, version.regionCode, completedOn);
  }
}
