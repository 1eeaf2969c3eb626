import { AsyncLocalStorage } from 'node:async_hooks';

const requestIds = new AsyncLocalStorage<string>();

/** Does the work in the name of the request, so that a record can say which request caused it. */
export function inRequest<T>(requestId: string, work: () => T): T {
  return requestIds.run(requestId, work);
}

/** The gateway's id of the request that is worked on; null outside of any, and in commands that work on many at once. */
export function currentRequestId(): string | null {
  return requestIds.getStore() ?? null;
}
