import { and, asc, eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { signatures } from '#db/schema/approvals.ts';

/** Who signed Stint's own stages of these requests, as a decision is shown: a no is one person's, a yes of all of them. */
export async function signersOf(ids: string[]) {
  const rows =
    ids.length === 0
      ? []
      : await db()
          .select()
          .from(signatures)
          .where(and(inArray(signatures.requestId, ids), eq(signatures.state, 'recorded')))
          .orderBy(asc(signatures.signedAt));
  return (id: string) => {
    const signed = rows.filter(({ requestId }) => requestId === id);
    const last = signed.at(-1);
    if (!last) return null;
    const counted = last.approve ? signed : [last];
    return {
      approverName: [...new Set(counted.map((one) => one.approverName))].join(', '),
      approved: last.approve,
      decidedAt: last.signedAt,
      decisionJustification: last.justification,
    };
  };
}
