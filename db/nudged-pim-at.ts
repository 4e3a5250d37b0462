import { and, eq, gte, max } from 'drizzle-orm';
import type { Reader } from './client.ts';
import { requestMessages } from './schema/approvals.ts';
import type { requests } from './schema/requests.ts';

/** When those whom PIM asks were last nudged about a request; null: not since it waits for them. */
export async function nudgedPimAt(
  from: Reader,
  { id, waitingSince, filedAt }: Pick<typeof requests.$inferSelect, 'id' | 'waitingSince' | 'filedAt'>,
): Promise<Date | null> {
  const since = gte(requestMessages.saidAt, waitingSince ?? filedAt);
  const [last] = await from
    .select({ at: max(requestMessages.saidAt) })
    .from(requestMessages)
    .where(and(eq(requestMessages.requestId, id), eq(requestMessages.kind, 'nudge'), since));
  return last?.at ?? null;
}
