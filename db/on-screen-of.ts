import { sql } from 'drizzle-orm';
import type { Reader } from './client.ts';

/** Everybody who may have a request on screen as theirs: who asked, who may decide or sign it, and who follows it. */
export async function onScreenOf(from: Reader, requestId: string): Promise<string[]> {
  const result = await from.execute(sql`
    select requester_id as id from requests where id = ${requestId}
    union select approver_id from request_approvers where request_id = ${requestId}
    union select approver_id from stage_approvers where request_id = ${requestId}
    union select person_id from watches where request_id = ${requestId}`);
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}
