import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '#lib/audit/record.ts';
import { db, type Opened, transaction } from './client.ts';
import { clock, setClockOffset } from './clock.ts';
import { openDatabase } from './open.ts';
import { auditEntries } from './schema/audit.ts';
import { testDatabase } from './testing.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened.close());

const entry = {
  action: 'session.started',
  doer: { kind: 'stint' as const, job: 'test' },
  subject: { kind: 'session' as const, id: 'one' },
  details: {},
  traceId: 'trace',
};

describe('the database', () => {
  test('refuses to change, delete or empty the audit', async () => {
    await transaction((tx) => record(tx, entry));
    await expect(db().update(auditEntries).set({ action: 'x' })).rejects.toThrow();
    await expect(db().delete(auditEntries)).rejects.toThrow();
    await expect(db().execute(sql`truncate audit_entries`)).rejects.toThrow();
    expect(await db().select().from(auditEntries)).toHaveLength(1);
  });

  test('keeps the audit entry only when the change beside it is kept', async () => {
    const before = (await db().select().from(auditEntries)).length;
    const undone = transaction(async (tx) => {
      await record(tx, entry);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await db().select().from(auditEntries)).toHaveLength(before);
  });

  test('refuses the root handle inside a transaction instead of waiting for ever', async () => {
    await expect(transaction(async () => db().select().from(auditEntries))).rejects.toThrow('use its tx');
  });

  test('tells Stint’s time with the sandbox’s offset', async () => {
    const before = await clock(db());
    await setClockOffset(db(), 3600);
    const after = await clock(db());
    expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(3_600_000);
    await setClockOffset(db(), 0);
  });

  test('compiles no statement on PostgreSQL: a guess about a small table would cost more than the query', async () => {
    if (opened.kind !== 'postgres') return;
    const { rows } = await opened.raw.query('show jit');
    expect(rows).toEqual([{ jit: 'off' }]);
  });

  test('refuses to serve another tenant than the one it belongs to', async () => {
    if (opened.kind !== 'postgres') return;
    const other = openDatabase({ databaseUrl: opened.url, dataFolder: null, tenantId: 'other' });
    await expect(other).rejects.toThrow('belongs to tenant');
  });
});
