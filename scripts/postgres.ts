/** A PostgreSQL for one test run, from what the machine has, or from Debian's packages. */
import { randomUUID } from 'node:crypto';
import { postgresPrograms, runOnce, startCluster } from './cluster.ts';
import { installOnDebian } from './install-on-debian.ts';

export interface Postgres {
  /** An empty database of this run, owned by a user who may create more of them. */
  url: string;
  where: string;
  stop(): Promise<void>;
}

/**
 * Uses DATABASE_URL when it is set, else starts a local installation on a temporary folder, else installs one
 * on Debian as root. null, with the reason printed, where none of it is possible. `durable`: our own waits for the
 * disk as a server for production does; tests do not need it to.
 */
export async function ensurePostgres(
  say: (line: string) => void,
  { durable = false } = {},
): Promise<Postgres | null> {
  if (process.env.DATABASE_URL) return scratchDatabase(process.env.DATABASE_URL);
  const programs = postgresPrograms() ?? (installOnDebian('postgresql', say) ? postgresPrograms() : null);
  if (programs) {
    const waits = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
    const { url: maintenance, port, stop } = await startCluster(programs, durable ? waits : {});
    const { url } = await scratchDatabase(maintenance);
    return { url, where: `${programs} on port ${port}`, stop };
  }
  say(
    'PostgreSQL: there is none here, and it can be installed only on Debian as root. Set DATABASE_URL to use another.',
  );
  return null;
}

/** An empty database of its own on a server; `stop` drops it. */
export async function scratchDatabase(server: string): Promise<Postgres> {
  const name = `stint_test_${randomUUID().slice(0, 8)}`;
  await runOnce(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const stop = () => runOnce(server, `drop database if exists ${name} with (force)`);
  return { url: url.href, where: `${url.host}, database ${name}`, stop };
}
