'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const everyMilliseconds = 3_000;

/** While it is on the page, the page is read again every few seconds; not in a tab that nobody looks at. */
export function LookAgain() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, everyMilliseconds);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
