import { allEvents, type Owner } from '@shixun/contracts';
import type { TopicSpec } from '../bus/port.ts';
import { deadTopicOf } from './dead-letters.ts';
import type { EventHandler } from './handler.ts';

/** The topics that handlers listen to, each once. */
export function topicsHeard(handlers: readonly EventHandler[]): string[] {
  return [...new Set(handlers.map(({ contract }) => contract.topic))].sort();
}

/** Every topic a service needs: what it tells, what it hears, and where its dead letters go. */
export function topicsOf(service: Owner, handlers: readonly EventHandler[]): TopicSpec[] {
  const told = allEvents.filter(({ owner }) => owner === service);
  const heard = handlers.map(({ contract }) => contract);
  const topics = new Map<string, TopicSpec>();
  for (const { topic, compacted } of [...told, ...heard]) topics.set(topic, { topic, compacted });
  for (const topic of topicsHeard(handlers)) {
    const dead = deadTopicOf(service, topic);
    topics.set(dead, { topic: dead, compacted: false });
  }
  return [...topics.values()];
}
