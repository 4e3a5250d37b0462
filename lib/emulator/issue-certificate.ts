import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bitString, der, integer, isTrue, octetString, oid, sequence, utcTime } from './der.ts';

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const addresses = [Buffer.from([127, 0, 0, 1]), Buffer.concat([Buffer.alloc(15), Buffer.from([1])])];

export interface CertificateAsk {
  subject: string;
  issuer: string;
  /** The key the certificate is about. */
  key: KeyObject;
  /** The authority's private key; the same as `key` for a root. */
  signer: KeyObject;
  authority: boolean;
  /** Milliseconds since the epoch. */
  notBefore: number;
  notAfter: number;
}

/** An X.509 v3 certificate (RFC 5280) in PEM, for localhost and nothing else. P-256 keys only. */
export function issueCertificate(ask: CertificateAsk): string {
  const serial = randomBytes(16);
  serial.writeUInt8(serial.readUInt8(0) & 0x7f || 1, 0);
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    name(ask.issuer),
    sequence(utcTime(ask.notBefore), utcTime(ask.notAfter)),
    name(ask.subject),
    spki(ask.key),
    der(0xa3, sequence(...(ask.authority ? authorityExtensions(ask.key) : leafExtensions(ask)))),
  );
  const signature = sign('sha256', toBeSigned, ask.signer);
  const lines = sequence(toBeSigned, ecdsaWithSha256, bitString(signature))
    .toString('base64')
    .match(/.{1,64}/g);
  return ['-----BEGIN CERTIFICATE-----', ...(lines ?? []), '-----END CERTIFICATE-----', ''].join('\n');
}

function authorityExtensions(key: KeyObject): Buffer[] {
  const subtrees = [
    sequence(der(0x82, Buffer.from('localhost'))),
    ...addresses.map((address) => sequence(der(0x87, address, Buffer.alloc(address.length, 0xff)))),
  ];
  return [
    extension('2.5.29.19', sequence(isTrue(), integer(Buffer.from([0]))), true),
    extension('2.5.29.15', bitString(Buffer.from([0x06]), 1), true),
    // Whoever trusts this authority trusts it for this machine alone.
    extension('2.5.29.30', sequence(der(0xa0, ...subtrees)), true),
    extension('2.5.29.14', octetString(keyId(key))),
  ];
}

function leafExtensions(ask: CertificateAsk): Buffer[] {
  const names = [der(0x82, Buffer.from('localhost')), ...addresses.map((address) => der(0x87, address))];
  return [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', bitString(Buffer.from([0x80]), 7), true),
    extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', sequence(...names)),
    extension('2.5.29.14', octetString(keyId(ask.key))),
    extension('2.5.29.35', sequence(der(0x80, keyId(ask.signer)))),
  ];
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [isTrue()] : []), octetString(value));
}

function name(commonName: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(commonName)))));
}

function spki(key: KeyObject): Buffer {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1').update(spki(key)).digest();
}
