import { auditRow } from './graph/audit-routes.ts';
import { forgottenHistory } from './tenant/history.ts';
import type { World } from './wire.ts';

/**
 * The part of the audit log that is older than the directory keeps it, one JSON object a line, as diagnostic settings export
 * it to a storage account. The tenant of the seed has some; one of another size the same.
 */
export function auditArchive({ state, now }: World): string {
  const lines = forgottenHistory(state, now()).map((event) => {
    const properties = auditRow(state, event);
    return JSON.stringify({
      time: properties.activityDateTime,
      resourceId: `/tenants/${state.tenantId}/providers/Microsoft.aadiam`,
      operationName: properties.activityDisplayName,
      operationVersion: '1.0',
      category: 'AuditLogs',
      tenantId: state.tenantId,
      resultSignature: 'None',
      durationMs: 0,
      callerIpAddress: '127.0.0.1',
      correlationId: properties.correlationId,
      level: 'Informational',
      properties,
    });
  });
  return lines.join('\n');
}
