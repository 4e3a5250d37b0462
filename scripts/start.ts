/** The portal for production, in this process. In the sandbox the emulator must be running already. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from '#lib/config/config.ts';
import { nextBin } from './build-portal.ts';
import { startProgram } from './program.ts';

const root = join(import.meta.dirname, '..');
try {
  const { port, emulatorHttpOrigin } = readConfig(process.env);
  if (!existsSync(join(root, '.next', 'BUILD_ID')))
    throw new Error('There is no build yet. Run npm run build first.');
  if (emulatorHttpOrigin && !(await answers(`${emulatorHttpOrigin}/_emulator/clock`))) {
    throw new Error(
      `AZURE_TENANT_ID is not set, so this is the sandbox, and no emulator answers at ${emulatorHttpOrigin}. ` +
        'Start it with npm run emulator, or start both with npm run demo.',
    );
  }
  // In the sandbox its Applier comes along, in a process of its own that ends with this one.
  if (emulatorHttpOrigin) startProgram('applier', ['scripts/applier.ts'], process.env);
  process.env.NEXT_TELEMETRY_DISABLED ??= '1';
  process.chdir(root);
  process.argv.splice(1, Number.POSITIVE_INFINITY, join(root, nextBin), 'start', '-p', String(port));
  await import(pathToFileURL(join(root, nextBin)).href);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}
