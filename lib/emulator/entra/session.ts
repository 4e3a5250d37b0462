import { randomUUID } from 'node:crypto';
import type { SignIn, User } from '#lib/emulator/state.ts';
import type { Authority } from './authority.ts';
import { EntraError } from './error.ts';
import { seal, unseal } from './sealed.ts';

const sessionSeconds = 24 * 60 * 60;

/** A signed-in browser and who sits there. */
export interface BrowserSession {
  signIn: SignIn;
  user: User;
}

/** Cookies ignore ports, so the name carries ours: two emulators on one machine do not sign each other out. */
function cookieName(authority: Authority): string {
  return `emulator-sign-in-${new URL(authority.httpOrigin).port}`;
}

/** The browser's session; null when there is none, it is over, or the account is gone or disabled. */
export async function sessionOf(
  authority: Authority,
  cookies: string | undefined,
): Promise<BrowserSession | null> {
  const name = cookieName(authority);
  const pairs = (cookies ?? '').split(';').map((pair) => pair.trim().split('='));
  const text = pairs.find(([key]) => key === name)?.[1];
  if (!text) return null;
  try {
    const { value } = await unseal<{ sid: string }>(authority, 'browser', text);
    const signIn = authority.world.state.signIns.find((one) => one.sid === value.sid);
    const user = authority.world.state.users.find((one) => one.id === signIn?.userId);
    return signIn && user?.accountEnabled ? { signIn, user } : null;
  } catch (error) {
    if (error instanceof EntraError) return null;
    throw error;
  }
}

/** When the person of a session was last at the keyboard, in milliseconds of the machine's clock. */
export function provedAt({ provedAt, startedAt }: SignIn): number {
  return provedAt ?? startedAt;
}

/**
 * Signs a person in on this browser, in place of whoever was there, and returns the cookie to set. The same person again
 * keeps the session, so that signing out still reaches every application; authentication contexts met before stay met
 * while MFA does.
 */
export async function beginSession(
  authority: Authority,
  before: BrowserSession | null,
  user: User,
  mfa: boolean,
  acrs: string[],
): Promise<{ session: BrowserSession; cookie: string }> {
  const now = authority.machineNow();
  const same = before?.user.id === user.id ? before.signIn : null;
  const contexts = [...new Set([...(mfa ? (same?.acrs ?? []) : []), ...acrs])];
  const signIn: SignIn = {
    ...(same ?? { sid: randomUUID(), startedAt: now }),
    userId: user.id,
    mfa,
    provedAt: now,
    acrs: contexts,
  };
  const { state } = authority.world;
  const oldest = now - sessionSeconds * 1000;
  state.signIns = state.signIns.filter((one) => one.sid !== before?.signIn.sid && one.startedAt > oldest);
  state.signIns.push(signIn);
  authority.world.changed();
  const text = await seal(authority, 'browser', { sid: signIn.sid }, sessionSeconds);
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionSeconds}`;
  return { session: { signIn, user }, cookie: `${cookieName(authority)}=${text}; ${attributes}` };
}

/** Ends the session and returns the cookie that clears it. */
export function endSession(authority: Authority, session: BrowserSession): string {
  const { state } = authority.world;
  state.signIns = state.signIns.filter((one) => one.sid !== session.signIn.sid);
  authority.world.changed();
  return `${cookieName(authority)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
}
