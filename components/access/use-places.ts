import { useCallback, useEffect, useRef, useState } from 'react';
import type { No } from '#components/requests/use-action.ts';
import type { PlacesBelow } from '#lib/queries/place-rows.ts';
import type { TimingVerbs } from './ask.ts';

const pauseMs = 500;
const mostTries = 30;
const mostPolicyTries = 3;
const policyPauseMs = 1_500;

/** What lies below a scope, asked again while Azure is being read. */
export function usePlaces(openPlace: TimingVerbs['openPlace'], key: string, scopeId: string) {
  const [below, setBelow] = useState<PlacesBelow | null>(null);
  const [no, setNo] = useState<No | null>(null);
  const asked = useRef(0);
  const open = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    setBelow(null);
    setNo(null);
    for (let tries = 0; tries < mostTries && mine === asked.current; tries++) {
      const answer = await openPlace({ key, scopeId }).catch(() => null);
      if (mine !== asked.current) return;
      if (!answer?.ok) return setNo(answer ?? 'silence');
      setBelow(answer.value);
      if (!answer.value.reading) return;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }, [openPlace, key, scopeId]);
  useEffect(() => {
    void open();
    return () => {
      asked.current += 1;
    };
  }, [open]);
  return { below, no };
}

/**
 * The role's policy at a place, once the Reader has read it; null: there is none, or not in time. Few tries: while an
 * action is under way, the page shows nothing new.
 */
export async function policyAt(openPlace: TimingVerbs['openPlace'], key: string, scopeId: string) {
  for (let tries = 0; tries < mostPolicyTries; tries++) {
    const answer = await openPlace({ key, scopeId }).catch(() => null);
    if (!answer?.ok) return null;
    if (answer.value.policyRead) return answer.value.policy;
    await new Promise((resolve) => setTimeout(resolve, policyPauseMs));
  }
  return null;
}
