import type { Tx } from '#db/client.ts';
import { settingOf } from '#db/settings.ts';
import { reasonFault } from '#lib/domain/reason.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { prove } from '#lib/operations/prove.ts';

/**
 * What Stint asks of a submit beside what PIM asks of each role: a reason that says something, and a fresh sign-in.
 * `roles` are those it would file anew.
 * @throws Refusal reason_unclear; ProofNeeded
 */
export async function guardSubmit(
  tx: Tx,
  ctx: PersonContext,
  justification: string,
  roles: Parameters<typeof prove>[3],
): Promise<void> {
  if (roles.length === 0) return;
  await guardReason(tx, justification);
  await prove(tx, ctx.call, 'activations', roles);
}

/** A reason that is given has to say something. @throws Refusal reason_unclear */
export async function guardReason(tx: Tx, justification: string): Promise<void> {
  const fault = reasonFault(justification, await settingOf(tx, 'reasons'));
  if (fault) throw new Refusal('reason_unclear', fault, 'justification');
}
