import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Configuration } from '@azure/msal-node';
import { ConfigError } from '#lib/config/config-error.ts';
import type { Credential } from '#lib/config/credential.ts';

type Proof = Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/**
 * How a registration proves itself, as MSAL wants it.
 * @throws ConfigError when a certificate file cannot be read, or lacks its certificate or its key.
 */
export function clientCredential(credential: Credential): Proof {
  switch (credential.kind) {
    case 'secret':
      return { clientSecret: credential.secret };
    case 'certificate':
      return { clientCertificate: certificate(credential.pemFile) };
    case 'federated':
      // Read at every use: the platform replaces the file before the token in it expires.
      return { clientAssertion: async () => (await readFile(credential.tokenFile, 'utf8')).trim() };
  }
}

function certificate(pemFile: string) {
  const pem = read(pemFile);
  const [chain] = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/) ?? [];
  const [key] =
    pem.match(/-----BEGIN (?:\w+ )?PRIVATE KEY-----[\s\S]+?-----END (?:\w+ )?PRIVATE KEY-----/) ?? [];
  if (!chain || !key)
    throw new ConfigError(`${pemFile}: must hold a certificate and its private key, both in PEM.`);
  return {
    thumbprintSha256: new X509Certificate(chain).fingerprint256.replaceAll(':', '').toLowerCase(),
    privateKey: createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function read(pemFile: string): string {
  try {
    return readFileSync(pemFile, 'utf8');
  } catch {
    throw new ConfigError(`${pemFile}: cannot be read. It must hold a certificate and its private key.`);
  }
}
