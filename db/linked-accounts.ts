import { eq, inArray } from 'drizzle-orm';
import type { Reader } from './client.ts';
import { linkedAccounts } from './schema/approvals.ts';

/** Every account of the person behind one, the one itself included: none of them signs for another. */
export async function accountsOf(from: Reader, accountId: string): Promise<string[]> {
  const owner = from
    .select({ id: linkedAccounts.ownerId })
    .from(linkedAccounts)
    .where(eq(linkedAccounts.accountId, accountId));
  const rows = await from
    .select({ id: linkedAccounts.accountId })
    .from(linkedAccounts)
    .where(inArray(linkedAccounts.ownerId, owner));
  return [...new Set([accountId, ...rows.map(({ id }) => id)])];
}
