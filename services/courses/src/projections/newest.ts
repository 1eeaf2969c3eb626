import type { ReceivedEvent } from '@shixun/runtime';

/**
 * The last word on each thing in a batch of events, which are in order: what an earlier one said no longer counts,
 * so it need not be written.
 */
export function newest<Data>(
  events: readonly ReceivedEvent<Data>[],
  key: keyof Data,
): readonly Data[] {
  return [...new Map(events.map(({ data }) => [data[key], data])).values()];
}
