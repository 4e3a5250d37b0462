import { type Api, apiError, defaultCode } from './api-error.ts';
import { armSurface } from './arm/surface.ts';
import { readCaller } from './bearer.ts';
import type { CallIds } from './call-ids.ts';
import { answerConsulting } from './callout/consult.ts';
import type { Authority } from './entra/authority.ts';
import { answerUserInfo } from './entra/userinfo.ts';
import { graphSurface } from './graph/surface.ts';
import { formFields, type Received } from './http.ts';
import type { Metered, Quotas } from './quotas/quotas.ts';
import type { Answer, Call, Caller, Surface } from './wire.ts';

export interface ApiOutcome {
  answer: Answer;
  caller: Caller | null;
}

/**
 * One call of Graph or ARM: who calls, what time has done since, then the surface's answer.
 * A bad token, a broken body and a path that cannot be decoded are refused here, in the shape of the API.
 */
export async function answerApi(
  api: 'graph' | 'arm',
  received: Received,
  authority: Authority,
  ids: CallIds,
  quotas: Quotas,
): Promise<ApiOutcome> {
  const refused = (status: number, message: string, caller: Caller | null = null): ApiOutcome => ({
    answer: apiError(api, ids, status, defaultCode(api, status), message),
    caller,
  });
  const reader = await readCaller(received.headers.authorization, api, authority, ids);
  if (reader && 'refusal' in reader) return { answer: reader.refusal, caller: null };
  if (received.path === null) return refused(400, 'The request URI is not correctly encoded.', reader);
  if (received.tooLarge) return refused(413, 'The request body is larger than 1 MB.', reader);
  const body = parseBody(received);
  if (body === badBody) return refused(400, badBodyWords[api], reader);
  const call: Call = {
    method: received.method,
    path: received.path,
    query: received.query,
    headers: received.headers,
    body,
    caller: reader,
    ...ids,
    origin: `https://${received.headers.host ?? new URL(authority.httpsOrigin).host}`,
  };
  const quota = reader ? quotas.take(api, metered(call, reader, authority)) : null;
  if (quota?.refusal) {
    const { code, message } = quota.refusal;
    return { answer: { ...apiError(api, ids, 429, code, message), headers: quota.headers }, caller: reader };
  }
  const answer =
    call.path === '/oidc/userinfo'
      ? answerUserInfo(authority, reader, ids)
      : await answerConsulting(surfaces[api], call, authority);
  return { answer: { ...answer, headers: { ...quota?.headers, ...answer.headers } }, caller: reader };
}

function metered({ method, path, query }: Call, caller: Caller, { world: { state } }: Authority): Metered {
  const { appId, objectId: principalId } = caller;
  return { method, path, query, appId, principalId, tenantId: state.tenantId, users: state.users.length };
}

const surfaces: Record<'graph' | 'arm', Surface> = { graph: graphSurface, arm: armSurface };

/** Which API a path of the HTTPS port belongs to, once Entra's are taken out. */
export function apiOf(path: string): Api {
  return /^\/(v1\.0|beta|oidc)(\/|$)/i.test(path) ? 'graph' : 'arm';
}

const badBody = Symbol('bad body');
const badBodyWords = {
  graph:
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  arm: 'The request content was invalid and could not be deserialized.',
};

function parseBody(received: Received): unknown {
  if (received.text.trim() === '') return undefined;
  const fields = formFields(received);
  if (Object.keys(fields).length > 0) return fields;
  try {
    return JSON.parse(received.text);
  } catch {
    return badBody;
  }
}
