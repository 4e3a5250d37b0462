import { sql } from 'drizzle-orm';
import { principals } from '#db/schema/inventory.ts';
import { breakGlassAccounts } from '#db/schema/posture.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';

/**
 * Finds the accounts the deployment seals for emergencies among those of the tenant. A name nobody bears is kept as it
 * is written, so that it is seen to be wrong. On record when they are others than before.
 */
export async function nameBreakGlass(ctx: Context, named: readonly string[]): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const found = named.length
        ? await tx
            .select({ id: principals.id, name: principals.name, upn: principals.upn })
            .from(principals)
            .where(sql`(${principals.id} in ${named} or lower(${principals.upn}) in ${named})`)
        : [];
      const before = await tx.select().from(breakGlassAccounts).for('update');
      return { found, before };
    },
    async (tx, { found, before }) => {
      const now = named.map((namedAs) => {
        const one = found.find(({ id, upn }) => id === namedAs || upn?.toLowerCase() === namedAs);
        return { principalId: one?.id ?? namedAs, name: one?.name ?? namedAs, namedAs };
      });
      const once = [...new Map(now.map((one) => [one.principalId, one])).values()];
      const ids = (list: { principalId: string }[]) => list.map(({ principalId }) => principalId).toSorted();
      if (ids(once).join() === ids(before).join()) return { value: null, entries: [] };
      await tx.delete(breakGlassAccounts);
      if (once.length > 0) await tx.insert(breakGlassAccounts).values(once);
      return {
        value: null,
        entries: [
          {
            action: 'posture.break_glass_named',
            subject: { kind: 'inventory', id: 'break-glass' },
            details: { accounts: ids(once), before: ids(before) },
          },
        ],
      };
    },
  );
}
