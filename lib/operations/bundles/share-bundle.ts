import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { principals } from '#db/schema/inventory.ts';
import { bundleShares, bundles } from '#db/schema/own-choices.ts';
import { mostShares } from '#lib/domain/bundle.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { loadKept } from './load-kept.ts';

/**
 * Says with whom a bundle is shared: people by user principal name, groups by name, either by object id; with nobody it
 * is its owner's own again. It gives nobody a role: whoever is not eligible sees that they are not.
 * @throws Refusal `not_found` for who does not administer Stint, and for what is not theirs to share; `conflict` when it
 * was saved since; `malformed` naming who is not known.
 */
export async function shareBundle(
  ctx: PersonContext,
  { names, ...of }: { id: string; version: number; names: string[] },
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const bundle = await loadKept(tx, ctx.actor, of);
      return { bundle, shares: await whoIs(tx, names) };
    },
    async (tx, { bundle: { id, name, version }, shares }) => {
      await tx.delete(bundleShares).where(eq(bundleShares.bundleId, id));
      if (shares.length > 0)
        await tx.insert(bundleShares).values(shares.map((share) => ({ bundleId: id, ...share })));
      const shared = shares.length > 0;
      await tx
        .update(bundles)
        .set({ shared, version: version + 1, changedAt: await clock(tx) })
        .where(eq(bundles.id, id));
      const subject = { kind: 'bundle' as const, id };
      return {
        value: null,
        entries: [{ action: 'bundle.shared', subject, details: { name, with: shares } }],
      };
    },
  );
}

async function whoIs(tx: Tx, names: string[]) {
  const called = [...new Set(names.map((name) => name.trim().toLowerCase()).filter(Boolean))];
  if (called.length > mostShares)
    throw new Refusal('malformed', `${mostShares} people and groups are the most.`, 'names');
  if (called.length === 0) return [];
  const { id, name, upn, kind } = principals;
  const found = await tx
    .select({ id, name, upn, kind })
    .from(principals)
    .where(
      and(
        isNull(principals.goneAt),
        inArray(kind, ['member', 'guest', 'group']),
        or(
          inArray(id, called),
          inArray(sql`lower(${upn})`, called),
          and(eq(kind, 'group'), inArray(sql`lower(${name})`, called)),
        ),
      ),
    );
  return called.map((text) => {
    const [one, other] = found.filter((row) =>
      [row.id, row.upn, row.kind === 'group' ? row.name : null].some(
        (known) => known?.toLowerCase() === text,
      ),
    );
    if (!one) throw new Refusal('malformed', `Nobody and no group is known as “${text}”.`, 'names');
    if (other)
      throw new Refusal('malformed', `Several groups are called “${text}”. Write its object id.`, 'names');
    return { principalId: one.id, name: one.name, isGroup: one.kind === 'group' };
  });
}
