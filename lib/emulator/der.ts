/** Just enough DER (ITU-T X.690) to write a certificate. */

/** One tag, length and value; the value may come in parts. */
export function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOctets(value.length)]), value]);
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest >>= 8) octets.unshift(rest & 0xff);
  return [0x80 | octets.length, ...octets];
}

export const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
export const octetString = (value: Uint8Array): Buffer => der(0x04, value);
/** `unused`: how many bits at the end do not count. */
export const bitString = (value: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.from([unused]), value);
export const isTrue = (): Buffer => der(0x01, Buffer.from([0xff]));
/** A non-negative integer, from its big-endian octets. */
export const integer = (value: Uint8Array): Buffer =>
  der(0x02, (value[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), value]) : value);

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let high = arc >> 7; high > 0; high >>= 7) groups.unshift((high & 0x7f) | 0x80);
    octets.push(...groups);
  }
  return der(0x06, Buffer.from(octets));
}

/** UTCTime, good until 2049; in milliseconds since the epoch. */
export function utcTime(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`, 'ascii'));
}
