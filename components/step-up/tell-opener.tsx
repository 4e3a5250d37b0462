'use client';

import { useEffect } from 'react';
import { type StepUpNews, tell } from './news.ts';

/** Tells the page that opened this window how it went, and closes it. A browser that keeps it open shows what is on it. */
export function TellOpener({ outcome, requestId }: StepUpNews) {
  useEffect(() => {
    tell({ outcome, requestId });
    window.close();
  }, [outcome, requestId]);
  return null;
}
