/** For tests of what is asked for an on-call window. */
import { randomUUID } from 'node:crypto';
import { db } from '#db/client.ts';
import { onCallOccurrences, onCallWindows } from '#db/schema/on-call.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { Person } from '#lib/operations/testing.ts';

/** The one occurrence of a window of theirs; its id. */
export async function onCall(person: Person, startsAt: Date, minutes: number): Promise<string> {
  const [windowId, id] = [randomUUID(), randomUUID()];
  const pattern = { days: [1], time: '08:00', zone: 'UTC', from: '2026-11-01', until: '2026-12-31' };
  await db()
    .insert(onCallWindows)
    .values({
      ...{ id: windowId, personId: person.id, personName: person.name, roles: [], pattern },
      ...{ justification: '', ticketNumber: '', status: 'running', createdAt: startsAt },
    });
  await db()
    .insert(onCallOccurrences)
    .values({
      ...{ id, windowId, personId: person.id, state: 'planned' },
      ...{ startsAt, endsAt: plusMinutes(startsAt, minutes) },
    });
  return id;
}
