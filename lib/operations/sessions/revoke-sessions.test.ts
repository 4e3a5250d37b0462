import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { actTokens, people as known } from '#db/schema/people.ts';
import { sessionRevocations } from '#db/schema/revocations.ts';
import { people } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault, type FaultKind } from '#lib/azure/faults.ts';
import { asJob } from '#lib/operations/context.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { askRevocation } from './ask-revocation.ts';
import { releaseStaleRevocations } from './release-stale-revocations.ts';
import { revokeSessions } from './revoke-sessions.ts';

const { ada } = people;
let bench: Bench<FakeAzure>;
let told: string[];
let ended: string[];
let faults: AzureFault[];
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await db().delete(sessionRevocations);
  told = [];
  ended = [];
  faults = [];
});

const asks = () => askRevocation(bench.as(ada), bench.seal(ada));
const account = {
  async revokeSessions(token: string) {
    const fault = faults.shift();
    if (fault) throw fault;
    told.push(token);
  },
};
const endOwn = async (personId: string) => {
  ended.push(personId);
};
async function runs(): Promise<void> {
  await bench.fetchJobs();
  for (const { name, data } of bench.waiting.splice(0)) {
    if (name !== 'revoke-sessions') continue;
    await revokeSessions(asJob(name, data.traceId), data.revocationId, account, bench.open, endOwn);
  }
}
const last = async () => (await db().select().from(sessionRevocations))[0];
const fault = (kind: FaultKind) => new AzureFault(kind, { message: 'no' });
const actions = async (since: number) => {
  const rows = await db().select().from(auditEntries).where(eq(auditEntries.subjectKind, 'person'));
  return rows.filter(({ seq }) => seq > since).map(({ action }) => action);
};
const lastSeq = async () => Math.max(0, ...(await db().select().from(auditEntries)).map(({ seq }) => seq));

describe('ending every sign-in of one’s own', () => {
  test('tells Entra with the person’s token, then ends Stint’s own, and is on record', async () => {
    const before = await lastSeq();
    await asks();
    await runs();
    expect([told, ended]).toEqual([[fakeToken(ada.id)], [ada.id]]);
    expect(await last()).toMatchObject({ doneAt: expect.any(Date), failure: null });
    expect(await actions(before)).toEqual(['sessions.revocation_asked', 'sessions.revoked']);
    expect(await db().$count(actTokens)).toBe(0);
  });

  test('asked for many times at once is asked once', async () => {
    const clicks = await Promise.allSettled(Array.from({ length: 5 }, asks));
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await runs();
    await asks();
  });

  test('is not a guest’s to ask: their sign-ins are another tenant’s', async () => {
    const guest = { objectId: ada.id, name: ada.name, kind: 'guest' as const, seenAt: new Date() };
    await db().insert(known).values(guest);
    const before = await bench.entries();
    await expect(asks()).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await bench.entries()).toBe(before);
  });

  test('that Entra refuses leaves everybody signed in, and says why', async () => {
    const before = await lastSeq();
    await asks();
    faults = [fault('not_allowed')];
    await runs();
    expect(ended).toEqual([]);
    expect((await last())?.failure).toContain('User.RevokeSessions.All');
    expect(await actions(before)).toEqual(['sessions.revocation_asked', 'sessions.revocation_failed']);
  });

  test('is tried again while Entra is busy, and told after the effect once more at worst', async () => {
    await asks();
    faults = [fault('busy')];
    await bench.fetchJobs();
    const jobs = [...bench.waiting];
    await expect(runs()).rejects.toMatchObject({ kind: 'busy' });
    expect((await last())?.doneAt).toBeNull();
    bench.waiting = [...jobs, ...jobs];
    await runs();
    expect([told.length, ended.length]).toEqual([1, 1]);
  });

  test('whose token is gone says so', async () => {
    await asks();
    await db().delete(actTokens).where(eq(actTokens.audience, 'graph'));
    await runs();
    expect((await last())?.failure).toContain('Ask again');
  });

  test('whose job came to nothing is given up and may be asked for again; one on its way is left alone', async () => {
    const before = await lastSeq();
    await asks();
    const sweeps = () => releaseStaleRevocations(asJob('sweep', 'trace'));
    await bench.advance(11);
    await sweeps();
    expect((await last())?.doneAt).toBeNull();
    await expect(asks()).rejects.toMatchObject({ code: 'conflict' });
    await bench.advance(2);
    await Promise.all([sweeps(), sweeps()]);
    expect(await last()).toMatchObject({
      doneAt: expect.any(Date),
      failure: expect.stringContaining('Ask again'),
    });
    expect(await db().$count(actTokens)).toBe(0);
    await asks();
    expect(await actions(before)).toEqual([
      'sessions.revocation_asked',
      'sessions.revocation_failed',
      'sessions.revocation_asked',
    ]);
    expect(told).toEqual([]);
  });
});
