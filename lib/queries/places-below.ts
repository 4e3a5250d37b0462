import { and, asc, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { placeChain } from '#db/place-chain.ts';
import { childScopeReads, childScopes } from '#db/schema/child-scopes.ts';
import { mirrorActive, mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { placesFreshMinutes } from '#lib/domain/narrower.ts';
import type { PlacesBelow } from './place-rows.ts';

/** What the viewer may choose below a scope where they are eligible; null when that is nothing of theirs. */
export async function placesBelow(
  viewer: Actor,
  { key, scopeId }: { key: string; scopeId: string },
): Promise<PlacesBelow | null> {
  const principalId = viewer.objectId;
  const eligible = await db()
    .select()
    .from(mirrorEligible)
    .where(eq(mirrorEligible.principalId, principalId));
  const role = eligible.find((row) => row.plane === 'azure' && roleKey(row) === key);
  if (!role) return null;
  const isOwn = role.scopeId.toLowerCase() === scopeId.toLowerCase();
  const asked = { eligibleScopeId: role.scopeId, scopeId, freshMinutes: null };
  const chain = isOwn ? [] : await placeChain(db(), principalId, asked);
  if (!chain) return null;
  const at = chain.at(-1)?.id ?? role.scopeId;
  const level = { principalId, parentId: at.toLowerCase() };
  const { plane, roleId } = role;
  const [[read], places, [policy], heldAt] = await Promise.all([
    db()
      .select({
        failure: childScopeReads.failure,
        fresh: sql<boolean>`coalesce(read_at > stint_now() - make_interval(mins => ${placesFreshMinutes}), false)`,
      })
      .from(childScopeReads)
      .where(and(eq(childScopeReads.principalId, principalId), eq(childScopeReads.parentId, level.parentId))),
    db()
      .select({ id: childScopes.id, name: childScopes.name, kind: childScopes.kind })
      .from(childScopes)
      .where(and(eq(childScopes.principalId, principalId), eq(childScopes.parentId, level.parentId)))
      .orderBy(asc(sql`lower(${childScopes.name})`), asc(childScopes.id)),
    db()
      .select({ facts: mirrorPolicies.facts })
      .from(mirrorPolicies)
      .where(
        and(
          eq(mirrorPolicies.plane, plane),
          eq(mirrorPolicies.roleId, roleId),
          eq(mirrorPolicies.scopeId, at),
        ),
      ),
    held(principalId, roleId, [role.scopeId, ...chain.map(({ id }) => id)]),
  ]);
  const failure = read?.failure ?? null;
  return {
    places: read?.fresh ? places : [],
    reading: !read?.fresh && failure === null,
    failure,
    policy: policy?.facts ?? null,
    policyRead: policy !== undefined,
    heldAt,
  };
}

/** The name of a scope among these where the person holds the role by activation now. */
async function held(principalId: string, roleId: string, scopes: string[]): Promise<string | null> {
  const [asked, mirrored] = await Promise.all([
    db()
      .select({ scopeId: requests.scopeId, scopeName: requests.scopeName })
      .from(requests)
      .where(
        and(
          eq(requests.requesterId, principalId),
          eq(requests.roleId, roleId),
          eq(requests.status, 'active'),
        ),
      ),
    db()
      .select({ scopeId: mirrorActive.scopeId, scopeName: mirrorActive.scopeName })
      .from(mirrorActive)
      .where(
        and(
          eq(mirrorActive.principalId, principalId),
          eq(mirrorActive.roleId, roleId),
          sql`(ends_at is null or ends_at > stint_now())`,
        ),
      ),
  ]);
  const wanted = new Set(scopes.map((id) => id.toLowerCase()));
  return [...asked, ...mirrored].find(({ scopeId }) => wanted.has(scopeId.toLowerCase()))?.scopeName ?? null;
}
