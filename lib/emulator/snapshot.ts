import { existsSync, readFileSync, renameSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { Ledger } from './ledger.ts';
import type { State } from './state.ts';

/** What is written to `tenant.json`. */
export interface Kept {
  version: 1;
  state: State;
  ledger: Ledger;
}

/** The kept tenant; null when there is none. One that cannot be read is put aside, and `log` says where. */
export function readSnapshot(path: string, log: (line: string) => void): Kept | null {
  if (!existsSync(path)) return null;
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept;
    if (kept.version === 1 && Array.isArray(kept.state.users) && kept.ledger.epoch) return kept;
  } catch {}
  renameSync(path, `${path}.unreadable`);
  log(`The kept tenant could not be read and was put aside as ${path}.unreadable; starting from the seed.`);
  return null;
}

export interface SnapshotWriter {
  /** Writes a moment later; many changes make one write. */
  soon(): void;
  /** Writes what is not yet on disk and waits for it. */
  flush(): Promise<void>;
}

const shortestWaitMs = 200;

/** Keeps the tenant on disk: to a temporary file first, then renamed over the old one. */
export function writeSnapshots(path: string, take: () => Kept, log: (line: string) => void): SnapshotWriter {
  let dirty = false;
  let timer: NodeJS.Timeout | null = null;
  let writing = Promise.resolve();
  let wait = shortestWaitMs;

  const write = async (): Promise<void> => {
    if (!dirty) return;
    dirty = false;
    const started = performance.now();
    const beside = `${path}.${process.pid}.tmp`;
    try {
      await writeFile(beside, JSON.stringify(take()), { mode: 0o600 });
      await rename(beside, path);
    } catch (error) {
      dirty = true;
      log(
        `The tenant could not be written to ${path}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    // A large tenant is written less often, so that writing never takes more than a tenth of the time.
    wait = Math.max(shortestWaitMs, 10 * (performance.now() - started));
  };
  const queue = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    writing = writing.then(write);
    return writing;
  };
  return {
    soon() {
      dirty = true;
      timer ??= setTimeout(queue, wait);
    },
    flush: queue,
  };
}
