'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { BulkBar, type DecideTogether } from './bulk-bar.tsx';
import type { Decide } from './decision-form.tsx';
import { keepPlaces, type Placed } from './keep-places.ts';
import { QueueCard, type QueueItem } from './queue-card.tsx';
import { QueueKeys } from './queue-keys.tsx';

interface Props {
  items: (QueueItem & { facts: ReactNode; talk: ReactNode; beside: ReactNode })[];
  settled: { requestId: string; text: string }[];
  /** Nothing waits beyond this page. */
  isWhole: boolean;
  decide: Decide;
  decideTogether: DecideTogether;
}

type Shown = Placed<Props['items'][number]>[];

/** The cards of one page, each in its place as long as the page is open, decided one by one or several at once. */
export function QueueList({ items, settled, isWhole, decide, decideTogether }: Props) {
  const told = new Map(settled.map(({ requestId, text }) => [requestId, text]));
  const [{ from, shown }, setShown] = useState<{ from: Props['items']; shown: Shown }>({
    from: items,
    shown: keepPlaces([], items, told, isWhole),
  });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const at = useFocused();
  const [notes, setNotes] = useState<ReadonlyMap<string, string>>(new Map());
  if (from !== items) setShown({ from: items, shown: keepPlaces(shown, items, told, isWhole) });
  useClearWhenAway(() => setShown((now) => ({ ...now, shown: now.shown.filter((one) => !one.settled) })));

  const waiting = shown.filter((one) => !one.settled);
  const chosen = waiting.filter(({ item }) => selected.has(item.id) && !item.alone && !item.deciding);
  const isBulk = waiting.some(({ item }) => !item.alone);
  const select = (id: string, on: boolean) =>
    setSelected((before) => {
      const next = new Set(before);
      on ? next.add(id) : next.delete(id);
      return next;
    });
  const done = shown.length - waiting.length;
  // Beside the cards stands what belongs to the one that has the focus.
  const current = waiting.find(({ item }) => item.id === at) ?? waiting[0];
  return (
    <div className="grid grid-cols-1 gap-x-6 xl:grid-cols-[minmax(0,48rem)_minmax(0,1fr)]">
      <div className="min-w-0 max-w-3xl">
        <div className="grid grid-cols-1 gap-3">
          {shown.map(({ item, settled: became }) => (
            <QueueCard
              decide={decide}
              facts={item.facts}
              isBulk={isBulk}
              isSelected={chosen.some((one) => one.item.id === item.id)}
              item={item}
              key={item.id}
              note={notes.get(item.id) ?? null}
              onSelect={(on) => select(item.id, on)}
              settled={became}
              talk={item.talk}
            />
          ))}
        </div>
        {done > 0 && (
          <button
            className="btn btn-small mt-3"
            onClick={() => setShown((now) => ({ ...now, shown: now.shown.filter((one) => !one.settled) }))}
            type="button"
          >
            Put {done} decided away
          </button>
        )}
        {chosen.length > 0 && (
          <BulkBar
            chosen={chosen.map(({ item: { id, shownStage } }) => ({ requestId: id, shownStage }))}
            decideTogether={decideTogether}
            onAnswered={(refused) => {
              setNotes(new Map(refused.map(({ requestId, message }) => [requestId, message])));
              setSelected(new Set(refused.map(({ requestId }) => requestId)));
            }}
            onNone={() => setSelected(new Set())}
          />
        )}
        <QueueKeys queue={waiting.map(({ item }) => item.id + Boolean(item.deciding)).join()} />
      </div>
      {current?.item.beside && <Beside>{current.item.beside}</Beside>}
    </div>
  );
}

/** In view while the cards go by. Where there is no room for it, it is in each card. */
function Beside({ children }: { children: ReactNode }) {
  return (
    <section
      aria-label="This role, 90 days"
      className="panel sticky top-6 hidden self-start rounded-xl p-4 xl:block"
    >
      <h2 className="font-semibold">This role, 90 days</h2>
      {children}
    </section>
  );
}

/** Nobody's pointer is on a page that is not seen: what was decided leaves it then. */
function useClearWhenAway(clear: () => void): void {
  useEffect(() => {
    const leave = () => document.hidden && clear();
    document.addEventListener('visibilitychange', leave);
    return () => document.removeEventListener('visibilitychange', leave);
  });
}

/** The card that had the focus last. */
function useFocused(): string | null {
  const [at, setAt] = useState<string | null>(null);
  useEffect(() => {
    const note = ({ target }: Event) => {
      const card = target instanceof Element ? target.closest('[data-card]') : null;
      if (card) setAt(card.id);
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  return at;
}
