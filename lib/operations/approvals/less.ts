import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { placeChain } from '#db/place-chain.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import type { Terms } from '#lib/domain/approval.ts';
import { isRefusedBelow, type Place, stricter } from '#lib/domain/narrower.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { type LessAsk, offerFault } from '#lib/domain/terms.ts';
import { termsOf } from '#lib/domain/terms-of.ts';
import { inWords } from '#lib/domain/time.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/** Terms that ask less than a request does, at a place of which its requester was told. */
export interface Less {
  terms: Terms;
  /** The place, where it is another one; null: the same. */
  place: Place | null;
  /** The place of the terms and what is above it, lower case. */
  scopeChain: string[];
  /** PIM’s rules there; null: not known. */
  policy: PolicyFacts | null;
}

/** @throws Refusal `malformed` (the field, and what to do) for what is no less, or cannot be had; `place_unknown`. */
export async function lessOf(tx: Tx, request: RequestRecord, ask: LessAsk, now: Date): Promise<Less> {
  const asked = termsOf(request);
  const { chain, place } = await placeBelow(tx, request, ask.scopeId ?? asked.scopeId);
  const terms: Terms = {
    minutes: ask.minutes ?? asked.minutes,
    scopeId: place?.id ?? asked.scopeId,
    scopeName: place?.name ?? asked.scopeName,
    startsAt: ask.startsAt?.toISOString() ?? asked.startsAt,
  };
  const fault = offerFault(terms, asked, now);
  if (fault) throw new Refusal('malformed', fault.detail, fault.field);
  const policy = place ? stricter(request.policy, await policyAt(tx, request, place.id)) : request.policy;
  if (policy && terms.minutes > policy.maximumMinutes) {
    const detail = `PIM allows ${inWords(policy.maximumMinutes)} there. Offer no more.`;
    throw new Refusal('malformed', detail, 'minutes');
  }
  return { terms, place, scopeChain: chain, policy };
}

/** The place, when it is another than the request’s own, and its chain up to where the requester is eligible. */
async function placeBelow(
  tx: Tx,
  request: RequestRecord,
  scopeId: string,
): Promise<{ chain: string[]; place: Place | null }> {
  const eligibleScopeId = request.eligibleScopeId ?? request.scopeId;
  const [own, wanted] = [request.scopeId.toLowerCase(), scopeId.toLowerCase()];
  const known =
    request.plane === 'azure' && wanted !== eligibleScopeId.toLowerCase()
      ? await placeChain(tx, request.requesterId, { eligibleScopeId, scopeId, freshMinutes: null })
      : [];
  const chain = [...(known ?? []).map(({ id }) => id.toLowerCase()).reverse(), eligibleScopeId.toLowerCase()];
  if (wanted === own) return { chain: [...new Set([own, ...chain])], place: null };
  const place = known?.at(-1);
  if (!place || !chain.includes(own) || isRefusedBelow(eligibleScopeId, place.id))
    throw new Refusal('place_unknown', 'Stint knows no such place below what was asked.', 'scopeId');
  return { chain, place };
}

async function policyAt(tx: Tx, { roleId }: RequestRecord, scopeId: string): Promise<PolicyFacts | null> {
  const [known] = await tx
    .select({ facts: mirrorPolicies.facts })
    .from(mirrorPolicies)
    .where(
      and(
        eq(mirrorPolicies.plane, 'azure'),
        eq(mirrorPolicies.roleId, roleId),
        eq(sql`lower(${mirrorPolicies.scopeId})`, scopeId.toLowerCase()),
      ),
    );
  return known?.facts ?? null;
}
