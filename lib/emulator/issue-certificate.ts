// @peculiar/x509 asks for this polyfill before itself.
import 'reflect-metadata';
import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

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

/** An X.509 v3 certificate (RFC 5280) in PEM: an authority, or a server's for localhost. P-256 keys only. */
export async function issueCertificate(ask: CertificateAsk): Promise<string> {
  const publicKey = webKey(createPublicKey(ask.key), 'verify');
  const signerPublicKey = webKey(createPublicKey(ask.signer), 'verify');
  const serial = randomBytes(16);
  serial.writeUInt8(serial.readUInt8(0) & 0x7f || 1, 0);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial.toString('hex'),
    subject: `CN=${ask.subject}`,
    issuer: `CN=${ask.issuer}`,
    notBefore: new Date(ask.notBefore),
    notAfter: new Date(ask.notAfter),
    publicKey,
    signingKey: webKey(ask.signer, 'sign'),
    signingAlgorithm: algorithm,
    extensions: [
      ...(ask.authority ? authorityExtensions() : serverExtensions()),
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(signerPublicKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** Node's type of a web key and the DOM's describe one class; the library names the DOM's. */
function webKey(key: KeyObject, usage: 'sign' | 'verify'): CryptoKey {
  return key.toCryptoKey(algorithm, true, [usage]) as CryptoKey;
}

function authorityExtensions() {
  return [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
  ];
}

function serverExtensions() {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension([
      { type: 'dns', value: 'localhost' },
      { type: 'ip', value: '127.0.0.1' },
      { type: 'ip', value: '::1' },
    ]),
  ];
}
