import { and, eq, isNull } from 'drizzle-orm';
import { config } from '#lib/config/config.ts';
import { type Call, ProofNeeded, proofFault, type StepUpWanted } from '#lib/domain/proof.ts';
import type { Tx } from './client.ts';
import { stepUpProofs } from './schema/step-up.ts';

/**
 * Takes the fresh sign-in that was shown for this call, in the transaction of the change it allows: once, and both
 * or neither. Where no registration for it is configured, nobody can be asked and nothing is.
 * @throws ProofNeeded when none was shown, or what was shown does not meet what is wanted now.
 */
export async function takeProof(tx: Tx, call: Call | undefined, wanted: StepUpWanted): Promise<void> {
  if (config().stepUpClientId === null || call?.proven) return;
  if (!call) throw new ProofNeeded(wanted);
  const shown = await tx
    .update(stepUpProofs)
    .set({ takenAt: call.at })
    .where(
      and(
        eq(stepUpProofs.sessionId, call.sessionId),
        eq(stepUpProofs.act, call.act),
        isNull(stepUpProofs.takenAt),
      ),
    )
    .returning();
  const faults = shown.map((proof) => proofFault(proof, wanted, call.at));
  const good = shown[faults.indexOf(null)];
  if (!good) throw new ProofNeeded(wanted, faults.at(-1) ?? null);
  call.proven = { signedInAt: good.signedInAt, contexts: good.contexts };
}
