import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** false for what the server writes, true once the page is alive and knows the viewer’s zone. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
