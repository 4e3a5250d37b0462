import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { copiedFields } from './copied-fields.ts';

/** COPY takes no parameters: values go into the text, escaped by the driver. */
class Inlining extends PgDialect {
  override escapeString(text: string): string {
    return escapeLiteral(text);
  }
}

/**
 * The one text column of a select, value after value without anything between, as PostgreSQL makes it: COPY on a
 * connection of its own, read no faster than it is taken. An abort gives the connection back at once, in whatever
 * state; the reader of the rest then gets an error, as when the connection is lost.
 */
export async function* copyOut(pool: Pool, select: SQL, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const { sql: text } = new Inlining().sqlToQuery(select.inlineParams());
  const client: PoolClient & { processID?: number } = await pool.connect();
  const copy = copyTo(`copy (${text}) to stdout (format binary)`);
  // A connection lost while it is lent is told to the query; without a listener it would also end the process.
  const told = () => {};
  client.on('error', told);
  copy.on('error', told);
  let given = false;
  const giveBack = (broken: boolean) => {
    if (given) return;
    given = true;
    if (!broken) client.off('error', told);
    client.release(broken);
  };
  const leave = () => {
    copy.destroy(new Error('The reader of a copy has left.'));
    giveBack(true);
    // The server would notice only when it has something to send.
    pool.query('select pg_terminate_backend($1)', [client.processID]).catch(told);
  };
  signal.addEventListener('abort', leave);
  try {
    signal.throwIfAborted();
    // In the order of an index from the first row on, not after everything was sorted.
    // As long as the reader takes: who stands still is dropped by the stream.
    await client.query(
      `begin read only; set local enable_sort = off; set local statement_timeout = 0;
       set local idle_in_transaction_session_timeout = 0`,
    );
    const fields = copiedFields();
    for await (const chunk of client.query(copy) as AsyncIterable<Buffer>) yield fields(chunk);
    await client.query('commit');
    giveBack(false);
  } finally {
    signal.removeEventListener('abort', leave);
    giveBack(true);
  }
}
