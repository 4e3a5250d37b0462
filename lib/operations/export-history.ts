import { failPoint } from '#db/fail-points.ts';
import { change } from './change.ts';
import type { PersonContext } from './context.ts';

const subjects = {
  history: 'history',
  inventory: 'inventory',
  findings: 'finding',
  outside: 'outside_role',
} as const;

/** A copy of the history, the inventory, the findings or the privilege outside roles in one of their formats, or of the audit record; `after` is the place it goes on from. */
interface Export {
  of?: keyof typeof subjects;
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
          subject: { kind: subjects[of], id: what },
          details: { format: what === 'csv' ? 'csv' : 'jsonl', after, query: query.slice(0, longestQuery) },
        },
      ],
    }),
  );
  failPoint('export:after-record');
}
