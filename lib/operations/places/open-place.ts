import { randomUUID } from 'node:crypto';
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { placeChain } from '#db/place-chain.ts';
import { enqueue } from '#db/queue.ts';
import { childScopeReads } from '#db/schema/child-scopes.ts';
import { mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { placesFreshMinutes } from '#lib/domain/narrower.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';

/** Rather than on every look: half of what is offered is fresh enough to be asked for a while yet. */
const rereadMinutes = placesFreshMinutes / 2;
const policyFreshMinutes = 5;
/** A reading that came to nothing is not asked for again at once. */
const againSeconds = 20;

/**
 * Has jobs read what lies below a scope where the person is eligible, with their own token, and the role's policy there,
 * as the Reader; unless both are known from a moment ago. Reading changes nothing anybody could be asked about.
 * @throws Refusal `not_eligible`; `place_unknown` for a scope that is not known to lie below the eligibility's.
 */
export async function openPlace(
  ctx: PersonContext,
  { key, scopeId }: { key: string; scopeId: string },
  seal: SealedTokens,
): Promise<void> {
  const principalId = ctx.actor.objectId;
  await change(
    ctx,
    async (tx) => {
      const rows = await tx.select().from(mirrorEligible).where(eq(mirrorEligible.principalId, principalId));
      const role = rows.find((row) => row.plane === 'azure' && roleKey(row) === key);
      if (!role) throw new Refusal('not_eligible');
      const isOwn = role.scopeId.toLowerCase() === scopeId.toLowerCase();
      const asked = { eligibleScopeId: role.scopeId, scopeId, freshMinutes: null };
      const chain = isOwn ? [] : await placeChain(tx, principalId, asked);
      if (!chain) throw new Refusal('place_unknown');
      return { role, levels: [role.scopeId, ...chain.map(({ id }) => id)] };
    },
    async (tx, { role, levels }) => {
      // The way to it as well: a place counts as long as every level above it is known from a short while ago.
      for (const scopeId of levels) await readLevel(tx, ctx, scopeId, seal);
      const place = { plane: role.plane, roleId: role.roleId, scopeId: levels.at(-1) ?? role.scopeId };
      if (!(await isPolicyKnown(tx, place)))
        await enqueue(tx, 'learn-place', { ...place, principalId, traceId: ctx.traceId });
      return { value: null, entries: [] };
    },
  );
}

async function readLevel(
  tx: Tx,
  { actor, traceId }: PersonContext,
  scopeId: string,
  seal: SealedTokens,
): Promise<void> {
  const level = { principalId: actor.objectId, parentId: scopeId.toLowerCase() };
  if (!(await isDue(tx, level))) return;
  const actId = randomUUID();
  await keepToken(tx, actId, 'arm', seal);
  await enqueue(tx, 'children', { principalId: actor.objectId, scopeId, actId, traceId });
  const tried = { triedAt: sql`stint_now()`, failure: null };
  await tx
    .insert(childScopeReads)
    .values({ ...level, readAt: null, ...tried })
    .onConflictDoUpdate({ target: [childScopeReads.principalId, childScopeReads.parentId], set: tried });
}

async function isDue(tx: Tx, { principalId, parentId }: { principalId: string; parentId: string }) {
  const [known] = await tx
    .select({
      read: sql<boolean>`coalesce(read_at > stint_now() - make_interval(mins => ${rereadMinutes}), false)`,
      tried: sql<boolean>`tried_at > stint_now() - make_interval(secs => ${againSeconds})`,
    })
    .from(childScopeReads)
    .where(and(eq(childScopeReads.principalId, principalId), eq(childScopeReads.parentId, parentId)))
    .for('update');
  return !known?.read && !known?.tried;
}

async function isPolicyKnown(tx: Tx, place: { roleId: string; scopeId: string }) {
  const rows = await tx
    .select({ at: mirrorPolicies.readAt })
    .from(mirrorPolicies)
    .where(
      and(
        eq(mirrorPolicies.plane, 'azure'),
        eq(mirrorPolicies.roleId, place.roleId),
        eq(mirrorPolicies.scopeId, place.scopeId),
        gt(mirrorPolicies.readAt, sql`stint_now() - make_interval(mins => ${policyFreshMinutes})`),
      ),
    );
  return rows.length > 0;
}
