import { When } from '#components/ui/when.tsx';
import type { StoryMoment } from '#lib/queries/rows.ts';

const dots: Record<StoryMoment['tone'], string> = {
  plain: 'border-edge bg-sheet',
  good: 'border-live bg-live',
  waiting: 'border-warn bg-sheet',
  bad: 'border-warn bg-warn',
};

/** What happened, in order: who, what, when, and what they said. */
export function Timeline({ moments }: { moments: StoryMoment[] }) {
  return (
    <ol className="panel px-4 py-4">
      {moments.map(({ at, who, what, quote, tone }, index) => (
        <li
          className="relative border-line-2 border-l pb-5 pl-5 last:border-transparent last:pb-0"
          // biome-ignore lint/suspicious/noArrayIndexKey: a story only grows at its end, and moments may repeat.
          key={index}
        >
          <span
            aria-hidden="true"
            className={`absolute top-[5px] -left-[6px] size-[11px] rounded-full border-2 ${dots[tone]}`}
          />
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p className="min-w-0 wrap-anywhere">
              <bdi className="font-[550]">{who}</bdi> {what}
            </p>
            <span className="text-faint text-xs">
              <When at={at} toTheSecond />
            </span>
          </div>
          {quote && quote !== moments[index + 1]?.quote && (
            <blockquote className="mt-1 whitespace-pre-line wrap-anywhere text-sm text-soft">
              “{quote}”
            </blockquote>
          )}
        </li>
      ))}
    </ol>
  );
}
