import { minutesBetween, minutesOf, plusMinutes } from '#lib/domain/time.ts';
import type { FiledStatus } from './ports.ts';

/** A schedule's window in either API: texts on Graph, Dates from the ARM SDK. */
export interface ScheduleInfo {
  startDateTime?: string | Date | null;
  expiration?: {
    duration?: string | null;
    endDateTime?: string | Date | null;
  } | null;
}

/** A moment as the APIs print it; null for nothing and for what is no date. */
export function momentOf(value: string | Date | null | undefined): Date | null {
  if (!value) return null;
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** Start, end and length in minutes, as far as they can be told. */
export function windowOf(info: ScheduleInfo | null | undefined): {
  startsAt: Date | null;
  endsAt: Date | null;
  minutes: number | null;
} {
  const startsAt = momentOf(info?.startDateTime);
  const end = momentOf(info?.expiration?.endDateTime);
  const asked = minutesOf(info?.expiration?.duration ?? '');
  const minutes = asked ?? (startsAt && end ? minutesBetween(startsAt, end) : null);
  return {
    startsAt,
    endsAt: end ?? (startsAt && asked !== null ? plusMinutes(startsAt, asked) : null),
    minutes,
  };
}

const statuses: Record<string, FiledStatus> = {
  pendingapproval: 'pending_approval',
  pendingapprovalprovisioning: 'pending_approval',
  pendingadmindecision: 'pending_approval',
  provisioned: 'provisioned',
  denied: 'denied',
  admindenied: 'denied',
  canceled: 'cancelled',
  timedout: 'timed_out',
  revoked: 'revoked',
  pendingrevocation: 'revoked',
  failed: 'failed',
  failedasresourceislocked: 'failed',
  invalid: 'failed',
};

/**
 * PIM's status in our words. Granted and ScheduleCreated mean a start ahead when the start lies after the
 * filing. Everything else, also what PIM may add one day, is on its way: nobody is told yes or no by it.
 */
export function filedStatusOf(status: string, createdAt: Date | null, startsAt: Date | null): FiledStatus {
  const known = statuses[status.toLowerCase()];
  if (known) return known;
  const waits = ['granted', 'schedulecreated'].includes(status.toLowerCase());
  return waits && createdAt && startsAt && startsAt > createdAt ? 'scheduled' : 'provisioning';
}
