/** Databases for tests: PGlite in memory, or a fresh schema in the PostgreSQL that STINT_TEST_DATABASE_URL names. */
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { db, hold, type Opened } from './client.ts';
import { openDatabase } from './open.ts';
import { scopeTree } from './schema/inventory.ts';
import { template } from './template.ts';

export const testTenant = 'c0470500-0000-4000-8000-000000000001';

/** Opens a fresh, migrated database and gives it to this process; `close` throws it away. */
export async function testDatabase(): Promise<Opened> {
  const server = process.env.STINT_TEST_DATABASE_URL;
  const opened = server ? await freshPostgres(server) : await openEmbedded(null);
  hold(opened);
  return opened;
}

/** The id of a management group, as the tree of scopes has it. */
export const managementGroup = (name: string) => `/providers/microsoft.management/managementgroups/${name}`;

/** Lets scopes hang below a management group, as the Reader would have seen it. */
export async function hangs(parentId: string, ...ids: string[]): Promise<void> {
  await db()
    .insert(scopeTree)
    .values(
      ids.map((id) => ({
        ...{ id, parentId, name: id.split('/').at(-1) ?? id, list: 'azure_tree' as const },
        kind: id.startsWith('/subscriptions/') ? ('subscription' as const) : ('management_group' as const),
        ...{ seenIn: '00000000-0000-4000-8000-000000000001', firstSeenAt: new Date('2026-01-01') },
      })),
    );
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
