import { When } from '#components/ui/when.tsx';
import type { TalkLine } from '#lib/queries/talk-rows.ts';

const said: Record<TalkLine['kind'], string> = {
  question: 'asked',
  answer: 'answered',
  nudge: 'nudged who can decide',
  hand_over: 'handed it over',
  offer: 'made an offer',
};

/** What was said about a request, in order. What people typed is text, whatever it looks like. */
export function Thread({ lines }: { lines: readonly TalkLine[] }) {
  if (lines.length === 0) return null;
  return (
    <ul aria-label="Questions and answers" className="grid gap-2.5 text-sm">
      {lines.map(({ id, kind, byName, text, at }) => (
        <li key={id}>
          <p className="text-soft">
            <bdi className="font-[550] text-ink">{byName}</bdi> {said[kind]}{' '}
            <span className="text-faint text-xs">
              <When at={at} />
            </span>
          </p>
          {text && (
            <p className="wrap-anywhere whitespace-pre-line" dir="auto">
              {text}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
