/** POSIX ustar, as little of it as plain files need. Source: IEEE Std 1003.1, pax, “ustar Interchange Format”. */

const block = 512;

/** The header before a file's bytes. @throws Error for a name or size that the format cannot hold. */
export function tarHeader(name: string, bytes: number, changedAt: Date): Uint8Array {
  if (Buffer.byteLength(name) > 100 || bytes >= 8 ** 11) throw new Error(`${name} does not fit into a tar.`);
  const header = Buffer.alloc(block);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o644, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(bytes, 12), 124);
  header.write(octal(Math.floor(changedAt.getTime() / 1000), 12), 136);
  // The sum is of the header with blanks in its own place.
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** What fills a file's last block. */
export function tarPadding(bytes: number): Uint8Array {
  return Buffer.alloc((block - (bytes % block)) % block);
}

/** Two empty blocks end the archive. */
export const tarEnd: Uint8Array = Buffer.alloc(2 * block);
