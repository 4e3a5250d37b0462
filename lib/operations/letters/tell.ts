import { randomUUID } from 'node:crypto';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { letters } from '#db/schema/letters.ts';
import type { LetterFacts, LetterKind } from '#lib/domain/letter.ts';
import { fanOut } from './fan-out.ts';

/** A letter to write. `of` names the event among those of its kind, such as a stage: told twice, it is one letter. */
export interface Letter {
  kind: LetterKind;
  to: string;
  requestId: string | null;
  of: string;
  facts: LetterFacts;
}

/**
 * Writes letters in the transaction of what they tell of, with what is to be sent of them. Telling the same twice
 * writes nothing more. Returns how many were new.
 */
export async function tell(tx: Tx, some: readonly Letter[]): Promise<number> {
  if (some.length === 0) return 0;
  const writtenAt = await clock(tx);
  const written = await tx
    .insert(letters)
    .values(
      some.map(({ kind, to, requestId, of, facts }) => ({
        id: randomUUID(),
        dedupeKey: [kind, requestId ?? '', of, to].join(' '),
        ...{ kind, personId: to, requestId, facts, writtenAt },
      })),
    )
    .onConflictDoNothing()
    .returning();
  if (written.length === 0) return 0;
  await fanOut(tx, written, writtenAt);
  await announce(tx, [...new Set(written.map(({ personId }) => personId))]);
  return written.length;
}
