import { db } from '#db/client.ts';
import { stepUpProofs } from '#db/schema/step-up.ts';
import { config } from '#lib/config/config.ts';
import type { Call } from '#lib/domain/proof.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { discovery, expectedIssuer } from './discovery.ts';
import { hashOf } from './secret.ts';
import type { Session } from './session.ts';
import { type Proof, verifyProof } from './step-up-proof.ts';

/**
 * Keeps a fresh sign-in for one act of one session, until that act takes it: each token once, whatever it is for.
 * @throws Refusal proof_refused; authority_away when its keys cannot be had.
 */
export async function showProof(
  session: Session,
  { act, token, now }: { act: string; token: string; now: Date },
): Promise<void> {
  const { stepUpClientId, tenantId } = config();
  if (stepUpClientId === null) throw new Refusal('proof_refused');
  const { keys } = await discovery().catch(() => {
    throw new Refusal('authority_away');
  });
  const proof = await verifyProof(token, {
    issuer: expectedIssuer(),
    clientId: stepUpClientId,
    tenantId,
    objectId: session.actor.objectId,
    keys,
    now,
  });
  await keepProof({ sessionId: session.id, act }, proof);
}

/** @throws Refusal proof_refused when this token was shown before, by whomever and for whatever. */
export async function keepProof(
  { sessionId, act }: Pick<Call, 'sessionId' | 'act'>,
  { tokenId, signedInAt, contexts, expiresAt }: Proof,
): Promise<void> {
  const kept = await db()
    .insert(stepUpProofs)
    .values({ tokenHash: hashOf(tokenId), sessionId, act, signedInAt, contexts, keptUntil: expiresAt })
    .onConflictDoNothing()
    .returning({ act: stepUpProofs.act });
  if (kept.length === 0) {
    throw new Refusal('proof_refused', 'This sign-in was used already. Each counts once; sign in once more.');
  }
}
