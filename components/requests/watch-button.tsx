'use client';

import type { Outcome } from '#lib/domain/refusal.ts';
import { ActionButton } from './action-button.tsx';

export type Watch = (asked: { requestId: string; on: boolean }) => Promise<Outcome<null>>;

/** Follows a request that is not one’s own, or no longer. */
export function WatchButton({ requestId, on, watch }: { requestId: string; on: boolean; watch: Watch }) {
  return (
    <ActionButton
      label={on ? 'Stop watching' : 'Watch'}
      look="btn btn-quiet btn-small"
      run={() => watch({ requestId, on: !on })}
    />
  );
}
