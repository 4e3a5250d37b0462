import { and, eq, gt, isNull, lt, type SQL } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import { config } from '#lib/config/config.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { secretShape } from './cookie.ts';
import { endSessions } from './end-session.ts';
import { hashOf } from './secret.ts';

/** Nobody at it for so long: over. */
export const IDLE_MINUTES = 120;
/** A working day; then Entra is asked again, whatever the person does. */
export const ABSOLUTE_MINUTES = 720;
const TOUCH_SECONDS = 60;

/** A signed-in browser. */
export interface Session {
  id: string;
  actor: Actor;
  /** The cookie's secret: opens the sealed tokens, and is kept nowhere but in the browser. */
  secret: string;
  /** When it ends at the latest. */
  expiresAt: Date;
}

/**
 * The live session of a cookie; null for none, an ended or an unknown one. One found idle or expired is ended on
 * the record. `now` is the machine's time, never the sandbox clock's.
 */
export async function findSession(
  secret: string | undefined,
  now: Date,
  traceId: string,
): Promise<Session | null> {
  if (!secret || !secretShape.test(secret)) return null;
  const [row] = await db()
    .select()
    .from(sessions)
    .where(and(eq(sessions.secretHash, hashOf(secret)), isNull(sessions.endedAt)));
  if (!row || row.tenantId !== config().tenantId) return null;
  const cause = row.expiresAt <= now ? 'expired' : row.lastSeenAt <= idleSince(now) ? 'idle' : null;
  if (cause) {
    await endSessions(eq(sessions.id, row.id), cause, now, traceId);
    return null;
  }
  if (row.lastSeenAt < staleSince(now)) await touch(row.id, now);
  const { objectId, tenantId, name, upn, roles } = row;
  return { id: row.id, actor: { objectId, tenantId, name, upn, roles }, secret, expiresAt: row.expiresAt };
}

/** Whether a session goes on, asked without being somebody at it: a page that only listens keeps none alive. */
export async function isStillLive(id: string, now: Date): Promise<boolean> {
  const [row] = await db()
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, id), live(now)));
  return row !== undefined;
}

/** Neither ended nor too old nor idle. */
export function live(now: Date): SQL | undefined {
  return and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, now),
    gt(sessions.lastSeenAt, idleSince(now)),
    eq(sessions.tenantId, config().tenantId),
  );
}

/** Sessions last seen then or before are idle. */
export function idleSince(now: Date): Date {
  return new Date(now.getTime() - IDLE_MINUTES * 60_000);
}

/** At most one write a minute, however many requests. */
async function touch(id: string, now: Date): Promise<void> {
  await db()
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt), lt(sessions.lastSeenAt, staleSince(now))));
}

const staleSince = (now: Date) => new Date(now.getTime() - TOUCH_SECONDS * 1000);
