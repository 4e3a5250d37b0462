'use client';

import { useEffect } from 'react';
import type { Outcome } from '#lib/domain/refusal.ts';

interface Props {
  /** Unread letters about what the page shows. */
  ids: string[];
  read: (ids: string[]) => Promise<Outcome<null>>;
}

/** Whoever looks at what letters are about has read them. */
export function ReadAbout({ ids, read }: Props) {
  const all = ids.join();
  useEffect(() => {
    // They stay unread if this does not arrive, which is no harm.
    if (all !== '') void read(all.split(',')).catch(() => null);
  }, [all, read]);
  return null;
}
