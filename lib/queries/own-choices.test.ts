import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { assignments, memberships, principals } from '#db/schema/inventory.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { memberKey } from '#lib/domain/bundle.ts';
import { saveBundle } from '#lib/operations/bundles/save-bundle.ts';
import { shareBundle } from '#lib/operations/bundles/share-bundle.ts';
import { setFavourite } from '#lib/operations/favourites/set-favourite.ts';
import { end } from '#lib/operations/requests/end.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { bundleRoleFinds } from './bundle-role-finds.ts';
import { bundleFor, keptBundles, myBundles } from './bundles.ts';
import { myAccess } from './my-access.ts';
import { paletteFinds, paletteOwn } from './palette.ts';
import { recentReasons } from './recent-reasons.ts';
import { requestStory } from './request-story.ts';

const { ada, bo, lou } = people;
const { staging, onCall, alerts } = roles;
const mira = { id: randomUUID(), name: 'Mira Novak' };
const seen = { seenIn: randomUUID(), firstSeenAt: new Date() };
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('bundles bundle_roles bundle_shares favourites principals assignments memberships');
  for (const person of [ada, bo]) await bench.reads(person);
});

const actor = (person: { id: string; name: string }) => bench.as(person).actor;
const admin = () => bench.as(mira, 'Stint.Administrator');
const eligible = async (role: typeof staging) =>
  (await myAccess(actor(ada))).eligible.find(({ key }) => key === roleKey(role));

async function inventory(role: typeof staging, principalId: string) {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = role;
  const list = plane === 'group' ? ('group_eligible' as const) : ('azure_eligible' as const);
  const row = { plane, roleId, scopeId, roleName, scopeName, scopeKind, principalId, list, ...seen };
  const ids = { id: randomUUID(), azureId: randomUUID(), place: '/', kind: 'eligible' as const };
  await db()
    .insert(assignments)
    .values({ ...ids, ...row });
}

describe('a bundle', () => {
  const make = (ctx = bench.as(ada), wanted = [staging, onCall]) => {
    const asked = wanted.map((role) => ({ key: roleKey(role), minutes: null }));
    return saveBundle(ctx, { of: null, name: 'Duty', roles: asked });
  };

  test('of one’s own is nobody else’s to see, not an administrator’s either', async () => {
    const id = await make();
    expect((await myBundles(actor(ada))).map(({ name, keeps }) => [name, keeps])).toEqual([['Duty', true]]);
    for (const stranger of [actor(bo), actor(lou), admin().actor]) {
      expect(await keptBundles(stranger)).toEqual([]);
      expect(await bundleFor(stranger, id)).toBeNull();
    }
    expect(await bundleFor(actor(ada), 'no-id')).toBeNull();
  });

  test('shared, is on the page of who is named, is in the group or may join it, and of nobody else', async () => {
    await inventory(staging, 'anybody');
    await db()
      .insert(principals)
      .values([
        { ...seen, list: 'users', id: lou.id, kind: 'member', name: lou.name, upn: lou.upn },
        { ...seen, list: 'groups', id: 'team', kind: 'group', name: 'sg-team' },
        { ...seen, list: 'groups', id: onCall.scopeId, kind: 'group', name: onCall.scopeName },
      ]);
    const id = await make(admin(), [staging]);
    const seenBy = async () => {
      const lists = await Promise.all([ada, bo, lou].map((person) => myBundles(actor(person))));
      return lists.map(({ length }) => length);
    };
    await shareBundle(admin(), { id, version: 1, names: [lou.upn ?? '', 'sg-team'] });
    expect(await seenBy()).toEqual([0, 0, 1]);
    await db()
      .insert(memberships)
      .values({ ...seen, groupId: 'team', memberId: bo.id });
    expect(await seenBy()).toEqual([0, 1, 1]);
    await inventory(onCall, ada.id);
    await shareBundle(admin(), { id, version: 2, names: [onCall.scopeName] });
    expect(await seenBy()).toEqual([1, 0, 0]);
    const [bundle] = await myBundles(actor(ada));
    expect(bundle).toMatchObject({ shared: true, keeps: false, shares: [] });
    expect(await bundleFor(admin().actor, id)).toMatchObject({ keeps: true, shares: [{ isGroup: true }] });
  });

  test('tells which group would give what one is not eligible for oneself', async () => {
    await inventory(onCall, ada.id);
    await inventory(alerts, onCall.scopeId);
    await make(bench.as(ada), [alerts, onCall]);
    const [bundle] = await myBundles(actor(ada));
    expect(bundle?.roles.map(({ givers }) => givers)).toEqual([
      [{ key: memberKey(onCall.scopeId), name: 'sg-oncall-platform' }],
      [],
    ]);
  });
});

test('what a request waits for is told beside it, and it may be cancelled while it does', async () => {
  await inventory(onCall, ada.id);
  await inventory(alerts, onCall.scopeId);
  const { answers } = await bench.submits(ada, [alerts, onCall]);
  const id = answers.find(({ key }) => key === roleKey(alerts))?.requestId ?? '';
  const waits = async () => (await myAccess(actor(ada))).recent.find((row) => row.id === id)?.waitsFor;
  expect(await waits()).toBe('sg-oncall-platform');
  expect(await requestStory(actor(ada), id)).toMatchObject({
    waitsFor: 'sg-oncall-platform',
    may: { cancel: true },
  });
  await bench.deliver();
  await bench.looks();
  await bench.pass(1, 0.25);
  expect(await waits()).toBeNull();
});

test('the usual length is what was really taken of a role lately, by this person alone', async () => {
  for (const minutes of [7, 12, 9]) {
    const id = await bench.holds(ada, staging);
    await bench.advance(minutes);
    await end(bench.as(ada), id, bench.seal(ada));
    await bench.deliver();
    await bench.pass(1, 0.25);
    expect(await bench.status(id)).toBe('ended');
  }
  expect((await eligible(staging))?.usual).toMatchObject({ uses: 3, minutes: 10 });
  expect((await eligible(onCall))?.usual).toBeNull();
});

test('a favourite stands on its row, for its person', async () => {
  await setFavourite(bench.as(ada), { key: roleKey(staging), on: true });
  expect((await eligible(staging))?.favourite).toEqual({ place: null });
  expect((await eligible(onCall))?.favourite).toBeNull();
});

test('reasons given before are one’s own, each once, the newest first', async () => {
  await bench.files(ada, staging, { justification: 'First' });
  await bench.files(ada, onCall, { justification: 'Second' });
  await bench.files(ada, roles.userAdministrator, { justification: 'First' });
  await bench.files(bo, roles.production, { justification: 'His' });
  const told = await recentReasons(actor(ada));
  expect(told.map(({ text, keys }) => [text, keys.length])).toEqual([
    ['First', 2],
    ['Second', 1],
  ]);
});

describe('the palette', () => {
  test('finds one’s own requests by what was typed for them, and nobody else’s', async () => {
    await bench.files(ada, staging, { justification: 'Take the canary to 100%' });
    const found = async (who: typeof ada, text: string) =>
      (await paletteFinds(actor(who), text)).map(({ kind }) => kind);
    expect(await found(ada, 'canary')).toEqual(['request']);
    expect(await found(ada, '100%')).toEqual(['request']);
    expect(await found(ada, '1__%')).toEqual([]);
    expect(await found(bo, 'canary')).toEqual([]);
    expect(await found(ada, 'c')).toEqual([]);
  });

  test('finds people for who may read everybody’s history, and for nobody else', async () => {
    await db().execute(
      sql`insert into people (object_id, name, kind, seen_at) values (${bo.id}, 'Bo Okafor', 'member', now())`,
    );
    const auditor = bench.as({ id: 'auden', name: 'Auden' }, 'Stint.Auditor').actor;
    expect(await paletteFinds(auditor, 'oka')).toMatchObject([{ kind: 'person', title: 'Bo Okafor' }]);
    expect(await paletteFinds(actor(ada), 'oka')).toEqual([]);
  });

  test('holds one’s own roles and what of them may be ended', async () => {
    const id = await bench.holds(ada, staging);
    const own = await paletteOwn(actor(ada));
    expect(own.active).toEqual([{ id, title: 'Contributor' }]);
    expect(own.roles.find(({ key }) => key === roleKey(staging))?.blocked).toBe('already_live');
    expect(await paletteOwn(actor(lou))).toEqual({ roles: [], bundles: [], approved: [], active: [] });
  });
});

test('roles for a bundle are one’s own; who administers Stint finds anybody’s', async () => {
  await inventory(roles.production, bo.id);
  const found = async (who: Parameters<typeof bundleRoleFinds>[0], text: string) =>
    (await bundleRoleFinds(who, text)).map(({ roleName, scopeName }) => `${roleName} ${scopeName}`);
  expect(await found(actor(ada), 'contributor prod')).toEqual([]);
  expect(await found(actor(bo), 'contributor prod')).toEqual(['Contributor Production']);
  expect(await found(admin().actor, 'contributor prod')).toEqual(['Contributor Production']);
});
