import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { choiceName } from '#components/roles/role-words.ts';
import { say } from '#components/ui/toast-store.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import { useOwnVerbs } from './own-verbs.ts';

/** Favourites in a list that one moves up and down, by pointer or key. */
export function Arrange({ rows }: { rows: EligibleRow[] }) {
  const { order } = useOwnVerbs();
  const router = useRouter();
  const [keys, setKeys] = useState(() => rows.map(({ key }) => key));
  const [, startTransition] = useTransition();
  const move = (from: number, to: number) => {
    const next = keys.toSpliced(from, 1).toSpliced(to, 0, keys[from] ?? '');
    setKeys(next);
    startTransition(async () => {
      const answer = await order(next).catch(() => null);
      if (!answer?.ok) say(answer?.message ?? 'Stint did not answer. Try again.');
      router.refresh();
    });
  };
  const shown = keys.flatMap((key) => rows.find((row) => row.key === key) ?? []);
  return (
    <ol className="panel divide-y divide-line px-3.5">
      {shown.map((row, place) => (
        <li className="flex items-center justify-between gap-3 py-1" key={row.key}>
          <span className="min-w-0">{choiceName(row)}</span>
          <span className="flex shrink-0 gap-1">
            {[
              { to: place - 1, word: 'up', Arrow: ArrowUp },
              { to: place + 1, word: 'down', Arrow: ArrowDown },
            ].map(({ to, word, Arrow }) => (
              <button
                aria-disabled={to < 0 || to >= shown.length}
                aria-label={`Move ${choiceName(row)} ${word}`}
                className="btn btn-quiet btn-small aria-disabled:opacity-40"
                key={word}
                onClick={() => to >= 0 && to < shown.length && move(place, to)}
                type="button"
              >
                <Arrow aria-hidden="true" className="size-4" />
              </button>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}
