import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

export interface MachineFacts {
  date: string;
  /** null outside a git checkout; `+` after it where something is not committed. */
  commit: string | null;
  cores: number;
  processor: string;
  memoryGb: number;
  node: string;
  postgres: string;
  pglite: string;
}

const root = join(import.meta.dirname, '..');

/** What a reader of figures needs to know of where they were taken. */
export async function machineFacts(postgresUrl: string): Promise<MachineFacts> {
  const commit = git('rev-parse', '--short', 'HEAD');
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  await client.end();
  return {
    date: new Date().toISOString(),
    commit: commit && `${commit}${git('status', '--porcelain') ? '+' : ''}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    postgres: rows[0]?.server_version ?? 'unknown',
    pglite: versionOf('@electric-sql/pglite'),
  };
}

/** The same in one line. */
export function machineLine({ date, commit, cores, processor, memoryGb, ...versions }: MachineFacts): string {
  const { node, postgres, pglite } = versions;
  const place = `${cores} cores (${processor}), ${memoryGb} GB`;
  return `${date} · ${commit ?? 'no commit'} · ${place} · Node ${node} · PostgreSQL ${postgres} · PGlite ${pglite}`;
}

function git(...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

function versionOf(name: string): string {
  const text = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
