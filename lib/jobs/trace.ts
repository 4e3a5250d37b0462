import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Runs a job with its trace id at hand, so that calls to Azure carry it as client-request-id. */
export function traced<T>(traceId: string, work: () => Promise<T>): Promise<T> {
  return current.run(traceId, work);
}

export function traceId(): string | undefined {
  return current.getStore();
}
