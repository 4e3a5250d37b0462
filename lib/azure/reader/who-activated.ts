import type { DirectoryAudit } from '@microsoft/microsoft-graph-types';
import { AzureFault } from '#lib/azure/faults.ts';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { readMark } from '#lib/azure/mark.ts';
import type { ActivationSeen, ActivationTold } from '#lib/azure/ports.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import { plusMinutes } from '#lib/domain/time.ts';

/** PIM writes its row beside the act; the log shows it minutes later. */
const earlierMinutes = 5;

/**
 * What the directory's audit log tells of an activation: PIM's newest row by this person about this role since
 * shortly before it began. null without one, without AuditLog.Read.All, or when the log does not answer.
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
  const [row] = rows
    .filter((one) => isAbout(one, activation))
    .sort((one, other) => (other.activityDateTime ?? '').localeCompare(one.activityDateTime ?? ''));
  const askedAt = momentOf(row?.activityDateTime);
  if (!row || !askedAt) return null;
  const detail = (key: string) => row.additionalDetails?.find((one) => one.key === key)?.value ?? '';
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
  const wanted = (plane === 'group' ? scopeId : roleId).toLowerCase();
  return (row.targetResources ?? []).some(({ id }) => id?.toLowerCase().endsWith(wanted));
}
