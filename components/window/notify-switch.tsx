'use client';

import { useSyncExternalStore } from 'react';
import { chooseNotice, subscribeNotice, wantsNotice } from './notify-choice.ts';

type State = 'on' | 'off' | 'blocked' | 'none';

/** Told outside the page, too, before a window ends: the person's choice, asked for where it matters. */
export function NotifySwitch() {
  const state = useSyncExternalStore(subscribeNotice, stateNow, () => 'none' as const);
  if (state === 'none') return null;
  if (state === 'blocked')
    return <span className="text-faint text-xs">This browser blocks Stint’s notifications.</span>;
  return (
    <label className="inline-flex min-h-6 items-center gap-1.5 text-soft text-xs">
      <input
        checked={state === 'on'}
        className="check"
        onChange={(event) => chooseNotice(event.target.checked)}
        type="checkbox"
      />
      Notify me in the browser, too, shortly before one ends
    </label>
  );
}

function stateNow(): State {
  if (typeof Notification === 'undefined') return 'none';
  if (Notification.permission === 'denied') return 'blocked';
  return wantsNotice() ? 'on' : 'off';
}
