import { Refusal } from '#lib/domain/refusal.ts';

/** The longest line and the longest archive that are read, in bytes. Storage accounts write a file an hour. */
export const longestLine = 1024 * 1024;
export const longestArchive = 256 * 1024 * 1024;

const newline = 10;

/**
 * The lines of a body as it comes in; null for one that is too long, whose bytes are not kept. Empty ones are none.
 * @throws Refusal malformed as soon as the whole is longer than is read.
 */
export async function* archiveLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string | null> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let total = 0;
  const line = () => {
    const whole = length > longestLine ? null : Buffer.concat(parts).toString('utf8').trim();
    parts = [];
    length = 0;
    return whole;
  };
  const add = (part: Uint8Array) => {
    length += part.length;
    if (length <= longestLine) parts.push(part);
    else parts = [];
  };
  for await (const chunk of body) {
    total += chunk.length;
    if (total > longestArchive) {
      throw new Refusal('malformed', 'The archive is longer than 256 MB. Split it and import the parts.');
    }
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      const whole = line();
      if (whole !== '') yield whole;
    }
    add(chunk.subarray(from));
  }
  const rest = line();
  if (rest !== '') yield rest;
}
