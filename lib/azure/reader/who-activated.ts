import type { DirectoryAudit } from '@microsoft/microsoft-graph-types';
import { lastSegment } from '#lib/azure/arm/scope.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { readMark } from '#lib/azure/mark.ts';
import type { ActivationSeen, ActivationTold } from '#lib/azure/ports.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import { plusMinutes } from '#lib/domain/time.ts';

/** PIM writes its row beside the act; the log shows it minutes later. */
const earlierMinutes = 5;

/**
 * What the directory's audit log tells of an activation: of PIM's rows by this person about this role at this scope since
 * shortly before it began, the one nearest to its beginning. null without one, without AuditLog.Read.All, or when the log does not answer.
 */
export async function readWhoActivated(
  calls: GraphCalls,
  activation: ActivationSeen,
): Promise<ActivationTold | null> {
  const { principalId, startsAt } = activation;
  const since = startsAt
    ? ` and activityDateTime ge ${plusMinutes(startsAt, -earlierMinutes).toISOString()}`
    : '';
  const filter = `loggedByService eq 'PIM' and initiatedBy/user/id eq '${principalId}'${since}`;
  let rows: DirectoryAudit[];
  try {
    rows = await calls.list<DirectoryAudit>(`/v1.0/auditLogs/directoryAudits?$filter=${filter}`);
  } catch (fault) {
    if (fault instanceof AzureFault) return null;
    throw fault;
  }
  const away = ({ activityDateTime }: DirectoryAudit) =>
    Math.abs((momentOf(activityDateTime)?.getTime() ?? 0) - (startsAt?.getTime() ?? Date.now()));
  const [row] = rows.filter((one) => isAbout(one, activation)).sort((one, other) => away(one) - away(other));
  const askedAt = momentOf(row?.activityDateTime);
  if (!row || !askedAt) return null;
  const detail = (key: string) => detailOf(row, key);
  return {
    byName: row.initiatedBy?.user?.displayName ?? null,
    justification: readMark(detail('Justification') || row.resultReason).justification,
    ticketNumber: detail('TicketNumber'),
    askedAt,
    azureId: detail('RequestId') || null,
  };
}

function isAbout(row: DirectoryAudit, { plane, roleId, scopeId }: ActivationSeen): boolean {
  const said = row.activityDisplayName ?? '';
  if (row.result === 'failure' || !said.startsWith('Add member') || !said.includes('PIM activation'))
    return false;
  const targets = (row.targetResources ?? []).map(({ id }) => id?.toLowerCase() ?? '');
  if (plane === 'group') return targets.some((id) => id.endsWith(scopeId.toLowerCase()));
  if (!targets.some((id) => id.endsWith(roleId.toLowerCase()))) return false;
  // The whole directory goes by the tenant's id, or by none.
  const place = detailOf(row, 'ResourceOriginId').toLowerCase();
  if (plane === 'entra' && scopeId === '/') return !place.includes('/administrativeunits/');
  const wanted = (plane === 'entra' ? lastSegment(scopeId) : scopeId).toLowerCase();
  return [...targets, place].some((id) => id.endsWith(wanted));
}

function detailOf(row: DirectoryAudit, key: string): string {
  return row.additionalDetails?.find((one) => one.key === key)?.value ?? '';
}
