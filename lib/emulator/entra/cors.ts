import type { Received, Reply } from '#lib/emulator/http.ts';
import type { Authority } from './authority.ts';
import { isSpaOrigin } from './redirect-uri.ts';

/**
 * What a page of another origin may read: discovery and keys anyone's, tokens those of an origin with a single-page redirect
 * URI. Elsewhere the browser is told nothing.
 */
export function corsHeaders(authority: Authority, received: Received, route: string): Record<string, string> {
  const { origin } = received.headers;
  if (origin === undefined) return {};
  if (/openid-configuration$|keys$|instance$/.test(route)) return { 'access-control-allow-origin': '*' };
  const { registrations } = authority.world.state;
  if (!route.endsWith('/token') || !registrations.some((one) => isSpaOrigin(one, origin))) return {};
  return { 'access-control-allow-origin': origin, vary: 'Origin' };
}

/** The answer to a browser that asks first. */
export function preflight(headers: Record<string, string>): Reply {
  return {
    status: 204,
    headers: {
      ...headers,
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers':
        'content-type, client-request-id, x-anchormailbox, x-client-sku, x-client-ver, x-client-current-telemetry, x-client-last-telemetry, x-app-name, x-app-ver',
      'access-control-max-age': '600',
    },
    body: '',
  };
}
