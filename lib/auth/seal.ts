import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** What a seal is bound to: opened with anything else, it stays shut. */
export interface Binding {
  /** Key material: the server key, alone or followed by a secret the server does not keep. */
  material: Buffer;
  /** What kind of thing is sealed, such as `act-token`. */
  purpose: string;
  /** Which one of that kind: a session's id, a request's id and audience. */
  context: string;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** The sealed bytes were changed, or belong to another key, purpose or context. */
export class SealBroken extends Error {
  constructor() {
    super('The seal does not open: other key, other purpose, or changed bytes.');
    this.name = 'SealBroken';
  }
}

/** AES-256-GCM (NIST SP 800-38D) under a key of its own, derived with HKDF-SHA256 (RFC 5869): version, nonce, tag, ciphertext. */
export function seal(binding: Binding, plain: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(binding), nonce);
  cipher.setAAD(label(binding));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
}

/** @throws SealBroken for anything but what `seal` made with the same binding. */
export function unseal(binding: Binding, sealed: Buffer): string {
  if (sealed.length < HEAD_BYTES || sealed[0] !== VERSION) throw new SealBroken();
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(binding), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(label(binding));
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    throw new SealBroken();
  }
}

function keyOf(binding: Binding): Buffer {
  return Buffer.from(hkdfSync('sha256', binding.material, '', label(binding), 32));
}

/** JSON, so that no purpose and context can be read as another pair. */
function label({ purpose, context }: Binding): Buffer {
  return Buffer.from(JSON.stringify(['stint', VERSION, purpose, context]));
}
