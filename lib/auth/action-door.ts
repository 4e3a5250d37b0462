import type { NextRequest } from 'next/server';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { sessionCookie } from './cookie.ts';
import { isPlainBody, mostBodyBytes } from './plain-body.ts';
import { refused } from './refused.ts';
import { requireSameOrigin } from './same-origin.ts';
import { findSession } from './session.ts';
import { traceOf } from './trace.ts';

const actionId = /^[0-9a-f]{40,64}$/;

/** A post that no page of ours sends: the HTTP status, and why. */
interface Unfit {
  status: number;
  code: RefusalCode;
}

/**
 * What Next would meet with an error of its own is refused before it, with a status that says why and on record:
 * a post to a page that is no action, comes from another site, is too long, or is more than plain data. Every action
 * checks for itself again (`app/(portal)/door.ts`); `null` lets it through. `inward` carries our own trace id.
 */
export async function refuseUnfitPost(request: NextRequest, inward: Headers): Promise<Response | null> {
  const { pathname } = request.nextUrl;
  if (request.method !== 'POST' || /^\/(api|auth)\//.test(pathname)) return null;
  const unfit = await unfitness(request);
  if (!unfit) return null;
  const { status, code } = unfit;
  const cookie = request.cookies.get(sessionCookie().name)?.value;
  const session = await findSession(cookie, new Date(), traceOf(inward)).catch(() => null);
  await refused(inward, session?.actor ?? null, { door: 'actions', code, subject: pathname });
  const { message, field } = new Refusal(code);
  return Response.json(
    { ok: false, code, message, field },
    { status, headers: { 'cache-control': 'no-store' } },
  );
}

async function unfitness(request: NextRequest): Promise<Unfit | null> {
  const { headers } = request;
  try {
    requireSameOrigin(headers);
  } catch {
    return { status: 403, code: 'cross_site' };
  }
  if (!actionId.test(headers.get('next-action') ?? '')) return { status: 405, code: 'malformed' };
  if (!headers.get('content-type')?.startsWith('text/plain')) return { status: 415, code: 'malformed' };
  const length = headers.get('content-length');
  if (length === null) return { status: 411, code: 'malformed' };
  if (Number(length) > mostBodyBytes) return { status: 413, code: 'malformed' };
  return isPlainBody(await request.text()) ? null : { status: 400, code: 'malformed' };
}
