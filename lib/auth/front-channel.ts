import { expectedIssuer } from './discovery.ts';
import { endSessionsOfSid } from './end-session.ts';

/**
 * Entra tells every application when somebody signs out (OpenID Connect Front-Channel Logout 1.0), by a frame
 * that brings no cookie: issuer and session id say whose. Anything else is ignored, and answered with false.
 */
export async function frontChannelSignOut(
  query: URLSearchParams,
  now: Date,
  traceId: string,
): Promise<boolean> {
  const sid = query.get('sid');
  if (query.get('iss') !== expectedIssuer() || !sid || sid.length > 200 || sid.includes('\u0000'))
    return false;
  await endSessionsOfSid(sid, now, traceId);
  return true;
}
