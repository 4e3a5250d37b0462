import { type AuditRow, readUseEvent, type Understood } from './pim-event.ts';

/** One line of an archive of the audit log. */
export interface ArchiveLine {
  /** When what it tells of happened; null when the line is not understood. */
  at: Date | null;
  told: Understood;
}

const notUnderstood: ArchiveLine = { at: null, told: 'unclear' };

/**
 * Reads a line as Entra's diagnostic settings write it to a storage account (the row under `properties`), as a query of
 * Log Analytics exports it (columns, some of them JSON in a string), or as Graph answers. A line of another tenant, or of
 * a time that is still to come, is not understood.
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
  const at = new Date(String(row.activityDateTime ?? ''));
  if (Number.isNaN(at.getTime()) || at > now || typeof row.activityDisplayName !== 'string')
    return notUnderstood;
  const told = readUseEvent(row);
  return { at: told === 'unclear' ? null : at, told };
}

function rowOf(one: Record<string, unknown>): AuditRow {
  const stored = object(one.properties);
  if (stored) return { activityDateTime: one.time, activityDisplayName: one.operationName, ...stored };
  if (!('OperationName' in one)) return one;
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
