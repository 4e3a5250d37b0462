import { WindowBar } from '#components/ui/window-bar.tsx';
import type { Progress } from '#lib/queries/review-rows.ts';
import { countOf } from './count-words.ts';

/** How much is submitted of what is asked. */
export function ProgressBar({ items, drafts, submitted, over = false }: Progress & { over?: boolean }) {
  const left = items - drafts - submitted;
  const waiting = [
    left > 0 && `${left.toLocaleString('en')} undecided`,
    drafts > 0 && countOf(drafts, 'draft'),
  ];
  const silent = items - submitted;
  const rest = over
    ? silent > 0 && `silence for ${silent.toLocaleString('en')}`
    : waiting.filter(Boolean).join(' · ');
  return (
    <WindowBar
      kind={over ? 'past' : 'ask'}
      lead={`${submitted.toLocaleString('en')} of ${items.toLocaleString('en')} submitted`}
      part={items > 0 ? submitted / items : 0}
      rest={rest || ''}
    />
  );
}
