import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TooFast } from '#lib/domain/refusal.ts';
import { verifySlack } from '#lib/notify/slack/signature.ts';
import { signedBySlack, slackDeskSecret } from '#lib/notify/testing/slack-desk.ts';
import { admit } from './admit.ts';
import { perMinute } from './rate.ts';

// A minute is not over while it is spent.
beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

class Forged extends Error {}

const body = Buffer.from('payload={}');
/** One call from an address, signed with this secret. */
function calls(address: string, secret: string, caller = 'slack'): Promise<string> {
  const headers = new Headers(signedBySlack(body.toString(), undefined, secret));
  const verify = async () => {
    if (typeof verifySlack(headers, body, slackDeskSecret, new Date()) === 'string') throw new Forged();
    return caller;
  };
  return admit('chat', address, verify, (name) => name);
}
const flood = async (call: () => Promise<unknown>) => {
  const said = await Promise.allSettled(Array.from({ length: perMinute.chat + 50 }, call));
  return said.filter((one) => one.status === 'rejected' && one.reason instanceof TooFast).length;
};

test('who floods a door with what is not signed is refused for it, and keeps out nobody else behind the same address', async () => {
  const [address, caller] = [randomUUID(), randomUUID()];
  expect(await flood(() => calls(address, 'another secret'))).toBeGreaterThan(0);
  await expect(calls(address, 'another secret')).rejects.toThrow(TooFast);
  await expect(calls(address, slackDeskSecret, caller)).resolves.toBe(caller);
  await expect(calls(randomUUID(), 'another secret')).rejects.toThrow(Forged);
});

test('a caller that is who it says has so many a minute, from whatever address, and each its own', async () => {
  const [address, caller] = [randomUUID(), randomUUID()];
  expect(await flood(() => calls(address, slackDeskSecret, caller))).toBeGreaterThan(0);
  await expect(calls(randomUUID(), slackDeskSecret, caller)).rejects.toThrow(TooFast);
  await expect(calls(address, slackDeskSecret, randomUUID())).resolves.toBeDefined();
  // It took nothing from its address.
  await expect(calls(address, 'another secret')).rejects.toThrow(Forged);
});
