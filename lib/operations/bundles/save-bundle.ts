import { randomUUID } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { bundleRoles, bundles } from '#db/schema/own-choices.ts';
import { longestBundleName, mostBundles, mostInBundle } from '#lib/domain/bundle.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { floorMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { proveAdministration } from '#lib/operations/prove.ts';
import { knownRoles } from './known-roles.ts';
import { loadKept } from './load-kept.ts';

export interface BundleAsk {
  /** null: a new one, one's own. */
  of: { id: string; version: number } | null;
  name: string;
  /** In their order; `minutes` null: what the person usually takes. */
  roles: { key: string; minutes: number | null }[];
}

/**
 * Keeps roles under one name, anew or over the version the person had before their eyes. It gives nobody access: each
 * role is judged when it is asked for. A shared one wants a fresh sign-in where settings ask administrators for one.
 * Answers the bundle's id.
 * @throws Refusal `not_found` for somebody else's; `conflict` when it was saved since; `bundle_not_whole`;
 * `not_eligible` for a role the person does not know by their own eligibilities; ProofNeeded
 */
export async function saveBundle(ctx: PersonContext, ask: BundleAsk): Promise<string> {
  const { actor } = ctx;
  return change(
    ctx,
    async (tx) => {
      const kept = ask.of ? await loadKept(tx, actor, ask.of) : null;
      const keys = ask.roles.map(({ key }) => key);
      if (!isWhole(ask)) throw new Refusal('bundle_not_whole');
      if (!kept) await requireRoom(tx, actor.objectId);
      const known = await knownRoles(tx, actor, keys, kept?.id ?? null);
      return { kept, known };
    },
    async (tx, { kept, known }) => {
      if (kept?.shared) await proveAdministration(tx, ctx.call);
      const id = kept?.id ?? randomUUID();
      const roles = ask.roles.map(({ key, minutes }, place) => {
        const role = known.get(key);
        if (!role) throw new Refusal('not_eligible');
        return { bundleId: id, place, minutes, ...role };
      });
      const said = { name: ask.name, changedAt: await clock(tx) };
      if (kept) {
        await tx
          .update(bundles)
          .set({ ...said, version: kept.version + 1 })
          .where(eq(bundles.id, id));
        await tx.delete(bundleRoles).where(eq(bundleRoles.bundleId, id));
      } else {
        await tx.insert(bundles).values({ id, ownerId: actor.objectId, ownerName: actor.name, ...said });
      }
      await tx.insert(bundleRoles).values(roles);
      const entry = {
        action: kept ? 'bundle.changed' : 'bundle.made',
        subject: { kind: 'bundle' as const, id },
        details: {
          name: ask.name,
          before: kept?.name ?? null,
          shared: kept?.shared ?? false,
          roles: ask.roles,
        },
      };
      return { value: id, entries: [entry] };
    },
  );
}

function isWhole({ name, roles }: BundleAsk): boolean {
  const keys = new Set(roles.map(({ key }) => key));
  return (
    name.length > 0 &&
    name.length <= longestBundleName &&
    roles.length > 0 &&
    roles.length <= mostInBundle &&
    keys.size === roles.length &&
    roles.every(({ minutes }) => minutes === null || minutes >= floorMinutes)
  );
}

async function requireRoom(tx: Tx, me: string): Promise<void> {
  const [had] = await tx.select({ n: count() }).from(bundles).where(eq(bundles.ownerId, me));
  if (had && had.n >= mostBundles)
    throw new Refusal('bundle_not_whole', `${mostBundles} bundles are the most. Remove one first.`);
}
