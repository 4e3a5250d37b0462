import { type AuditRow, readUseEvent, type Understood } from './pim-event.ts';

/** One line of an archive of the audit log. */
export interface ArchiveLine {
  /** When what it tells of happened; null when the line is not understood. */
  at: Date | null;
  told: Understood;
}

const notUnderstood: ArchiveLine = { at: null, told: 'unclear' };
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** Nobody keeps the log for longer; an older date is a mistake, and would make “never” of all that time. */
const longestYears = 10;

/**
 * Reads a line as Entra's diagnostic settings write it to a storage account (the row under `properties`), as a query of
 * Log Analytics exports it (columns, some of them JSON in a string), or as Graph answers. A line of another tenant, of
 * another log, or of no possible time is not understood: what it would cover, the audit log does not.
 */
export function readArchiveLine(
  line: string,
  { tenantId, now }: { tenantId: string; now: Date },
): ArchiveLine {
  const one = object(parsed(line));
  if (!one) return notUnderstood;
  const tenant = one.tenantId ?? one.AADTenantId ?? tenantId;
  if (typeof tenant !== 'string' || tenant.toLowerCase() !== tenantId.toLowerCase()) return notUnderstood;
  const row = rowOf(one);
  const at = momentOf(row?.activityDateTime, now);
  if (!row || !at || typeof row.activityDisplayName !== 'string') return notUnderstood;
  const told = readUseEvent(row);
  return { at: told === 'unclear' ? null : at, told };
}

function momentOf(value: unknown, now: Date): Date | null {
  const at = new Date(typeof value === 'string' && moment.test(value) ? value : Number.NaN);
  const first = new Date(now);
  first.setUTCFullYear(now.getUTCFullYear() - longestYears);
  return at >= first && at <= now ? at : null;
}

/** null: a row of another log. Storage accounts and workspaces hold many, alike but for their name. */
function rowOf(one: Record<string, unknown>): AuditRow | null {
  const stored = object(one.properties);
  if (stored && one.category !== 'AuditLogs') return null;
  if (stored) return { activityDateTime: one.time, activityDisplayName: one.operationName, ...stored };
  if (!('OperationName' in one)) return one;
  if (one.Type !== 'AuditLogs') return null;
  return {
    activityDisplayName: one.ActivityDisplayName || one.OperationName,
    activityDateTime: one.ActivityDateTime || one.TimeGenerated,
    loggedByService: one.LoggedByService,
    category: one.Category,
    result: one.Result,
    initiatedBy: column(one.InitiatedBy),
    targetResources: column(one.TargetResources),
    additionalDetails: column(one.AdditionalDetails),
  };
}

/** A dynamic column: JSON, or JSON in a string. */
function column(value: unknown): unknown {
  return typeof value === 'string' ? parsed(value) : value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function object(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
