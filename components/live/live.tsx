'use client';

import { useEffect, useRef } from 'react';
import { say } from '#components/ui/toast-store.ts';
import { type Fact, inBrief, newsOf } from './news.ts';
import { useLive } from './use-live.ts';

interface Props {
  /** Listen only while something can change without the viewer. */
  on: boolean;
  facts: Fact[];
  tellNewcomers?: boolean;
}

/** Keeps the page true while something is in flight, and says politely what changed. */
export function Live({ on, facts, tellNewcomers = false }: Props) {
  useLive(on);
  const told = useRef(facts);
  useEffect(() => {
    const news = newsOf(told.current, facts, tellNewcomers);
    if (news.length > 0) say(inBrief(news));
    told.current = facts;
  }, [facts, tellNewcomers]);
  return null;
}
