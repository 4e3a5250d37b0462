import { and, eq, sql } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { applierSwitches } from '#db/schema/reviews.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/** All of a plane; of Azure also a management group, or a subscription, and what is in it. */
const armScope =
  /^\/(subscriptions\/[0-9a-f-]{36}(\/[\w().-]+)*|providers\/microsoft\.management\/managementgroups\/[\w().-]+)$/;

/**
 * Switches the Applier on or off for a place. On, what waited for it goes ahead.
 * @throws Refusal `not_found` for who does not operate Stint; `malformed` for what is no scope; `conflict` when it is so
 * already.
 */
export async function switchApplier(
  ctx: PersonContext,
  { on, plane, scope }: { on: boolean; plane: Plane; scope: string },
): Promise<void> {
  const scopeId = scope.trim().toLowerCase().replace(/\/+$/, '') || '/';
  await change(
    ctx,
    async () => {
      if (!mayOperate(ctx.actor)) throw new Refusal('not_found');
      if (scopeId === '/' || (plane === 'azure' && armScope.test(scopeId))) return;
      throw new Refusal('malformed', 'That is no scope the Applier can be switched on for.', 'scope');
    },
    async (tx) => {
      const place = and(eq(applierSwitches.plane, plane), eq(applierSwitches.scopeId, scopeId));
      const by = { switchedById: ctx.actor.objectId, switchedByName: ctx.actor.name };
      const changed = on
        ? await tx
            .insert(applierSwitches)
            .values({ plane, scopeId, ...by, switchedAt: await clock(tx) })
            .onConflictDoNothing()
            .returning()
        : await tx.delete(applierSwitches).where(place).returning();
      if (changed.length === 0) throw new Refusal('conflict');
      if (on) {
        await tx.execute(
          sql`update access_changes set check_at = stint_now() where state = 'waiting' and outcome = 'not_switched_on'`,
        );
      }
      const action = on ? 'applier.switched_on' : 'applier.switched_off';
      const subject = { kind: 'applier', id: `${plane} ${scopeId}` } as const;
      return { value: null, entries: [{ action, subject, details: { plane, scopeId } }] };
    },
  );
}
