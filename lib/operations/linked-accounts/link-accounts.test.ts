import { desc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { linkedAccounts, unlinkedAccounts } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { testDatabase } from '#db/testing.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import {
  administrator,
  as,
  ids,
  strangers,
  tenant,
  type Who,
} from '#lib/operations/approval-policy/testing.ts';
import { linkAccounts, unlinkAccount } from './link-accounts.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await tenant();
  await db().delete(unlinkedAccounts);
});

const links = (one: Who, other: Who, ctx = administrator) =>
  linkAccounts(ctx, { accountId: ids[one], otherId: ids[other] });
const accounts = async (who: Who) => (await transaction((tx) => accountsOf(tx, ids[who]))).sort();
const sorted = (...people: Who[]) => people.map((who) => ids[who]).sort();

describe('accounts of one person', () => {
  test('are linked both ways, one after the other, on record', async () => {
    await links('ada', 'adaAdmin');
    expect(await accounts('ada')).toEqual(sorted('ada', 'adaAdmin'));
    expect(await accounts('adaAdmin')).toEqual(sorted('ada', 'adaAdmin'));
    await links('eli', 'adaAdmin');
    expect(await accounts('eli')).toEqual(sorted('ada', 'adaAdmin', 'eli'));
    const [entry] = await db().select().from(auditEntries).orderBy(desc(auditEntries.seq)).limit(1);
    expect(entry).toMatchObject({ action: 'accounts.linked', subjectKind: 'person' });
  });

  test('of two that were linked already become one person’s', async () => {
    await links('ada', 'adaAdmin');
    await links('bo', 'cy');
    await links('cy', 'ada');
    expect(await accounts('bo')).toEqual(sorted('ada', 'adaAdmin', 'bo', 'cy'));
  });

  test('are taken apart, and the last one is linked to nobody', async () => {
    await links('ada', 'adaAdmin');
    await unlinkAccount(administrator, ids.ada);
    expect(await accounts('adaAdmin')).toEqual(sorted('adaAdmin'));
    expect(await db().$count(linkedAccounts)).toBe(0);
    await expect(unlinkAccount(administrator, ids.ada)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are taken apart by whichever: who leaves is alone, the others stay together', async () => {
    await links('ada', 'adaAdmin');
    await links('eli', 'adaAdmin');
    const [{ ownerId = '' } = {}] = await db().select().from(linkedAccounts);
    await unlinkAccount(administrator, ownerId);
    const others = [ids.ada, ids.adaAdmin, ids.eli].filter((id) => id !== ownerId).sort();
    for (const id of others) expect((await transaction((tx) => accountsOf(tx, id))).sort()).toEqual(others);
    expect(await transaction((tx) => accountsOf(tx, ownerId))).toEqual([ownerId]);
  });

  test('stay one person’s for what was filed before they were taken apart', async () => {
    await links('ada', 'adaAdmin');
    await links('adaAdmin', 'eli');
    const accountsFor = (who: Who, filedAt: Date) =>
      transaction(async (tx) => (await accountsOf(tx, ids[who], filedAt)).sort());
    const before = await clock(db());
    await unlinkAccount(administrator, ids.adaAdmin);
    const after = new Date((await clock(db())).getTime() + 1);
    for (const who of ['ada', 'adaAdmin', 'eli'] as const)
      expect(await accountsFor(who, before)).toEqual(sorted('ada', 'adaAdmin', 'eli'));
    expect(await accountsFor('adaAdmin', after)).toEqual(sorted('adaAdmin'));
    expect(await accountsFor('ada', after)).toEqual(sorted('ada', 'eli'));
  });

  test('are nobody’s own to link or unlink, by whichever of them: that is another administrator’s', async () => {
    await expect(links('dana', 'bo')).rejects.toMatchObject({ code: 'own_access' });
    await links('dana', 'adaAdmin', as('cy', 'Stint.Administrator'));
    const before = await db().$count(auditEntries);
    await expect(links('bo', 'adaAdmin')).rejects.toMatchObject({ code: 'own_access' });
    for (const who of ['dana', 'adaAdmin'] as const)
      await expect(unlinkAccount(administrator, ids[who])).rejects.toMatchObject({ code: 'own_access' });
    expect(await db().$count(auditEntries)).toBe(before);
    await unlinkAccount(as('cy', 'Stint.Administrator'), ids.adaAdmin);
  });

  test('linked twice are put on record once; two at once make one person of all', async () => {
    const before = await db().$count(auditEntries);
    await Promise.all([links('ada', 'adaAdmin'), links('adaAdmin', 'ada')]);
    expect(await db().$count(auditEntries)).toBe(before + 1);
    await Promise.all([links('bo', 'ada'), links('cy', 'ada')]);
    expect(await accounts('bo')).toEqual(sorted('ada', 'adaAdmin', 'bo', 'cy'));
  });

  test('are nobody else’s to link, not even to know of; a group is no account', async () => {
    await links('ada', 'adaAdmin');
    const before = await db().$count(auditEntries);
    for (const ctx of strangers) {
      await expect(links('bo', 'cy', ctx)).rejects.toMatchObject({ code: 'not_found' });
      await expect(unlinkAccount(ctx, ids.ada)).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await db().$count(auditEntries)).toBe(before);
    await expect(links('ada', 'group')).rejects.toMatchObject({ code: 'malformed', field: 'otherId' });
    await expect(links('ada', 'ada')).rejects.toMatchObject({ code: 'malformed' });
  });
});
