import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Config } from '#lib/config/config.ts';

/**
 * Lets this process trust the local emulator's certificate authority, beside those it trusts already. Does
 * nothing outside the sandbox. To be called before the first TLS connection.
 * @throws Error when the emulator has not made its certificates yet.
 */
export function trustSandboxCa({ sandbox, dataFolder }: Pick<Config, 'sandbox' | 'dataFolder'>): void {
  if (!sandbox) return;
  const file = join(dataFolder, 'emulator', 'ca.pem');
  let ca: string;
  try {
    ca = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file} cannot be read. Start the emulator first: npm run emulator.`, { cause });
  }
  setDefaultCACertificates([...getCACertificates('default'), ca]);
}
