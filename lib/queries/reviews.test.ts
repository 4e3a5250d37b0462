import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { accessChanges, campaigns as table } from '#db/schema/reviews.ts';
import { hangs, managementGroup, testDatabase } from '#db/testing.ts';
import { evidenceFiles } from '#lib/domain/evidence-file.ts';
import { evidencePack, evidenceSums } from '#lib/export/evidence-pack.ts';
import { cancelCampaign } from '#lib/operations/reviews/cancel-campaign.ts';
import { closeNow } from '#lib/operations/reviews/close-campaign.ts';
import { decideItems } from '#lib/operations/reviews/decide-items.ts';
import { handOn } from '#lib/operations/reviews/hand-on.ts';
import { recordEvidence } from '#lib/operations/reviews/record-evidence.ts';
import {
  administrator,
  as,
  campaign,
  changesOf,
  emptyTenant,
  everything,
  holds,
  is,
  isIn,
  itemOf,
  makes,
  mayJoin,
  opens,
  submits,
  told,
} from '#lib/operations/reviews/testing.ts';
import { campaignReport } from './campaign-report.ts';
import { campaignStory } from './campaign-story.ts';
import { campaigns } from './campaigns.ts';
import { evidenceCampaign, evidenceLines } from './evidence-lines.ts';
import { findPeople } from './find-people.ts';
import { myItems } from './my-items.ts';
import { myReviews } from './my-reviews.ts';
import { planPreview } from './plan-preview.ts';
import { reviewItem } from './review-item.ts';
import type { ItemFilter } from './review-rows.ts';
import { shellCounts } from './shell-counts.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(async () => {
  await emptyTenant();
  for (const id of ['ann', 'bo', 'cy']) await is(id);
});

const { actor: adele } = administrator;
const rea = as('rea');
const auditor = as('audrey', 'Stint.Auditor').actor;
const stranger = as('dee').actor;
const byPerson: ItemFilter = { order: 'person' };
const holdersOn = async (id: string, filter: ItemFilter = byPerson, viewer = rea.actor) =>
  (await myItems(viewer, id, filter, null))?.page.rows.map(({ principalName }) => principalName);

describe('who sees a review', () => {
  test('who runs or audits reviews all of it, who is asked only their items, everybody else nothing', async () => {
    await holds('ann');
    const id = await opens();
    const item = await itemOf(id, 'ann');
    for (const viewer of [adele, auditor, as('ray', 'Stint.Reviewer').actor]) {
      expect((await campaigns(viewer, null))?.rows).toHaveLength(1);
      expect(await campaignStory(viewer, id)).toMatchObject({ id });
      expect(await campaignReport(viewer, id)).toMatchObject({ id });
      expect(await evidenceCampaign(viewer, id)).toMatchObject({ campaign: id });
      expect(await reviewItem(viewer, id, item.id)).toMatchObject({ may: { decide: false } });
      expect(await myItems(viewer, id, byPerson, null)).toBeNull();
    }
    for (const viewer of [stranger, rea.actor, as('ann').actor]) {
      expect(await campaigns(viewer, null)).toBeNull();
      expect(await campaignStory(viewer, id)).toBeNull();
      expect(await campaignReport(viewer, id)).toBeNull();
      expect(await evidenceCampaign(viewer, id)).toBeNull();
      expect(await planPreview(viewer, everything)).toBeNull();
      expect(await findPeople(viewer, ['ann'])).toBeNull();
      await expect(recordEvidence({ ...rea, actor: viewer }, id)).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(await holdersOn(id)).toEqual(['ann']);
    expect(await reviewItem(rea.actor, id, item.id)).toMatchObject({ may: { decide: true } });
    for (const viewer of [stranger, as('ann').actor]) {
      expect(await holdersOn(id, byPerson, viewer)).toBeUndefined();
      expect(await reviewItem(viewer, id, item.id)).toBeNull();
      expect(await myReviews(viewer)).toEqual([]);
    }
  });

  test('who an item was handed to, and no more who handed it on', async () => {
    await holds('ann');
    const id = await opens();
    const { id: item } = await itemOf(id, 'ann');
    await handOn(rea, { campaignId: id, itemIds: [item], to: 'cy', note: '' });
    expect(await reviewItem(rea.actor, id, item)).toBeNull();
    expect(await reviewItem(as('cy').actor, id, item)).toMatchObject({
      may: { decide: true },
      reviewers: [
        { id: 'cy', rule: 'handed_on', isTheirs: true },
        { id: 'rea', rule: 'fallback', isTheirs: false },
      ],
    });
    expect([await holdersOn(id), await holdersOn(id, byPerson, as('cy').actor)]).toEqual([
      undefined,
      ['ann'],
    ]);
  });

  test('what stands in an address may be anything', async () => {
    expect(await campaignStory(adele, 'x')).toBeNull();
    expect(await reviewItem(adele, 'x', 'y')).toBeNull();
    expect(await myItems(adele, "' or 1=1", byPerson, 'mangled')).toBeNull();
    for (const key of [
      'mangled',
      '1',
      '2026',
      'March 7',
      '2026-02-30T00:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      "now'",
    ]) {
      const cursor = Buffer.from(`after\n${key}\n${randomUUID()}`).toString('base64url');
      expect((await campaigns(adele, cursor))?.rows).toEqual([]);
    }
    expect((await campaigns(adele, 'mangled'))?.rows).toEqual([]);
  });
});

describe('my items', () => {
  test('come by person or by role, narrowed and page by page without a gap', async () => {
    for (let n = 0; n < 60; n++)
      await holds(n % 2 ? 'ann' : 'bo', { roleName: `Role ${String(n).padStart(2, '0')}` });
    const id = await opens();
    for (const order of ['person', 'role'] as const) {
      const first = await myItems(rea.actor, id, { order }, null);
      const second = await myItems(rea.actor, id, { order }, first?.page.next ?? '');
      const all = [...(first?.page.rows ?? []), ...(second?.page.rows ?? [])];
      expect(new Set(all.map((row) => row.id)).size).toBe(60);
      const keys = all.map((row) => (order === 'role' ? row.roleName : row.principalName));
      expect(keys).toEqual(keys.toSorted());
      expect(second?.page.next).toBeNull();
      const back = await myItems(rea.actor, id, { order }, second?.page.previous ?? '');
      expect(back?.page.rows).toEqual(first?.page.rows);
    }
    expect(await holdersOn(id, { order: 'role', text: 'ROLE 07' })).toEqual(['ann']);
    expect(await holdersOn(id, { order: 'role', text: '%' })).toEqual([]);
  });

  test('show drafts and what is submitted, and count for the badge until it is', async () => {
    for (const one of ['ann', 'bo', 'cy']) await holds(one);
    const id = await opens();
    expect((await shellCounts(rea.actor)).reviews).toBe(3);
    await submits(rea, id, 'keep', 'ann');
    const { id: item, version } = await itemOf(id, 'bo');
    await decideItems(rea, {
      campaignId: id,
      items: [{ id: item, version }],
      decision: 'remove',
      rationale: 'x',
    });
    const mine = await myItems(rea.actor, id, byPerson, null);
    expect(mine).toMatchObject({
      progress: { items: 3, drafts: 1, submitted: 1 },
      campaign: { isOpen: true },
    });
    expect(await holdersOn(id, { ...byPerson, state: 'undecided' })).toEqual(['cy']);
    expect(await holdersOn(id, { ...byPerson, state: 'draft' })).toEqual(['bo']);
    expect(await holdersOn(id, { ...byPerson, state: 'submitted' })).toEqual(['ann']);
    expect(await holdersOn(id, { ...byPerson, recommendation: 'remove' })).toEqual([]);
    expect((await shellCounts(rea.actor)).reviews).toBe(2);
    expect(await myReviews(rea.actor)).toMatchObject([{ id, drafts: 1, submitted: 1, isReminded: false }]);
    await closeNow(administrator, id);
    expect((await shellCounts(rea.actor)).reviews).toBe(0);
    expect(await myReviews(rea.actor)).toMatchObject([{ status: 'closed', drafts: 0, submitted: 1 }]);
  });
});

test('an item tells what else its group gives, who a group is, and what was decided before', async () => {
  for (const one of ['team', 'outer']) await is(one, 'group');
  await isIn('ann', 'team');
  await isIn('team', 'outer');
  await isIn('ann', 'outer', ['team']);
  const plain = await holds('team', { roleName: 'Plain' });
  await holds('team', { roleName: 'Also' });
  await holds('outer', { roleName: 'From outside' });
  const before = await opens({ roles: ['plain'] }, 'Before');
  await submits(rea, before, 'keep', 'team');
  await closeNow(administrator, before);
  const id = await opens({ roles: ['plain'] });
  const group = await itemOf(id, 'team');
  expect(await reviewItem(rea.actor, id, group.id)).toMatchObject({
    members: { count: 1, names: ['ann'] },
    earlier: [{ campaignName: 'Before', decision: 'keep', rationale: 'Seen', decidedByName: 'rea' }],
    ...{ throughGroup: null, groupGives: [], choices: ['keep', 'remove', 'make_eligible'], change: null },
  });
  expect(group.evidence.find(({ label }) => label === 'Earlier')?.value).toMatch(/^Keep on .*, rea: Seen$/);
  const persons = await opens({ roles: ['plain'], principalKinds: ['member'] });
  const person = await itemOf(persons, 'ann');
  expect(person.kept.assignmentId).toBe(plain);
  const story = await reviewItem(rea.actor, persons, person.id);
  expect(story).toMatchObject({
    throughGroup: { id: 'team', name: 'team' },
    choices: ['keep', 'remove'],
    members: null,
  });
  expect(story?.groupGives.map(({ roleName }) => roleName)).toEqual(['Also', 'From outside']);
  // Of a group that PIM manages the membership itself is reviewed: all that the group gives goes with it.
  await mayJoin('bea', 'team');
  const memberships = await opens({ planes: ['group'] });
  const membership = await itemOf(memberships, 'bea');
  const gives = (await reviewItem(rea.actor, memberships, membership.id))?.groupGives;
  expect(gives?.map(({ roleName }) => roleName)).toEqual(['Also', 'From outside', 'Plain']);
});

describe('a campaign’s story', () => {
  test('counts what was decided against what is done', async () => {
    for (const one of ['ann', 'bo', 'cy', 'adele']) await holds(one);
    const id = await opens({ apply: 'auto', fallback: ['rea', 'cy'] });
    await submits(rea, id, 'remove', 'ann', 'bo');
    const open = await campaignStory(adele, id);
    expect(open).toMatchObject({
      ...{ population: 4, orphans: 0, withoutReviewer: 0, reviewerCount: 2 },
      progress: { items: 4, drafts: 0, submitted: 2 },
      reviewers: [
        { id: 'rea', items: 4, submitted: 2, isOverdue: false },
        { id: 'cy', items: 3, submitted: 2, isOverdue: false },
      ],
      burndown: [{ day: new Date().toISOString().slice(0, 10), left: 2 }],
      decisions: [{ decision: 'remove', bySilence: false, count: 2 }],
      ...{ applied: [], names: { rea: 'rea', cy: 'cy' } },
      may: { edit: false, open: false, cancel: true, close: true, release: true },
    });
    await db()
      .update(table)
      .set({ reminded: [7] });
    expect((await campaignStory(auditor, id))?.reviewers[0]?.isOverdue).toBe(true);
    await closeNow(administrator, id);
    await db().update(accessChanges).set({ state: 'done' }).where(sql`principal_id = 'ann'`);
    const closed = await campaignReport(auditor, id);
    expect(closed).toMatchObject({
      decisions: [
        { decision: 'keep', bySilence: true, count: 2 },
        { decision: 'remove', bySilence: false, count: 2 },
      ],
      applied: [{ verb: 'remove', decided: 2, done: 1, givenBack: 0, open: 1, blocked: 0, refused: 0 }],
      byPrincipalKind: [{ principalKind: 'member', count: 4 }],
      taken: [
        { principalName: 'ann', decision: 'remove', change: { state: 'done' } },
        { principalName: 'bo', change: { state: 'waiting' } },
      ],
      ...{ takenCount: 2, may: { edit: false, open: false, cancel: false, close: false, release: false } },
    });
    // What was given back is not done any more.
    const [done] = await db().select().from(accessChanges).where(sql`principal_id = 'ann'`);
    if (!done) expect.fail('nothing was to be removed');
    const undo = { ...done, id: randomUUID(), undoesId: done.id, verb: 'restore', state: 'done' } as const;
    await db().insert(accessChanges).values(undo);
    expect((await campaignStory(auditor, id))?.applied).toEqual([
      { verb: 'remove', decided: 2, done: 0, givenBack: 1, open: 1, blocked: 0, refused: 0 },
    ]);
  });

  test('campaigns come the latest opening first, page by page', async () => {
    for (let n = 0; n < 25; n++) {
      await makes({}, `R${n}`);
      await db()
        .update(table)
        .set({ opensAt: sql`opens_at - interval '1 day'`, closesAt: sql`closes_at - interval '1 day'` });
    }
    const first = await campaigns(adele, null);
    const second = await campaigns(adele, first?.next ?? '');
    const names = [...(first?.rows ?? []), ...(second?.rows ?? [])].map(({ name }) => name);
    expect(names).toEqual(Array.from({ length: 25 }, (_, n) => `R${24 - n}`));
    expect((await campaigns(adele, second?.previous ?? ''))?.rows).toEqual(first?.rows);
  });
});

test('the preview of a plan names management groups of which nobody knows what hangs below', async () => {
  const [known, unknown] = [managementGroup('known'), managementGroup('unknown')];
  await hangs(known, '/subscriptions/a');
  const scopes = [known, unknown.toUpperCase(), '/subscriptions/b'];
  expect(await planPreview(adele, { ...everything, scopes })).toMatchObject({ unknownBelow: [unknown] });
});

test('the preview of a plan is what opening it freezes', async () => {
  await is('off', 'member', { enabled: false });
  for (const one of ['ann', 'off', 'rea', 'ghost']) await holds(one, { roleId: 'critical' });
  const preview = await planPreview(adele, everything);
  expect(preview).toMatchObject({
    ...{ total: 4, orphans: 1, critical: 4, reviewerCount: 2, withoutReviewer: 0 },
    byPlane: [{ plane: 'entra', count: 4 }],
    byKind: [{ kind: 'standing', count: 4 }],
    byRecommendation: [
      { recommendation: 'keep', count: 0 },
      { recommendation: 'make_eligible', count: 2 },
      { recommendation: 'remove', count: 2 },
    ].filter(({ count }) => count > 0),
    reviewers: [
      { id: 'rea', count: 3 },
      { id: 'adele', count: 1 },
    ],
  });
  expect(preview?.sample.map(({ principalName, reviewers }) => [principalName, reviewers])).toEqual([
    ['ann', ['rea']],
    ['ghost', ['rea']],
    ['off', ['rea']],
    ['rea', ['adele']],
  ]);
  const id = await opens();
  expect(await campaign(id)).toMatchObject({ population: 4, orphans: 1 });
  await cancelCampaign(administrator, id);
});

test('people are found by the name they sign in with, or by id', async () => {
  await is('bot', 'service_principal');
  expect(await findPeople(adele, ['ANN@contoso.example ', 'bo', 'bot', 'nobody', ''])).toMatchObject({
    found: expect.arrayContaining([
      expect.objectContaining({ id: 'ann' }),
      expect.objectContaining({ id: 'bo' }),
    ]),
    missing: ['bot', 'nobody'],
  });
});

describe('the evidence', () => {
  const signal = new AbortController().signal;
  async function evidenceOf(id: string) {
    const campaign = await evidenceCampaign(auditor, id);
    if (!campaign) throw new Error('no evidence');
    return {
      campaign,
      lines: (file: (typeof evidenceFiles)[number], line: ReturnType<typeof sql>) =>
        evidenceLines(auditor, id, file, line, signal),
    };
  }
  const packed = async (id: string) => {
    const parts: Uint8Array[] = [];
    for await (const part of evidencePack(await evidenceOf(id))) parts.push(part);
    return Buffer.concat(parts);
  };

  test('is an archive that tar and sha256sum take, the same bytes every time, counted right', async () => {
    for (let n = 0; n < 450; n++) await holds(['ann', 'bo', 'cy'][n % 3] ?? '');
    await is('odd', 'member', { name: '=cmd()|"x"\n,é' });
    await holds('odd');
    const id = await opens({ silence: 'remove' });
    await submits(rea, id, 'keep', 'ann', 'odd');
    await closeNow(administrator, id);
    const tar = await packed(id);
    expect(await packed(id)).toEqual(tar);
    const folder = mkdtempSync(join(tmpdir(), 'stint-evidence-test-'));
    try {
      writeFileSync(join(folder, 'pack.tar'), tar);
      execFileSync('tar', ['xf', 'pack.tar'], { cwd: folder });
      const checked = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' });
      expect(checked.trim().split('\n')).toHaveLength(2 * evidenceFiles.length + 1);
      const read = (name: string) => readFileSync(join(folder, name), 'utf8');
      const counts = JSON.parse(read('counts.json'));
      for (const file of evidenceFiles) {
        const rows = read(`${file}.jsonl`)
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
        expect(rows).toHaveLength(counts[file]);
        expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
      }
      expect(counts).toMatchObject({
        population: 451,
        decisions: 451,
        rationales: 151,
        changes: 300,
        reviewers: 451,
        plan: { silence: 'remove' },
        createdBy: { id: 'adele', name: 'adele' },
        editors: [],
      });
      const first = JSON.parse(read('population.jsonl').split('\n')[0] ?? '');
      expect(first).toMatchObject({ holder: 'ann', evidence: expect.any(Array), critical: 'no' });
      expect(read('population.csv')).toContain(`"'=cmd()|""x""\n,é"`);
      expect(
        (await evidenceSums(await evidenceOf(id))).map(({ file, sha256 }) => `${sha256}  ${file}\n`).join(''),
      ).toBe(read('SHA256SUMS'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('counts what is in it, also when the tenant moves on meanwhile, and tells what was given back', async () => {
    for (const one of ['ann', 'bo']) await holds(one);
    const id = await opens();
    await submits(rea, id, 'remove', 'ann', 'bo');
    await closeNow(administrator, id);
    const [change, other] = await changesOf(id);
    if (!change) throw new Error('nothing is to be changed');
    const { id: taken, itemId } = change;
    const report = async () =>
      [await campaignReport(adele, id), await reviewItem(adele, id, itemId ?? '')] as const;
    expect((await report())[0]?.taken[0]?.change?.undo).toBeNull();
    const undoOf = (of: typeof change) =>
      ({ ...of, id: randomUUID(), undoesId: of.id, verb: 'restore', state: 'held' }) as const;
    const undo = undoOf(change);
    const { lines, campaign: of } = await evidenceOf(id);
    const parts: Uint8Array[] = [];
    // Somebody asks for one back between the first files and the last, and for the other as the last is written.
    const meanwhile: typeof lines = async function* (file, line) {
      if (file === 'changes') await db().insert(accessChanges).values(undo).onConflictDoNothing();
      yield* lines(file, line);
      if (file === 'changes' && other)
        await db().insert(accessChanges).values(undoOf(other)).onConflictDoNothing();
    };
    for await (const part of evidencePack({ campaign: of, lines: meanwhile })) parts.push(part);
    const tar = Buffer.concat(parts).toString('latin1');
    expect(tar).toContain('"changes": 3');
    // As many rows in either format, whenever the tenant moved.
    const asCsv = tar.slice(tar.indexOf('change,undoes,'), tar.indexOf('changes.jsonl'));
    expect(asCsv.split('\r\n').filter((line) => /^[0-9a-f-]{36},/.test(line))).toHaveLength(3);
    expect(tar).toContain(`"undoes":"${taken}"`);
    await db()
      .delete(accessChanges)
      .where(eq(accessChanges.undoesId, other?.id ?? ''));
    const confirmedAt = new Date('2026-11-20T10:00:00.000Z');
    const done = { state: 'done', outcome: 'restored', confirmedAt } as const;
    for (const one of await report())
      expect(JSON.stringify(one)).toContain('"undo":{"state":"held","confirmedAt":null}');
    await db().update(accessChanges).set(done).where(eq(accessChanges.id, undo.id));
    const [whole, item] = await report();
    const givenBack = { state: 'done', confirmedAt };
    expect(whole?.taken).toMatchObject([{ change: { undo: givenBack } }, { change: { undo: null } }]);
    expect(item?.change).toMatchObject({ id: taken, undo: givenBack });
  });

  test('that it was taken is on record', async () => {
    const id = await opens();
    await recordEvidence({ ...rea, actor: auditor }, id);
    expect((await told('campaign', id)).at(-1)).toBe('campaign.exported');
  });
});
