/** Databases for tests: PGlite in memory, or a fresh schema in the PostgreSQL that STINT_TEST_DATABASE_URL names. */
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { hold, type Opened } from './client.ts';
import { openDatabase } from './open.ts';
import { template } from './template.ts';

export const testTenant = 'c0470500-0000-4000-8000-000000000001';

/** Opens a fresh, migrated database and gives it to this process; `close` throws it away. */
export async function testDatabase(): Promise<Opened> {
  const server = process.env.STINT_TEST_DATABASE_URL;
  const opened = server ? await freshPostgres(server) : await openEmbedded(null);
  hold(opened);
  return opened;
}

/** A fresh, migrated PGlite in this folder; null: in memory. */
export async function openEmbedded(dataFolder: string | null): Promise<Opened> {
  const beginsAs = await template(testTenant);
  return openDatabase({ databaseUrl: null, dataFolder, tenantId: testTenant, beginsAs });
}

async function freshPostgres(server: string): Promise<Opened> {
  const name = `stint_${randomUUID().replaceAll('-', '')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const opened = await openDatabase({ databaseUrl: url.href, dataFolder: null, tenantId: testTenant });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await run(server, `drop database ${name} with (force)`);
    },
  };
}

async function run(server: string, statement: string): Promise<void> {
  const pool = new Pool({ connectionString: server, max: 1 });
  try {
    await pool.query(statement);
  } finally {
    await pool.end();
  }
}
