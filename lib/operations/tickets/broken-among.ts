import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { ticketChecks } from '#db/schema/tickets.ts';
import { refusalSentences } from '#lib/domain/refusal.ts';

/** What was found wrong with the tickets of requests since they were asked with: closed, or against its rules. */
export async function brokenAmong(tx: Tx, requestIds: string[]): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: ticketChecks.requestId, note: ticketChecks.note })
    .from(ticketChecks)
    .where(and(inArray(ticketChecks.requestId, requestIds), eq(ticketChecks.verdict, 'broken')));
  return new Map(rows.map(({ id, note }) => [id, note ?? refusalSentences.ticket_closed]));
}
