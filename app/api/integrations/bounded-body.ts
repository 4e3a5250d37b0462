/** The bytes of a body as they came, for whoever checks a signature over them; null: more than `most`. */
export async function boundedBody({ body }: Request, most: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.length;
    if (bytes > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
