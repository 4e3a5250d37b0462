import type { ReactNode } from 'react';
import { Chip } from '#components/ui/chip.tsx';

export interface PolicyLine {
  id: string;
  name: string;
  sentence: string;
  fine: string | null;
  /** What is wrong with it, if anything is. */
  faults: number;
}

interface Props {
  label: string;
  lines: PolicyLine[];
  /** Numbered, and moved by buttons: which comes first decides. */
  isOrdered: boolean;
  openId: string | null;
  onOpen: (id: string | null) => void;
  onMove?: (id: string, by: -1 | 1) => void;
  onRemove: (id: string) => void;
  /** The form of the line that is open. */
  children: ReactNode;
}

/** Rules or freezes as sentences, one of them open to be changed. */
export function PolicyList({ label, lines, isOrdered, openId, onOpen, onMove, onRemove, children }: Props) {
  const List = isOrdered ? 'ol' : 'ul';
  return (
    <List aria-label={label} className="panel divide-y divide-line px-3.5 text-sm">
      {lines.map(({ id, name, sentence, fine, faults }, n) => (
        <li className="grid grid-cols-1 gap-2 py-3" key={id}>
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <div className="wrap-anywhere min-w-0 flex-1 basis-64">
              <p className="font-[550]">
                {isOrdered && <span className="text-faint">{n + 1}. </span>}
                {name} {faults > 0 && <Chip tone="warn">{faults} to mend</Chip>}
              </p>
              <p className="text-soft">{sentence}</p>
              {fine && <p className="text-faint text-xs">{fine}</p>}
            </div>
            <div className="flex flex-wrap gap-1.5">
              {onMove && (
                <>
                  <Move label={`Move ${name} up`} off={n === 0} onPress={() => onMove(id, -1)}>
                    ↑
                  </Move>
                  <Move
                    label={`Move ${name} down`}
                    off={n === lines.length - 1}
                    onPress={() => onMove(id, 1)}
                  >
                    ↓
                  </Move>
                </>
              )}
              <button
                aria-expanded={openId === id}
                className="btn btn-small"
                onClick={() => onOpen(openId === id ? null : id)}
                type="button"
              >
                {openId === id ? 'Close' : 'Edit'}
                <span className="sr-only"> {name}</span>
              </button>
              <button className="btn btn-small" onClick={() => onRemove(id)} type="button">
                Remove<span className="sr-only"> {name}</span>
              </button>
            </div>
          </div>
          {openId === id && <div className="max-w-2xl border-line border-t pt-3">{children}</div>}
        </li>
      ))}
    </List>
  );
}

interface MoveProps {
  label: string;
  off: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Move({ label, off, onPress, children }: MoveProps) {
  return (
    <button aria-label={label} className="btn btn-small" disabled={off} onClick={onPress} type="button">
      {children}
    </button>
  );
}
