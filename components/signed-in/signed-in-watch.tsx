'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { hearOthers, tellOthers } from './session-channel.ts';

const Changed = dynamic(() => import('./changed.tsx').then((file) => file.Changed), { ssr: false });

export interface Who {
  objectId: string;
  name: string;
  upn: string;
}

/** Who the server says is signed in; null: nobody; undefined: it did not answer, which says nothing. */
async function whoNow(): Promise<Who | null | undefined> {
  const answer = await fetch('/api/who', { cache: 'no-store' }).catch(() => null);
  return answer?.ok ? answer.json() : undefined;
}

/**
 * Keeps the page honest about whose it is: when somebody else signs in at this browser, or the session ends, the page
 * says so before anything more is shown or done. It looks when another page says so, and when it comes into sight.
 */
export function SignedInWatch({ viewer }: { viewer: Who }) {
  // The first one: a page read again by itself must not change hands unseen.
  const [mine] = useState(viewer);
  const [now, setNow] = useState<Who | null | undefined>(undefined);

  useEffect(() => {
    tellOthers(viewer.objectId);
    const look = async () => {
      const found = await whoNow();
      if (found !== undefined) setNow(found?.objectId === mine.objectId ? undefined : found);
    };
    if (viewer.objectId !== mine.objectId) setNow(viewer);
    const seen = () => document.hidden || look();
    const back = ({ persisted }: PageTransitionEvent) => persisted && look();
    const stop = hearOthers((told) => told !== mine.objectId && look());
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('pageshow', back);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('pageshow', back);
    };
  }, [viewer, mine]);

  return now === undefined ? null : <Changed mine={mine} now={now} />;
}
