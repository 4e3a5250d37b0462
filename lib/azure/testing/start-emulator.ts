import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

export interface EmulatorProcess {
  httpsOrigin: string;
  httpOrigin: string;
  /** One call of the control door. */
  control(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the local tenant as a process of its own on free ports, and trusts its certificate in this process. */
export async function startEmulator(): Promise<EmulatorProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'stint-contract-'));
  const child = spawn(process.execPath, ['lib/emulator/main.ts'], {
    env: { NODE_ENV: 'test', STINT_DATA: folder, EMULATOR_HTTPS_PORT: '0', EMULATOR_HTTP_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { httpsOrigin, httpOrigin } = await ready(createInterface(child.stdout));
  const authority = await readFile(join(folder, 'emulator', 'ca.pem'), 'utf8');
  setDefaultCACertificates([...getCACertificates('default'), authority]);

  return {
    httpsOrigin,
    httpOrigin,
    async control(method, path, body = {}) {
      const answer = await fetch(`${httpOrigin}/_emulator/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`The control door refused ${path}: ${await answer.text()}`);
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(lines: AsyncIterable<string>): Promise<{ httpsOrigin: string; httpOrigin: string }> {
  for await (const line of lines) {
    const origins = line.match(/https?:\/\/localhost:\d+/g);
    if (line.startsWith('Emulator ready') && origins?.[0] && origins[1]) {
      return { httpsOrigin: origins[0], httpOrigin: origins[1] };
    }
  }
  throw new Error('The emulator ended before it was ready.');
}
