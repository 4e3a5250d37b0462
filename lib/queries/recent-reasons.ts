import { and, desc, ne } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mine } from './columns.ts';
import type { RecentReason } from './own-choice-rows.ts';

const mostRead = 200;
const mostTold = 30;

/** What the viewer gave as reasons lately, each once, the newest first. Nobody else's are told. */
export async function recentReasons(viewer: Actor): Promise<RecentReason[]> {
  const { plane, roleId, scopeId, justification } = requests;
  const rows = await db()
    .select({ plane, roleId, scopeId, justification })
    .from(requests)
    .where(and(mine(viewer.objectId), ne(justification, '')))
    .orderBy(desc(requests.filedAt), desc(requests.id))
    .limit(mostRead);
  const told = new Map<string, Set<string>>();
  for (const { justification: text, ...role } of rows) {
    const keys = told.get(text) ?? new Set();
    told.set(text, keys.add(roleKey(role)));
  }
  return [...told].slice(0, mostTold).map(([text, keys]) => ({ text, keys: [...keys] }));
}
