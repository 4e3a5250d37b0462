'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { RefusalNote } from '#components/requests/refusal-note.tsx';
import { Ago } from '#components/ui/ago.tsx';
import type { Outcome } from '#lib/domain/refusal.ts';
import { useLive } from './use-live.ts';

interface Props {
  /** The last good reading of Azure; null: never. */
  readAt: Date | null;
  now: Date;
  /** Planes whose reading failed: an answer too. */
  failures: string;
  refresh: () => Promise<Outcome<null>>;
}

const staleMilliseconds = 30_000;
const patienceMilliseconds = 30_000;

/** How old the page's knowledge is. Reads Azure again behind the page, once a visit, when it is old. */
export function Freshness({ readAt, now, failures, refresh }: Props) {
  // What was known when the reading began: once more is known, it is over.
  const [begunAt, setBegunAt] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<(Outcome<null> & { ok: false }) | null>(null);
  const [, startTransition] = useTransition();
  const router = useRouter();
  const asked = useRef(false);
  const known = `${readAt?.getTime() ?? 'never'} ${failures}`;
  const reading = begunAt === known;
  useLive(reading);

  const read = () => {
    setBegunAt(known);
    setRefusal(null);
    startTransition(async () => {
      const answer = await refresh().catch(() => null);
      if (answer?.ok) return router.refresh();
      setBegunAt(null);
      setRefusal(answer);
    });
  };

  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    if (!readAt || now.getTime() - readAt.getTime() > staleMilliseconds) read();
  });

  useEffect(() => {
    if (!reading) return;
    const timer = setTimeout(() => setBegunAt(null), patienceMilliseconds);
    return () => clearTimeout(timer);
  }, [reading]);

  return (
    <div className="flex flex-wrap items-center gap-x-2 text-faint text-xs">
      <span>
        {reading ? (
          'reading Azure…'
        ) : readAt ? (
          <>
            as of <Ago at={readAt} now={now} />
          </>
        ) : (
          'not read yet'
        )}
      </span>
      <button
        aria-label="Refresh"
        className="grid size-7 place-items-center rounded-md text-soft hover:bg-wash disabled:opacity-50"
        disabled={reading}
        onClick={read}
        title="Refresh"
        type="button"
      >
        <RotateCw aria-hidden="true" className={`size-3.5 ${reading ? 'motion-safe:animate-spin' : ''}`} />
      </button>
      {refusal && <RefusalNote code={refusal.code} message={refusal.message} />}
    </div>
  );
}
