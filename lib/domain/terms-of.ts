import type { Terms } from './approval.ts';

interface Asked {
  minutes: number;
  scopeId: string;
  scopeName: string;
  wantedStartAt: Date | null;
}

/** What a request asks for, as far as an approver may offer less of it. */
export function termsOf({ minutes, scopeId, scopeName, wantedStartAt }: Asked): Terms {
  return { minutes, scopeId, scopeName, startsAt: wantedStartAt?.toISOString() ?? null };
}
