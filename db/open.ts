import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { Client, Pool } from 'pg';
import type { Db, Opened } from './client.ts';
import { installation } from './schema/people.ts';

/** Where and whose. `dataFolder` null: in memory, for tests. */
export interface Place {
  databaseUrl: string | null;
  dataFolder: string | null;
  tenantId: string;
  /** What an embedded database begins as, instead of empty: a dump of another. For tests. */
  beginsAs?: Blob;
}

type PostgresDb = ReturnType<typeof overPostgres>;

const migrationsFolder = join(process.cwd(), 'db', 'migrations');

/**
 * Opens the database and brings it to today's schema. PGlite wants its folder's lock held first (`db/lock.ts`).
 * @throws Error when the database belongs to another tenant.
 */
export async function openDatabase(place: Place): Promise<Opened> {
  const opened = place.databaseUrl ? await openPostgres(place.databaseUrl) : await openPglite(place);
  try {
    await claim(opened.db, place.tenantId);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return opened;
}

async function openPglite({ dataFolder, beginsAs }: Place): Promise<Opened> {
  const folder = dataFolder ? join(dataFolder, 'database') : undefined;
  try {
    if (folder) mkdirSync(folder, { recursive: true });
    const raw = await PGlite.create(folder ?? 'memory://', beginsAs && { loadDataDir: beginsAs });
    const db = overPglite(raw);
    await migratePglite(db, { migrationsFolder });
    return { kind: 'pglite', db: db as unknown as Db, raw, close: () => raw.close() };
  } catch (cause) {
    throw new Error(
      `The database in ${folder ?? 'memory'} cannot be opened (${reasonOf(cause)}). Is the disk full, or the folder damaged? ` +
        'Make room, put a backup in its place, or set STINT_DATA to another folder.',
      { cause },
    );
  }
}

async function openPostgres(url: string): Promise<Opened> {
  await migrateAlone(url);
  const raw = new Pool({ connectionString: url, max: 20, application_name: 'stint', ...patience, ...noJit });
  // A connection that breaks is replaced at the next query; without a listener it would end the process, whether it
  // lies in the pool or is in use between two queries.
  raw.on('error', () => {});
  raw.on('connect', (client) => client.on('error', () => {}));
  const db = Object.assign(overPostgres(raw), { transaction: onItsOwn(raw) });
  return { kind: 'postgres', db: db as unknown as Db, raw, url, close: () => raw.end() };
}

/**
 * Transactions, each on a connection that is given back whatever happens. Drizzle's own on a pool keeps the connection
 * on which `begin` itself fails: every time the server goes, the pool would be smaller, and in the end empty.
 */
function onItsOwn(pool: Pool): PostgresDb['transaction'] {
  return async (work, options) => {
    const client = await pool.connect();
    try {
      return await overPostgres(client).transaction(work, options);
    } finally {
      client.release();
    }
  };
}

/**
 * How long anything waits before it is refused, in milliseconds: for a connection, for a statement, for a lock, and
 * what a transaction that does nothing may hold. DATABASE_URL may say otherwise: `?statement_timeout=60000`.
 */
const patience = {
  connectionTimeoutMillis: 15_000,
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 30_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
};

/**
 * Small tables without statistics are guessed large, for which PostgreSQL compiles a statement first: 9 ms before a
 * query of a tenth of one, every time, under whatever lock its transaction holds.
 */
const noJit = { options: '-c jit=off' };

/** Portal and worker may start at once: one migrates, the other waits and finds it done. As long as it takes. */
async function migrateAlone(url: string): Promise<void> {
  const alone = new Client({ connectionString: url, application_name: 'stint migrations' });
  alone.on('error', () => {});
  try {
    await alone.connect();
  } catch (cause) {
    const { host } = new URL(url);
    throw new Error(`DATABASE_URL: no database can be reached at ${host} (${reasonOf(cause)}).`, { cause });
  }
  try {
    await alone.query(`select pg_advisory_lock(hashtext('stint migrations'))`);
    await migratePostgres(overPostgres(alone), { migrationsFolder });
  } finally {
    await alone.end();
  }
}

/** The first words of an error; of one that holds several, as a refused connection may, its code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : error.name;
  return error.message.split('\n')[0] || code;
}

async function claim(db: Db, tenantId: string): Promise<void> {
  await db.insert(installation).values({ tenantId, createdAt: sql`now()` }).onConflictDoNothing();
  const owners = await db.select().from(installation);
  const other = owners.find((owner) => owner.tenantId !== tenantId);
  if (other) {
    throw new Error(
      `This database belongs to tenant ${other.tenantId}, not ${tenantId}. Use another DATABASE_URL or STINT_DATA.`,
    );
  }
}
