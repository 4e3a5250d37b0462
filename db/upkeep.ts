/**
 * What a PostgreSQL server does for itself and the embedded database leaves to its owner: autovacuum, and checkpoints.
 * Without them every changed row stays in its file for good, and so does the log of all that was ever written.
 */
import { sql } from 'drizzle-orm';
import { type Db, type Opened, opened } from './client.ts';

/** PostgreSQL's own thresholds: autovacuum_vacuum_threshold and _scale_factor, and those of analyze. */
const bloated = sql`50 + 0.2 * n_live_tup`;
const unknown = sql`50 + 0.1 * n_live_tup`;
const mostLogBytes = 32 * 2 ** 20;
const mostMinutes = 5;

/**
 * Vacuums the table that needs it most, and makes a checkpoint when one is due: a little at a time, since everybody
 * waits for the embedded database meanwhile. On a server nothing. @returns the table, and whether a checkpoint was made.
 */
export async function keepEmbedded(): Promise<{ table: string | null; checkpoint: boolean }> {
  const { kind, db }: Pick<Opened, 'kind' | 'db'> = opened();
  if (kind !== 'pglite') return { table: null, checkpoint: false };
  const [worst] = await rows<{ name: string; isBloated: boolean }>(
    db,
    sql`select format('%I.%I', schemaname, relname) as name, n_dead_tup > ${bloated} as "isBloated"
      from pg_stat_user_tables where n_dead_tup > ${bloated} or n_mod_since_analyze > ${unknown}
      order by n_dead_tup / (${bloated}) desc, n_mod_since_analyze / (${unknown}) desc limit 1`,
  );
  if (worst) await db.execute(sql.raw(`${worst.isBloated ? 'vacuum (analyze)' : 'analyze'} ${worst.name}`));
  const [log] = await rows<{ isDue: boolean }>(
    db,
    sql`select bytes > ${mostLogBytes} or bytes > 0 and checkpoint_time < now() - make_interval(mins => ${mostMinutes})
      as "isDue" from pg_control_checkpoint(), pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn) as bytes`,
  );
  const checkpoint = log?.isDue === true;
  if (checkpoint) await db.execute(sql`checkpoint`);
  return { table: worst?.name ?? null, checkpoint };
}

async function rows<Row>(db: Db, query: ReturnType<typeof sql>): Promise<Row[]> {
  return ((await db.execute(query)) as unknown as { rows: Row[] }).rows;
}
