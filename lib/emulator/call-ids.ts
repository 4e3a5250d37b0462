import { randomUUID } from 'node:crypto';
import type { Received } from './http.ts';

export interface CallIds {
  requestId: string;
  clientRequestId: string;
}

/** A fresh request id, and the caller's own where it sent one that is safe to echo. */
export function callIds(received: Received): CallIds {
  const requestId = randomUUID();
  const sent =
    received.headers['client-request-id'] ??
    received.headers['x-ms-client-request-id'] ??
    received.query.get('client-request-id') ??
    '';
  return { requestId, clientRequestId: /^[\w.:-]{1,128}$/.test(sent) ? sent : requestId };
}

/** The headers by which Azure's answers are found again in its logs. */
export function idHeaders(ids: CallIds): Record<string, string> {
  return {
    'request-id': ids.requestId,
    'x-ms-request-id': ids.requestId,
    'x-ms-correlation-request-id': ids.requestId,
    'client-request-id': ids.clientRequestId,
  };
}
