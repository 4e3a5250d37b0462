import { useEffect, useState } from 'react';

/**
 * The server's time in milliseconds, ticking every second. It starts at what the server rendered, so the
 * first paint agrees with the HTML, and keeps the server's distance from this machine's clock.
 */
export function useNow(served: Date): number {
  const servedAt = served.getTime();
  const [now, setNow] = useState(servedAt);
  useEffect(() => {
    const ahead = servedAt - Date.now();
    const tick = () => setNow(Date.now() + ahead);
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [servedAt]);
  return now;
}
