import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { type Emulator, startEmulator } from '#lib/emulator/server.ts';

/** An emulator for one test file: its own ports, its own folder, a machine clock that can be moved. */
export interface Running {
  emulator: Emulator;
  dataFolder: string;
  /** Milliseconds added to the machine's clock: token times follow it. */
  clock: { aheadMs: number };
  /** Stops it and starts it again on the same folder and ports. */
  restart(): Promise<void>;
  /** Stops it and removes the folder. */
  end(): Promise<void>;
}

/** Starts one, and makes this process trust its certificate. */
export async function startForTest(): Promise<Running> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'stint-emulator-'));
  const clock = { aheadMs: 0 };
  const start = (httpsPort: number, httpPort: number) =>
    startEmulator({ dataFolder, httpsPort, httpPort, machineNow: () => Date.now() + clock.aheadMs });
  const emulator = await start(0, 0);
  tls.setDefaultCACertificates([...tls.getCACertificates(), readFileSync(emulator.caPath, 'utf8')]);
  const running: Running = {
    emulator,
    dataFolder,
    clock,
    async restart() {
      const { httpsOrigin, httpOrigin } = running.emulator;
      await running.emulator.stop();
      running.emulator = await start(Number(new URL(httpsOrigin).port), Number(new URL(httpOrigin).port));
    },
    async end() {
      await running.emulator.stop();
      rmSync(dataFolder, { recursive: true });
    },
  };
  return running;
}
