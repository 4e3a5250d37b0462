import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { signInAttempts } from '#db/schema/people.ts';
import { testDatabase } from '#db/testing.ts';
import { beginSignIn } from './sign-in.ts';
import { SignInFailure } from './sign-in-failure.ts';

let opened: Opened;
beforeAll(async () => {
  process.env.EMULATOR_HTTPS_PORT = await closedPort();
  process.env.STINT_SECRET = randomBytes(32).toString('base64');
  opened = await testDatabase();
});
afterAll(() => opened.close());

test('while the authority cannot be reached, sign-in says so, keeps the way on, and leaves nothing behind', async () => {
  const asked = { returnTo: '/requests', browser: undefined, now: new Date() };
  const failure = await beginSignIn(asked).catch((error) => error);
  expect(failure).toBeInstanceOf(SignInFailure);
  expect(failure).toMatchObject({ reason: 'unavailable', returnTo: '/requests' });
  expect(await db().select().from(signInAttempts)).toEqual([]);
});

/** A port that was free a moment ago, and that nobody listens on. */
async function closedPort(): Promise<string> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address && typeof address === 'object' ? String(address.port) : '';
}
