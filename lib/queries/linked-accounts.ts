import { asc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { linkedAccounts } from '#db/schema/approvals.ts';
import { principals } from '#db/schema/inventory.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { LinkedAccountRow } from './approval-policy-rows.ts';

const most = 1000;

/** People with several accounts; null to whom it is not open. */
export async function linkedPeople(viewer: Actor): Promise<LinkedAccountRow[] | null> {
  if (!mayAdminister(viewer)) return null;
  const rows = await db()
    .select({ account: linkedAccounts, upn: principals.upn })
    .from(linkedAccounts)
    .leftJoin(principals, eq(principals.id, linkedAccounts.accountId))
    .orderBy(asc(linkedAccounts.accountName), asc(linkedAccounts.accountId))
    .limit(most);
  const people = new Map<string, LinkedAccountRow>();
  for (const { account, upn } of rows) {
    const { ownerId, accountId: id, accountName: name, linkedAt, linkedByName } = account;
    const person = people.get(ownerId) ?? { ownerId, accounts: [] };
    person.accounts.push({ id, name, upn, linkedAt, linkedByName });
    people.set(ownerId, person);
  }
  return [...people.values()];
}
