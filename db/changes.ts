/** Tells pages that something they show has changed: NOTIFY inside the transaction, LISTEN in the portal. */
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { opened, type Tx } from './client.ts';

const channel = 'stint_changes';

/** Says, when this transaction commits, that what these people see has changed. */
export async function announce(tx: Tx, personIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(personIds)];
  if (ids.length === 0) return;
  const told = ids.map((id) => sql`pg_notify(${channel}, ${id})`);
  await tx.execute(sql`select ${sql.join(told, sql`, `)}`);
}

type Hear = (personId: string) => void;
interface Ears {
  hearers: Set<Hear>;
  listening: Promise<void> | null;
}
const held = globalThis as { stintEars?: Ears };

/** Calls `hear` with a person's id whenever what they see has changed. Returns how to stop. */
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
  await ears.listening;
  return () => ears.hearers.delete(hear);
}

async function listen(hear: Hear): Promise<void> {
  const database = opened();
  if (database.kind === 'pglite') {
    await database.raw.listen(channel, hear);
    return;
  }
  const client = new Client({ connectionString: database.url, application_name: 'stint listener' });
  client.on('notification', (message) => hear(message.payload ?? ''));
  // A lost listener is opened again by the next page that asks; pages poll slowly meanwhile.
  client.on('error', () => {
    if (held.stintEars) held.stintEars.listening = null;
  });
  await client.connect();
  await client.query(`listen ${channel}`);
}
