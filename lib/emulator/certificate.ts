import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { issueCertificate } from './issue-certificate.ts';
import { replaceFile } from './replace-file.ts';

const day = 24 * 60 * 60 * 1000;
const authorityName = 'Stint emulator local CA';

export interface ServerCertificate {
  caPath: string;
  cert: string;
  key: string;
}

/**
 * The server's certificate for localhost, 127.0.0.1 and ::1, signed by a local CA kept in `folder`.
 * The CA is made on the first run and lives ten years; the leaf lives 90 days and is renewed with 14 to go.
 */
export async function serverCertificate(folder: string, now: number): Promise<ServerCertificate> {
  const caPath = join(folder, 'ca.pem');
  const leafPath = join(folder, 'server.pem');
  const ca =
    readPair(caPath, join(folder, 'ca-key.pem'), now + 100 * day) ?? (await newAuthority(folder, now));
  const kept = readPair(leafPath, join(folder, 'server-key.pem'), now + 14 * day);
  if (kept && new X509Certificate(kept.cert).verify(new X509Certificate(ca.cert).publicKey)) {
    return { caPath, cert: kept.cert, key: exportKey(kept.key) };
  }
  const key = newKey();
  const cert = await issueCertificate({
    subject: 'localhost',
    issuer: authorityName,
    key,
    signer: ca.key,
    authority: false,
    notBefore: now - day,
    notAfter: now + 90 * day,
  });
  keepPair(folder, 'server', cert, key);
  return { caPath, cert, key: exportKey(key) };
}

interface Pair {
  cert: string;
  key: KeyObject;
}

/** null when it is missing, unreadable, not a pair, or ends before `validUntil`. */
function readPair(certPath: string, keyPath: string, validUntil: number): Pair | null {
  if (!existsSync(certPath) || !existsSync(keyPath)) return null;
  try {
    const cert = readFileSync(certPath, 'utf8');
    const key = createPrivateKey(readFileSync(keyPath, 'utf8'));
    const parsed = new X509Certificate(cert);
    const usable = parsed.checkPrivateKey(key) && Date.parse(parsed.validTo) > validUntil;
    return usable ? { cert, key } : null;
  } catch {
    return null;
  }
}

async function newAuthority(folder: string, now: number): Promise<Pair> {
  const key = newKey();
  const cert = await issueCertificate({
    subject: authorityName,
    issuer: authorityName,
    key,
    signer: key,
    authority: true,
    notBefore: now - day,
    notAfter: now + 3650 * day,
  });
  keepPair(folder, 'ca', cert, key);
  return { cert, key };
}

function keepPair(folder: string, name: string, cert: string, key: KeyObject): void {
  replaceFile(join(folder, `${name}-key.pem`), exportKey(key), 0o600);
  replaceFile(join(folder, `${name}.pem`), cert, 0o644);
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function exportKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
