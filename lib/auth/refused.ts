import { recordRefusal } from '#lib/audit/refusals.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { log } from '#lib/log.ts';
import { hashedAddress } from './client-address.ts';
import { traceOf } from './trace.ts';

const longestSubject = 200;

/**
 * Puts on record that a door refused somebody. It never throws: a refusal stays one also when the record
 * cannot be written, which the log then says.
 */
export async function refused(
  head: Pick<Headers, 'get'>,
  actor: Actor | null,
  { door, code, subject = null }: { door: string; code: string; subject?: string | null },
): Promise<void> {
  const traceId = traceOf(head);
  try {
    await recordRefusal({
      who: actor
        ? { kind: 'person', id: actor.objectId, name: actor.name }
        : { kind: 'stranger', address: hashedAddress(head) },
      door,
      code,
      subject: subject && printable(subject),
      now: new Date(),
      traceId,
    });
  } catch (error) {
    log.error({ err: error, door, code, traceId }, 'a refusal could not be put on record');
  }
}

/** What a client called the thing: whatever it is, the database can keep it. */
function printable(subject: string): string {
  return subject
    .slice(0, longestSubject)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '\ufffd');
}
