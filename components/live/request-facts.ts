import { roleAtScopeName } from '#components/roles/role-words.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import type { RequestRow } from '#lib/queries/rows.ts';
import type { Fact } from './news.ts';

/** Told when it becomes true; what only passes by is seen on the page, and told to nobody. */
const states: Record<RequestStatus, string | null> = {
  awaiting_signatures: 'waits for signatures',
  approved: 'is approved and can be started',
  filed: null,
  needs_you: 'needs you',
  awaiting_approval: 'waits for approval',
  scheduled: 'is scheduled',
  provisioning: null,
  active: 'is active',
  ending: null,
  withdrawing: null,
  ended: 'has ended',
  denied: 'was denied',
  withdrawn: 'was cancelled',
  lapsed: 'lapsed: it was not decided or started in time',
  failed: 'failed',
};

/** The state of requests as sentences, for telling what changed; each request once. */
export function requestFacts(rows: readonly RequestRow[]): Fact[] {
  const sentences = rows.map((row): [string, string] => {
    const state = row.status === 'active' && row.usableAt ? 'works' : states[row.status];
    return [row.id, state ? `${roleAtScopeName(row)} ${state}` : ''];
  });
  return [...new Map(sentences)].map(([id, text]) => ({ id, text }));
}
