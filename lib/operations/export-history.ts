import { failPoint } from '#db/fail-points.ts';
import { change } from './change.ts';
import type { PersonContext } from './context.ts';

/** A copy of the history or the inventory in one of their formats, or of the audit record; `after` is the place it goes on from. */
interface Export {
  of?: 'history' | 'inventory';
  what: 'csv' | 'jsonl' | 'audit';
  query: string;
  after: string | null;
}

const longestQuery = 2000;

/** Puts on record who took a copy, and which part. */
export async function recordExport(
  ctx: PersonContext,
  { of = 'history', what, query, after }: Export,
): Promise<void> {
  await change(
    ctx,
    async () => null,
    async () => ({
      value: null,
      entries: [
        {
          action: `${of}.exported`,
          subject: { kind: of, id: what },
          details: { format: what === 'csv' ? 'csv' : 'jsonl', after, query: query.slice(0, longestQuery) },
        },
      ],
    }),
  );
  failPoint('export:after-record');
}
