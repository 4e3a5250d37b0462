import { inArray } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { principals } from '#db/schema/inventory.ts';
import { effectiveMembers } from '#db/schema/posture.ts';
import { unreadGroups } from '#db/unread-groups.ts';
import type { Stage } from '#lib/domain/approval-policy.ts';

/**
 * Why somebody is excluded from a stage: themselves, as a member of an excluded group, with another account of theirs, or
 * since it is not known yet who is in one. null: they are not.
 */
export async function excludedBy(
  tx: Tx,
  { excluded }: Stage,
  accountsOf: (id: string) => string[],
): Promise<(id: string) => string | null> {
  if (excluded.length === 0) return () => null;
  const ids = excluded.map(({ id }) => id);
  const why = new Map(ids.map((id) => [id, 'is excluded']));
  const members = await tx.select().from(effectiveMembers).where(inArray(effectiveMembers.groupId, ids));
  const nameOf = (id: string) => excluded.find((one) => one.id === id)?.name ?? id;
  for (const { groupId, memberId } of members)
    if (!why.has(memberId)) why.set(memberId, `is in ${nameOf(groupId)}, which is excluded`);
  const known = await tx.select().from(principals).where(inArray(principals.id, ids));
  const groups = known.flatMap(({ id, kind }) => (kind === 'group' ? id : []));
  const [unread] = await unreadGroups(tx, groups);
  const doubt = unread ? `may be in ${nameOf(unread)}, which is excluded and was not read yet` : null;
  return (id) => {
    const own = why.get(id);
    const others = accountsOf(id).flatMap((account) => why.get(account) ?? []);
    return own ?? (others[0] ? `has another account, which ${others[0]}` : doubt);
  };
}
