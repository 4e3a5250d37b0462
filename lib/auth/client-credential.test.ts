import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError } from '#lib/config/config-error.ts';
import { clientCredential } from './client-credential.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stint-credential-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a certificate is named by its SHA-256 thumbprint and proved by its key, in whichever order the file holds them', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const certificate = selfSigned(privateKey, publicKey);
  const body = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  const pem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  const key = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const pemFile = join(folder, 'stint.pem');
  for (const parts of [key + pem, pem + key]) {
    writeFileSync(pemFile, parts);
    expect(clientCredential({ kind: 'certificate', pemFile }).clientCertificate).toEqual({
      thumbprintSha256: createHash('sha256').update(certificate).digest('hex'),
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    });
  }
});

test('a certificate file without its key is refused by name', () => {
  const pemFile = join(folder, 'half.pem');
  writeFileSync(pemFile, '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n');
  expect(() => clientCredential({ kind: 'certificate', pemFile })).toThrow(ConfigError);
  expect(() => clientCredential({ kind: 'certificate', pemFile })).toThrow(/half\.pem/);
});

test('a certificate file that is not there is refused by name', () => {
  const ask = () => clientCredential({ kind: 'certificate', pemFile: join(folder, 'missing.pem') });
  expect(ask).toThrow(ConfigError);
  expect(ask).toThrow(/missing\.pem/);
});

test('a federated token is read anew for every proof, since the platform replaces it', async () => {
  const tokenFile = join(folder, 'token');
  const { clientAssertion } = clientCredential({ kind: 'federated', tokenFile });
  if (typeof clientAssertion !== 'function') throw new Error('expected a callback');
  for (const token of ['first', 'second']) {
    writeFileSync(tokenFile, `${token}\n`);
    expect(await clientAssertion({ clientId: 'any' })).toBe(token);
  }
});

/** The least certificate there is (RFC 5280): version 1, empty names, one key. */
function selfSigned(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const algorithm = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'));
  const name = der(0x30);
  const validity = der(
    0x30,
    der(0x17, Buffer.from('260101000000Z')),
    der(0x17, Buffer.from('360101000000Z')),
  );
  const subjectKey = publicKey.export({ type: 'spki', format: 'der' });
  const signed = der(0x30, der(0x02, Buffer.of(1)), algorithm, name, validity, name, subjectKey);
  return der(0x30, signed, algorithm, der(0x03, Buffer.of(0), sign('sha256', signed, privateKey)));
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.of(tag, ...length), body]);
}
