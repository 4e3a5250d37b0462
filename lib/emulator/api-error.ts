import type { Answer } from './wire.ts';

export type Api = 'graph' | 'arm' | 'entra';

interface Ids {
  requestId: string;
  clientRequestId: string;
}

const codes: Record<Api, Record<number, string>> = {
  graph: {
    400: 'BadRequest',
    401: 'InvalidAuthenticationToken',
    403: 'Authorization_RequestDenied',
    404: 'Request_ResourceNotFound',
    409: 'Conflict',
    413: 'RequestEntityTooLarge',
    429: 'TooManyRequests',
    500: 'InternalServerError',
    501: 'NotImplemented',
    503: 'ServiceNotAvailable',
    504: 'GatewayTimeout',
  },
  arm: {
    400: 'InvalidRequestContent',
    401: 'InvalidAuthenticationToken',
    403: 'AuthorizationFailed',
    404: 'ResourceNotFound',
    409: 'Conflict',
    413: 'RequestContentTooLarge',
    429: 'TooManyRequests',
    500: 'InternalServerError',
    501: 'NotImplemented',
    503: 'ServerBusy',
    504: 'GatewayTimeout',
  },
  entra: { 400: 'invalid_request', 500: 'server_error' },
};

/** The code an API uses for a status when nothing more exact is known. */
export function defaultCode(api: Api, status: number): string {
  return codes[api][status] ?? (api === 'entra' ? 'temporarily_unavailable' : 'UnknownError');
}

/** An error in the envelope of the API that was called (contract of Graph, ARM and OAuth 2.0). */
export function apiError(api: Api, ids: Ids, status: number, code: string, message: string): Answer {
  if (api === 'arm') return { status, body: { error: { code, message } } };
  if (api === 'entra') {
    const trace = { trace_id: ids.requestId, correlation_id: ids.clientRequestId };
    return { status, body: { error: code, error_description: message, error_codes: [], ...trace } };
  }
  const date = new Date().toISOString().slice(0, 19);
  const innerError = { date, 'request-id': ids.requestId, 'client-request-id': ids.clientRequestId };
  return { status, body: { error: { code, message, innerError } } };
}
