import { and, asc, eq, exists, inArray, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { gainedRoles } from '#db/gained-roles.ts';
import { idsOfAccount } from '#db/own-access.ts';
import { keyOf } from '#db/role-key-sql.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { bundleRoles, bundleShares, bundles } from '#db/schema/own-choices.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mayKeepBundle, memberKey } from '#lib/domain/bundle.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { Bundle } from './own-choice-rows.ts';

const mostShown = 100;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The viewer's own bundles and those shared with them, by name. */
export function myBundles(viewer: Actor): Promise<Bundle[]> {
  return bundlesWhere(viewer, isFor(viewer));
}

/** The same, and for who administers Stint every shared one: what they keep. */
export function keptBundles(viewer: Actor): Promise<Bundle[]> {
  return bundlesWhere(viewer, isOpenTo(viewer));
}

/** One of them; null when it is not there or not the viewer's to see. */
export async function bundleFor(viewer: Actor, id: string): Promise<Bundle | null> {
  if (!uuid.test(id)) return null;
  const [bundle] = await bundlesWhere(viewer, and(eq(bundles.id, id), isOpenTo(viewer)));
  return bundle ?? null;
}

function isOpenTo(viewer: Actor): SQL | undefined {
  return mayAdminister(viewer) ? or(isFor(viewer), eq(bundles.shared, true)) : isFor(viewer);
}

/** Own, or shared with the viewer, a group they are in, or one they may join: who is on call sees it before the shift. */
function isFor({ objectId }: Actor): SQL | undefined {
  const shared = db()
    .select({ one: sql`1` })
    .from(bundleShares)
    .where(
      and(
        eq(bundleShares.bundleId, bundles.id),
        sql`${bundleShares.principalId} = any (${idsOfAccount(sql`${objectId}`)})`,
      ),
    );
  return or(
    and(eq(bundles.ownerId, objectId), eq(bundles.shared, false)),
    and(eq(bundles.shared, true), exists(shared)),
  );
}

async function bundlesWhere(viewer: Actor, which: SQL | undefined): Promise<Bundle[]> {
  const found = await db()
    .select()
    .from(bundles)
    .where(which)
    .orderBy(sql`lower(${bundles.name})`, bundles.id)
    .limit(mostShown);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const kept = found.filter((bundle) => mayKeepBundle(viewer, bundle)).map(({ id }) => id);
  const [roles, shares] = await Promise.all([
    db()
      .select({ role: bundleRoles, eligible: sql<boolean>`${mirrorEligible.principalId} is not null` })
      .from(bundleRoles)
      .leftJoin(
        mirrorEligible,
        and(eq(mirrorEligible.principalId, viewer.objectId), eq(keyOf(mirrorEligible), keyOf(bundleRoles))),
      )
      .where(inArray(bundleRoles.bundleId, ids))
      .orderBy(asc(bundleRoles.place)),
    kept.length === 0
      ? []
      : db()
          .select()
          .from(bundleShares)
          .where(inArray(bundleShares.bundleId, kept))
          .orderBy(bundleShares.name),
  ]);
  const missing = roles.filter(({ eligible }) => !eligible).map(({ role }) => roleKey(role));
  const gained = await gainedRoles(db(), viewer.objectId, [...new Set(missing)]);
  const rowOf = ({ bundleId, place, ...role }: typeof bundleRoles.$inferSelect) => {
    const key = roleKey(role);
    const ways = gained.filter((one) => roleKey(one) === key);
    const givers = ways.map(({ groupId, groupName }) => ({ key: memberKey(groupId), name: groupName }));
    return { ...role, key, givers, policy: ways[0]?.facts ?? null };
  };
  return found.map((bundle) => {
    const { id, name, version, ownerName, shared } = bundle;
    const withWhom = shares.filter(({ bundleId }) => bundleId === id);
    return {
      ...{ id, name, version, ownerName, shared, keeps: kept.includes(id) },
      roles: roles.filter(({ role }) => role.bundleId === id).map(({ role }) => rowOf(role)),
      shares: withWhom.map(({ name: called, isGroup }) => ({ name: called, isGroup })),
    };
  });
}
