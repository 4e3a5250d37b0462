'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { Outcome } from '#lib/domain/refusal.ts';

/** Files, once a page, what the person's windows have next: PIM takes it only while they are here. */
export function FileAhead({ file }: { file: () => Promise<Outcome<null>> }) {
  const router = useRouter();
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return;
    done.current = true;
    // What did not work is tried at the next visit; a refusal stands on the page.
    file().then(
      () => router.refresh(),
      () => {},
    );
  }, [file, router]);
  return null;
}
