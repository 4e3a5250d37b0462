import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened, transaction } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { inventoryParts, inventoryRuns, principals } from '#db/schema/inventory.ts';
import { sessions } from '#db/schema/people.ts';
import { effectiveMembers, outsideRoles } from '#db/schema/posture.ts';
import { testDatabase } from '#db/testing.ts';
import { config } from '#lib/config/config.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { ids, tenant, type Who } from '#lib/operations/approval-policy/testing.ts';
import { administrators } from './administrators.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await tenant();
  await empty('sessions outside_roles');
});

const stint = 'c0ffee00-0000-4000-8000-000000000001';
const seen = { seenIn: randomUUID(), firstSeenAt: new Date() };
const found = async () => {
  const names = Object.entries(ids).map(([name, id]) => [id, name]);
  const of = new Map(names as [string, string][]);
  return (await transaction(administrators)).map((id) => of.get(id)).toSorted();
};

async function signsIn(who: Who, more: Partial<typeof sessions.$inferInsert> = {}): Promise<void> {
  const at = new Date();
  await db()
    .insert(sessions)
    .values({
      ...{
        id: randomUUID(),
        secretHash: randomUUID(),
        objectId: ids[who],
        tenantId: 't',
        name: who,
        upn: who,
      },
      ...{ roles: ['Stint.Administrator'], createdAt: at, lastSeenAt: at, expiresAt: plusMinutes(at, 600) },
      ...more,
    });
}

/** A reading saw who holds Stint's own roles. */
async function isRead(state: 'done' | 'failed' = 'done'): Promise<void> {
  const [run] = await db().select().from(inventoryRuns).limit(1);
  await db()
    .insert(principals)
    .values({
      ...{ id: stint, kind: 'service_principal', name: 'Stint', list: 'service_principals', ...seen },
      appId: config().signIn.clientId,
    });
  await db()
    .insert(inventoryParts)
    .values({ runId: run?.id ?? '', list: 'app_role_holders', place: stint, state });
}

async function holds(id: string, what = 'Stint.Administrator', appId = config().signIn.clientId) {
  await db()
    .insert(outsideRoles)
    .values({
      ...{ id: randomUUID(), list: 'app_role_holders', place: stint, kind: 'application_permission' },
      ...{ azureId: randomUUID(), principalId: id, principalName: id, targetId: stint, targetName: 'Stint' },
      ...{ what, details: { appId, principalType: 'User', appRoleId: 'r' }, ...seen },
    });
}

describe('administrators of Stint', () => {
  test('are who holds the role in Entra, themselves or by a group, and no one who only signed in as one', async () => {
    await isRead();
    await signsIn('eli');
    await holds(ids.dana);
    await holds(ids.group);
    await db().insert(effectiveMembers).values({ groupId: ids.group, memberId: ids.cy, through: [] });
    await holds(ids.bo, 'Stint.Auditor');
    await holds(ids.ada, 'Stint.Administrator', randomUUID());
    expect(await found()).toEqual(['cy', 'dana']);
  });

  test('are not any more once the role is taken away, or the account is disabled', async () => {
    await isRead();
    for (const who of ['bo', 'cy', 'dana'] as const) await holds(ids[who]);
    await db().execute(sql`update outside_roles set gone_at = now() where principal_id = ${ids.bo}`);
    await db().execute(sql`update principals set enabled = false where id = ${ids.cy}`);
    expect(await found()).toEqual(['dana']);
  });

  test('where the last reading is older than a day, are who is signed in as one: it knows neither who left nor who came', async () => {
    await isRead();
    await holds(ids.bo);
    await signsIn('dana');
    const ended = (hoursAgo: number) =>
      db().execute(
        sql`update inventory_runs set finished_at = stint_now() - make_interval(hours => ${hoursAgo})`,
      );
    await ended(23);
    expect(await found()).toEqual(['bo']);
    await ended(25);
    expect(await found()).toEqual(['dana']);
  });

  test('where that was not read to its end, are who is signed in as one now: never by a session that is over', async () => {
    await isRead('failed');
    await holds(ids.bo);
    await signsIn('dana');
    await signsIn('cy', { endedAt: new Date(), endCause: 'signed_out' });
    await signsIn('eli', { expiresAt: plusMinutes(new Date(), -1) });
    await signsIn('ada', { roles: [] });
    expect(await found()).toEqual(['dana']);
  });
});
