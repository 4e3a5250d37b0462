import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { principals } from '#db/schema/inventory.ts';
import { breakGlassAccounts } from '#db/schema/posture.ts';
import { testDatabase } from '#db/testing.ts';
import { asJob } from '#lib/operations/context.ts';
import { nameBreakGlass } from './name-break-glass.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  await db()
    .insert(principals)
    .values({
      ...{ id: 'b1', kind: 'member', name: 'Break Glass One', upn: 'Breakglass.One@contoso.example' },
      ...{ list: 'users', seenIn: '00000000-0000-4000-8000-000000000001', firstSeenAt: sql`now()` },
    });
  return () => opened.close();
});

const name = (...named: string[]) => nameBreakGlass(asJob('assess', 'trace'), named);
const told = () => db().select().from(auditEntries);

test('sealed accounts are found by name, whatever its case; one nobody bears is kept as written', async () => {
  await name('breakglass.one@contoso.example', 'nobody@contoso.example');
  expect(await db().select().from(breakGlassAccounts)).toEqual([
    {
      principalId: 'b1',
      name: 'Break Glass One',
      namedAs: 'breakglass.one@contoso.example',
      upn: 'Breakglass.One@contoso.example',
    },
    ...[{ principalId: 'nobody@contoso.example', name: 'nobody@contoso.example' }].map((one) => ({
      ...one,
      namedAs: 'nobody@contoso.example',
      upn: null,
    })),
  ]);
  expect((await told()).map(({ action }) => action)).toEqual(['posture.break_glass_named']);
});

test('the same again is on record once; others than before are told', async () => {
  await name('nobody@contoso.example', 'breakglass.one@contoso.example');
  expect(await told()).toHaveLength(1);
  await name();
  expect(await db().select().from(breakGlassAccounts)).toEqual([]);
  expect((await told()).at(-1)?.details).toMatchObject({ accounts: [] });
});

describe('the seal stays on the account', () => {
  const sealed = async () => (await db().select().from(breakGlassAccounts)).map((one) => one.principalId);
  const is = (id: string, upn: string, goneAt: Date | null = null) =>
    db()
      .insert(principals)
      .values({
        ...{ id, kind: 'member', name: id, upn, goneAt, list: 'users', firstSeenAt: sql`now()` },
        seenIn: '00000000-0000-4000-8000-000000000001',
      });

  test('when its name changes, which is told once, and whoever takes the name gets nothing', async () => {
    await is('b2', 'two@contoso.example');
    await name('two@contoso.example');
    await db().update(principals).set({ upn: 'other@contoso.example' }).where(sql`id = 'b2'`);
    await is('a0', 'two@contoso.example');
    const before = (await told()).length;
    await name('two@contoso.example');
    await name('two@contoso.example');
    expect(await sealed()).toEqual(['b2']);
    const entries = (await told()).slice(before);
    expect(entries.map(({ details }) => details)).toMatchObject([
      { renamed: [{ principalId: 'b2', upn: 'other@contoso.example' }] },
    ]);
  });

  test('until it is gone: one made anew under the name takes its place, the dead one never', async () => {
    await is('c1', 'three@contoso.example');
    await name('three@contoso.example');
    await db().update(principals).set({ goneAt: new Date() }).where(sql`id = 'c1'`);
    await is('c2', 'three@contoso.example');
    await is('c0', 'three@contoso.example', new Date());
    await name('three@contoso.example');
    expect(await sealed()).toEqual(['c2']);
  });
});
