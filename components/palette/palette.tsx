'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Dialog } from '@base-ui/react/dialog';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import type { Entry } from './entry.ts';
import { Lines } from './lines.tsx';
import { pagesFor } from './pages.ts';
import { useDoing } from './use-doing.ts';
import { useFinds } from './use-finds.ts';
import type { PaletteVerbs } from './verbs.ts';

interface Props {
  verbs: PaletteVerbs;
  sees: Parameters<typeof pagesFor>[0];
  onClose: () => void;
}

/** Everything one can do or go to, found by a few letters: arrows choose, Enter does it. */
export function Palette({ verbs, sees, onClose }: Props) {
  const pages = useMemo(() => pagesFor(sees), [sees]);
  const [typed, setTyped] = useState('');
  // Nothing is chosen before one types or moves: Enter at once must not ask for anything.
  const [place, setPlace] = useState(-1);
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const { entries, own, no } = useFinds(typed, verbs, pages);
  const doIt = useDoing(verbs);
  const at = Math.min(place, entries.length - 1);
  const chosen = entries[at];

  const run = (entry: Entry) => {
    onClose();
    doIt(entry);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && entries.length > 0) {
      event.preventDefault();
      setPlace(at < 0 && step < 0 ? entries.length - 1 : (at + step + entries.length) % entries.length);
    }
    // One's own may be on its way: Enter must not do what stood there before it.
    if (event.key === 'Enter' && chosen && (own || no)) {
      event.preventDefault();
      run(chosen);
    }
  };
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root defaultOpen onOpenChange={(open) => !open && onClose()}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
          <Dialog.Popup
            aria-label="Find and do"
            className="fixed top-[12dvh] left-1/2 z-50 grid max-h-[76dvh] w-[min(36rem,calc(100vw-24px))] -translate-x-1/2 grid-rows-[auto_minmax(0,1fr)_auto] rounded-xl border border-line-2 bg-sheet shadow-float"
            initialFocus={field}
          >
            <div className="border-line border-b p-3">
              <input
                aria-activedescendant={chosen ? `${listId}-${at}` : undefined}
                aria-autocomplete="list"
                aria-controls={listId}
                aria-expanded={entries.length > 0}
                aria-label="A role, bundle, request, person or page"
                autoComplete="off"
                className="input"
                onChange={(event) => {
                  setTyped(event.target.value);
                  setPlace(event.target.value.trim() ? 0 : -1);
                }}
                onKeyDown={press}
                placeholder="A role, bundle, request, person or page"
                ref={field}
                role="combobox"
                spellCheck={false}
                value={typed}
              />
            </div>
            <Lines at={at} entries={entries} id={listId} onPoint={setPlace} onRun={run} />
            <div className="flex items-center justify-between gap-3 border-line border-t px-3 py-2 text-faint text-xs">
              <p role="status">
                {no ?? (!own ? 'Looking…' : entries.length === 0 ? 'Nothing fits. Try fewer letters.' : '')}
              </p>
              <p className="hidden sm:block">
                <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Enter</kbd> do it · <kbd>Esc</kbd> close
              </p>
              <Dialog.Close className="btn btn-small sm:hidden">Close</Dialog.Close>
            </div>
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  );
}
