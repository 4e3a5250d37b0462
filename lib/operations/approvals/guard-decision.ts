import type { Tx } from '#db/client.ts';
import type { requests } from '#db/schema/requests.ts';
import { settingOf } from '#db/settings.ts';
import { reasonFault } from '#lib/domain/reason.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { prove } from '#lib/operations/prove.ts';

/**
 * What Stint asks of a decision beside what PIM asks: of a no a reason that says something, of both a fresh sign-in.
 * @throws Refusal reason_unclear; ProofNeeded
 */
export async function guardDecision(
  tx: Tx,
  ctx: PersonContext,
  request: typeof requests.$inferSelect,
  { approve, justification }: { approve: boolean; justification: string },
): Promise<void> {
  const fault = approve ? null : reasonFault(justification, await settingOf(tx, 'reasons'));
  if (fault) throw new Refusal('reason_unclear', fault, 'justification');
  await prove(tx, ctx.call, 'decisions', [request]);
}
