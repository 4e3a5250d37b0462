'use client';

import { useEffect } from 'react';
import { ownZone } from '#components/access/timing.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

interface Props {
  viewerId: string;
  tell: (zone: string) => Promise<Outcome<null>>;
}

const kept = 'stint zone told';

/** Tells Stint the zone of this browser, once a sign-in and whenever it is another. */
export function TellZone({ viewerId, tell }: Props) {
  useEffect(() => {
    const said = `${viewerId} ${ownZone()}`;
    if (sessionStorage.getItem(kept) === said) return;
    sessionStorage.setItem(kept, said);
    // It is a convenience for others: what was not heard is told by the next browser tab.
    tell(ownZone()).catch(() => {});
  }, [viewerId, tell]);
  return null;
}
