import type { AnyEventContract, Envelope, EventContract } from '@shixun/contracts';
import type { PolicyBook } from '../policies.ts';
import type { Unit } from '../unit/unit.ts';

/** An event whose data has been checked against its contract. */
export type ReceivedEvent<Data> = { readonly envelope: Envelope<Data>; readonly data: Data };

export type HandlerContext = {
  readonly policies: PolicyBook;
  /** Wraps the keys that encrypt personal data. [GOV-03] */
  readonly personalDataKey: Buffer;
};

/** One service's answer to one kind of event, its data type forgotten so that handlers fit in one list. */
export type EventHandler = {
  readonly contract: AnyEventContract;
  readonly handle: (
    events: readonly ReceivedEvent<unknown>[],
    unit: Unit,
    context: HandlerContext,
  ) => Promise<void>;
};

/**
 * Declares what a service does when it hears an event. The handler gets events of that one type, in order per
 * aggregate, each for the first time; its buffered writes and the inbox rows commit together. It may run again
 * from the start after a conflict, so it does nothing but read and write through the unit. Throw `EventRefused`
 * for an event that no retry can help; anything else thrown is tried again before it becomes a dead letter.
 */
export function on<Data>(
  contract: EventContract<Data>,
  handle: (
    events: readonly ReceivedEvent<Data>[],
    unit: Unit,
    context: HandlerContext,
  ) => void | Promise<void>,
): EventHandler {
  return {
    contract,
    handle: async (events, unit, context) => {
      // Every event was parsed by this very contract on its way in.
      await handle(events as readonly ReceivedEvent<Data>[], unit, context);
    },
  };
}

/** The event is sound but can never be applied; it goes to the dead letters without another try. */
export class EventRefused extends Error {
  override readonly name = 'EventRefused';
}
