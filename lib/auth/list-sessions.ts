import { and, desc, eq, ilike, ne, or } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sessions } from '#db/schema/people.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { deviceWords } from '#lib/domain/device.ts';
import { mayEndOthersSessions } from '#lib/domain/permission.ts';
import { live } from './session.ts';

/** A live session as a list shows it. */
export interface SessionRow {
  id: string;
  /** Whose. */
  name: string;
  upn: string;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
}

const longestList = 50;
const columns = {
  id: sessions.id,
  name: sessions.name,
  upn: sessions.upn,
  userAgent: sessions.userAgent,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
};

/** The actor's own live sessions, the last seen first. */
export async function ownSessions(actor: Actor, now: Date): Promise<SessionRow[]> {
  const rows = await db()
    .select(columns)
    .from(sessions)
    .where(and(eq(sessions.objectId, actor.objectId), live(now)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(longestList);
  return rows.map(asRow);
}

/** Others' live sessions, by a part of their name, for who may end them; for everybody else there are none. */
export async function othersSessions(actor: Actor, person: string, now: Date): Promise<SessionRow[]> {
  const asked = person.replaceAll('\0', '').trim().slice(0, 100);
  if (!asked || !mayEndOthersSessions(actor)) return [];
  const part = `%${asked.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const rows = await db()
    .select(columns)
    .from(sessions)
    .where(
      and(
        ne(sessions.objectId, actor.objectId),
        or(ilike(sessions.name, part), ilike(sessions.upn, part)),
        live(now),
      ),
    )
    .orderBy(sessions.name, desc(sessions.lastSeenAt))
    .limit(longestList);
  return rows.map(asRow);
}

function asRow({ userAgent, ...row }: Omit<SessionRow, 'device'> & { userAgent: string | null }): SessionRow {
  return { ...row, device: deviceWords(userAgent) };
}
