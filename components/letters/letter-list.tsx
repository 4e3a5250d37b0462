'use client';

import Link from 'next/link';
import { startTransition } from 'react';
import { When } from '#components/ui/when.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { LetterRow } from '#lib/queries/letter-rows.ts';

interface Props {
  rows: LetterRow[];
  read: (ids: string[]) => Promise<Outcome<null>>;
}

/** One's letters, newest first. Who opens one has read it. */
export function LetterList({ rows, read }: Props) {
  return (
    <ul aria-label="Notifications" className="panel divide-y divide-line">
      {rows.map((row) => (
        <li
          className="relative grid grid-cols-[0.5rem_minmax(0,1fr)] gap-x-2.5 px-3.5 py-3 hover:bg-wash"
          key={row.id}
        >
          <span
            aria-hidden="true"
            className={`mt-2 size-2 rounded-full ${row.isUnread ? 'bg-accent' : 'bg-transparent'}`}
          />
          <div className="grid gap-x-6 gap-y-0.5 sm:grid-cols-[minmax(0,1fr)_auto]">
            <div className="min-w-0">
              <Link
                className={`break-words after:absolute after:inset-0 ${row.isUnread ? 'font-[550]' : ''}`}
                href={row.path}
                onClick={() => {
                  // Not waited for: the page that is opened shows the same whether or not this arrives.
                  if (row.isUnread) startTransition(() => void read([row.id]).catch(() => null));
                }}
                prefetch={false}
              >
                {row.subject}
                {row.isUnread && <span className="sr-only"> (unread)</span>}
              </Link>
              <p className="line-clamp-4 break-words text-sm text-soft sm:line-clamp-2">
                {row.lines.join(' · ')}
              </p>
            </div>
            <p className="text-faint text-xs sm:pt-0.5">
              <When at={row.writtenAt} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
