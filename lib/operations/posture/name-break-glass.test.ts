import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
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
    { principalId: 'b1', name: 'Break Glass One', namedAs: 'breakglass.one@contoso.example' },
    ...[{ principalId: 'nobody@contoso.example', name: 'nobody@contoso.example' }].map((one) => ({
      ...one,
      namedAs: 'nobody@contoso.example',
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
