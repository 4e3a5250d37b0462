import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { criticalAmong } from '#db/critical-among.ts';
import { groupTree, tenantOf } from '#db/group-tree.ts';
import { onDutyBy } from '#db/on-duty.ts';
import { unreadGroups } from '#db/unread-groups.ts';
import type { ApprovalPolicy, AskFacts } from '#lib/domain/approval-policy.ts';
import type { RoleAtScope, ScopeKind } from '#lib/domain/assignment.ts';
import { isInChangeWindow, noChange } from '#lib/domain/change-window.ts';
import { isManagementGroup, placesWithin, scopeChain } from '#lib/domain/scope-chain.ts';
import type { TicketCheck } from '#lib/domain/ticket.ts';
import { isReadLately } from '#lib/operations/apply/is-read-lately.ts';
import { planFor } from '#lib/operations/tickets/plan-for.ts';
import { readWithinHours } from './read-within.ts';

/** What is asked for, as far as one submit says the same of all its roles. */
export interface Asked {
  ticketNumber: string;
  /** null: now. */
  startsAt: Date | null;
  ticketCheck?: TicketCheck | null | undefined;
  /** Of one that is filed: its ticket goes by what its system last told. */
  requestId?: string;
}

type Role = RoleAtScope & { scopeKind: ScopeKind };

/** Loads what rules look at, as far as the policy looks at it, for one person's asks. */
export async function askFacts(
  tx: Tx,
  policy: ApprovalPolicy,
  personId: string,
  asked: Asked,
  roles: readonly Role[],
  now: Date,
): Promise<(role: Role, minutes: number) => AskFacts> {
  const looks = [...policy.rules, ...policy.freezes].map(({ when }) => when);
  const inRules = looks.flatMap(({ scopes }) => scopes.map(({ id }) => id));
  const places = [...inRules, ...roles.map(({ scopeId }) => scopeId)];
  const tree = places.some(isManagementGroup) ? await groupTree(tx) : new Map();
  const tenantId = await tenantOf(tx);
  const isCritical = await criticalAmong(tx, roles);
  const groups = looks.flatMap((when) => when.groups.map(({ id }) => id));
  const requester = { ...(await whoAsks(tx, personId)), unreadGroupIds: await unreadGroups(tx, groups) };
  const begins = asked.startsAt ?? now;
  const schedules = looks.flatMap(({ onCall }) => onCall.map(({ id }) => id));
  const duties = await onDutyBy(tx, schedules, begins);
  const onCallOf = [...duties].filter(([, { person }]) => person.id === personId).map(([id]) => id);
  const plan = looks.some(({ inChangeWindow }) => inChangeWindow) ? await planFor(tx, asked, now) : noChange;
  return (role, minutes) => {
    const { chain, isWhole } = scopeChain(role, tree, tenantId);
    const { plane, roleId, scopeId } = role;
    return {
      ...{ role: { plane, roleId, scopeId }, scopeChain: chain, isChainWhole: isWhole },
      scopesWithin: placesWithin(role, inRules, tree, tenantId),
      ...{ isCritical: isCritical(role), requester, minutes, startsAt: asked.startsAt, now, onCallOf },
      isInChangeWindow: isInChangeWindow(plan, begins, minutes),
    };
  };
}

/** The person's groups by the last reading of the tenant; null: there was none to its end within a day. */
async function whoAsks(tx: Tx, id: string): Promise<AskFacts['requester']> {
  const result = await tx.execute(sql`
    select
      coalesce((select kind from principals where id = ${id}), (select kind from people where object_id = ${id})) as kind,
      array(
        select lower(group_id) from effective_members where member_id = ${id}
        union select lower(group_id) from memberships where member_id = ${id} and gone_at is null) as groups`);
  const [row] = (result as unknown as { rows: { kind: string | null; groups: string[] }[] }).rows;
  const isGuest = row?.kind === 'guest' ? true : row?.kind === 'member' ? false : null;
  return { id, groupIds: row && (await isReadLately(tx, readWithinHours)) ? row.groups : null, isGuest };
}
