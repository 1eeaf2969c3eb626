/** Where the anchors of the audit are kept: the topics on Kafka, or a file that somebody made of them. [GOV-02] */
import { readFile } from 'node:fs/promises';
import { auditCheckpointed, type Owner } from '@shixun/contracts';
import { type Anchor, anchorsIn, createLogger, readTopics } from '@shixun/runtime';

/** Each service's events of its topic, a line each, the oldest checkpoint first. */
export async function anchorLines(service: Owner): Promise<string[]> {
  const { KAFKA_BROKERS, KAFKA_TOPIC_PREFIX = '' } = process.env;
  if (!KAFKA_BROKERS) throw new Error('Set KAFKA_BROKERS: the anchors lie on Kafka.');
  const { topic } = auditCheckpointed(service);
  const settings = {
    brokers: KAFKA_BROKERS.split(','),
    clientId: 'audit',
    topicPrefix: KAFKA_TOPIC_PREFIX,
    replicationFactor: 1,
    log: createLogger('audit', 'silent'),
  };
  const messages = (await readTopics(settings, [topic])).get(topic) ?? [];
  const lines = messages.map(({ value }) => value);
  const numberOf = (line: string) => anchorsIn([line], service)[0]?.number ?? 0;
  return lines.filter((line) => numberOf(line) > 0).toSorted((a, b) => numberOf(a) - numberOf(b));
}

/** `from` is the word `topic`, or the path of a file of such lines. Those signed before `since` are left out. */
export async function anchorsFrom(
  from: string,
  service: Owner,
  since: Date | undefined,
): Promise<Anchor[]> {
  const lines =
    from === 'topic' ? await anchorLines(service) : (await readFile(from, 'utf8')).split('\n');
  const anchors = anchorsIn(lines, service);
  return since === undefined ? anchors : anchors.filter(({ at }) => new Date(at) >= since);
}
