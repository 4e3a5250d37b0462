'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { isOurs, keysAreOn } from './typing.ts';

const KeyList = dynamic(() => import('./key-list.tsx').then((file) => file.KeyList), { ssr: false });

const places: Record<string, string> = {
  a: '/',
  r: '/requests',
  p: '/approvals',
  v: '/reviews',
  h: '/history',
};
const secondKeyWithinMilliseconds = 1200;

/** `g` and a letter goes somewhere, `?` lists the keys. */
export function Keys() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let goAt = 0;
    const press = (event: KeyboardEvent) => {
      if (!isOurs(event) || !keysAreOn()) return;
      const place = places[event.key];
      if (place && event.timeStamp - goAt < secondKeyWithinMilliseconds) {
        event.preventDefault();
        event.stopImmediatePropagation();
        router.push(place);
      }
      goAt = event.key === 'g' ? event.timeStamp : 0;
      if (event.key === '?') setOpen(true);
    };
    // Captured, so that `g a` does not also mean what `a` means on the page.
    document.addEventListener('keydown', press, true);
    return () => document.removeEventListener('keydown', press, true);
  }, [router]);
  return (
    <>
      <button
        className="btn btn-quiet btn-small hidden md:inline-flex"
        onClick={() => setOpen(true)}
        type="button"
      >
        Keys{' '}
        <span aria-hidden="true" className="key">
          ?
        </span>
      </button>
      {open && <KeyList onClose={() => setOpen(false)} />}
    </>
  );
}
