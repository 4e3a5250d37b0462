/** One handle on the database per process: embedded PGlite by default, PostgreSQL when DATABASE_URL says so. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT, PgTransaction } from 'drizzle-orm/pg-core';
import type { Pool } from 'pg';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { isAway, isCollision } from './away.ts';

type Schema = Record<string, never>;
export type Db = PgDatabase<PgQueryResultHKT, Schema>;
export type Tx = PgTransaction<PgQueryResultHKT, Schema, ExtractTablesWithRelations<Schema>>;
/** What reads take: inside a transaction it must be the transaction. */
export type Reader = Db | Tx;

export type Opened =
  | { kind: 'pglite'; db: Db; raw: PGlite; close(): Promise<void> }
  | { kind: 'postgres'; db: Db; raw: Pool; url: string; close(): Promise<void> };

/** One Next server evaluates this module more than once; the handle must not be opened more than once. */
const held = globalThis as { stintDatabase?: Opened };
const inside = new AsyncLocalStorage<true>();

/** Gives the process its database; `db/open.ts` opens one. */
export function hold(opened: Opened): void {
  held.stintDatabase = opened;
}

/** @throws Error before `boot` opened it. At build there is none. */
export function opened(): Opened {
  if (!held.stintDatabase)
    throw new Error('The database is not open. Only a booted server or worker has one.');
  return held.stintDatabase;
}

/**
 * The root handle, for reads outside transactions.
 * @throws Error inside one: on PGlite the query would wait for the transaction that waits for it.
 */
export function db(): Db {
  if (inside.getStore())
    throw new Error('Inside a transaction, use its tx: the root handle would wait for ever.');
  return opened().db;
}

/** How often a transaction that collided with another is tried, all in all. */
const mostTries = 5;

/**
 * Runs `work` in one transaction. No network and no second transaction inside. What collides with another
 * (SQLSTATE 40001, 40P01) is undone and run again, so `work` leaves nothing behind but what it writes through `tx`.
 * @throws Refusal `unavailable` when the database is away and nothing was saved; `unknown_outcome` when the
 * connection broke while it was told to commit.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const { db: root } = opened();
  if (inside.getStore()) throw new Error('A transaction inside a transaction: pass the tx on instead.');
  for (let tries = 1; ; tries++) {
    let committing = false;
    const whole = async (tx: unknown) => {
      const value = await work(tx as Tx);
      committing = true;
      return value;
    };
    try {
      return await inside.run(true, () => root.transaction(whole));
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (isAway(error)) throw because(error, committing ? 'unknown_outcome' : 'unavailable');
      if (!isCollision(error)) throw error;
      if (tries === mostTries) throw because(error, 'unavailable');
      await pause(Math.random() * 20 * 2 ** tries);
    }
  }
}

function because(cause: unknown, code: RefusalCode): Refusal {
  return Object.assign(new Refusal(code), { cause });
}
