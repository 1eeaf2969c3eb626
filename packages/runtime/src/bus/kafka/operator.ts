import { type KafkaSettings, kafkaClient } from './client.ts';
import { withAdmin } from './topics.ts';

/** The group still has running members, whose offsets can't be moved under them. */
export class GroupIsRunning extends Error {
  override readonly name = 'GroupIsRunning';
}

export type TopicLag = {
  readonly topic: string;
  /** Messages the group has not absorbed yet; null when it never listened to the topic. */
  readonly lag: number | null;
};

/** How far a group is behind, by topic. */
export async function groupLag(
  settings: KafkaSettings,
  group: string,
  topics: readonly string[],
): Promise<TopicLag[]> {
  return withAdmin(kafkaClient(settings), async (admin) => {
    const existing = new Set(await admin.listTopics());
    const lags: TopicLag[] = [];
    for (const topic of topics) {
      const name = settings.topicPrefix + topic;
      if (!existing.has(name)) continue;
      const groupId = settings.topicPrefix + group;
      const [committed] = await admin.fetchOffsets({ groupId, topics: [name] });
      const ends = new Map(
        (await admin.fetchTopicOffsets(name)).map(({ partition, high }) => [partition, high]),
      );
      const heard = committed?.partitions.filter(({ offset }) => offset !== '-1') ?? [];
      const waiting = heard.map(
        ({ partition, offset }) => BigInt(ends.get(partition) ?? offset) - BigInt(offset),
      );
      const lag = Number(waiting.reduce((sum, part) => sum + part, 0n));
      lags.push({ topic, lag: heard.length === 0 ? null : lag });
    }
    return lags;
  });
}

/** Moves a stopped group back to an instant on one topic: it gets everything since then again, other groups nothing. */
export async function rewindGroup(
  settings: KafkaSettings,
  group: string,
  topic: string,
  from: Date,
): Promise<void> {
  const name = settings.topicPrefix + topic;
  const groupId = settings.topicPrefix + group;
  await withAdmin(kafkaClient(settings), async (admin) => {
    const { groups } = await admin.describeGroups([groupId]);
    if (groups.some(({ members }) => members.length > 0)) {
      throw new GroupIsRunning(
        `${group} is running: stop every process of it, rewind, and start it again`,
      );
    }
    const partitions = await admin.fetchTopicOffsetsByTimestamp(name, from.getTime());
    await admin.setOffsets({ groupId, topic: name, partitions });
  });
}
