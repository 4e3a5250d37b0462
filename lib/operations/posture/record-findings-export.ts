import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

const longestQuery = 2000;

/** Puts on record who took a copy of the findings, and which part. */
export async function recordFindingsExport(
  ctx: PersonContext,
  { format, query, after }: { format: string; query: string; after: string | null },
): Promise<void> {
  await change(
    ctx,
    async () => null,
    async () => ({
      value: null,
      entries: [
        {
          action: 'findings.exported',
          subject: { kind: 'finding', id: 'all' },
          details: { format, after, query: query.slice(0, longestQuery) },
        },
      ],
    }),
  );
}
