'use client';

import { useEffect } from 'react';
import { ownZone } from '#components/access/timing.ts';

const kept = 'stint zone told';

/** Tells Stint the zone of this browser, once a tab and person, and whenever it is another. */
export function TellZone({ viewerId }: { viewerId: string }) {
  useEffect(() => {
    const said = `${viewerId} ${ownZone()}`;
    if (sessionStorage.getItem(kept) === said) return;
    sessionStorage.setItem(kept, said);
    // A convenience for others: what was not heard is told by the next tab.
    fetch(`/api/zone?zone=${encodeURIComponent(ownZone())}`, { method: 'POST', keepalive: true }).catch(
      () => {},
    );
  }, [viewerId]);
  return null;
}
