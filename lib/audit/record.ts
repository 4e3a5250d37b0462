import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { auditEntries, type SubjectKind } from '#db/schema/audit.ts';
import { slices } from '#db/slices.ts';
import type { Doer } from '#lib/domain/actor.ts';

/** What happened. `details` holds facts of the moment, never tokens. */
export interface Entry {
  /** Noun and past tense: `request.approved`. */
  action: string;
  doer: Doer;
  subject: {
    kind: SubjectKind;
    id: string;
  };
  details: Record<string, unknown>;
  /** One id from browser to Azure. */
  traceId: string;
}

/** Writes an audit entry in the transaction of the change it names: both are kept, or neither. */
export function record(tx: Tx, entry: Entry): Promise<void> {
  return recordAll(tx, [entry]);
}

/** The same for several, in their order. */
export async function recordAll(tx: Tx, entries: readonly Entry[]): Promise<void> {
  for (const slice of slices(entries)) await tx.insert(auditEntries).values(slice.map(rowOf));
}

function rowOf({ doer, action, subject, details, traceId }: Entry) {
  return {
    at: sql`stint_now()`,
    action,
    actorKind: doer.kind,
    ...named(doer),
    subjectKind: subject.kind,
    subjectId: subject.id,
    details,
    traceId,
  };
}

function named(doer: Doer): { actorId: string; actorName: string } {
  if (doer.kind === 'person') return { actorId: doer.id, actorName: doer.name };
  if (doer.kind === 'stint') return { actorId: doer.job, actorName: 'Stint' };
  return { actorId: doer.address, actorName: 'a stranger' };
}
