import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { replaceFile } from './replace-file.ts';

export interface Keys {
  kid: string;
  signing: CryptoKey;
  verifying: CryptoKey;
  /** What the key set document prints. */
  publicJwk: JWK;
  /** Seals codes, refresh tokens and browser sessions: 32 octets. */
  sealing: Uint8Array;
}

/** The tenant's keys from `keys.json` in the folder, made on the first run, so tokens survive a restart and a reset. */
export async function loadKeys(folder: string): Promise<Keys> {
  const path = join(folder, 'keys.json');
  if (!existsSync(path)) replaceFile(path, JSON.stringify(await newKeys()), 0o600);
  const stored = JSON.parse(readFileSync(path, 'utf8')) as { signing: JWK; sealing: string };
  const { kty, n, e } = stored.signing;
  if (!kty || !n || !e) throw new Error(`${path} holds no RSA key. Remove it and start again.`);
  const kid = await calculateJwkThumbprint({ kty, n, e });
  const publicJwk: JWK = { kty, use: 'sig', kid, n, e, alg: 'RS256' };
  return {
    kid,
    signing: await importKey(stored.signing),
    verifying: await importKey(publicJwk),
    publicJwk,
    sealing: Buffer.from(stored.sealing, 'base64url'),
  };
}

async function newKeys(): Promise<{ signing: JWK; sealing: string }> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { signing: await exportJWK(privateKey), sealing: randomBytes(32).toString('base64url') };
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  const key = await importJWK(jwk, 'RS256');
  if (key instanceof Uint8Array) throw new Error('The signing key is not an RSA key.');
  return key;
}
