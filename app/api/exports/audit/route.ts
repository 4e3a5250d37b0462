import { connection } from 'next/server';
import { exporting } from '#app/exporting.ts';
import { jsonLines } from '#lib/export/lines.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { auditTrail } from '#lib/queries/audit-trail.ts';
import { readSeq } from '#lib/queries/export-place.ts';

/**
 * The audit record as JSON lines, oldest first, for auditors and administrators: `?after=` a sequence number goes on
 * from there, `?action=` keeps one kind (`access.refused`). That it was taken is on record.
 */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return exporting(request, 'GET /api/exports/audit', async (ctx, { query }) => {
    const after = query.get('after');
    const pages = auditTrail(ctx.actor, {
      after: after === null ? 0 : readSeq(after),
      action: query.get('action')?.replaceAll('\0', '').slice(0, 100) || null,
    });
    await recordExport(ctx, { what: 'audit', query: query.toString(), after });
    return {
      lines: jsonLines(pages),
      type: 'application/x-ndjson; charset=utf-8',
      filename: 'stint-audit.jsonl',
    };
  });
}
