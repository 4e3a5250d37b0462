import { ConfigError } from './config-error.ts';

/** How a registration proves itself to Entra, in the order of preference in production. */
export type Credential =
  | { kind: 'federated'; tokenFile: string }
  | { kind: 'certificate'; pemFile: string }
  | { kind: 'secret'; secret: string };

export interface Identity {
  clientId: string;
  credential: Credential;
}

const sandboxSecrets = new Set(['sandbox-secret', 'reader-secret', 'applier-secret', 'machine-secret']);

/**
 * The first of them that is set.
 * @throws ConfigError when none is, or it is one of the sandbox's.
 */
export function credential(names: string, tokenFile?: string, pemFile?: string, secret?: string): Credential {
  if (tokenFile) return { kind: 'federated', tokenFile };
  if (pemFile) return { kind: 'certificate', pemFile };
  if (!secret)
    throw new ConfigError(`${names}: one of them must be set; see README, “Connect a real tenant”.`);
  if (sandboxSecrets.has(secret)) {
    throw new ConfigError(`${names}: this is a sandbox secret, which everybody knows. Use one of your own.`);
  }
  return { kind: 'secret', secret };
}
