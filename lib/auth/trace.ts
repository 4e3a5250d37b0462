import { randomUUID } from 'node:crypto';

/** The request header that carries the trace id; `proxy.ts` sets it and ignores what came from outside. */
export const TRACE_HEADER = 'x-stint-trace';

/** The id that follows one request from the browser to Azure. */
export function traceOf(headers: Pick<Headers, 'get'>): string {
  return headers.get(TRACE_HEADER) ?? randomUUID();
}
