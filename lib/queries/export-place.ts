import { type SQL, sql } from 'drizzle-orm';
import { requests } from '#db/schema/requests.ts';
import { Refusal } from '#lib/domain/refusal.ts';

const shape = /^([12]\d{3}-\d\d-\d\dT[\d:.]{12}Z)_([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})$/;

/** A row's place in an export of the history, which goes from the oldest on. */
export interface Place {
  filedAt: Date;
  id: string;
}

/**
 * Reads the `cursor` of an exported line.
 * @throws Refusal malformed for anything else: whoever goes on from nowhere would take everything twice.
 */
export function readPlace(cursor: string): Place {
  const [, filedAt = '', id = ''] = shape.exec(cursor) ?? [];
  const at = new Date(filedAt);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== filedAt) throw unknownPlace();
  return { filedAt: at, id };
}

export function rowsAfter({ filedAt, id }: Place): SQL {
  return sql`(${requests.filedAt}, ${requests.id}) > (${filedAt.toISOString()}::timestamptz, ${id}::uuid)`;
}

/**
 * The number of the entry after which an export of the audit record goes on.
 * @throws Refusal malformed for anything that is none.
 */
export function readSeq(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw unknownPlace();
  return Number(text);
}

function unknownPlace(): Refusal {
  return new Refusal(
    'malformed',
    '“after” names no place in this export. Give it as the last complete line has it, or leave it out.',
    'after',
  );
}
