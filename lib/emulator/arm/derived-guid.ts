import { createHash } from 'node:crypto';

/** A GUID of its own for something that belongs to another id, the same at every read. */
export function derivedGuid(kind: string, id: string): string {
  const hex = createHash('sha256').update(`${kind} ${id}`).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');
}
