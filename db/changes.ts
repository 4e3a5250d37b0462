/** Tells pages that something they show has changed: NOTIFY inside the transaction, LISTEN in the portal. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { opened, type Tx } from './client.ts';

const channel = 'stint_changes';

/** Everybody who may read access reviews, whoever that is: nobody's object id reads like this. */
export const reviewWatchers = 'who may read reviews';

/** Says, when this transaction commits, that what these people see has changed. */
export async function announce(tx: Tx, personIds: Iterable<string>): Promise<void> {
  const ids = JSON.stringify([...new Set(personIds)]);
  await tx.execute(sql`select pg_notify(${channel}, id) from jsonb_array_elements_text(${ids}::jsonb) as id`);
}

/** Told a person's id; null when anything may have changed: for a while nobody listened. */
type Hear = (personId: string | null) => void;
interface Ears {
  hearers: Set<Hear>;
  listening: Promise<void> | null;
}
const held = globalThis as { stintEars?: Ears };

/** Calls `hear` whenever what somebody sees has changed. Returns how to stop. */
export async function onChange(hear: Hear): Promise<() => void> {
  held.stintEars ??= { hearers: new Set(), listening: null };
  const ears = held.stintEars;
  ears.hearers.add(hear);
  ears.listening ??= listen((id) => {
    for (const one of ears.hearers) one(id);
  }).catch((error) => {
    ears.listening = null;
    throw error;
  });
  try {
    await ears.listening;
  } catch (error) {
    ears.hearers.delete(hear);
    throw error;
  }
  return () => ears.hearers.delete(hear);
}

async function listen(hear: Hear): Promise<void> {
  const database = opened();
  if (database.kind === 'pglite') {
    await database.raw.listen(channel, hear);
    return;
  }
  const { url } = database;
  const first = await listenOnce(url, hear);
  void stayListening(url, hear, first);
}

/** Opens a lost connection again, for as long as it takes, and has everybody look: what was said meanwhile is lost. */
async function stayListening(url: string, hear: Hear, first: Listening): Promise<never> {
  for (let now = first; ; hear(null)) {
    await now.lost;
    now = await listenAgain(url, hear);
  }
}

async function listenAgain(url: string, hear: Hear): Promise<Listening> {
  for (let pauseMs = 250; ; pauseMs = Math.min(pauseMs * 2, 5_000)) {
    await pause(pauseMs, undefined, { ref: false });
    try {
      return await listenOnce(url, hear);
    } catch {
      // Not there yet.
    }
  }
}

interface Listening {
  /** Settles when the connection is lost. */
  lost: Promise<void>;
}

/** Listens on a connection of its own. */
async function listenOnce(url: string, hear: Hear): Promise<Listening> {
  const client = new Client({
    connectionString: url,
    application_name: 'stint listener',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  const lost = new Promise<void>((resolve) => client.once('end', resolve));
  client.on('error', () => {});
  client.on('notification', (message) => hear(message.payload ?? ''));
  try {
    await client.connect();
    await client.query(`listen ${channel}`);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return { lost };
}
