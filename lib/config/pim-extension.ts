import { ConfigError } from './config-error.ts';
import type { Environment } from './read-variables.ts';

/** The registration whose tokens PIM shows when it asks Stint as its custom extension. */
export interface PimExtension {
  clientId: string;
  audience: string;
}

/** Entra wants an Application ID URI that names the endpoint's host and ends with the client id. */
export function pimExtension(env: Environment, appOrigin: URL): PimExtension | null {
  const clientId = env.STINT_PIM_EXTENSION_CLIENT_ID;
  const audience = env.STINT_PIM_EXTENSION_AUDIENCE;
  if (!clientId) {
    if (!audience) return null;
    throw new ConfigError(
      'STINT_PIM_EXTENSION_CLIENT_ID: is not set, though STINT_PIM_EXTENSION_AUDIENCE is. Set both, or neither.',
    );
  }
  const wanted = `api://${appOrigin.hostname}/${clientId}`;
  if (audience && audience.toLowerCase() !== wanted) {
    throw new ConfigError(`STINT_PIM_EXTENSION_AUDIENCE: must be ${wanted}, the Application ID URI.`);
  }
  return { clientId, audience: audience ?? wanted };
}
