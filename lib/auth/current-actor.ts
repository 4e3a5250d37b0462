import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { Refusal } from '#lib/domain/refusal.ts';
import { sessionCookie } from './cookie.ts';
import { findSession, type Session } from './session.ts';
import { traceOf } from './trace.ts';

/** Who asks: the session of this request's cookie, null when nobody is signed in. Looked up once per rendering. */
export const currentSession = cache(async (): Promise<Session | null> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return findSession(jar.get(sessionCookie().name)?.value, new Date(), traceOf(head));
});

/** @throws Refusal not_signed_in */
export async function requireSession(): Promise<Session> {
  const session = await currentSession();
  if (!session) throw new Refusal('not_signed_in');
  return session;
}
