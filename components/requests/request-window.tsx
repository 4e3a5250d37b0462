'use client';

import { useNow } from '#components/ui/use-now.ts';
import { WindowBar } from '#components/ui/window-bar.tsx';
import type { RequestRow } from '#lib/queries/rows.ts';
import { windowOf } from './window-of.ts';

interface Props {
  request: Pick<RequestRow, 'status' | 'minutes' | 'startsAt' | 'endsAt' | 'activeAt' | 'endedAt'>;
  maximumMinutes: number | null;
  now: Date;
}

/** The window bar of a request, ticking while it runs. */
export function RequestWindow({ request, maximumMinutes, now }: Props) {
  const current = useNow(now);
  return <WindowBar {...windowOf(request, maximumMinutes, new Date(current))} />;
}
