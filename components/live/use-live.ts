import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { listen } from './stream.ts';

/** While `on`, the page is read again whenever the server says that something changed. */
export function useLive(on: boolean): void {
  const router = useRouter();
  useEffect(() => (on ? listen(() => router.refresh()) : undefined), [on, router]);
}
