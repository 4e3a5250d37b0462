import type { DirectoryAudit } from '@microsoft/microsoft-graph-types';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';
import { readUseEvent } from '#lib/domain/pim-event.ts';

const log = '/v1.0/auditLogs/directoryAudits';
const moment = /^[12]\d{3}-\d\d-\d\dT[\d:.]+Z$/;

/**
 * Activations in the directory's audit log. The first cursor is no page but the moment since which it is read; null: as
 * far back as the log reaches. Needs AuditLog.Read.All.
 */
export async function readActivationLog(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const isSince = cursor !== null && moment.test(cursor);
  const since = isSince ? ` and activityDateTime ge ${cursor}` : '';
  const first = `${log}?$filter=loggedByService eq 'PIM'${since}&$top=999`;
  const { rows, next } = await graph.page<DirectoryAudit>(cursor && !isSince ? cursor : first);
  const told = rows.map(readUseEvent);
  return harvest({
    useEvents: told.filter((one) => typeof one === 'object'),
    unclear: told.filter((one) => one === 'unclear').length,
    next,
  });
}
