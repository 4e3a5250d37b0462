import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { db, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { useCoverage } from '#db/schema/posture.ts';
import { readTree } from '#db/scope-tree.ts';
import { findingKinds } from '#lib/domain/finding.ts';
import { reachIn } from '#lib/domain/scope-reach.ts';
import { coveredSince } from '#lib/domain/use.ts';
import type { PrivilegeCount } from '#lib/domain/zero-standing.ts';
import type { Context } from '#lib/operations/context.ts';
import { endAcceptances } from './end-acceptances.ts';
import { endFindings } from './end-findings.ts';
import { keepFindings } from './keep-findings.ts';
import { rolePrivileges } from './seek/role-privileges.ts';
import { seekBreakGlass } from './seek/seek-break-glass.ts';
import { seekBypasses } from './seek/seek-bypasses.ts';
import { seekGroups } from './seek/seek-groups.ts';
import { seekHolders } from './seek/seek-holders.ts';
import { seekHoldings } from './seek/seek-holdings.ts';
import { seekOwnAdditions } from './seek/seek-own-additions.ts';
import { seekPolicies } from './seek/seek-policies.ts';
import { seekRoles } from './seek/seek-roles.ts';
import type { Search, Sight } from './seek/sight.ts';
import { countStandingMembers } from './seek/standing-members.ts';
import { unreadKinds } from './unread-kinds.ts';

/**
 * Judges what was read by every rule, page by page, and keeps what they find. Begun again after a kill it comes to the
 * same: a finding is one row, and only an assessment that came to its end says what is gone. `own`: the client ids of
 * Stint's own registrations.
 */
export async function findFindings(ctx: Context, own: readonly string[]): Promise<void> {
  await endAcceptances(ctx);
  const { unread, untold } = await unreadKinds();
  const kinds = findingKinds.filter((kind) => !unread.has(kind));
  const now = await clock(db());
  const sight: Sight = {
    ...{ now, own },
    useKnownSince: coveredSince(await db().select().from(useCoverage), now),
    privileges: await rolePrivileges(),
    standingMembers: countStandingMembers(),
    reach: reachIn(await readTree(db())),
  };
  const privilege: PrivilegeCount = { standing: 0, onRequest: 0 };
  const searches: Search[] = [
    seekHoldings(sight, privilege),
    seekHolders(sight),
    seekGroups(sight),
    seekRoles(sight),
    seekPolicies(sight),
    seekBypasses(sight),
    seekOwnAdditions(sight),
    seekBreakGlass(),
  ];
  const kept = { opened: 0, returned: 0 };
  for (const search of searches) {
    for await (const found of search) {
      const { opened, returned } = await keepFindings(
        ctx,
        now,
        found.filter(({ kind }) => !untold.has(kind)),
      );
      kept.opened += opened;
      kept.returned += returned;
    }
  }
  await keepCount(privilege);
  await endFindings(ctx, now, kinds, kept);
}

/** With the reading it was counted in: the score's trend is drawn from these. */
async function keepCount(privilege: PrivilegeCount): Promise<void> {
  await transaction(async (tx) => {
    const [last] = await tx
      .select({ id: inventoryRuns.id })
      .from(inventoryRuns)
      .where(and(eq(inventoryRuns.kind, 'full'), isNotNull(inventoryRuns.finishedAt)))
      .orderBy(desc(inventoryRuns.startedAt))
      .limit(1);
    if (last) await tx.update(inventoryRuns).set({ privilege }).where(eq(inventoryRuns.id, last.id));
  });
}
