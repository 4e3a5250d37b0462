import { eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { linkedAccounts, unlinkedAccounts } from '#db/schema/approvals.ts';
import { principals } from '#db/schema/inventory.ts';
import { people } from '#db/schema/people.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/**
 * Says that two accounts are one person's: neither signs what the other asks for, nor do both count in one request.
 * Whoever either is linked to already is that person too.
 * @throws Refusal `not_found` for who does not administer Stint; `own_access` for one’s own account; `malformed` for one account, or one Stint does not know.
 */
export async function linkAccounts(
  ctx: PersonContext,
  { accountId, otherId }: { accountId: string; otherId: string },
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      if (accountId === otherId) throw new Refusal('malformed', 'Choose two different accounts.', 'otherId');
      await alone(tx);
      await refuseOwn(tx, ctx, [accountId, otherId]);
      const names = await namesOf(tx, [accountId, otherId]);
      for (const [id, field] of [
        [accountId, 'accountId'],
        [otherId, 'otherId'],
      ] as const)
        if (!names.has(id)) throw new Refusal('malformed', 'Stint knows no such account of a person.', field);
      return { names, now: await clock(tx) };
    },
    async (tx, { names, now }) => {
      const known = await tx
        .select()
        .from(linkedAccounts)
        .where(inArray(linkedAccounts.accountId, [accountId, otherId]));
      const [one, other] = [accountId, otherId].map((id) => known.find((row) => row.accountId === id));
      if (one && one.ownerId === other?.ownerId) return { value: null, entries: [] };
      const ownerId = one?.ownerId ?? other?.ownerId ?? accountId;
      if (one && other)
        await tx.update(linkedAccounts).set({ ownerId }).where(eq(linkedAccounts.ownerId, other.ownerId));
      const by = { ownerId, linkedAt: now, linkedByName: ctx.actor.name };
      const rows = [accountId, otherId].map((id) => ({
        accountId: id,
        accountName: names.get(id) ?? id,
        ...by,
      }));
      await tx.insert(linkedAccounts).values(rows).onConflictDoNothing();
      const accounts = rows.map(({ accountId: id, accountName: name }) => ({ id, name }));
      const subject = { kind: 'person' as const, id: ownerId };
      return { value: null, entries: [{ action: 'accounts.linked', subject, details: { accounts } }] };
    },
  );
}

/**
 * Takes an account out again: it counts as somebody of its own, in what is asked for from now on.
 * @throws Refusal `not_found` for who does not administer Stint, and for an account that is not linked; `own_access`.
 */
export async function unlinkAccount(ctx: PersonContext, accountId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      await alone(tx);
      await refuseOwn(tx, ctx, [accountId]);
      return clock(tx);
    },
    async (tx, unlinkedAt) => {
      const [gone] = await tx
        .delete(linkedAccounts)
        .where(eq(linkedAccounts.accountId, accountId))
        .returning();
      if (!gone) throw new Refusal('not_found');
      // One that is left is linked to nobody.
      const left = await tx.select().from(linkedAccounts).where(eq(linkedAccounts.ownerId, gone.ownerId));
      const parted = left.map(({ accountId: otherId }) => ({ accountId, otherId, unlinkedAt }));
      if (parted.length > 0) await tx.insert(unlinkedAccounts).values(parted);
      const [heir] = left;
      if (left.length === 1) await tx.delete(linkedAccounts).where(eq(linkedAccounts.ownerId, gone.ownerId));
      // They hang together by an account of their own, not by the one that left.
      else if (heir && gone.ownerId === accountId)
        await tx
          .update(linkedAccounts)
          .set({ ownerId: heir.accountId })
          .where(eq(linkedAccounts.ownerId, gone.ownerId));
      const details = {
        account: { id: accountId, name: gone.accountName },
        from: left.map(({ accountId: id, accountName: name }) => ({ id, name })),
      };
      const subject = { kind: 'person' as const, id: gone.ownerId };
      return { value: null, entries: [{ action: 'accounts.unlinked', subject, details }] };
    },
  );
}

/** One at a time: two that are linked at once could share an account, and would not see each other. */
async function alone(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('linked accounts'))`);
}

async function refuseOwn(tx: Tx, { actor }: PersonContext, ids: string[]): Promise<void> {
  const own = await accountsOf(tx, actor.objectId);
  if (ids.some((id) => own.includes(id)))
    throw new Refusal('own_access', 'This is your own account: another administrator links or unlinks it.');
}

async function namesOf(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const read = await tx.select().from(principals).where(inArray(principals.id, ids));
  const met = await tx.select().from(people).where(inArray(people.objectId, ids));
  return new Map([
    ...met.map(({ objectId, name }) => [objectId, name] as const),
    ...read.flatMap(({ id, name, kind }) =>
      kind === 'member' || kind === 'guest' ? [[id, name] as const] : [],
    ),
  ]);
}
