import { notePeers } from '#lib/auth/client-address.ts';
import { clientCredential } from '#lib/auth/client-credential.ts';
import { trustSandboxCa } from '#lib/auth/sandbox-trust.ts';
import { applierIdentity, config, surroundings } from '#lib/config/config.ts';

/**
 * Before the first call: notes who connects, trusts the emulator's certificate authority in the sandbox, and reads both identities'
 * credentials once, so that a bad path stops the start and not the first sign-in.
 * @throws ConfigError naming what cannot be used.
 */
export function readyAuth(): void {
  const settings = config();
  notePeers();
  if (settings.sandbox) trustSandboxCa(settings);
  clientCredential(settings.signIn.credential);
  clientCredential(settings.reader.credential);
}

/**
 * The same for the Applier, which knows no identity but its own.
 * @throws ConfigError naming what cannot be used.
 */
export function readyApplierAuth(): void {
  trustSandboxCa(surroundings());
  clientCredential(applierIdentity().credential);
}
