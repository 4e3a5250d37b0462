import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { isAbout } from '#db/is-about.ts';
import { isNotOwn } from '#db/own-access.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { ChangeRecord } from './move-change.ts';

/**
 * @throws Refusal `own_access` when it is the person's own, theirs through a group, or would be by an activation; also
 * when they answer for the workload or group that has it.
 */
export async function requireNotBeneficiary(
  tx: Tx,
  { objectId }: Pick<Actor, 'objectId'>,
  { principalId }: Pick<ChangeRecord, 'principalId'>,
): Promise<void> {
  const result = await tx.execute(sql`select where ${isNotOwn(sql`${principalId}::text`, sql`${objectId}`)}`);
  const isOwn = (result as unknown as { rows: unknown[] }).rows.length === 0;
  if (isOwn || (await isAbout(tx, principalId, objectId))) throw new Refusal('own_access');
}
