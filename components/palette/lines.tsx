import { useEffect, useRef } from 'react';
import type { Entry, groups } from './entry.ts';

interface Props {
  id: string;
  entries: Entry[];
  /** Which one Enter does. */
  at: number;
  onPoint: (place: number) => void;
  onRun: (entry: Entry) => void;
}

/** What was found, the best first, each with what kind of thing it is. */
export function Lines({ id, entries, at, onPoint, onRun }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div aria-label="Found" className="overflow-auto p-1.5" id={id} ref={list} role="listbox">
      {entries.map((entry, place) => (
        // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the field has the focus, names the chosen line, and Enter there does it.
        <div
          aria-selected={place === at}
          className="flex cursor-pointer items-center justify-between gap-3 rounded-md px-2.5 py-1.5 aria-selected:bg-accent-wash"
          id={`${id}-${place}`}
          key={entry.id}
          onClick={() => onRun(entry)}
          onPointerMove={() => place !== at && onPoint(place)}
          role="option"
        >
          <span className="min-w-0">
            <span className="block truncate font-[550]">{entry.title}</span>
            <span className="block truncate text-soft text-xs">{entry.note}</span>
          </span>
          <span className="shrink-0 text-faint text-xs">{one[entry.group]}</span>
        </div>
      ))}
    </div>
  );
}

const one: Record<(typeof groups)[number], string> = {
  Roles: 'role',
  Bundles: 'bundle',
  Actions: 'action',
  Requests: 'request',
  People: 'person',
  Pages: 'page',
};
