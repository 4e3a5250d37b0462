import { desc, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { type FindingKind, findingKinds } from '#lib/domain/finding.ts';
import type { InventoryList } from '#lib/domain/inventory.ts';

/** Read place by place: that there is no place to read says that there is nothing. */
const byPlace = new Set(['members', 'group_active', 'app_role_holders']);
const who: InventoryList[] = ['users', 'groups', 'service_principals'];

/**
 * The lists whose silence a rule would take for a fact. Not among them: lists of assignments. What one of those could
 * not show keeps its row, and so its finding, while every other place is judged.
 */
const needs: Record<FindingKind, readonly string[]> = {
  standing_privilege: who,
  never_activated: who,
  not_activated_lately: who,
  window_too_long: [],
  oversized_role: [],
  group_with_standing_members: [...who, 'members', 'group_active'],
  workload_standing: who,
  workload_without_owner: [...who, 'agents'],
  workload_idle: [...who, 'workload_sign_ins'],
  guest_privileged: who,
  disabled_assigned: who,
  no_approval_on_critical: [],
  context_without_policy: ['access_policies'],
  no_live_approver: who,
  stint_credential_added: ['applications', 'federated_credentials'],
  stint_owner_added: ['applications'],
  stint_role_added: ['app_role_holders'],
  break_glass_controls: ['users', 'entra_active', 'access_policies'],
};

/** Kinds about which the last reading says nothing, since it did not read to the end what they need: they stay as they are. */
export async function unreadKinds(): Promise<Set<FindingKind>> {
  const [last] = await db()
    .select({ id: inventoryRuns.id })
    .from(inventoryRuns)
    .where(isNotNull(inventoryRuns.finishedAt))
    .orderBy(desc(inventoryRuns.startedAt))
    .limit(1);
  if (!last) return new Set(findingKinds);
  const rows = await db()
    .select({ list: sql<string>`list`, whole: sql<boolean>`bool_and(state = 'done')` })
    .from(sql`inventory_parts`)
    .where(sql`run_id = ${last.id}`)
    .groupBy(sql`list`);
  const whole = new Map(rows.map((row) => [row.list, row.whole]));
  const isUnread = (list: string) => !(whole.get(list) ?? byPlace.has(list));
  return new Set(findingKinds.filter((kind) => needs[kind].some(isUnread)));
}
