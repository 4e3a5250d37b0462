'use client';

import dynamic from 'next/dynamic';
import { useSyncExternalStore } from 'react';
import type { ShowProof } from './own-step-up.tsx';
import { currentStepUp, subscribeStepUp } from './step-up-store.ts';

const OwnStepUp = dynamic(() => import('./own-step-up.tsx').then((file) => file.OwnStepUp), { ssr: false });

/** The place of the dialog that asks for a fresh sign-in. It and Microsoft's library are loaded when first needed. */
export function StepUpHost({ show }: { show: ShowProof }) {
  const asked = useSyncExternalStore(subscribeStepUp, currentStepUp, () => null);
  if (!asked) return null;
  return <OwnStepUp ask={asked.ask} key={asked.ask.act} settle={asked.settle} show={show} />;
}
