import { and, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { placeChain } from '#db/place-chain.ts';
import { type mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { placesFreshMinutes, stricter } from '#lib/domain/narrower.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';

type Eligible = typeof mirrorEligible.$inferSelect;
/** An eligibility with the scope it is asked for at, and its own where that is a wider one. */
export type Placed = Eligible & { eligibleScopeId: string | null };

interface Asked {
  /** null: now. */
  startsAt: Date | null;
  /** Planned weeks ago from a list that was fresh then: Azure says whether the place is still there. */
  occurrenceId?: string | undefined;
}

/** The role as it is asked for; or no role, and why. */
type Placing =
  | { role: Placed; policy: PolicyFacts | null; no: null }
  | { role: null; policy: null; no: Refusal };

/**
 * The role where it is asked for: at the eligibility's own scope, or at a place below it with the stricter of what is
 * known of both policies. The place is one that Azure told this person of, below this eligibility, a short while ago.
 */
export async function placed(
  tx: Tx,
  role: Eligible | undefined,
  policy: PolicyFacts | null,
  { startsAt, occurrenceId }: Asked,
  narrowerScopeId: string | undefined,
): Promise<Placing> {
  const refuse = (no: Refusal): Placing => ({ role: null, policy: null, no });
  if (!role) return refuse(new Refusal('not_eligible'));
  if (!narrowerScopeId || narrowerScopeId.toLowerCase() === role.scopeId.toLowerCase())
    return { role: { ...role, eligibleScopeId: null }, policy, no: null };
  if (role.plane !== 'azure') return refuse(new Refusal('not_eligible'));
  const chain = await placeChain(tx, role.principalId, {
    eligibleScopeId: role.scopeId,
    scopeId: narrowerScopeId,
    freshMinutes: occurrenceId ? null : placesFreshMinutes,
  });
  const place = chain?.at(-1);
  if (!chain || !place) return refuse(new Refusal('place_unknown'));
  const wider = await heldWider(
    tx,
    role,
    [role.scopeId, ...chain.slice(0, -1).map(({ id }) => id)],
    startsAt,
  );
  if (wider) return refuse(wider);
  const [known] = await tx
    .select({ facts: mirrorPolicies.facts })
    .from(mirrorPolicies)
    .where(
      and(
        eq(mirrorPolicies.plane, 'azure'),
        eq(mirrorPolicies.roleId, role.roleId),
        eq(sql`lower(${mirrorPolicies.scopeId})`, place.id.toLowerCase()),
      ),
    );
  const at = { scopeId: place.id, scopeName: place.name, scopeKind: place.kind };
  return {
    role: { ...role, ...at, eligibleScopeId: role.scopeId },
    policy: stricter(policy, known?.facts ?? null),
    no: null,
  };
}

/** What is on at a wider place when the narrower would begin gives all of it already. */
async function heldWider(
  tx: Tx,
  { principalId, plane, roleId }: Eligible,
  wider: string[],
  startsAt: Date | null,
): Promise<Refusal | null> {
  const from = startsAt ? sql`${startsAt.toISOString()}::timestamptz` : sql`stint_now()`;
  const [held] = await tx
    .select({ scopeName: requests.scopeName })
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, principalId),
        eq(requests.plane, plane),
        eq(requests.roleId, roleId),
        inArray(
          sql`lower(${requests.scopeId})`,
          wider.map((id) => id.toLowerCase()),
        ),
        inArray(requests.status, ['provisioning', 'active']),
        or(isNull(requests.endsAt), gt(requests.endsAt, from)),
      ),
    )
    .limit(1);
  if (!held) return null;
  const detail = `You already hold this role wider, at ${held.scopeName}. End that first, or ask for a start after it.`;
  return new Refusal('held_wider', detail);
}
