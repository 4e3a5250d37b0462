/** The emulator, and the portal as `next dev` serves it: rebuilt as files change, without the content security policy. */
import { nextBin } from './build-portal.ts';
import { readSandbox, requireFreePorts } from './sandbox.ts';
import { together } from './together.ts';
import { untilReady } from './until-ready.ts';

const programs = together(true);
try {
  const sandbox = readSandbox();
  await requireFreePorts(sandbox);
  const emulator = programs.launch('emulator', ['lib/emulator/main.ts'], process.env);
  await untilReady(emulator, `${sandbox.emulatorOrigin}/_emulator/clock`, 60);
  programs.launch('portal', [nextBin, 'dev', '-p', String(sandbox.port)], {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
  });
  programs.launch('applier', ['scripts/applier.ts'], process.env);
  programs.ready();
} catch (error) {
  await programs.fail(error);
}
