import type { Tx } from '#db/client.ts';
import type { requestApprovals } from '#db/schema/approvals.ts';
import type { ActiveAssignment } from '#lib/domain/assignment.ts';
import { mayBeOf } from '#lib/domain/difference.ts';
import { minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import { lengthLeft } from '#lib/operations/requests/length-left.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import { brokenAmong } from '#lib/operations/tickets/broken-among.ts';

export type Shown = Pick<ActiveAssignment, 'startsAt' | 'endsAt'>;

/** Azure rounds an activation's length its own way. */
const roundingMinutes = 1;

/** Whether what Azure shows lasts longer than so many minutes, or without an end. */
export function isLonger({ startsAt, endsAt }: Shown, minutes: number): boolean {
  return !startsAt || !endsAt || minutesBetween(startsAt, endsAt) > minutes + roundingMinutes;
}

/**
 * Whether an activation is no more than a request asks for: not before it was approved, nor after its time, no longer, not
 * past the end of its on-call window, and for a ticket that was not found closed since. `waitedMinutes`: it may have been
 * asked of Azure so long before it began.
 */
export async function isWithinTerms(
  tx: Tx,
  request: RequestRecord,
  approval: Pick<typeof requestApprovals.$inferSelect, 'approvedAt' | 'useBy'> | null,
  shown: Shown,
  waitedMinutes = 0,
): Promise<boolean> {
  const filedAt = approval?.approvedAt ?? request.filedAt;
  if (!shown.startsAt || !mayBeOf({ ...request, filedAt }, shown.startsAt)) return false;
  const askedAt = plusMinutes(shown.startsAt, -waitedMinutes);
  if (approval?.useBy && askedAt > approval.useBy) return false;
  if (isLonger(shown, await lengthLeft(tx, request, askedAt))) return false;
  return (await brokenAmong(tx, [request.id])).size === 0;
}
