import { and, eq, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { childScopeReads, childScopes } from '#db/schema/child-scopes.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { PlacesPort } from '#lib/azure/ports.ts';
import type { Place } from '#lib/domain/narrower.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';

interface Level {
  principalId: string;
  scopeId: string;
  actId: string;
}

/** Reads the level below a scope with the person's own token and puts it in the place of what was known of it. */
export async function readPlaces(
  ctx: Context,
  { principalId, scopeId, actId }: Level,
  ports: PlacesPort,
  open: OpenToken,
): Promise<void> {
  const token = await tokenOf(actId, 'arm', open);
  if (!token) return;
  let places: Place[] | null = null;
  let failure: string | null = null;
  try {
    places = await ports.below(token, scopeId);
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    failure = wordsFor(error);
  }
  failPoint('children:after-read');
  const level = { principalId, parentId: scopeId.toLowerCase() };
  await change(
    ctx,
    async () => null,
    async (tx) => {
      await dropTokens(tx, actId);
      // First: its row holds back a second reading of the same level until this one is in.
      await noteRead(tx, level, failure);
      if (places) await replace(tx, level, places);
      await announce(tx, [principalId]);
      return { value: null, entries: [] };
    },
  );
}

type LevelKey = { principalId: string; parentId: string };

async function noteRead(tx: Tx, level: LevelKey, failure: string | null): Promise<void> {
  const now = sql`stint_now()`;
  const facts = { triedAt: now, failure, ...(failure === null && { readAt: now }) };
  await tx
    .insert(childScopeReads)
    .values({ ...level, ...facts })
    .onConflictDoUpdate({ target: [childScopeReads.principalId, childScopeReads.parentId], set: facts });
}

async function replace(tx: Tx, level: LevelKey, places: Place[]): Promise<void> {
  await tx
    .delete(childScopes)
    .where(and(eq(childScopes.principalId, level.principalId), eq(childScopes.parentId, level.parentId)));
  const rows = [...new Map(places.map((place) => [place.id.toLowerCase(), place])).values()];
  for (let at = 0; at < rows.length; at += 1000)
    await tx.insert(childScopes).values(rows.slice(at, at + 1000).map((place) => ({ ...level, ...place })));
}

function wordsFor(fault: AzureFault): string {
  if (fault.kind === 'token_refused') return 'Azure did not accept your sign-in. Sign out and in again.';
  if (fault.retry === 'later') return 'Azure did not answer. Close the list and open it again.';
  return `Azure does not tell what lies below this (${fault.code || fault.kind}). Ask for the whole scope.`;
}
