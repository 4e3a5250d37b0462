/** Where the local tenant and the portal in front of it are, from the environment. */
import { readConfig } from '#lib/config/config.ts';
import { isFree } from './ports.ts';

export interface Sandbox {
  origin: string;
  port: number;
  emulatorOrigin: string;
  dataFolder: string;
  embedded: boolean;
}

/** @throws ConfigError naming the variable; Error when the environment names a real tenant. */
export function readSandbox(): Sandbox {
  const { sandbox, appOrigin, port, emulatorHttpOrigin, dataFolder, databaseUrl } = readConfig(process.env);
  if (!sandbox || !emulatorHttpOrigin) {
    throw new Error(
      'AZURE_TENANT_ID is set: this is the sandbox’s command. Unset it, or use npm start for your tenant.',
    );
  }
  return { origin: appOrigin, port, emulatorOrigin: emulatorHttpOrigin, dataFolder, embedded: !databaseUrl };
}

/** @throws Error naming the variable to set when the portal's port or one of the emulator's is taken. */
export async function requireFreePorts({ port, emulatorOrigin }: Sandbox): Promise<void> {
  const wanted = {
    PORT: port,
    EMULATOR_HTTP_PORT: Number(new URL(emulatorOrigin).port),
    EMULATOR_HTTPS_PORT: Number(process.env.EMULATOR_HTTPS_PORT || 4443),
  };
  for (const [name, taken] of Object.entries(wanted)) {
    if (await isFree(taken)) continue;
    throw new Error(
      `Port ${taken} is in use. Stop what uses it, or set ${name} to a free port, such as ${name}=${taken + 1}.`,
    );
  }
}
