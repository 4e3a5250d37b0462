/** Who answers for a workload hears before access it holds ends: nobody else would. */
import { asc } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { setClockOffset } from '#db/clock.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { letters } from '#db/schema/letters.ts';
import { testDatabase } from '#db/testing.ts';
import { wordsOf } from '#lib/domain/letter-words.ts';
import { hour } from '#lib/domain/time.ts';
import { asJob } from '#lib/operations/context.ts';
import { answersFor, emptyTenant, holds, is, isIn } from '#lib/operations/reviews/testing.ts';
import { tellOfEnds } from './tell-of-ends.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(async () => {
  await setClockOffset(db(), 0);
  await emptyTenant();
  await empty('letters');
  await is('bo');
  await is('robot', 'service_principal');
  await answersFor('bo', 'owner', 'robot');
});

const day = 24 * hour;
const assessed = () => tellOfEnds(asJob('assess', 'trace'));
const inDays = (days: number) => new Date(Date.now() + days * day);
const ends = (principalId: string, days: number) =>
  holds(principalId, { kind: 'time_bound', endsAt: inDays(days) });
const told = async () =>
  (await db().select().from(letters).orderBy(asc(letters.writtenAt), asc(letters.personId))).map(
    ({ personId, facts }) => `${personId} of ${facts.holderName}`,
  );
const onRecord = async () =>
  (await db().select().from(auditEntries).orderBy(asc(auditEntries.seq))).filter(
    ({ action }) => action === 'posture.ends_told',
  );

test('two weeks before, once, however often the tenant is assessed; on record with how many', async () => {
  await ends('robot', 13);
  const before = (await onRecord()).length;
  for (let n = 0; n < 3; n++) await assessed();
  expect(await told()).toEqual(['bo of robot']);
  expect((await onRecord()).slice(before).map(({ details }) => details)).toEqual([{ letters: 1 }]);
  const [letter] = await db().select().from(letters);
  if (!letter) throw new Error('no letter');
  const { subject, lines, path } = wordsOf(letter);
  expect([subject, path]).toEqual(['Ends soon: robot has Plain on Directory', '/notifications']);
  expect(lines.some((line) => line.startsWith('Ends: '))).toBe(true);
});

test('and again on the last day; an end that is moved is told anew', async () => {
  await ends('robot', 13);
  await assessed();
  await setClockOffset(db(), (12.5 * day) / 1000);
  for (let n = 0; n < 2; n++) await assessed();
  expect(await told()).toEqual(['bo of robot', 'bo of robot']);
  await ends('robot', 20);
  await assessed();
  expect(await told()).toHaveLength(3);
});

test('everybody of a group that sponsors it is told, and whoever left is not', async () => {
  await is('agent', 'agent');
  await is('crew', 'group');
  for (const one of ['cy', 'di']) await isInAs(one, 'crew');
  await is('ex', 'member', { enabled: false });
  await answersFor('ex', 'sponsor', 'agent');
  await answersFor('crew', 'sponsor', 'agent');
  await ends('agent', 3);
  await assessed();
  expect((await told()).toSorted()).toEqual(['cy of agent', 'di of agent']);
});

test('not of what stands, what ends later or is over, what a person holds, or what is gone', async () => {
  await holds('robot');
  await ends('robot', 15);
  await ends('robot', -1);
  await is('ann');
  await answersFor('bo', 'manager', 'ann');
  await ends('ann', 3);
  await holds('robot', { kind: 'time_bound', endsAt: inDays(2), goneAt: new Date() });
  await assessed();
  expect(await told()).toEqual([]);
});

async function isInAs(memberId: string, groupId: string): Promise<void> {
  await is(memberId);
  await isIn(memberId, groupId);
}
