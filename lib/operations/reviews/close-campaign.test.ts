import { randomUUID } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { linkedAccounts } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { accessChanges, campaigns } from '#db/schema/reviews.ts';
import { testDatabase } from '#db/testing.ts';
import type { SilenceMeaning } from '#lib/domain/campaign.ts';
import { releaseChanges } from '#lib/operations/apply/release-changes.ts';
import { closeNow } from './close-campaign.ts';
import { decideItems } from './decide-items.ts';
import { makeCampaign } from './make-campaign.ts';
import { openNow } from './open-campaign.ts';
import { submitItems } from './submit-items.ts';
import { takeDueCampaigns } from './take-due-campaigns.ts';
import {
  administrator,
  as,
  campaign,
  changesOf,
  emptyTenant,
  everything,
  holds,
  is,
  isBreakGlass,
  isIn,
  itemOf,
  itemsOf,
  makes,
  opens,
  submits,
  told,
} from './testing.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(async () => {
  await setClockOffset(db(), 0);
  await emptyTenant();
});

const rea = as('rea');
const day = 86_400;
const rounds = () => takeDueCampaigns(randomUUID);

describe('what nobody decided', () => {
  test.each<[SilenceMeaning, string[]]>([
    ['keep', ['keep', 'keep', 'keep']],
    ['remove', ['keep', 'remove', 'remove']],
    ['as_recommended', ['keep', 'make_eligible', 'remove']],
  ])('is settled by the plan: %s; a break-glass account is kept', async (silence, decisions) => {
    await is('glass');
    await is('off', 'member', { enabled: false });
    await is('ann');
    await isBreakGlass('glass');
    for (const one of ['glass', 'ann', 'off']) await holds(one, { roleId: 'critical' });
    const id = await opens({ silence });
    await closeNow(administrator, id);
    const settled = await Promise.all(['glass', 'ann', 'off'].map((holder) => itemOf(id, holder)));
    expect(settled.map(({ decision }) => decision)).toEqual(decisions);
    expect(settled.every(({ bySilence, decidedById }) => bySilence && decidedById === null)).toBe(true);
    expect((await changesOf(id)).map(({ askedById }) => askedById)).toEqual(
      decisions.filter((one) => one !== 'keep').map(() => 'adele'),
    );
  });

  test('includes drafts that were never submitted', async () => {
    await is('ann');
    await holds('ann');
    const id = await opens();
    const items = await itemsOf(id);
    await decideItems(rea, { campaignId: id, items, decision: 'remove', rationale: 'Draft' });
    await closeNow(administrator, id);
    expect(await itemOf(id, 'ann')).toMatchObject({ decision: 'keep', bySilence: true, rationale: '' });
    expect(await campaign(id)).toMatchObject({ status: 'closed' });
  });
});

describe('what was decided', () => {
  test('is asked of the Applier, each item once, with all of the assignment', async () => {
    for (const one of ['ann', 'bo', 'cy']) await is(one);
    for (const one of ['ann', 'bo', 'cy']) await holds(one, { condition: 'c', conditionVersion: '2.0' });
    const id = await opens({ apply: 'auto' });
    await submits(rea, id, 'remove', 'ann');
    await submits(rea, id, 'make_eligible', 'bo');
    await closeNow(administrator, id);
    const { kept } = await itemOf(id, 'ann');
    const asked = { askedById: 'rea', state: 'waiting', way: 'assignment', approvedById: null };
    expect(await changesOf(id)).toMatchObject([
      { ...asked, verb: 'remove', principalId: 'ann', kept, checkAt: expect.any(Date) },
      { ...asked, verb: 'make_eligible', principalId: 'bo' },
    ]);
    expect(kept).toMatchObject({ condition: 'c', conditionVersion: '2.0' });
    expect((await campaign(id)).status).toBe('applying');
    expect(await told('campaign', id)).toContain('campaign.closed');
  });

  test('waits for an administrator where the plan holds it', async () => {
    await is('ann');
    await holds('ann');
    const id = await opens({ apply: 'hold', silence: 'remove' });
    await closeNow(administrator, id);
    expect(await changesOf(id)).toMatchObject([{ state: 'held', checkAt: null }]);
  });

  test('by silence waits for a person, where nobody was asked', async () => {
    await is('ann');
    for (const one of ['ann', 'adele']) await holds(one);
    const id = await opens({ apply: 'auto', silence: 'remove', fallback: ['adele'] });
    await closeNow(administrator, id);
    expect(await changesOf(id)).toMatchObject([
      { principalId: 'adele', state: 'held', explanation: expect.stringContaining('Nobody was asked') },
      { principalId: 'ann', state: 'waiting', explanation: null },
    ]);
  });

  test('to end is as much as to remove: eleven of both wait', async () => {
    const people = Array.from({ length: 6 }, (_, n) => `p${n}`);
    const bots = Array.from({ length: 5 }, (_, n) => `b${n}`);
    for (const one of people) await is(one);
    for (const one of bots) await is(one, 'service_principal');
    for (const one of [...people, ...bots]) await holds(one);
    const id = await opens({ apply: 'auto' });
    await submits(rea, id, 'remove', ...people);
    await submits(rea, id, 'make_time_bound', ...bots);
    await closeNow(administrator, id);
    expect((await changesOf(id)).map(({ state }) => state)).toEqual(Array(11).fill('held'));
  });

  test.each([
    [10, 'waiting'],
    [11, 'held'],
  ])('waits for a second person when it is many: %i removals are %s', async (many, state) => {
    const people = Array.from({ length: many }, (_, n) => `p${n}`);
    for (const one of [...people, 'crit']) await is(one);
    for (const one of people) await holds(one, { kind: 'eligible' });
    await holds('crit');
    const id = await opens({ apply: 'auto' });
    await submits(rea, id, 'remove', ...people);
    await submits(rea, id, 'make_eligible', 'crit');
    await closeNow(administrator, id);
    const changes = await changesOf(id);
    expect(changes.filter(({ verb }) => verb === 'remove').every((one) => one.state === state)).toBe(true);
    expect(changes.find(({ verb }) => verb === 'make_eligible')?.state).toBe('waiting');
  });

  test('waits for a second person when one person takes many within a day, in however many reviews', async () => {
    const first = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5'];
    const second = ['q0', 'q1', 'q2', 'q3', 'q4'];
    for (const one of [...first, ...second]) {
      await is(one);
      await holds(one, { kind: 'eligible', roleId: first.includes(one) ? 'plain' : 'other' });
    }
    const takes = async (...people: string[]) => {
      const id = await opens({ apply: 'auto' });
      await submits(rea, id, 'remove', ...people);
      await closeNow(administrator, id);
      return new Set((await changesOf(id)).map(({ state }) => state));
    };
    expect(await takes(...first)).toEqual(new Set(['waiting']));
    expect(await takes(...second)).toEqual(new Set(['held']));
    await setClockOffset(db(), 1.1 * day);
    expect(await takes(...second)).toEqual(new Set(['waiting']));
  });

  describe('of a group that PIM manages', () => {
    test('is held when a reviewer keeps what the same membership gives', async () => {
      await is('team', 'group');
      await is('gus', 'guest');
      await isIn('gus', 'team');
      await holds('team', { roleId: 'dear' });
      const pim = { plane: 'group', roleId: 'member', scopeId: 'team', scopeKind: 'group' } as const;
      await holds('gus', { ...pim, list: 'group_active' });
      const id = await opens({ principalKinds: ['guest'], apply: 'auto' });
      const items = await itemsOf(id);
      const says = (decision: 'keep' | 'remove', way: string) =>
        decideItems(rea, {
          ...{ campaignId: id, decision, rationale: 'Seen' },
          items: items.filter((item) => item.way === way),
        });
      await says('keep', 'membership');
      await says('remove', 'assignment');
      await submitItems(rea, { campaignId: id, itemIds: 'all' });
      await closeNow(administrator, id);
      expect(await changesOf(id)).toMatchObject([
        {
          principalId: 'gus',
          way: 'assignment',
          state: 'held',
          explanation: expect.stringContaining('keeps'),
        },
      ]);
    });
  });

  describe('of somebody who has it through a group', () => {
    const leave = async (id: string, ...roles: string[]) => {
      const items = (await itemsOf(id)).filter(({ roleId }) => roles.includes(roleId));
      const how = { decision: 'remove', rationale: 'Left', hasSeenGroup: true } as const;
      await decideItems(rea, { campaignId: id, items, ...how });
      await submitItems(rea, { campaignId: id, itemIds: 'all' });
    };
    const givesTwo = async () => {
      await is('team', 'group');
      for (const guest of ['gus', 'gil']) {
        await is(guest, 'guest');
        await isIn(guest, 'team');
      }
      for (const roleId of ['plain', 'dear']) await holds('team', { roleId });
      return opens({ principalKinds: ['guest'], apply: 'auto', silence: 'remove' });
    };

    test('is to leave the group', async () => {
      const id = await givesTwo();
      await leave(id, 'plain');
      await closeNow(administrator, id);
      const asked = { way: 'membership', wayGroupId: 'team', state: 'waiting', explanation: null };
      expect(await changesOf(id)).toMatchObject([
        { ...asked, principalId: 'gil', kept: { principalId: 'gil' } },
        { ...asked, principalId: 'gus' },
      ]);
    });

    test('is held, with words, when the group gives them something that a reviewer keeps', async () => {
      const id = await givesTwo();
      const dear = (await itemsOf(id)).filter((one) => one.roleId === 'dear' && one.principalId === 'gus');
      await decideItems(rea, { campaignId: id, items: dear, decision: 'keep', rationale: 'Needed' });
      await leave(id, 'plain');
      await closeNow(administrator, id);
      expect(await changesOf(id)).toMatchObject([
        { principalId: 'gil', state: 'waiting' },
        { principalId: 'gus', state: 'held', checkAt: null, explanation: expect.stringContaining('keeps') },
      ]);
    });

    test('stays in the group when nobody said anything', async () => {
      const id = await givesTwo();
      await closeNow(administrator, id);
      expect((await itemsOf(id)).every((item) => item.bySilence && item.decision === 'keep')).toBe(true);
      expect(await changesOf(id)).toEqual([]);
    });
  });

  test('to be eligible instead takes two people: silence, or who made the review alone, waits', async () => {
    for (const one of ['ann', 'bo', 'cy']) {
      await is(one);
      await holds(one, { roleId: 'critical' });
    }
    const id = await opens({
      reviewers: ['named'],
      named: ['rea', 'adele'],
      apply: 'auto',
      silence: 'as_recommended',
    });
    await submits(administrator, id, 'make_eligible', 'ann');
    await submits(rea, id, 'make_eligible', 'bo');
    await closeNow(administrator, id);
    const held = { state: 'held', askedById: 'adele', explanation: expect.stringContaining('second person') };
    expect(await changesOf(id)).toMatchObject([
      { principalId: 'ann', ...held },
      { principalId: 'bo', state: 'waiting', askedById: 'rea', explanation: null },
      { principalId: 'cy', ...held },
    ]);
  });
});

test('only an administrator closes a review before its time, and only once', async () => {
  const id = await opens();
  for (const stranger of [rea, as('ray', 'Stint.Reviewer'), as('audrey', 'Stint.Auditor')])
    await expect(closeNow(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  const tries = await Promise.allSettled([1, 2, 3].map(() => closeNow(administrator, id)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await told('campaign', id)).filter((action) => action === 'campaign.closed')).toHaveLength(1);
});

describe('by the clock', () => {
  test('a review opens, reminds, closes, ends and is scheduled again, each once, on three workers', async () => {
    await is('ann');
    await holds('ann');
    const recurrence = { everyDays: 90, timeZone: 'Europe/Stockholm' };
    const opensAt = new Date(Date.now() + 60_000);
    const id = await makeCampaign(administrator, {
      ...{ id: randomUUID(), version: null, name: 'Quarterly', status: 'scheduled', opensAt },
      plan: { ...everything, recurrence, silence: 'remove', apply: 'auto' },
    });
    const three = async () =>
      (await Promise.all([rounds(), rounds(), rounds()])).reduce((sum, moved) => sum + moved, 0);
    expect(await three()).toBe(0);
    await setClockOffset(db(), 120);
    expect(await three()).toBe(1);
    const open = await campaign(id);
    expect(open).toMatchObject({ status: 'open', opensAt });
    await setClockOffset(db(), 7 * day + 7200);
    expect(await three()).toBe(1);
    expect((await campaign(id)).reminded).toEqual([7]);
    await setClockOffset(db(), 13 * day);
    expect(await three()).toBe(1);
    expect((await campaign(id)).reminded).toEqual([7, 2]);
    await setClockOffset(db(), 15 * day);
    expect(await three()).toBe(1);
    expect(await changesOf(id)).toHaveLength(1);
    expect(await three()).toBe(0);
    expect((await campaign(id)).status).toBe('applying');
    await db().update(accessChanges).set({ state: 'blocked' });
    expect(await three()).toBe(0);
    await db().update(accessChanges).set({ state: 'done' });
    expect(await three()).toBe(1);
    expect((await campaign(id)).status).toBe('closed');
    expect(await told('campaign', id)).toEqual([
      ...['campaign.made', 'campaign.opened', 'campaign.reminded', 'campaign.reminded'],
      ...['campaign.closed', 'campaign.applied'],
    ]);
    const [next] = await db().select().from(campaigns).where(eq(campaigns.number, 2));
    expect(next).toMatchObject({ seriesId: id, status: 'scheduled', name: 'Quarterly' });
    const hour = (at?: Date) =>
      at?.toLocaleTimeString('en', { timeZone: 'Europe/Stockholm', hour: '2-digit', minute: '2-digit' });
    expect(hour(next?.opensAt)).toBe(hour(opensAt));
    expect(await told('campaign', next?.id ?? '')).toEqual(['campaign.made']);
  });

  test('a series goes on at the hour it was scheduled for, though its first was opened early', async () => {
    const opensAt = new Date(Date.now() + 5 * day * 1000 + 3 * 3_600_000);
    const id = await makeCampaign(administrator, {
      ...{ id: randomUUID(), version: null, name: 'Monthly', status: 'scheduled', opensAt },
      plan: { ...everything, recurrence: { everyDays: 30, timeZone: 'UTC' } },
    });
    await openNow(administrator, id);
    await closeNow(administrator, id);
    const [next] = await db().select().from(campaigns).where(eq(campaigns.number, 2));
    const hour = (at?: Date) => at?.toISOString().slice(11, 16);
    expect(hour(next?.opensAt)).toBe(hour(opensAt));
    expect(next?.opensAt.getTime()).toBeLessThan(Date.now() + 31 * day * 1000);
  });

  test('one that missed its moment is open for all of its days', async () => {
    const id = await makes();
    await db().update(campaigns).set({ status: 'scheduled' });
    await setClockOffset(db(), 5 * day);
    expect(await rounds()).toBe(1);
    const { opensAt, closesAt } = await campaign(id);
    expect(closesAt.getTime() - opensAt.getTime()).toBe(14 * day * 1000);
    expect(opensAt.getTime()).toBeGreaterThan(Date.now() + 4 * day * 1000);
  });

  test('one that cannot be moved keeps no other from its turn', async () => {
    const broken = await makes({}, 'Broken');
    const fine = await makes({}, 'Fine');
    await db().update(campaigns).set({ status: 'scheduled' });
    await db().update(campaigns).set({ plan: sql`plan - 'principalKinds'` }).where(eq(campaigns.id, broken));
    await expect(rounds()).rejects.toThrow('could not be moved');
    expect([(await campaign(broken)).status, (await campaign(fine)).status]).toEqual(['scheduled', 'open']);
  });

  test.each(['finished_at', 'privilege'])(
    'nothing opens before the tenant was read and is known for what it means: %s',
    async (missing) => {
      const id = await makes();
      await db().update(campaigns).set({ status: 'scheduled' });
      await db().execute(sql.raw(`update inventory_runs set ${missing} = null`));
      expect(await rounds()).toBe(0);
      await expect(openNow(administrator, id)).rejects.toMatchObject({ code: 'no_reading' });
    },
  );
});

test('who made the plan is no second person by another account', async () => {
  await is('adm-adele');
  await is('ann');
  await holds('ann', { roleId: 'critical' });
  const by = { ownerId: 'adm-adele', linkedAt: new Date(), linkedByName: 'x' };
  await db()
    .insert(linkedAccounts)
    .values(['adele', 'adm-adele'].map((accountId) => ({ accountId, accountName: accountId, ...by })));
  try {
    const id = await opens({ reviewers: ['named'], named: ['adm-adele'], apply: 'auto' });
    await submits(as('adm-adele'), id, 'make_eligible', 'ann');
    await closeNow(administrator, id);
    expect(await changesOf(id)).toMatchObject([{ state: 'held', askedById: 'adm-adele' }]);
  } finally {
    await db().delete(linkedAccounts);
  }
});

test('who changed the plan lets nothing go that silence asked for', async () => {
  await is('nadia');
  await is('ann');
  await holds('ann', { roleId: 'critical' });
  const id = await makes({ apply: 'auto', silence: 'as_recommended' });
  const nadia = as('nadia', 'Stint.Administrator');
  const { version, name, plan } = await campaign(id);
  await makeCampaign(nadia, { id, version, name, plan, opensAt: null, status: 'draft' });
  await openNow(administrator, id);
  await closeNow(administrator, id);
  const [held] = await changesOf(id);
  expect(held).toMatchObject({ state: 'held', askedById: 'adele', verb: 'make_eligible' });
  const ids = [held?.id ?? ''];
  await expect(releaseChanges(nadia, ids)).rejects.toMatchObject({ code: 'second_person' });
  await releaseChanges(as('olga', 'Stint.Administrator'), ids);
  expect(await changesOf(id)).toMatchObject([{ state: 'waiting', approvedById: 'olga' }]);
});

test('who changed the plan made it, too: what they decide alone waits', async () => {
  await is('nadia');
  await is('ann');
  await holds('ann', { roleId: 'critical' });
  const id = await makes({ reviewers: ['named'], named: ['nadia'], apply: 'auto' });
  const nadia = as('nadia', 'Stint.Administrator');
  const { version, name, plan } = await campaign(id);
  await makeCampaign(nadia, { id, version, name, plan, opensAt: null, status: 'draft' });
  await openNow(administrator, id);
  await submits(nadia, id, 'make_eligible', 'ann');
  await closeNow(administrator, id);
  expect(await changesOf(id)).toMatchObject([
    { state: 'held', askedById: 'nadia', explanation: expect.stringContaining('second person') },
  ]);
});

describe('a campaign is made', () => {
  const draft = () => ({
    ...{ id: randomUUID(), version: null, name: 'A', plan: everything, opensAt: null },
    ...{ status: 'draft' as const },
  });

  test('by who runs reviews, once however often the form is sent', async () => {
    for (const stranger of [rea, as('audrey', 'Stint.Auditor')])
      await expect(makeCampaign(stranger, draft())).rejects.toMatchObject({ code: 'not_found' });
    const one = draft();
    await Promise.all([makeCampaign(administrator, one), makeCampaign(administrator, one)]);
    expect(await told('campaign', one.id)).toEqual(['campaign.made']);
    await expect(makeCampaign(as('ray', 'Stint.Reviewer'), one)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('with a plan that can run, and people who can be asked', async () => {
    const malformed = (plan: object, field: string) =>
      expect(
        makeCampaign(administrator, { ...draft(), plan: { ...everything, ...plan } }),
      ).rejects.toMatchObject({ code: 'malformed', field });
    await malformed({ planes: [] }, 'planes');
    await malformed({ fallback: ['rea', 'nobody'] }, 'fallback');
    await malformed({ reviewers: ['named'], named: ['nobody'] }, 'named');
    expect(await db().$count(campaigns)).toBe(0);
  });

  test('and changed until it opens, from what was last seen', async () => {
    const one = draft();
    await makeCampaign(administrator, one);
    const edits = ['B', 'C'].map((name) => makeCampaign(administrator, { ...one, version: 1, name }));
    const done = await Promise.allSettled(edits);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await told('campaign', one.id)).toEqual(['campaign.made', 'campaign.changed']);
    const open = await opens();
    const late = { ...draft(), id: open, version: (await campaign(open)).version };
    await expect(makeCampaign(administrator, late)).rejects.toMatchObject({ code: 'conflict' });
  });
});

test('who closed it is on record', async () => {
  const id = await opens();
  await closeNow(administrator, id);
  const entries = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id))
    .orderBy(asc(auditEntries.seq));
  expect(entries.at(-1)).toMatchObject({ action: 'campaign.closed', actorId: 'adele' });
});
