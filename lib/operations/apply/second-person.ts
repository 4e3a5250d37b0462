import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { ChangeRecord } from './move-change.ts';

/** More removals of one campaign, or of one asking outside of any, are a bulk, in however many portions they are let go. */
export const bulk = 10;

/** @throws Refusal `own_access` when the access is the person's own, themselves or through a group. */
export async function requireNotBeneficiary(
  tx: Tx,
  { objectId }: Pick<Actor, 'objectId'>,
  { principalId }: Pick<ChangeRecord, 'principalId'>,
): Promise<void> {
  const inGroup = await tx.execute(
    sql`select 1 from effective_members where group_id = ${principalId} and member_id = ${objectId}`,
  );
  if (principalId === objectId || (inGroup as unknown as { rows: unknown[] }).rows.length > 0) {
    throw new Refusal('own_access');
  }
}

/** Whether one person is not enough: undo, conversion, and removal in bulk. */
export async function needsSecondPerson(tx: Tx, change: ChangeRecord): Promise<boolean> {
  if (change.verb !== 'remove') return true;
  const { askedById, campaignId } = change;
  const asked = await tx.$count(
    accessChanges,
    and(
      eq(accessChanges.verb, 'remove'),
      ...(campaignId === null
        ? [
            isNull(accessChanges.campaignId),
            eq(accessChanges.askedById, askedById),
            eq(accessChanges.state, 'held'),
          ]
        : [eq(accessChanges.campaignId, campaignId)]),
    ),
  );
  return asked > bulk;
}
