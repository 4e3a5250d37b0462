import { Star as Shape } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useOptimistic, useTransition } from 'react';
import { choiceName } from '#components/roles/role-words.ts';
import { say } from '#components/ui/toast-store.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { useOwnVerbs } from './own-verbs.ts';

/** The shape of every star below, once on the page: sixty of them would be a fifth of its size. */
export function StarShape() {
  return (
    <svg aria-hidden="true" className="hidden">
      <symbol id="star" viewBox="0 0 24 24">
        <Shape fill="inherit" />
      </symbol>
    </svg>
  );
}

/** Keeps a role at hand. It shows at once what was pressed, and what the server said when it says no. */
export function Star({ row }: { row: EligibleRow }) {
  const { favour } = useOwnVerbs();
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [on, setOn] = useOptimistic(row.favourite !== null);
  const press = () =>
    startTransition(async () => {
      setOn(!on);
      const answer = await favour({ key: row.key, on: !on }).catch(() => null);
      if (!answer?.ok) say(answer?.message ?? 'Stint did not answer. Try again.');
      router.refresh();
    });
  return (
    <button
      aria-label={`Favourite: ${choiceName(row)}`}
      aria-pressed={on}
      className={`grid size-7 place-items-center rounded-md hover:bg-wash ${on ? 'text-accent' : 'text-faint'}`}
      onClick={press}
      title={on ? 'Take from favourites' : 'Keep as a favourite'}
      type="button"
    >
      <svg aria-hidden="true" className="size-4" fill={on ? 'currentColor' : 'none'}>
        <use href="#star" />
      </svg>
    </button>
  );
}
