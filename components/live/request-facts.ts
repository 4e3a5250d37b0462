import { roleAtScopeName } from '#components/roles/role-words.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import type { RequestRow } from '#lib/queries/rows.ts';
import type { Fact } from './news.ts';

const states: Record<RequestStatus, string> = {
  filed: 'is on its way to Azure',
  needs_you: 'needs you',
  awaiting_approval: 'waits for approval',
  scheduled: 'is scheduled',
  provisioning: 'is being provisioned',
  active: 'is active',
  ending: 'is ending',
  withdrawing: 'is being cancelled',
  ended: 'has ended',
  denied: 'was denied',
  withdrawn: 'was cancelled',
  lapsed: 'lapsed: nobody decided in 24 h',
  failed: 'failed',
};

/** The state of requests as sentences, for telling what changed; each request once. */
export function requestFacts(rows: readonly RequestRow[]): Fact[] {
  const sentences = rows.map((row): [string, string] => [
    row.id,
    `${roleAtScopeName(row)} ${states[row.status]}`,
  ]);
  return [...new Map(sentences)].map(([id, text]) => ({ id, text }));
}
