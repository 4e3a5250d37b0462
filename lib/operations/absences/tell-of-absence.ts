import type { Tx } from '#db/client.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';

interface Absence {
  id: string;
  personId: string;
  startsAt: Date;
  endsAt: Date;
  deputyName: string | null;
}

/** Whose absence it is hears of what an administrator did with it: they are asked for nothing meanwhile. */
export async function tellOfAbsence(
  tx: Tx,
  { actor }: PersonContext,
  kind: 'absence_set' | 'absence_ended',
  { id, personId, startsAt, endsAt, deputyName }: Absence,
): Promise<void> {
  if (personId === actor.objectId) return;
  const away = { from: startsAt.toISOString(), until: endsAt.toISOString() };
  const facts = { byName: actor.name, ...away, ...(deputyName && { deputyName }) };
  await tell(tx, [{ kind, to: personId, requestId: null, of: id, facts }]);
}
