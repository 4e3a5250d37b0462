import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { among } from './among.ts';
import { db, type Opened } from './client.ts';
import { letters } from './schema/letters.ts';
import { requesterNames } from './schema/names.ts';
import { testDatabase } from './testing.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened.close());

test('among more values than a statement takes parameters, those are found that are there', async () => {
  const names = ['ada', 'bo'].map((id) => ({ requesterId: id, name: id }));
  await db().insert(requesterNames).values(names);
  const many = ['ada', ...Array.from({ length: 70_000 }, (_, at) => `somebody ${at}`)];
  expect(await db().$count(requesterNames, among(requesterNames.requesterId, many))).toBe(1);
  expect(await db().$count(requesterNames, among(requesterNames.requesterId, []))).toBe(0);
});

test('ids are compared as what the column holds', async () => {
  expect(await db().$count(letters, among(letters.id, [randomUUID(), randomUUID()]))).toBe(0);
});
