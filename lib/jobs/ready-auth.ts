import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import { config } from '#lib/config.ts';

/** In the sandbox, trust the emulator's own certificate authority before the first call. */
export function readyAuth(): void {
  if (config().sandbox) trustSandboxCa(config());
}
