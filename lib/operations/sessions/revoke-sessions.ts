import { db } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { AccountPort } from '#lib/azure/ports.ts';
import { tokenOf } from '#lib/operations/act-tokens.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { finishRevocation, openRevocation } from './finish-revocation.ts';

/**
 * Tells Entra to end every sign-in of a person; told twice it has the same effect. Then Stint ends its own sessions of
 * theirs (`endOwn`): they could not get a token any more.
 * @throws AzureFault that may be tried again.
 */
export async function revokeSessions(
  ctx: Context,
  revocationId: string,
  account: AccountPort,
  open: OpenToken,
  endOwn: (personId: string, traceId: string) => Promise<void>,
): Promise<void> {
  const asked = await openRevocation(db(), revocationId);
  if (!asked) return;
  const token = await tokenOf(revocationId, 'graph', open);
  if (!token) return finishRevocation(ctx, asked, 'Entra was not told in time. Ask again.');
  try {
    await account.revokeSessions(token);
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    return finishRevocation(ctx, asked, wordsOf(error));
  }
  failPoint('revoke-sessions:after-act');
  await endOwn(asked.personId, ctx.traceId);
  await finishRevocation(ctx, asked, null);
}

function wordsOf(fault: AzureFault): string {
  if (fault.kind === 'not_allowed')
    return 'Entra does not let Stint do it: its registration lacks User.RevokeSessions.All. Do it at mysignins.microsoft.com, and tell your administrator.';
  return `Entra refused it: ${fault.message || fault.code}.`;
}
