import { readFileSync } from 'node:fs';

/** What a file says, read anew each time. */
export function textOf(path: string | undefined): string | undefined {
  try {
    return path && readFileSync(path, 'utf8').trim();
  } catch {
    // Said where it is used: it is not set.
    return undefined;
  }
}
