import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { latestParts } from '#db/latest-parts.ts';
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
  // Stint's own record says so.
  activated_past_approval: [],
  stint_credential_added: ['applications', 'federated_credentials'],
  stint_owner_added: ['applications'],
  stint_role_added: ['app_role_holders'],
  break_glass_controls: ['users', 'entra_active', 'access_policies'],
};

/**
 * Of these kinds, the lists in which that something is missing is itself what is found: a failed list would make it up.
 * The others are shown by what was read, and are told whatever else was not.
 */
const needsToTell: Partial<Record<FindingKind, readonly string[]>> = {
  never_activated: needs.never_activated,
  not_activated_lately: needs.not_activated_lately,
  // Who is in a group by an activation would look like somebody who stands in it.
  group_with_standing_members: ['group_active'],
  workload_without_owner: needs.workload_without_owner,
  workload_idle: needs.workload_idle,
  context_without_policy: needs.context_without_policy,
  no_live_approver: needs.no_live_approver,
  break_glass_controls: ['users', 'entra_active'],
};

/** unread: what of these was found stays as it is. untold: nothing new is found, either. */
interface Unread {
  unread: ReadonlySet<FindingKind>;
  untold: ReadonlySet<FindingKind>;
}

/** Kinds about which the last reading, with the looks since, says nothing, or not all, since it did not read to the end what they need. */
export async function unreadKinds(): Promise<Unread> {
  const answer = await db().execute(
    sql`select list, bool_and(state = 'done') as whole from ${latestParts} latest group by list`,
  );
  const rows = (answer as unknown as { rows: { list: string; whole: boolean }[] }).rows;
  if (rows.length === 0) return { unread: new Set(findingKinds), untold: new Set(findingKinds) };
  const whole = new Map(rows.map((row) => [row.list, row.whole]));
  const isUnread = (list: string) => !(whole.get(list) ?? byPlace.has(list));
  return {
    unread: new Set(findingKinds.filter((kind) => needs[kind].some(isUnread))),
    untold: new Set(findingKinds.filter((kind) => needsToTell[kind]?.some(isUnread))),
  };
}
