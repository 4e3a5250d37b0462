import { randomBytes, randomUUID } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { refuseUnfitPost } from '#lib/auth/action-door.ts';
import { contentSecurityPolicy } from '#lib/auth/content-security-policy.ts';
import { TRACE_HEADER } from '#lib/auth/trace.ts';
import { config as settings } from '#lib/config/config.ts';

/**
 * Headers for every answer, and what pages need to know of their request: `x-nonce`, `x-stint-path`, the trace id.
 * A courtesy, not a door: nothing is authorised here. A post that would only be an error in Next is turned away.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { appOrigin, sandbox } = settings();
  const { pathname, search } = request.nextUrl;
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, {
    framedByAuthority: pathname === '/auth/front-channel',
    asksAuthority: !/^\/(api|auth)\//.test(pathname),
  });

  // Set, not added: what a client sent under these names is gone. Next takes the nonce from the policy.
  const inward = new Headers(request.headers);
  inward.set(TRACE_HEADER, randomUUID());
  inward.set('x-stint-path', `${pathname}${search}`);
  inward.set('x-nonce', nonce);
  inward.set('content-security-policy', policy);

  const unfit = await refuseUnfitPost(request, inward);
  const answer = unfit ?? NextResponse.next({ request: { headers: inward } });
  const { headers } = answer;
  // `next dev` evaluates strings and adds elements of its own: it cannot hold the policy.
  // biome-ignore lint/style/noProcessEnv: Next fills it in when it builds; nobody sets it.
  if (process.env.NODE_ENV !== 'development') headers.set('content-security-policy', policy);
  headers.set('reporting-endpoints', `csp="${appOrigin}/api/csp"`);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'same-origin');
  headers.set(
    'cross-origin-opener-policy',
    isStepUpWindow(pathname) ? 'unsafe-none' : 'same-origin-allow-popups',
  );
  headers.set('cross-origin-resource-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  if (!sandbox) headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  return answer;
}

const stepUpWindows = ['/auth/step-up', '/auth/callback', '/auth/stepped-up', '/auth/step-up-bridge'];

/** Of the window for a stronger sign-in only what begins and ends it: cut off, the page could not see it closed. */
function isStepUpWindow(pathname: string): boolean {
  return stepUpWindows.includes(pathname);
}

// What is imported is too long to be held in memory, which Next does with every body that comes by here.
export const config = { matcher: '/((?!_next/static/|api/imports/).*)' };
