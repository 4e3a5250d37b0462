/** What administrators say to the Applier: let go, withdraw, undo, switch. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { linkedAccounts } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { memberships, responsibles } from '#db/schema/inventory.ts';
import { effectiveMembers } from '#db/schema/posture.ts';
import { applierSwitches } from '#db/schema/reviews.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { askUndo } from './ask-undo.ts';
import { releaseChanges } from './release-changes.ts';
import { switchApplier } from './switch-applier.ts';
import { applierBench } from './testing.ts';
import { withdrawChange } from './withdraw-change.ts';

let bench: Awaited<ReturnType<typeof applierBench>>;
beforeAll(async () => {
  bench = await applierBench();
});
afterAll(() => bench?.close());
beforeEach(() => bench.reset());

const mira = () => bench.as('mira', 'Stint.Administrator');
const nadia = () => bench.as('nadia', 'Stint.Administrator');
const strangers = () => [
  bench.as('ada'),
  bench.as('auden', 'Stint.Auditor'),
  bench.as('rhea', 'Stint.Reviewer'),
];

async function refused(act: Promise<unknown>): Promise<RefusalCode | null> {
  try {
    await act;
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('letting go', () => {
  test('nobody but an administrator can, and it stays held', async () => {
    const id = await bench.asks(await bench.stands('ada'), { state: 'held' });
    for (const stranger of strangers())
      expect(await refused(releaseChanges(stranger, [id]))).toBe('not_found');
    expect((await bench.change(id)).state).toBe('held');
    expect(await bench.actions(id)).toEqual([]);
  });

  test('it is on record, and the second person is kept with it', async () => {
    const id = await bench.asks(await bench.stands('ada'), { state: 'held' });
    await releaseChanges(mira(), [id]);
    expect(await bench.change(id)).toMatchObject({ state: 'waiting', approvedById: 'mira' });
    expect(await bench.actions(id)).toEqual(['released']);
    await bench.runs();
    expect((await bench.change(id)).state).toBe('done');
  });

  test('another account of whoever asked is no second person', async () => {
    const by = { linkedByName: 'x', linkedAt: new Date(), ownerId: 'mira' };
    for (const accountId of ['mira', 'adm-mira'])
      await db()
        .insert(linkedAccounts)
        .values({ accountId, accountName: accountId, ...by });
    try {
      const asked = { verb: 'restore', state: 'held', askedById: 'mira', askedByName: 'mira' } as const;
      const id = await bench.asks(await bench.stands('ada'), { ...asked, progress: { policy: 'Yes.' } });
      const other = bench.as('adm-mira', 'Stint.Administrator');
      expect(await refused(releaseChanges(other, [id]))).toBe('second_person');
      expect((await bench.change(id)).state).toBe('held');
      await releaseChanges(nadia(), [id]);
    } finally {
      await db().delete(linkedAccounts);
    }
  });

  test('two at once: one wins', async () => {
    const id = await bench.asks(await bench.stands('ada'), { state: 'held' });
    const both = await Promise.all([mira(), nadia()].map((who) => refused(releaseChanges(who, [id]))));
    expect(both.toSorted()).toEqual(['conflict', null]);
    expect(await bench.actions(id)).toEqual(['released']);
  });

  test('a removal asked for oneself goes by oneself; a conversion and an undo need another', async () => {
    const own = { state: 'held', askedById: 'mira', askedByName: 'mira' } as const;
    const kept = await bench.stands('ada');
    const removal = await bench.asks(kept, own);
    const conversion = await bench.asks(kept, { ...own, verb: 'make_eligible' });
    const restore = await bench.asks(kept, { ...own, verb: 'restore', progress: { policy: 'Yes.' } });
    expect(await refused(releaseChanges(mira(), [conversion]))).toBe('second_person');
    expect(await refused(releaseChanges(mira(), [restore]))).toBe('second_person');
    // All or none.
    expect(await refused(releaseChanges(mira(), [removal, restore]))).toBe('second_person');
    expect((await bench.change(removal)).state).toBe('held');
    await releaseChanges(mira(), [removal]);
    expect(await bench.change(removal)).toMatchObject({ state: 'waiting', approvedById: null });
    await releaseChanges(nadia(), [conversion, restore]);
    expect((await bench.change(restore)).approvedById).toBe('nadia');
  });

  test('more than ten removals need another person, also one by one', async () => {
    const own = { state: 'held', askedById: 'mira', askedByName: 'mira' } as const;
    const kept = await bench.stands('ada');
    const ids: string[] = [];
    for (let n = 0; n < 11; n++) ids.push(await bench.asks(kept, own));
    expect(await refused(releaseChanges(mira(), ids))).toBe('second_person');
    expect(await refused(releaseChanges(mira(), ids.slice(0, 1)))).toBe('second_person');
    await releaseChanges(nadia(), ids);
    expect((await bench.change(ids[10] ?? '')).state).toBe('waiting');
  });

  test('more than ten of one campaign are a bulk, whoever asked for each', async () => {
    const campaignId = '00000000-0000-4000-8000-0000000000ca';
    const kept = await bench.stands('ada');
    const ids: string[] = [];
    for (let n = 0; n < 11; n++) {
      const by = n < 6 ? 'mira' : 'nadia';
      ids.push(await bench.asks(kept, { state: 'held', campaignId, askedById: by, askedByName: by }));
    }
    expect(await refused(releaseChanges(mira(), ids.slice(0, 1)))).toBe('second_person');
    await releaseChanges(nadia(), ids.slice(0, 1));
  });

  test('never by who it is about, themselves or through a group', async () => {
    const own = await bench.asks(await bench.stands('mira'), { state: 'held' });
    const throughGroup = await bench.asks(await bench.stands('g1', { principalKind: 'group' }), {
      state: 'held',
    });
    await db()
      .insert(effectiveMembers)
      .values({ groupId: 'g1', memberId: 'mira', through: ['g2'] });
    for (const id of [own, throughGroup]) {
      expect(await refused(releaseChanges(mira(), [id]))).toBe('own_access');
      expect(await refused(withdrawChange(mira(), id))).toBe('own_access');
      expect(await refused(releaseChanges(nadia(), [id]))).toBeNull();
    }
  });

  test('nor by who owns the workload', async () => {
    const id = await bench.asks(await bench.stands('bot', { principalKind: 'service_principal' }), {
      state: 'held',
    });
    const seen = { seenIn: '00000000-0000-4000-8000-000000000001', firstSeenAt: new Date() };
    await db()
      .insert(responsibles)
      .values({
        principalId: 'bot',
        responsibleId: 'mira',
        as: 'owner',
        list: 'service_principals',
        ...seen,
      });
    expect(await refused(releaseChanges(mira(), [id]))).toBe('own_access');
    expect(await refused(withdrawChange(mira(), id))).toBe('own_access');
    expect(await refused(releaseChanges(nadia(), [id]))).toBeNull();
    await db().delete(responsibles);
  });

  test('nor by who may join that group, or joined it since the tenant was last worked out', async () => {
    const id = await bench.asks(await bench.stands('g9', { principalKind: 'group' }), { state: 'held' });
    await bench.stands('mira', { plane: 'group', kind: 'eligible', roleId: 'member', scopeId: 'g9' });
    const seen = { seenIn: '00000000-0000-4000-8000-000000000001', firstSeenAt: new Date() };
    await db()
      .insert(memberships)
      .values({ groupId: 'g9', memberId: 'nadia', ...seen });
    for (const who of [mira(), nadia()]) expect(await refused(releaseChanges(who, [id]))).toBe('own_access');
    expect(await refused(releaseChanges(bench.as('olga', 'Stint.Administrator'), [id]))).toBeNull();
  });

  test('what stuck is tried once more, under a name of its own', async () => {
    const id = await bench.asks(await bench.stands('ada'));
    bench.azure.answer = () => ({ is: 'obstacle', outcome: 'locked', why: '' });
    await bench.runs();
    bench.azure.answer = null;
    await releaseChanges(mira(), [id]);
    await bench.runs();
    expect((await bench.change(id)).state).toBe('done');
    const [first, second] = bench.azure.acts.map(([, { round }]) => round);
    expect(second).not.toBe(first);
    expect(await bench.actions(id)).toEqual([
      'applying',
      'blocked',
      'tried_again',
      'applying',
      'told',
      'done',
    ]);
  });

  test('what is not there, or not held, is not let go', async () => {
    const id = await bench.asks(await bench.stands('ada'));
    expect(await refused(releaseChanges(mira(), [id]))).toBe('conflict');
    expect(await refused(releaseChanges(mira(), ['00000000-0000-4000-8000-000000000009']))).toBe('not_found');
  });
});

describe('withdrawing', () => {
  test('before Azure is told, by an administrator, on record', async () => {
    const id = await bench.asks(await bench.stands('ada'), { state: 'held' });
    for (const stranger of strangers()) expect(await refused(withdrawChange(stranger, id))).toBe('not_found');
    const both = await Promise.all([mira(), nadia()].map((who) => refused(withdrawChange(who, id))));
    expect(both.toSorted()).toEqual(['conflict', null]);
    expect(await bench.actions(id)).toEqual(['withdrawn']);
    await bench.runs();
    expect(bench.azure.acts).toEqual([]);
  });

  test('not any more once it is told', async () => {
    const id = await bench.asks(await bench.stands('ada'));
    await bench.applies(id);
    expect(await refused(withdrawChange(mira(), id))).toBe('conflict');
  });
});

describe('undoing', () => {
  const done = async () => {
    const id = await bench.asks(await bench.stands('ada'));
    await bench.runs();
    return id;
  };

  test('is held, shows what the policy would say, and makes the same again once a second person lets it go', async () => {
    const id = await done();
    const side = { mustEnd: true, longestMinutes: 1440, ticket: false, mfa: false };
    bench.azure.rules = { eligible: side, active: side };
    const undo = await askUndo(mira(), id);
    // Nobody lets go what nobody could look at.
    expect(await refused(releaseChanges(nadia(), [undo]))).toBe('conflict');
    await bench.runs();
    expect(await bench.change(undo)).toMatchObject({
      ...{ state: 'held', verb: 'restore', undoesId: id, askedById: 'mira' },
      progress: { policy: expect.stringMatching(/^No: it must end/) },
    });
    expect(await refused(releaseChanges(mira(), [undo]))).toBe('second_person');
    expect([...bench.azure.there]).toEqual([]);
    await releaseChanges(nadia(), [undo]);
    await bench.runs();
    expect(await bench.change(undo)).toMatchObject({ state: 'done', outcome: 'restored' });
    expect([...bench.azure.there]).toEqual(['ada|role|/|assigned']);
    expect(await bench.actions(undo)).toEqual(['undo_asked', 'released', 'applying', 'told', 'done']);
  });

  test('whose policy cannot be read says so, and can be let go all the same', async () => {
    const id = await done();
    bench.azure.assigning = async () => {
      throw new AzureFault('not_allowed', { status: 403, message: 'The Reader may not.' });
    };
    const undo = await askUndo(mira(), id);
    await bench.runs();
    expect((await bench.change(undo)).progress.policy).toBe('It could not be read: The Reader may not.');
    expect(await refused(releaseChanges(nadia(), [undo]))).toBeNull();
  });

  test('a membership comes back the way it was held', async () => {
    const kept = await bench.stands('g1', { principalKind: 'group' });
    bench.azure.there.add('ada|member|g1|assigned');
    const id = await bench.asks(kept, { way: 'membership', wayGroupId: 'g1', principalId: 'ada' });
    await bench.runs();
    const undo = await askUndo(mira(), id);
    await bench.runs();
    await releaseChanges(nadia(), [undo]);
    await bench.runs();
    const rejoined = bench.azure.acts.find(([step]) => step === 'rejoin');
    expect(rejoined?.[1].facts).toMatchObject({ left_plain: 'for good' });
    expect((await bench.change(undo)).outcome).toBe('restored');
  });

  test('only by administrators, never the beneficiary, once, and for thirty days', async () => {
    const id = await done();
    for (const stranger of strangers()) expect(await refused(askUndo(stranger, id))).toBe('not_found');
    expect(await refused(askUndo(bench.as('ada', 'Stint.Administrator'), id))).toBe('own_access');
    const both = await Promise.all([mira(), nadia()].map((who) => refused(askUndo(who, id))));
    expect(both.toSorted()).toEqual(['conflict', null]);
    const later = await done();
    await bench.advance(30 * 1440 + 10);
    expect(await refused(askUndo(mira(), later))).toBe('undo_too_late');
  });

  test('one withdrawn may be asked for again; what is not done cannot be', async () => {
    const id = await done();
    await withdrawChange(mira(), await askUndo(mira(), id));
    expect(await refused(askUndo(mira(), id))).toBeNull();
    const waiting = await bench.asks(await bench.stands('bo'));
    expect(await refused(askUndo(mira(), waiting))).toBe('conflict');
  });
});

describe('the switches', () => {
  const on = (plane: 'azure' | 'entra', scope: string) => ({ on: true, plane, scope });
  beforeEach(() => db().delete(applierSwitches));

  test('only administrators turn them, and it is on record', async () => {
    for (const stranger of strangers()) {
      expect(await refused(switchApplier(stranger, on('entra', '/')))).toBe('not_found');
    }
    await switchApplier(mira(), on('entra', '/'));
    expect(await db().select().from(applierSwitches)).toMatchObject([
      { plane: 'entra', scopeId: '/', switchedById: 'mira' },
    ]);
    await switchApplier(nadia(), { on: false, plane: 'entra', scope: '/' });
    expect(await db().select().from(applierSwitches)).toEqual([]);
    const told = await db()
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectKind, 'applier'), eq(auditEntries.subjectId, 'entra /')));
    expect(told.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['applier.switched_on', 'mira'],
      ['applier.switched_off', 'nadia'],
    ]);
  });

  test('twice at once is once', async () => {
    const both = await Promise.all(
      [mira(), nadia()].map((who) => refused(switchApplier(who, on('entra', '/')))),
    );
    expect(both.toSorted()).toEqual(['conflict', null]);
  });

  test.each(['/subscriptions', '/subscriptions/x', '/providers/evil', '* or 1=1', '/subscriptions/../x'])(
    '%j is no scope',
    async (scope) => {
      const code = await refused(switchApplier(mira(), on('azure', scope)));
      expect(code).toBe('malformed');
    },
  );

  test('what waited goes ahead at once', async () => {
    const id = await bench.asks(await bench.stands('ada'));
    await bench.runs();
    expect((await bench.change(id)).outcome).toBe('not_switched_on');
    await switchApplier(mira(), on('entra', '/'));
    await bench.runs();
    expect((await bench.change(id)).state).toBe('done');
  });
});
