import { failPoint } from '#db/fail-points.ts';
import { change } from './change.ts';
import type { PersonContext } from './context.ts';

/** Puts on record who took a copy of the history (or of the audit record), and which part. */
export async function recordExport(
  ctx: PersonContext,
  query: string,
  what: 'csv' | 'audit' = 'csv',
): Promise<void> {
  await change(
    ctx,
    async () => null,
    async () => ({
      value: null,
      entries: [{ action: 'history.exported', subject: { kind: 'history', id: what }, details: { query } }],
    }),
  );
  failPoint('export:after-record');
}
