import { useCallback, useEffect, useRef } from 'react';

/** The server's time when asked, without rendering for it; see `useNow`. */
export function useServerClock(served: Date): () => Date {
  const servedAt = served.getTime();
  const ahead = useRef(0);
  useEffect(() => {
    ahead.current = servedAt - Date.now();
  }, [servedAt]);
  return useCallback(() => new Date(Date.now() + ahead.current), []);
}
