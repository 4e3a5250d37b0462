import { useEffect, useState } from 'react';
import type { TicketPreview } from '#lib/domain/ticket.ts';

/** How long nothing has to be typed before the system is asked. */
const pauseMs = 500;

type Ask = (number: string) => Promise<TicketPreview | null>;
interface Look {
  number: string;
  preview: TicketPreview | null;
}

/** What the ticket system says of what is typed; null while nothing is known of it. A slow answer never passes a newer one. */
export function useTicketLook(typed: string, ask: Ask): { asking: boolean; preview: TicketPreview | null } {
  const number = typed.trim();
  const [look, setLook] = useState<Look | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed asks again.
  useEffect(() => {
    if (number === '') return;
    let over = false;
    const timer = setTimeout(async () => {
      const preview = await ask(number).catch(() => null);
      if (!over) setLook({ number, preview });
    }, pauseMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [number]);
  const isKnown = look?.number === number;
  return { asking: number !== '' && !isKnown, preview: isKnown ? look.preview : null };
}
