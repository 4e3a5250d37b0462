import { randomUUID } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { inventoryParts, principals } from '#db/schema/inventory.ts';
import { bundleRoles, bundles, favourites } from '#db/schema/own-choices.ts';
import { settings } from '#db/schema/settings.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { arrangeFavourites } from '#lib/operations/favourites/arrange-favourites.ts';
import { setFavourite } from '#lib/operations/favourites/set-favourite.ts';
import { takeDueReading } from '#lib/operations/inventory/begin-reading.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { removeBundle } from './remove-bundle.ts';
import { type BundleAsk, saveBundle } from './save-bundle.ts';
import { shareBundle } from './share-bundle.ts';

const { ada, bo, lou } = people;
const mira = { id: randomUUID(), name: 'Mira Novak' };
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('bundles bundle_roles bundle_shares favourites principals');
  for (const person of [ada, bo]) await bench.reads(person);
});

const admin = () => bench.as(mira, 'Stint.Administrator');
const [staging, onCall, production] = [roles.staging, roles.onCall, roles.production].map(roleKey);
const key = (text: string | undefined) => text ?? '';
const ask = (of: BundleAsk['of'] = null, name = 'On call'): BundleAsk => ({
  of,
  name,
  roles: [
    { key: key(onCall), minutes: null },
    { key: key(staging), minutes: 30 },
  ],
});
const told = async (id: string) =>
  (
    await db()
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.subjectId, id)))
      .orderBy(auditEntries.seq)
  ).map(({ action, actorId }) => [action, actorId]);
const refusal = (code: string) => expect.objectContaining({ code });

describe('a bundle', () => {
  test('is kept with its roles in their order, changed and removed, each on record', async () => {
    const id = await saveBundle(bench.as(ada), ask());
    const rows = await db().select().from(bundleRoles).orderBy(bundleRoles.place);
    expect(rows.map((row) => [roleKey(row), row.minutes, row.roleName])).toEqual([
      [onCall, null, 'Member'],
      [staging, 30, 'Contributor'],
    ]);
    await saveBundle(bench.as(ada), { ...ask({ id, version: 1 }, 'Night'), roles: ask().roles.slice(1) });
    expect(await db().$count(bundleRoles)).toBe(1);
    await removeBundle(bench.as(ada), { id, version: 2 });
    expect(await db().$count(bundles)).toBe(0);
    expect(await told(id)).toEqual([
      ['bundle.made', ada.id],
      ['bundle.changed', ada.id],
      ['bundle.removed', ada.id],
    ]);
  });

  test('is nobody else’s to change, share or remove, an administrator’s neither while it is one’s own', async () => {
    const of = { id: await saveBundle(bench.as(ada), ask()), version: 1 };
    for (const stranger of [bench.as(bo), bench.as(lou), admin()]) {
      await expect(saveBundle(stranger, ask(of))).rejects.toEqual(refusal('not_found'));
      await expect(removeBundle(stranger, of)).rejects.toEqual(refusal('not_found'));
      await expect(shareBundle(stranger, { ...of, names: [] })).rejects.toEqual(refusal('not_found'));
    }
    await expect(shareBundle(bench.as(ada), { ...of, names: [] })).rejects.toEqual(refusal('not_found'));
    expect(await told(of.id)).toHaveLength(1);
  });

  test('holds only what its maker is eligible for, by name and at least one of it', async () => {
    const foreign = { ...ask(), roles: [{ key: key(production), minutes: null }] };
    await expect(saveBundle(bench.as(ada), foreign)).rejects.toEqual(refusal('not_eligible'));
    const [first] = ask().roles;
    for (const bad of [
      { ...ask(), name: '' },
      { ...ask(), roles: [] },
      { ...ask(), roles: first ? [first, first] : [] },
      { ...ask(), roles: first ? [{ ...first, minutes: 4 }] : [] },
    ])
      await expect(saveBundle(bench.as(ada), bad)).rejects.toEqual(refusal('bundle_not_whole'));
    expect(await db().$count(bundles)).toBe(0);
  });

  test('saved twice over the same version is saved once', async () => {
    const of = { id: await saveBundle(bench.as(ada), ask()), version: 1 };
    const saves = await Promise.allSettled(
      ['One', 'Two', 'Three'].map((name) => saveBundle(bench.as(ada), ask(of, name))),
    );
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(saves.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    expect(await told(of.id)).toHaveLength(2);
  });

  test('is shared by an administrator with people and groups, and then administrators keep it', async () => {
    const seen = { seenIn: randomUUID(), firstSeenAt: new Date(), list: 'users' as const };
    await db()
      .insert(principals)
      .values([
        { ...seen, id: ada.id, kind: 'member', name: 'Ada Lind', upn: ada.upn },
        { ...seen, id: 'team', kind: 'group', name: 'sg-team' },
        { ...seen, id: 'same-1', kind: 'group', name: 'sg-same' },
        { ...seen, id: 'same-2', kind: 'group', name: 'sg-same' },
      ]);
    for (const person of [ada]) await bench.reads(person);
    await db().execute(
      sql`update mirror_eligible set principal_id = ${mira.id} where principal_id = ${bo.id}`,
    );
    const mine = { ...ask(), roles: [{ key: key(production), minutes: null }] };
    const id = await saveBundle(admin(), mine);
    const share = (version: number, ...names: string[]) => shareBundle(admin(), { id, version, names });
    await expect(share(1, 'nobody')).rejects.toMatchObject({ message: expect.stringContaining('nobody') });
    await expect(share(1, 'sg-same')).rejects.toMatchObject({ message: expect.stringContaining('Several') });
    await share(1, ada.upn?.toUpperCase() ?? '', 'sg-team', 'same-1');
    const [bundle] = await db().select().from(bundles);
    expect(bundle).toMatchObject({ shared: true, version: 2 });
    await takeDueReading(randomUUID);
    const read = await db().select().from(inventoryParts).where(eq(inventoryParts.list, 'members'));
    expect(read.map(({ place }) => place).sort()).toEqual(['same-1', 'team']);
    const other = bench.as({ id: randomUUID(), name: 'Other' }, 'Stint.Administrator');
    await saveBundle(other, { ...mine, of: { id, version: 2 }, name: 'Renamed' });
    await expect(removeBundle(bench.as(ada), { id, version: 3 })).rejects.toEqual(refusal('not_found'));
    expect((await told(id)).map(([action]) => action)).toEqual([
      'bundle.made',
      'bundle.shared',
      'bundle.changed',
    ]);
  });
});

test('a shared bundle is changed and removed after a fresh sign-in where administrators are asked for one', async () => {
  const by = { changedAt: new Date(), changedById: 'x', changedByName: 'x' };
  await db()
    .insert(settings)
    .values({ key: 'step_up', value: { administration: true }, ...by });
  const own = { id: await saveBundle(bench.as(ada), ask()), version: 1 };
  await saveBundle(bench.as(ada), ask(own));
  await removeBundle(bench.as(ada), { ...own, version: 2 });
  const of = { id: await saveBundle(bench.as(ada), ask()), version: 1 };
  await db().update(bundles).set({ shared: true });
  await expect(saveBundle(admin(), ask(of))).rejects.toEqual(refusal('proof_needed'));
  await expect(removeBundle(admin(), of)).rejects.toEqual(refusal('proof_needed'));
  expect(await told(of.id)).toHaveLength(1);
  await db().delete(settings);
});

describe('a favourite', () => {
  const rows = () => db().select().from(favourites).orderBy(favourites.place);

  test('is one of one’s own roles, kept once however often it is pressed, each change on record', async () => {
    await expect(setFavourite(bench.as(ada), { key: key(production), on: true })).rejects.toEqual(
      refusal('not_eligible'),
    );
    const before = await bench.entries();
    await Promise.all(
      Array.from({ length: 4 }, () => setFavourite(bench.as(ada), { key: key(staging), on: true })),
    );
    expect(await rows()).toMatchObject([{ personId: ada.id, roleKey: staging, place: null }]);
    expect(await bench.entries()).toBe(before + 1);
    await setFavourite(bench.as(bo), { key: key(staging), on: false });
    expect(await rows()).toHaveLength(1);
    await setFavourite(bench.as(ada), { key: key(staging), on: false });
    expect(await rows()).toEqual([]);
    const [last] = await db().select().from(auditEntries).orderBy(desc(auditEntries.seq)).limit(1);
    expect(last).toMatchObject({ action: 'favourite.removed', subjectId: staging, actorId: ada.id });
  });

  test('stands where its person put it, and nobody else’s moves', async () => {
    for (const one of [staging, onCall]) await setFavourite(bench.as(ada), { key: key(one), on: true });
    await setFavourite(bench.as(bo), { key: key(production), on: true });
    await arrangeFavourites(bench.as(ada), [key(onCall), key(production), key(staging)]);
    const placed = (await rows()).map(({ personId, roleKey: role, place }) => [personId, role, place]);
    expect(placed).toEqual([
      [ada.id, onCall, 0],
      [ada.id, staging, 1],
      [bo.id, production, null],
    ]);
  });
});
