/** What has changed since a moment, by Azure's own logs. The first cursor is that moment, later ones are pages. */
import type { ArmCalls } from '#lib/azure/arm/calls.ts';
import type { GraphCalls } from '#lib/azure/graph/calls.ts';
import { type Harvest, harvest } from '#lib/domain/inventory.ts';
import { type ActivityRow, activityTellings, directoryTellings } from '#lib/domain/telling.ts';

const moment = /^[12]\d{3}-\d\d-\d\dT[\d:.]+Z$/;

/** The directory's audit log, of every service. Needs AuditLog.Read.All. */
export async function readDirectoryChanges(graph: GraphCalls, cursor: string | null): Promise<Harvest> {
  const first = `/v1.0/auditLogs/directoryAudits?$filter=activityDateTime ge ${cursor}&$top=999`;
  const { rows, next } = await graph.page<Parameters<typeof directoryTellings>[0]>(
    cursor && moment.test(cursor) ? first : (cursor ?? first),
  );
  return harvest({ tellings: rows.flatMap(directoryTellings), next });
}

/**
 * The activity log of a subscription, as far as it is about who may do what: all else that happens there would be pages
 * upon pages. Needs Microsoft.Insights/eventtypes/values/Read.
 */
export async function readAzureChanges(
  arm: ArmCalls,
  place: string,
  cursor: string | null,
): Promise<Harvest> {
  const filter = `eventTimestamp ge '${cursor}' and resourceProvider eq 'Microsoft.Authorization'`;
  const first = `${place}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=${encodeURIComponent(filter)}`;
  const { rows, next } = await arm.page<ActivityRow>(
    cursor && moment.test(cursor) ? first : (cursor ?? first),
  );
  return harvest({ tellings: rows.flatMap((row) => activityTellings(row, place)), next });
}
