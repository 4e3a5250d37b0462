import { renameSync, writeFileSync } from 'node:fs';

/** Writes beside the file, then renames: a reader sees the old text or the new one, never half of it. */
export function replaceFile(path: string, text: string, mode: number): void {
  const beside = `${path}.${process.pid}.tmp`;
  writeFileSync(beside, text, { mode });
  renameSync(beside, path);
}
