import { sql } from 'drizzle-orm';
import { principals } from '#db/schema/inventory.ts';
import { breakGlassAccounts } from '#db/schema/posture.ts';
import { isCalledOtherwise } from '#lib/domain/findings/break-glass.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';

/**
 * Finds the accounts the deployment seals for emergencies among those of the tenant. A name nobody bears is kept as it
 * is written, so that it is seen to be wrong. Found once, an account stays the one that is meant for as long as it lives:
 * whoever takes its name later is not sealed. On record when they are others than before, or are called otherwise.
 */
export async function nameBreakGlass(ctx: Context, named: readonly string[]): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const before = await tx.select().from(breakGlassAccounts).for('update');
      const ids = [...named, ...before.map(({ principalId }) => principalId)];
      const found = named.length
        ? await tx
            .select({ id: principals.id, name: principals.name, upn: principals.upn })
            .from(principals)
            .where(
              sql`${principals.goneAt} is null and (${principals.id} in ${ids} or lower(${principals.upn}) in ${named})`,
            )
            .orderBy(principals.id)
        : [];
      return { found, before };
    },
    async (tx, { found, before }) => {
      const now = named.map((namedAs) => {
        const meant = before.find((one) => one.namedAs === namedAs)?.principalId;
        const one =
          found.find(({ id }) => id === meant) ??
          found.find(({ id, upn }) => id === namedAs || upn?.toLowerCase() === namedAs);
        return {
          principalId: one?.id ?? namedAs,
          name: one?.name ?? namedAs,
          namedAs,
          upn: one?.upn ?? null,
        };
      });
      const once = [...new Map(now.map((one) => [one.principalId, one])).values()];
      const ids = (list: { principalId: string }[]) => list.map(({ principalId }) => principalId).toSorted();
      const facts = (list: typeof once) =>
        list.map(({ principalId, namedAs, upn }) => `${principalId} ${namedAs} ${upn}`).toSorted();
      if (facts(once).join() === facts(before).join()) return { value: null, entries: [] };
      await tx.delete(breakGlassAccounts);
      if (once.length > 0) await tx.insert(breakGlassAccounts).values(once);
      return {
        value: null,
        entries: [
          {
            action: 'posture.break_glass_named',
            subject: { kind: 'inventory', id: 'break-glass' },
            details: {
              accounts: ids(once),
              before: ids(before),
              renamed: once
                .filter(isCalledOtherwise)
                .map(({ principalId, namedAs, upn }) => ({ principalId, namedAs, upn })),
            },
          },
        ],
      };
    },
  );
}
