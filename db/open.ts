import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as overPostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { Pool } from 'pg';
import type { Db, Opened } from './client.ts';
import { installation } from './schema/people.ts';

/** Where and whose. `dataFolder` null: in memory, for tests. */
export interface Place {
  databaseUrl: string | null;
  dataFolder: string | null;
  tenantId: string;
}

const migrationsFolder = join(process.cwd(), 'db', 'migrations');

/**
 * Opens the database and brings it to today's schema. PGlite wants its folder's lock held first (`db/lock.ts`).
 * @throws Error when the database belongs to another tenant.
 */
export async function openDatabase(place: Place): Promise<Opened> {
  const opened = place.databaseUrl
    ? await openPostgres(place.databaseUrl)
    : await openPglite(place.dataFolder);
  try {
    await claim(opened.db, place.tenantId);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return opened;
}

async function openPglite(dataFolder: string | null): Promise<Opened> {
  const folder = dataFolder ? join(dataFolder, 'database') : undefined;
  if (folder) mkdirSync(folder, { recursive: true });
  const raw = await PGlite.create(folder ?? 'memory://');
  const db = overPglite(raw);
  await migratePglite(db, { migrationsFolder });
  return { kind: 'pglite', db: db as unknown as Db, raw, close: () => raw.close() };
}

async function openPostgres(url: string): Promise<Opened> {
  const raw = new Pool({ connectionString: url, max: 20, application_name: 'stint' });
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  raw.on('error', () => {});
  const db = overPostgres(raw);
  try {
    await migrateAlone(raw, () => migratePostgres(db, { migrationsFolder }));
  } catch (error) {
    await raw.end();
    throw error;
  }
  return { kind: 'postgres', db: db as unknown as Db, raw, url, close: () => raw.end() };
}

/** Portal and worker may start at once: one migrates, the other waits and finds it done. */
async function migrateAlone(pool: Pool, migrate: () => Promise<void>): Promise<void> {
  const holder = await pool.connect();
  try {
    await holder.query(`select pg_advisory_lock(hashtext('stint migrations'))`);
    await migrate();
    await holder.query(`select pg_advisory_unlock(hashtext('stint migrations'))`);
  } finally {
    holder.release();
  }
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
