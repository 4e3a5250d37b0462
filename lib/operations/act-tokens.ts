import { and, eq, gt, lt, sql } from 'drizzle-orm';
import { db, type Tx, transaction } from '#db/client.ts';
import { actTokens } from '#db/schema/people.ts';
import type { Audience } from '#lib/domain/plane.ts';
import type { OpenToken, SealedTokens } from './context.ts';

const minutesKept = 10;

/** Keeps one sealed token for one act; a second for the same act replaces it. Machine time, never the sandbox's. */
export async function keepToken(
  tx: Tx,
  actId: string,
  audience: Audience,
  seal: SealedTokens,
): Promise<void> {
  const row = {
    sealed: seal(actId, audience),
    expiresAt: sql`now() + make_interval(mins => ${minutesKept})`,
  };
  await tx
    .insert(actTokens)
    .values({ actId, audience, ...row })
    .onConflictDoUpdate({ target: [actTokens.actId, actTokens.audience], set: row });
}

/** The token of an act, opened; null when it is used, too old or cannot be opened. */
export async function tokenOf(actId: string, audience: Audience, open: OpenToken): Promise<string | null> {
  const [row] = await db()
    .select({ sealed: actTokens.sealed })
    .from(actTokens)
    .where(
      and(eq(actTokens.actId, actId), eq(actTokens.audience, audience), gt(actTokens.expiresAt, sql`now()`)),
    );
  if (!row) return null;
  try {
    return open(actId, audience, row.sealed);
  } catch {
    return null;
  }
}

/** Whether a job can still act for the person. */
export async function hasToken(tx: Tx, actId: string): Promise<boolean> {
  return (
    (await tx.$count(actTokens, and(eq(actTokens.actId, actId), gt(actTokens.expiresAt, sql`now()`)))) > 0
  );
}

/** After use. */
export async function dropTokens(tx: Tx, actId: string): Promise<void> {
  await tx.delete(actTokens).where(eq(actTokens.actId, actId));
}

/** Clears what nobody used in time. */
export async function sweepTokens(): Promise<void> {
  await transaction((tx) => tx.delete(actTokens).where(lt(actTokens.expiresAt, sql`now()`)));
}
