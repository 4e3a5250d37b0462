import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { RecentReason } from '#lib/queries/own-choice-rows.ts';
import { useOwnVerbs } from './own-verbs.ts';
import { reasonsFor } from './reasons-for.ts';
import type { Activation } from './use-activation.ts';

/** Reasons given before, to take again: by pointer, or from the field by the arrow down and Enter. */
export function RecentReasons({ activation }: { activation: Activation }) {
  const { reasonsBefore } = useOwnVerbs();
  const [all, setAll] = useState<RecentReason[]>([]);
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const { sent, chosen, form, type } = activation;

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew once something was sent.
  useEffect(() => {
    let gone = false;
    reasonsBefore()
      .then((answer) => answer.ok && !gone && setAll(answer.value))
      // Without them one types: nothing to tell.
      .catch(() => null);
    return () => {
      gone = true;
    };
  }, [sent.length]);

  const shown = form.justification.trim() === '' ? reasonsFor(all, chosen) : [];
  const field = () => document.getElementById('ask-justification');

  useEffect(() => {
    const into = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'ArrowDown' || event.target !== field()) return;
      const first = list.current?.querySelector('button');
      if (!first) return;
      event.preventDefault();
      first.focus();
    };
    document.addEventListener('keydown', into);
    return () => document.removeEventListener('keydown', into);
  });

  if (shown.length === 0) return null;
  const choose = (text: string) => {
    type('justification', text);
    field()?.focus();
  };
  const step = (event: KeyboardEvent, place: number) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const next = { ArrowDown: buttons[place + 1], ArrowUp: buttons[place - 1] ?? field() }[event.key];
    const to = event.key === 'Escape' ? field() : next;
    if (!to) return;
    event.preventDefault();
    to.focus();
  };
  return (
    <div className="-mt-2">
      <p className="text-faint text-xs" id={id}>
        Given before <span className="hidden md:inline">(arrow down, Enter)</span>
      </p>
      <ul aria-labelledby={id} className="mt-0.5 grid grid-cols-1" ref={list}>
        {shown.map((text, place) => (
          <li key={text}>
            <button
              className="block w-full truncate rounded-md px-2 py-1 text-left text-soft text-sm hover:bg-wash hover:text-ink"
              onClick={() => choose(text)}
              onKeyDown={(event) => step(event, place)}
              title={text}
              type="button"
            >
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
