import type { CallIds } from '#lib/emulator/call-ids.ts';
import { formFields, jsonReply, type Received, type Reply } from '#lib/emulator/http.ts';
import type { Authority } from './authority.ts';
import { answerAuthorize } from './authorize.ts';
import { corsHeaders, preflight } from './cors.ts';
import { discoveryReply, instanceReply, keySetReply } from './discovery.ts';
import { EntraError, errorReply } from './error.ts';
import { errorPage } from './error-page.ts';
import { answerLogout } from './logout.ts';
import { answerSignIn } from './sign-in.ts';
import { answerToken } from './token.ts';

const shared = ['common', 'organizations', 'consumers'];
const routes =
  /^\/([^/]+)\/(oauth2\/v2\.0\/(?:authorize|token|logout)|(?:v2\.0\/)?\.well-known\/openid-configuration|discovery\/(?:v2\.0\/keys|instance)|login)$/i;

/** Whether a path belongs to Entra: one of its routes under any tenant, or anything under ours. */
export function isEntraPath(authority: Authority, path: string): boolean {
  const first = (path.split('/')[1] ?? '').toLowerCase();
  return routes.test(path) || isOurs(authority, first) || shared.includes(first);
}

function isOurs(authority: Authority, tenant: string): boolean {
  return [authority.world.state.tenantId, authority.world.state.domain].includes(tenant.toLowerCase());
}

/** Answers everything of Entra's. `door` is the origin where the call came in. */
export async function answerEntra(
  authority: Authority,
  received: Received,
  ids: CallIds,
  door: string,
): Promise<Reply> {
  const route = (routes.exec(received.path ?? '')?.[2] ?? '').toLowerCase();
  const allowed = corsHeaders(authority, received, route);
  if (received.method === 'OPTIONS' && Object.keys(allowed).length > 0) return preflight(allowed);
  const reply = await serve(authority, received, ids, door);
  return { ...reply, headers: { ...reply.headers, ...allowed } };
}

async function serve(authority: Authority, received: Received, ids: CallIds, door: string): Promise<Reply> {
  const [, tenant = '', rest = ''] = routes.exec(received.path ?? '') ?? [];
  const route = rest.toLowerCase();
  try {
    if (route === 'discovery/instance') return instanceReply(authority);
    checkTenant(authority, received.path?.split('/')[1] ?? '', route);
    const params = { ...Object.fromEntries(received.query), ...formFields(received) };
    if (received.tooLarge) throw EntraError.malformed();
    if (received.method === 'GET') {
      if (route.endsWith('openid-configuration'))
        return discoveryReply(authority, canonical(authority, tenant), door);
      if (route === 'discovery/v2.0/keys') return keySetReply(authority);
    }
    if (received.method === 'GET' || received.method === 'POST') {
      if (route === 'oauth2/v2.0/authorize') {
        return await answerAuthorize(authority, params, received.headers.cookie, ids);
      }
      if (route === 'oauth2/v2.0/logout')
        return await answerLogout(authority, params, received.headers.cookie);
    }
    if (received.method === 'POST') {
      if (route === 'login')
        return await answerSignIn(authority, formFields(received), received.headers.cookie);
      if (route === 'oauth2/v2.0/token') {
        return await answerToken(authority, formFields(received), received.headers);
      }
    }
    return notEmulated(received);
  } catch (error) {
    if (!(error instanceof EntraError)) throw error;
    const forPeople = route === 'oauth2/v2.0/authorize' || route === 'login';
    return (forPeople ? errorPage : errorReply)(error, ids, authority.machineNow());
  }
}

/** Throws 90002 for a tenant that is not this one, 50194 where a single-tenant application may not use `common`. */
function checkTenant(authority: Authority, tenant: string, route: string): void {
  if (isOurs(authority, tenant)) return;
  if (!shared.includes(tenant.toLowerCase())) {
    const words = `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`;
    throw new EntraError('invalid_request', 90002, words);
  }
  if (!route.startsWith('oauth2/')) return;
  const words = `The application is not configured as a multi-tenant application. Usage of the /${tenant} endpoint is not supported for such applications.`;
  throw new EntraError('invalid_request', 50194, words);
}

/** The tenant as documents print it: the GUID for either of our names. */
function canonical(authority: Authority, tenant: string): string {
  return isOurs(authority, tenant) ? authority.world.state.tenantId : tenant.toLowerCase();
}

function notEmulated(received: Received): Reply {
  const description = `Not emulated: ${received.method} ${received.path}`;
  return jsonReply(501, {
    error: 'temporarily_unavailable',
    error_description: description,
    error_codes: [],
  });
}
