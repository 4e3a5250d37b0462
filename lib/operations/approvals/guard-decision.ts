import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import type { requests } from '#db/schema/requests.ts';
import { settingOf } from '#db/settings.ts';
import { reasonFault } from '#lib/domain/reason.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { prove } from '#lib/operations/prove.ts';

/** For how long a decision that was proven goes on by Microsoft's own sign-in alone. */
const provenMinutes = 10;

/**
 * What Stint asks of a decision beside what PIM asks: of a no a reason that says something, of both a fresh sign-in.
 * `madeAt`: it passed here then, and goes on after the sign-in that Azure asked for; that is asked for no other one.
 * @throws Refusal reason_unclear; ProofNeeded
 */
export async function guardDecision(
  tx: Tx,
  ctx: PersonContext,
  request: typeof requests.$inferSelect,
  { approve, justification }: { approve: boolean; justification: string },
  madeAt: Date | null,
): Promise<void> {
  const fault = approve ? null : reasonFault(justification, await settingOf(tx, 'reasons'));
  if (fault) throw new Refusal('reason_unclear', fault, 'justification');
  if (madeAt && (await clock(tx)) < plusMinutes(madeAt, provenMinutes)) return;
  await prove(tx, ctx.call, 'decisions', [request]);
}
