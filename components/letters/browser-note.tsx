'use client';

import { useState, useSyncExternalStore } from 'react';
import { Notice } from '#components/ui/notice.tsx';

const never = () => () => {};

/** What the browser itself has to say to showing letters: it is asked by a click, and only while Stint is open in it. */
export function BrowserNote({ wanted }: { wanted: boolean }) {
  const [asked, setAsked] = useState<NotificationPermission | null>(null);
  const found = useSyncExternalStore(never, permissionHere, () => null);
  const permission = asked ?? found;
  const when =
    'The browser shows them while Stint is open in one of its tabs, also when you look at something else. Nothing reaches a browser without it.';
  if (!wanted || permission === null) return <p className="mt-1.5 text-faint text-xs">Browser: {when}</p>;
  if (permission === 'granted')
    return <p className="mt-1.5 text-faint text-xs">Browser: allowed here. {when}</p>;
  return (
    <div className="mt-2.5">
      <Notice>
        {permission === 'default' ? (
          <>
            <p>This browser has not been asked yet. {when}</p>
            <button
              className="btn btn-small mt-2"
              onClick={() => void Notification.requestPermission().then(setAsked)}
              type="button"
            >
              Let this browser show them
            </button>
          </>
        ) : (
          <p>
            {permission === 'denied'
              ? 'This browser does not let Stint show anything. Allow notifications for this site in its settings.'
              : 'This browser cannot show notifications.'}
          </p>
        )}
      </Notice>
    </div>
  );
}

function permissionHere(): NotificationPermission | 'absent' {
  return 'Notification' in window ? Notification.permission : 'absent';
}
