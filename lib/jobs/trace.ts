import { AsyncLocalStorage } from 'node:async_hooks';
import { requireHold } from './hold.ts';

const current = new AsyncLocalStorage<string>();

/** Runs a job with its trace id at hand, so that calls to Azure carry it as client-request-id. */
export function traced<T>(traceId: string, work: () => Promise<T>): Promise<T> {
  return current.run(traceId, work);
}

/** What a call to Azure carries; asked for each, so that a job which is not ours any more makes none. */
export function traceId(): string | undefined {
  requireHold();
  return current.getStore();
}
