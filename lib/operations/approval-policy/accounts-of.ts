import { inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { linkedAccounts } from '#db/schema/approvals.ts';

/** A person's accounts, their own id among them. */
export async function accountsOf(tx: Tx, personId: string): Promise<string[]> {
  const owner = tx
    .select({ id: linkedAccounts.ownerId })
    .from(linkedAccounts)
    .where(sql`${linkedAccounts.accountId} = ${personId} or ${linkedAccounts.ownerId} = ${personId}`);
  const rows = await tx.select().from(linkedAccounts).where(inArray(linkedAccounts.ownerId, owner));
  return [...new Set([personId, ...rows.flatMap(({ accountId, ownerId }) => [accountId, ownerId])])];
}
