import { connection } from 'next/server';
import { exporting } from '#app/exporting.ts';
import { linesStream } from '#lib/export/lines.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { auditTrail } from '#lib/queries/audit-trail.ts';

/**
 * The audit record as JSON lines, oldest first, for auditors and administrators: `?after=` a sequence number goes on
 * from there, `?action=` keeps one kind (`access.refused`). That it was taken is on record.
 */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return exporting(request, 'GET /api/exports/audit', async (ctx, query) => {
    const after = Number(query.get('after') ?? 0);
    const pages = auditTrail(ctx.actor, {
      after: Number.isSafeInteger(after) && after > 0 ? after : 0,
      action: query.get('action')?.replaceAll('\0', '').slice(0, 100) || null,
    });
    await recordExport(ctx, query.toString().slice(0, 2000), 'audit');
    return {
      pages,
      stream: linesStream,
      type: 'application/x-ndjson; charset=utf-8',
      filename: 'stint-audit.jsonl',
    };
  });
}
