import { and, eq, isNull } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { sessionRevocations } from '#db/schema/revocations.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { AccountPort } from '#lib/azure/ports.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';

type Revocation = typeof sessionRevocations.$inferSelect;

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
  const asked = await openOne(db(), revocationId);
  if (!asked) return;
  const token = await tokenOf(revocationId, 'graph', open);
  if (!token) return finish(ctx, asked, 'Entra was not told in time. Ask again.');
  try {
    await account.revokeSessions(token);
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    return finish(ctx, asked, wordsOf(error));
  }
  failPoint('revoke-sessions:after-act');
  await endOwn(asked.personId, ctx.traceId);
  await finish(ctx, asked, null);
}

async function openOne(from: Pick<Tx, 'select'>, id: string): Promise<Revocation | null> {
  const [row] = await from
    .select()
    .from(sessionRevocations)
    .where(and(eq(sessionRevocations.id, id), isNull(sessionRevocations.doneAt)));
  return row ?? null;
}

async function finish(ctx: Context, { id, personId }: Revocation, failure: string | null): Promise<void> {
  await change(
    ctx,
    (tx) => openOne(tx, id),
    async (tx, still) => {
      if (!still) return { value: null, entries: [] };
      const [row] = await tx
        .update(sessionRevocations)
        .set({ doneAt: await clock(tx), failure })
        .where(and(eq(sessionRevocations.id, id), isNull(sessionRevocations.doneAt)))
        .returning({ id: sessionRevocations.id });
      if (!row) return { value: null, entries: [] };
      await dropTokens(tx, id);
      await announce(tx, [personId]);
      const action = failure ? 'sessions.revocation_failed' : 'sessions.revoked';
      const details = failure ? { failure } : {};
      return { value: null, entries: [{ action, subject: { kind: 'person', id: personId }, details }] };
    },
  );
}

function wordsOf(fault: AzureFault): string {
  if (fault.kind === 'not_allowed')
    return 'Entra does not let Stint do it: its registration lacks User.RevokeSessions.All. Do it at mysignins.microsoft.com, and tell your administrator.';
  return `Entra refused it: ${fault.message || fault.code}.`;
}
