import Link from 'next/link';
import { type ChangeView, changeViews } from '#lib/queries/applier-rows.ts';

const names: Record<ChangeView, string> = {
  all: 'All',
  held: 'Held',
  open: 'Under way',
  by_hand: 'By hand',
  done: 'Done',
  not_done: 'Not done',
};

/** Which changes are listed; the URL is the state. */
export function ChangeViews({ view }: { view: ChangeView }) {
  return (
    <nav aria-label="Changes" className="mb-3 flex flex-wrap gap-1">
      {changeViews.map((one) => (
        <Link
          aria-current={one === view ? 'page' : undefined}
          className="btn btn-small btn-quiet aria-[current=page]:bg-wash aria-[current=page]:font-[550]"
          href={one === 'all' ? '/operations/applier' : `/operations/applier?view=${one}`}
          key={one}
          prefetch={false}
        >
          {names[one]}
        </Link>
      ))}
    </nav>
  );
}
