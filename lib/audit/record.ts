import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import type { Doer } from '#lib/domain/actor.ts';

/** What happened. `details` holds facts of the moment, never tokens. */
export interface Entry {
  /** Noun and past tense: `request.approved`. */
  action: string;
  doer: Doer;
  subject: {
    kind: 'request' | 'session' | 'history' | 'mirror' | 'difference' | 'job' | 'door' | 'inventory';
    id: string;
  };
  details: Record<string, unknown>;
  /** One id from browser to Azure. */
  traceId: string;
}

/** Writes an audit entry in the transaction of the change it names: both are kept, or neither. */
export async function record(tx: Tx, entry: Entry): Promise<void> {
  const { doer } = entry;
  await tx.insert(auditEntries).values({
    at: sql`stint_now()`,
    action: entry.action,
    actorKind: doer.kind,
    ...named(doer),
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    details: entry.details,
    traceId: entry.traceId,
  });
}

function named(doer: Doer): { actorId: string; actorName: string } {
  if (doer.kind === 'person') return { actorId: doer.id, actorName: doer.name };
  if (doer.kind === 'stint') return { actorId: doer.job, actorName: 'Stint' };
  return { actorId: doer.address, actorName: 'a stranger' };
}
