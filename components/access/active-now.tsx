'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Section } from '#components/ui/section.tsx';
import { useNow } from '#components/ui/use-now.ts';
import type { Question } from '#components/window/dialogs.tsx';
import { NotifySwitch } from '#components/window/notify-switch.tsx';
import type { WindowVerbs } from '#components/window/verbs.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';
import { ActiveLine } from './active-line.tsx';

const loadDialogs = () => import('#components/window/dialogs.tsx').then((file) => file.Dialogs);
const Dialogs = dynamic(loadDialogs, { ssr: false });

interface Props {
  rows: ActiveRow[];
  /** false: Azure was never read, so an empty list means nothing. */
  known: boolean;
  now: Date;
  /** What the address asks about one of them. */
  asked: Question | null;
  verbs: WindowVerbs;
  probe: (requestId: string) => Promise<Outcome<null>>;
}

/** What is on, for how long yet, and everything that can be done about it. */
export function ActiveNow({ rows, known, now, asked, verbs, probe }: Props) {
  const current = useNow(now);
  const router = useRouter();
  const [question, setQuestion] = useState<Question | null>(null);
  const [left, setLeft] = useState<Question | null>(null);
  // A link asks by the address; whoever left it is not asked again by the same.
  const open = question ?? (asked && !isSame(asked, left) ? asked : null);
  const ask = (next: Question | null) => {
    setQuestion(next);
    if (!asked) return;
    setLeft(asked);
    if (!next) router.replace('/', { scroll: false });
  };
  if (rows.length === 0) {
    return (
      <Section title="Active now">
        <p className="panel px-4 py-3 text-soft">
          {known
            ? 'Nothing is on. That is how it should be between tasks.'
            : 'Not known yet: Azure has not been read.'}
        </p>
      </Section>
    );
  }
  return (
    <Section aside={<Aside ask={ask} rows={rows} />} title="Active now">
      <div className="panel" onPointerEnter={loadDialogs}>
        <table className="list-table">
          <thead className="sr-only">
            <tr>
              <th scope="col">Role and time left</th>
              <th scope="col">Extend or end it</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ActiveLine
                ask={ask}
                current={current}
                key={row.requestId ?? row.key}
                now={now}
                probe={probe}
                row={row}
                verbs={verbs}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="mt-1.5">
        <NotifySwitch />
      </div>
      {open && (
        <Dialogs ask={ask} key={keyOf(open)} now={current} question={open} rows={rows} verbs={verbs} />
      )}
    </Section>
  );
}

function Aside({ rows, ask }: { rows: ActiveRow[]; ask: (question: Question) => void }) {
  const count = `${rows.length} ${rows.length === 1 ? 'role' : 'roles'}`;
  const endable = rows.filter(({ requestId, status }) => requestId !== null && status === 'active');
  if (endable.length < 2) return count;
  return (
    <>
      {count} ·{' '}
      <button
        className="link inline-flex min-h-6 items-center"
        onClick={() => ask({ about: 'end', id: null })}
        type="button"
      >
        End several
      </button>
    </>
  );
}

const keyOf = ({ about, id }: Question) => `${about} ${id}`;
const isSame = (one: Question, other: Question | null) => other !== null && keyOf(one) === keyOf(other);
