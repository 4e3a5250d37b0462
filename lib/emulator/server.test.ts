import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serverCertificate } from './certificate.ts';
import { makeBrowser } from './entra/testing/browser.ts';
import { askToken, authorizeUrl, signIn, tokensOf } from './entra/testing/code-flow.ts';
import { type Running, startForTest } from './entra/testing/running.ts';
import { startEmulator } from './server.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

const ada = 'ada.lind@contoso.example';

test('a restart keeps assignments, clock, sessions and what was issued', async () => {
  const browser = makeBrowser();
  const back = await signIn(running, ada, {}, browser);
  const { body } = await tokensOf(running, ada);
  const redeemed = { grant_type: 'authorization_code', redirect_uri: `${back.origin}${back.pathname}` };
  const code = back.searchParams.get('code') ?? '';
  expect((await askToken(running, { ...redeemed, code })).status).toBe(200);
  const { world } = running.emulator;
  world.state.clockOffsetMs = 5000;
  world.state.schedules.pop();
  world.changed();
  const kept = structuredClone(world.state);
  await running.restart();
  expect(running.emulator.world.state).toEqual(kept);
  expect(
    (await askToken(running, { grant_type: 'refresh_token', refresh_token: body.refresh_token })).status,
  ).toBe(200);
  expect((await askToken(running, { ...redeemed, code })).body).toMatchObject({ error_codes: [54005] });
  expect((await browser.get(authorizeUrl(running))).status).toBe(302);
  const info = await fetch(`${running.emulator.httpsOrigin}/oidc/userinfo`, {
    headers: { authorization: `Bearer ${body.access_token}` },
  });
  expect(info.status).toBe(200);
});

test('a snapshot that cannot be read is put aside and said', async () => {
  const { httpsOrigin, httpOrigin } = running.emulator;
  await running.emulator.stop();
  const path = `${running.dataFolder}/emulator/tenant.json`;
  writeFileSync(path, '{"version":1,"state":{');
  const lines: string[] = [];
  const ports = { httpsPort: Number(new URL(httpsOrigin).port), httpPort: Number(new URL(httpOrigin).port) };
  running.emulator = await startEmulator({
    dataFolder: running.dataFolder,
    ...ports,
    log: (line) => lines.push(line),
  });
  expect(lines.join()).toContain('tenant.json.unreadable');
  expect(readFileSync(`${path}.unreadable`, 'utf8')).toBe('{"version":1,"state":{');
  expect(running.emulator.world.state.users.length).toBeGreaterThan(20);
});

test('a taken port is an error that names the port', async () => {
  const { port } = new URL(running.emulator.httpOrigin);
  const second = startEmulator({
    dataFolder: `${running.dataFolder}/second`,
    httpsPort: 0,
    httpPort: Number(port),
  });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE', port: Number(port) });
});

test('private keys and the tenant are for their owner alone', async () => {
  await running.restart();
  for (const name of ['ca-key.pem', 'server-key.pem', 'keys.json', 'tenant.json']) {
    expect(statSync(`${running.dataFolder}/emulator/${name}`).mode & 0o777).toBe(0o600);
  }
});

test('the leaf is renewed two weeks before it ends, by the same authority', async () => {
  const folder = `${running.dataFolder}/emulator`;
  const now = Date.now();
  const first = await serverCertificate(folder, now);
  expect((await serverCertificate(folder, now + 75 * 86_400_000)).cert).toBe(first.cert);
  const authority = new X509Certificate(readFileSync(first.caPath));
  const renewed = new X509Certificate((await serverCertificate(folder, now + 77 * 86_400_000)).cert);
  expect(renewed.fingerprint256).not.toBe(new X509Certificate(first.cert).fingerprint256);
  expect(renewed.verify(authority.publicKey)).toBe(true);
  expect(renewed.checkHost('localhost')).toBe('localhost');
  expect(renewed.checkIP('::1')).toBe('::1');
});

test('a client that hangs up halfway disturbs nobody', async () => {
  const { port } = new URL(running.emulator.httpOrigin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write('POST /_emulator/clock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{');
  await new Promise<void>((done) => socket.end(done));
  socket.destroy();
  expect((await fetch(`${running.emulator.httpOrigin}/_emulator/clock`)).status).toBe(200);
});
