import type { Speed } from '#lib/domain/usable.ts';
import { sourceWords, speedWords } from './speed-words.ts';

/** What to expect, before one asks. */
export function Usually({ speed }: { speed: Speed | null }) {
  if (!speed) return null;
  return (
    <p className="text-faint text-xs" title={sourceWords(speed)}>
      {speedWords(speed)}
    </p>
  );
}
