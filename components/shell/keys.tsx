'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { going } from './going.ts';
import { isOurs, keysAreOn } from './typing.ts';

const KeyList = dynamic(() => import('./key-list.tsx').then((file) => file.KeyList), { ssr: false });

/** `g` and a letter goes somewhere, `?` lists the keys. */
export function Keys() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const hears = going();
    const press = (event: KeyboardEvent) => {
      if (!isOurs(event) || !keysAreOn()) return;
      const place = hears(event.key, event.timeStamp);
      if (place) {
        event.preventDefault();
        event.stopImmediatePropagation();
        router.push(place);
      }
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
