import { afterAll, beforeAll, expect, test } from 'vitest';
import { personId } from '#lib/emulator/tenant/people.ts';
import { askToken, tokensOf } from './testing/code-flow.ts';
import { type Running, startForTest } from './testing/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

const refresh = (refresh_token: string) => askToken(running, { grant_type: 'refresh_token', refresh_token });

test('a refresh token from before a revocation is refused with 50173, one from after it is good', async () => {
  const { body } = await tokensOf(running, 'ada.lind@contoso.example');
  expect((await refresh(body.refresh_token)).status).toBe(200);
  const { world } = running.emulator;
  world.state.graph.sessionsRevokedAt[personId('ada.lind')] = world.now() - world.state.clockOffsetMs;
  const refused = await refresh(body.refresh_token);
  expect([refused.status, refused.body.error, refused.body.error_codes]).toEqual([
    400,
    'invalid_grant',
    [50173],
  ]);
  running.clock.aheadMs += 1000;
  const again = await tokensOf(running, 'ada.lind@contoso.example');
  expect((await refresh(again.body.refresh_token)).status).toBe(200);
});

test('signing in, refreshing and applications signing in are remembered', async () => {
  const { state } = running.emulator.world;
  const { body } = await tokensOf(running, 'lou.grant@contoso.example');
  const first = state.graph.signInActivity[personId('lou.grant')];
  expect(first?.interactiveAt).toBeGreaterThan(first?.silentAt ?? 0);
  await refresh(body.refresh_token);
  const second = state.graph.signInActivity[personId('lou.grant')];
  expect(second?.silentAt).toBeGreaterThanOrEqual(first?.interactiveAt ?? Number.POSITIVE_INFINITY);
  const before = running.emulator.world.now();
  await askToken(running, {
    grant_type: 'client_credentials',
    client_id: '5717a000-0000-4000-8000-000000000003',
    client_secret: 'reader-secret',
    scope: 'https://graph.microsoft.com/.default',
  });
  const reader = state.graph.workloadActivity.find(({ appId }) => appId.endsWith('0003'));
  expect(reader?.appOnlyClientAt).toBeGreaterThanOrEqual(before);
  expect(Object.keys(reader?.credentials ?? {})).toHaveLength(1);
});
