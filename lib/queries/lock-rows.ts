import { inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorLocks } from '#db/schema/locks.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import { type Lock, locksOver, subscriptionOf } from '#lib/domain/lock.ts';

/** How to look up the locks that keep a role at a scope from being taken away, as the mirror knows them. */
export async function locksFor(roles: readonly RoleAtScope[]): Promise<(role: RoleAtScope) => Lock[]> {
  const azure = roles.filter(({ plane }) => plane === 'azure');
  const wanted = [...new Set(azure.flatMap(({ scopeId }) => subscriptionOf(scopeId) ?? []))];
  if (wanted.length === 0) return () => [];
  const rows = await db().select().from(mirrorLocks).where(inArray(mirrorLocks.subscriptionId, wanted));
  const bySubscription = new Map(rows.map(({ subscriptionId, locks }) => [subscriptionId, locks]));
  return ({ plane, scopeId }) => {
    if (plane !== 'azure') return [];
    return locksOver(bySubscription.get(subscriptionOf(scopeId) ?? '') ?? [], scopeId);
  };
}
